"""A document as DOCX, to be edited in WPS or Word: same model, official font names."""

import io
from functools import cache

import docx
import segno
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
    cell,
    edge,
    element,
    field_runs,
    fonts,
    line_run,
    paragraph,
    row,
    rule_border,
    tab_run,
    table,
    text_runs,
)
from reviewer_app.papers.escape import writable
from reviewer_app.papers.model import (
    MM,
    Align,
    Block,
    Boxes,
    Code,
    Columns,
    Document,
    Footer,
    Keep,
    PageBreak,
    PageNumber,
    PageSetup,
    Paragraph,
    Role,
    Row,
    Rule,
    Signature,
    Space,
    Style,
    Table,
    Tabs,
)

HAIR = Style(size=1.0, leading=1.0)
CAPTION = Style(size=8.0, leading=12.0, align=Align.CENTRE)
QUIET_ZONE, CODE_SCALE = 4, 6
UNUSED = ("/stylesWithEffects", "/thumbnail", "/customXml", "/theme", "/numbering")
"""Parts of python-docx's template that no paper of ours uses."""
THEME = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")


def docx_bytes(document: Document) -> bytes:
    """Return the document as a DOCX file."""
    writer = _Writer(document)
    stream = io.BytesIO()
    writer.write().save(stream)
    return stream.getvalue()


class _Writer:
    """Fills one DOCX file."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._file: File = docx.Document(io.BytesIO(_template()))

    def write(self) -> File:
        """Return python-docx's document, filled."""
        self._describe()
        section = self._file.sections[0]
        _set_page(section, self._document.page)
        self._footers(section)
        body = self._file.element.body
        for made in self._blocks(self._document.blocks, self._document.page.text_width):
            body.insert(len(body) - 1, made)
        return self._file

    def _describe(self) -> None:
        properties = self._file.core_properties
        properties.title = writable(self._document.title)[:255]
        properties.author = writable(self._document.author)[:255]
        properties.subject = writable(self._document.subject)[:255]
        properties.language = "zh-CN"
        properties.comments = ""

    def _blocks(self, blocks: tuple[Block, ...], width: float) -> list[Element]:
        made: list[Element] = []
        for block in blocks:
            following = self._block(block, width)
            if made and following and made[-1].tag == following[0].tag == qn("w:tbl"):
                made.append(paragraph(HAIR))  # Word joins tables that touch
            made += following
        return made

    def _block(  # noqa: C901, PLR0911  # a line for every kind of block
        self, block: Block, width: float
    ) -> list[Element]:
        match block:
            case Paragraph():
                content = text_runs(block.text, block.style)
                return [paragraph(block.style, content, level=block.level)]
            case Tabs():
                return [_tabs(block, width)]
            case Space():
                return [paragraph(HAIR.with_(leading=max(1.0, block.height)))]
            case Rule():
                border = rule_border(block.thickness, block.colour, dashed=block.dashed)
                return [paragraph(HAIR.with_(leading=2.0), border=border)]
            case Table():
                return [_table(block)]
            case Code():
                return self._code(block)
            case Boxes():
                return [_boxes(block)]
            case Signature():
                return _signature(block)
            case PageBreak():
                return [paragraph(HAIR, [element("r", element("br", type="page"))])]
            case Columns():
                return [self._columns(block)]
            case Keep():
                if not block.blocks:
                    return [paragraph(HAIR.with_(leading=max(1.0, block.height_mm * MM)))]
                return self._blocks(block.blocks, width)

    def _code(self, block: Code) -> list[Element]:
        picture = io.BytesIO()
        segno.make(block.text, error="m", boost_error=False, micro=False).save(
            picture, kind="png", scale=CODE_SCALE, border=QUIET_ZONE
        )
        picture.seek(0)
        side = Mm(block.size_mm)
        inline = self._file.part.new_pic_inline(picture, side, side)
        holder = element("p", element("r", element("drawing", inline)))
        caption = (
            [paragraph(CAPTION, text_runs(block.caption, CAPTION))] if block.caption else []
        )
        return [holder, *caption]

    def _columns(self, block: Columns) -> Element:
        cells = [
            cell(
                side.width_mm * MM,
                _ended(self._blocks(side.blocks, side.width_mm * MM)),
                centred=False,
            )
            for side in block.sides
        ]
        return table([side.width_mm * MM for side in block.sides], [row(cells)])

    def _footers(self, section: Section) -> None:
        page = self._document.page
        if page.footer.number is PageNumber.OUTER:
            self._file.settings.odd_and_even_pages_header_footer = True
            _fill_footer(section.even_page_footer, page, even=True)
        _fill_footer(section.footer, page, even=False)


