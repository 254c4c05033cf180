"""What is printed under every table: each option that has an effect is said, no other."""

from dataclasses import replace
from fractions import Fraction

import pytest

from reviewer_app.core.numbers import Rounding
from reviewer_app.core.ranking import CRITERIA
from reviewer_app.core.rules import (
    Aggregation,
    AggregationLevel,
    Band,
    ChangeReasons,
    Decision,
    Method,
    PanelRules,
    RankBasis,
    Ranking,
    Recheck,
    ReviewRules,
    RoundingRules,
    SecondScoring,
    StageThatCounts,
    Threshold,
    VoteBase,
)
from reviewer_app.core.rules_data import rules_from_data, rules_to_data
from reviewer_app.core.rules_words import rules_in_words, share_in_words
from tests.core.panels import leaf, scheme

DEFAULT = ReviewRules()
TRIMMED = Aggregation(Method.TRIMMED)


def words(rules: ReviewRules) -> str:
    return "。".join(rules_in_words(rules))


def test_the_default_rules_read_as_the_design_prints_them() -> None:
    assert rules_in_words(DEFAULT) == [
        "每位专家的总分取算术平均，不去最高最低",
        "专家权重相同",
        "回避、缺席或未打分的专家不计入分母；“不适用”和“弃权”的权重在同一维度内按比例分摊",
        "结果只在发布时修约一次，四舍五入保留 2 位小数",
        "按发布分排序，同分并列，下一名次跳号",
        "总分偏离其余专家平均超过 20% 提示、超过 30% 须书面说明，不改分",
        "单项低于满分的 60% 须写理由",
        "表决时到会不少于应到人数的三分之二为有效，赞成不少于到会人数的三分之二为通过",
        "专家组不少于 5 人，且为单数；主管部门人员不超过三分之一；同一单位不超过 2 人",
    ]


@pytest.mark.parametrize(
    ("aggregation", "sentence"),
    [
        (TRIMMED, "每位专家的总分去掉1 个最高分、1 个最低分后取算术平均"),
        (TRIMMED, "有效评分表少于 5 份时不去高低，并注明"),
        (replace(TRIMMED, minimum_sheets=9), "少于 9 份"),
        (replace(TRIMMED, drop_high=2, drop_low=0), "去掉2 个最高分后取"),
        (replace(TRIMMED, drop_high=0, drop_low=0), "不去最高最低"),
        (replace(TRIMMED, level=AggregationLevel.INDICATOR), "各指标分别去掉"),
        (replace(TRIMMED, level=AggregationLevel.INDICATOR), "打分专家少于 5 位的指标不去高低"),
        (replace(TRIMMED, level=AggregationLevel.INDICATOR), "再按权重合计"),
        (Aggregation(Method.MEDIAN), "每位专家的总分取中位数"),
        (Aggregation(expert_weights=(("组长", Fraction(3, 2)),)), "组长 1.5，其余 1"),
    ],
)
def test_how_sheets_are_combined(aggregation: Aggregation, sentence: str) -> None:
    assert sentence in words(replace(DEFAULT, aggregation=aggregation))


@pytest.mark.parametrize(
    ("second", "sentence"),
    [
        (SecondScoring(), "再次打分的以第二轮评分表计，未再打分的以第一轮评分表计"),
        (SecondScoring(StageThatCounts.FIRST), "结果仍以第一轮评分表计"),
        (SecondScoring(reasons=ChangeReasons.CHANGED), "改动的分值须写理由"),
    ],
)
def test_a_second_scoring_that_is_foreseen(second: SecondScoring, sentence: str) -> None:
    assert sentence in words(replace(DEFAULT, second=second))
    assert "复评" not in words(DEFAULT)
    rules = replace(DEFAULT, second=second)
    assert rules_from_data(rules_to_data(rules), "") == rules
    assert "second" not in rules_to_data(DEFAULT)


def test_what_has_no_effect_is_not_said() -> None:
    assert "少于 5 份" not in words(DEFAULT)
    assert "等次" not in words(DEFAULT)
    assert "推荐" not in words(DEFAULT)
    none = replace(DEFAULT, recheck=Recheck(low_mark_reason=None))
    assert "须写理由" not in words(none)
    assert "单数" not in words(replace(DEFAULT, panel=PanelRules(odd=False)))


@pytest.mark.parametrize(
    ("rounding", "sentence"),
    [
        (RoundingRules(Rounding.HALF_EVEN), "GB/T 8170 四舍六入五成双保留 2 位小数"),
        (RoundingRules(Rounding.TRUNCATE, result_digits=0), "直接截去多余位数保留 0 位小数"),
        (RoundingRules(sheet_digits=1), "每位专家的总分先四舍五入保留 1 位小数，结果发布时"),
    ],
)
def test_how_figures_are_rounded(rounding: RoundingRules, sentence: str) -> None:
    assert sentence in words(replace(DEFAULT, rounding=rounding))


def test_a_tie_chain_names_headings_by_their_titles() -> None:
    table = scheme([leaf("1.1", 50)], [leaf("2.1", 50)])
    ranking = Ranking(RankBasis.EXACT, ("dimension:2", "indicator:1.1", "median"))
    rules = replace(DEFAULT, ranking=ranking)
    chain = "同分依次比“2 维度2”、“1.1 指标1.1”、中位数，仍同则并列，下一名次跳号"
    assert f"按未修约的精确分排序，{chain}" in rules_in_words(rules, table)
    assert "同分依次比“2”、“1.1”、中位数" in words(rules)


def test_every_criterion_has_words() -> None:
    ranking = Ranking(ties=CRITERIA)
    sentence = words(replace(DEFAULT, ranking=ranking))
    assert not any(name in sentence for name in CRITERIA)


def test_specialists_force_the_indicator_level() -> None:
    table = scheme([leaf("1.1", 100, specialisms=("技术",))])
    sentences = rules_in_words(DEFAULT, table)
    assert sentences[0] == "各指标分别取算术平均，再按权重合计，不去最高最低"
    assert "专家只打本专业的指标，各指标按实际打分的专家计" in sentences


def test_decisions() -> None:
    decision = Decision(
        pass_mark=Threshold(">", Fraction(70)),
        bands=(
            Band("优秀", Threshold(">=", Fraction(90))),
            Band("差", Threshold("<", Fraction(60))),
        ),
        quorum=Fraction(3, 4),
        majority=Fraction(11, 20),
        majority_of=VoteBase.ENTITLED,
        recommend=5,
    )
    text = words(replace(DEFAULT, decision=decision))
    assert "发布分 ＞70 为达到合格线" in text
    assert "优秀 ≥90，差 ＜60" in text
    assert "应到人数的四分之三为有效，赞成不少于应到人数的55%为通过" in text
    assert "推荐前 5 名" in text


def test_a_panel_without_anybody_of_the_bureau() -> None:
    rules = replace(DEFAULT, panel=PanelRules(bureau_share=Fraction(0)))
    assert "没有主管部门人员" in words(rules)


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        (Fraction(1), "全部"),
        (Fraction(1, 2), "二分之一"),
        (Fraction(9, 10), "十分之九"),
        (Fraction(1, 16), "6.25%"),
        (Fraction(4, 13), "4/13"),
    ],
)
def test_shares(share: Fraction, expected: str) -> None:
    assert share_in_words(share) == expected
