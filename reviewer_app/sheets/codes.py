"""Printed codes: a signed sheet as a few QR codes, and whole sheets from any heap of codes.

Texts, not bytes, and QR's alphanumeric mode: some readers mangle raw bytes, and hand scanners
type what they read. The last character marks the end, because editors drop trailing spaces,
which mean something here (docs/formats.md, section 8).
"""

import itertools
import math
import re
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import base45
import segno

from reviewer_app.core.errors import CodeError
from reviewer_app.core.messages import _
from reviewer_app.sheets.base32 import in_groups
from reviewer_app.sheets.code_reading import read_codes
from reviewer_app.sheets.receipt import receipt
from reviewer_app.sheets.signed_sheet import MAX_SHEET_BYTES

MAGIC = "RVS1"
MAX_PIECE_BYTES = 1000
MAX_PARTS = 36 * 36
MAX_TRIALS = 64
"""Ways to choose among codes that contradict each other: six of them damaged once."""
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_CODE = re.compile(
    MAGIC + r"(?P<receipt>[0-9A-HJKMNP-TV-Z]{12})(?P<index>[0-9A-Z]{2})(?P<total>[0-9A-Z]{2})"
    r":(?P<piece>[0-9A-Z $%*+\-./:]{2,1502})\."
)

Matrix: TypeAlias = tuple[tuple[bool, ...], ...]
"""Rows of modules from the top, True for dark, without the quiet zone of four."""


@dataclass(frozen=True, slots=True)
class WholeSheet:
    """A sheet put together from ``texts``; its signature is still to be checked."""

    sheet: bytes
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MissingParts:
    """A sheet of which some parts were not read; ``missing`` counts from 1, as printed."""

    receipt: str
    total: int
    missing: tuple[int, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class JoinResult:
    """What a heap of texts holds; ``foreign`` are those that are no codes of ours."""

    whole: tuple[WholeSheet, ...]
    missing: tuple[MissingParts, ...]
    foreign: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    group: tuple[str, int]
    index: int
    piece: bytes
    text: str


def split(sheet: bytes) -> list[str]:
    """Return the texts of the QR codes that carry a signed sheet, in order."""
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = squeezer.compress(sheet) + squeezer.flush()
    total = -(-len(packed) // MAX_PIECE_BYTES)
    if total > MAX_PARTS:
        raise CodeError(_("The sheet is too large to be printed as codes"))
    size = -(-len(packed) // total)
    size += size % 2
    head = MAGIC + receipt(sheet).replace("-", "")
    return [
        f"{head}{_two(index)}{_two(total)}:{_base45(packed[start : start + size])}."
        for index, start in enumerate(range(0, len(packed), size))
    ]


def join(texts: Iterable[str]) -> JoinResult:
    """Return the sheets that ``texts`` hold, in any order, repeated or mixed; parts by name.

    Of codes that contradict each other those count that together have the receipt all of them
    announce; where none or several do, they count as missing: never is one sheet made of two.
    """
    ordered = sorted(set(texts))
    parts = [(text, _parsed(text)) for text in ordered]
    groups: dict[tuple[str, int], list[_Part]] = {}
    for _text, part in parts:
        if part is not None:
            groups.setdefault(part.group, []).append(part)
    joined = [_joined(receipt_, total, found) for (receipt_, total), found in groups.items()]
    return JoinResult(
        whole=tuple(each for each in joined if isinstance(each, WholeSheet)),
        missing=tuple(each for each in joined if isinstance(each, MissingParts)),
        foreign=tuple(text for text, part in parts if part is None),
    )


def draw(text: str) -> Matrix:
    """Return the modules of the QR code of one text: level M, alphanumeric, the least size."""
    code = segno.make_qr(text, error="m", boost_error=False, mode="alphanumeric")
    return tuple(tuple(bool(module) for module in row) for row in code.matrix)


def _two(number: int) -> str:
    return _DIGITS[number // 36] + _DIGITS[number % 36]


def _base45(piece: bytes) -> str:
    encoded: bytes = base45.b45encode(piece)
    return encoded.decode("ascii")


def _parsed(text: str) -> _Part | None:
    found = _CODE.fullmatch(text)
    if found is None:
        return None
    index, total = int(found["index"], 36), int(found["total"], 36)
    try:
        piece: bytes = base45.b45decode(found["piece"])
    except ValueError:
        return None
    if index >= total or len(piece) > MAX_PIECE_BYTES:
        return None
    return _Part((in_groups(found["receipt"], 4), total), index, piece, text)


def _joined(announced: str, total: int, parts: Sequence[_Part]) -> WholeSheet | MissingParts:
    texts = tuple(part.text for part in parts)
    pieces = [sorted({p.piece for p in parts if p.index == index}) for index in range(total)]
    if math.prod(map(len, pieces)) <= MAX_TRIALS:
        unpacked = (_inflated(b"".join(chosen)) for chosen in itertools.product(*pieces))
        fitting = {sheet for sheet in unpacked if sheet and receipt(sheet) == announced}
        if len(fitting) == 1:
            return WholeSheet(fitting.pop(), texts)
    missing = [place for place, found in enumerate(pieces, start=1) if len(found) != 1]
    return MissingParts(announced, total, tuple(missing or range(1, total + 1)), texts)


def _inflated(packed: bytes) -> bytes | None:
    """Return the sheet, or None for damage and for what would burst the limit."""
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        sheet = inflater.decompress(packed, MAX_SHEET_BYTES)
    except zlib.error:
        return None
    return sheet if inflater.eof and not inflater.unused_data else None


__all__ = [
    "JoinResult",
    "Matrix",
    "MissingParts",
    "WholeSheet",
    "draw",
    "join",
    "read_codes",
    "split",
]
