"""Places of a large panel: the tie chain as columns of whole numbers, asked only while needed.

The order is that of ``ranking``. Applications that went through the small path take part with
the figures they have; then ties are settled one group at a time.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from math import lcm

import numpy as np

from reviewer_app.core.ranking import SHARED, named_code, rank
from reviewer_app.core.rules import Aggregation, AggregationLevel, Method, RankBasis
from reviewer_app.core.tally import criterion
from reviewer_app.core.tally_results import ApplicationResult
from reviewer_app.core.volume_panel import Counts
from reviewer_app.core.volume_sums import LARGEST, Column, Sums, combined, weighted_counts

_NOT_VOTED = -1
"""Stands behind every number of approvals."""


@dataclass
class Ties:
    """What a tie chain compares, column by column; each is worked out when first asked for."""

    sums: Sums
    column: Column
    irregular: Mapping[int, ApplicationResult]
    approvals: Mapping[int, int] = field(default_factory=dict)
    """Votes to approve, by position, of the applications that were voted on."""
    _known: dict[str, Column] = field(default_factory=dict)

    @cached_property
    def marks(self) -> Column:
        """Return each indicator's combined mark, at total level the mean, in counts."""
        aggregation = self.sums.rules.aggregation
        if aggregation.level is AggregationLevel.TOTAL:
            aggregation = Aggregation(Method.MEAN)
        return combined(self.sums, self.sums.counts, aggregation)

    def of(self, name: str) -> Column:
        """Return a criterion of all regular applications."""
        if name not in self._known:
            self._known[name] = _criterion(self, name)
        return self._known[name]

    def one(self, row: int, name: str) -> Fraction | None:
        """Return a criterion of one application, whichever path it took."""
        if name == "approvals":
            return Fraction(self.approvals[row]) if row in self.approvals else None
        if row in self.irregular:
            return criterion(self.irregular[row], name)
        return self.of(name).exact(row)


def places(ties: Ties, units: Counts) -> tuple[Counts, tuple[str, ...]]:
    """Return every place, 0 for none, and what separated it from equals."""
    chain = ties.sums.rules.ranking.ties
    by_figure = ties.sums.rules.ranking.basis is RankBasis.PUBLISHED
    if ties.irregular:
        return _places_one_by_one(ties, units, by_figure=by_figure)
    keys = [units if by_figure else comparable(ties.column)]
    settled = np.full(len(units), len(chain) + 1)
    ranks = np.zeros(len(units), dtype=np.int64)
    for depth in range(len(chain) + 1):
        if depth:
            keys.append(comparable(ties.of(chain[depth - 1])))
        order = np.lexsort([-key for key in reversed(keys)])
        starts = _starts([key[order] for key in keys])
        ranks[order] = _first_of_group(starts)
        alone = order[starts & np.append(starts[1:], [True])]
        settled[alone] = np.minimum(settled[alone], depth)
        if len(alone) == len(units):
            break
    words = ("", *chain, SHARED)
    return ranks, tuple(words[depth] for depth in settled.tolist())


def _starts(keys: list[Counts]) -> Counts:
    """Return where a new group begins, in keys that stand in order."""
    starts = np.zeros(len(keys[0]), dtype=np.bool_)
    starts[:1] = True
    for key in keys:
        starts[1:] |= key[1:] != key[:-1]
    return starts


def _first_of_group(starts: Counts) -> Counts:
    """Return each position's place: one more than how many stand before its group."""
    first = np.flatnonzero(starts)
    return np.repeat(first + 1, np.diff(np.append(first, len(starts))))


def comparable(column: Column) -> Counts:
    """Return 64-bit numbers in the order of the column's exact values."""
    common = lcm(*set(column.below.tolist()))
    largest = max(abs(int(column.above.max())), abs(int(column.above.min())))
    if column.above.dtype != object and largest * common < LARGEST:
        keys: Counts = column.above * (common // column.below)
        return keys
    exact = column.above.astype(object) * (common // column.below.astype(object))
    return np.asarray(np.unique(exact, return_inverse=True)[1])


def _places_one_by_one(
    ties: Ties, units: Counts, *, by_figure: bool
) -> tuple[Counts, tuple[str, ...]]:
    digits = 10**ties.sums.rules.rounding.result_digits

    def figure(row: int) -> Fraction | None:
        if row in ties.irregular:
            result = ties.irregular[row]
            return result.figure if by_figure else result.exact
        return Fraction(int(units[row]), digits) if by_figure else ties.column.exact(row)

    found = rank(
        [figure(row) for row in range(len(units))], ties.sums.rules.ranking.ties, ties.one
    )
    ranks = np.array([place.rank or 0 for place in found], dtype=np.int64)
    return ranks, tuple(place.tie_break for place in found)


def _criterion(ties: Ties, name: str) -> Column:
    """Return the exact values ``tally.criterion`` gives, for every regular application."""
    sums, (kind, code) = ties.sums, named_code(name)
    if name == "exact":
        return ties.column
    if code:
        return _points(ties, kind, code)
    present, totals = sums.panel.present, sums.totals
    one = np.full(len(totals), sums.below, dtype=totals.dtype)
    if name == "approvals":
        given = [ties.approvals.get(row, _NOT_VOTED) for row in range(len(totals))]
        return Column(np.array(given, dtype=totals.dtype), np.ones_like(one))
    if name == "median":
        middle = combined(replace(sums, weights=(1,)), totals, Aggregation(Method.MEDIAN))
        return Column(middle.above, middle.below * sums.below)
    if name in {"mean", "sum"}:
        added = np.where(present, totals, 0).sum(axis=1)
        return Column(added, one * present.sum(axis=1) if name == "mean" else one)
    high = np.where(present, totals, totals.min()).max(axis=1)
    low = np.where(present, totals, totals.max()).min(axis=1)
    return Column({"high": high, "low": low, "spread": low - high}[name], one)


def _points(ties: Ties, kind: str, code: str) -> Column:
    """Return the points a heading has in the result: rates times combined marks."""
    rates = ties.sums.rates
    chosen = [
        place
        for place, (dimension, leaf) in enumerate(
            (each, leaf)
            for each in ties.sums.panel.scheme.dimensions
            for leaf in each.indicators()
        )
        if code == (leaf.code if kind == "indicator" else dimension.code)
    ]
    by = tuple(rates.by[place] for place in chosen)
    base = sum(rates.bases[place] for place in chosen)
    marks = ties.marks
    points = weighted_counts(marks.above[:, chosen], by) + base * marks.below
    return Column(points, marks.below * rates.below)
