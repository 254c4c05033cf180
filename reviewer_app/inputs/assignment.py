"""Who scores what (任务分配): everyone everything, or a table of ticks; conflicts left out."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from reviewer_app.core.errors import InputError
from reviewer_app.core.messages import _
from reviewer_app.core.round import Application, ApplicationNumber, Expert, ExpertNumber
from reviewer_app.inputs.lists import yes
from reviewer_app.inputs.numbering import Numbering
from reviewer_app.inputs.tables import Grid, header_key, read_grids

_NUMBER_HEADERS = {"序号", "编号", "number"}
TEXT_HEADERS = {"", "名称", "简称", "申报名称", "依托单位", "name", "备注"}
_HEADER_WITHIN = 10

Assignment = dict[ExpertNumber, tuple[ApplicationNumber, ...]]


def everyone_everything(
    applications: Sequence[Application], experts: Sequence[Expert]
) -> Assignment:
    """Return the assignment without a table: all applications but the known conflicts."""
    return {
        expert.number: tuple(
            each.number for each in applications if each.number not in expert.recused
        )
        for expert in experts
    }


def read_assignment(
    path: Path, applications: Sequence[Application], experts: Sequence[Expert]
) -> Assignment:
    """Return the assignment of a table: a row for each application, a column for each expert.

    Raises InputError for an application or expert that the table does not mention, a cell that
    is neither ticked nor empty, and a tick against a known conflict.
    """
    grid, header = find_header(path)
    grid.refuse_merged(header)
    columns = _expert_columns(grid, header, experts)
    rows = _application_rows(grid, header, applications)
    return {
        expert.number: tuple(
            each.number
            for each in applications
            if ticked(grid, rows[each.number], columns[expert.number], expert, each)
        )
        for expert in experts
    }


def find_header(path: Path) -> tuple[Grid, int]:
    """Return the grid of the table and the row of its heads; raises InputError for none."""
    for grid in read_grids(path):
        for index, row in enumerate(grid.rows[:_HEADER_WITHIN]):
            if any(header_key(cell.text) in _NUMBER_HEADERS for cell in row):
                return grid, index
    raise InputError(
        _("{file}: no header row with the column {columns}").format(
            file=path.name, columns="序号"
        )
    )


def number_column(grid: Grid, header: int) -> int:
    """Return the column in which the applications' numbers stand."""
    return next(
        column
        for column, cell in enumerate(grid.rows[header])
        if header_key(cell.text) in _NUMBER_HEADERS
    )


def _expert_columns(
    grid: Grid, header: int, experts: Sequence[Expert]
) -> Mapping[ExpertNumber, int]:
    """Return each expert's column; a header such as ``02 温以宁`` counts by its number."""
    numbering = Numbering(each.number for each in experts)
    first = number_column(grid, header)
    columns: dict[ExpertNumber, int] = {}
    for column in range(len(grid.rows[header])):
        text = grid.text(header, column, code=True)
        if column == first or header_key(text) in TEXT_HEADERS:
            continue
        where = grid.where(header, column)
        number = ExpertNumber(numbering.find(text.split()[0], where))
        if number in columns:
            raise InputError(
                _("{where}: expert {expert} has two columns").format(where=where, expert=number)
            )
        columns[number] = column
    _refuse_absent(grid, [each.number for each in experts if each.number not in columns])
    return columns


def _application_rows(
    grid: Grid, header: int, applications: Sequence[Application]
) -> Mapping[ApplicationNumber, int]:
    numbering = Numbering(each.number for each in applications)
    column = number_column(grid, header)
    rows: dict[ApplicationNumber, int] = {}
    for index in range(header + 1, len(grid.rows)):
        text = grid.text(index, column, code=True)
        if not text:
            continue
        where = grid.where(index, column)
        number = ApplicationNumber(numbering.find(text, where))
        if number in rows:
            raise InputError(
                _("{where}: application {application} has two rows").format(
                    where=where, application=number
                )
            )
        rows[number] = index
    _refuse_absent(grid, [each.number for each in applications if each.number not in rows])
    return rows


def _refuse_absent(grid: Grid, absent: Sequence[str]) -> None:
    if absent:
        raise InputError(
            _("{file} says nothing about {numbers}").format(
                file=grid.name, numbers=", ".join(absent)
            )
        )


def ticked(grid: Grid, row: int, column: int, expert: Expert, application: Application) -> bool:
    """Tell whether a cell is ticked; InputError for anything unclear or a known conflict."""
    ticked = yes(grid.text(row, column, code=True))
    where = grid.where(row, column)
    if ticked is None:
        raise InputError(_("{where}: tick with ✓ or leave empty").format(where=where))
    if ticked and application.number in expert.recused:
        raise InputError(
            _("{where}: expert {expert} is recused from {application}").format(
                where=where, expert=expert.number, application=application.number
            )
        )
    return ticked
