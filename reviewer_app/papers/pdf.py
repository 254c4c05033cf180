"""A document as PDF: embedded fonts, page numbers, boxes for characters no font has."""

import io
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from reviewer_app.core.atomic import write_file
from reviewer_app.papers.archival import Written, archival_pdf
from reviewer_app.papers.embedding import embedded, hollow_programs
from reviewer_app.papers.fonts import Fonts, find_fonts
from reviewer_app.papers.layout import StripMaker
from reviewer_app.papers.lines import compose
from reviewer_app.papers.model import (
    MM,
    Align,
    Document,
    PageNumber,
    PageSetup,
    Role,
    Style,
    Tabs,
)
from reviewer_app.papers.pages import fill
from reviewer_app.papers.pen import Pen
from reviewer_app.papers.strip import Spot, draw_stack, lines_drawing

FOOTNOTE = Style(size=7.5, leading=9.5, align=Align.LEFT)
CREATOR = "reviewer-app"
rl_config.useA85 = 0  # pages as bytes: text armour costs time and a quarter of the size


@lru_cache(maxsize=1)
def shared_fonts() -> Fonts:
    """Return this machine's fonts, found once in the life of the process."""
    return find_fonts()


def pdf_bytes(document: Document, fonts: Fonts | None = None) -> bytes:
    """Return the document as a PDF; PaperError if there is no font to write it with."""
    return _written(document, fonts).pdf


def archival_bytes(
    document: Document,
    attachments: Mapping[str, bytes] | None = None,
    fonts: Fonts | None = None,
) -> bytes:
    """Return the document as PDF/A, with data attached by file name if there is any."""
    return archival_pdf(_written(document, fonts), attachments)


def write_pdf(document: Document, path: Path, fonts: Fonts | None = None) -> None:
    """Write the document to ``path`` as PDF, whole or not at all; raises StorageError."""
    write_file(path, pdf_bytes(document, fonts))


def _written(document: Document, fonts: Fonts | None) -> Written:
    fonts = fonts or shared_fonts()
    page = document.page
    maker = StripMaker(fonts, page.text_height)
    strips = [
        strip for block in document.blocks for strip in maker.strips(block, page.text_width)
    ]
    sheets = fill(strips, page.text_height)
    stream = io.BytesIO()
    canvas = Canvas(
        stream,
        pagesize=(page.width_mm * MM, page.height_mm * MM),
        initialFontName=embedded(fonts.face(Role.SONG, " ")).fontName,
        pageCompression=1,
        lang="zh-CN",
    )
    _describe(canvas, document)
    pen = Pen(canvas, fonts)
    for number, sheet in enumerate(sheets, 1):
        pen.begin_page()
        draw_stack(pen, sheet, Spot(page.left_mm * MM, (page.height_mm - page.top_mm) * MM))
        _draw_footnote(pen, fonts, page)
        _draw_footer(pen, fonts, page, number)
        pen.turn_page()
    canvas.save()
    return Written(stream.getvalue(), lambda: hollow_programs(canvas._doc))  # noqa: SLF001


def _describe(canvas: Canvas, document: Document) -> None:
    canvas.setTitle(document.title)
    canvas.setAuthor(document.author)
    canvas.setSubject(document.subject)
    canvas.setCreator(CREATOR)
    canvas.setProducer(CREATOR)


def _draw_footnote(pen: Pen, fonts: Fonts, page: PageSetup) -> None:
    """Name the characters shown as boxes on this page, under the text area."""
    if not pen.missing:
        return
    points = "、".join(f"U+{ord(char):04X}" for char in pen.missing)
    text = f"方框为本机字体中没有的字，本页依次为：{points}"
    lines = compose(fonts, text, FOOTNOTE, page.text_width)
    draw = lines_drawing(lines, FOOTNOTE, page.text_width)
    draw(pen, Spot(page.left_mm * MM, page.bottom_mm * MM - 1))


def _draw_footer(pen: Pen, fonts: Fonts, page: PageSetup, number: int) -> None:
    footer = page.footer
    top = (page.bottom_mm - footer.drop_mm) * MM
    left, right = page.left_mm * MM, (page.width_mm - page.right_mm) * MM
    if footer.rule:
        pen.line(left, top + 2, (right, top + 2), footer.rule)
    maker = StripMaker(fonts, page.text_height)
    strips = maker.strips(_footer_line(page, number), page.text_width)
    draw_stack(pen, strips, Spot(left, top))


def _footer_line(page: PageSetup, number: int) -> Tabs:
    """Return the line at the foot of page ``number``."""
    footer = page.footer
    mark = f"— {number} —"
    sides = {"left": footer.left, "centre": "", "right": footer.right}
    match footer.number:
        case PageNumber.CENTRE:
            sides["centre"] = mark
        case PageNumber.RIGHT:
            sides["right"] = f"{footer.right}　{mark}" if footer.right else mark
        case PageNumber.OUTER if number % 2:
            sides["right"] = f"{mark}　"
        case PageNumber.OUTER:
            sides["left"] = f"　{mark}"
        case PageNumber.NONE:
            pass
    return Tabs(sides["left"], sides["centre"], sides["right"], footer.style)
