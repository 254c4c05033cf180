"""One font file, opened: which characters it has, how wide they are, and their outlines.

Outlines come out as CFF charstrings of 1,000 units an em whatever the file holds (TrueType or
CFF, alone or in a collection), so that there is one way to embed a glyph. Each is made, read
again and measured once in the life of the face.
"""

import io
import struct
from pathlib import Path
from typing import Protocol

from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont, TTLibError

from reviewer_app.core.errors import PaperError
from reviewer_app.core.messages import _
from reviewer_app.papers.cff import EM, Outline, outline

DELETE = 0x7F
"""The end of ASCII letters, digits and signs."""
RESTRICTED = 0x0002 | 0x0100 | 0x0200
"""fsType bits: no embedding, no subsetting, bitmaps only."""


FAULTS = (
    OSError,
    TTLibError,
    struct.error,
    AssertionError,
    AttributeError,
    IndexError,
    KeyError,
    ValueError,
)
"""What reading a damaged font may raise: its parts are trusted by the library."""


class Typeface(Protocol):
    """What a writer needs of a font; ``heavy`` faces are bold by themselves."""

    name: str
    heavy: bool

    def __hash__(self) -> int: ...

    def has(self, char: str) -> bool:
        """Tell whether this font draws ``char``."""
        ...

    def width(self, char: str) -> float:
        """Return the advance of ``char`` in thousandths of the type's size."""
        ...

    def outline(self, char: str) -> Outline:
        """Return the outline of ``char``, which the face has."""
        ...


class BoxFace:
    """The face of last resort: an empty box for every character."""

    name = "MissingGlyph"
    heavy = True

    def __init__(self) -> None:
        pen = T2CharStringPen(EM, None)
        for corners in _BOX:
            pen.moveTo(corners[0])
            for corner in corners[1:]:
                pen.lineTo(corner)
            pen.closePath()
        self._box = outline(pen, EM)

    def has(self, char: str) -> bool:
        """Say yes: a box can stand for anything."""
        return len(char) == 1

    def width(self, char: str) -> float:
        """Return a full em for each character."""
        return EM * len(char)

    def outline(self, char: str) -> Outline:  # noqa: ARG002  # the same box for all
        """Return the box; the PDF still knows which character it stands for."""
        return self._box


_BOX = (
    ((60, -60), (940, -60), (940, 820), (60, 820)),
    ((120, 0), (120, 760), (880, 760), (880, 0)),
)
"""The box's outer edge, and the inner one the other way round."""


class Face:
    """A font file and the glyphs taken from it so far."""

    def __init__(self, font: TTFont, *, half_width: bool = False, heavy: bool = False) -> None:
        self.heavy = heavy
        self._font = font
        self._glyphs = dict(font.getBestCmap() or {})
        if half_width:
            self._glyphs |= _half_width(font, self._glyphs)
        self._scale = EM / font["head"].unitsPerEm
        self._outlines: dict[str, Outline] = {}
        self._widths: dict[str, float] = {}
        self.name = _postscript_name(font)

    def has(self, char: str) -> bool:
        """Tell whether this font draws ``char``."""
        return ord(char) in self._glyphs

    def width(self, char: str) -> float:
        """Return the advance of ``char`` in thousandths of the type's size."""
        known = self._widths.get(char)
        if known is None:
            advance: int = self._font["hmtx"][self._glyphs[ord(char)]][0]
            known = self._widths[char] = round(advance * self._scale)
        return known

    def outline(self, char: str) -> Outline:
        """Return the outline of ``char``, which the face has."""
        known = self._outlines.get(char)
        if known is None:
            try:
                known = self._outlines[char] = self._draw(char)
            except FAULTS as error:
                raise _damaged(self.name, error) from error
        return known

    def _draw(self, char: str) -> Outline:
        width = round(self.width(char))
        pen = T2CharStringPen(width, None)
        glyph = self._font.getGlyphSet()[self._glyphs[ord(char)]]
        scale = self._scale
        glyph.draw(pen if scale == 1 else TransformPen(pen, (scale, 0, 0, scale, 0, 0)))
        return outline(pen, width)


def open_face(
    path: Path, number: int = 0, *, half_width: bool = False, heavy: bool = False
) -> Face:
    """Open font ``number`` of a file; PaperError if it is missing, damaged or not a font.

    ``half_width`` takes the half-em Latin letters and digits that CJK fonts carry beside the
    proportional ones: a typewriter face for codes.
    """
    try:
        # from memory: a lazy font would hold its file open for as long as it lives
        font = TTFont(io.BytesIO(path.read_bytes()), fontNumber=number, lazy=True)
        return Face(font, half_width=half_width, heavy=heavy)
    except FAULTS as error:
        raise _damaged(path.name, error) from error


def may_embed(path: Path, number: int = 0) -> bool:
    """Tell whether a system font opens and its maker allows embedding part of it."""
    try:
        with path.open("rb") as stream, TTFont(stream, fontNumber=number, lazy=True) as font:
            drawn = "glyf" in font or "CFF " in font
            return drawn and not font["OS/2"].fsType & RESTRICTED
    except FAULTS:
        return False


def _damaged(name: str, error: Exception) -> PaperError:
    fault = " ".join(str(error).split()) or type(error).__name__
    return PaperError(
        _(
            "Cannot use the font {file}: {fault}. Reinstall the program, "
            "or remove the damaged font"
        ).format(file=name, fault=fault)
    )


def _postscript_name(font: TTFont) -> str:
    name = font["name"].getDebugName(6) or "Font"
    return "".join(char for char in name if char.isascii() and (char.isalnum() or char == "-"))


def _half_width(font: TTFont, glyphs: dict[int, str]) -> dict[int, str]:
    if "GSUB" not in font:
        return {}
    table = font["GSUB"].table
    lookups = {
        index
        for record in table.FeatureList.FeatureRecord
        if record.FeatureTag == "hwid"
        for index in record.Feature.LookupListIndex
    }
    swaps: dict[str, str] = {}
    for index in lookups:
        for subtable in table.LookupList.Lookup[index].SubTable:
            real = getattr(subtable, "ExtSubTable", subtable)
            swaps |= getattr(real, "mapping", {})
    return {
        code: swaps[name] for code, name in glyphs.items() if name in swaps and code < DELETE
    }
