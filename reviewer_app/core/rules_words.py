"""Review rules in Chinese sentences, as they stand under every printed table.

Every option that has an effect is said, and none that has not: a panel that is not trimmed says
nothing of how many sheets trimming needs.
"""

from collections.abc import Mapping
from fractions import Fraction

from reviewer_app.core.numbers import Rounding, plain_text, publish
from reviewer_app.core.ranking import named_code
from reviewer_app.core.rules import (
    Aggregation,
    AggregationLevel,
    ChangeReasons,
    Decision,
    GroupFactor,
    Method,
    Normalise,
    PanelRules,
    RankBasis,
    Ranking,
    Recheck,
    ReviewRules,
    RoundingRules,
    SecondScoring,
    StageThatCounts,
    VoteBase,
)
from reviewer_app.core.rules_values import percent_text
from reviewer_app.core.scheme import Scheme, WeightOrigin
from reviewer_app.core.tally_footing import Unfit
from reviewer_app.core.tally_normalise import FACTOR_DIGITS, LEAST_APPLICATIONS
from reviewer_app.core.tally_results import Tally

_ROUNDING = {
    Rounding.HALF_UP: "四舍五入",
    Rounding.HALF_EVEN: "按 GB/T 8170 四舍六入五成双",
    Rounding.TRUNCATE: "直接截去多余位数",
}
_CRITERIA = {
    "exact": "未修约的结果",
    "mean": "全体专家平均分",
    "median": "中位数",
    "sum": "全体专家总分之和",
    "high": "最高的专家总分",
    "low": "最低的专家总分",
    "spread": "专家总分的极差（小者在前）",
    "approvals": "赞成票数",
}
_RELATIONS = {">=": "≥", ">": "＞", "<=": "≤", "<": "＜"}
_UNFIT = {
    Unfit.TOO_FEW: "打分或结果过少",
    Unfit.FLAT: "打分全部相同",
    Unfit.NOT_POSITIVE: "均值不大于零",
}
_MACHINES = "结果由两台电脑各自独立汇总，结果码一致后方可出具文件"
_DIGITS = "零一二三四五六七八九十"


def weights_in_words(scheme: Scheme, confirmed_by: str) -> str:
    """Return whose the weights are and how they came about, without a full stop.

    Empty where they are those of the document.
    """
    if scheme.weight_origin is WeightOrigin.OFFICIAL:
        return ""
    made = f"，由{scheme.weight_method}提出" if scheme.weight_method else ""
    return f"权重为建议权重（非官方）{made}，已由组织单位确认（{confirmed_by}）"


def rules_in_words(rules: ReviewRules, scheme: Scheme | None = None) -> list[str]:
    """Return the rules as sentences without full stops; a scheme lends titles to headings."""
    specialised = scheme is not None and any(leaf.specialisms for leaf in scheme.indicators())
    by_indicator = specialised or rules.aggregation.level is AggregationLevel.INDICATOR
    sentences = [
        *_normalising(rules.aggregation),
        _combining(rules.aggregation, by_indicator=by_indicator),
        *_groups(rules),
        _weights(rules.aggregation),
        "回避、缺席或未打分的专家不计入分母；“不适用”和“弃权”的权重在同一维度内按比例分摊",
        _rounding(rules.rounding),
        _ranking(rules.ranking, scheme),
        *_recheck(rules.recheck),
        *_decision(rules.decision),
        *([second_in_words(rules.second)] if rules.second else []),
        *([_MACHINES] if rules.aggregation.machines > 1 else []),
        _panel(rules.panel),
    ]
    if specialised:
        sentences.insert(1, "专家只打本专业的指标，各指标按实际打分的专家计")
    return sentences


def _normalising(aggregation: Aggregation) -> list[str]:
    if aggregation.normalise is Normalise.NONE:
        return []
    how = "全组均值＋（总分－本人均值）×系数，系数为全组方差与本人方差之比的平方根"
    few = f"有专家打分少于 {LEAST_APPLICATIONS} 项或打分全部相同的，不标准化，并注明"
    return [f"每位专家的总分先标准化：{how}，四舍五入保留 {FACTOR_DIGITS} 位小数；{few}"]


