"""Lists from Excel or CSV as rows of texts, each of which knows where it stands.

Forgiving where it costs nothing: a byte order mark, GB 18030, full-width digits and punctuation
in numbers and codes, spaces around a cell, a title above the header. Strict in everything else:
a missing column, a formula, a merged cell below the header are refused by name.
"""

import csv
import io
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

from openpyxl.utils import get_column_letter

from reviewer_app.core.bounded import read_bounded
from reviewer_app.core.errors import InputError
from reviewer_app.core.messages import _
from reviewer_app.core.names import check_text
from reviewer_app.inputs.columns import shown_name
from reviewer_app.inputs.encodings import decoded
from reviewer_app.inputs.workbook import EMPTY, Cell, TableLimits, read_sheets

_HEADER_WITHIN = 10
DEFAULT_LIMITS = TableLimits()


@dataclass(frozen=True, slots=True)
class Column:
    """A column a list may have: its key, and the names its header cell may carry.

    ``code`` columns hold numbers, codes and yes/no: full-width characters in them are forgiven.
    ``filled`` columns may not have an empty cell.
    """

    key: str
    names: tuple[str, ...]
    required: bool = False
    filled: bool = False
    code: bool = False
    lines: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """All cells of one sheet or CSV file; counted from 0 here and from 1 in words."""

    name: str
    title: str
    rows: tuple[tuple[Cell, ...], ...]
    merged: tuple[tuple[str, int, int], ...] = ()
    lines: tuple[int, ...] = ()
    """For CSV: the line each row ends on."""

    def where(self, row: int, column: int) -> str:
        """Return the place of a cell as a person finds it."""
        if self.lines:
            return _("{file} line {line}, column {column}").format(
                file=self.name, line=self.lines[row], column=column + 1
            )
        return f"{self.name} [{self.title}] {get_column_letter(column + 1)}{row + 1}"

    def cell(self, row: int, column: int) -> Cell:
        """Return a cell; beyond the row's end it is empty."""
        cells = self.rows[row]
        return cells[column] if column < len(cells) else EMPTY

    def text(self, row: int, column: int, *, code: bool = False, lines: bool = False) -> str:
        """Return a cell's text; raises InputError naming the cell if it cannot be taken."""
        cell = self.cell(row, column)
        if cell.fault:
            raise InputError(f"{self.where(row, column)}: {cell.fault}")
        text = narrow(cell.text) if code else cell.text
        return check_text(text, self.where(row, column), lines=lines) if text else ""

    def refuse_merged(self, header: int) -> None:
        """Refuse merged cells in the header or below: it is unclear which row they mean."""
        for cells, _first, last in self.merged:
            if last > header:
                raise InputError(
                    _("{file} [{sheet}] {cells}: merged cells, please split them").format(
                        file=self.name, sheet=self.title, cells=cells
                    )
                )


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a list by column keys."""

    grid: Grid
    index: int
    columns: Mapping[str, int]
    values: Mapping[str, str]

    def __getitem__(self, key: str) -> str:
        return self.values.get(key, "")

    def where(self, key: str) -> str:
        """Return the place of this row's cell in that column."""
        return self.grid.where(self.index, self.columns.get(key, 0))

    def refuse(self, key: str, sentence: str) -> NoReturn:
        """Raise InputError with the cell's place in front of the sentence."""
        raise InputError(f"{self.where(key)}: {sentence}")


@dataclass(frozen=True, slots=True)
class Table:
    """A list as read: its rows, and the header cells nobody asked for, to be reported."""

    grid: Grid
    rows: tuple[Row, ...]
    unknown: tuple[str, ...] = field(default=())


def narrow(text: str) -> str:
    """Return the text with full-width digits, letters and punctuation in their usual width."""
    wide = {each: unicodedata.normalize("NFKC", each) for each in text if _is_wide(each)}
    return "".join(wide.get(each, each) for each in text).strip()


def read_grids(path: Path, limits: TableLimits = DEFAULT_LIMITS) -> tuple[Grid, ...]:
    """Return the visible sheets of an XLSX file, or the one grid of a CSV file."""
    kind = path.suffix.casefold()
    if kind == ".csv":
        return (_csv_grid(read_bounded(path, limits.file_bytes), path.name, limits),)
    if kind == ".xlsx":
        data = read_bounded(path, limits.file_bytes)
        sheets = read_sheets(data, path.name, limits)
        return tuple(Grid(path.name, each.title, each.rows, each.merged) for each in sheets)
    raise InputError(
        _("{file}: lists are XLSX or CSV files; save it as one of these").format(file=path.name)
    )


