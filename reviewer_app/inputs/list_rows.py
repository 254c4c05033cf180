"""Rows of a list as they are typed into the window, read like rows of an Excel list.

Every cell has its own fault, so that all of them can be shown at once; a blank row is no row.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from reviewer_app.core.errors import InputError
from reviewer_app.core.messages import _
from reviewer_app.core.round import Application, ApplicationNumber, Expert, ExpertNumber
from reviewer_app.inputs.lists import (
    APPLICATION_COLUMNS,
    EXPERT_COLUMNS,
    application_of,
    expert_of,
)
from reviewer_app.inputs.numbering import Numbering, checked_number, padded
from reviewer_app.inputs.tables import Column, Grid, Row
from reviewer_app.inputs.workbook import Cell

_COLON = re.compile(r": |：")
"""What parts a place from what is wrong there, in either language."""
T = TypeVar("T")
Cells = Mapping[str, str]
"""A typed row: its texts by column key."""


@dataclass(frozen=True, slots=True)
class ReadRow(Generic[T]):
    """What one typed row says, or the fault of each cell that cannot be taken."""

    value: T | None
    faults: Mapping[str, str]


def read_expert_rows(
    rows: Sequence[Cells], applications: Numbering
) -> tuple[ReadRow[Expert], ...]:
    """Return each row as an expert, or its faults; a blank row has neither."""

    def make(row: Row, number: str) -> Expert:
        return expert_of(row, ExpertNumber(number), applications)

    return _read(rows, EXPERT_COLUMNS, make, optional=())


def read_application_rows(rows: Sequence[Cells]) -> tuple[ReadRow[Application], ...]:
    """Return each row as an application without materials, or its faults."""

    def make(row: Row, number: str) -> Application:
        return application_of(row, ApplicationNumber(number))

    return _read(rows, APPLICATION_COLUMNS, make, optional=("folder",))


def _read(
    rows: Sequence[Cells],
    columns: Sequence[Column],
    make: Callable[[Row, str], T],
    optional: Sequence[str],
) -> tuple[ReadRow[T], ...]:
    wide = padded([_digits(row) for row in rows])
    taken: dict[str, str] = {}
    result: list[ReadRow[T]] = []
    for cells, number in zip(rows, wide, strict=True):
        if not any(text.strip() for text in cells.values()):
            result.append(ReadRow(None, {}))
            continue
        row, faults = _row(cells, columns, optional)
        if "number" not in faults and number in taken:
            faults["number"] = _("the number {number} is already taken").format(number=number)
        taken[number] = number
        result.append(_made(row, number, faults, make))
    return tuple(result)


def _digits(cells: Cells) -> str:
    try:
        return checked_number(cells.get("number", ""), "")
    except InputError:
        return ""


def _row(
    cells: Cells, columns: Sequence[Column], optional: Sequence[str]
) -> tuple[Row, dict[str, str]]:
    """Return the row with every cell that can be taken, and the faults of the others."""
    line = tuple(Cell(cells.get(column.key, "").strip()) for column in columns)
    grid, places = Grid("", "", (line,)), {each.key: i for i, each in enumerate(columns)}
    values, faults = {}, {}
    for column in columns:
        try:
            text = grid.text(0, places[column.key], code=column.code, lines=column.lines)
            if column.filled and not text and column.key not in optional:
                faults[column.key] = _("“{column}” is empty").format(column=column.names[0])
            if column.key == "number" and text:
                checked_number(text, "")
        except InputError as error:
            text, faults[column.key] = "", _bare(error)
        values[column.key] = text
    return Row(grid, 0, places, values), faults


def _made(
    row: Row, number: str, faults: dict[str, str], make: Callable[[Row, str], T]
) -> ReadRow[T]:
    """Return the row's value; a cell that hinders is named and left out of the next trial."""
    for _trial in row.columns:
        try:
            value = make(row, number)
        except InputError as error:
            key = next(key for key in row.columns if str(error).startswith(row.where(key)))
            faults[key] = _bare(error)
            row = Row(row.grid, 0, row.columns, {**row.values, key: ""})
        else:
            return ReadRow(None if faults else value, faults)
    return ReadRow(None, faults)


def _bare(error: InputError) -> str:
    """Return a fault without the place, which is the cell it stands at."""
    return _COLON.split(str(error), maxsplit=1)[-1]
