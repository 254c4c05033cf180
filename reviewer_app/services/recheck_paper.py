"""The re-check report (复核报告) as facts: each check with what its finding rests on."""

from collections.abc import Iterator
from datetime import datetime
from fractions import Fraction

from reviewer_app.core.numbers import plain_text, publish
from reviewer_app.core.recheck import Flag, FlagKind
from reviewer_app.core.round import ApplicationNumber, ExpertNumber
from reviewer_app.papers.recheck_report import RecheckFacts, RecheckFinding, RecheckPart
from reviewer_app.services import printed
from reviewer_app.services.closed_round import ClosedRound, Superseded
from reviewer_app.services.result_papers import results_code

_BLANK = "专家说明："
"""To be filled in by hand where nothing is recorded."""


def recheck_facts(closed: ClosedRound, now: datetime) -> RecheckFacts:
    """Return everything the report says: the four checks, and reasons for low marks."""
    document = closed.seating.round.document
    return RecheckFacts(
        round_title=document.title,
        organiser=document.organiser,
        date=printed.day(document.date),
        results_code=results_code(closed.results),
        round_fingerprint=closed.seating.round.fingerprint,
        parts=tuple(_parts(closed)),
        printed_at=printed.moment(now),
        signers=closed.signers("复核", "组长", "监督员"),
    )


def _parts(closed: ClosedRound) -> Iterator[RecheckPart]:
    results = closed.results
    totals = sum(len(each.sheets) for each in results.tally.applications)
    marks = sum(len(given) for sheet in results.panel.sheets for given in sheet.marks.values())
    objective = [
        leaf.code
        for leaf in closed.seating.round.document.scheme.indicators()
        if leaf.objective
    ]
    limits = results.tally.rules.recheck
    yield RecheckPart(
        "分值汇总计算错误",
        f"由签名评分表的分值、权重和规则重新计算全部个人总分 {totals} 个；"
        "总分均由程序计算，没有人工填写的总分。",
        tuple(_findings(closed, FlagKind.SUM)),
    )
    yield RecheckPart(
        "分项评分超出评分标准范围",
        f"逐一核对分值 {marks} 个是否在指标的范围和步长之内。",
        tuple(_findings(closed, FlagKind.OUT_OF_RANGE)),
    )
    yield RecheckPart(
        "客观评审因素评分不一致",
        f"客观指标 {len(objective)} 项（{'、'.join(objective)}），逐对象比较各专家的评分。"
        if objective
        else "本场指标体系没有客观指标。",
        tuple(_findings(closed, FlagKind.OBJECTIVE)),
        nothing="未发现。" if objective else "",
    )
    yield RecheckPart(
        "评分畸高畸低",
        f"每位专家的总分与其余专家平均比较，偏离超过 {_share(limits.deviation_warn)} 提示，"
        f"超过 {_share(limits.deviation_reason)} 须说明。",
        tuple(_findings(closed, FlagKind.DEVIATION_REASON, FlagKind.DEVIATION_WARN)),
    )
    if limits.low_mark_reason is not None:
        yield _low_marks(closed, limits.low_mark_reason)


def _low_marks(closed: ClosedRound, share: Fraction) -> RecheckPart:
    """Return what is said of low marks; those with a written reason are only counted."""
    low = [flag for flag in closed.results.flags if flag.kind is FlagKind.LOW_MARK]
    missing = [flag for flag in low if not _reason(closed, flag)]
    return RecheckPart(
        "低分理由（本场规则）",
        f"低于满分 {_share(share)} 的分值 {len(low)} 个，"
        f"已写理由 {len(low) - len(missing)} 个；没有理由的 ",
        tuple(_finding(closed, flag) for flag in missing),
        nothing="0 个。",
    )


def _findings(closed: ClosedRound, *kinds: FlagKind) -> Iterator[RecheckFinding]:
    for flag in closed.results.flags:
        if flag.kind in kinds:
            yield _finding(closed, flag)


def _finding(closed: ClosedRound, flag: Flag) -> RecheckFinding:
    return RecheckFinding(
        flag.application,
        flag.expert,
        _about(closed, flag),
        _figures(closed, flag),
        _outcome(closed, flag),
    )


def _about(closed: ClosedRound, flag: Flag) -> str:
    if flag.indicator:
        return closed.titled(flag.indicator)
    required = flag.kind is FlagKind.DEVIATION_REASON
    return "总分偏离，须说明" if required else "总分偏离，提示"


def _figures(closed: ClosedRound, flag: Flag) -> str:
    match flag.kind:
        case FlagKind.OBJECTIVE:
            return "，".join(
                f"专家{expert} {printed.mark(mark)}" for expert, mark in flag.marks
            )
        case FlagKind.DEVIATION_REASON | FlagKind.DEVIATION_WARN:
            return _deviation(closed, flag)
        case FlagKind.SUM:
            return f"所记 {_plain(flag.figure)}，重算 {_plain(flag.limit)}"
        case FlagKind.OUT_OF_RANGE:
            return f"评分 {_plain(flag.figure)}，上限 {_plain(flag.limit)}"
        case FlagKind.LOW_MARK:
            return f"评分 {_plain(flag.figure)}，界限 {_plain(flag.limit)}"


def _deviation(closed: ClosedRound, flag: Flag) -> str:
    sheets = closed.results.tally.of(flag.application).sheets
    own = next(each.counted for each in sheets if each.expert == flag.expert)
    others = [
        each.counted for each in sheets if each.expert != flag.expert and not each.partial
    ]
    rounding = closed.results.tally.rules.rounding
    total, mean = (
        publish(figure, rounding.result_digits, rounding.mode)
        for figure in (own, sum(others, start=Fraction(0)) / len(others))
    )
    share = printed.percent(flag.figure or Fraction(0))
    limit = _share(flag.limit or Fraction(0))
    return f"总分 {total}，其余 {len(others)} 人平均 {mean}，偏离 {share}（界限 {limit}）"


def _outcome(closed: ClosedRound, flag: Flag) -> str:
    """Return what came of a finding so far; a line to fill in where nothing did."""
    kept = closed.kept(flag.expert, flag.application)
    if kept:
        return f"{_BLANK}{kept}"
    numbers = [
        str(pair.number)
        for pair in closed.superseded
        if pair.expert == flag.expert and _touches(pair, flag)
    ]
    if numbers:
        return f"此前已更正，见更正单{'、'.join(numbers)}"
    return _BLANK if flag.kind is FlagKind.DEVIATION_REASON else "提示"


def _touches(pair: Superseded, flag: Flag) -> bool:
    """Tell whether a correction changed marks of the application that is flagged."""
    number = ApplicationNumber(flag.application)
    old, new = (each.sheet.content.marks.get(number) for each in (pair.old, pair.new))
    return old != new


def _reason(closed: ClosedRound, flag: Flag) -> str:
    sheet = closed.seating.counted[ExpertNumber(flag.expert)]
    remarks = (sheet.comments or {}).get(ApplicationNumber(flag.application), {})
    remark = remarks.get(flag.indicator)
    return remark.reason if remark else ""


def _plain(value: Fraction | None) -> str:
    return "—" if value is None else plain_text(value)


def _share(value: Fraction) -> str:
    return f"{plain_text(value * 100)}%"
