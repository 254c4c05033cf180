"""Finish: refuse while something is missing, sign, write to the stick, read back, print."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from reviewer_app.core.atomic import disk_fault, make_folder, write_file
from reviewer_app.core.errors import (
    InputError,
    RoundStateError,
    SheetRefusedError,
    StorageError,
)
from reviewer_app.core.messages import _
from reviewer_app.core.names import check_text
from reviewer_app.services.desk import Desk
from reviewer_app.services.desk_scoring import end_revision_in, is_locked
from reviewer_app.services.desk_second import second_look
from reviewer_app.services.desk_stage import FIRST_STAGE, current_stage, signed_now
from reviewer_app.services.desk_status import ApplicationStatus, answers_of, application_status
from reviewer_app.services.ports import DeskUnit
from reviewer_app.services.records import SignedRecord
from reviewer_app.sheets.score_sheet import (
    Comments,
    Recusal,
    Remark,
    SheetContent,
    VerifiedSheet,
    open_sheet_file,
    read_signed_sheet,
    seal_sheet,
    verify_sheet,
)

SHEET_SUFFIX, PAPER_SUFFIX = ".scoresheet", ".pdf"
_LISTED = 12


@dataclass(frozen=True, slots=True)
class SignedSheetFiles:
    """A signed sheet as written and read back."""

    sheet: VerifiedSheet
    file: Path
    paper: Path
    new: bool
    """False where the desk was signed already and the same bytes were written again."""


def sign(desk: Desk, out: Path, reason: str, now: datetime) -> SignedSheetFiles:
    """Sign what is on the desk and write sheet and paper into ``out``.

    A desk that is signed and unchanged is written out again, byte for byte. Raises
    RoundStateError with the list of what is missing, InputError where a revision lacks its
    reason, StorageError where the medium refuses; a sheet once signed stays on the desk.
    """
    with desk.unit() as unit:
        unit.lock()
        new = not is_locked(unit)
        record = _sign(desk, unit, reason.strip(), now) if new else signed_now(unit)[-1]
        unit.commit()
    sheet = verify_sheet(record.file, desk.pack.round, desk.pack.assignment)
    file = export_sheet(desk, record, out)
    paper = file.with_suffix(PAPER_SUFFIX)
    print_sheet(desk, sheet, paper, now)
    return SignedSheetFiles(sheet, file, paper, new)


def print_sheet(desk: Desk, sheet: VerifiedSheet, paper: Path, now: datetime) -> None:
    """Write the paper of a signed sheet; raises PaperError."""
    from reviewer_app.papers.pdf import write_pdf  # noqa: PLC0415 - takes half a second
    from reviewer_app.services.sheet_paper import sheet_paper  # noqa: PLC0415 - as above

    write_pdf(sheet_paper(sheet, desk.pack.round, now), paper)


def export_sheet(desk: Desk, record: SignedRecord, out: Path) -> Path:
    """Write a signed revision into ``out``, read it back, and return where it is.

    Raises InputError where another sheet has that name: of another round, or another key.
    """
    stage = "" if record.stage == FIRST_STAGE else f"-s{record.stage}"
    file = out / f"{desk.expert.number}{stage}-r{record.revision}{SHEET_SUFFIX}"
    make_folder(out)
    _refuse_other_sheet(file, record.file)
    write_file(file, record.file)
    try:
        written = file.read_bytes()
    except OSError as error:
        raise disk_fault(error, file) from None
    if written != record.file:
        raise StorageError(
            _("“{file}” does not read back as written; use another stick").format(file=file)
        )
    return file


def _refuse_other_sheet(file: Path, mine: bytes) -> None:
    """Refuse to write over an intact sheet that is not this one."""
    if not file.is_file():
        return
    try:
        other = read_signed_sheet(open_sheet_file(file.read_bytes())[0])
    except SheetRefusedError:
        return
    except OSError as error:
        raise disk_fault(error, file) from None
    if other.sheet != open_sheet_file(mine)[0]:
        raise InputError(
            _("“{file}” is another sheet; choose another folder").format(file=file)
        )


def refuse_gaps(applications: Iterable[ApplicationStatus]) -> None:
    """Raise RoundStateError naming every missing mark and every missing reason."""
    missing, reasons = [], []
    for status in applications:
        number = status.application.number
        missing += [f"{number}/{code}" for code in status.missing]
        reasons += [f"{number}/{code}" for code in status.reasons_missing]
    faults = []
    if missing:
        faults.append(_("marks are missing: {places}").format(places=_listed(missing)))
    if reasons:
        faults.append(_("low marks without a reason: {places}").format(places=_listed(reasons)))
    if faults:
        raise RoundStateError(_("Cannot sign yet; {faults}").format(faults="; ".join(faults)))


def _listed(places: Sequence[str]) -> str:
    shown = ", ".join(places[:_LISTED])
    more = len(places) - _LISTED
    return (
        _("{places} and {count} more").format(places=shown, count=more) if more > 0 else shown
    )


def _sign(desk: Desk, unit: DeskUnit, reason: str, now: datetime) -> SignedRecord:
    answers, remaining = answers_of(unit), desk.remaining(unit)
    look = second_look(desk, unit)
    refuse_gaps(
        application_status(desk, each, answers.get(each.number, {}), look) for each in remaining
    )
    earlier = signed_now(unit)
    _check_reason(reason, revised=bool(earlier))
    content = SheetContent(
        round_digest=desk.pack.round.digest,
        assignment_digest=desk.pack.assignment.digest,
        stage=current_stage(unit),
        revision=len(earlier) + 1,
        previous=_digest(earlier[-1]) if earlier else None,
        marks={
            each.number: {
                leaf.code: answers[each.number][leaf.code].mark
                for leaf in desk.asked(each.number)
            }
            for each in remaining
        },
        signed_at=now,
        recusals={
            each.application: Recusal(each.ground, each.note) for each in unit.recusals()
        },
        reason=reason if earlier else "",
    )
    file = seal_sheet(
        content,
        _comments(unit),
        desk.signing_key(unit),
        desk.pack.enrolment,
        desk.pack.round,
        desk.pack.assignment,
    )
    record = SignedRecord(content.revision, file, content.reason, now, content.stage)
    unit.add_signed(record)
    end_revision_in(unit)
    return record


def _check_reason(reason: str, *, revised: bool) -> None:
    check_text(reason, _("reason"), lines=True)
    if revised and not reason:
        raise InputError(
            _("A new revision of a signed sheet needs a reason; give it with --reason")
        )


def _digest(record: SignedRecord) -> bytes:
    return hashlib.sha256(open_sheet_file(record.file)[0]).digest()


def _comments(unit: DeskUnit) -> Comments:
    return {
        application: remarks
        for application, records in answers_of(unit).items()
        if (
            remarks := {
                code: Remark(record.comment, record.reason, record.citations)
                for code, record in records.items()
                if record.comment or record.reason or record.citations
            }
        )
    }