@cache
def _template() -> bytes:
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


def _set_page(section: Section, page: PageSetup) -> None:
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


def _tabs(block: Tabs, width: float) -> Element:
    style = block.style.with_(align=Align.LEFT)
    stops = [TabStop("center", width / 2)] if block.centre else []
    stops.append(TabStop("right", width))
    middle = [tab_run(style), *text_runs(block.centre, style)] if block.centre else []
    content = [*text_runs(block.left, style), *middle]
    if block.right:
        content += [tab_run(style), *text_runs(block.right, style)]
    return paragraph(style, content, tabs=stops)


def _table(block: Table) -> Element:
    widths = [column.width_mm * MM for column in block.columns]
    rows = [_row(block, each, head=True, last=False) for each in block.head]
    rows += [
        _row(block, each, head=False, last=place == len(block.rows))
        for place, each in enumerate(block.rows, 1)
    ]
    return table(widths, rows, pad_x=block.pad_x)


def _row(block: Table, given: Row, *, head: bool, last: bool) -> Element:
    cells: list[Element] = []
    place = 0
    for each in given.cells:
        columns = block.columns[place : place + each.span]
        style = (each.style or columns[0].style).with_(first_indent=0)
        padded = style.with_(before=block.pad_y / 2, after=block.pad_y / 2)
        place += each.span
        borders = element(
            "tcBorders",
            edge("top", block.frame if head else 0.5),
            edge("left", block.frame if place == each.span else block.vertical),
            edge("bottom", max(block.frame, given.rule) if last else given.rule),
            edge("right", block.frame if place == len(block.columns) else block.vertical),
        )
        width = sum(column.width_mm for column in columns) * MM
        content = [paragraph(padded, text_runs(each.text, padded))]
        cells.append(cell(width, content, span=each.span, borders=borders))
    return row(cells, least=given.least_mm * MM, head=head)


def _boxes(block: Boxes) -> Element:
    style = block.style.with_(align=Align.CENTRE)
    frame = element(
        "tcBorders", *(edge(side, 0.8) for side in ("top", "left", "bottom", "right"))
    )
    cells: list[Element] = []
    widths: list[float] = []
    for text in block.texts:
        box = cell(
            block.width_mm * MM, [paragraph(style, text_runs(text, style))], borders=frame
        )
        cells += [box, cell(block.gap_mm * MM, [])]
        widths += [block.width_mm * MM, block.gap_mm * MM]
        frame = element(
            "tcBorders", *(edge(side, 0.8) for side in ("top", "left", "bottom", "right"))
        )
    return table(widths, [row(cells, least=block.height_mm * MM)])


def _signature(block: Signature) -> list[Element]:
    """Return the label and the line to sign on, beside it or below."""
    style = block.style
    label, line = text_runs(block.label, style), line_run(style, block.line_mm * MM)
    room = max(0.0, block.height_mm * MM - style.leading)
    if not block.above:
        return [paragraph(style.with_(before=room), [*label, line])]
    return [paragraph(style, label), paragraph(style.with_(before=room), [line])]


def _ended(content: list[Element]) -> list[Element]:
    """Return a cell's content with the paragraph at its end that Word insists on."""
    if content and content[-1].tag == qn("w:tbl"):
        return [*content, paragraph(HAIR)]
    return content
