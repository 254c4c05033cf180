"""The summary table as facts for paper, and what every paper says of results alike."""

from collections.abc import Iterator
from datetime import datetime
from fractions import Fraction

from reviewer_app.core.numbers import publish
from reviewer_app.core.recheck import FlagKind
from reviewer_app.core.round import ApplicationNumber, ExpertNumber, RoundKind
from reviewer_app.core.rules import AggregationLevel, Method
from reviewer_app.core.tally_results import ApplicationResult
from reviewer_app.core.votes import VoteCount
from reviewer_app.papers.summary import SummaryExpert, SummaryFacts, SummaryRow
from reviewer_app.services import printed
from reviewer_app.services.closed_round import ClosedRound
from reviewer_app.services.results import Results, application_of

SUBJECTS = {
    RoundKind.PLAN: "建设方案",
    RoundKind.ANNUAL: "评价对象",
    RoundKind.ACCEPTANCE: "验收对象",
    RoundKind.RECOGNITION: "申报方案",
    RoundKind.TRIENNIAL: "考核对象",
}
_METHODS = {Method.MEAN: "平均分", Method.TRIMMED: "去高低平均分", Method.MEDIAN: "中位数"}
_EXPERTS_BESIDE_FULL_NAMES = 9


def results_code(results: Results) -> str:
    """Return the first sixteen digits of the results digest in fours, as printed."""
    head = results.digest[:16].upper()
    return " ".join(head[start : start + 4] for start in range(0, 16, 4))


def summary_facts(closed: ClosedRound, now: datetime) -> SummaryFacts:
    """Return everything the summary table says."""
    results, seating = closed.results, closed.seating
    document = seating.round.document
    revisions = sum(len(each) for each in seating.received.values())
    return SummaryFacts(
        round_title=document.title,
        organiser=document.organiser,
        date=printed.day(document.date),
        experts=tuple(SummaryExpert(e, seating.expert(e).name) for e in seating.counted),
        rows=tuple(_summary_row(closed, each) for each in results.tally.ranked()),
        rules=tuple(results.rule_sentences),
        round_fingerprint=seating.round.fingerprint,
        results_code=results_code(results),
        printed_at=printed.moment(now),
        signers=closed.signers("组长", "监督员", "复核"),
        recommended=recommended_count(results),
        result_label=result_label(results),
        sheets=f"评分表 {len(seating.counted)} 份（共收 {revisions} 版）",
        dissents=tuple(reservations(results)),
        footnotes=tuple(footnotes(results)),
    )


def recommended_count(results: Results) -> int:
    """Return how many applications stand above the cut line; 0 where there is none."""
    return sum(each.recommended is True for each in results.tally.applications)


def result_label(results: Results) -> str:
    """Return what the result column is called under the round's rules."""
    return _METHODS[results.tally.rules.aggregation.method]


def footnotes(results: Results) -> Iterator[str]:
    """Yield what the reader of a result table must know besides the rules."""
    tally = results.tally
    if tally.rules.aggregation.method is Method.TRIMMED and not all(
        each.trimmed for each in tally.applications if each.exact is not None
    ):
        yield (
            f"有效评分表少于 {tally.rules.aggregation.minimum_sheets} 份的对象不去高低，"
            "按全部评分平均。"
        )
    if tally.cut_is_shared():
        yield "推荐线处名次并列，并列者均在线上。"
    if tally.level is AggregationLevel.INDICATOR:
        yield "按指标分别合成后加权求和；各专家总分仅供对照。"
    yield from cut_gap(results)


def cut_gap(results: Results) -> Iterator[str]:
    """Yield the sentence on how far apart the two results at the cut line are."""
    ranked = [each for each in results.tally.ranked() if each.figure is not None]
    above = [each for each in ranked if each.recommended]
    below = [each for each in ranked if each.recommended is False]
    if not above or not below:
        return
    gap = _figure(above[-1]) - _figure(below[0])
    digits, mode = results.tally.rules.rounding.result_digits, results.tally.rules.rounding.mode
    yield (
        f"推荐线：前 {len(above)} 名；{above[-1].number} 与 {below[0].number} "
        f"相差 {publish(gap, digits, mode)} 分。"
    )


def _figure(result: ApplicationResult) -> Fraction:
    return result.figure if result.figure is not None else Fraction(0)


def _summary_row(closed: ClosedRound, result: ApplicationResult) -> SummaryRow:
    results = closed.results
    application = application_of(results.seating, result.number)
    roomy = len(results.seating.counted) <= _EXPERTS_BESIDE_FULL_NAMES
    return SummaryRow(
        rank="—" if result.rank is None else str(result.rank),
        number=result.number,
        name=application.name if roomy else application.short_name or application.name,
        unit=application.unit,
        totals=tuple(_expert_total(closed, result, e) for e in results.seating.counted),
        result=result.published or "—",
        note="；".join((*row_notes(result), *_happenings(closed, result.number))),
    )


def _happenings(closed: ClosedRound, number: str) -> Iterator[str]:
    """Yield what happened to an application: recusals, corrections, totals far off."""
    for expert in closed.seating.counted:
        if number in closed.recused(expert):
            yield f"专家{expert} 回避"
    for flag in closed.results.flags:
        if flag.application == number and flag.kind is FlagKind.DEVIATION_REASON:
            said = "，已说明" if closed.kept(flag.expert, number) else ""
            yield f"专家{flag.expert} 偏离 {printed.percent(flag.figure or Fraction(0))}{said}"
    for pair in closed.superseded:
        old, new = (each.sheet.content.marks for each in (pair.old, pair.new))
        if old.get(ApplicationNumber(number)) != new.get(ApplicationNumber(number)):
            yield f"更正单{pair.number}"


def _expert_total(closed: ClosedRound, result: ApplicationResult, expert: ExpertNumber) -> str:
    figure = result.sheet(expert)
    if figure is None:
        return "回避" if result.number in closed.recused(expert) else "—"
    rounding = closed.results.tally.rules.rounding
    text = publish(figure.counted, rounding.result_digits, rounding.mode)
    return f"({text})" if figure.dropped else text


def row_notes(result: ApplicationResult) -> Iterator[str]:
    """Yield band, conclusion of the scheme, and whether the place is shared."""
    if result.band:
        yield result.band
    if result.conclusion:
        yield result.conclusion
    if result.tie_break == "shared":
        yield "并列"


def reservations(results: Results) -> Iterator[str]:
    """Yield what single experts hold against an application, as handed in with their votes."""
    for result in results.tally.applications:
        for expert, text in result.vote.reservations if result.vote else ():
            yield f"专家{expert}对{result.number}号对象：{text.rstrip('。')}。"


def vote_text(vote: VoteCount | None) -> str:
    """Return how many voted what, empty where nobody voted."""
    if vote is None:
        return ""
    return f"同意{vote.approve}票、不同意{vote.reject}票、弃权{vote.abstain}票"
