"""The expert's second scoring: the bureau's feedback opens it, the first sheet goes on."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from reviewer_app.core.atomic import disk_fault
from reviewer_app.core.errors import DocumentError, InputError, RoundStateError
from reviewer_app.core.feedback import PanelFigures
from reviewer_app.core.marks import MISSING, Mark
from reviewer_app.core.messages import _
from reviewer_app.core.rules import ChangeReasons
from reviewer_app.services.desk import Desk
from reviewer_app.services.desk_scoring import end_revision_in
from reviewer_app.services.desk_stage import current_stage, signed_now
from reviewer_app.services.ports import DeskUnit
from reviewer_app.services.records import (
    DeskRecusal,
    FeedbackRecord,
    MarkRecord,
    SignedRecord,
)
from reviewer_app.services.stages import second_decides, second_rules
from reviewer_app.sheets import feedback as letters
from reviewer_app.sheets.receipt import receipt
from reviewer_app.sheets.score_sheet import (
    Remark,
    VerifiedSheet,
    open_sheet_file,
    verify_sheet,
)

Marks = Mapping[str, Mark]


@dataclass(frozen=True, slots=True)
class SecondLook:
    """What a desk in its second scoring shows beside the marks."""

    stage: int
    figures: Mapping[str, PanelFigures]
    """How the panel's marks lie, by application."""
    first: Mapping[str, Marks]
    """The own marks of the first sheet, by application and indicator."""
    first_receipt: str
    reasons: bool
    """Whether every changed mark needs a written reason."""
    counts: bool
    """Whether the second sheet makes the result."""

    def changed(self, number: str, marks: Marks) -> list[str]:
        """Return the indicators whose mark is another than on the first sheet."""
        before = self.first.get(number, {})
        return [c for c, mark in marks.items() if mark not in (MISSING, before.get(c))]


@dataclass(frozen=True, slots=True)
class SecondBegun:
    """What opening the feedback did."""

    stage: int
    again: bool
    """The scoring was open with this very feedback; nothing changed."""
    restored: bool
    """The marks come from the sheet in the file: this laptop signs with a new key."""


def begin_second(desk: Desk, file: Path, now: datetime) -> SecondBegun:
    """Open the second scoring with the bureau's feedback; all of it, or nothing.

    On a laptop that never held the first sheet its marks are taken from the file. Raises
    InputError for a file that is damaged, of another round or expert; RoundStateError where it
    does not go on from what was signed here.
    """
    plain, letter, own = _read(desk, file)
    document = letter.document
    with desk.unit() as unit:
        unit.lock()
        stage = current_stage(unit)
        if any(each.file == plain for each in unit.feedback()):
            return SecondBegun(stage, again=True, restored=False)
        if document.stage != stage + 1:
            raise RoundStateError(
                _("This desk is in scoring {stage}; the feedback opens scoring {opens}").format(
                    stage=stage, opens=document.stage
                )
            )
        restored = not unit.signed()
        if restored:
            _restore(desk, unit, own, document.first, now)
        else:
            _refuse_other_first(signed_now(unit)[-1], document.first)
        unit.add_feedback(FeedbackRecord(document.stage, plain, now))
        end_revision_in(unit)
        unit.commit()
    return SecondBegun(document.stage, again=False, restored=restored)


def second_look(desk: Desk, unit: DeskUnit) -> SecondLook | None:
    """Return what the second scoring shows, None in the first; verified from its bytes."""
    records = unit.feedback()
    if not records:
        return None
    signed, own = letters.parts_of(records[-1].file)
    document = letters.verify_feedback(signed, desk.pack.round, desk.pack.assignment).document
    first = _first_sheet(desk, unit.signed(), own, document.first)
    rules = desk.rules
    return SecondLook(
        document.stage,
        {each.application: each for each in document.figures},
        {str(number): marks for number, marks in first.content.marks.items()},
        first.receipt,
        second_rules(rules).reasons is ChangeReasons.CHANGED,
        second_decides(rules),
    )


