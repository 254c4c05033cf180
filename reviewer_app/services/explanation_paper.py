"""The slip that asks an expert to explain a total far from the others', as facts for paper."""

from collections.abc import Iterator
from datetime import datetime
from fractions import Fraction

from reviewer_app.core.numbers import Rounding, plain_text, publish
from reviewer_app.core.people import RoundPeople
from reviewer_app.core.recheck import Flag, FlagKind, deviation
from reviewer_app.core.round import ExpertNumber
from reviewer_app.core.rules_values import percent_text
from reviewer_app.papers.explanation import ApartMark, ExplanationFacts
from reviewer_app.services import printed
from reviewer_app.services.result_papers import results_code
from reviewer_app.services.results import Results, application_of

DEVIATIONS = (FlagKind.DEVIATION_REASON, FlagKind.DEVIATION_WARN)


def explanation_facts(
    results: Results, flag: Flag, people: RoundPeople, now: datetime
) -> ExplanationFacts:
    """Return the slip for one deviation; of the other experts it tells only their mean."""
    document = results.seating.round.document
    application = application_of(results.seating, flag.application)
    expert = results.seating.expert(ExpertNumber(flag.expert))
    return ExplanationFacts(
        round_title=document.title,
        organiser=document.organiser,
        application=f"{application.number}　{application.name}",
        expert=f"专家{flag.expert}　{expert.name}",
        receipt=results.seating.counted[ExpertNumber(flag.expert)].receipt,
        found=_found(results, flag),
        marks=tuple(_marks(results, flag)),
        round_fingerprint=results.seating.round.fingerprint,
        results_code=results_code(results),
        printed_at=printed.moment(now),
        signers=(
            ("专家签名：", expert.name),
            ("秘书：", people.secretary),
            ("监督员：", people.supervisor),
        ),
    )


def _found(results: Results, flag: Flag) -> str:
    result, rules = results.tally.of(flag.application), results.tally.rules
    own = next(each.counted for each in result.sheets if each.expert == flag.expert)
    others = [
        each.counted
        for each in result.sheets
        if each.expert != flag.expert and not each.partial
    ]
    digits, mode = rules.rounding.result_digits, rules.rounding.mode
    mean = publish(Fraction(sum(others), len(others)), digits, mode)
    limit = percent_text(flag.limit) if flag.limit is not None else ""
    needed = "超过须说明线" if flag.kind is FlagKind.DEVIATION_REASON else "超过提示线"
    return (
        f"总分 {publish(own, digits, mode)}，其余 {len(others)} 位专家平均 {mean}，"
        f"偏离 {_share(flag.figure)}，{needed} {limit}"
    )


def _marks(results: Results, flag: Flag) -> Iterator[ApartMark]:
    """Yield the indicators on which this expert is as far from the others."""
    rules, panel = results.tally.rules, results.panel
    scheme = next(a for a in panel.applications if a.number == flag.application).scheme
    sheets = [
        (sheet.expert, dict(marks)) for sheet, marks in panel.sheets_for(flag.application)
    ]
    for leaf in scheme.indicators():
        given = {expert: marks.get(leaf.code) for expert, marks in sheets}
        values = {e: m.value for e, m in given.items() if m is not None and m.value is not None}
        own = values.pop(flag.expert, None)
        share = None if own is None else deviation(own, list(values.values()))
        if own is None or share is None or abs(share) <= rules.recheck.deviation_warn:
            continue
        mean = publish(Fraction(sum(values.values()), len(values)), 1, rules.rounding.mode)
        title = f"{leaf.code} {leaf.title}"
        yield ApartMark(title, plain_text(own), mean, _share(share))


def _share(share: Fraction | None) -> str:
    if share is None:
        return "—"
    sign = "−" if share < 0 else "+"
    return f"{sign}{publish(abs(share) * 100, 1, Rounding.HALF_UP)}%"
