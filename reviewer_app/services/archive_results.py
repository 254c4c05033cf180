"""The results of an archive, derived again by the program from the archive's signed sheets."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from reviewer_app.core.errors import ArchiveError
from reviewer_app.core.messages import _
from reviewer_app.core.recheck import recheck
from reviewer_app.core.round import ApplicationNumber, PackId, RoundId
from reviewer_app.core.safe_zip import shown
from reviewer_app.core.tally import tally
from reviewer_app.core.votes import CastVote, Choice, Vote
from reviewer_app.services.archive_log import ENTERED, RECEIVED, Evidence, need_reason
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
from reviewer_app.services.stages import second_of
from reviewer_app.sheets import json_text
from reviewer_app.sheets.paper_entry import CountedSheet, EnteredSheet

VOTES, SEALED, AGREED = "votes-recorded", "round-sealed", "second-machine"
_BASIS = ("format", "round", "roster", "scheme", "rules")
_RESULTS_KEYS = {*_BASIS, "applications", "missing", "rechecks", "sheets"}
_SOMETIMES = {"normalised", "groups", "second"}
_MOST_VOTES = 9999


def check_completeness(evidence: Evidence, results: Results) -> tuple[str, None]:
    """Name every member of the roster whose sheet is missing, with the reason."""
    absent = []
    for member in evidence.rosters[-1].document.members:
        if member.expert not in results.seating.counted:
            reason = member.withdrawn or evidence.closing["reason"]
            need_reason(reason, member.expert)
            absent.append(f"{member.expert} {shown(member.name)} ({shown(reason)})")
    return _("{sheets} sheets count for {members} members; missing: {absent}").format(
        sheets=len(results.seating.counted),
        members=len(evidence.rosters[-1].document.members),
        absent=", ".join(absent) or _("none"),
    ), None


def derive(evidence: Evidence, stated: Mapping[str, Any]) -> Results:
    """Return the results that follow from the archive's sheets, scheme and rules.

    ``stated`` is results.json: only counts of recorded votes are taken from it.
    """
    seating = _seating(evidence)
    panel = panel_of(seating)
    rules = evidence.round.document.rules
    may_vote = {str(n): len(entitled(seating, n)) for n in evidence.round.document.applications}
    recorded = _recorded_votes(evidence, stated)
    votes = (*recorded, *sheet_votes(seating, {vote.application for vote in recorded}))
    found = tally(panel, rules, votes, entitled=may_vote)
    flags = tuple(recheck(panel, found))
    closing = _closing(evidence)
    document = results_document(seating, found, flags)
    return Results(seating, closing, panel, found, flags, json_text.encode(document))


def read_stated(data: bytes) -> dict[str, Any]:
    """Return results.json as data; raises DocumentError, ArchiveError."""
    stated = json_text.decode(data)
    if isinstance(stated, dict) and set(stated) - _SOMETIMES == _RESULTS_KEYS:
        applications = stated["applications"]
        if isinstance(applications, list) and all(isinstance(a, dict) for a in applications):
            return stated
    raise ArchiveError(_("results.json has other fields than its format"))


def check_basis(
    stated: Mapping[str, Any], own: Mapping[str, Any], evidence: Evidence
) -> tuple[str, None]:
    """Hold results.json against what it says it was derived from, and sealed as."""
    for key in _BASIS:
        compare(stated[key], own[key], key)
    digest = hashlib.sha256(json_text.encode(stated)).hexdigest()
    sealed = [line.entry.details for line in evidence.log if line.entry.event == SEALED]
    if not sealed or sealed[-1].get("results") != digest:
        raise ArchiveError(_("results.json is not what the log says was sealed"))
    if evidence.round.document.rules.aggregation.machines > 1:
        _check_compared(evidence, digest)
    return _("results.json rests on this round's documents; digest {digest}").format(
        digest=digest
    ), None


def _check_compared(evidence: Evidence, digest: str) -> None:
    """Refuse a log without a second machine that came to these results.

    Where votes were recorded the code may be that of the sheets alone, which results.json does
    not hold: then it is enough that there was one.
    """
    entries = [line.entry for line in evidence.log]
    compared = {each.details.get("results") for each in entries if each.event == AGREED}
    voted = any(each.event == VOTES for each in entries)
    if not compared or not (voted or digest in compared):
        raise ArchiveError(_("the rules ask for a second machine; the log tells of none"))


def check_application(stated: Mapping[str, Any], own: Mapping[str, Any]) -> tuple[str, None]:
    """Hold one application's published figures against those derived again."""
    number = own["application"]
    compare(stated, own, _("application {number}").format(number=number))
    return _("application {number}: {published} (exactly {exact}), rank {rank}").format(
        number=number, published=own["published"], exact=own["exact"], rank=own["rank"]
    ), None


def check_rest(
    stated: Mapping[str, Any], own: Mapping[str, Any], keys: Sequence[str]
) -> tuple[str, None]:
    """Hold other parts of results.json against those derived again."""
    for key in keys:
        compare(stated.get(key), own.get(key), key)
    return _("as derived again: {keys}").format(keys=", ".join(keys)), None


