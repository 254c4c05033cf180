"""Millions of marks, exactly: whole numbers over a common denominator, a column at a time.

The results are those of ``tally``, figure by figure. Applications whose every sheet is complete
are combined together; any other, with a mark not applicable or abstained, goes through the same
arithmetic as a small panel. Numbers stay in 64 bits while no sum can leave them, else they
are Python integers, which have no limit.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np

from reviewer_app.core.marks import MarkState
from reviewer_app.core.numbers import units_text
from reviewer_app.core.rules import AggregationLevel, ReviewRules
from reviewer_app.core.tally import check_ties, tally
from reviewer_app.core.tally_combine import exact_sum
from reviewer_app.core.tally_figures import standing, whole_spread
from reviewer_app.core.tally_late import LatePoints, Once
from reviewer_app.core.tally_panel import Panel, PanelApplication
from reviewer_app.core.tally_results import ApplicationResult, Points, SheetFigure
from reviewer_app.core.volume_blocks import rounded, trims
from reviewer_app.core.volume_panel import Counts, VolumePanel
from reviewer_app.core.volume_places import Ties, places
from reviewer_app.core.volume_sums import Column, Sums, combined, prepare, weighted_counts


@dataclass(frozen=True)
class VolumeTally:
    """The result of a large panel; an application is asked for by its position.

    ``units`` are the published figures in units of their last decimal place, ``ranks`` the
    places, 0 where there is none.
    """

    ties: Ties
    units: Counts
    ranks: Counts
    tie_breaks: tuple[str, ...]

    @property
    def sums(self) -> Sums:
        """Return the totals the result comes from."""
        return self.ties.sums

    @property
    def irregular(self) -> Mapping[int, ApplicationResult]:
        """Return the applications that went through the small path, by position."""
        return self.ties.irregular

    @property
    def numbers(self) -> tuple[str, ...]:
        """Return the applications in the panel's order."""
        return self.sums.panel.applications

    def sheets(self, row: int) -> int:
        """Return how many sheets have a total for the application."""
        if row in self.irregular:
            return len(self.irregular[row].sheets)
        return int(self.sums.panel.present[row].sum())

    def result(self, row: int, sheets: Sequence[SheetFigure] = ()) -> ApplicationResult:
        """Return everything about one application; its single sheets are those given."""
        rules, rank = self.sums.rules, int(self.ranks[row]) or None
        wanted = rules.decision.recommend
        recommended = None if wanted is None else rank is not None and rank <= wanted
        place: dict[str, Any] = {
            "rank": rank,
            "tie_break": self.tie_breaks[row],
            "recommended": recommended,
        }
        if row in self.irregular:
            return replace(self.irregular[row], sheets=sheets, **place)
        return _regular(self, row, sheets, place)

    def order(self) -> list[int]:
        """Return the positions by place; those without a result stand last."""
        ranks = self.ranks.tolist()
        return sorted(range(len(ranks)), key=lambda row: (not ranks[row], ranks[row]))

    def above_line(self) -> tuple[str, ...]:
        """Return the applications above the cut line, by place."""
        wanted = self.sums.rules.decision.recommend or 0
        ranks = self.ranks.tolist()
        return tuple(self.numbers[row] for row in self.order() if 0 < ranks[row] <= wanted)


def volume_tally(panel: VolumePanel, rules: ReviewRules) -> VolumeTally:
    """Return the result of a large panel under the rules, as ``tally`` would give it.

    Raises MarkError for a sheet with missing marks, RulesError for an impossible tie chain.
    """
    check_ties(Panel((PanelApplication("", panel.scheme),)), rules)
    sums = prepare(panel, rules)
    rows = np.flatnonzero(~sums.regular).tolist()
    small = tally(panel.part(rows), rules).applications if rows else ()
    return placed(sums, dict(zip(rows, small, strict=True)), {})


def placed(
    sums: Sums, irregular: Mapping[int, ApplicationResult], approvals: Mapping[int, int]
) -> VolumeTally:
    """Return the result once the irregular applications' and the votes are known."""
    ties = Ties(sums, results_of(sums), irregular, approvals)
    units = _units(ties)
    ranks, tie_breaks = places(ties, units)
    return VolumeTally(ties, units, ranks, tie_breaks)


def results_of(sums: Sums) -> Column:
    """Return the regular applications' exact results."""
    aggregation, rates = sums.rules.aggregation, sums.rates
    if aggregation.level is AggregationLevel.TOTAL:
        figures = combined(sums, sums.totals, aggregation)
        return Column(figures.above, figures.below * sums.below)
    marks = combined(sums, sums.counts, aggregation)
    above = weighted_counts(marks.above, rates.by) + rates.base * marks.below
    return Column(above, marks.below * rates.below)


def _units(ties: Ties) -> Counts:
    """Return the published figures in units of their last place, each rounded once."""
    rounding = ties.sums.rules.rounding
    column = ties.column
    units = rounded(column.above, column.below, rounding.result_digits, rounding.mode)
    for row, result in ties.irregular.items():
        if result.figure is not None:
            units[row] = int(result.figure * 10**rounding.result_digits)
    return units


def _regular(
    found: VolumeTally, row: int, sheets: Sequence[SheetFigure], place: Mapping[str, Any]
) -> ApplicationResult:
    """Return what the tally says of a regular application; its points when they are asked."""
    ties, sums = found.ties, found.sums
    digits, unit = sums.rules.rounding.result_digits, int(found.units[row])
    figure = Fraction(unit, 10**digits)
    band, passes = standing(figure, sums.rules.decision)
    totals = sums.totals[row][sums.panel.present[row]].tolist()
    late = Once(lambda: _points(ties, row))
    return ApplicationResult(
        number=sums.panel.applications[row],
        sheets=sheets,
        unscored=(),
        exact=ties.column.exact(row),
        figure=figure,
        published=units_text(unit, digits),
        by_dimension=LatePoints(lambda: late().dimensions),
        by_indicator=LatePoints(lambda: late().indicators),
        marks=LatePoints(lambda: late().marks),
        trimmed=trims(sums.rules.aggregation, len(totals)),
        spread=whole_spread(totals, sums.below),
        band=band,
        passes=passes,
        **place,
    )


class _Points(NamedTuple):
    """An application's combined marks, and the points they give."""

    dimensions: Points
    indicators: Points
    marks: Points


def _points(ties: Ties, row: int) -> _Points:
    panel = ties.sums.panel
    rates = ties.sums.scorer.rates((MarkState.SCORED,) * len(panel.units)).by_indicator
    marks = _marks(ties, row)
    points = {code: rates[code] * mark for code, mark in marks.items()}
    dimensions = {
        each.code: exact_sum([points[leaf.code] for leaf in each.indicators()])
        for each in panel.scheme.dimensions
    }
    return _Points(dict(dimensions), dict(points), dict(marks))


def _marks(ties: Ties, row: int) -> dict[str, Fraction]:
    """Return each indicator's combined mark, at total level the mean."""
    panel, below = ties.sums.panel, int(ties.marks.below[row])
    return {
        leaf.code: _exact(above, below, unit, offset)
        for leaf, above, offset, unit in zip(
            panel.scheme.indicators(),
            ties.marks.above[row].tolist(),
            panel.offsets,
            panel.units,
            strict=True,
        )
    }


def _exact(count: int, below: int, unit: Fraction, offset: Fraction) -> Fraction:
    value = Fraction(count * unit.numerator, below * unit.denominator)
    return value + offset if offset else value
