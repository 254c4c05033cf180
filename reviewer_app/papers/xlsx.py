"""Workbooks: cells of text, numbers and our own formulas; no text can act as a formula."""

import io
import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import openpyxl
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet as Page

from reviewer_app.core.errors import PaperError
from reviewer_app.core.messages import _
from reviewer_app.papers.escape import harmless, writable

MOST_CHARACTERS = 32767
"""What one cell can hold."""
MOST_TITLE = 31
PRECISION = 15
"""Decimal digits a spreadsheet keeps of a number."""
THIN, THICK = Side(style="thin"), Side(style="medium")
FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
PORTRAIT, LANDSCAPE = "portrait", "landscape"


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
    dresses: dict[tuple[object, ...], StyleArray] = {}
    for sheet in sheets:
        _fill(book.create_sheet(sheet.title), sheet, dresses)
    book.properties.title = writable(title)
    book.properties.creator = writable(author)
    book.properties.language = "zh-CN"
    book.calculation.fullCalcOnLoad = True
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


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


def _fill(made: Page, sheet: Worksheet, dresses: dict[tuple[object, ...], StyleArray]) -> None:
    for place, width in enumerate(sheet.widths, 1):
        made.column_dimensions[get_column_letter(place)].width = width
    for row, line in enumerate(sheet.lines, 1):
        for column, content in enumerate(line.cells, 1):
            cell = made.cell(row, column)
            _put(cell, content)
            wrapped, words = column in sheet.wrapped, isinstance(content, str)
            key = (line.bold, line.framed, line.heavy, words, wrapped, cell.number_format)
            if key not in dresses:
                _dress(cell, line, words=words, wrapped=wrapped)
                dresses[key] = cell._style  # noqa: SLF001  # setting each part anew takes far longer
            cell._style = dresses[key]  # noqa: SLF001  # as above
    if sheet.head_rows:
        made.freeze_panes = address(sheet.frozen_columns + 1, sheet.head_rows + 1)
        made.print_title_rows = f"{sheet.head_rows}:{sheet.head_rows}"
    made.page_setup.orientation = LANDSCAPE
    made.page_setup.paperSize = made.PAPERSIZE_A4
    made.page_setup.fitToWidth, made.page_setup.fitToHeight = 1, 0
    made.sheet_properties.pageSetUpPr.fitToPage = True


def _put(cell: Cell, content: CellContent) -> None:
    if isinstance(content, str):
        text = harmless(writable(content))
        if len(text) > MOST_CHARACTERS:
            raise PaperError(
                _(
                    "A text beginning with “{start}” is too long for a cell of a workbook "
                    "({count} characters, at most {most})"
                ).format(start=text[:20], count=len(text), most=MOST_CHARACTERS)
            )
        cell.value = text
        cell.data_type = "s"  # also where the text looks like a formula or an error value
        return
    cell.value = f"={content.text}" if isinstance(content, Formula) else _decimal(content.value)
    if content.digits is not None:
        cell.number_format = f"0.{'0' * content.digits}" if content.digits else "0"


def _decimal(value: Fraction) -> int | Decimal:
    """Return the value as a decimal of as many digits as a spreadsheet keeps."""
    if value.denominator == 1:
        return value.numerator
    digits = PRECISION - max(1, len(str(abs(int(value)))))
    return Decimal(round(value * 10**digits)).scaleb(-digits)


def _dress(cell: Cell, line: Line, *, words: bool, wrapped: bool) -> None:
    cell.font = Font(name="黑体" if line.bold else "宋体", size=10.5, bold=line.bold)
    side = "left" if words else "right"
    cell.alignment = Alignment(horizontal=side, vertical="center", wrap_text=wrapped)
    if line.framed:
        bottom = THICK if line.heavy else THIN
        cell.border = Border(left=THIN, right=THIN, top=THIN, bottom=bottom)
