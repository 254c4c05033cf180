"""Fonts inside a PDF: the characters a paper uses, as CFF outlines with two-byte codes.

reportlab embeds TrueType only, in parts of 256 characters, and names characters above U+FFFF
wrongly. An ``EmbeddedFont`` follows reportlab's protocol for dynamic fonts (see the docstring
of ``reportlab.pdfbase.ttfonts``) and writes one composite font instead: smaller, exact, and
with the right Unicode value for every glyph, boxes for missing characters included.
"""

import itertools
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from weakref import WeakKeyDictionary

from reportlab.pdfbase import pdfdoc, pdfmetrics

from reviewer_app.papers.cff import BOUNDS, cid_font
from reviewer_app.papers.faces import EM, Typeface

_serial = itertools.count(1)
ASCENT, DESCENT = 880, -120
"""The body of a Chinese character, in thousandths of its size."""
CMAP_HEAD = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
"""
CMAP_TAIL = "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"


@dataclass(slots=True)
class _Use:
    """What one PDF has drawn with a font: its characters, numbered from 1."""

    internal: str
    numbers: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Registered:
    """What reportlab asks of a font's face: a name of its own."""

    name: str


class EmbeddedFont:
    """One typeface as reportlab knows it; every character a PDF draws gets the next number."""

    _multiByte = True  # noqa: N815  # the protocol's name
    _dynamicFont = True  # noqa: N815  # as above
    shapable = False

    def __init__(self, typeface: Typeface) -> None:
        self.typeface = typeface
        self.fontName = f"paper-{next(_serial)}"  # the protocol's name
        self.face = _Registered(self.fontName)
        self._uses: WeakKeyDictionary[Any, _Use] = WeakKeyDictionary()

    def splitString(self, text: str, document: pdfdoc.PDFDocument) -> list[tuple[int, bytes]]:  # noqa: N802  # the protocol's name
        """Return the codes of ``text``, two bytes a character, as the font's only subset."""
        numbers = self._use(document).numbers
        codes = [numbers.setdefault(char, len(numbers) + 1) for char in text]
        return [(0, b"".join(code.to_bytes(2, "big") for code in codes))]

    def getSubsetInternalName(self, _subset: int, document: pdfdoc.PDFDocument) -> str:  # noqa: N802  # as above
        """Return the font's name in the page's resources."""
        return f"/{self._use(document).internal}"

    def _use(self, document: pdfdoc.PDFDocument) -> _Use:
        use = self._uses.get(document)
        if use is None:
            use = self._uses[document] = _Use(f"F{len(document.fontMapping) + 1}")
            document.fontMapping[self.fontName] = f"/{use.internal}"
            document.delayedFonts.append(self)
        return use

    def stringWidth(self, text: str, size: float, encoding: str = "utf-8") -> float:  # noqa: ARG002, N802  # as above
        """Return the width of ``text`` in points."""
        return sum(self.typeface.width(char) for char in text) * size / EM

    def addObjects(self, document: pdfdoc.PDFDocument) -> None:  # noqa: N802  # as above
        """Write the font into the PDF; called once, when every character is known."""
        use = self._use(document)
        name = f"{_tag(use.internal)}+{self.typeface.name}"
        outlines = [self.typeface.outline(char) for char in use.numbers]
        program = _stream(document, cid_font(name, outlines))
        program.dictionary["Subtype"] = pdfdoc.PDFName("CIDFontType0C")
        descriptor = _dictionary(
            Type="FontDescriptor", FontName=name, Flags=4, FontBBox=BOUNDS,
            ItalicAngle=0, Ascent=ASCENT, Descent=DESCENT, CapHeight=ASCENT, StemV=80,
            FontFile3=document.Reference(program),
        )  # fmt: skip
        widths = [round(self.typeface.width(char)) for char in use.numbers]
        descendant = _dictionary(
            Type="Font", Subtype="CIDFontType0", BaseFont=name,
            CIDSystemInfo=_dictionary(
                Registry=pdfdoc.PDFString("Adobe"), Ordering=pdfdoc.PDFString("Identity"),
                Supplement=0,
            ),
            FontDescriptor=document.Reference(descriptor), DW=EM,
            W=[1, pdfdoc.PDFArray(widths)],
        )  # fmt: skip
        font = _dictionary(
            Type="Font", Subtype="Type0", BaseFont=name, Encoding="Identity-H",
            DescendantFonts=[document.Reference(descendant)],
            ToUnicode=document.Reference(_stream(document, _to_unicode(use.numbers))),
        )  # fmt: skip
        fonts = document.idToObject["BasicFonts"].dict
        fonts[use.internal] = document.Reference(font)


@cache
def font_name(typeface: Typeface) -> str:
    """Return the name under which reportlab knows ``typeface``."""
    font = EmbeddedFont(typeface)
    pdfmetrics.registerFont(font)
    return font.fontName


def _to_unicode(numbers: dict[str, int]) -> bytes:
    lines = [
        f"<{number:04X}> <{char.encode('utf-16-be').hex().upper()}>"
        for char, number in numbers.items()
    ]
    parts = [
        f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar\n"
        for part in (lines[start : start + 100] for start in range(0, len(lines), 100))
    ]
    return (CMAP_HEAD + "".join(parts) + CMAP_TAIL).encode("ascii")


def _tag(internal: str) -> str:
    """Return six capitals that differ from font to font, as subset names need."""
    number = int(internal[1:])
    letters = ""
    for _place in range(6):
        number, letter = divmod(number, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def _stream(document: pdfdoc.PDFDocument, content: bytes) -> pdfdoc.PDFStream:
    stream = pdfdoc.PDFStream()
    stream.content = content
    if document.compression:
        stream.filters = [pdfdoc.PDFZCompress]
    return stream


def _dictionary(**entries: object) -> pdfdoc.PDFDictionary:
    def value(entry: object) -> object:
        if isinstance(entry, str):
            return pdfdoc.PDFName(entry)
        return pdfdoc.PDFArray(entry) if isinstance(entry, list) else entry

    return pdfdoc.PDFDictionary({key: value(entry) for key, entry in entries.items()})
