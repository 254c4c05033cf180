"""The expert's Excel path: a workbook out, marks back in, all of them or none."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from reviewer_app.core.atomic import write_file
from reviewer_app.core.errors import FaultsError, InputError, MarkError
from reviewer_app.core.marks import MISSING
from reviewer_app.core.messages import _
from reviewer_app.core.round import ApplicationNumber
from reviewer_app.core.scheme import Indicator
from reviewer_app.inputs.desk_marks import DeskMark, read_desk_marks
from reviewer_app.inputs.desk_workbook import WorkbookRow, desk_workbook
from reviewer_app.services.desk import Desk
from reviewer_app.services.desk_scoring import (
    Remarks,
    check_answer,
    check_remarks,
    put_answers,
    with_remarks,
)
from reviewer_app.services.desk_status import Answers, answers_of
from reviewer_app.services.records import MarkRecord


@dataclass(frozen=True, slots=True)
class CheckedMarks:
    """What a file holds for a desk, before anything is taken over."""

    rows: int
    records: tuple[MarkRecord, ...]
    """The answers that would change."""
    before: tuple[MarkRecord, ...]
    """The same as they stand now."""
    kept: int
    """Empty cells over marks, which stay."""
    cleared: int
    """Marks that would be cleared."""
    unknown_columns: tuple[str, ...]


def write_workbook(desk: Desk, path: Path) -> int:
    """Write a workbook with a row for each mark to give, and return how many there are.

    It holds what the desk has so far, so that it can be filled in several times. Raises
    InputError for a file that is there: it may hold marks that were never imported.
    """
    if path.suffix.lower() != ".xlsx":
        raise InputError(_("“{name}” is no workbook; end it in .xlsx").format(name=path.name))
    if path.exists():
        raise InputError(
            _("“{path}” exists already; import what it holds, or name another file").format(
                path=path
            )
        )
    with desk.unit() as unit:
        answers = answers_of(unit)
        rows = [
            _workbook_row(application.number, application.short_name, leaf, answers)
            for application in desk.remaining(unit)
            for leaf in desk.asked(application.number)
        ]
    title = f"{desk.pack.round.document.title}　专家{desk.expert.number}　{desk.expert.name}"
    write_file(path, desk_workbook(title, rows))
    return len(rows)


def check_marks(desk: Desk, path: Path, now: datetime, *, clear: bool = False) -> CheckedMarks:
    """Return what a file would change; what it has no column for stays.

    An empty cell changes nothing; with ``clear`` it clears what stands there. Raises
    FaultsError with every cell at fault, InputError where the file is no such list.
    """
    with desk.unit() as unit:
        answers = answers_of(unit)
        numbers = [application.number for application in desk.remaining(unit)]
    table = read_desk_marks(path, desk.expert.number, numbers)
    faults, pairs, kept = list(table.faults), [], 0
    for row in table.rows:
        number = ApplicationNumber(row.application)
        empty = MarkRecord(number, row.indicator, MISSING)
        before = answers.get(number, {}).get(row.indicator, empty)
        try:
            record = _record(desk, row, before, now, clear=clear)
        except (InputError, MarkError) as error:
            faults.append(str(error))
            continue
        kept += row.mark == MISSING and record.mark != MISSING
        if replace(record, updated=before.updated) != before:
            pairs.append((before, record))
    if faults:
        raise FaultsError(tuple(faults))
    cleared = sum(old.mark != MISSING and new.mark == MISSING for old, new in pairs)
    return CheckedMarks(
        rows=len(table.rows),
        records=tuple(new for _old, new in pairs),
        before=tuple(old for old, _new in pairs),
        kept=kept,
        cleared=cleared,
        unknown_columns=table.unknown_columns,
    )


def take_marks(desk: Desk, checked: CheckedMarks) -> None:
    """Take over what was checked, all or nothing; on a signed desk this begins a revision."""
    if checked.records:
        put_answers(desk, checked.records)


def take_back(desk: Desk, checked: CheckedMarks, now: datetime) -> None:
    """Put back what stood there before ``take_marks``."""
    put_answers(desk, [replace(record, updated=now) for record in checked.before])


def import_marks(desk: Desk, path: Path, now: datetime, *, clear: bool = False) -> CheckedMarks:
    """Check a file and take it over; raises as ``check_marks``, and nothing is taken then."""
    checked = check_marks(desk, path, now, clear=clear)
    take_marks(desk, checked)
    return checked


def _workbook_row(
    number: ApplicationNumber, name: str, leaf: Indicator, answers: Answers
) -> WorkbookRow:
    kept = answers.get(number, {}).get(leaf.code) or MarkRecord(number, leaf.code, MISSING)
    return WorkbookRow(number, name, leaf, kept.mark, kept.reason, kept.comment, kept.citations)


def _record(
    desk: Desk, row: DeskMark, before: MarkRecord, now: datetime, *, clear: bool
) -> MarkRecord:
    """Return the record that a row makes; raises InputError or MarkError with its place."""
    try:
        check_answer(desk, before.application, row.indicator, row.mark)
    except MarkError as error:
        raise InputError(f"{row.where}: {error}") from None
    remarks = Remarks(
        _words(row.comment, before.comment, clear=clear),
        _words(row.reason, before.reason, clear=clear),
        before.citations
        if row.citations is None or not (row.citations or clear)
        else row.citations,
    )
    check_remarks(remarks, row.where)
    mark = before.mark if row.mark == MISSING and not clear else row.mark
    return replace(with_remarks(before, remarks, now), mark=mark)


def _words(text: str | None, before: str, *, clear: bool) -> str:
    return before if text is None or not (text or clear) else text
