"""The summary workbook as facts: totals, marks and the rule that combines them."""

from fractions import Fraction

from reviewer_app.core.round import ExpertNumber
from reviewer_app.core.rules import AggregationLevel, ReviewRules
from reviewer_app.core.scheme import Dimension, Indicator, Pick, Role, Scheme
from reviewer_app.core.scheme_category import for_category
from reviewer_app.core.tally import PanelApplication, PanelSheet
from reviewer_app.core.tally_results import ApplicationResult
from reviewer_app.papers.formulas import Combining, CombiningRule, RoundingMode
from reviewer_app.papers.workbook import (
    WorkbookExpert,
    WorkbookFacts,
    WorkbookIndicator,
    WorkbookRow,
)
from reviewer_app.services import printed
from reviewer_app.services.result_papers import (
    footnotes,
    recommended_count,
    result_label,
    results_code,
)
from reviewer_app.services.results import Results, application_of


def workbook_facts(results: Results) -> WorkbookFacts:
    """Return everything the summary workbook holds, every application with its marks."""
    document, rules = results.seating.round.document, results.tally.rules
    return WorkbookFacts(
        round_title=document.title,
        organiser=document.organiser,
        date=printed.day(document.date),
        experts=tuple(
            WorkbookExpert(
                number,
                results.seating.expert(number).name,
                rules.aggregation.weight_of(number, sheet.role),
            )
            for number, sheet in zip(results.seating.counted, results.panel.sheets, strict=True)
        ),
        rows=tuple(_row(results, each) for each in results.tally.ranked()),
        rule=_rule(rules),
        rules=tuple(results.rule_sentences),
        results_code=results_code(results),
        round_fingerprint=results.seating.round.fingerprint,
        full_marks=document.scheme.full_marks,
        sheet_digits=rules.rounding.sheet_digits,
        by_indicator=results.tally.level is AggregationLevel.INDICATOR,
        simple=is_simple(document.scheme) and results.tally.normalisation is None,
        by_group=results.tally.groups is not None,
        recommended=recommended_count(results),
        result_label=result_label(results),
        footnotes=tuple(footnotes(results)),
    )


def is_simple(scheme: Scheme) -> bool:
    """Tell whether the scheme only weighs marks: then formulas can say what it does."""
    return all(_is_plain(dimension) for dimension in scheme.dimensions)


def _is_plain(dimension: Dimension) -> bool:
    capped = (dimension.at_most, dimension.at_least, dimension.weight) != (None, None, None)
    return (
        not capped
        and dimension.pick is Pick.ALL
        and all(
            isinstance(child, Indicator)
            and child.role is Role.SCORE
            and not child.is_formula
            and not child.specialisms
            for child in dimension.children
        )
    )


def _rule(rules: ReviewRules) -> CombiningRule:
    aggregation, rounding = rules.aggregation, rules.rounding
    return CombiningRule(
        method=Combining(aggregation.method.value),
        drop_high=aggregation.drop_high,
        drop_low=aggregation.drop_low,
        minimum_sheets=aggregation.minimum_sheets,
        mode=RoundingMode(rounding.mode.value),
        digits=rounding.result_digits,
    )


def _row(results: Results, result: ApplicationResult) -> WorkbookRow:
    application = application_of(results.seating, result.number)
    place = next(a for a in results.panel.applications if a.number == result.number)
    return WorkbookRow(
        rank="—" if result.rank is None else str(result.rank),
        number=result.number,
        name=application.name,
        unit=application.unit,
        totals=tuple(_total(results, result, expert) for expert in results.seating.counted),
        exact=result.exact,
        published=result.published or "—",
        note=result.band or "",
        indicators=tuple(_indicators(place, results.panel.sheets)),
    )


def _total(results: Results, result: ApplicationResult, expert: ExpertNumber) -> Fraction | str:
    figure = result.sheet(expert)
    if figure is not None:
        return figure.counted
    recused = result.number in results.seating.stepped_back[expert]
    return "回避" if recused else "—"


def _indicators(
    application: PanelApplication, sheets: tuple[PanelSheet, ...]
) -> list[WorkbookIndicator]:
    return [
        WorkbookIndicator(
            dimension.title,
            leaf.code,
            leaf.title,
            leaf.weight,
            leaf.maximum,
            tuple(_cell(sheet, application.number, leaf.code) for sheet in sheets),
        )
        for dimension in for_category(application.scheme, application.category).dimensions
        for leaf in dimension.indicators()
    ]


def _cell(sheet: PanelSheet, application: str, code: str) -> Fraction | str:
    marks = sheet.marks.get(application)
    if marks is None:
        return "—"
    mark = marks.get(code)
    if mark is None:
        return "—"
    return printed.WORDS[mark.state] if mark.value is None else mark.value
