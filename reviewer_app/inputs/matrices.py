"""Small tables of numbers, CSV or XLSX: weights by indicator, and matrices."""

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from reviewer_app.core.errors import InputError, NumberError
from reviewer_app.core.fields import exact_from_text
from reviewer_app.core.messages import _
from reviewer_app.core.numbers import parse_decimal
from reviewer_app.inputs import columns
from reviewer_app.inputs.columns import shown_name
from reviewer_app.inputs.tables import Column, Grid, read_grids, read_table

_COLUMNS = (
    Column("indicator", columns.INDICATOR, required=True, filled=True, code=True),
    Column("weight", columns.WEIGHT, required=True, filled=True, code=True),
)


@dataclass(frozen=True, slots=True)
class NumberTable:
    """A header of names and rows of exact numbers.

    ``labels`` are the names of the rows, where the first column has them: its header is empty.
    """

    names: tuple[str, ...]
    rows: tuple[tuple[Fraction, ...], ...]
    labels: tuple[str, ...] = ()


def read_weights(path: Path) -> dict[str, Fraction]:
    """Return the weight of each indicator of a list with the columns indicator, weight.

    Raises InputError naming the cell: an indicator twice, a weight that is not above zero.
    """
    table = read_table(path, _COLUMNS)
    if table.unknown:
        raise InputError(
            _("{file}: unknown column {columns}; the header is {expected}").format(
                file=path.name,
                columns=", ".join(table.unknown),
                expected=",".join(shown_name(each.names) for each in _COLUMNS),
            )
        )
    weights: dict[str, Fraction] = {}
    for row in table.rows:
        code = row["indicator"]
        if code in weights:
            row.refuse("indicator", _("indicator {code} is there twice").format(code=code))
        try:
            weights[code] = parse_decimal(row["weight"])
        except NumberError as error:
            row.refuse("weight", str(error))
        if weights[code] <= 0:
            row.refuse("weight", _("a weight must be above zero"))
    if not weights:
        raise InputError(_("{file}: there is no weight in it").format(file=path.name))
    return weights


def read_matrix(path: Path) -> NumberTable:
    """Return the matrix of a file: a header row of names, then rows of decimals or fractions.

    Raises InputError naming the cell.
    """
    grid = read_grids(path)[0]
    used = [index for index in range(len(grid.rows)) if _filled(grid, index)]
    if len(used) < 2:  # noqa: PLR2004 - a header and one row
        raise InputError(
            _("{file}: a header row of names and rows of numbers are expected").format(
                file=path.name
            )
        )
    grid.refuse_merged(used[0])
    labelled = not grid.text(used[0], 0)
    width = len(grid.rows[used[0]])
    columns = range(1 if labelled else 0, width)
    names = tuple(grid.text(used[0], column, code=True) for column in columns)
    _check_names(grid, used[0], names)
    for index in used[1:]:
        if len(grid.rows[index]) > width:
            raise InputError(
                _("{place}: a value beyond the header").format(place=grid.where(index, width))
            )
    return NumberTable(
        names,
        tuple(tuple(_number(grid, index, column) for column in columns) for index in used[1:]),
        tuple(grid.text(index, 0, code=True) for index in used[1:]) if labelled else (),
    )


def _filled(grid: Grid, index: int) -> bool:
    return any(cell.text or cell.fault for cell in grid.rows[index])


def _check_names(grid: Grid, header: int, names: tuple[str, ...]) -> None:
    for position, name in enumerate(names):
        place = grid.where(header, position)
        if not name:
            raise InputError(_("{place}: a name is missing in the header").format(place=place))
        if name in names[:position]:
            raise InputError(
                _("{place}: the name “{name}” is there twice").format(place=place, name=name)
            )


def _number(grid: Grid, index: int, column: int) -> Fraction:
    """Return a decimal such as ``0.25`` or a fraction such as ``1/3``."""
    text = grid.text(index, column, code=True).replace(" ", "")
    try:
        above, slash, below = text.partition("/")
        if not slash:
            return exact_from_text(text)
        return parse_decimal(above) / parse_decimal(below)
    except (NumberError, ZeroDivisionError):
        raise InputError(
            _("{place}: “{text}” is neither a decimal nor a fraction").format(
                place=grid.where(index, column), text=text[:40]
            )
        ) from None
