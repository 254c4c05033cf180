"""Whether a sheet of the second scoring may come in, and whether it comes in time."""

from typing import NoReturn

from reviewer_app.core.errors import Refusal, SheetRefusedError
from reviewer_app.core.messages import _
from reviewer_app.services.records import RoundState
from reviewer_app.services.seating import Seating
from reviewer_app.services.stages import FIRST, SECOND
from reviewer_app.sheets.paper_entry import CountedSheet


def in_time(seating: Seating, stage: int) -> bool:
    """Tell whether sheets of this scoring are awaited; others need a reason (封存后收到)."""
    if stage == FIRST:
        return seating.state is RoundState.ISSUED
    return seating.second is not None and seating.second.is_open


def stage_fault(seating: Seating, stage: int) -> str:
    """Return why no sheet of this scoring may come in at all, empty where one may."""
    if stage > SECOND:
        return _("there is no scoring after the second")
    if stage == SECOND and seating.second is None:
        return _("no second scoring has been opened; open it first (round second)")
    return ""


def refuse_out_of_stage(seating: Seating, sheet: CountedSheet) -> None:
    """Raise SheetRefusedError for a second sheet out of place, or one that undoes a recusal."""
    if sheet.content.stage == FIRST:
        _refuse_behind(seating, sheet)
        return
    fault = stage_fault(seating, sheet.content.stage)
    expert = sheet.assignment.document.expert.number
    first = seating.at_stage(expert, FIRST)
    if not fault and first is None:
        fault = _("no sheet of the first scoring is here; collect that one first")
    if fault or first is None:
        _refuse(sheet, Refusal.STAGE, fault)
    taken_back = sorted(set(first.sheet.content.recusals) - set(sheet.content.recusals))
    if taken_back:
        numbers = ", ".join(taken_back)
        why = _("it scores application {numbers}, which the first sheet stepped back from")
        _refuse(sheet, Refusal.RECUSED, why.format(numbers=numbers))


def _refuse_behind(seating: Seating, sheet: CountedSheet) -> None:
    """Refuse a first sheet that steps back from what the second one, already here, scores."""
    again = seating.at_stage(sheet.assignment.document.expert.number, SECOND)
    if again is None or again.sheet.public_key != sheet.public_key:
        return
    scored = sorted(set(sheet.content.recusals) & set(again.sheet.content.marks))
    if again.sheet.content.stage == SECOND and scored:
        numbers = ", ".join(scored)
        why = _("it scores application {numbers}: revise it first, to step back there, too")
        _refuse(again.sheet, Refusal.RECUSED, why.format(numbers=numbers))


def _refuse(sheet: CountedSheet, refusal: Refusal, why: str) -> NoReturn:
    words = _("expert {expert}, sheet of the second scoring: {why}")
    expert = sheet.assignment.document.expert.number
    raise SheetRefusedError(refusal, words.format(expert=expert, why=why))
