"""Millions of marks, exactly: whole numbers over a common denominator, a column at a time.

The results are those of ``tally``, figure by figure. Applications whose every sheet is complete
are combined together; any other, with a mark not applicable or abstained, goes through the same
arithmetic as a small panel. Numbers stay in 64 bits while no sum can leave them, else they
are Python integers, which have no limit.
"""

from dataclasses import dataclass, replace
from fractions import Fraction
from math import lcm
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from reviewer_app.core.marks import MarkState
from reviewer_app.core.ranking import SHARED, Place, rank
from reviewer_app.core.rules import AggregationLevel, Method, RankBasis, ReviewRules
from reviewer_app.core.tally import check_ties, criterion, tally
from reviewer_app.core.tally_combine import exact_sum
from reviewer_app.core.tally_figures import published, spread
from reviewer_app.core.tally_panel import Panel, PanelApplication
from reviewer_app.core.tally_results import ApplicationResult
from reviewer_app.core.volume_blocks import combine_block, rounded, trims
from reviewer_app.core.volume_panel import Counts, Flags, VolumePanel
from reviewer_app.core.volume_sums import LARGEST, Sums, prepare, weighted_counts

Rows: TypeAlias = npt.NDArray[np.intp]


@dataclass(frozen=True)
class _Column:
    """The exact results, ``above ÷ below``, of the regular applications."""

    above: Counts
    below: Counts
    trimmed: Flags


@dataclass(frozen=True)
class VolumeTally:
    """The result of a large panel; an application is asked for by its position.

    ``units`` are the published figures in units of their last decimal place, ``ranks`` the
    places, 0 where there is none. ``irregular`` applications have results of their own.
    """

    sums: Sums
    column: _Column
    irregular: dict[int, ApplicationResult]
    units: Counts
    ranks: Counts
    tie_breaks: tuple[str, ...]

    @property
    def numbers(self) -> tuple[str, ...]:
        """Return the applications in the panel's order."""
        return self.sums.panel.applications

    def sheets(self, row: int) -> int:
        """Return how many sheets have a total for the application."""
        if row in self.irregular:
            return len(self.irregular[row].sheets)
        return int(self.sums.panel.present[row].sum())

    def result(self, row: int) -> ApplicationResult:
        """Return everything about one application except its single sheets."""
        wanted = self.sums.rules.decision.recommend
        place = int(self.ranks[row]) or None
        return replace(
            self.irregular.get(row) or _regular_result(self.sums, self.column, row),
            sheets=(),
            rank=place,
            tie_break=self.tie_breaks[row],
            recommended=None if wanted is None else place is not None and place <= wanted,
        )

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
    column = _combined(sums)
    rows = np.flatnonzero(~sums.regular).tolist()
    small = tally(panel.part(rows), rules).applications if rows else ()
    irregular = dict(zip(rows, small, strict=True))
    units = _units(sums, column, irregular)
    ranks, tie_breaks = _places(sums, column, irregular, units)
    return VolumeTally(sums, column, irregular, units, ranks, tie_breaks)


def _combined(sums: Sums) -> _Column:
    """Return the regular applications' results, those with equally many sheets at once."""
    present = sums.panel.present
    voices = present.sum(axis=1)
    above = np.zeros(len(present), dtype=sums.totals.dtype)
    below = np.ones(len(present), dtype=sums.totals.dtype)
    trimmed = np.zeros(len(present), dtype=np.bool_)
    by_indicator = sums.rules.aggregation.level is AggregationLevel.INDICATOR
    figures, one = (sums.counts, 1) if by_indicator else (sums.totals, sums.below)
    for count in np.unique(voices[sums.regular]).tolist():
        rows = np.flatnonzero(sums.regular & (voices == count))
        combined, divisor = _block(sums, figures, rows, count)
        trimmed[rows] = trims(sums.rules.aggregation, count)
        if by_indicator:
            rates = sums.rates
            combined = weighted_counts(combined, rates.by) + rates.base * divisor
            one = rates.below
        above[rows], below[rows] = combined, divisor * one
    return _Column(above, below, trimmed)


def _block(sums: Sums, figures: Counts, rows: Rows, count: int) -> tuple[Counts, Any]:
    """Return (sums, divisor) for some rows that have ``count`` voices each."""
    everyone = count == len(sums.panel.experts)
    all_rows = len(rows) == len(figures)
    chosen = figures if all_rows else figures[rows]
    if not sums.equal:
        weights = sums.panel.present[rows] * np.array(sums.weights, dtype=figures.dtype)
        shape = weights.shape + (1,) * (chosen.ndim - 2)
        return (chosen * weights.reshape(shape)).sum(axis=1), weights.sum(axis=1)
    if not everyone:
        chosen = chosen[sums.panel.present[rows]].reshape(len(rows), count, *figures.shape[2:])
    return combine_block(chosen, sums.rules.aggregation)


