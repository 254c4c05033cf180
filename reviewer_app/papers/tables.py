"""A table into strips, one a row; a row taller than a page is parted between its lines."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, zip_longest

from reviewer_app.papers.fonts import Fonts
from reviewer_app.papers.lines import Line, compose, natural_width
from reviewer_app.papers.model import MM, Cell, Row, Style, Table, Valign
from reviewer_app.papers.pen import Pen
from reviewer_app.papers.strip import Draw, Spot, Strip, aligned

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

    @property
    def height(self) -> float:
        return len(self.lines) * self.style.leading


@dataclass(frozen=True, slots=True)
class _Placed:
    """One line of text, so many points right of and below its row's top left corner."""

    line: Line
    right: float
    down: float
    style: Style


def table_strips(fonts: Fonts, table: Table, group: int, page_height: float) -> list[Strip]:
    """Return the strips of a table; its head is repeated where it continues on a page."""
    edges = [*accumulate((column.width_mm * MM for column in table.columns), initial=0.0)]
    head = tuple(
        Strip(height, draw, keep=True, group=group)
        for row in table.head
        for height, draw in _parts(
            table, row, _set_cells(fonts, table, row, edges), page_height
        )
    )
    room = page_height - sum(strip.height for strip in head)
    body = [
        Strip(height, draw, group=group, head=head)
        for row in table.rows
        for height, draw in _parts(table, row, _set_cells(fonts, table, row, edges), room)
    ]
    return [*head, *body]


def _set_cells(fonts: Fonts, table: Table, row: Row, edges: Sequence[float]) -> list[_SetCell]:
    """Return the cells of a row in lines; ``edges`` are where the columns begin and end."""
    cells: list[_SetCell] = []
    place = 0
    for cell in row.cells:
        x, end = edges[place], edges[place + cell.span]
        room = end - x - 2 * table.pad_x
        style = _fitted(fonts, cell, cell.style or table.columns[place].style, room)
        lines = compose(fonts, cell.text, style, room)
        cells.append(_SetCell(x, end - x, lines, style, cell.valign))
        place += cell.span
    return cells


def _fitted(fonts: Fonts, cell: Cell, style: Style, room: float) -> Style:
    """Return the style with its type as much smaller as the cell needs and allows."""
    if cell.least_size is None or "\n" in str(cell.text):
        return style
    natural = natural_width(fonts, cell.text, style)
    size = style.size
    while natural * size / style.size > room and size - SHRINK >= cell.least_size:
        size -= SHRINK
    fits = natural * size / style.size <= room
    return style.with_(size=size) if fits and size != style.size else style


def _parts(
    table: Table, row: Row, cells: list[_SetCell], room: float
) -> Iterator[tuple[float, Draw]]:
    """Yield height and drawing of the row, or of as many pages' worth of lines as it takes."""
    pads = 2 * table.pad_y
    tallest = max((cell.height for cell in cells), default=0.0)
    whole = tallest <= room - pads
    for part in [cells] if whole else _chunks(cells, room - pads):
        inside = max((cell.height for cell in part), default=0.0)
        height = max(row.least_mm * MM, inside + pads)
        yield height, _row_drawing(table, part, height, row.rule)


def _chunks(cells: Sequence[_SetCell], room: float) -> Iterator[list[_SetCell]]:
    """Yield cells with as many of their lines as one page has room for."""
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
    texts = [each for cell in cells for each in _placed(table, cell, height)]
    right = sum(column.width_mm for column in table.columns) * MM
    inner = [cell.x for cell in cells[1:]]

    def draw(pen: Pen, spot: Spot) -> None:
        for each in texts:
            style = each.style
            x, y = spot.x + each.right, spot.y - each.down
            pen.text(each.line, x, y, style.leading, style.colour)
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


def _placed(table: Table, cell: _SetCell, height: float) -> Iterator[_Placed]:
    """Yield the lines of a cell where they stand in a row of this height."""
    down = (height - cell.height) / 2 if cell.valign is Valign.MIDDLE else table.pad_y
    room = cell.width - 2 * table.pad_x
    for place, line in enumerate(cell.lines):
        over = aligned(line, cell.style, room)
        right = cell.x + table.pad_x + over
        yield _Placed(line, right, down + place * cell.style.leading, cell.style)