def derived_parts(stated: Mapping[str, Any], own: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the parts that follow from all applications together: flags, factors, scorings."""
    return ("rechecks", *sorted(_SOMETIMES & {*stated, *own}))


def check_marks(data: bytes, results: Results) -> tuple[str, None]:
    """Hold marks.csv against the marks of the sheets that count."""
    own, stated = _rows(marks_csv(results)), _rows(data)
    if stated[:1] != own[:1]:
        raise ArchiveError(_("marks.csv has another header"))
    extra = set(stated) - set(own)
    if extra:
        raise ArchiveError(
            _("marks.csv: “{row}” is in no signed sheet").format(row=shown(min(extra)))
        )
    if len(stated) != len(own):
        raise ArchiveError(_("marks.csv lacks marks or repeats them"))
    return _("the {count} marks of marks.csv are those of the sheets").format(
        count=len(own) - 1
    ), None


def compare(stated: object, own: object, place: str) -> None:
    """Pass if both are equal; raises ArchiveError naming the first place where they differ."""
    if isinstance(own, dict) and isinstance(stated, dict) and set(own) == set(stated):
        for key, value in own.items():
            compare(stated[key], value, f"{place} {shown(key)}")
    elif isinstance(own, list) and isinstance(stated, list) and len(own) == len(stated):
        for number, (left, right) in enumerate(zip(stated, own, strict=True), start=1):
            compare(left, right, f"{place} [{number}]")
    elif type(stated) is not type(own) or stated != own:
        raise ArchiveError(
            _("{place}: {stated} is stated, {own} follows from the sheets").format(
                place=place, stated=_words(stated), own=_words(own)
            )
        )


def _words(value: object) -> str:
    """Return a value as people read it: a list or object by its length, never as code."""
    if isinstance(value, list):
        return _("{count} item(s)").format(count=len(value))
    if isinstance(value, dict):
        return shown(", ".join(map(str, sorted(value))))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return _("nothing") if value is None or value == "" else shown(str(value))


def _rows(data: bytes) -> list[str]:
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").removesuffix("\n").split("\n")
    except UnicodeDecodeError:
        raise ArchiveError(_("marks.csv is not UTF-8 text")) from None


def _seating(evidence: Evidence) -> Seating:
    """Return the round as the bureau's database had it when it was sealed."""
    round_id = evidence.round.document.round_id
    members = evidence.rosters[-1].document.members
    return Seating(
        round_id,
        RoundState.SEALED,
        evidence.round,
        tuple(evidence.rosters),
        tuple(
            SeatRecord(
                round_id,
                member.expert,
                PackId(""),
                evidence.assignments[member.expert].raw,
                enrolment=b"",
                withdrawn=member.withdrawn,
            )
            for member in members
        ),
        _records(evidence),
        second=second_of(line.entry for line in evidence.log),
    )


def _records(evidence: Evidence) -> tuple[SheetRecord, ...]:
    round_id, by_digest = evidence.round.document.round_id, evidence.answers
    records = []
    for line in evidence.log:
        sheet = by_digest.get(str(line.entry.details.get("digest", "")))
        if line.entry.event in (RECEIVED, ENTERED) and sheet is not None:
            records.append(_record(round_id, sheet, line.entry.at))
    return tuple(records)


def _record(round_id: RoundId, sheet: CountedSheet, received: datetime) -> SheetRecord:
    if isinstance(sheet, EnteredSheet):
        raw, comments, source = sheet.raw, None, SheetSource.REENTERED
    else:
        raw, comments, source = sheet.sheet, sheet.comments_bytes, SheetSource.FILE
    return SheetRecord(
        round_id=round_id,
        expert=sheet.assignment.document.expert.number,
        stage=sheet.content.stage,
        revision=sheet.content.revision,
        digest=sheet.digest,
        sheet=raw,
        comments=comments,
        source=source,
        received=received,
    )


def _closing(evidence: Evidence) -> ClosingRecord:
    closing = evidence.closing
    return ClosingRecord(
        evidence.round.document.round_id,
        datetime.fromtimestamp(0, UTC),
        closing["reason"],
        closing["log_head"],
    )


def _recorded_votes(evidence: Evidence, stated: Mapping[str, Any]) -> list[CastVote]:
    """Return votes that give the recorded counts; who voted what is not recorded."""
    if not any(line.entry.event == VOTES for line in evidence.log):
        return []
    votes: list[CastVote] = []
    for entry in stated["applications"]:
        vote = entry.get("vote")
        if isinstance(vote, dict) and vote.get("source") == "recorded":
            votes += _recorded(str(entry.get("application")), vote)
    return votes


def _recorded(number: str, vote: Mapping[str, Any]) -> list[CastVote]:
    reservations = vote.get("reservations")
    counts = [_count(vote.get(choice.value), number) for choice in Choice]
    if not isinstance(reservations, list) or not all(isinstance(r, dict) for r in reservations):
        raise ArchiveError(_("application {number}: no reservations").format(number=number))
    texts = [(str(item.get("expert")), str(item.get("text"))) for item in reservations]
    choices = [
        choice for choice, count in zip(Choice, counts, strict=True) for _n in range(count)
    ]
    names = [expert for expert, _text in texts]
    names += [f"#{place}" for place in range(len(choices) - len(names))]
    said = dict(texts)
    return [
        CastVote(ApplicationNumber(number), name, Vote(choice, said.get(name, "")))
        for name, choice in zip(names, choices, strict=False)
    ]


def _count(value: object, number: str) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _MOST_VOTES:
        return value
    raise ArchiveError(_("application {number}: no counts of votes").format(number=number))
