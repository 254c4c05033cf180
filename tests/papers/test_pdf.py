"""A PDF carries its fonts, gives its text back, and says who made it and in which language."""

import io
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from reportlab.pdfbase.pdfdoc import PDFDocument
from reportlab.pdfgen.canvas import Canvas

from reviewer_app.core.errors import PaperError, StorageError
from reviewer_app.papers.archival import Written, archival_pdf
from reviewer_app.papers.cff import Outline, cid_font
from reviewer_app.papers.embedding import EmbeddedFont
from reviewer_app.papers.fonts import Fonts
from reviewer_app.papers.model import (
    Align,
    Cell,
    Column,
    Document,
    Footer,
    Keep,
    PageBreak,
    PageNumber,
    PageSetup,
    Paragraph,
    Role,
    Row,
    Run,
    Style,
    Table,
)
from reviewer_app.papers.pdf import archival_bytes, pdf_bytes, write_pdf
from tests.papers import facts
from tests.papers.looking import complaints, ink, page_count, picture, text_of

RARE = "喆堃珺镕翀昇𬭎𫖯"


def one(*texts: str, role: Role = Role.SONG) -> Document:
    blocks = tuple(Paragraph(text, Style(role, align=Align.LEFT)) for text in texts)
    return Document("题名（示例）", PageSetup(), blocks, "示例市科学技术局", "主题")


@pytest.mark.parametrize("role", list(Role))
def test_rare_names_can_be_read_back(fonts: Fonts, role: Role) -> None:
    assert f"姓名{RARE}88.65" in text_of(pdf_bytes(one(f"姓名{RARE}88.65", role=role), fonts))


def test_a_missing_character_is_a_box_with_its_code_point(fonts: Fonts) -> None:
    pdf = pdf_bytes(one("李\U00031350\U0010fffd堃", "第二行\u200b末"), fonts)
    seen = text_of(pdf)
    assert "李\U00031350" in seen  # the box still knows what it stands for
    assert "方框为本机字体中没有的字，本页依次为：U+31350、U+10FFFD、U+200B" in seen
    blank = pdf_bytes(one("李堃", "第二行末"), fonts)
    assert "方框" not in text_of(blank)


def test_a_footnote_stands_on_the_page_of_its_box(fonts: Fonts) -> None:
    rows = ["字"] * 60 + ["\U00031350"]
    pdf = pdf_bytes(one(*rows), fonts)
    assert "方框" not in text_of(pdf, 1)
    assert "U+31350" in text_of(pdf, 2)


def every_font(pdf: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        found = {
            str(font.BaseFont): font
            for page in opened.pages
            for font in page.resources.get("/Font", pikepdf.Dictionary()).values()
        }
        for font in found.values():
            descendant = font.DescendantFonts[0]
            assert descendant.FontDescriptor.FontFile3.read_bytes()
            assert font.ToUnicode.read_bytes()
            assert font.BaseFont == descendant.FontDescriptor.FontName
            assert str(font.BaseFont)[7] == "+"
        return sorted(found)


def test_every_font_is_embedded_and_no_other_named(fonts: Fonts) -> None:
    blocks = tuple(Paragraph("字 a1", Style(role)) for role in Role)
    pdf = pdf_bytes(Document("", PageSetup(), blocks), fonts)
    assert len(every_font(pdf)) == 3  # serif, sans, and sans with letters of one width
    assert b"Helvetica" not in pikepdf_unpacked(pdf)


def pikepdf_unpacked(pdf: bytes) -> bytes:
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.save(
            stream,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            compress_streams=False,
        )
    return stream.getvalue()


def test_title_author_and_language_are_told(fonts: Fonts) -> None:
    with pikepdf.open(io.BytesIO(pdf_bytes(one("文"), fonts))) as opened:
        assert str(opened.docinfo["/Title"]) == "题名（示例）"
        assert str(opened.docinfo["/Author"]) == "示例市科学技术局"
        assert str(opened.Root.Lang) == "zh-CN"


def test_headings_make_the_outline(fonts: Fonts) -> None:
    blocks = (
        Paragraph("一、评审情况", level=1),
        Paragraph("（一）回避", level=2),
        Paragraph((Run("二、评审"), Run("结果", bold=True)), level=1),
    )
    pdf = pdf_bytes(Document("", PageSetup(), blocks), fonts)
    with pikepdf.open(io.BytesIO(pdf)) as opened, opened.open_outline() as outline:
        assert [item.title for item in outline.root] == ["一、评审情况", "二、评审结果"]
        assert [item.title for item in outline.root[0].children] == ["（一）回避"]


def test_papers_do_not_disturb_each_other(fonts: Fonts) -> None:
    first = pdf_bytes(one("甲乙丙"), fonts)
    pdf_bytes(one("完全不同的字"), fonts)
    again = pdf_bytes(one("甲乙丙"), fonts)
    assert text_of(first) == text_of(again)
    assert len(first) == len(again)


@pytest.mark.parametrize(
    ("number", "places"),
    [
        (PageNumber.CENTRE, [0.5, 0.5]),
        (PageNumber.RIGHT, [0.95, 0.95]),
        (PageNumber.OUTER, [0.93, 0.07]),
    ],
)
def test_page_numbers_stand_where_they_should(
    fonts: Fonts, number: PageNumber, places: list[float]
) -> None:
    page = PageSetup(left_mm=25, right_mm=25, footer=Footer(number=number))
    pdf = pdf_bytes(Document("", page, (Keep((), 1), PageBreak(), Keep((), 1))), fonts)
    for sheet, place in enumerate(places, 1):
        assert text_of(pdf, sheet) == f"—{sheet}—"
        seen = ink(pdf, sheet)
        middle = (seen.left + (210 - seen.right)) / 2
        assert (middle - 25) / 160 == pytest.approx(place, abs=0.04)


def test_a_row_taller_than_a_page_goes_on_without_losing_a_word(fonts: Fonts) -> None:
    words = "".join(f"第{place}句，" for place in range(900))
    table = Table(
        (Column(30), Column(60)),
        (Row((Cell("表头"), Cell("内容"))),),
        (Row((Cell("短"), Cell(words))),),
    )
    pdf = pdf_bytes(Document("", PageSetup(), (table,)), fonts)
    pages = page_count(pdf)
    assert pages > 2
    seen = ""
    for page in range(1, pages + 1):
        text = text_of(pdf, page)
        assert text.startswith("表头内容")
        seen += text.removeprefix("表头内容").removesuffix(f"—{page}—")
    assert seen == "短" + words


def test_a_full_disk_is_one_line_and_leaves_nothing(
    tmp_path: Path, fonts: Fonts, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"old")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(StorageError):
        write_pdf(one("字"), path, fonts)
    assert path.read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == ["a.pdf"]


def test_an_archival_pdf_says_what_it_is_and_carries_its_data(fonts: Fonts) -> None:
    pdf = archival_bytes(one(f"姓名{RARE}\U00031350"), {"results.json": b'{"a":1}'}, fonts)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        with opened.open_metadata() as metadata:
            assert metadata.pdfa_status == "3B"
            assert metadata["dc:title"] == "题名（示例）"
            assert "zh-CN" in metadata["dc:language"]
        assert opened.attachments["results.json"].get_file().read_bytes() == b'{"a":1}'
        assert opened.Root.OutputIntents
    assert RARE in text_of(pdf)
    assert complaints(pdf, "3b") == []
    plain = archival_bytes(one("字"), None, fonts)
    with pikepdf.open(io.BytesIO(plain)) as opened, opened.open_metadata() as metadata:
        assert metadata.pdfa_status == "2B"


@pytest.mark.parametrize("document", facts.every_paper(), ids=lambda paper: paper.title[-8:])
def test_every_paper_is_for_archives_with_all_its_glyphs(
    fonts: Fonts, document: Document
) -> None:
    rare = Paragraph(f"{RARE}𠮷\U00031350", Style())
    whole = replace(document, blocks=(*document.blocks, rare))
    assert complaints(archival_bytes(whole, None, fonts)) == []


def test_every_face_a_paper_can_use_is_for_archives(fonts: Fonts) -> None:
    blocks = tuple(
        Paragraph(f"姓名{RARE}𠮷\U00031350 a1", Style(role, bold=bold))
        for role in Role
        for bold in (False, True)
    )
    assert complaints(archival_bytes(Document("", PageSetup(), blocks), fonts=fonts)) == []


def test_a_paper_that_is_not_for_archives_is_refused() -> None:
    stream = io.BytesIO()
    canvas = Canvas(stream, lang="zh-CN")
    canvas.drawString(100, 100, "in a font that is not embedded")
    canvas.save()
    with pytest.raises(PaperError, match="font"):
        archival_pdf(Written(stream.getvalue(), dict))


def test_a_width_that_is_not_the_glyph_s_is_refused(
    fonts: Fonts, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = EmbeddedFont.hollow

    def wider(font: EmbeddedFont, document: PDFDocument) -> tuple[str, bytes]:
        name, _program = wrong(font, document)
        codes = font.use(document).codes
        return name, cid_font(name, [Outline(1001, b"\xfa\x7d\x0e") for _code in codes])

    monkeypatch.setattr(EmbeddedFont, "hollow", wider)
    with pytest.raises(PaperError, match="width"):
        archival_bytes(one("字"), fonts=fonts)


def test_the_smallest_stretch_of_a_line_is_still_written_as_pdf_wants_it(fonts: Fonts) -> None:
    style = Style(letter_space=0.00002)
    document = Document("题", PageSetup(), (Paragraph("两端对齐的一行", style),))
    assert "两端对齐的一行" in text_of(archival_bytes(document, fonts=fonts))


def test_plain_words_after_bold_ones_are_not_bold(fonts: Fonts) -> None:
    def ink_of(*texts: Run) -> int:
        blocks = tuple(Paragraph((text,), Style(size=20.0, leading=30.0)) for text in texts)
        page = picture(pdf_bytes(Document("题", PageSetup(), blocks), fonts))
        lower = page.crop((0, round(30 * 150 / 72) + 120, page.width, page.height // 2))
        return sum(value < 128 for value in lower.tobytes())

    plain = Run("国家标准国家标准")
    heavy = Run(plain.text, bold=True)
    assert ink_of(heavy, plain) == ink_of(plain, plain)
    assert ink_of(heavy, heavy) > ink_of(plain, plain)
