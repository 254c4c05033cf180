"""Krippendorff's alpha: agreement beyond chance, for any number of experts and missing totals.

``1 − observed ÷ expected disagreement`` over all pairs of totals of the same application. For
nominal, ordinal and interval data both are sums with a closed form, exact and fast for any
size; the ratio form looks at every pair of different values.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from reviewer_app.core.messages import _
from reviewer_app.statistics.totals import Totals, Undefined, whole_numbers

METRICS = ("nominal", "ordinal", "interval", "ratio")
_MOST_DIFFERENT = 20_000
_CHUNK = 500
Units = Sequence[Sequence[int]]


def alpha(totals: Totals) -> Mapping[str, float | Undefined]:
    """Return alpha by metric; an application with fewer than two totals is left out."""
    heard = [list(totals.of(number).values()) for number in totals.applications]
    units = whole_numbers([unit for unit in heard if len(unit) > 1])
    if not units:
        why = Undefined(_("no application has two totals"))
        return dict.fromkeys(METRICS, why)
    if len({value for unit in units for value in unit}) == 1:
        return dict.fromkeys(METRICS, Undefined(_("all totals are the same")))
    return {
        "nominal": _exact(units, _differing),
        "ordinal": _exact(_ranked(units), _squared),
        "interval": _exact(units, _squared),
        "ratio": _ratio(units),
    }


def _exact(units: Units, disagreement: Callable[[Sequence[int]], int]) -> float:
    """Return alpha from the disagreement summed over all ordered pairs of some values."""
    everything = [value for unit in units for value in unit]
    observed = sum(
        (Fraction(disagreement(unit), len(unit) - 1) for unit in units), start=Fraction(0)
    )
    expected = Fraction(disagreement(everything), len(everything) - 1)
    return float(1 - observed / expected)


def _differing(values: Sequence[int]) -> int:
    return len(values) ** 2 - sum(count**2 for count in Counter(values).values())


def _squared(values: Sequence[int]) -> int:
    return 2 * (len(values) * sum(value * value for value in values) - sum(values) ** 2)


def _ranked(units: Units) -> Units:
    """Return doubled mid-ranks in place of values: their differences are the ordinal metric."""
    counts = Counter(value for unit in units for value in unit)
    rank: dict[int, int] = {}
    below = 0
    for value in sorted(counts):
        rank[value] = 2 * below + counts[value]
        below += counts[value]
    return [[rank[value] for value in unit] for unit in units]


def _ratio(units: Units) -> float | Undefined:
    counts = Counter(value for unit in units for value in unit)
    if min(counts) < 0:
        return Undefined(_("a ratio needs a true zero, and some totals are below zero"))
    if len(counts) > _MOST_DIFFERENT:
        return Undefined(_("more than {most} different totals").format(most=_MOST_DIFFERENT))
    size = sum(counts.values())
    observed = sum(_relative(Counter(unit)) / (len(unit) - 1) for unit in units)
    return 1 - observed * (size - 1) / _relative(counts)


def _relative(counts: Counter[int]) -> float:
    """Return the squared relative differences summed over all ordered pairs."""
    import numpy as np  # noqa: PLC0415 - loaded when first needed

    scale = max(counts) or 1
    values = np.array([value / scale for value in counts])
    weights = np.array(list(counts.values()), dtype=float)
    total = 0.0
    for start in range(0, len(values), _CHUNK):
        part = values[start : start + _CHUNK, None]
        above = part + values
        share = np.divide(part - values, above, out=np.zeros_like(above), where=above > 0)
        total += float(weights[start : start + _CHUNK] @ (share**2 @ weights))
    return total
