"""Corrections after closing (更正): the secretary points, the expert answers with a new sheet.

What was asked for, and why an expert kept a mark, is in the round's log and nowhere else; no
score is ever written here. A correction is answered once another sheet of the same scoring
counts; a sheet of a later scoring (第二轮) answers it where the questioned mark differs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from reviewer_app.core.errors import InputError, NotFoundError
from reviewer_app.core.marks import Mark
from reviewer_app.core.messages import _
from reviewer_app.core.round import ApplicationNumber, ExpertNumber, RoundId
from reviewer_app.services import bureau_log
from reviewer_app.services.ports import BureauUnit, OpenBureau
from reviewer_app.services.records import RoundState
from reviewer_app.services.rounds import in_state
from reviewer_app.services.seating import Seating, load_seating
from reviewer_app.sheets.log import LogEntry, read_line
from reviewer_app.sheets.paper_entry import CountedSheet

OPENED, KEPT = "correction-opened", "correction-kept"
Marks = Mapping[ApplicationNumber, Mapping[str, Mark]]


class CorrectionState(StrEnum):
    """How far a correction has come."""

    OPEN = "open"
    ANSWERED = "answered"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Wish:
    """What the secretary points at: whose mark, which one, on what ground.

    Without an indicator, all marks of the expert for the application.
    """

    expert: ExpertNumber
    application: ApplicationNumber
    indicator: str
    ground: str
    note: str = ""
    """What is written to the expert."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction; ``number`` counts them through the round, ``sheet`` is the old one."""

    number: int
    wish: Wish
    sheet: str
    revision: int
    opened: datetime
    kept: str = ""
    """Why the expert keeps the mark; empty unless so."""


@dataclass(frozen=True, slots=True)
class ChangedMark:
    """One mark that differs between two sheets; None where an application was recused."""

    application: ApplicationNumber
    indicator: str
    old: Mark | None
    new: Mark | None

    def is_asked_by(self, wish: Wish) -> bool:
        """Tell whether this is what the secretary pointed at, or part of it."""
        return self.application == wish.application and wish.indicator in ("", self.indicator)


def open_correction(
    bureau: OpenBureau, round_id: RoundId, wish: Wish, now: datetime
) -> Correction:
    """Begin a correction and return it.

    Raises InputError without a ground, or for a mark that no counted sheet holds.
    """
    with bureau() as unit:
        in_state(unit, round_id, RoundState.CLOSED)
        seating = load_seating(unit, round_id)
        number = len(_entries(unit, round_id, OPENED)) + 1
        correction = Correction(number, wish, *_counting(seating, wish), now)
        details: dict[str, str | int] = {
            "number": number,
            "expert": wish.expert,
            "application": wish.application,
            "indicator": wish.indicator,
            "sheet": correction.sheet,
            "revision": correction.revision,
            "reason": wish.ground.strip(),
            "note": wish.note.strip(),
        }
        bureau_log.append(unit, round_id, now, OPENED, **details)
        unit.commit()
    return correction


def keep_mark(
    bureau: OpenBureau, round_id: RoundId, number: int, reason: str, now: datetime
) -> None:
    """Record that the expert keeps the mark, and why.

    Raises InputError without a reason or where a reason is recorded already, NotFoundError for
    a correction that was never opened.
    """
    if not reason.strip():
        raise InputError(_("Write why the expert keeps the mark"))
    with bureau() as unit:
        in_state(unit, round_id, RoundState.CLOSED)
        _check_open(corrections_of(unit, round_id), number)
        bureau_log.append(unit, round_id, now, KEPT, number=number, reason=reason.strip())
        unit.commit()


def _check_open(corrections: Sequence[Correction], number: int) -> None:
    found = next((each for each in corrections if each.number == number), None)
    if found is None:
        raise NotFoundError(_("There is no correction {number}").format(number=number))
    if found.kept:
        raise InputError(
            _("Correction {number}: why the mark is kept is recorded already").format(
                number=number
            )
        )


def corrections_of(unit: BureauUnit, round_id: RoundId) -> tuple[Correction, ...]:
    """Return the corrections of a round, oldest first."""
    kept = {
        int(each.details["number"]): str(each.details["reason"])
        for each in _entries(unit, round_id, KEPT)
    }
    opened = _entries(unit, round_id, OPENED)
    return tuple(_read(each, kept.get(int(each.details["number"]), "")) for each in opened)


def state_of(correction: Correction, seating: Seating) -> CorrectionState:
    """Return how far a correction has come."""
    if correction.kept:
        return CorrectionState.KEPT
    wish, counted = correction.wish, seating.counted.get(correction.wish.expert)
    if counted is None or counted.digest.hex() == correction.sheet:
        return CorrectionState.OPEN
    old = _sheet_of(correction, seating)
    same = seating.at_stage(wish.expert, old.content.stage)
    if same is not None and same.sheet.digest != old.digest:
        return CorrectionState.ANSWERED
    changes = changes_between(old.content.marks, counted.content.marks)
    if any(each.is_asked_by(wish) for each in changes):
        return CorrectionState.ANSWERED
    return CorrectionState.OPEN


def changes_of(correction: Correction, seating: Seating) -> tuple[ChangedMark, ...]:
    """Return every mark in which the sheet that counts now differs from the old one."""
    old, new = _sheet_of(correction, seating), seating.counted[correction.wish.expert]
    return changes_between(old.content.marks, new.content.marks)


def changes_between(old: Marks, new: Marks) -> tuple[ChangedMark, ...]:
    """Return every mark in which two sheets differ, in the order of the sheets."""
    found = []
    for application in dict.fromkeys((*old, *new)):
        before, after = old.get(application, {}), new.get(application, {})
        for code in dict.fromkeys((*before, *after)):
            if before.get(code) != after.get(code):
                change = ChangedMark(application, code, before.get(code), after.get(code))
                found.append(change)
    return tuple(found)


def _sheet_of(correction: Correction, seating: Seating) -> CountedSheet:
    """Return the sheet that holds the questioned mark."""
    received = seating.received[correction.wish.expert]
    return next(each.sheet for each in received if each.sheet.digest.hex() == correction.sheet)


def _counting(seating: Seating, wish: Wish) -> tuple[str, int]:
    """Return digest and revision of the sheet that holds the mark."""
    if not wish.ground.strip():
        raise InputError(_("Write on what ground the mark is questioned"))
    sheet = seating.counted.get(wish.expert)
    marks = sheet.content.marks.get(wish.application, {}) if sheet else {}
    if sheet is None or not marks or wish.indicator not in ("", *marks):
        raise InputError(
            _("Expert {expert} has no mark for {indicator} of {application}").format(
                expert=wish.expert, indicator=wish.indicator, application=wish.application
            )
        )
    return sheet.digest.hex(), sheet.content.revision


def _entries(unit: BureauUnit, round_id: RoundId, event: str) -> list[LogEntry]:
    entries = (read_line(record.line).entry for record in unit.log(round_id))
    return [entry for entry in entries if entry.event == event]


def _read(entry: LogEntry, kept: str) -> Correction:
    details = entry.details
    wish = Wish(
        ExpertNumber(str(details["expert"])),
        ApplicationNumber(str(details["application"])),
        str(details["indicator"]),
        str(details["reason"]),
        str(details["note"]),
    )
    number, revision = int(details["number"]), int(details["revision"])
    return Correction(number, wish, str(details["sheet"]), revision, entry.at, kept)
