"""Collect: one verdict for every file, one unit of work for every sheet, twice changes nothing."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from reviewer_app.core.errors import InputError, Refusal, ReviewerError, SheetRefusedError
from reviewer_app.core.messages import _
from reviewer_app.core.round import ExpertNumber, RoundId
from reviewer_app.services import bureau_log
from reviewer_app.services.ports import (
    BureauUnit,
    OpenBureau,
    RefusalRecord,
    RoundState,
    SeatRecord,
    SheetRecord,
    SheetSource,
)
from reviewer_app.services.rounds import in_state
from reviewer_app.services.seating import Seating, load_seating
from reviewer_app.sheets.chain import Step, next_step
from reviewer_app.sheets.codes import join, read_codes
from reviewer_app.sheets.receipt import receipt
from reviewer_app.sheets.score_sheet import (
    VerifiedSheet,
    enrolled,
    verify_sheet,
    verify_sheet_bytes,
)

PAPER_SUFFIXES = {".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".txt"}
SHEET_SUFFIX = ".scoresheet"
_KEEP_REFUSED = 1 << 20


class Verdict(StrEnum):
    """What became of one file or one sheet found in it."""

    RECEIVED = "received"
    SUPERSEDES = "supersedes"
    DUPLICATE = "duplicate"
    COMMENTS_ADDED = "comments-added"
    INCOMPLETE_CODES = "incomplete-codes"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class FileVerdict:
    """One file's outcome with the sentence the secretary reads."""

    file: str
    verdict: Verdict
    sentence: str
    expert: str = ""
    revision: int | None = None
    receipt: str = ""
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class _Candidate:
    file: str
    data: bytes
    from_paper: bool


Progress = Callable[[int, int, str], None]


def collect(
    bureau: OpenBureau,
    round_id: RoundId,
    paths: Sequence[Path],
    now: datetime,
    late_reason: str = "",
    progress: Progress = lambda _done, _total, _what: None,
) -> list[FileVerdict]:
    """Merge sheets and paper scans into the round and return a verdict for every file.

    After closing a sheet is taken only with ``late_reason``, and marked so. Raises
    RoundStateError where the round was never issued; a bad file is a verdict, not an error.
    """
    with bureau() as unit:
        in_state(unit, round_id, RoundState.ISSUED, RoundState.CLOSED)
    files = list(_files(paths))
    candidates, verdicts = _read_all(files, progress)
    for candidate in candidates:
        with bureau() as unit:
            verdicts.append(_merge(unit, round_id, candidate, now, late_reason))
            unit.commit()
    for verdict in verdicts:
        if verdict.verdict is Verdict.REFUSED and not verdict.expert:
            _keep_unreadable(bureau, round_id, verdict, now)
    order = {str(path): place for place, path in enumerate(files)}
    return sorted(verdicts, key=lambda verdict: order[verdict.file])


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(
                child
                for child in path.rglob("*")
                if child.suffix.lower() in PAPER_SUFFIXES | {SHEET_SUFFIX} and child.is_file()
            )
        elif path.exists():
            yield path
        else:
            raise InputError(_("There is no file “{path}”").format(path=path))


def _read_all(
    files: Sequence[Path], progress: Progress
) -> tuple[list[_Candidate], list[FileVerdict]]:
    candidates: list[_Candidate] = []
    verdicts: list[FileVerdict] = []
    texts: list[str] = []
    owners: dict[str, str] = {}
    for done, path in enumerate(files, start=1):
        try:
            if path.suffix.lower() in PAPER_SUFFIXES:
                found = _codes_of(path)
                texts += found
                owners |= dict.fromkeys(found, str(path))
            else:
                candidates.append(_Candidate(str(path), _read_file(path), from_paper=False))
        except ReviewerError as error:
            verdicts.append(_refused(str(path), "unreadable", str(error)))
        progress(done, len(files), path.name)
    paper, incomplete = _from_paper(texts, owners)
    return candidates + paper, verdicts + incomplete


def _read_file(path: Path) -> bytes:
    limit = 64 << 20
    if not path.is_file() or path.stat().st_size > limit:
        raise InputError(_("“{name}” is not a score sheet").format(name=path.name))
    return path.read_bytes()


def _codes_of(path: Path) -> list[str]:
    texts = read_codes(path)
    if not texts:
        raise InputError(
            _("No code can be read in “{name}”; scan at 150 dpi or more, or take the file").format(
                name=path.name
            )
        )
    return texts


def _from_paper(
    texts: Sequence[str], owners: dict[str, str]
) -> tuple[list[_Candidate], list[FileVerdict]]:
    joined = join(texts)
    whole = [_Candidate(owners[item.texts[0]], item.sheet, from_paper=True) for item in joined.whole]
    missing = [
        FileVerdict(
            owners[item.texts[0]],
            Verdict.INCOMPLETE_CODES,
            _("Code(s) {parts} of {total} are missing; scan the other page too").format(
                parts=", ".join(str(part) for part in item.missing), total=item.total
            ),
        )
        for item in joined.missing
    ]
    foreign = [
        _refused(owners[text], "unreadable", _("The code belongs to something else"))
        for text in joined.foreign
    ]
    return whole, missing + foreign


def _merge(
    unit: BureauUnit, round_id: RoundId, candidate: _Candidate, now: datetime, late_reason: str
) -> FileVerdict:
    unit.round_locked(round_id)
    seating = load_seating(unit, round_id)
    seat: SeatRecord | None = None
    try:
        sheet, seat = _identify(seating, candidate)
        return _accept(unit, seating, sheet, seat, candidate, now, late_reason)
    except SheetRefusedError as error:
        return _refuse(unit, round_id, candidate, error, seat, now)


def _identify(seating: Seating, candidate: _Candidate) -> tuple[VerifiedSheet, SeatRecord]:
    verify = verify_sheet_bytes if candidate.from_paper else verify_sheet
    sheet = verify(candidate.data, seating.round, seating.assignments)
    seat = seating.seat_of(sheet)
    if not enrolled(sheet, seat.enrolment):
        raise SheetRefusedError(
            Refusal.NOT_ENROLLED,
            _("Not made from the pack of expert {expert}: ask for the sheet again").format(
                expert=seat.expert
            ),
        )
    return sheet, seat


def _accept(
    unit: BureauUnit,
    seating: Seating,
    sheet: VerifiedSheet,
    seat: SeatRecord,
    candidate: _Candidate,
    now: datetime,
    late_reason: str,
) -> FileVerdict:
    earlier = [r for r in unit.sheets(seating.round_id) if r.expert == seat.expert]
    known = next((r for r in earlier if r.digest == sheet.digest), None)
    if known is not None:
        return _again(unit, known, sheet, candidate)
    _refuse_withdrawn(seat)
    _refuse_second_key(seat, sheet)
    _refuse_late(seating, sheet, seat, late_reason)
    accepted = [seating.verified(record) for record in earlier]
    step = next_step(accepted, sheet)
    unit.add_sheet(_record(seating, sheet, seat, candidate, now, late_reason))
    if seat.pinned_key is None:
        unit.update_seat(replace(seat, pinned_key=sheet.public_key))
    bureau_log.append(
        unit,
        seating.round_id,
        now,
        "sheet-received",
        expert=seat.expert,
        revision=sheet.content.revision,
        receipt=sheet.receipt,
        digest=sheet.digest.hex(),
        late=late_reason,
    )
    verdict = Verdict.SUPERSEDES if step is Step.SUPERSEDES else Verdict.RECEIVED
    return _verdict(candidate, verdict, sheet, seat.expert)


def _again(
    unit: BureauUnit, known: SheetRecord, sheet: VerifiedSheet, candidate: _Candidate
) -> FileVerdict:
    if known.comments is None and sheet.comments_bytes is not None:
        unit.update_sheet(replace(known, comments=sheet.comments_bytes))
        return _verdict(candidate, Verdict.COMMENTS_ADDED, sheet, known.expert)
    return _verdict(candidate, Verdict.DUPLICATE, sheet, known.expert)


def _record(
    seating: Seating,
    sheet: VerifiedSheet,
    seat: SeatRecord,
    candidate: _Candidate,
    now: datetime,
    late_reason: str,
) -> SheetRecord:
    return SheetRecord(
        round_id=seating.round_id,
        expert=seat.expert,
        stage=sheet.content.stage,
        revision=sheet.content.revision,
        digest=sheet.digest,
        sheet=sheet.sheet,
        comments=sheet.comments_bytes,
        source=SheetSource.PAPER if candidate.from_paper else SheetSource.FILE,
        received=now,
        late_reason=late_reason if seating.state is not RoundState.ISSUED else "",
    )


