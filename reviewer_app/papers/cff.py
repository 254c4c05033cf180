"""Glyphs as CFF charstrings, and a font program of them, CID-keyed: what PDF/A readers know.

The bytes are put together here (Adobe Technical Note 5176): a paper has two or three fonts of
a few hundred glyphs, and a dossier has hundreds of papers.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass

from fontTools.misc.psCharStrings import T2CharString, encodeIntT2
from fontTools.pens.basePen import NullPen
from fontTools.pens.t2CharStringPen import T2CharStringPen

EM = 1000
"""Units of an outline in the type's size."""
BOUNDS = [-200, -300, 1200, 1100]
"""What every glyph of a text face fits in, in thousandths of the type's size."""

HEADER = bytes((1, 0, 4, 4))
STANDARD_STRINGS = 391
"""Numbers below this name strings every reader knows; ours follow."""
ADOBE, IDENTITY, NAME = (STANDARD_STRINGS + place for place in range(3))
ROS, CID_COUNT, FONT_BBOX = b"\x0c\x1e", b"\x0c\x22", b"\x05"
CHARSET, CHARSTRINGS, PRIVATE = b"\x0f", b"\x11", b"\x12"
FD_ARRAY, FD_SELECT, FONT_NAME = b"\x0c\x24", b"\x0c\x25", b"\x0c\x26"
DEFAULT_WIDTH, NOMINAL_WIDTH = b"\x14", b"\x15"
ENDCHAR = b"\x0e"


@dataclass(frozen=True, slots=True, eq=False)
class Outline:
    """One glyph, ready to be embedded; ``width`` is in thousandths of the type's size."""

    width: int
    charstring: bytes

    @property
    def hollow(self) -> "Outline":
        """Return a glyph as wide that draws nothing."""
        return Outline(self.width, bytes(encodeIntT2(self.width)) + ENDCHAR)


class _Private:
    """What a charstring is read with: widths stand in it as they are."""

    nominalWidthX = defaultWidthX = 0  # noqa: N815  # fontTools' names


def outline(pen: T2CharStringPen, width: int) -> Outline:
    """Return what was drawn with ``pen``, which was made for the same ``width``.

    The charstring is read again and drawn, as a validator would: ValueError, or whatever
    fontTools raises, if that fails or the glyph is not as wide as it should be.
    """
    drawn = pen.getCharString()
    drawn.compile()
    again = T2CharString(bytecode=drawn.bytecode, private=_Private)
    again.draw(NullPen())
    if again.width != width:
        raise ValueError(f"a glyph is {again.width} wide, not {width}")
    return Outline(width, bytes(drawn.bytecode))


def cid_font(name: str, outlines: Sequence[Outline]) -> bytes:
    """Return a font program whose glyph 0 is empty and whose CID n draws outline n, from 1."""
    glyphs = [bytes(encodeIntT2(EM)) + ENDCHAR, *(each.charstring for each in outlines)]
    count = len(glyphs)
    before = HEADER + _index([name.encode("ascii")])
    strings = _index([b"Adobe", b"Identity", name.encode("ascii")]) + _index([])
    charset = struct.pack(">BHH", 2, 1, count - 2) if outlines else b"\0"
    select = struct.pack(">BHHBH", 3, 1, 0, 0, count)
    drawings = _index(glyphs)
    private = _integer(0) + DEFAULT_WIDTH + _integer(0) + NOMINAL_WIDTH
    start = len(before) + len(_index([_top(count, 0, 0, 0, 0)])) + len(strings)
    at_select = start + len(charset)
    at_drawings = at_select + len(select)
    at_private = at_drawings + len(drawings)
    at_array = at_private + len(private)
    only = _integer(NAME) + FONT_NAME + _integer(len(private)) + _integer(at_private) + PRIVATE
    top = _top(count, start, at_select, at_drawings, at_array)
    return b"".join(
        (before, _index([top]), strings, charset, select, drawings, private, _index([only]))
    )


def _top(count: int, charset: int, select: int, drawings: int, array: int) -> bytes:
    """Return the dictionary of the font, as long whatever the places of its parts."""
    return b"".join(
        (
            *(_integer(each) for each in (ADOBE, IDENTITY, 0)),
            ROS,
            *(_integer(each) for each in BOUNDS),
            FONT_BBOX,
            _integer(count) + CID_COUNT,
            _integer(charset) + CHARSET,
            _integer(select) + FD_SELECT,
            _integer(drawings) + CHARSTRINGS,
            _integer(array) + FD_ARRAY,
        )
    )


def _integer(number: int) -> bytes:
    """Return a number of a dictionary, in the form that is always five bytes."""
    return b"\x1d" + struct.pack(">i", number)


def _index(items: Sequence[bytes]) -> bytes:
    if not items:
        return b"\0\0"
    places = [1]
    for each in items:
        places.append(places[-1] + len(each))
    offsets = struct.pack(f">{len(places)}I", *places)
    return struct.pack(">HB", len(items), 4) + offsets + b"".join(items)
