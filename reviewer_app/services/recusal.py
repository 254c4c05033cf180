"""Step back from an application (回避): it disappears, and only the declaration stays."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from reviewer_app.core.errors import NotFoundError, RoundStateError
from reviewer_app.core.marks import MISSING
from reviewer_app.core.messages import _
from reviewer_app.core.names import check_text
from reviewer_app.core.recusal import join_grounds
from reviewer_app.core.round import ApplicationNumber
from reviewer_app.services.desk import Desk
from reviewer_app.services.desk_place import forget_application
from reviewer_app.services.desk_scoring import begin_revision_in
from reviewer_app.services.desk_stage import signed_now
from reviewer_app.services.ports import DeskUnit
from reviewer_app.services.records import DeskRecusal


@dataclass(frozen=True, slots=True)
class Effect:
    """What stepping back from an application would take along; nothing has happened yet."""

    marks: int
    """Answers given so far, those not applicable and abstained included."""
    comments: int
    """Comments and reasons written."""
    note: bool
    """Whether there is a private note."""
    begun: bool
    """Whether scoring has begun anywhere, so that the declaration stays."""
    revision: int
    """The revision to be signed afterwards, 0 where nothing was signed yet."""


def effect_of(desk: Desk, application: ApplicationNumber) -> Effect:
    """Return what ``recuse`` would delete, and what it would ask for."""
    with desk.unit() as unit:
        marks, signed = unit.marks(), signed_now(unit)
        mine = [each for each in marks if each.application == application]
        return Effect(
            marks=sum(each.mark != MISSING for each in mine),
            comments=sum(bool(each.comment) + bool(each.reason) for each in mine),
            note=bool(unit.note(application).strip()),
            begun=bool(marks or unit.signed()),
            revision=signed[-1].revision + 1 if signed else 0,
        )


def recuse(
    desk: Desk, application: str, grounds: Sequence[str], note: str, now: datetime
) -> bool:
    """Declare a conflict; every mark, comment and note on that application is deleted.

    ``grounds`` are keys of ``core.recusal``. Returns whether a signed sheet has to be signed
    anew. Raises InputError for an incomplete declaration, NotFoundError for an application
    that is not on the desk.
    """
    check_text(note, _("note"), lines=True)
    ground = join_grounds(grounds, note)
    with desk.unit() as unit:
        unit.lock()
        number = desk.require(unit, _as_on_the_desk(desk, unit, application)).number
        revised = begin_revision_in(unit)
        unit.remove_application(number)
        forget_application(unit, number)
        unit.add_recusal(DeskRecusal(number, ground, note.strip(), now))
        unit.commit()
    return revised


def _as_on_the_desk(desk: Desk, unit: DeskUnit, typed: str) -> str:
    """Return a number as the desk has it: ``2`` for ``02``; what is unknown as it was typed."""
    numbers = [each.number for each in desk.remaining(unit)]
    if typed in numbers:
        return typed
    from reviewer_app.inputs.numbering import Numbering  # noqa: PLC0415 - loads openpyxl

    numbering = Numbering(numbers)
    return numbering.find(typed, "") if numbering.has(typed) else typed


def take_back(desk: Desk, application: ApplicationNumber) -> None:
    """Undo a declaration made by mistake; possible until the first mark is given.

    Raises RoundStateError afterwards, NotFoundError where nothing was declared.
    """
    with desk.unit() as unit:
        unit.lock()
        if application not in {recusal.application for recusal in unit.recusals()}:
            raise NotFoundError(
                _("No conflict was declared for application {number}").format(
                    number=application
                )
            )
        if unit.marks() or unit.signed():
            raise RoundStateError(
                _("Scoring has begun: the declaration stays; tell the secretary")
            )
        unit.remove_recusal(application)
        unit.commit()
