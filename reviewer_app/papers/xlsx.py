"""Workbooks: cells of text, numbers and our own formulas; no text can act as a formula."""

import io
import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil
from unicodedata import east_asian_width

import openpyxl
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet as Page

from reviewer_app.core.errors import PaperError
from reviewer_app.core.messages import _
from reviewer_app.papers.escape import harmless, writable
from reviewer_app.papers.xlsx_rows import (
    figure_cell,
    formula_cell,
    row_xml,
    text_cell,
    with_rows,
)

MOST_CHARACTERS = 32767
"""What one cell can hold."""
MOST_TITLE = 31
PRECISION = 15
"""Decimal digits a spreadsheet keeps of a number."""
LINE_HEIGHT, MOST_LINES = 15.0, 27
"""Points, and what a row can hold at most."""
THIN, THICK = Side(style="thin"), Side(style="medium")
FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
LANDSCAPE = "landscape"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, exact as far as a spreadsheet can hold it, shown with so many decimals."""

    value: Fraction
    digits: int | None = None


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula that this program wrote, without its equals sign."""

    text: str
    digits: int | None = None


CellContent = str | Figure | Formula


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a worksheet; ``framed`` rows belong to its table, heavy ones end a part."""

    cells: tuple[CellContent, ...]
    bold: bool = False
    framed: bool = True
    heavy: bool = False


@dataclass(frozen=True, slots=True)
class Worksheet:
    """One sheet: its rows from the top, column widths in characters, frozen head rows."""

    title: str
    lines: tuple[Line, ...]
    widths: tuple[float, ...]
    head_rows: int = 0
    frozen_columns: int = 0
    wrapped: frozenset[int] = frozenset()
    """Columns, from 1, whose text wraps."""


def workbook_bytes(sheets: tuple[Worksheet, ...], title: str, author: str = "") -> bytes:
    """Return the sheets as an XLSX file; formulas are calculated when it is opened."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    pages = [_page(book, sheet) for sheet in sheets]
    looks = _Looks(pages[0])
    rows = [
        [_row(sheet, place, looks) for place in range(len(sheet.lines))] for sheet in sheets
    ]
    book.properties.title = writable(title)
    book.properties.creator = writable(author)
    book.properties.language = "zh-CN"
    book.calculation.fullCalcOnLoad = True
    stream = io.BytesIO()
    book.save(stream)
    widest = [max((len(line.cells) for line in sheet.lines), default=1) for sheet in sheets]
    return with_rows(stream.getvalue(), rows, widest)


def sheet_titles(wanted: list[str]) -> list[str]:
    """Return titles that a workbook takes: short, no forbidden characters, all different."""
    titles: list[str] = []
    for text in wanted:
        base = FORBIDDEN.sub("_", writable(text)).strip() or "_"
        title, serial = base[:MOST_TITLE], 1
        while title.casefold() in {each.casefold() for each in titles}:
            serial += 1
            ending = f"~{serial}"
            title = base[: MOST_TITLE - len(ending)] + ending
        titles.append(title)
    return titles


def address(
    column: int, row: int, *, fixed_column: bool = False, fixed_row: bool = False
) -> str:
    """Return a cell's address, such as ``$C5``; columns and rows count from 1."""
    letter = get_column_letter(column)
    return f"{'$' if fixed_column else ''}{letter}{'$' if fixed_row else ''}{row}"


def _page(book: openpyxl.Workbook, sheet: Worksheet) -> Page:
    """Add an empty page that is as wide, frozen and printed as the sheet should be."""
    made: Page = book.create_sheet(sheet.title)
    for place, width in enumerate(sheet.widths, 1):
        made.column_dimensions[get_column_letter(place)].width = width
    if sheet.head_rows:
        made.freeze_panes = address(sheet.frozen_columns + 1, sheet.head_rows + 1)
        made.print_title_rows = f"{sheet.head_rows}:{sheet.head_rows}"
    made.page_setup.orientation = LANDSCAPE
    made.page_setup.paperSize = made.PAPERSIZE_A4
    made.page_setup.fitToWidth, made.page_setup.fitToHeight = 1, 0
    made.sheet_properties.pageSetUpPr.fitToPage = True
    return made


@dataclass(frozen=True, slots=True)
class _Look:
    """How a cell looks; ``digits`` are its decimals, None for a general number or words."""

    bold: bool
    framed: bool
    heavy: bool
    words: bool
    wrapped: bool
    digits: int | None


class _Looks:
    """The looks of a workbook by their numbers; a cell of one page registers each."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._known: dict[_Look, int] = {}

    def number(self, look: _Look) -> int:
        """Return the number under which the workbook knows this look."""
        known = self._known.get(look)
        if known is None:
            cell = self._page.cell(1, len(self._known) + 1)
            _dress(cell, look)
            known = self._known[look] = cell.style_id
        return known


def _row(sheet: Worksheet, place: int, looks: _Looks) -> str:
    line = sheet.lines[place]
    cells: list[str] = []
    for column, content in enumerate(line.cells, 1):
        words = isinstance(content, str)
        digits = None if isinstance(content, str) else content.digits
        wrapped = column in sheet.wrapped
        look = _Look(line.bold, line.framed, line.heavy, words, wrapped, digits)
        cells.append(_cell(address(column, place + 1), looks.number(look), content))
    return row_xml(place + 1, cells, LINE_HEIGHT * _lines(sheet, line))


def _lines(sheet: Worksheet, line: Line) -> int:
    """Return how many lines of text the row has to show: not every office finds out itself."""
    most = 1
    for column in sheet.wrapped:
        content = line.cells[column - 1] if column <= len(line.cells) else ""
        if isinstance(content, str) and content:
            room = max(2.0, sheet.widths[column - 1])
            parts = content.split("\n")
            most = max(most, sum(max(1, ceil(_wide(part) / room)) for part in parts))
    return min(most, MOST_LINES)


def _wide(text: str) -> int:
    """Return how wide a text is in Latin letters; a Chinese character takes two."""
    return sum(2 if east_asian_width(char) in "WFA" else 1 for char in text)


def _cell(place: str, look: int, content: CellContent) -> str:
    if isinstance(content, Formula):
        return formula_cell(place, look, content.text)
    if isinstance(content, Figure):
        return figure_cell(place, look, str(_decimal(content.value)))
    text = harmless(writable(content))
    if len(text) > MOST_CHARACTERS:
        raise PaperError(
            _(
                "A text beginning with “{start}” is too long for a cell of a workbook "
                "({count} characters, at most {most})"
            ).format(start=text[:20], count=len(text), most=MOST_CHARACTERS)
        )
    return text_cell(place, look, text)


def _decimal(value: Fraction) -> int | Decimal:
    """Return the value as a decimal of as many digits as a spreadsheet keeps."""
    if value.denominator == 1:
        return value.numerator
    digits = PRECISION - max(1, len(str(abs(int(value)))))
    return Decimal(round(value * 10**digits)).scaleb(-digits)


def _dress(cell: Cell, look: _Look) -> None:
    cell.font = Font(name="黑体" if look.bold else "宋体", size=10.5, bold=look.bold)
    side = "left" if look.words else "right"
    cell.alignment = Alignment(horizontal=side, vertical="center", wrap_text=look.wrapped)
    if look.digits is not None:
        cell.number_format = f"0.{'0' * look.digits}" if look.digits else "0"
    if look.framed:
        bottom = THICK if look.heavy else THIN
        cell.border = Border(left=THIN, right=THIN, top=THIN, bottom=bottom)
