"""P2: every expert's total, the cut line, the rules in words, a place to sign for each."""

from dataclasses import replace

import pytest

from reviewer_app.papers.fonts import Fonts
from reviewer_app.papers.model import Table
from reviewer_app.papers.pdf import pdf_bytes
from reviewer_app.papers.summary import HEAVY, summary_paper
from tests.papers import facts
from tests.papers.looking import ink, page_count, text_of


def test_the_usual_panel_is_one_page_with_everything(fonts: Fonts) -> None:
    given = facts.summary()
    pdf = pdf_bytes(summary_paper(given), fonts)
    assert page_count(pdf) == 1
    seen = text_of(pdf)
    for row in given.rows:
        for text in (row.name, row.unit, row.result, *row.totals):
            assert text in seen
    for expert in given.experts:
        assert f"专家{expert.number}{expert.name}" in seen
    assert "粗线以上为推荐线（前5名）。规则取全体专家总分的算术平均，不去高低；" in seen
    assert "本场指纹5F2C91A477D03B8E结果码4D9A60C2E7F1835B评分表7份（9版）" in seen
    assert "不同意见：无" in seen
    assert "组长：顾思齐（示例）监督员：柳清（示例）复核：祝镕（示例）" in seen
    assert "回避" in seen


def test_the_margins_are_those_of_the_picture(fonts: Fonts) -> None:
    seen = ink(pdf_bytes(summary_paper(facts.summary()), fonts))
    assert seen.left == pytest.approx(15, abs=0.5)
    assert seen.right == pytest.approx(15, abs=0.5)


def rules_of(recommended: int) -> list[float]:
    paper = summary_paper(replace(facts.summary(), recommended=recommended))
    (table,) = [block for block in paper.blocks if isinstance(block, Table)]
    return [row.rule for row in table.rows]


def test_the_cut_line_is_the_only_heavy_rule() -> None:
    assert [place for place, rule in enumerate(rules_of(5), 1) if rule == HEAVY] == [5]
    assert HEAVY not in rules_of(0)
    assert HEAVY not in rules_of(12)  # everybody is above it: there is no line to draw


def test_dissents_are_counted_and_printed(fonts: Fonts) -> None:
    pdf = pdf_bytes(summary_paper(facts.summary(("专家05 对 05：两地尚无签约。",))), fonts)
    assert "不同意见：1条，附后" in text_of(pdf)
    assert "不同意见1专家05对05：两地尚无签约。" in text_of(pdf)


def test_300_applications_and_15_experts_continue_with_their_heads(fonts: Fonts) -> None:
    given = facts.large_summary(300, 15)
    pdf = pdf_bytes(summary_paper(given), fonts)
    pages = page_count(pdf)
    assert 15 < pages < 25
    seen = [text_of(pdf, page) for page in range(1, pages + 1)]
    assert all(text.startswith("名次编号评审对象") for text in seen[1:-1])
    assert "粗线以上为推荐线（前100名）" in "".join(seen)
    assert sum(text.count("浙江省智能工厂操作系统") for text in seen) == 25
    for expert in given.experts:
        assert f"专家{expert.number}{expert.name}" in seen[-1]


def test_more_experts_than_fit_go_into_further_parts(fonts: Fonts) -> None:
    given = facts.large_summary(5, 35)
    pdf = pdf_bytes(summary_paper(given), fonts)
    seen = text_of(pdf)
    for row in given.rows:
        for total in row.totals:
            assert total in seen
    assert seen.count("平均分") == 1
