"""Word and Excel documents as text to be read: headings, paragraphs, tables.

Nothing is run, fetched or written: the ZIP is checked first (``core.safe_zip``), every XML part
is searched for a document type, and only then do the usual libraries see the bytes. A document
beyond the limits is refused in one line, never shown in part.
"""

import datetime as dt
import io
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any
from xml.parsers import expat

from reviewer_app.core.errors import InputError
from reviewer_app.core.messages import _
from reviewer_app.core.safe_zip import SafeZip, ZipLimits, open_zip

_LIMITS = ZipLimits(entries=5_000, entry_bytes=32 << 20, total_bytes=96 << 20)
_MOST_CHARACTERS = 2_000_000
_MOST_CELLS = 100_000
_MOST_COLUMNS = 300
_XML = (".xml", ".rels", ".vml")
_COUNTS = {"gridSpan": ("val", _MOST_COLUMNS), "row": ("r", _MOST_CELLS)}
"""Elements whose attribute says how many columns or rows the libraries are to make of them."""
_BROKEN = (
    # what the libraries and their parsers raise when a part is not what its neighbours promise
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    OverflowError,
    RecursionError,
    SyntaxError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of a document: a heading, a paragraph, or the rows of a table."""

    kind: str
    """``heading``, ``paragraph`` or ``table``."""
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()

    def as_data(self) -> list[Any]:
        """Return it as JSON data."""
        return [self.kind, self.text, [list(row) for row in self.rows]]

    def characters(self) -> int:
        """Return how much text it holds; a cell counts at least one."""
        return len(self.text) + sum(max(1, len(cell)) for row in self.rows for cell in row)


def read_blocks(data: bytes, name: str) -> tuple[Block, ...]:
    """Return what a DOCX or XLSX says, in order; raises InputError or ArchiveError."""
    archive = open_zip(data, _LIMITS, label=name)
    for part in archive.names():
        _check_part(archive, part, name)
    word = PurePath(name).suffix.casefold() == ".docx"
    with _broken_told(name), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return _limited(_word_blocks(data, name) if word else _sheet_blocks(data), name)


def _check_part(archive: SafeZip, part: str, name: str) -> None:
    """Refuse document types, by which alone entities come in, and counts beyond all reading."""
    if not part.casefold().endswith(_XML):
        return

    def refuse(*_declaration: object) -> None:
        raise InputError(
            _("{place} declares a document type, which no document needs").format(
                place=f"{name}: {part[:80]}"
            )
        )

    def count(element: str, attributes: dict[str, str]) -> None:
        name_of, most = _COUNTS.get(element.rpartition(":")[2], ("", 0))
        for key, value in attributes.items() if name_of else ():
            if key.rpartition(":")[2] == name_of and not _at_most(value, most):
                raise _too_long(name)

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = count
    try:
        parser.Parse(archive.read(part), True)  # noqa: FBT003 - expat takes no keyword
    except expat.ExpatError as error:
        raise InputError(
            _("{place} is damaged ({why})").format(place=f"{name}: {part[:80]}", why=error)
        ) from None


def _at_most(text: str, most: int) -> bool:
    """Tell whether a count is one that the limits allow; what is no count is left to others."""
    digits = text.strip().lstrip("+")
    return not digits.isdecimal() or (len(digits) < 10 and int(digits) <= most)  # noqa: PLR2004 - digits of any sound count


def _limited(blocks: Iterable[Block], name: str) -> tuple[Block, ...]:
    kept, characters, cells = [], 0, 0
    for block in blocks:
        kept.append(block)
        characters += block.characters() + 1
        cells += sum(len(row) for row in block.rows)
        if characters > _MOST_CHARACTERS or cells > _MOST_CELLS:
            raise _too_long(name)
    return tuple(kept)


def _too_long(name: str) -> InputError:
    return InputError(_("{file} is too long to be shown here").format(file=name))


def _word_blocks(data: bytes, name: str) -> Iterator[Block]:
    from docx import Document  # noqa: PLC0415 - loads lxml
    from docx.table import Table  # noqa: PLC0415 - as above

    for part in Document(io.BytesIO(data)).iter_inner_content():
        if isinstance(part, Table):
            yield Block("table", rows=tuple(_word_rows(part, name)))
        elif part.text.strip():
            style = (part.style.name or "").casefold() if part.style is not None else ""
            heading = style.startswith(("heading", "title", "标题"))
            yield Block("heading" if heading else "paragraph", part.text.strip())


def _word_rows(
    table: Any,  # noqa: ANN401 - python-docx's table
    name: str,
) -> Iterator[tuple[str, ...]]:
    """Return the rows; a cell that spans several columns is said once."""
    cells = 0
    for row in table.rows:
        seen: list[Any] = []
        texts = []
        for cell in row.cells:
            spanned = any(cell._tc is each for each in seen)  # noqa: SLF001 - no other identity
            texts.append("" if spanned else cell.text.strip())
            seen.append(cell._tc)  # noqa: SLF001 - as above
        cells += len(texts)
        if cells > _MOST_CELLS:
            raise _too_long(name)
        yield tuple(texts)


def _sheet_blocks(data: bytes) -> Iterator[Block]:
    from openpyxl import load_workbook  # noqa: PLC0415 - takes a tenth of a second

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    try:
        for sheet in book.worksheets:
            if sheet.sheet_state != "visible":
                continue
            sheet.reset_dimensions()  # the stated size may be a lie
            yield Block("heading", str(sheet.title))
            rows = tuple(_sheet_rows(sheet))
            if rows:
                yield Block("table", rows=rows)
    finally:
        book.close()


def _sheet_rows(sheet: Any) -> Iterator[tuple[str, ...]]:  # noqa: ANN401 - openpyxl's sheet
    """Return the rows down to the last that holds something, each as long as the longest."""
    rows: list[list[str]] = []
    cells = 0
    for row in sheet.iter_rows(values_only=True):
        texts = [_shown(value) for value in row]
        while texts and not texts[-1]:
            texts.pop()
        cells += len(row)
        if cells > _MOST_CELLS or len(texts) > _MOST_COLUMNS:
            raise InputError(_("The sheet “{name}” is too large").format(name=sheet.title))
        rows.append(texts)
    while rows and not rows[-1]:
        rows.pop()
    width = max(map(len, rows), default=0)
    yield from (tuple(row + [""] * (width - len(row))) for row in rows)


def _shown(value: object) -> str:
    """Return a cell as people read it: dates as dates, numbers without a needless tail."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return f"{value:%Y-%m-%d}" if value.time() == dt.time() else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return f"{value:.15g}"
    return str(value).strip()


@contextmanager
def _broken_told(name: str) -> Iterator[None]:
    """Turn what the libraries raise on damaged parts into one line."""
    try:
        yield
    except _BROKEN as error:
        why = (str(error) or type(error).__name__).splitlines()[0][:80]
        raise InputError(
            _("{file} cannot be read ({why})").format(file=name, why=why)
        ) from error