def _groups(rules: ReviewRules) -> list[str]:
    groups = rules.groups
    if groups is None:
        return []
    whole = "全体均值" if groups.factor is GroupFactor.ALL else "各组均值的平均"
    drops = "、".join(
        f"{count} 个{name}"
        for count, name in ((groups.drop_high, "最高"), (groups.drop_low, "最低"))
        if count
    )
    mean = f"（均值去掉{drops}后计算）" if drops else ""
    digits = (
        "均值和系数不修约"
        if groups.digits is None
        else f"均值和系数{_ROUNDING[rules.rounding.mode]}保留 {groups.digits} 位小数"
    )
    listed = "；".join(f"{name} {'、'.join(numbers)}" for name, numbers in groups.members)
    factor = f"系数为{whole}除以本组均值{mean}，{digits}"
    return [f"分组评审（{listed}），结果乘以本组系数后统一排序：{factor}"]


def footing_in_words(tally: Tally) -> list[str]:
    """Return the factors that experts or groups got, or why there are none."""
    sentences: list[str] = []
    common, groups = tally.normalisation, tally.groups
    if common is not None:
        why = _unfit("专家 ", common.unfit)
        factors = "，".join(
            f"专家 {each.expert} 系数 {plain_text(each.factor)}" for each in common.experts
        )
        sentences.append(f"未标准化：{why}" if why else f"标准化：{factors}")
    if groups is not None:
        why = _unfit("", groups.unfit)
        factors = "，".join(
            f"{name} {_figure(factor)}" for name, factor in groups.factors.items()
        )
        sentences.append(f"各组结果未乘系数：{why}" if why else f"各组系数：{factors}")
    return sentences


def _unfit(kind: str, unfit: Mapping[str, Unfit]) -> str:
    return "，".join(f"{kind}{name} {_UNFIT[why]}" for name, why in unfit.items())


def _figure(value: Fraction) -> str:
    """Return a factor in at most FACTOR_DIGITS decimals, marked where it is not exact."""
    text = plain_text(value)
    if "/" not in text:
        return text
    return f"{publish(value, FACTOR_DIGITS, Rounding.HALF_UP)}…"


def _combining(aggregation: Aggregation, *, by_indicator: bool) -> str:
    method = aggregation.method
    drops = aggregation.drop_high + aggregation.drop_low > 0
    start = "各指标分别" if by_indicator else "每位专家的总分"
    end = "，再按权重合计" if by_indicator else ""
    if method is Method.MEDIAN:
        return f"{start}取中位数{end}"
    if method is Method.MEAN or not drops:
        return f"{start}取算术平均{end}，不去最高最低"
    parts = [
        f"{count} 个{name}"
        for count, name in (
            (aggregation.drop_high, "最高分"),
            (aggregation.drop_low, "最低分"),
        )
        if count
    ]
    few = (
        f"打分专家少于 {aggregation.minimum_sheets} 位的指标"
        if by_indicator
        else f"有效评分表少于 {aggregation.minimum_sheets} 份时"
    )
    trimmed = f"{start}去掉{'、'.join(parts)}后取算术平均{end}，同分只去其中一份"
    return f"{trimmed}；{few}不去高低，并注明"


def _weights(aggregation: Aggregation) -> str:
    if not aggregation.expert_weights:
        return "专家权重相同"
    named = "，".join(
        f"{name} {plain_text(weight)}" for name, weight in aggregation.expert_weights
    )
    return f"专家按权重计：{named}，其余 1"


def _rounding(rounding: RoundingRules) -> str:
    how = _ROUNDING[rounding.mode]
    result = f"{how}保留 {rounding.result_digits} 位小数"
    if rounding.sheet_digits is None:
        return f"结果只在发布时修约一次，{result}"
    return f"每位专家的总分先{how}保留 {rounding.sheet_digits} 位小数，结果发布时{result}"


