"""Pieces of WordprocessingML: runs, paragraphs, tables, borders; sizes come in points.

Elements are built directly: python-docx's own tables are slow to fill, and its styles bring
theme fonts that override Chinese faces.
"""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import cache, lru_cache

from docx.oxml.ns import nsmap, qn
from docx.oxml.parser import oxml_parser
from docx.oxml.xmlchemy import BaseOxmlElement as Element

from reviewer_app.papers.escape import writable
from reviewer_app.papers.lines import visible
from reviewer_app.papers.model import Align, Role, Run, Style, Text, runs

FAMILIES = {
    Role.BODY: "仿宋_GB2312",
    Role.KAI: "楷体_GB2312",
    Role.HEI: "黑体",
    Role.TITLE: "方正小标宋简体",
    Role.SONG: "宋体",
    Role.MONO: "仿宋_GB2312",
}
"""The official family names, whatever this machine has: the paper is opened elsewhere."""
LATIN = {Role.MONO: "Consolas", Role.HEI: "黑体"}
TIMES = "Times New Roman"
NAMESPACES = {"w": nsmap["w"]}
KEPT = 256
"""Looks and settings built already; a paper has a dozen, a copy costs a fifth."""
TWIPS = 20
EIGHTHS = 8
JUSTIFICATION = {
    Align.LEFT: "left",
    Align.CENTRE: "center",
    Align.RIGHT: "right",
    Align.JUSTIFY: "both",
}


@dataclass(frozen=True, slots=True)
class TabStop:
    """A tab at so many points: ``center`` or ``right``."""

    kind: str
    at: float


def element(tag: str, *children: Element, **attributes: object) -> Element:
    """Return ``w:tag`` with ``w:`` attributes and children."""
    named = {_name(name): str(value) for name, value in attributes.items()}
    made: Element = oxml_parser.makeelement(_name(tag), named, NAMESPACES)
    made.extend(children)
    return made


@cache
def _name(name: str) -> str:
    return qn(f"w:{name}")


def fonts(role: Role) -> Element:
    """Return the run's fonts: Chinese by its official name, Latin beside it."""
    latin = LATIN.get(role, TIMES)
    return element("rFonts", ascii=latin, hAnsi=latin, eastAsia=FAMILIES[role], cs=latin)


def run_properties(style: Style, run: Run) -> Element:
    """Return the look of a run, to be changed freely."""
    bold = style.bold if run.bold is None else run.bold
    look = style.with_(role=run.role or style.role, size=run.size or style.size, bold=bold)
    return deepcopy(_look(look))


@lru_cache(maxsize=KEPT)
def _look(style: Style) -> Element:
    properties = element("rPr", fonts(style.role))
    if style.bold:
        properties.append(element("b"))
    if style.colour != "#000000":
        properties.append(element("color", val=style.colour.removeprefix("#")))
    if style.letter_space:
        properties.append(element("spacing", val=round(style.letter_space * TWIPS)))
    properties.append(element("sz", val=round(style.size * 2)))
    properties.append(element("szCs", val=round(style.size * 2)))
    properties.append(element("lang", val="en-US", eastAsia="zh-CN"))
    return properties


def text_runs(text: Text, style: Style) -> list[Element]:
    """Return the runs of ``text``; a line end becomes a break."""
    made: list[Element] = []
    for run in runs(text):
        for place, part in enumerate(visible(run.text).split("\n")):
            content = [element("br")] if place else []
            if part:
                content.append(_text(writable(part)))
            if content:
                made.append(element("r", run_properties(style, run), *content))
    return made


def line_run(style: Style, length: float) -> Element:
    """Return a line to sign on: underlined spaces, which one may also type over."""
    properties = run_properties(style, Run(""))
    properties.append(element("u", val="single"))
    return element("r", properties, _text("\u3000" * max(1, round(length / style.size))))


def tab_run(style: Style) -> Element:
    """Return a run that goes to the next tab stop."""
    return element("r", run_properties(style, Run("")), element("tab"))


def field_runs(code: str, style: Style) -> list[Element]:
    """Return the runs of a field, such as PAGE."""
    instruction = element("instrText")
    instruction.text = code
    instruction.set(qn("xml:space"), "preserve")
    parts = (
        element("fldChar", fldCharType="begin"),
        instruction,
        element("fldChar", fldCharType="separate"),
        _text("1"),
        element("fldChar", fldCharType="end"),
    )
    return [element("r", run_properties(style, Run("")), part) for part in parts]