def _units(sums: Sums, column: _Column, irregular: dict[int, ApplicationResult]) -> Counts:
    """Return the published figures in units of their last place, each rounded once."""
    rounding = sums.rules.rounding
    units = rounded(column.above, column.below, rounding.result_digits, rounding.mode)
    for row, result in irregular.items():
        if result.figure is not None:
            units[row] = int(result.figure * 10**rounding.result_digits)
    return units


def _places(
    sums: Sums, column: _Column, irregular: dict[int, ApplicationResult], units: Counts
) -> tuple[Counts, tuple[str, ...]]:
    """Return every place, 0 for none, and what broke each tie."""
    known = np.ones(len(units), dtype=np.bool_)
    known[[row for row, result in irregular.items() if result.exact is None]] = False
    rows = np.flatnonzero(known)
    by_figure = sums.rules.ranking.basis is RankBasis.PUBLISHED
    keys = units[rows] if by_figure else _exact_keys(column, irregular, rows)
    order = np.argsort(-keys, kind="stable")
    ordered = keys[order]
    first = np.flatnonzero(np.append([True], ordered[1:] != ordered[:-1])[: len(rows)])
    sizes = np.diff(np.append(first, len(rows)))
    ranks = np.zeros(len(units), dtype=np.int64)
    ranks[rows[order]] = np.repeat(first + 1, sizes)
    tie_breaks = [""] * len(units)
    for start, size in zip(first.tolist(), sizes.tolist(), strict=True):
        if size > 1:
            tied = rows[order[start : start + size]].tolist()
            for row, place in zip(tied, _untied(sums, column, irregular, tied), strict=True):
                ranks[row] = start + (place.rank or 1)
                tie_breaks[row] = place.tie_break
    return ranks, tuple(tie_breaks)


def _exact_keys(column: _Column, irregular: dict[int, ApplicationResult], rows: Rows) -> Counts:
    """Return numbers in the order of the exact results."""
    if not irregular and column.above.dtype != object:
        common = lcm(*set(column.below.tolist()))
        most = max(abs(int(column.above.max())), abs(int(column.above.min())))
        if most * common < LARGEST:
            keys: Counts = column.above * (common // column.below)
            return keys
    exact = [_exact(column, irregular, row) for row in rows.tolist()]
    place = {figure: index for index, figure in enumerate(sorted(set(exact)))}
    return np.array([place[figure] for figure in exact], dtype=np.int64)


def _exact(column: _Column, irregular: dict[int, ApplicationResult], row: int) -> Fraction:
    if row in irregular:
        return irregular[row].exact or Fraction(0)
    return Fraction(int(column.above[row]), int(column.below[row]))


def _untied(
    sums: Sums, column: _Column, irregular: dict[int, ApplicationResult], tied: list[int]
) -> list[Place]:
    """Return the places of equal applications among themselves, from 1."""
    chain = sums.rules.ranking.ties
    if not chain:
        return [Place(1, SHARED)] * len(tied)
    results = [irregular.get(row) or _regular_result(sums, column, row) for row in tied]
    return rank(
        [Fraction(0)] * len(tied),
        chain,
        lambda index, name: criterion(results[index], name),
    )


def _regular_result(sums: Sums, column: _Column, row: int) -> ApplicationResult:
    """Return what the tally says of a regular application, its sheets and place left out."""
    scheme, panel = sums.panel.scheme, sums.panel
    marks = _combined_marks(sums, row)
    rates = sums.scorer.rates((MarkState.SCORED,) * len(panel.units)).by_indicator
    points = {code: rates[code] * mark for code, mark in marks.items()}
    totals = sums.totals[row][panel.present[row]].tolist()
    return published(
        ApplicationResult(
            number=panel.applications[row],
            sheets=(),
            unscored=(),
            exact=_exact(column, {}, row),
            figure=None,
            published=None,
            by_dimension={
                each.code: exact_sum([points[leaf.code] for leaf in each.indicators()])
                for each in scheme.dimensions
            },
            by_indicator=dict(points),
            marks=dict(marks),
            trimmed=bool(column.trimmed[row]),
            spread=spread([Fraction(total, sums.below) for total in totals]),
        ),
        sums.rules,
    )


def _combined_marks(sums: Sums, row: int) -> dict[str, Fraction]:
    """Return each indicator's combined mark, at total level the mean."""
    panel, aggregation = sums.panel, sums.rules.aggregation
    if aggregation.level is AggregationLevel.TOTAL:
        aggregation = replace(aggregation, method=Method.MEAN)
    one = replace(sums, rules=replace(sums.rules, aggregation=aggregation))
    rows = np.array([row])
    count = int(panel.present[row].sum())
    combined, divisor = _block(one, sums.counts, rows, count)
    below = int(np.asarray(divisor).reshape(-1)[0])
    return {
        leaf.code: offset + Fraction(above, below) * unit
        for leaf, above, offset, unit in zip(
            panel.scheme.indicators(),
            combined[0].tolist(),
            panel.offsets,
            panel.units,
            strict=True,
        )
    }
