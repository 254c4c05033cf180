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

from reviewer_app.papers.cff import BOUNDS, EM, cid_font
from reviewer_app.papers.faces import Typeface

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
class FontUse:
    """What one PDF has drawn with a font: its characters, numbered from 1 in order of use."""

    internal: str
    """The font's name in the page's resources."""
    codes: dict[str, str] = field(default_factory=dict)

    def hexadecimal(self, text: str) -> str:
        """Return the codes of ``text`` as a PDF writes them, four digits a character."""
        codes = self.codes
        try:
            return "".join([codes[char] for char in text])
        except KeyError:
            for char in text:
                codes.setdefault(char, f"{len(codes) + 1:04X}")
            return self.hexadecimal(text)


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
        self._uses: WeakKeyDictionary[Any, FontUse] = WeakKeyDictionary()

    def getSubsetInternalName(self, _subset: int, document: pdfdoc.PDFDocument) -> str:  # noqa: N802  # the protocol's name
        """Return the font's name in the page's resources."""
        return f"/{self.use(document).internal}"

    def use(self, document: pdfdoc.PDFDocument) -> FontUse:
        """Return what ``document`` draws with this font, to be added to."""
        use = self._uses.get(document)
        if use is None:
            use = self._uses[document] = FontUse(f"F{len(document.fontMapping) + 1}")
            document.fontMapping[self.fontName] = f"/{use.internal}"
            document.delayedFonts.append(self)
        return use

    def addObjects(self, document: pdfdoc.PDFDocument) -> None:  # noqa: N802  # as above
        """Write the font into the PDF; called once, when every character is known."""
        use = self.use(document)
        name = self._subset_name(use)
        outlines = [self.typeface.outline(char) for char in use.codes]
        program = _stream(document, cid_font(name, outlines))
        program.dictionary["Subtype"] = pdfdoc.PDFName("CIDFontType0C")
        descriptor = _dictionary(
            Type="FontDescriptor", FontName=name, Flags=4, FontBBox=BOUNDS,
            ItalicAngle=0, Ascent=ASCENT, Descent=DESCENT, CapHeight=ASCENT, StemV=80,
            FontFile3=document.Reference(program),
        )  # fmt: skip
        widths = [round(self.typeface.width(char)) for char in use.codes]
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
            ToUnicode=document.Reference(_stream(document, _to_unicode(use.codes))),
        )  # fmt: skip
        fonts = document.idToObject["BasicFonts"].dict
        fonts[use.internal] = document.Reference(font)

    def hollow(self, document: pdfdoc.PDFDocument) -> tuple[str, bytes]:
        """Return the font's name in ``document`` and its program with every glyph empty."""
        use = self.use(document)
        name = self._subset_name(use)
        return name, cid_font(name, [self.typeface.outline(char).hollow for char in use.codes])

    def _subset_name(self, use: FontUse) -> str:
        return f"{_tag(use.internal)}+{self.typeface.name}"


@cache
def embedded(typeface: Typeface) -> EmbeddedFont:
    """Return ``typeface`` as reportlab knows it."""
    font = EmbeddedFont(typeface)
    pdfmetrics.registerFont(font)
    return font


def hollow_programs(document: pdfdoc.PDFDocument) -> dict[str, bytes]:
    """Return every font of a finished PDF by its name, with the same widths and no outlines."""
    return dict(font.hollow(document) for font in document.delayedFonts)


def _to_unicode(codes: dict[str, str]) -> bytes:
    lines = [
        f"<{code}> <{char.encode('utf-16-be').hex().upper()}>" for char, code in codes.items()
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