def read_table(
    path: Path,
    columns: Sequence[Column],
    limits: TableLimits = DEFAULT_LIMITS,
    faults: list[str] | None = None,
) -> Table:
    """Return the rows of the sheet that has the required columns.

    Blank rows are left out, hidden sheets not looked at. Raises InputError naming the missing
    columns, the cell at fault, or the sheets of which it cannot tell which one is meant. With
    ``faults`` a row with a cell at fault is left out, and the fault added there.
    """
    grids = read_grids(path, limits)
    best: list[str] = [shown_name(column.names) for column in columns if column.required]
    for place, grid in enumerate(grids):
        for index in range(min(_HEADER_WITHIN, len(grid.rows))):
            found = _header(grid, index, columns)
            missing = [
                shown_name(each.names)
                for each in columns
                if each.required and each.key not in found
            ]
            if not missing:
                _refuse_others(grid, grids[place + 1 :], columns)
                return _table(grid, index, columns, found, faults)
            best = min(best, missing, key=len)
    raise InputError(
        _("{file}: no header row with the column {columns}").format(
            file=path.name, columns=" · ".join(best)
        )
    )


def _refuse_others(grid: Grid, rest: Sequence[Grid], columns: Sequence[Column]) -> None:
    """Refuse a workbook in which another visible sheet has the same columns."""
    required = [{header_key(name) for name in each.names} for each in columns if each.required]
    for other in rest:
        for row in other.rows[:_HEADER_WITHIN]:
            keys = {header_key(cell.text) for cell in row}
            if required and all(names & keys for names in required):
                raise InputError(
                    _(
                        "{file}: both [{first}] and [{second}] hold such a list; hide one"
                    ).format(file=grid.name, first=grid.title, second=other.title)
                )


def _is_wide(character: str) -> bool:
    return "\uff01" <= character <= "\uff5e" or character == "\u3000"


def _csv_grid(data: bytes, name: str, limits: TableLimits) -> Grid:
    rows: list[tuple[Cell, ...]] = []
    lines: list[int] = []
    reader = csv.reader(io.StringIO(decoded(data, name), newline=""), strict=True)
    try:
        for row in reader:
            if len(rows) >= limits.rows or len(row) > limits.columns:
                raise InputError(
                    _("{place}: more than {rows} rows or {columns} columns").format(
                        place=name, rows=limits.rows, columns=limits.columns
                    )
                )
            rows.append(tuple(Cell(each.strip()) for each in row))
            lines.append(reader.line_num)
    except csv.Error as error:
        raise InputError(
            _("{file} line {line} is not CSV ({why})").format(
                file=name, line=reader.line_num, why=error
            )
        ) from None
    return Grid(name, "", tuple(rows), lines=tuple(lines))


def _header(grid: Grid, index: int, columns: Sequence[Column]) -> dict[str, int]:
    """Return where each known column stands in this row; a column found twice is refused."""
    names = {header_key(name): column.key for column in columns for name in column.names}
    found: dict[str, int] = {}
    for position, cell in enumerate(grid.rows[index]):
        key = names.get(header_key(cell.text))
        if key is None:
            continue
        if key in found:
            raise InputError(
                _("{place}: the column “{name}” occurs twice").format(
                    place=grid.where(index, position), name=cell.text[:40]
                )
            )
        found[key] = position
    return found


def header_key(text: str) -> str:
    """Return a header without case, spaces, a star for "required" and a remark in brackets."""
    plain = "".join(narrow(text).casefold().split()).strip("*:")
    head, bracket, _remark = plain.partition("(")
    return head if bracket and head else plain


def _table(
    grid: Grid,
    header: int,
    columns: Sequence[Column],
    found: Mapping[str, int],
    faults: list[str] | None,
) -> Table:
    grid.refuse_merged(header)
    known = set(found.values())
    unknown = tuple(
        cell.text
        for position, cell in enumerate(grid.rows[header])
        if cell.text and position not in known
    )
    present = [column for column in columns if column.key in found]
    rows = tuple(_rows(grid, header, present, found, faults))
    return Table(grid, rows, unknown)


def _rows(
    grid: Grid,
    header: int,
    columns: Sequence[Column],
    found: Mapping[str, int],
    faults: list[str] | None,
) -> Iterator[Row]:
    for index in range(header + 1, len(grid.rows)):
        if all(grid.cell(index, found[column.key]) == EMPTY for column in columns):
            continue
        try:
            yield _row(grid, index, columns, found)
        except InputError as error:
            if faults is None:
                raise
            faults.append(str(error))


def _row(grid: Grid, index: int, columns: Sequence[Column], found: Mapping[str, int]) -> Row:
    values = {
        column.key: grid.text(index, found[column.key], code=column.code, lines=column.lines)
        for column in columns
    }
    row = Row(grid, index, found, values)
    for column in columns:
        if column.filled and not values[column.key]:
            row.refuse(
                column.key, _("“{column}” is empty").format(column=shown_name(column.names))
            )
    return row
