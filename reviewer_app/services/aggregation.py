"""A table of marks becomes totals and places, with or without a scheme."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from reviewer_app.core.adjust import with_weights
from reviewer_app.core.errors import InputError
from reviewer_app.core.marks import MISSING, Mark, MarkState
from reviewer_app.core.messages import _
from reviewer_app.core.numbers import exact_text, publish
from reviewer_app.core.rules import ReviewRules
from reviewer_app.core.rules_data import rules_to_data
from reviewer_app.core.scheme import Dimension, Indicator, Scheme, WeightOrigin
from reviewer_app.core.scoring import total_sheet
from reviewer_app.core.tally import Panel, PanelApplication, PanelSheet, check_panel, tally
from reviewer_app.core.tally_footing import Unfit
from reviewer_app.core.tally_normalise import LEAST_APPLICATIONS
from reviewer_app.core.tally_quick import LARGE
from reviewer_app.core.tally_results import ApplicationResult, Tally
from reviewer_app.core.tally_scorer import is_plain
from reviewer_app.core.volume import volume_tally
from reviewer_app.core.volume_panel import fits_volume, volume_of
from reviewer_app.inputs.marks_table import MarksTable
from reviewer_app.services.results_document import footing_data, group_data

_ZERO, _ONE = Fraction(0), Fraction(1)


@dataclass(frozen=True, slots=True)
class Gap:
    """A sheet that lacks marks: of which expert and application, and which marks."""

    application: str
    expert: str
    indicators: tuple[str, ...]

    def sentence(self) -> str:
        """Return what is told of a sheet that was left out."""
        return _(
            "Left out: application {application}, expert {expert}, no score for {codes}"
        ).format(
            application=self.application, expert=self.expert, codes=", ".join(self.indicators)
        )

    def error(self) -> InputError:
        """Return what refuses a table with such a sheet."""
        return InputError(
            _(
                "Application {application}, expert {expert}: no score for {indicators}; "
                "complete the sheet, or leave it out with --missing exclude"
            ).format(
                application=self.application,
                expert=self.expert,
                indicators=", ".join(self.indicators),
            )
        )


@dataclass(frozen=True, slots=True)
class Line:
    """One application's result, and how many sheets it comes from."""

    result: ApplicationResult
    sheets: int


@dataclass(frozen=True, slots=True)
class Aggregate:
    """What a table of marks adds up to, by place; ``excluded`` sheets do not count."""

    rules: ReviewRules
    lines: tuple[Line, ...]
    excluded: tuple[Gap, ...] = ()
    footing: Tally | None = None
    """The tally with the factors of experts or groups, where the rules have any."""


def aggregate(
    table: MarksTable,
    rules: ReviewRules,
    scheme: Scheme,
    *,
    checked: bool = True,
    exclude_missing: bool = False,
) -> Aggregate:
    """Return the results of a table; a sheet with gaps is refused, or left out where asked.

    ``checked`` holds every mark against its scale first, which a flat scheme does not have.
    Raises InputError for the first sheet with gaps or a weight of nobody, MarkError for a mark
    outside its scale.
    """
    _refuse_strangers(table, rules)
    panel, gaps = panel_of(table, scheme)
    if gaps and not exclude_missing:
        raise gaps[0].error()
    if checked:
        check_panel(panel)
    marks = len(table.applications) * len(table.experts) * len(table.indicators)
    if marks >= LARGE and fits_volume(panel) and not rules.adjusts:
        return Aggregate(rules, _at_once(panel, rules), gaps)
    found = tally(panel, rules)
    lines = tuple(Line(each, len(each.sheets)) for each in found.ranked())
    if rules.adjusts:
        _refuse_unfit(found)
        return Aggregate(rules, lines, gaps, found)
    return Aggregate(rules, lines, gaps)


def _refuse_strangers(table: MarksTable, rules: ReviewRules) -> None:
    weights = rules.aggregation.expert_weights
    strangers = [name for name, _weight in weights if name not in table.experts]
    if strangers:
        raise InputError(
            _("The rules weigh {experts}, who scored nothing").format(
                experts=", ".join(strangers)
            )
        )


def _at_once(panel: Panel, rules: ReviewRules) -> tuple[Line, ...]:
    found = volume_tally(volume_of(panel), rules)
    return tuple(Line(found.result(row), found.sheets(row)) for row in found.order())


def _refuse_unfit(found: Tally) -> None:
    """Refuse a table whose experts or groups cannot be put on one footing.

    A round that is closed says so on its papers; a table can still be aggregated otherwise.
    """
    common, groups = found.normalisation, found.groups
    for each in () if common is None else common.experts:
        if each.unfit is Unfit.TOO_FEW:
            raise InputError(
                _(
                    "normalise: expert {expert} scored {count} applications, at least {least} "
                    "are needed"
                ).format(expert=each.expert, count=each.applications, least=LEAST_APPLICATIONS)
            )
        if each.unfit:
            raise InputError(
                _("normalise: expert {expert} gave all applications the same total").format(
                    expert=each.expert
                )
            )
    for name, why in () if groups is None else groups.unfit.items():
        sentence = (
            _("[groups] {name}: too few results for the drops")
            if why is Unfit.TOO_FEW
            else _("[groups] {name}: a mean of zero or less has no factor")
        )
        raise InputError(sentence.format(name=name))