def look_of(desk: Desk) -> SecondLook | None:
    """Return what ``second_look`` does, in a unit of work of its own."""
    with desk.unit() as unit:
        return second_look(desk, unit)


def require_stage(desk: Desk, stage: int) -> None:
    """Raise RoundStateError where another scoring goes on on the desk."""
    with desk.unit() as unit:
        now = current_stage(unit)
    if now != stage:
        raise RoundStateError(
            _("Scoring {now} goes on on this desk, not scoring {stage}").format(
                now=now, stage=stage
            )
        )


def check_feedback(
    desk: Desk, record: FeedbackRecord, signed: tuple[SignedRecord, ...]
) -> None:
    """Pass if a feedback record is one this desk could have opened; raises DocumentError."""
    letter, own = letters.parts_of(record.file)
    verified = letters.verify_feedback(letter, desk.pack.round, desk.pack.assignment)
    if verified.document.stage != record.stage:
        raise DocumentError(_("its feedback is of another scoring"))
    _first_sheet(desk, signed, own, verified.document.first)


def _read(desk: Desk, file: Path) -> tuple[bytes, letters.VerifiedFeedback, bytes]:
    try:
        size = file.stat().st_size
        data = file.read_bytes() if size <= letters.MAX_BYTES else b""
    except OSError as error:
        raise disk_fault(error, file) from None
    try:
        plain = letters.open_feedback(data, desk.pack.enrolment)
        signed, own = letters.parts_of(plain)
        letter = letters.verify_feedback(signed, desk.pack.round, desk.pack.assignment)
    except DocumentError as error:
        raise InputError(
            _("The feedback “{file}” is refused: {why}").format(file=file.name, why=error)
        ) from None
    return plain, letter, own


def _refuse_other_first(last: SignedRecord, first: bytes) -> None:
    sheet = open_sheet_file(last.file)[0]
    if hashlib.sha256(sheet).digest() != first:
        raise RoundStateError(
            _(
                "The feedback goes on from another sheet than the last one signed here "
                "(receipt {receipt}). Hand this one in and ask for new feedback; or go on on "
                "the computer where the other was signed"
            ).format(receipt=receipt(sheet))
        )


def _restore(desk: Desk, unit: DeskUnit, own: bytes, first: bytes, now: datetime) -> None:
    """Take marks, remarks and recusals from the own first sheet onto an empty desk."""
    if unit.marks():
        raise RoundStateError(
            _(
                "The marks on this computer were never signed, and the feedback would replace "
                "them; go on on the computer where the first sheet was signed"
            )
        )
    sheet = _first_sheet(desk, (), own, first)
    for number, recusal in sheet.content.recusals.items():
        if number not in {each.application for each in unit.recusals()}:
            unit.remove_application(number)
            unit.add_recusal(DeskRecusal(number, recusal.ground, recusal.note, now))
    gone = {each.application for each in unit.recusals()}
    for number, marks in sheet.content.marks.items():
        remarks = (sheet.comments or {}).get(number, {})
        for code, mark in marks.items() if number not in gone else ():
            said = remarks.get(code, Remark())
            texts = (said.comment, said.reason, said.citations)
            unit.put_mark(MarkRecord(number, code, mark, *texts, now))


def _first_sheet(
    desk: Desk, signed: Sequence[SignedRecord], own: bytes, first: bytes
) -> VerifiedSheet:
    """Return the own first sheet, from what was signed here or from the feedback's file."""
    for data in (*(each.file for each in signed), *([own] if own else [])):
        if hashlib.sha256(open_sheet_file(data)[0]).digest() == first:
            return verify_sheet(data, desk.pack.round, desk.pack.assignment)
    raise InputError(
        _(
            "The first sheet is neither on this computer nor in the feedback; go on on the "
            "computer where it was signed, or score on the paper form of the second scoring"
        )
    )
