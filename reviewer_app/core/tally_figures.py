"""One application's result from its sheets: totals first, or indicator by indicator.

At total level the points by dimension and indicator are means of all sheets, also where the
result is trimmed or a median; at indicator level they are what the result is the sum of.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import lcm

from reviewer_app.core.errors import MarkError
from reviewer_app.core.marks import ABSTAINED, NOT_APPLICABLE, Mark, scored
from reviewer_app.core.messages import _
from reviewer_app.core.numbers import publish, round_to
from reviewer_app.core.outcomes import Figures, conclude
from reviewer_app.core.rules import AggregationLevel, Decision, ReviewRules
from reviewer_app.core.scheme_category import for_category
from reviewer_app.core.scoring import SheetTotal
from reviewer_app.core.tally_combine import Combined, Voice, combine, mean
from reviewer_app.core.tally_panel import PanelApplication, PanelSheet, asked_of
from reviewer_app.core.tally_results import ApplicationResult, Points, SheetFigure, Spread
from reviewer_app.core.tally_scorer import Scorer

_ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Hearing:
    """One application with the sheets that scored it and what combines them."""

    application: PanelApplication
    sheets: Sequence[tuple[PanelSheet, Mapping[str, Mark]]]
    rules: ReviewRules
    level: AggregationLevel
    scorer: Scorer

    def total(self, marks: Mapping[str, Mark], expert: str = "") -> SheetTotal:
        """Return what the application's scheme makes of marks; a fault names its place."""
        try:
            return self.scorer.total(marks)
        except MarkError as error:
            place = (
                _("Expert {expert}, application {application}")
                if expert
                else _("Application {application}")
            )
            place = place.format(expert=expert, application=self.application.number)
            raise MarkError(f"{place}, {error}") from None

    def codes(self) -> Iterable[str]:
        """Yield the indicator codes of the application's scheme."""
        return (leaf.code for leaf in self.application.scheme.indicators())


def sheet_figures(hearing: Hearing) -> list[SheetFigure | None]:
    """Return every sheet's total, None for a sheet in which nothing can be scored.

    Raises MarkError for a sheet with a gap: a gap is not a zero and cannot be averaged.
    """
    return [_sheet_figure(hearing, sheet, marks) for sheet, marks in hearing.sheets]


def application_result(
    hearing: Hearing, figures: Sequence[SheetFigure | None]
) -> ApplicationResult:
    """Return the application's result without its place, from its sheets' totals."""
    given = tuple(figure for figure in figures if figure is not None)
    combined = {code: _combined_mark(hearing, code) for code in hearing.codes()}
    bare = ApplicationResult(
        number=hearing.application.number,
        sheets=given,
        unscored=tuple(
            sheet.expert
            for (sheet, _marks), figure in zip(hearing.sheets, figures, strict=True)
            if figure is None
        ),
        exact=None,
        figure=None,
        published=None,
        by_dimension={each.code: None for each in hearing.application.scheme.dimensions},
        by_indicator=dict.fromkeys(combined),
        marks={code: one.value if one else None for code, one in combined.items()},
        spread=spread([each.counted for each in given if not each.partial]),
    )
    if not given:
        return bare
    if hearing.level is AggregationLevel.INDICATOR:
        return published(_of_marks(bare, hearing, combined), hearing.rules)
    return published(_of_totals(bare, hearing), hearing.rules)


def _sheet_figure(
    hearing: Hearing, sheet: PanelSheet, marks: Mapping[str, Mark]
) -> SheetFigure | None:
    """Return one sheet's total, or None where nothing in it can be scored."""
    total, rules = hearing.total(marks, sheet.expert), hearing.rules
    leaves = hearing.application.scheme.indicators() if total.missing else ()
    asked = {leaf.code for leaf in leaves if asked_of(leaf, sheet.role)}
    gaps = [code for code in total.missing if code in asked]
    if gaps:
        raise MarkError(
            _("Expert {expert} has not scored {codes} of application {application}").format(
                expert=sheet.expert,
                codes=", ".join(gaps),
                application=hearing.application.number,
            )
        )
    if total.total is None:
        return None
    digits = rules.rounding.sheet_digits
    return SheetFigure(
        expert=sheet.expert,
        total=total.total,
        counted=total.total
        if digits is None
        else round_to(total.total, digits, rules.rounding.mode),
        weight=rules.aggregation.weight_of(sheet.expert, sheet.role),
        by_dimension=total.by_dimension,
        by_indicator=total.by_indicator,
        partial=bool(total.missing),
        conclusion=total.conclusion,
        notes=total.notes,
    )


def _combined_mark(hearing: Hearing, code: str) -> Combined | None:
    """Return one indicator's mark over those who scored it, None where nobody did."""
    weight_of = hearing.rules.aggregation.weight_of
    voices = []
    for sheet, marks in hearing.sheets:
        value = marks[code].value if code in marks else None
        if value is not None:
            voices.append(Voice(sheet.expert, value, weight_of(sheet.expert, sheet.role)))
    if not voices:
        return None
    if hearing.level is AggregationLevel.INDICATOR:
        return combine(voices, hearing.rules.aggregation)
    return Combined(mean(voices))


