"""Excel workbooks that anyone may have made, opened without believing them.

Before openpyxl sees a byte, the ZIP is checked (``core.safe_zip``) and every XML part is held
against what a list never needs: a document type, an entity, a name outside XML. Cells come out
as texts; a formula, an error, a date or a percentage becomes a *fault* that is told only if
somebody needs that cell.
"""

import datetime as dt
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from xml.parsers import expat

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from reviewer_app.core.errors import InputError
from reviewer_app.core.messages import _
from reviewer_app.core.safe_zip import SafeZip, ZipLimits, open_zip

_MEBIBYTE = 1 << 20
_LONGEST_CELL = 32_767
_EXACT_DIGITS = 10**15
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?", re.ASCII)
_XML = (".xml", ".rels", ".vml")
_READ = ("xl/worksheets/sheet", "xl/sharedStrings", "xl/styles", "xl/workbook.xml")
_SPREADSHEET = (
    "http://schemas.openxmlformats.org/",
    "http://purl.oclc.org/ooxml/",
    "http://schemas.microsoft.com/",
)
"""Name spaces of what may stand in the parts that are read."""
_UNWANTED = ("vbaproject.bin", "xl/xmlmaps.xml", "xl/connections.xml")
_BROKEN = (
    # what openpyxl and its parsers raise when a part is not what its neighbours promise
    AssertionError,
    AttributeError,
    EOFError,
    InvalidFileException,
    LookupError,
    NotImplementedError,
    OSError,
    OverflowError,
    SyntaxError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)


@dataclass(frozen=True, slots=True)
class TableLimits:
    """How much one list may hold; a file beyond it is refused, never read in part."""

    file_bytes: int = 20 * _MEBIBYTE
    part_bytes: int = 24 * _MEBIBYTE
    sheets: int = 20
    rows: int = 5_000
    columns: int = 300
    cells: int = 200_000


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as text, outer spaces removed; ``fault`` says why it cannot be taken."""

    text: str
    fault: str = ""


@dataclass(frozen=True, slots=True)
class SheetCells:
    """One visible sheet: its rows from the first on, and the rows that merged cells touch."""

    title: str
    rows: tuple[tuple[Cell, ...], ...]
    merged: tuple[tuple[str, int, int], ...]
    """Merged ranges as (range, first row, last row)."""


EMPTY = Cell("")


def read_sheets(data: bytes, name: str, limits: TableLimits) -> tuple[SheetCells, ...]:
    """Return the visible sheets of a workbook; raises one line for anything unfit."""
    archive = open_zip(
        data,
        ZipLimits(
            entries=2_000,
            entry_bytes=limits.part_bytes,
            total_bytes=3 * limits.part_bytes,
        ),
        label=name,
    )
    merges = {part: _checked_part(archive, part, name) for part in archive.names()}
    with _broken_told(name), warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # openpyxl on styles it does not know
        book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
        try:
            shown = [each for each in book.worksheets if each.sheet_state == "visible"]
            if len(shown) > limits.sheets:
                raise InputError(
                    _("{file}: {count} sheets, at most {limit} are read").format(
                        file=name, count=len(shown), limit=limits.sheets
                    )
                )
            return tuple(_sheet(each, name, limits, merges) for each in shown)
        finally:
            book.close()


def _checked_part(archive: SafeZip, part: str, name: str) -> tuple[tuple[str, int, int], ...]:
    """Return the merged ranges of one part, having refused document types and broken XML."""
    place = f"{name}: {part[:80]}"
    if part.casefold().endswith(_UNWANTED):
        raise InputError(
            _("{place} brings in foreign data; copy the values to a new workbook").format(
                place=place
            )
        )
    if not part.casefold().endswith(_XML):
        return ()
    scan = _Scan(place, strict=part.startswith(_READ))
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = scan.refuse_doctype
    parser.StartElementHandler = scan.start
    try:
        parser.Parse(archive.read(part), True)  # noqa: FBT003 - expat takes no keyword
    except expat.ExpatError as error:
        raise InputError(
            _("{place} is damaged ({why})").format(place=place, why=error)
        ) from None
    return tuple(scan.merged)


class _Scan:
    """What expat tells of one part: its root, its merged cells, a document type if any."""

    def __init__(self, place: str, *, strict: bool) -> None:
        self.merged: list[tuple[str, int, int]] = []
        self._place = place
        self._root_unseen = strict

    def refuse_doctype(self, *_declaration: object) -> None:
        """Refuse the part: entities and outside files come in by document types only."""
        raise InputError(
            _("{place} declares a document type, which no workbook needs").format(
                place=self._place
            )
        )

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Check the root's name space, and note merged cells."""
        if self._root_unseen and not tag.startswith(_SPREADSHEET):
            raise InputError(_("{place} is no part of a workbook").format(place=self._place))
        self._root_unseen = False
        found = tag.endswith(" mergeCell") and _RANGE.fullmatch(attributes.get("ref", ""))
        if found:
            self.merged.append((found[0], int(found[2]), int(found[4] or found[2])))


