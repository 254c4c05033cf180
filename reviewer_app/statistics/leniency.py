"""Each expert beside the others: how mild, and how much of one mind with them.

Both are for the panel to think about; neither changes a score.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

from reviewer_app.core.messages import _
from reviewer_app.statistics.totals import Totals, Undefined, midranks

_LEAST = 3


@dataclass(frozen=True, slots=True)
class Stance:
    """One expert: applications shared with others, mean difference to them, rank correlation.

    ``leniency`` is in points, above zero for a mild expert. ``agreement`` is Spearman's
    correlation of the expert's totals with the means of the others.
    """

    expert: str
    applications: int
    leniency: Fraction | Undefined
    agreement: float | Undefined


def stances(totals: Totals) -> list[Stance]:
    """Return every expert's stance over the applications that somebody else scored too."""
    return [_stance(totals, expert) for expert in totals.experts]


def _stance(totals: Totals, expert: str) -> Stance:
    own: list[Fraction] = []
    others: list[Fraction] = []
    for number in totals.applications:
        given = totals.of(number)
        if expert in given and len(given) > 1:
            rest = sum(given.values(), Fraction(0)) - given[expert]
            own.append(given[expert])
            others.append(rest / (len(given) - 1))
    if not own:
        alone = Undefined(_("nobody else scored the same applications"))
        return Stance(expert, 0, alone, alone)
    difference = sum(own, Fraction(0)) - sum(others, Fraction(0))
    return Stance(expert, len(own), difference / len(own), rank_correlation(own, others))


def rank_correlation(
    first: Sequence[Fraction], second: Sequence[Fraction]
) -> float | Undefined:
    """Return Spearman's rank correlation of two equally long series, ties at mid-ranks."""
    if len(first) < _LEAST:
        return Undefined(_("fewer than three applications"))
    left, right = midranks(first), midranks(second)
    mean = Fraction(len(first) + 1, 2)
    together = sum(
        ((a - mean) * (b - mean) for a, b in zip(left, right, strict=True)), Fraction(0)
    )
    spread = sum(((a - mean) ** 2 for a in left), Fraction(0)) * sum(
        ((b - mean) ** 2 for b in right), Fraction(0)
    )
    if spread == 0:
        return Undefined(_("one side gave all applications the same total"))
    return float(together) / sqrt(spread)
