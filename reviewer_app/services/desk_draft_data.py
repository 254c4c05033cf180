"""What lies on a desk as JSON data, and the records that such data stand for."""

import base64
import binascii
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from reviewer_app.core.errors import DraftError, KeyStoreError
from reviewer_app.core.marks import Mark, MarkState, scored
from reviewer_app.core.messages import _
from reviewer_app.core.round import ApplicationNumber
from reviewer_app.services.desk_stage import FIRST_STAGE
from reviewer_app.services.ports import DeskUnit
from reviewer_app.services.records import (
    DeskRecusal,
    FeedbackRecord,
    MarkRecord,
    SignedRecord,
)
from reviewer_app.sheets.keys import SigningKey

_NUMBER = re.compile(r"-?\d{1,40}(/\d{1,40})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class DeskWork:
    """Everything an expert made: it has to be the same on whichever laptop goes on."""

    key: SigningKey
    marks: tuple[MarkRecord, ...]
    recusals: tuple[DeskRecusal, ...]
    notes: tuple[tuple[ApplicationNumber, str], ...]
    signed: tuple[SignedRecord, ...]
    feedback: tuple[FeedbackRecord, ...] = ()

    @property
    def begun(self) -> bool:
        """Tell whether there is anything that must not be written over."""
        return bool(self.marks or self.recusals or self.notes or self.signed)

    def answers(self) -> dict[ApplicationNumber, dict[str, MarkRecord]]:
        """Return the marks by application and indicator."""
        found: dict[ApplicationNumber, dict[str, MarkRecord]] = {}
        for record in self.marks:
            found.setdefault(record.application, {})[record.indicator] = record
        return found


def work_of(
    unit: DeskUnit, key: SigningKey, applications: Iterable[ApplicationNumber]
) -> DeskWork:
    """Return what lies on a desk."""
    known = unit.notes()
    notes = ((number, known.get(number, "")) for number in applications)
    return DeskWork(
        key,
        tuple(unit.marks()),
        tuple(unit.recusals()),
        tuple((number, text) for number, text in notes if text),
        tuple(unit.signed()),
        tuple(unit.feedback()),
    )


def lay_down(unit: DeskUnit, work: DeskWork, applications: Iterable[ApplicationNumber]) -> None:
    """Put the work in the place of what lies on a desk; its key is the caller's to seal."""
    for number in applications:
        unit.remove_application(number)
    for recusal in unit.recusals():
        unit.remove_recusal(recusal.application)
    for record in work.marks:
        unit.put_mark(record)
    for declared in work.recusals:
        unit.add_recusal(declared)
    for number, text in work.notes:
        unit.put_note(number, text)
    for signed in work.signed[len(unit.signed()) :]:
        unit.add_signed(signed)
    for letter in work.feedback[len(unit.feedback()) :]:
        unit.add_feedback(letter)


def to_data(work: DeskWork) -> dict[str, Any]:
    """Return the work as JSON data; docs/formats.md says what each list holds."""
    return {
        "key": work.key.to_bytes().hex(),
        "marks": [_mark_data(each) for each in work.marks],
        "notes": [list(each) for each in work.notes],
        "recusals": [
            [each.application, each.ground, each.note, each.at.isoformat()]
            for each in work.recusals
        ],
        "signed": [_signed_data(each) for each in work.signed],
        **_feedback_data(work.feedback),
    }


def from_data(data: dict[str, Any]) -> DeskWork:
    """Return the work that the data stand for; raises DraftError for anything else."""
    try:
        return DeskWork(
            SigningKey.from_bytes(bytes.fromhex(data["key"])),
            tuple(_mark(*each) for each in data["marks"]),
            tuple(
                DeskRecusal(ApplicationNumber(number), ground, note, _moment(at))
                for number, ground, note, at in data["recusals"]
            ),
            tuple((ApplicationNumber(number), str(text)) for number, text in data["notes"]),
            tuple(_signed(*each) for each in data["signed"]),
            tuple(
                FeedbackRecord(int(stage), bytes_of(file), _moment(at))
                for stage, file, at in data.get("feedback", ())
            ),
        )
    except (KeyError, KeyStoreError, TypeError, ValueError, ZeroDivisionError):
        raise DraftError(_("it is damaged or not of this program")) from None


def text_of(data: bytes) -> str:
    """Return bytes as the text in which a draft carries them."""
    return base64.b64encode(data).decode("ascii")


def bytes_of(text: str) -> bytes:
    """Return the bytes of such a text; raises ValueError."""
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError(text) from error


def _signed_data(record: SignedRecord) -> list[Any]:
    """Return one signed revision; the scoring is said from the second on."""
    later = [] if record.stage == FIRST_STAGE else [record.stage]
    return [
        record.revision,
        text_of(record.file),
        record.reason,
        record.at.isoformat(),
        *later,
    ]


def _signed(
    revision: int, file: str, reason: str, at: str, stage: int = FIRST_STAGE
) -> SignedRecord:
    return SignedRecord(revision, bytes_of(file), reason, _moment(at), int(stage))


def _feedback_data(records: tuple[FeedbackRecord, ...]) -> dict[str, list[Any]]:
    """Return what opened later scorings; no key where there was none."""
    rows = [[each.stage, text_of(each.file), each.at.isoformat()] for each in records]
    return {"feedback": rows} if rows else {}


def _mark_data(record: MarkRecord) -> list[Any]:
    mark = record.mark
    return [
        record.application,
        record.indicator,
        mark.state.value if mark.value is None else str(mark.value),
        record.comment,
        record.reason,
        list(record.citations),
        record.updated.isoformat() if record.updated else "",
    ]


def _mark(  # noqa: PLR0913, PLR0917 - the seven things of one line, in the order of the file
    application: str,
    indicator: str,
    mark: str,
    comment: str,
    reason: str,
    citations: list[str],
    updated: str,
) -> MarkRecord:
    return MarkRecord(
        ApplicationNumber(application),
        indicator,
        _mark_of(mark),
        comment,
        reason,
        tuple(citations),
        _moment(updated) if updated else None,
    )


def _mark_of(text: str) -> Mark:
    if _NUMBER.fullmatch(text):
        return scored(Fraction(text))
    return Mark(MarkState(text))


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment
