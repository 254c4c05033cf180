"""The DOCX says the same as the PDF, in the official fonts, on the official page."""

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from reviewer_app.papers.docx import docx_bytes
from reviewer_app.papers.minutes import minutes_paper
from reviewer_app.papers.model import Document, PageSetup, Paragraph, Role, Run, Style
from reviewer_app.papers.score_sheet import score_sheet_paper
from reviewer_app.papers.summary import summary_paper
from tests.papers import facts
from tests.papers.looking import converted, page_count, text_of


def opened(document: Document) -> Any:
    return docx.Document(io.BytesIO(docx_bytes(document)))


def words(file: Any) -> str:
    return "".join(node.text or "" for node in file.element.iter(qn("w:t")))


@pytest.mark.parametrize("document", facts.every_paper(), ids=lambda each: each.title[:5])
def test_every_paper_can_be_edited(document: Document) -> None:
    file = opened(document)
    assert file.core_properties.title == document.title
    assert file.core_properties.language == "zh-CN"
    assert len(words(file)) > 200


def test_it_says_what_the_minutes_say() -> None:
    seen = words(opened(minutes_paper(facts.minutes())))
    for text in (
        "评审会议纪要", "裴𬭎𫖯（示例）", "7KQ2-M4XA-9BTC", "4d9a60c2e7f1835b" * 4,
        "专家05对07号对象回避", "四、下一步", "浙江省氢能装备技术创新中心（示例）",
    ):  # fmt: skip
        assert text in seen


@pytest.mark.parametrize(
    ("role", "family"),
    [
        (Role.BODY, "仿宋_GB2312"),
        (Role.KAI, "楷体_GB2312"),
        (Role.HEI, "黑体"),
        (Role.TITLE, "方正小标宋简体"),
        (Role.SONG, "宋体"),
    ],
)
def test_chinese_text_names_its_official_font(role: Role, family: str) -> None:
    file = opened(Document("", PageSetup(), (Paragraph("字", Style(role)),)))
    (run,) = file.element.body.iter(qn("w:r"))
    assert run.find(f"{qn('w:rPr')}/{qn('w:rFonts')}").get(qn("w:eastAsia")) == family


def parts(data: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            if name.startswith("word/") and name.endswith(".xml") and "theme" not in name:
                yield package.read(name).decode("utf-8")


def test_no_theme_font_overrides_it() -> None:
    for part in parts(docx_bytes(minutes_paper(facts.minutes()))):
        assert not re.search(r"w:(ascii|hAnsi|eastAsia)Theme=", part)
        assert "w:cstheme" not in part


def test_the_page_and_its_grid_are_the_standards() -> None:
    section = opened(minutes_paper(facts.minutes())).sections[0]
    measured = [
        round(length.mm)
        for length in (
            section.page_width, section.page_height, section.top_margin,
            section.bottom_margin, section.left_margin, section.right_margin,
        )
    ]  # fmt: skip
    assert measured == [210, 297, 37, 35, 28, 26]
    grid = section._sectPr.find(qn("w:docGrid"))
    assert grid.get(qn("w:type")) == "lines"
    assert int(grid.get(qn("w:linePitch"))) == 580


def test_page_numbers_stand_outside_on_odd_and_even_pages() -> None:
    file = opened(minutes_paper(facts.minutes()))
    assert file.settings.odd_and_even_pages_header_footer
    section = file.sections[0]
    for footer in (section.footer, section.even_page_footer):
        assert "PAGE" in [node.text for node in footer._element.iter(qn("w:instrText"))]
    odd = [node.tag for node in section.footer._element.iter(qn("w:tab"), qn("w:instrText"))]
    assert odd[-1] == qn("w:instrText")


def test_tables_repeat_their_head_and_keep_the_cut_line() -> None:
    file = opened(summary_paper(facts.summary()))
    table = file.tables[0]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert [cell.text for cell in table.rows[0].cells][:3] == ["名次", "编号", "评审对象"]
    assert len(table.rows) == 13
    heavy = [
        place
        for place, row in enumerate(table.rows)
        if row._tr.find(f".//{qn('w:bottom')}").get(qn("w:sz")) == "16"
    ]
    assert heavy == [5]


def test_landscape_is_said() -> None:
    section = opened(summary_paper(facts.summary())).sections[0]
    assert section.orientation is not None
    assert section.page_width > section.page_height


def test_codes_come_as_pictures() -> None:
    file = opened(score_sheet_paper(facts.score_sheet(codes=2)))
    pictures = list(file.element.iter(qn("wp:inline")))
    assert len(pictures) == 2
    assert round(int(pictures[0].find(qn("wp:extent")).get("cx")) / 36000) == 60


def test_what_xml_cannot_carry_is_shown() -> None:
    text = (Run("坏\x01字\x0b"), Run("行一\n行二\ud800"))
    file = opened(Document("题\x02", PageSetup(), (Paragraph(text),), "作者\x03"))
    assert words(file) == "坏[U+0001]字[U+000B]行一行二\ufffd"
    assert len(list(file.element.body.iter(qn("w:br")))) == 1


def test_another_program_lays_the_minutes_out(tmp_path: Path) -> None:
    path = tmp_path / "minutes.docx"
    path.write_bytes(docx_bytes(minutes_paper(facts.minutes())))
    pdf = (converted([path], "pdf") / "minutes.pdf").read_bytes()
    assert 4 <= page_count(pdf) <= 7
    seen = text_of(pdf)
    assert "评审会议纪要" in seen
    assert "陆喆堃" in seen
    assert "—2—" in text_of(pdf, 2)
