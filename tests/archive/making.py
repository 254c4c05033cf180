"""A whole closed round in memory and its archive: real keys, sheets and results."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path

from reviewer_app.core.marks import Mark, scored
from reviewer_app.core.numbers import plain_text
from reviewer_app.core.recheck import recheck
from reviewer_app.core.round import (
    Application,
    ApplicationNumber,
    Change,
    Expert,
    ExpertNumber,
    PackId,
    RoundId,
    RoundKind,
    Specialism,
)
from reviewer_app.core.rules import ReviewRules
from reviewer_app.core.scheme import Dimension, Indicator, Scheme, WeightOrigin
from reviewer_app.core.speaking import drawn
from reviewer_app.core.tally import tally
from reviewer_app.core.votes import Ballots, CastVote, Vote
from reviewer_app.services.deliberating import entitled, sheet_votes
from reviewer_app.services.panel import panel_of
from reviewer_app.services.records import (
    ClosingRecord,
    RoundState,
    SeatRecord,
    SheetRecord,
    SheetSource,
)
from reviewer_app.services.results import Results, marks_csv
from reviewer_app.services.results_document import results_document
from reviewer_app.services.seating import Seating
from reviewer_app.services.second_figures import panel_figures
from reviewer_app.services.stages import second_of
from reviewer_app.sheets import json_text
from reviewer_app.sheets.archive import (
    ArchiveContents,
    ArchivedClosing,
    ArchivedSheet,
    write_archive,
)
from reviewer_app.sheets.bureau import (
    AssignedApplication,
    AssignmentDocument,
    RosterDocument,
    RosterMember,
    RoundDocument,
    VerifiedAssignment,
    VerifiedRound,
    commitment,
    sign_assignment,
    sign_roster,
    sign_round,
    verify_assignment,
    verify_roster,
    verify_round,
)
from reviewer_app.sheets.feedback import figures_text
from reviewer_app.sheets.keys import SigningKey
from reviewer_app.sheets.log import LogEntry, line_hash, next_line, read_line
from reviewer_app.sheets.paper_entry import (
    EntryContent,
    Provenance,
    Resolution,
    Typed,
    read_entry,
    typed_digests,
    write_entry,
)
from reviewer_app.sheets.score_sheet import (
    Recusal,
    SheetContent,
    VerifiedSheet,
    seal_sheet,
    sheet_file,
    verify_sheet,
)

BUREAU = SigningKey.from_bytes(bytes(31) + b"\x01")
NOON = datetime(2026, 11, 21, 4, 0, 0, tzinfo=UTC)
ROUND_ID = RoundId("00112233445566aa")
SECRET = bytes(range(32))
SCAN = b"\x89PNG scan"
Marks = dict[ApplicationNumber, dict[str, Mark]]


def app(number: int) -> ApplicationNumber:
    return ApplicationNumber(f"{number:02d}")


def seat(number: int) -> ExpertNumber:
    return ExpertNumber(f"{number:02d}")


def key_of(expert: ExpertNumber, generation: int = 1) -> SigningKey:
    return SigningKey.from_bytes((int(expert) + 1000 * generation).to_bytes(32, "big"))


def leaf(code: str, weight: str, **changes: object) -> Indicator:
    plain = Indicator(
        code=code,
        title=f"指标{code}",
        source="测试",
        weight=Fraction(weight),
        minimum=Fraction(0),
        maximum=Fraction(100),
        step=Fraction(1, 2),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def scheme_of(*dimensions: Dimension, **changes: object) -> Scheme:
    scheme = Scheme("test", "测试指标体系", "测试文件", WeightOrigin.OFFICIAL, dimensions)
    return replace(scheme, **changes)  # type: ignore[arg-type]


def plain_scheme() -> Scheme:
    return scheme_of(
        Dimension("6", "基础", "一", (leaf("6.1", "20"), leaf("6.2", "30"))),
        Dimension("7", "成效", "二", (leaf("7.1", "35"), leaf("7.2", "15", objective=True))),
    )


def spread_mark(expert: ExpertNumber, number: ApplicationNumber, code: str) -> Mark:
    """Return a mark that differs everywhere, sometimes low enough to be flagged."""
    seed = int(expert) * 7 + int(number) * 13 + sum(map(ord, code)) * 5
    return scored(Fraction(80 + seed % 101, 2))


@dataclass(frozen=True)
class Plan:
    """What happens in the round; experts and applications are numbered from 1."""

    scheme: Scheme = field(default_factory=plain_scheme)
    rules: ReviewRules = field(default_factory=ReviewRules)
    applications: int = 4
    experts: int = 5
    mark: Callable[[ExpertNumber, ApplicationNumber, str], Mark] = spread_mark
    roles: Mapping[int, Specialism] = field(default_factory=dict)
    unassigned: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    recused: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    changes: Mapping[int, tuple[Change, ...]] = field(default_factory=dict)
    applicants: Mapping[int, Application] = field(default_factory=dict)
    revisions: Mapping[int, int] = field(default_factory=dict)
    again: tuple[int, ...] | None = None
    """Experts who score again in a second scoring that is opened and ended; None: none is."""
    seeds: tuple[str, ...] = ()
    """Seeds the order of speaking was drawn from, one draw each."""
    steps_back: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    """Applications that experts step back from on their second sheet."""
    takes_back: bool = False
    """Whether the second sheets score what the first ones stepped back from."""
    second_key: tuple[int, ...] = ()
    key_after_stage: tuple[int, ...] = ()
    """Experts whose second key signs the first scoring after the second one is here."""
    paper_only: tuple[int, ...] = ()
    withdrawn: Mapping[int, str] = field(default_factory=dict)
    absent: tuple[int, ...] = ()
    late: tuple[int, ...] = ()
    entered: tuple[int, ...] = ()
    """Experts whose hand-signed form was typed in instead."""
    compared: bool = False
    """Whether a second machine came to the same results."""
    closing_reason: str = ""
    votes: tuple[CastVote | Ballots, ...] = ()
    sheet_votes: Mapping[int, Mapping[int, Vote]] = field(default_factory=dict)


@dataclass
class Making:
    """The round as it fills up."""

    plan: Plan
    round: VerifiedRound
    assignments: dict[ExpertNumber, VerifiedAssignment]
    rosters: list[bytes]
    lines: list[bytes] = field(default_factory=list)
    records: list[SheetRecord] = field(default_factory=list)
    feedback: bytes = b""

    def log(self, event: str, **details: str | int) -> None:
        previous = self.lines[-1] if self.lines else None
        self.lines.append(next_line(previous, LogEntry(NOON, event, details)))


def make_round(plan: Plan) -> VerifiedRound:
    document = RoundDocument(
        round_id=ROUND_ID,
        title="建设方案论证会（示例）",
        kind=RoundKind.PLAN,
        organiser="示例市科学技术局",
        date=date(2026, 11, 21),
        place="305 会议室",
        scheme=plan.scheme,
        rules=plan.rules,
        weights_confirmed_by="",
        bureau_key=BUREAU.public,
        applications=tuple(app(n) for n in range(1, plan.applications + 1)),
    )
    return verify_round(sign_round(document, BUREAU))


def application(plan: Plan, number: int) -> Application:
    given = plan.applicants.get(number)
    plain = Application(
        app(number), f"第{number}中心（示例）", f"中心{number}", f"单位{number}"
    )
    return replace(given or plain, changes=plan.changes.get(number, ()))


def make_assignment(plan: Plan, round_: VerifiedRound, number: int) -> VerifiedAssignment:
    document = AssignmentDocument(
        round_digest=round_.digest,
        expert=Expert(
            seat(number), f"专家{number}", "示例大学", specialism=plan.roles.get(number)
        ),
        applications=tuple(
            AssignedApplication(application(plan, n), n.to_bytes(16, "big"))
            for n in range(1, plan.applications + 1)
            if n not in plan.unassigned.get(number, ())
        ),
    )
    return verify_assignment(sign_assignment(document, BUREAU), round_)


def make_rosters(
    plan: Plan, round_: VerifiedRound, assignments: Mapping[ExpertNumber, VerifiedAssignment]
) -> list[bytes]:
    document = RosterDocument(
        round_digest=round_.digest,
        version=1,
        previous=None,
        reason="",
        at=NOON,
        members=tuple(
            RosterMember(
                expert=expert,
                name=each.document.expert.name,
                employer=each.document.expert.employer,
                assignment_digest=each.digest,
                applications=tuple(a.application.number for a in each.document.applications),
            )
            for expert, each in assignments.items()
        ),
        commitments=tuple(
            (app(n), commitment(application(plan, n), n.to_bytes(16, "big")))
            for n in range(1, plan.applications + 1)
        ),
    )
    signed = [sign_roster(document, BUREAU)]
    if plan.withdrawn:
        members = tuple(
            replace(member, withdrawn=plan.withdrawn.get(int(member.expert), ""))
            for member in document.members
        )
        previous = verify_roster(signed[0], round_).digest
        second = replace(
            document, version=2, previous=previous, reason="当日更换", members=members
        )
        signed.append(sign_roster(second, BUREAU))
    return signed


def seal_one(
    making: Making,
    expert: ExpertNumber,
    *,
    stage: int = 1,
    revision: int = 1,
    previous: VerifiedSheet | None = None,
    generation: int = 1,
) -> VerifiedSheet:
    plan, number = making.plan, int(expert)
    assignment = making.assignments[expert]
    gone = () if plan.takes_back and stage > 1 else plan.recused.get(number, ())
    gone = (*gone, *(plan.steps_back.get(number, ()) if stage > 1 else ()))
    recused = {app(n): Recusal("employment") for n in gone}
    given = [a.application.number for a in assignment.document.applications]
    marks: Marks = {}
    for index, name in enumerate(given):
        if name in recused:
            continue
        role = assignment.document.expert.specialism
        leaves = [
            each
            for each in leaves_of(making, index, expert)
            if not each.specialisms or (role and role.value in each.specialisms)
        ]
        marks[name] = {each.code: plan.mark(expert, name, each.code) for each in leaves}
    if revision > 1 or stage > 1:
        first = next(iter(marks))
        marks[first] = {
            code: scored(mark.value - 1) if mark.value else mark
            for code, mark in marks[first].items()
        }
    content = SheetContent(
        round_digest=making.round.digest,
        assignment_digest=assignment.digest,
        stage=stage,
        revision=revision,
        previous=previous.digest if previous else None,
        marks=marks,
        signed_at=NOON,
        recusals=recused,
        votes={app(n): vote for n, vote in plan.sheet_votes.get(number, {}).items()},
        reason="笔误" if revision > 1 else "",
    )
    data = seal_sheet(content, {}, key_of(expert, generation), SECRET, making.round, assignment)
    return verify_sheet(data, making.round, assignment)


def leaves_of(making: Making, index: int, expert: ExpertNumber) -> tuple[Indicator, ...]:
    from reviewer_app.core.adjust import for_application  # noqa: PLC0415 - only here
    from reviewer_app.core.mechanics import is_formula  # noqa: PLC0415 - only here

    given = making.assignments[expert].document.applications[index].application
    scheme = for_application(making.round.document.scheme, given.changes)
    return tuple(each for each in scheme.indicators() if not is_formula(each.method))


def receive(making: Making, sheet: VerifiedSheet, late: str = "") -> None:
    expert = sheet.assignment.document.expert.number
    paper = int(expert) in making.plan.paper_only
    making.records.append(
        SheetRecord(
            round_id=ROUND_ID,
            expert=expert,
            stage=sheet.content.stage,
            revision=sheet.content.revision,
            digest=sheet.digest,
            sheet=sheet.sheet,
            comments=None if paper else sheet.comments_bytes,
            source=SheetSource.PAPER if paper else SheetSource.FILE,
            received=NOON,
            late_reason=late,
        )
    )
    making.log(
        "sheet-received",
        expert=expert,
        revision=sheet.content.revision,
        receipt=sheet.receipt,
        digest=sheet.digest.hex(),
        late=late,
    )


def hand_in(making: Making, number: int, late: str = "") -> None:
    plan, expert = making.plan, seat(number)
    if number in plan.entered:
        enter(making, expert, late)
        return
    previous = None
    for revision in range(1, plan.revisions.get(number, 1) + 1):
        previous = seal_one(making, expert, revision=revision, previous=previous)
        receive(making, previous, late)
    if number in plan.second_key:
        making.log("key-accepted", expert=expert, reason="换了笔记本")
        receive(making, seal_one(making, expert, generation=2), late)


def enter(making: Making, expert: ExpertNumber, late: str = "") -> None:
    """Type in what the expert would have signed, one cell read differently."""
    content = seal_one(making, expert).content
    cells = {
        (str(number), code): plain_text(mark.value) if mark.value is not None else "AB"
        for number, marks in content.marks.items()
        for code, mark in marks.items()
    } | {(str(n), "*"): each.ground for n, each in content.recusals.items()}
    place = next(iter(cells))
    resolved = Resolution(*place, "1", cells[place], cells[place], "原纸如此", "王三")
    scan = hashlib.sha256(SCAN).hexdigest()
    typed = (Typed("张一", NOON, "1a" * 16), Typed("李二", NOON, "2b" * 16))
    origin = Provenance(typed, (resolved,), "封存单.png", scan, "电脑损坏")
    digests = (content.round_digest, content.assignment_digest)
    raw = write_entry(EntryContent(*digests, 1, 1, None, cells), origin)
    sheet = read_entry(raw, making.round, {e.digest: e for e in making.assignments.values()})
    for by, digest in zip(typed, typed_digests(cells, origin), strict=True):
        making.log("paper-typed", expert=expert, stage=1, by=by.by, cells=digest)
    record = (ROUND_ID, expert, 1, 1, sheet.digest, raw, None, SheetSource.REENTERED, NOON)
    making.records.append(SheetRecord(*record, late))
    making.log(
        "paper-entered",
        expert=expert,
        stage=1,
        revision=1,
        receipt=sheet.receipt,
        digest=sheet.digest.hex(),
        document=sheet.document_digest,
        scan=scan,
        late=late,
    )


def run_round(plan: Plan) -> tuple[Making, Results]:
    """Return the round up to its results, and the results the program derives."""
    round_ = make_round(plan)
    assignments = {
        seat(n): make_assignment(plan, round_, n) for n in range(1, plan.experts + 1)
    }
    making = Making(plan, round_, assignments, make_rosters(plan, round_, assignments))
    for place, seed in enumerate(plan.seeds, 1):
        order = drawn(seed, ROUND_ID, round_.document.applications)
        told = {"reason": "漏了一家" if place > 1 else "", "by": "监督员"}
        text = json_text.encode(list(order)).decode()
        making.log("order-drawn", draw=place, seed=seed, order=text, **told)
    making.log("round-issued", round=round_.digest.hex(), packs=plan.experts)
    for number in range(1, plan.experts + 1):
        if number not in (*plan.absent, *plan.withdrawn, *plan.late):
            hand_in(making, number)
    making.log("round-closed", reason=plan.closing_reason, expected=plan.experts, received=1)
    closing = ClosingRecord(ROUND_ID, NOON, plan.closing_reason, line_hash(making.lines[-1]))
    for number in plan.late:
        hand_in(making, number, late="路上堵车")
    if plan.again is not None:
        second_scoring(making, plan.again, closing)
    if plan.votes:
        making.log("votes-recorded", votes=len(plan.votes))
    digest = hashlib.sha256(SCAN).hexdigest()
    making.log("scan-attached", file="封存单.png", digest=digest)
    results = derive(making, closing)
    if plan.compared:
        making.log("second-machine", results=results.digest)
    making.log("round-sealed", results=results.digest)
    return making, results


def second_scoring(making: Making, again: tuple[int, ...], closing: ClosingRecord) -> None:
    """Open a second scoring, tell everybody, let some score again, end it."""
    making.log("second-opened", stage=2, reason="分歧较大", figures="")
    seating = derive(making, closing).seating
    making.feedback = figures_text(panel_figures(replace(seating, most=1)))
    digest = hashlib.sha256(making.feedback).hexdigest()
    making.lines.pop()
    making.log("second-opened", stage=2, reason="分歧较大", figures=digest)
    for expert, sheet in seating.counted.items():
        making.log("feedback-issued", expert=expert, first=sheet.digest.hex(), digest="00")
    for number in again:
        receive(making, seal_one(making, seat(number), stage=2))
    kept = [expert for expert in seating.counted if int(expert) not in again]
    making.log(
        "second-closed",
        stage=2,
        reason="",
        received=len(again),
        kept=json_text.encode(kept).decode(),
    )
    for number in making.plan.key_after_stage:
        making.log("key-accepted", expert=seat(number), reason="换了笔记本")
        receive(making, seal_one(making, seat(number), generation=3), late="路上堵车")


def derive(making: Making, closing: ClosingRecord) -> Results:
    plan, round_ = making.plan, making.round
    seats = tuple(
        SeatRecord(
            ROUND_ID,
            expert,
            PackId("0" * 16),
            each.raw,
            SECRET,
            withdrawn=plan.withdrawn.get(int(expert), ""),
        )
        for expert, each in making.assignments.items()
    )
    seating = Seating(
        ROUND_ID,
        RoundState.CLOSED,
        round_,
        tuple(verify_roster(each, round_) for each in making.rosters),
        seats,
        tuple(making.records),
        second=second_of(read_line(line).entry for line in making.lines),
    )
    panel = panel_of(seating)
    may_vote = {str(n): len(entitled(seating, n)) for n in round_.document.applications}
    recorded = {vote.application for vote in plan.votes}
    votes = (*plan.votes, *sheet_votes(seating, recorded))
    found = tally(panel, plan.rules, votes, entitled=may_vote)
    flags = tuple(recheck(panel, found))
    text = json_text.encode(results_document(seating, found, flags))
    return Results(seating, closing, panel, found, flags, text)


def contents_of(making: Making, results: Results) -> ArchiveContents:
    closing = results.closing
    return ArchiveContents(
        round=making.round,
        rosters=making.rosters,
        assignments={expert: each.raw for expert, each in making.assignments.items()},
        sheets=[
            ArchivedSheet(r.expert, r.stage, r.revision, sheet_file(r.sheet, r.comments))
            for r in making.records
            if r.source is not SheetSource.REENTERED
        ],
        log=b"".join(line + b"\n" for line in making.lines),
        closing=ArchivedClosing(closing.at, closing.reason, closing.log_head),
        results=results.text,
        statistics=b"{}",
        marks=marks_csv(results),
        papers={"会议纪要.pdf": b"%PDF-1.7 minutes"},
        scans={"封存单.png": SCAN},
        sealed=NOON,
        feedback=making.feedback,
        entries=[
            ArchivedSheet(r.expert, r.stage, r.revision, r.sheet)
            for r in making.records
            if r.source is SheetSource.REENTERED
        ],
    )


def make_archive(path: Path, plan: Plan | None = None) -> Path:
    """Write the archive of a whole round and return where it lies."""
    making, results = run_round(plan or Plan())
    write_archive(path, contents_of(making, results), BUREAU)
    return path