def _sheet(
    sheet: Any,  # noqa: ANN401 - openpyxl ships no types
    name: str,
    limits: TableLimits,
    merges: dict[str, tuple[tuple[str, int, int], ...]],
) -> SheetCells:
    place = f"{name} [{sheet.title}]"
    sheet.reset_dimensions()  # the stated size may be a lie
    rows: list[tuple[Cell, ...]] = []
    cells = 0
    for raw in sheet.iter_rows():
        row = _trimmed(tuple(_cell(each, place) for each in raw))
        rows.append(row)
        cells += len(raw)
        if len(rows) > limits.rows or len(row) > limits.columns or cells > limits.cells:
            raise InputError(
                _("{place}: more than {rows} rows or {columns} columns").format(
                    place=place, rows=limits.rows, columns=limits.columns
                )
            )
    part = sheet._worksheet_path  # noqa: SLF001 - the only link from a sheet to its merges
    return SheetCells(sheet.title, tuple(rows), merges.get(part.lstrip("/"), ()))


def _trimmed(row: tuple[Cell, ...]) -> tuple[Cell, ...]:
    used = len(row)
    while used and row[used - 1] == EMPTY:
        used -= 1
    return row[:used]


def _cell(cell: Any, place: str) -> Cell:  # noqa: ANN401 - openpyxl ships no types
    value = cell.value
    fault = _fault(value, cell.data_type)
    if fault:
        return Cell("", fault)
    if isinstance(value, bool):
        return Cell("TRUE" if value else "FALSE")
    if isinstance(value, int | float):
        return _number(value, cell.number_format)
    text = "" if value is None else str(value).strip()
    if len(text) > _LONGEST_CELL:
        raise InputError(_("{place}: a text longer than Excel allows").format(place=place))
    return Cell(text) if text else EMPTY


def _fault(value: object, kind: str) -> str:
    """Return why a cell cannot be taken as it was typed, or nothing."""
    if kind == "f":
        return _("it holds a formula; paste the value itself")
    if kind == "e":
        return _("it shows the error {error}").format(error=str(value)[:20])
    if isinstance(value, dt.date | dt.time | dt.timedelta):
        return _("it holds a date or time; format the cell as text and type it again")
    return ""


def _number(value: float, number_format: str) -> Cell:
    """Return the decimal that was typed: Excel keeps 15 digits, which a float gives back."""
    if "%" in number_format:
        return Cell("", _("it is formatted as a percentage; type the number and its unit"))
    if not -_EXACT_DIGITS < value < _EXACT_DIGITS:
        return Cell("", _("it has more than 15 digits; format the cell as text"))
    return Cell(format(Decimal(repr(value)).normalize(), "f"))


@contextmanager
def _broken_told(name: str) -> Iterator[None]:
    """Turn what openpyxl raises on damaged parts into one line."""
    try:
        yield
    except _BROKEN as error:
        raise InputError(
            _("{file} is not a workbook that can be read ({why})").format(
                file=name, why=(str(error) or type(error).__name__).splitlines()[0][:80]
            )
        ) from error
