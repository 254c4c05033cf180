"""P4: problems and advice are mandatory, the vote is said as it was, dissent gets its page."""

from dataclasses import replace

import pytest

from reviewer_app.core.errors import PaperError
from reviewer_app.papers.fonts import Fonts
from reviewer_app.papers.opinion import Ballot, opinion_paper, vote_sentence
from reviewer_app.papers.pdf import pdf_bytes
from tests.papers import facts
from tests.papers.looking import ink, lines_of, page_count, text_of


@pytest.mark.parametrize(
    ("ballot", "sentence"),
    [
        (
            Ballot(7, 0, 0, carried=True, unanimous=True),
            "经表决，专家组一致同意通过论证。",
        ),
        (
            Ballot(7, 0, 0, carried=True),
            "经表决，同意7票、不同意0票、弃权0票，专家组同意通过论证。",
        ),
        (
            Ballot(4, 2, 1, carried=False),
            "经表决，同意4票、不同意2票、弃权1票，专家组未达到规定票数，不同意通过论证。",
        ),
    ],
)
def test_the_vote_is_said_as_it_was(ballot: Ballot, sentence: str) -> None:
    assert vote_sentence(ballot, "论证") == sentence


@pytest.mark.parametrize("empty", ["problems", "advice"])
@pytest.mark.parametrize("text", ["", " \n\t"])
def test_an_opinion_without_problems_or_advice_is_refused(empty: str, text: str) -> None:
    given = replace(facts.opinion(), **{empty: text})  # type: ignore[arg-type]  # a text field
    with pytest.raises(PaperError, match="磁性元器件") as caught:
        opinion_paper(given)
    assert "\n" not in str(caught.value)


def test_it_fills_one_page_and_the_dissent_another(fonts: Fonts) -> None:
    pdf = pdf_bytes(opinion_paper(facts.opinion()), fonts)
    assert page_count(pdf) == 2
    first, second = text_of(pdf, 1), text_of(pdf, 2)
    assert "浙江省磁性元器件技术创新中心（示例）建设方案专家论证意见" in first
    assert "一、提供的材料齐全，符合论证要求。" in first
    assert "三、存在的问题：一是专职科研人员1,742人" in first
    assert "四、建议：一年内补齐人才引进计划" in first
    assert "平均分为82.39分（满分100分；算术平均；四舍五入保留两位小数）。" in first
    assert "专家组组长（签字）：" in first
    for member in facts.opinion().members[1:]:
        assert member.name in first
        assert member.employer in first
    assert "不同意见1条，见附页，由专家05签字。" in first
    assert "结果码4D9A60C2E7F1835B" in first
    assert "两个转化基地尚无签约" in second
    assert "一、专家05" in second
    assert "签字：" in second
    assert ink(pdf).left == pytest.approx(28.3, abs=0.7)


def test_without_dissent_there_is_one_page(fonts: Fonts) -> None:
    pdf = pdf_bytes(opinion_paper(replace(facts.opinion(), dissents=())), fonts)
    assert page_count(pdf) == 1
    assert "不同意见" not in text_of(pdf)


def test_nothing_is_said_of_what_was_not(fonts: Fonts) -> None:
    given = replace(facts.opinion(), leader="", ballot=None, place="")
    seen = text_of(pdf_bytes(opinion_paper(given), fonts))
    assert "任组长" not in seen
    assert "表决" not in seen
    assert "局组织召开" in seen
    assert "一致" not in seen
    assert "会议成立了由顾思齐（示例）等7名专家组成的专家组" in seen


def test_no_page_has_signatures_alone_and_the_foot_keeps_to_its_line(fonts: Fonts) -> None:
    names = (
        ("专家04　买买提·阿不都热西提·吐尔逊（示例）", "期限偏短。"),
        ("专家组成员", "另议。"),
    )
    long = replace(facts.opinion(), problems="存在问题。" * 66, dissents=names)
    pdf = pdf_bytes(opinion_paper(long), fonts)
    assert page_count(pdf) == 3
    signed = text_of(pdf, 2)
    assert signed.startswith("专家组独立评分")
    assert "专家组组长（签字）：" in signed
    foot = lines_of(pdf, 2)[-1]
    assert "不同意见 2 条，见附页，由提出人签字。" in foot
    assert "4D9A 60C2 E7F1 835B" in foot


def test_many_members_and_long_texts_go_on(fonts: Fonts) -> None:
    long = "。".join(f"第{place}点" for place in range(400))
    given = replace(facts.opinion(), members=facts.opinion().members * 3, problems=long)
    pdf = pdf_bytes(opinion_paper(given), fonts)
    assert page_count(pdf) > 2
    assert "第399点" in text_of(pdf)