def _refuse_withdrawn(seat: SeatRecord) -> None:
    if seat.withdrawn:
        raise SheetRefusedError(
            Refusal.WITHDRAWN,
            _("Expert {expert} has left the roster ({reason}); the sheet does not count").format(
                expert=seat.expert, reason=seat.withdrawn
            ),
        )


def _refuse_second_key(seat: SeatRecord, sheet: VerifiedSheet) -> None:
    if seat.pinned_key is not None and seat.pinned_key != sheet.public_key:
        raise SheetRefusedError(
            Refusal.SECOND_KEY,
            _(
                "Signed with a second key of expert {expert}; if the laptop was changed, "
                "accept it with “round key” and a reason"
            ).format(expert=seat.expert),
        )


def _refuse_late(
    seating: Seating, sheet: VerifiedSheet, seat: SeatRecord, late_reason: str
) -> None:
    if seating.state is not RoundState.ISSUED and not late_reason:
        raise SheetRefusedError(
            Refusal.CLOSED,
            _(
                "Collection is closed; revision {revision} of expert {expert} is taken only "
                "with a reason (--late-reason)"
            ).format(revision=sheet.content.revision, expert=seat.expert),
        )


def _sentence(verdict: Verdict) -> str:
    return {
        Verdict.RECEIVED: _("Received: expert {expert}, revision {revision}, receipt {receipt}"),
        Verdict.SUPERSEDES: _(
            "Replaces the earlier revision: expert {expert}, revision {revision}, receipt {receipt}"
        ),
        Verdict.DUPLICATE: _(
            "Already received; not counted twice: expert {expert}, receipt {receipt}"
        ),
        Verdict.COMMENTS_ADDED: _("Comments added to the paper sheet of expert {expert}"),
    }[verdict]


def _verdict(
    candidate: _Candidate, verdict: Verdict, sheet: VerifiedSheet, expert: ExpertNumber
) -> FileVerdict:
    revision, code = sheet.content.revision, sheet.receipt
    sentence = _sentence(verdict).format(expert=expert, revision=revision, receipt=code)
    return FileVerdict(candidate.file, verdict, sentence, expert, revision, code)


def _refused(file: str, refusal: str, sentence: str, expert: str = "") -> FileVerdict:
    return FileVerdict(file, Verdict.REFUSED, sentence, expert, refusal=refusal)


def _refuse(
    unit: BureauUnit,
    round_id: RoundId,
    candidate: _Candidate,
    error: SheetRefusedError,
    seat: SeatRecord | None,
    now: datetime,
) -> FileVerdict:
    digest = hashlib.sha256(candidate.data).hexdigest()
    name = Path(candidate.file).name
    record = RefusalRecord(
        round_id, name, digest, candidate.data[:_KEEP_REFUSED], error.refusal, str(error), now
    )
    if not any(r.sha256 == digest and r.refusal == error.refusal for r in unit.refusals(round_id)):
        unit.add_refusal(record)
        bureau_log.append(
            unit, round_id, now, "sheet-refused", file=name, sha256=digest, refusal=error.refusal
        )
    return _refused(
        candidate.file, error.refusal, _("Refused: {why}").format(why=error), seat.expert if seat else ""
    )


def _keep_unreadable(
    bureau: OpenBureau, round_id: RoundId, verdict: FileVerdict, now: datetime
) -> None:
    if verdict.refusal != "unreadable":
        return
    path = Path(verdict.file)
    data = path.read_bytes()[:_KEEP_REFUSED] if path.is_file() else b""
    digest = hashlib.sha256(data).hexdigest()
    with bureau() as unit:
        if not any(record.sha256 == digest for record in unit.refusals(round_id)):
            unit.add_refusal(
                RefusalRecord(
                    round_id, path.name, digest, data, verdict.refusal, verdict.sentence, now
                )
            )
            bureau_log.append(
                unit,
                round_id,
                now,
                "sheet-refused",
                file=path.name,
                sha256=digest,
                refusal=verdict.refusal,
            )
        unit.commit()


def receipt_of(record: SheetRecord) -> str:
    """Return the receipt code printed on this sheet's paper."""
    return receipt(record.sheet)
