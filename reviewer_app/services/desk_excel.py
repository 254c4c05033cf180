"""The expert's Excel path: a workbook out, marks back in, all of them or none."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from reviewer_app.core.atomic import write_file
from reviewer_app.core.errors import InputError, MarkError
from reviewer_app.core.marks import MISSING
from reviewer_app.core.messages import _
from reviewer_app.core.round import ApplicationNumber
from reviewer_app.core.scheme import Indicator
from reviewer_app.inputs.desk_marks import DeskMark, DeskMarks, read_desk_marks
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
class Imported:
    """What an import did: rows taken, how many of them changed something, columns left out."""

    rows: int
    changed: int
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


def import_marks(desk: Desk, path: Path, now: datetime) -> Imported:
    """Take over every row of a file, or none; on a signed desk this begins a revision.

    Raises InputError or MarkError naming the row. What a file has no column for stays.
    """
    with desk.unit() as unit:
        answers = answers_of(unit)
        numbers = [application.number for application in desk.remaining(unit)]
    table = read_desk_marks(path, desk.expert.number, numbers)
    records = _changed(desk, table, answers, now)
    if records:
        put_answers(desk, records)
    return Imported(len(table.rows), len(records), table.unknown_columns)


def _workbook_row(
    number: ApplicationNumber, name: str, leaf: Indicator, answers: Answers
) -> WorkbookRow:
    kept = answers.get(number, {}).get(leaf.code) or MarkRecord(number, leaf.code, MISSING)
    return WorkbookRow(number, name, leaf, kept.mark, kept.reason, kept.comment, kept.citations)


def _changed(desk: Desk, table: DeskMarks, answers: Answers, now: datetime) -> list[MarkRecord]:
    """Return the records that the rows make, checked, without those already on the desk."""
    records = []
    for row in table.rows:
        number = ApplicationNumber(row.application)
        kept = answers.get(number, {}).get(row.indicator)
        before = kept or MarkRecord(number, row.indicator, MISSING)
        record = _record(desk, row, before, now)
        if replace(record, updated=before.updated) != before:
            records.append(record)
    return records


def _record(desk: Desk, row: DeskMark, before: MarkRecord, now: datetime) -> MarkRecord:
    try:
        check_answer(desk, before.application, row.indicator, row.mark)
    except MarkError as error:
        raise InputError(f"{row.where}: {error}") from None
    remarks = Remarks(
        before.comment if row.comment is None else row.comment,
        before.reason if row.reason is None else row.reason,
        before.citations if row.citations is None else row.citations,
    )
    check_remarks(remarks, row.where)
    return replace(with_remarks(before, remarks, now), mark=row.mark)