def panel_of(table: MarksTable, scheme: Scheme) -> tuple[Panel, tuple[Gap, ...]]:
    """Return the panel of the complete sheets, and the gaps of the others.

    Raises InputError for a scheme with items that only claimed figures decide.
    """
    formulas = [leaf.code for leaf in scheme.indicators() if leaf.is_formula]
    if formulas:
        raise InputError(
            _("{codes}: computed from claimed figures, which a table of marks has not").format(
                codes=", ".join(formulas)
            )
        )
    gaps_of = _gaps_of(scheme)
    gaps: list[Gap] = []
    sheets: list[PanelSheet] = []
    for expert in table.experts:
        whole: dict[str, Mapping[str, Mark]] = {}
        for application, marks in table.marks[expert].items():
            empty = gaps_of(marks)
            if empty:
                gaps.append(Gap(application, expert, empty))
            else:
                whole[application] = marks
        sheets.append(PanelSheet(expert, whole))
    applications = tuple(PanelApplication(number, scheme) for number in table.applications)
    return Panel(applications, tuple(sheets)), tuple(gaps)


def _gaps_of(scheme: Scheme) -> Callable[[Mapping[str, Mark]], tuple[str, ...]]:
    """Return what tells a sheet's gaps; under choices only the scheme itself can tell."""
    codes = [leaf.code for leaf in scheme.indicators()]

    def simply(marks: Mapping[str, Mark]) -> tuple[str, ...]:
        return tuple(
            [code for code in codes if marks.get(code, MISSING).state is MarkState.MISSING]
        )

    def by_scheme(marks: Mapping[str, Mark]) -> tuple[str, ...]:
        return total_sheet(scheme, marks).missing

    return simply if is_plain(scheme) else by_scheme


def flat_scheme(
    table: MarksTable, weights: Mapping[str, Fraction] | None = None, *, plain_sum: bool = False
) -> Scheme:
    """Return the scheme of a table that comes without one: all indicators under one heading.

    Without weights every indicator counts 1. A total is the weighted sum divided by the sum of
    the weights, or with ``plain_sum`` that sum itself. Raises InputError where the weights
    name other indicators than the table.
    """
    chosen = dict.fromkeys(table.indicators, _ONE) if weights is None else weights
    _check_names(table, chosen)
    divisor = _ONE if plain_sum else sum(chosen.values(), start=_ZERO)
    leaves = tuple(
        Indicator(
            code, code, "", chosen[code] / divisor, minimum=_ZERO, maximum=_ONE, step=_ONE
        )
        for code in table.indicators
    )
    heading = Dimension("", "", "", leaves)
    return Scheme("", "", "", WeightOrigin.OFFICIAL, (heading,), may_exceed=True)


def weighted_scheme(scheme: Scheme, weights: Mapping[str, Fraction] | None) -> Scheme:
    """Return a scheme under other weights, scaled so that its full marks stay what they are."""
    if not weights:
        return scheme
    named = {leaf.code for leaf in scheme.indicators()}
    _refuse_unless_equal(named, set(weights))
    factor = scheme.full_marks / sum(weights.values(), start=_ZERO)
    return with_weights(scheme, {code: weight * factor for code, weight in weights.items()})


def _check_names(table: MarksTable, weights: Mapping[str, Fraction]) -> None:
    _refuse_unless_equal(set(table.indicators), set(weights))


def _refuse_unless_equal(scored: set[str], weighted: set[str]) -> None:
    for names, sentence in (
        (scored - weighted, _("there is no weight for {indicators}")),
        (weighted - scored, _("there are weights for {indicators}, which nobody scored")),
    ):
        if names:
            raise InputError(sentence.format(indicators=", ".join(sorted(names))))


def aggregate_data(result: Aggregate) -> dict[str, object]:
    """Return the JSON document of the command, by place; figures are decimal strings."""
    return {
        "applications": [_line_data(line, result.rules) for line in result.lines],
        "rules": rules_to_data(result.rules),
        **({} if result.footing is None else footing_data(result.footing)),
        "excluded": [
            {
                "application": gap.application,
                "expert": gap.expert,
                "missing": list(gap.indicators),
            }
            for gap in result.excluded
        ],
    }


def _line_data(line: Line, rules: ReviewRules) -> dict[str, object]:
    result, lie = line.result, line.result.spread
    digits, mode = rules.rounding.result_digits, rules.rounding.mode

    def text(value: Fraction | None) -> str | None:
        return None if value is None else publish(value, digits, mode)

    return {
        "application": result.number,
        **group_data(result),
        "sheets": line.sheets,
        "total": result.published,
        "exact": None if result.exact is None else exact_text(result.exact),
        "rank": result.rank,
        "tie_break": result.tie_break,
        "trimmed": result.trimmed,
        "band": result.band,
        "passes": result.passes,
        "mean": text(lie.mean) if lie else None,
        "median": text(lie.median) if lie else None,
        "by_indicator": {code: text(value) for code, value in result.marks.items()},
    }