def paragraph(
    style: Style,
    content: Sequence[Element] = (),
    *,
    level: int = 0,
    tabs: Sequence[TabStop] = (),
    border: Element | None = None,
) -> Element:
    """Return a paragraph in ``style``, at the outline's ``level`` if it is a heading."""
    properties = deepcopy(_setting(style, level))
    place = int(style.keep_with_next)  # the parts have an order
    if border is not None:
        properties.insert(place, border)
        place += 1
    if tabs:
        stops = (element("tab", val=stop.kind, pos=round(stop.at * TWIPS)) for stop in tabs)
        properties.insert(place, element("tabs", *stops))
    return element("p", properties, *content)


@lru_cache(maxsize=KEPT)
def _setting(style: Style, level: int) -> Element:
    """Return how a paragraph in ``style`` is set."""
    properties = element("pPr")
    if style.keep_with_next:
        properties.append(element("keepNext"))
    # the leading is exact already; a grid of lines would widen small type to its pitch
    properties.append(element("snapToGrid", val=0))
    properties.append(
        element(
            "spacing",
            before=round(style.before * TWIPS),
            after=round(style.after * TWIPS),
            line=round(style.leading * TWIPS),
            lineRule="exact",
        )
    )
    if style.first_indent:
        properties.append(
            element(
                "ind",
                firstLineChars=round(style.first_indent * 100),
                firstLine=round(style.first_indent * style.size * TWIPS),
            )
        )
    properties.append(element("jc", val=JUSTIFICATION[style.align]))
    if level:
        properties.append(element("outlineLvl", val=level - 1))
    return properties


def rule_border(thickness: float, colour: str, *, dashed: bool) -> Element:
    """Return a paragraph border that draws a line across the column."""
    return element("pBdr", edge("bottom", thickness, colour, dashed=dashed))


def edge(
    side: str, thickness: float, colour: str = "#000000", *, dashed: bool = False
) -> Element:
    """Return one border, none for no thickness."""
    if not thickness:
        return element(side, val="nil")
    return element(
        side,
        val="dashed" if dashed else "single",
        sz=max(2, round(thickness * EIGHTHS)),
        space=0,
        color=colour.removeprefix("#"),
    )


def cell(
    width: float,
    content: Sequence[Element],
    *,
    span: int = 1,
    borders: Element | None = None,
    centred: bool = True,
) -> Element:
    """Return a table cell; Word wants a paragraph at its end."""
    properties = element("tcPr", element("tcW", w=round(width * TWIPS), type="dxa"))
    if span > 1:
        properties.append(element("gridSpan", val=span))
    if borders is not None:
        properties.append(borders)
    properties.append(element("vAlign", val="center" if centred else "top"))
    paragraphs = list(content) or [paragraph(Style(leading=1.0, size=1.0))]
    return element("tc", properties, *paragraphs)


def row(cells: Sequence[Element], *, least: float = 0.0, head: bool = False) -> Element:
    """Return a table row that no page parts; a head row is repeated on every page."""
    properties = element("trPr", element("cantSplit"))
    if least:
        properties.append(element("trHeight", val=round(least * TWIPS), hRule="atLeast"))
    if head:
        properties.append(element("tblHeader"))
    return element("tr", properties, *cells)


def table(widths: Sequence[float], rows: Sequence[Element], *, pad_x: float = 0.0) -> Element:
    """Return a table of fixed column widths without borders of its own."""
    margin = round(pad_x * TWIPS)
    properties = element(
        "tblPr",
        element("tblW", w=round(sum(widths) * TWIPS), type="dxa"),
        element("tblInd", w=0, type="dxa"),
        element("tblLayout", type="fixed"),
        element(
            "tblCellMar",
            element("left", w=margin, type="dxa"),
            element("right", w=margin, type="dxa"),
        ),
    )
    grid = element("tblGrid", *(element("gridCol", w=round(width * TWIPS)) for width in widths))
    return element("tbl", properties, grid, *rows)


def _text(content: str) -> Element:
    made = element("t")
    made.text = content
    made.set(qn("xml:space"), "preserve")
    return made
