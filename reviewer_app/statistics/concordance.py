"""Kendall's coefficient of concordance W: how far the experts share one order."""

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction

from reviewer_app.core.messages import _
from reviewer_app.statistics.distributions import chi_squared_tail
from reviewer_app.statistics.totals import Totals, Undefined, midranks

_LEAST = 2


@dataclass(frozen=True, slots=True)
class Concordance:
    """W from 0 (no common order) to 1 (the same order), corrected for ties, with its test.

    ``uncorrected`` takes no notice of ties. ``p`` is the chance of a W as large if every expert
    ordered at random (chi-squared; rough below seven applications).
    """

    w: float
    uncorrected: float
    chi_squared: float
    degrees: int
    p: float
    applications: int
    experts: int


def concordance(totals: Totals) -> Concordance | Undefined:
    """Return W over the applications that every expert scored."""
    numbers, rows = totals.complete()
    objects, judges = len(numbers), len(totals.experts)
    if objects < _LEAST or judges < _LEAST:
        return Undefined(
            _("fewer than two experts, or two applications that all of them scored")
        )
    ranks = [midranks([row[judge] for row in rows]) for judge in range(judges)]
    sums = [sum((each[index] for each in ranks), Fraction(0)) for index in range(objects)]
    mean = Fraction(judges * (objects + 1), 2)
    squares = sum(((each - mean) ** 2 for each in sums), Fraction(0))
    ties = sum(
        count**3 - count for each in ranks for count in Counter(each).values() if count > 1
    )
    most = judges**2 * (objects**3 - objects)
    if most == judges * ties:
        return Undefined(_("every expert gave all applications the same total"))
    w = 12 * squares / (most - judges * ties)
    chi_squared = float(judges * (objects - 1) * w)
    return Concordance(
        w=float(w),
        uncorrected=float(12 * squares / most),
        chi_squared=chi_squared,
        degrees=objects - 1,
        p=chi_squared_tail(chi_squared, objects - 1),
        applications=objects,
        experts=judges,
    )
