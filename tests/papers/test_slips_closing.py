"""P5 and the closing statement: what is cut apart, and what is signed before results."""

import csv
import io
from dataclasses import replace
from itertools import pairwise

import pytest

from reviewer_app.papers.closing import closing_paper
from reviewer_app.papers.fonts import Fonts
from reviewer_app.papers.pdf import pdf_bytes
from reviewer_app.papers.slips import slips_csv, slips_paper
from tests.papers import facts
from tests.papers.looking import page_count, picture, text_of


@pytest.mark.parametrize(("count", "pages"), [(1, 1), (3, 1), (4, 2), (7, 3)])
def test_three_slips_to_a_page(fonts: Fonts, count: int, pages: int) -> None:
    pdf = pdf_bytes(slips_paper(facts.slips(count)), fonts)
    assert page_count(pdf) == pages
    assert text_of(pdf, 1).count("口令条") - text_of(pdf, 1).count("评审包和口令条") == min(
        count, 3
    )


def test_a_slip_has_all_an_expert_needs(fonts: Fonts) -> None:
    seen = text_of(pdf_bytes(slips_paper(facts.slips(1)), fonts))
    for text in (
        "顾思齐（示例）", "专家01_评审包.reviewpack", "K7WM9", "4QTX2", "9B2RH", "HD6F3",
        "5F2C91A477D03B8E", "领取人签字：", "当面交给本人，或装入密封信封",
        "没有字母I、L、O、U",
    ):  # fmt: skip
        assert text in seen


def test_cut_lines_are_dashed_and_evenly_spaced(fonts: Fonts) -> None:
    grey = picture(pdf_bytes(slips_paper(facts.slips(3)), fonts), 1, 127)
    rows = [grey.crop((80, y, grey.width - 80, y + 1)).tobytes() for y in range(grey.height)]
    edges = [sum((a < 200) != (b < 200) for a, b in pairwise(row)) for row in rows]
    found = [
        y / 5
        for y in range(10, len(edges) - 10)
        if edges[y] > 200 and edges[y - 1] < 200 and not edges[y - 8] and not edges[y + 8]
    ]
    assert len(found) == 3
    assert found[1] - found[0] == pytest.approx(88, abs=0.5)
    assert found[2] - found[1] == pytest.approx(88, abs=0.5)


def test_slips_for_a_label_printer(fonts: Fonts) -> None:
    slips = facts.slips(2)
    bad = replace(slips.slips[0], expert_name="=HYPERLINK(1)", pack_file="＠SUM")
    rows = list(csv.reader(io.StringIO(slips_csv(replace(slips, slips=(bad, slips.slips[1]))))))
    assert rows[0] == [
        "评审会", "专家编号", "姓名", "评审包", "口令", "本场指纹", "组织单位密钥指纹",
    ]  # fmt: skip
    assert rows[1][2:5] == ["'=HYPERLINK(1)", "'＠SUM", "K7WM9-4QTX2-9B2RH-HD6F3"]
    assert rows[2][2] == "沈知行（示例）"
    assert not fonts.missing("".join(rows[0]))


def test_the_closing_statement_says_who_and_with_what(fonts: Fonts) -> None:
    given = facts.closing()
    pdf = pdf_bytes(closing_paper(given), fonts)
    assert page_count(pdf) == 1
    seen = text_of(pdf)
    assert "应收7份，实收6份" in seen
    assert given.log_head in seen
    assert seen.count("7KQ2-M4XA-9BTC") == 6
    assert "05钟以珺（示例）缺席———突发身体原因" in seen
    assert "未收齐而封存的理由专家05突发身体原因离会" in seen
    assert "监督员：" in seen
    for row in given.rows:
        assert f"专家{row.number}{row.name}" in seen
    assert "封存前，本程序不显示分值" in seen


def test_a_complete_collection_needs_no_reason(fonts: Fonts) -> None:
    seen = text_of(pdf_bytes(closing_paper(replace(facts.closing(), reasons=())), fonts))
    assert "理由" not in seen.replace("须写明理由", "")
