"""A large panel made ready: rates and totals as integers over common denominators."""

from dataclasses import dataclass
from fractions import Fraction
from math import lcm

import numpy as np

from reviewer_app.core.marks import MarkState
from reviewer_app.core.rules import Aggregation, Method, ReviewRules
from reviewer_app.core.tally_scorer import Scorer
from reviewer_app.core.volume_blocks import combine_block, rounded
from reviewer_app.core.volume_panel import SCORED, Counts, Flags, VolumePanel

LARGEST = 2**62
"""Below this every intermediate number fits into 64 bits."""


@dataclass(frozen=True)
class Rates:
    """Points of a complete sheet from its counts: ``Σ (bases + by × count) ÷ below``."""

    bases: tuple[int, ...]
    by: tuple[int, ...]
    below: int

    @property
    def base(self) -> int:
        """Return what a sheet of zero counts gives."""
        return sum(self.bases)


@dataclass(frozen=True)
class Column:
    """Exact values of all applications, ``above ÷ below``; only the regular ones mean anything.

    ``above`` may have a second axis, one column an indicator.
    """

    above: Counts
    below: Counts

    def exact(self, row: int) -> Fraction:
        """Return one application's value by its position."""
        return Fraction(int(self.above[row]), int(self.below[row]))


@dataclass(frozen=True)
class Sums:
    """What is combined: every expert's counted total is ``totals ÷ below``.

    ``weights`` are the experts' weights as whole numbers. ``regular`` are the applications that
    can be combined a column at a time: every sheet of theirs is complete.
    """

    panel: VolumePanel
    rules: ReviewRules
    scorer: Scorer
    rates: Rates
    counts: Counts
    totals: Counts
    below: int
    weights: tuple[int, ...]
    regular: Flags

    @property
    def equal(self) -> bool:
        """Tell whether all experts weigh the same."""
        return len(set(self.weights)) == 1


def prepare(panel: VolumePanel, rules: ReviewRules) -> Sums:
    """Return the totals of every sheet, and which applications are regular."""
    scorer = Scorer(panel.scheme)
    rates = _rates(panel, scorer)
    weights = _weights(panel, rules)
    counts = panel.counts
    if _needed(panel, rules, rates, weights) >= LARGEST:
        counts = counts.astype(object)
    totals, below = weighted_counts(counts, rates.by) + rates.base, rates.below
    digits = rules.rounding.sheet_digits
    if digits is not None:
        totals, below = rounded(totals, below, digits, rules.rounding.mode), 10**digits
    regular = _regular(panel, rules, weights)
    return Sums(panel, rules, scorer, rates, counts, totals, below, weights, regular)


def weighted_counts(counts: Counts, by: tuple[int, ...]) -> Counts:
    """Return the counts' weighted sums along the last axis."""
    weights = np.array(by, dtype=counts.dtype)
    long = counts.dtype == object
    summed: Counts = counts @ weights if long else np.einsum("...i,i->...", counts, weights)
    return summed


def combined(sums: Sums, figures: Counts, aggregation: Aggregation) -> Column:
    """Return the regular applications' figures combined over their experts.

    Applications with equally many sheets are combined at once.
    """
    present = sums.panel.present
    voices = present.sum(axis=1)
    above = np.zeros((len(figures), *figures.shape[2:]), dtype=figures.dtype)
    below = np.ones(len(figures), dtype=figures.dtype)
    for count in np.unique(voices[sums.regular]).tolist():
        rows = np.flatnonzero(sums.regular & (voices == count))
        chosen = figures if len(rows) == len(figures) else figures[rows]
        if not sums.equal:
            weights = present[rows] * np.array(sums.weights, dtype=figures.dtype)
            shape = weights.shape + (1,) * (figures.ndim - 2)
            above[rows] = (chosen * weights.reshape(shape)).sum(axis=1)
            below[rows] = weights.sum(axis=1)
            continue
        if count < present.shape[1]:
            chosen = chosen[present[rows]].reshape(len(rows), count, *figures.shape[2:])
        above[rows], below[rows] = combine_block(chosen, aggregation)
    return Column(above, below)


def _rates(panel: VolumePanel, scorer: Scorer) -> Rates:
    pattern = (MarkState.SCORED,) * len(panel.units)
    points = list(scorer.rates(pattern).by_indicator.values())
    by = [rate * unit for rate, unit in zip(points, panel.units, strict=True)]
    bases = [rate * offset for rate, offset in zip(points, panel.offsets, strict=True)]
    below = lcm(*(each.denominator for each in (*bases, *by)))
    return Rates(
        tuple(int(each * below) for each in bases),
        tuple(int(each * below) for each in by),
        below,
    )


def _weights(panel: VolumePanel, rules: ReviewRules) -> tuple[int, ...]:
    exact = [
        rules.aggregation.weight_of(expert, role)
        for expert, role in zip(panel.experts, panel.roles, strict=True)
    ]
    common = lcm(*(weight.denominator for weight in exact))
    return tuple(int(weight * common) for weight in exact)


def _needed(
    panel: VolumePanel, rules: ReviewRules, rates: Rates, weights: tuple[int, ...]
) -> int:
    """Return a bound on every number that occurs until the result is rounded."""
    most = _largest(panel.counts)
    one = (sum(map(abs, rates.bases)) + sum(map(abs, rates.by)) * max(most, 1)) + rates.below
    sheet = int(10 ** (rules.rounding.sheet_digits or 0))
    result = int(10**rules.rounding.result_digits)
    return 8 * one * sheet * max(sum(weights), 1) * result


def _largest(counts: Counts) -> int:
    return max(abs(int(counts.max(initial=0))), abs(int(counts.min(initial=0))))


def _regular(panel: VolumePanel, rules: ReviewRules, weights: tuple[int, ...]) -> Flags:
    """Return the applications whose sheets are complete and whose rules have a block form."""
    none: Flags = np.zeros(len(panel.applications), dtype=np.bool_)
    weighted = rules.aggregation.method is not Method.MEAN and len(set(weights)) > 1
    if weighted or rules.adjusts:
        return none
    regular = np.logical_and(panel.present.any(axis=1), ~_above_maximum(panel))
    if panel.states.any():
        gaps = (panel.states != SCORED).any(axis=2) & panel.present
        regular &= ~gaps.any(axis=1)
    return regular


def _above_maximum(panel: VolumePanel) -> Flags:
    """Return the applications with a mark so high that a total's cap might hold."""
    none: Flags = np.zeros(len(panel.applications), dtype=np.bool_)
    limits = [
        int((leaf.maximum - offset) / unit)
        for leaf, offset, unit in zip(
            panel.scheme.indicators(), panel.offsets, panel.units, strict=True
        )
    ]
    if panel.scheme.may_exceed or int(panel.counts.max(initial=0)) <= min(limits):
        return none
    above = panel.counts > np.array(limits, dtype=panel.counts.dtype)
    return np.asarray(above.any(axis=(1, 2)), dtype=np.bool_)