def _stated(hearing: Hearing, values: Points) -> dict[str, Mark]:
    """Return the combined values as marks; one that nobody could score stays unscorable."""
    marks: dict[str, Mark] = {}
    for code, value in values.items():
        if value is not None:
            marks[code] = scored(value)
        elif said := [given[code] for _sheet, given in hearing.sheets if code in given]:
            marks[code] = NOT_APPLICABLE if set(said) == {NOT_APPLICABLE} else ABSTAINED
    return marks


def _of_marks(
    bare: ApplicationResult, hearing: Hearing, combined: Mapping[str, Combined | None]
) -> ApplicationResult:
    """Return the result of the combined marks, totalled once through the scheme."""
    total = hearing.total(_stated(hearing, bare.marks))
    trimmed = any(one.trimmed for one in combined.values() if one)
    return replace(
        bare,
        exact=None if total.missing else total.total,
        by_dimension=total.by_dimension,
        by_indicator=total.by_indicator,
        trimmed=trimmed,
        untrimmed=tuple(
            code for code, one in combined.items() if trimmed and one and not one.trimmed
        ),
        unheard=total.missing,
        conclusion=total.conclusion,
        notes=total.notes,
    )


def _of_totals(bare: ApplicationResult, hearing: Hearing) -> ApplicationResult:
    """Return the result of the experts' totals."""
    sheets = bare.sheets
    one = combine(
        [Voice(each.expert, each.counted, each.weight) for each in sheets],
        hearing.rules.aggregation,
    )
    dropped = dict.fromkeys(one.dropped_high, "high") | dict.fromkeys(one.dropped_low, "low")
    dimensions = _mean_points([(each.weight, each.by_dimension) for each in sheets])
    indicators = _mean_points([(each.weight, each.by_indicator) for each in sheets])
    scheme = for_category(hearing.application.scheme, hearing.application.category)
    return replace(
        bare,
        exact=one.value,
        by_dimension=dimensions,
        by_indicator=indicators,
        sheets=tuple(replace(each, dropped=dropped.get(each.expert, "")) for each in sheets),
        trimmed=one.trimmed,
        conclusion=conclude(
            scheme.outcomes, Figures(one.value, dimensions, indicators, bare.marks)
        ),
        notes=tuple(dict.fromkeys(note for each in sheets for note in each.notes)),
    )


def _mean_points(sheets: Sequence[tuple[Fraction, Points]]) -> dict[str, Fraction | None]:
    """Return the weighted mean of each heading's points over the sheets that have any."""
    means: dict[str, Fraction | None] = {}
    for code in sheets[0][1]:
        heard = ((weight, points[code]) for weight, points in sheets)
        voices = [Voice("", value, weight) for weight, value in heard if value is not None]
        means[code] = mean(voices) if voices else None
    return means


def spread(totals: Sequence[Fraction]) -> Spread | None:
    """Return how these totals lie; None where there is none."""
    below = lcm(*[total.denominator for total in totals])
    return whole_spread([t.numerator * (below // t.denominator) for t in totals], below)


def whole_spread(totals: Sequence[int], below: int) -> Spread | None:
    """Return how totals lie that are stated in units of one over ``below``."""
    if not totals:
        return None
    count, ordered = len(totals), sorted(totals)
    added, inner = sum(ordered), ordered[1:-1]
    squares = count * sum([total * total for total in ordered]) - added * added
    several = count * (count - 1) * below * below
    return Spread(
        count=count,
        mean=Fraction(added, count * below),
        median=Fraction(ordered[(count - 1) // 2] + ordered[count // 2], 2 * below),
        trimmed=Fraction(sum(inner), len(inner) * below) if inner else None,
        variance=Fraction(squares, several) if count > 1 else None,
        low=Fraction(ordered[0], below),
        high=Fraction(ordered[-1], below),
    )


def published(result: ApplicationResult, rules: ReviewRules) -> ApplicationResult:
    """Return the result with its one rounding, its band and whether it passes."""
    if result.exact is None:
        return result
    rounding = rules.rounding
    figure = round_to(result.exact, rounding.result_digits, rounding.mode)
    band, passes = standing(figure, rules.decision)
    return replace(
        result,
        figure=figure,
        published=publish(result.exact, rounding.result_digits, rounding.mode),
        band=band,
        passes=passes,
    )


def standing(figure: Fraction, decision: Decision) -> tuple[str | None, bool | None]:
    """Return the band of a published figure and whether it passes; None where none is asked."""
    band = next((each.name for each in decision.bands if each.threshold.holds(figure)), None)
    return band, decision.pass_mark.holds(figure) if decision.pass_mark else None
