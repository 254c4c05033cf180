"""The file a DOCX paper is written into: no looks of others, our page, our foot."""

import io
from functools import cache

import docx
from docx.document import Document as File
from docx.enum.section import WD_ORIENT
from docx.opc.package import OpcPackage
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element
from docx.section import Section, _Footer
from docx.shared import Mm

from reviewer_app.papers.docx_xml import (
    TWIPS,
    TabStop,
    edge,
    element,
    field_runs,
    fonts,
    paragraph,
    tab_run,
    text_runs,
)
from reviewer_app.papers.model import MM, Align, Footer, PageNumber, PageSetup, Role

UNUSED = ("/stylesWithEffects", "/thumbnail", "/customXml", "/theme", "/numbering")
"""Parts of python-docx's template that no paper of ours uses."""
THEME = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")


@cache
def template() -> bytes:
    """Return an empty file with 宋体 as its default; made once, for most of it is never used.

    python-docx's own brings a theme, whose fonts would win over ours, a second set of styles,
    and some hundred looks of tables.
    """
    file: File = docx.Document()
    styles = file.styles.element
    for style in list(styles.iterchildren(qn("w:style"))):
        if style.get(qn("w:default")) is None:
            styles.remove(style)
    normal = file.styles["Normal"].element
    for old in normal.xpath("w:rPr/w:rFonts"):
        old.getparent().remove(old)
    normal.get_or_add_rPr().insert(0, fonts(Role.SONG))
    for holder in styles.iter(qn("w:rFonts")):
        for name in THEME:
            holder.attrib.pop(qn(f"w:{name}"), None)
    for language in styles.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    _drop(file.part, UNUSED)
    _drop(file.part.package, UNUSED)
    stream = io.BytesIO()
    file.save(stream)
    return stream.getvalue()


def _drop(holder: Part | OpcPackage, kinds: tuple[str, ...]) -> None:
    """Leave the parts of these kinds out of the file."""
    for key, relation in list(holder.rels.items()):
        if relation.reltype.endswith(kinds):
            holder.rels.pop(key)


def set_page(section: Section, page: PageSetup) -> None:
    """Make the section as large as the page, with its margins and its grid of lines."""
    section.page_width, section.page_height = Mm(page.width_mm), Mm(page.height_mm)
    if page.width_mm > page.height_mm:
        section.orientation = WD_ORIENT.LANDSCAPE
    section.top_margin, section.bottom_margin = Mm(page.top_mm), Mm(page.bottom_mm)
    section.left_margin, section.right_margin = Mm(page.left_mm), Mm(page.right_mm)
    drop = page.footer.drop_mm + page.footer.style.leading / MM
    section.footer_distance = Mm(max(0.0, page.bottom_mm - drop))
    properties = section._sectPr  # noqa: SLF001  # python-docx has no grid
    for old in properties.findall(qn("w:docGrid")):
        properties.remove(old)
    if page.line_pitch:
        # "lines" alone: a character grid spreads glyphs apart in LibreOffice
        properties.append(
            element("docGrid", type="lines", linePitch=round(page.line_pitch * TWIPS))
        )


def set_footers(file: File, section: Section, page: PageSetup) -> None:
    """Put the page's foot into the file, even pages their own where numbers stand outside."""
    if page.footer.number is PageNumber.OUTER:
        file.settings.odd_and_even_pages_header_footer = True
        _fill_footer(section.even_page_footer, page, even=True)
    _fill_footer(section.footer, page, even=False)


def _fill_footer(part: _Footer, page: PageSetup, *, even: bool) -> None:
    part.is_linked_to_previous = False
    holder = part._element  # noqa: SLF001  # its paragraphs are replaced whole
    for old in list(holder):
        holder.remove(old)
    holder.append(_footer_line(page.footer, page.text_width, even=even))


def _footer_line(footer: Footer, width: float, *, even: bool) -> Element:
    style = footer.style
    number = [*text_runs("— ", style), *field_runs("PAGE", style), *text_runs(" —", style)]
    left, centre, right = text_runs(footer.left, style), [], text_runs(footer.right, style)
    space = text_runs("　", style)
    match footer.number:
        case PageNumber.CENTRE:
            centre = number
        case PageNumber.RIGHT:
            right = [*right, *number]
        case PageNumber.OUTER if even:
            left = [*space, *number]
        case PageNumber.OUTER:
            right = [*number, *space]
        case PageNumber.NONE:
            pass
    # a stop in the middle only for what stands there: a long left side would skip it
    stops = [*([TabStop("center", width / 2)] if centre else []), TabStop("right", width)]
    middle = [tab_run(style), *centre] if centre else []
    border = element("pBdr", edge("top", footer.rule)) if footer.rule else None
    content = [*left, *middle, tab_run(style), *right]
    return paragraph(style.with_(align=Align.LEFT), content, tabs=stops, border=border)