def _ranking(ranking: Ranking, scheme: Scheme | None) -> str:
    basis = "发布分" if ranking.basis is RankBasis.PUBLISHED else "未修约的精确分"
    if not ranking.ties:
        return f"按{basis}排序，同分并列，下一名次跳号"
    chain = "、".join(_criterion(name, scheme) for name in ranking.ties)
    return f"按{basis}排序，同分依次比{chain}，仍同则并列，下一名次跳号"


def _criterion(name: str, scheme: Scheme | None) -> str:
    kind, code = named_code(name)
    if not code:
        return _CRITERIA[name]
    titles: dict[str, str] = {}
    if scheme is not None:
        titles = (
            {each.code: each.title for each in scheme.dimensions}
            if kind == "dimension"
            else {leaf.code: leaf.title for leaf in scheme.indicators()}
        )
    return f"“{code} {titles[code]}”" if code in titles else f"“{code}”"


def _recheck(recheck: Recheck) -> list[str]:
    warn, reason = percent_text(recheck.deviation_warn), percent_text(recheck.deviation_reason)
    sentences = [f"总分偏离其余专家平均超过 {warn} 提示、超过 {reason} 须书面说明，不改分"]
    if recheck.low_mark_reason is not None:
        sentences.append(f"单项低于满分的 {percent_text(recheck.low_mark_reason)} 须写理由")
    return sentences


def _decision(decision: Decision) -> list[str]:
    sentences: list[str] = []
    if decision.pass_mark is not None:
        sentences.append(f"发布分 {_limit(str(decision.pass_mark))} 为达到合格线")
    if decision.bands:
        bands = "，".join(
            f"{band.name} {_limit(str(band.threshold))}" for band in decision.bands
        )
        sentences.append(f"等次按发布分依次判定：{bands}")
    base = "到会人数" if decision.majority_of is VoteBase.PRESENT else "应到人数"
    sentences.append(
        f"表决时到会不少于应到人数的{share_in_words(decision.quorum)}为有效，"
        f"赞成不少于{base}的{share_in_words(decision.majority)}为通过"
    )
    if decision.recommend is not None:
        sentences.append(f"推荐前 {decision.recommend} 名")
    return sentences


def _panel(panel: PanelRules) -> str:
    odd = "，且为单数" if panel.odd else ""
    share = (
        f"主管部门人员不超过{share_in_words(panel.bureau_share)}"
        if panel.bureau_share
        else "没有主管部门人员"
    )
    size = f"专家组不少于 {panel.minimum} 人{odd}"
    asked = "；记录专家到场、离场时间" if panel.attendance else ""
    return f"{size}；{share}；同一单位不超过 {panel.same_employer} 人{asked}"


def second_in_words(second: SecondScoring) -> str:
    """Return what a second scoring (复评) changes, without a full stop."""
    if second.counts is StageThatCounts.SECOND:
        counts = "再次打分的以第二轮评分表计，未再打分的以第一轮评分表计"
    else:
        counts = "结果仍以第一轮评分表计，第二轮评分表只作记录"
    reasons = "；改动的分值须写理由" if second.reasons is ChangeReasons.CHANGED else ""
    return f"讨论后可第二轮打分（复评）：{counts}{reasons}"


def _limit(threshold: str) -> str:
    for relation, sign in _RELATIONS.items():
        if threshold.startswith(relation):
            return f"{sign}{threshold.removeprefix(relation)}"
    return threshold


def share_in_words(share: Fraction) -> str:
    """Return 三分之二 for 2/3; a share of larger numbers stays in figures."""
    if share == 1:
        return "全部"
    if share.denominator < len(_DIGITS):
        return f"{_DIGITS[share.denominator]}分之{_DIGITS[share.numerator]}"
    return percent_text(share)
