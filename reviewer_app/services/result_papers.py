"""Summary table, minutes and opinions as facts for paper, all from one set of results."""

import hashlib
from collections.abc import Iterator
from datetime import datetime
from fractions import Fraction

from resources import archive_resource
from reviewer_app.core.numbers import plain_text, publish
from reviewer_app.core.recusal import split_grounds
from reviewer_app.core.round import RoundKind
from reviewer_app.core.rules import AggregationLevel, Method
from reviewer_app.core.tally_results import ApplicationResult
from reviewer_app.core.votes import VoteCount
from reviewer_app.papers.minutes import (
    Attendance,
    MinutesFacts,
    MinutesProof,
    MinutesReceipt,
    MinutesResult,
)
from reviewer_app.papers.opinion import Ballot, OpinionFacts
from reviewer_app.papers.summary import SummaryExpert, SummaryFacts, SummaryRow
from reviewer_app.services import printed
from reviewer_app.services.records import OpinionRecord
from reviewer_app.services.results import Results, application_of
from reviewer_app.sheets.keys import fingerprint

SUBJECTS = {
    RoundKind.PLAN: "建设方案",
    RoundKind.ANNUAL: "评价对象",
    RoundKind.ACCEPTANCE: "验收对象",
    RoundKind.RECOGNITION: "申报方案",
    RoundKind.TRIENNIAL: "考核对象",
}
_METHODS = {Method.MEAN: "平均分", Method.TRIMMED: "去高低平均分", Method.MEDIAN: "中位数"}


def results_code(results: Results) -> str:
    """Return the first sixteen digits of the results digest in fours, as printed."""
    head = results.digest[:16].upper()
    return " ".join(head[start : start + 4] for start in range(0, 16, 4))


