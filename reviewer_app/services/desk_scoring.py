"""Score: every mark and remark is checked, then durable before the function returns."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from reviewer_app.core.claims import claims_of
from reviewer_app.core.errors import InputError, MarkError, RoundStateError
from reviewer_app.core.marks import MISSING, Mark
from reviewer_app.core.messages import _
from reviewer_app.core.names import check_text
from reviewer_app.core.round import ApplicationNumber
from reviewer_app.core.scoring import check_choice, check_mark
from reviewer_app.services.desk import Desk
from reviewer_app.services.desk_stage import signed_now
from reviewer_app.services.ports import DeskUnit
from reviewer_app.services.records import MarkRecord

REVISING = "revising"
_CLOSED, _OPEN = b"", b"open"


@dataclass(frozen=True, slots=True)
class Remarks:
    """What an expert writes beside a mark; citations as ``建设方案.pdf#47``."""

    comment: str = ""
    reason: str = ""
    citations: tuple[str, ...] = ()


def put_mark(
    desk: Desk, application: ApplicationNumber, indicator: str, mark: Mark, now: datetime
) -> None:
    """Keep one mark, its remarks unchanged; durable when this returns.

    Raises MarkError for a mark its scale does not have, RoundStateError on a signed desk,
    NotFoundError for an application that is not on it.
    """
    check_answer(desk, application, indicator, mark)
    with desk.unit() as unit:
        unit.lock()
        require_unlocked(unit)
        number = desk.require(unit, application).number
        kept = unit.mark(number, indicator) or MarkRecord(number, indicator, MISSING)
        unit.put_mark(replace(kept, mark=mark, updated=now))
        _check_choices(desk, unit, number, indicator)
        unit.commit()


def put_remarks(
    desk: Desk, application: ApplicationNumber, indicator: str, remarks: Remarks, now: datetime
) -> None:
    """Keep what was written beside a mark, the mark unchanged; durable when this returns.

    Raises InputError for a text that cannot be stored, else as ``put_mark``.
    """
    check_answer(desk, application, indicator, MISSING)
    check_remarks(remarks, f"{application} {indicator}")
    with desk.unit() as unit:
        unit.lock()
        require_unlocked(unit)
        number = desk.require(unit, application).number
        kept = unit.mark(number, indicator) or MarkRecord(number, indicator, MISSING)
        unit.put_mark(with_remarks(kept, remarks, now))
        unit.commit()


def put_answer(desk: Desk, record: MarkRecord) -> None:
    """Keep one answer whole, mark and remarks, in one step; durable when this returns.

    Raises as ``put_mark`` and ``put_remarks``.
    """
    check_answer(desk, record.application, record.indicator, record.mark)
    remarks = Remarks(record.comment, record.reason, record.citations)
    check_remarks(remarks, f"{record.application} {record.indicator}")
    with desk.unit() as unit:
        unit.lock()
        require_unlocked(unit)
        desk.require(unit, record.application)
        unit.put_mark(record)
        _check_choices(desk, unit, record.application, record.indicator)
        unit.commit()


def put_note(desk: Desk, application: ApplicationNumber, text: str) -> None:
    """Keep the private note on an application; only the encrypted draft carries it."""
    check_text(text, _("note on {application}").format(application=application), lines=True)
    with desk.unit() as unit:
        unit.lock()
        unit.put_note(desk.require(unit, application).number, text)
        unit.commit()


def put_answers(desk: Desk, records: Sequence[MarkRecord]) -> None:
    """Keep many answers in one step, all or none; begins a revision on a signed desk.

    The caller has checked each with ``check_answer``.
    """
    with desk.unit() as unit:
        unit.lock()
        begin_revision_in(unit)
        for record in records:
            desk.require(unit, record.application)
            unit.put_mark(record)
        for record in records:
            _check_choices(desk, unit, record.application, record.indicator)
        unit.commit()


def with_remarks(record: MarkRecord, remarks: Remarks, now: datetime) -> MarkRecord:
    """Return the record with other remarks."""
    return replace(
        record,
        comment=remarks.comment,
        reason=remarks.reason,
        citations=remarks.citations,
        updated=now,
    )


def _check_choices(
    desk: Desk, unit: DeskUnit, application: ApplicationNumber, indicator: str
) -> None:
    """Refuse a second alternative of a choice of one (二选一); raises MarkError."""
    for heading in desk.form.choices.get(application, ()):
        codes = [leaf.code for leaf in heading.indicators()]
        if indicator in codes:
            found = [unit.mark(application, code) for code in codes]
            check_choice(heading, {each.indicator: each.mark for each in found if each})


def check_answer(
    desk: Desk, application: ApplicationNumber, indicator: str, mark: Mark
) -> None:
    """Refuse a mark that this expert cannot give there; raises MarkError."""
    for question in desk.form.questions.get(application, ()):
        if question.indicator.code != indicator:
            continue
        if question.scale is None and mark != MISSING:
            raise MarkError(
                _("{code}: the points are computed or given by others, leave it empty").format(
                    code=indicator
                )
            )
        facts = desk.assigned[application].facts
        check_mark(question.indicator, mark, claims_of(desk.schemes[application], facts))
        return
    raise MarkError(
        _("There is no indicator {code} for application {application}").format(
            code=indicator, application=application
        )
    )


def check_remarks(remarks: Remarks, where: str) -> None:
    """Refuse texts that cannot be stored or printed; raises InputError naming ``where``."""
    for text in (remarks.comment, remarks.reason, *remarks.citations):
        check_text(text, where, lines=True)
    if not all(remarks.citations):
        raise InputError(_("{where}: a citation is empty").format(where=where))


def begin_revision(desk: Desk) -> bool:
    """Unlock a signed desk for its next revision; tell whether it was locked."""
    with desk.unit() as unit:
        unit.lock()
        begun = begin_revision_in(unit)
        unit.commit()
    return begun


def begin_revision_in(unit: DeskUnit) -> bool:
    """Do what ``begin_revision`` does, inside a unit of work."""
    locked = is_locked(unit)
    if locked:
        unit.set_setting(REVISING, _OPEN)
    return locked


def end_revision_in(unit: DeskUnit) -> None:
    """Lock the desk again: what is on it is signed."""
    unit.set_setting(REVISING, _CLOSED)


def is_locked(unit: DeskUnit) -> bool:
    """Tell whether what is on the desk is signed and no revision was begun since."""
    return bool(signed_now(unit)) and not unit.setting(REVISING)


def require_unlocked(unit: DeskUnit) -> None:
    """Raise RoundStateError on a signed desk."""
    if is_locked(unit):
        raise RoundStateError(
            _("Your sheet is signed; begin a new revision, with a reason, to change it")
        )
