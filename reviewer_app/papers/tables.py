"""A table into strips, one a row; a row taller than a page is parted between its lines."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from reviewer_app.papers.fonts import Fonts
from reviewer_app.papers.lines import Line, compose, natural_width
from reviewer_app.papers.model import MM, Cell, Row, Style, Table, Valign
from reviewer_app.papers.pen import Pen
from reviewer_app.papers.strip import Draw, Spot, Strip, lines_drawing

SHRINK = 0.25
"""Points by which type shrinks at a time where a cell allows it."""


@dataclass(frozen=True, slots=True)
class _SetCell:
    """A cell whose text is in lines: at ``x``, ``width`` points wide, paddings included."""

    x: float
    width: float
    lines: tuple[Line, ...]
    style: Style
    valign: Valign


def table_strips(fonts: Fonts, table: Table, group: int, page_height: float) -> list[Strip]:
    """Return the strips of a table; its head is repeated where it continues on a page."""
    head = tuple(
        replace(strip, keep=True)
        for row in table.head
        for strip in _row_strips(fonts, table, row, page_height)
    )
    room = page_height - sum(strip.height for strip in head)
    body = [
        replace(strip, head=head)
        for row in table.rows
        for strip in _row_strips(fonts, table, row, room)
    ]
    return [replace(strip, group=group) for strip in (*head, *body)]


def _row_strips(fonts: Fonts, table: Table, row: Row, room: float) -> Iterator[Strip]:
    cells = list(_set_cells(fonts, table, row))
    for part in _parts(cells, room - 2 * table.pad_y):
        tallest = max((len(cell.lines) * cell.style.leading for cell in part), default=0.0)
        height = max(row.least_mm * MM, tallest + 2 * table.pad_y)
        yield Strip(height, _row_drawing(table, part, height, row.rule))


def _set_cells(fonts: Fonts, table: Table, row: Row) -> Iterator[_SetCell]:
    place, x = 0, 0.0
    for cell in row.cells:
        columns = table.columns[place : place + cell.span]
        width = sum(column.width_mm for column in columns) * MM
        style = cell.style or columns[0].style
        room = width - 2 * table.pad_x
        style = _fitted(fonts, cell, style, room)
        lines = tuple(compose(fonts, cell.text, style, room))
        yield _SetCell(x, width, lines, style, cell.valign)
        place += cell.span
        x += width


def _fitted(fonts: Fonts, cell: Cell, style: Style, room: float) -> Style:
    """Return the style with its type as much smaller as the cell needs and allows."""
    if cell.least_size is None or "\n" in str(cell.text):
        return style
    natural = natural_width(fonts, cell.text, style)
    size = style.size
    while natural * size / style.size > room and size - SHRINK >= cell.least_size:
        size -= SHRINK
    fits = natural * size / style.size <= room
    return style.with_(size=size) if fits else style


def _parts(cells: Sequence[_SetCell], room: float) -> Iterator[list[_SetCell]]:
    """Yield the row whole, or as many pages' worth of lines as it takes."""
    chunks = [
        [
            cell.lines[start : start + max(1, int(room / cell.style.leading))]
            for start in range(0, len(cell.lines), max(1, int(room / cell.style.leading)))
        ]
        for cell in cells
    ]
    for part in zip_longest(*chunks, fillvalue=()):
        yield [replace(cell, lines=lines) for cell, lines in zip(cells, part, strict=True)]


def _row_drawing(table: Table, cells: Sequence[_SetCell], height: float, rule: float) -> Draw:
    texts = [_cell_drawing(table, cell, height) for cell in cells]
    right = sum(column.width_mm for column in table.columns) * MM
    inner = [cell.x for cell in cells[1:]]

    def draw(pen: Pen, spot: Spot) -> None:
        for text in texts:
            text(pen, spot)
        bottom = spot.y - height
        if spot.first:
            pen.line(spot.x, spot.y, (spot.x + right, spot.y), table.frame)
        below = max(rule, table.frame) if spot.last else rule
        pen.line(spot.x, bottom, (spot.x + right, bottom), below)
        for x in inner if table.vertical else ():
            pen.line(spot.x + x, spot.y, (spot.x + x, bottom), table.vertical)
        for x in (0.0, right) if table.vertical else ():
            pen.line(spot.x + x, spot.y, (spot.x + x, bottom), table.frame)

    return draw


def _cell_drawing(table: Table, cell: _SetCell, height: float) -> Draw:
    lines = lines_drawing(cell.lines, cell.style, cell.width - 2 * table.pad_x)
    used = len(cell.lines) * cell.style.leading
    down = (height - used) / 2 if cell.valign is Valign.MIDDLE else table.pad_y

    def draw(pen: Pen, spot: Spot) -> None:
        lines(pen, spot.moved(cell.x + table.pad_x, down))

    return draw