def summary_facts(results: Results, now: datetime) -> SummaryFacts:
    """Return everything the summary table says."""
    seating, document = results.seating, results.seating.round.document
    revisions = sum(len(each) for each in seating.received.values())
    return SummaryFacts(
        round_title=document.title,
        organiser=document.organiser,
        date=printed.day(document.date),
        experts=tuple(SummaryExpert(e, seating.expert(e).name) for e in seating.counted),
        rows=tuple(_summary_row(results, each) for each in results.tally.ranked()),
        rules=tuple(results.rule_sentences),
        round_fingerprint=seating.round.fingerprint,
        results_code=results_code(results),
        printed_at=printed.moment(now),
        recommended=recommended_count(results),
        result_label=result_label(results),
        sheets=f"评分表 {len(seating.counted)} 份（共收 {revisions} 版）",
        dissents=tuple(_reservations(results)),
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


def _summary_row(results: Results, result: ApplicationResult) -> SummaryRow:
    application = application_of(results.seating, result.number)
    return SummaryRow(
        rank="—" if result.rank is None else str(result.rank),
        number=result.number,
        name=application.short_name or application.name,
        unit=application.unit,
        totals=tuple(_expert_total(results, result, e) for e in results.seating.counted),
        result=result.published or "—",
        note="；".join(_row_notes(result)),
    )


def _expert_total(results: Results, result: ApplicationResult, expert: str) -> str:
    figure = result.sheet(expert)
    if figure is None:
        sheet = next(s for e, s in results.seating.counted.items() if e == expert)
        return "回避" if result.number in sheet.content.recusals else "—"
    rounding = results.tally.rules.rounding
    text = publish(figure.counted, rounding.result_digits, rounding.mode)
    return f"({text})" if figure.dropped else text


def _row_notes(result: ApplicationResult) -> Iterator[str]:
    if result.band:
        yield result.band
    if result.conclusion:
        yield result.conclusion
    if result.tie_break == "shared":
        yield "并列"


def _reservations(results: Results) -> Iterator[str]:
    for result in results.tally.applications:
        for expert, text in result.vote.reservations if result.vote else ():
            yield f"专家{expert} 对 {result.number}：{text}"


def minutes_facts(results: Results, overrides: tuple[str, ...]) -> MinutesFacts:
    """Return everything the minutes say; they recommend, the organiser decides."""
    seating, document = results.seating, results.seating.round.document
    return MinutesFacts(
        title=document.title,
        serial="",
        organiser=document.organiser,
        date=printed.day(document.date),
        place=document.place,
        kind=document.kind.value,
        subject=SUBJECTS[document.kind],
        attendance=Attendance(
            host=document.organiser,
            leader="",
            supervisor="",
            experts=tuple(printed.person(seating.expert(e)) for e in seating.counted),
            excused=tuple(_excused(results)),
        ),
        results=tuple(_minutes_result(results, each) for each in results.tally.ranked()),
        receipts=tuple(_receipts(results)),
        proof=MinutesProof(
            results_digest=results.digest,
            verify_digest=hashlib.sha256(
                archive_resource("verify.py").read_bytes()
            ).hexdigest(),
            bureau_fingerprint=fingerprint(document.bureau_key),
            round_fingerprint=seating.round.fingerprint,
            log_head=results.closing.log_head,
        ),
        rules=tuple(f"{sentence.rstrip('。')}。" for sentence in results.rule_sentences),
        recusals=tuple(_recusals(results)),
        overrides=overrides,
        result_notes=tuple(footnotes(results)),
        corrections=tuple(_corrections(results)),
        dissents=tuple(_reservations(results)),
        late=tuple(_late(results)),
        recommended=recommended_count(results),
        result_label=result_label(results),
    )


def _excused(results: Results) -> Iterator[str]:
    seating = results.seating
    for seat in seating.seats:
        if seat.expert not in seating.counted:
            reason = seat.withdrawn or results.closing.reason
            name = printed.person(seating.expert(seat.expert))
            yield f"{name}（{reason}）" if reason else name


def _minutes_result(results: Results, result: ApplicationResult) -> MinutesResult:
    application = application_of(results.seating, result.number)
    return MinutesResult(
        rank="—" if result.rank is None else str(result.rank),
        number=result.number,
        name=application.name,
        unit=application.unit,
        result=result.published or "—",
        vote=_vote_text(result.vote),
        conclusion="；".join(_conclusion(results, result)),
    )


def _vote_text(vote: VoteCount | None) -> str:
    if vote is None:
        return ""
    return f"同意{vote.approve}票、不同意{vote.reject}票、弃权{vote.abstain}票"


def _conclusion(results: Results, result: ApplicationResult) -> Iterator[str]:
    kind = results.seating.round.document.kind.value
    if result.vote is not None:
        yield f"建议通过{kind}" if result.vote.passed else f"不建议通过{kind}"
    yield from _row_notes(result)


def _receipts(results: Results) -> Iterator[MinutesReceipt]:
    for expert, sheet in results.seating.counted.items():
        yield MinutesReceipt(
            expert=expert,
            name=results.seating.expert(expert).name,
            revision=f"第{sheet.content.revision}版",
            receipt=sheet.receipt,
            key_fingerprint=fingerprint(sheet.public_key),
        )


def _recusals(results: Results) -> Iterator[str]:
    seating = results.seating
    for expert, sheet in seating.counted.items():
        for number, recusal in sheet.content.recusals.items():
            grounds = "；".join(each.chinese for each in split_grounds(recusal.ground))
            yield f"专家{expert} {seating.expert(expert).name} 回避 {number}：{grounds}。"
    every = set(seating.round.document.applications)
    for expert in seating.counted:
        known = sorted(every - set(seating.assigned(expert)))
        if known:
            name = seating.expert(expert).name
            yield f"专家{expert} {name} 未分配 {'、'.join(known)}（发包前已知回避或分工）。"


def _corrections(results: Results) -> Iterator[str]:
    for expert, received in results.seating.received.items():
        for each in received:
            if each.sheet.content.revision > 1:
                yield (
                    f"专家{expert} 第{each.sheet.content.revision}版（回执码 "
                    f"{each.sheet.receipt}）：{each.sheet.content.reason}。"
                )


def _late(results: Results) -> Iterator[str]:
    for record in results.seating.records:
        if record.late_reason:
            who = f"专家{record.expert} 第{record.revision}版"
            yield f"{who}，{printed.moment(record.received)} 收到：{record.late_reason}。"


def opinion_facts(results: Results, opinion: OpinionRecord) -> OpinionFacts:
    """Return everything one application's opinion says; 一致同意 only where it is computed."""
    seating, document = results.seating, results.seating.round.document
    application = application_of(seating, opinion.application)
    result = results.tally.of(opinion.application)
    vote = result.vote
    rounding = results.tally.rules.rounding
    return OpinionFacts(
        name=application.name,
        subject=SUBJECTS[document.kind],
        kind=document.kind.value,
        organiser=document.organiser,
        place=document.place,
        date=printed.day(document.date),
        unit=application.unit,
        leader="",
        members=tuple(printed.person(seating.expert(e)) for e in seating.counted),
        overall=opinion.overall,
        problems=opinion.problems,
        advice=opinion.advice,
        result=result.published or "—",
        rules=f"满分{plain_text(document.scheme.full_marks)}分；{result_label(results)}；"
        f"保留{rounding.result_digits}位小数",
        results_code=results_code(results),
        result_label=result_label(results),
        ballot=Ballot(vote.approve, vote.reject, vote.abstain, vote.passed, vote.unanimous)
        if vote
        else None,
        dissents=tuple((f"专家{e}", text) for e, text in vote.reservations) if vote else (),
    )
