"""Outlines into a CID-keyed CFF font, the kind that PDF/A validators know."""

from collections.abc import Sequence

from fontTools.cffLib import FDArrayIndex, FDSelect, FontDict, TopDict
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen

from reviewer_app.papers.faces import EM, Outline

BOUNDS = [-200, -300, 1200, 1100]
"""What every glyph of a text face fits in, in thousandths of the type's size."""


def cid_font(name: str, outlines: Sequence[Outline]) -> bytes:
    """Return a font program whose glyph 0 is empty and whose CID n draws outline n, from 1."""
    empty = T2CharStringPen(EM, None).getCharString()
    glyphs = {".notdef": empty}
    glyphs |= {f"cid{cid:05d}": each.charstring for cid, each in enumerate(outlines, 1)}
    builder = FontBuilder(EM, isTTF=False)
    builder.setupGlyphOrder(list(glyphs))
    builder.setupCFF(name, {"FullName": name, "FontBBox": BOUNDS}, glyphs, {})
    builder.font.recalcBBoxes = False  # would draw every glyph again: half of the time
    table = builder.font["CFF "]
    _key_by_cid(table.cff.topDictIndex[0], name, len(glyphs))
    compiled: bytes = table.compile(builder.font)
    return compiled


def _key_by_cid(top: TopDict, name: str, count: int) -> None:
    """Turn a name-keyed font into a CID-keyed one with a single font dictionary."""
    select = FDSelect(format=3)
    select.gidArray = [0] * count
    only = FontDict()
    only.FontName = name
    only.Private = top.Private
    array = FDArrayIndex()
    array.append(only)
    top.ROS = ("Adobe", "Identity", 0)
    top.CIDCount = count
    top.FDArray, top.FDSelect = array, select
    top.CharStrings.fdArray, top.CharStrings.fdSelect = array, select
    del top.Private
