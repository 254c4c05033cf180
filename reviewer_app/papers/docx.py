"""A document as DOCX, to be edited in WPS or Word: same model, official font names."""

import io

import docx
import segno
from docx.document import Document as File
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element
from docx.shared import Mm

from reviewer_app.papers.docx_page import set_footers, set_page, template
from reviewer_app.papers.docx_xml import (
    TabStop,
    cell,
    edge,
    element,
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
    Keep,
    PageBreak,
    Paragraph,
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
        self._file: File = docx.Document(io.BytesIO(template()))

    def write(self) -> File:
        """Return python-docx's document, filled."""
        self._describe()
        section = self._file.sections[0]
        set_page(section, self._document.page)
        set_footers(self._file, section, self._document.page)
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
