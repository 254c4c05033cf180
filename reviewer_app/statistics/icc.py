"""Intraclass correlation: how much of all differences lies between the applications.

Six forms after Shrout & Fleiss (1979), F tests and 95 % intervals after McGraw & Wong (1996).
ICC1 takes each application's experts as drawn anew, ICC2 the experts as a sample that scored
everything, ICC3 these very experts; the k forms speak of their mean.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import inf

from reviewer_app.core.messages import _
from reviewer_app.statistics.distributions import f_quantile, f_tail
from reviewer_app.statistics.totals import Totals, Undefined, whole_numbers

FORMS = ("ICC1", "ICC2", "ICC3", "ICC1k", "ICC2k", "ICC3k")
_UPPER = 0.975
_LEAST = 2
_TINY = 1e-12


@dataclass(frozen=True, slots=True)
class Correlation:
    """One form with its interval and its test; a perfect one has no finite F."""

    value: float
    interval: tuple[float, float] | Undefined
    f: float | Undefined
    above: int
    below: int
    p: float | Undefined


@dataclass(frozen=True, slots=True)
class Variances:
    """The mean squares of the two-way table, exact up to one common factor."""

    applications: int
    experts: int
    between: Fraction
    within: Fraction
    judges: Fraction
    error: Fraction


def variances(totals: Totals) -> Variances | Undefined:
    """Return the mean squares over the applications that every expert scored."""
    numbers, exact = totals.complete()
    n, k = len(numbers), len(totals.experts)
    if n < _LEAST or k < _LEAST:
        return Undefined(
            _("fewer than two experts, or two applications that all of them scored")
        )
    rows = whole_numbers(exact)
    everything = sum(map(sum, rows))
    correction = Fraction(everything**2, n * k)
    total = sum(value * value for row in rows for value in row) - correction
    between = Fraction(sum(sum(row) ** 2 for row in rows), k) - correction
    judges = (
        Fraction(sum(sum(column) ** 2 for column in zip(*rows, strict=True)), n) - correction
    )
    if total == 0:
        return Undefined(_("all totals are the same"))
    return Variances(
        applications=n,
        experts=k,
        between=between / (n - 1),
        within=(total - between) / (n * (k - 1)),
        judges=judges / (k - 1),
        error=(total - between - judges) / ((n - 1) * (k - 1)),
    )


def intraclass(totals: Totals) -> Mapping[str, Correlation | Undefined]:
    """Return the six forms by name."""
    table = variances(totals)
    if isinstance(table, Undefined):
        return dict.fromkeys(FORMS, table)
    n, k = table.applications, table.experts
    one = _one_way(table, n * (k - 1), table.within)
    three = _one_way(table, (n - 1) * (k - 1), table.error)
    return {
        "ICC1": one[0],
        "ICC2": _two_way(table, mean=False),
        "ICC3": three[0],
        "ICC1k": one[1],
        "ICC2k": _two_way(table, mean=True),
        "ICC3k": three[1],
    }


def _one_way(
    table: Variances, below: int, noise: Fraction
) -> tuple[Correlation | Undefined, Correlation | Undefined]:
    """Return a form whose noise is one mean square, for one expert and for their mean."""
    k, above = table.experts, table.applications - 1
    if table.between == 0 and noise == 0:
        flat = Undefined(_("experts differ by a constant and applications not at all"))
        return flat, flat
    single = float((table.between - noise) / (table.between + (k - 1) * noise))
    of_mean: float | Undefined = (
        float((table.between - noise) / table.between)
        if table.between
        else Undefined(_("all applications have the same mean"))
    )
    if noise == 0:
        return _perfect(table, below), _perfect(table, below)
    f = float(table.between / noise)
    low = f / f_quantile(_UPPER, above, below)
    high = f * f_quantile(_UPPER, below, above)
    p = f_tail(f, above, below)
    one = Correlation(
        single, ((low - 1) / (low + k - 1), (high - 1) / (high + k - 1)), f, above, below, p
    )
    if isinstance(of_mean, Undefined):
        return one, of_mean
    return one, Correlation(of_mean, (1 - 1 / low, 1 - 1 / high), f, above, below, p)


def _perfect(table: Variances, below: int) -> Correlation:
    endless = Undefined(_("there is no noise at all, so F is not finite"))
    return Correlation(1.0, endless, endless, table.applications - 1, below, endless)


def _two_way(table: Variances, *, mean: bool) -> Correlation | Undefined:
    """Return ICC(2,1) or ICC(2,k): the experts' own leniency counts as disagreement."""
    n, k = table.applications, table.experts
    leniency = (table.judges - table.error) / n
    divisor = table.between + leniency
    if not mean:
        divisor += (k - 1) * (table.error + leniency)
    if divisor <= 0:
        return Undefined(_("the parts of the variance cancel each other"))
    value = float((table.between - table.error) / divisor)
    above, below = n - 1, (n - 1) * (k - 1)
    if table.error == 0:
        if table.judges == 0:
            return _perfect(table, below)
        endless = Undefined(_("experts differ only by a constant, so F is not finite"))
        return Correlation(value, endless, endless, above, below, endless)
    f = float(table.between / table.error)
    interval = _two_way_interval(table)
    if mean and isinstance(interval, tuple):
        interval = _of_the_mean(interval, k)
    return Correlation(value, interval, f, above, below, f_tail(f, above, below))


def _two_way_interval(table: Variances) -> tuple[float, float] | Undefined:
    n, k = table.applications, table.experts
    between, judges, error = map(float, (table.between, table.judges, table.error))
    value = (between - error) / (between + (k - 1) * error + k * (judges - error) / n)
    ratio = judges / error
    rest = n * (1 + (k - 1) * value) - k * value
    freedom = (k - 1) * (n - 1) * (k * value * ratio + rest) ** 2
    scale = (n - 1) * (k * value * ratio) ** 2 + rest**2
    degrees = 0.0 if freedom < _TINY * scale or scale == 0 else freedom / scale
    upper = f_quantile(_UPPER, n - 1, degrees) if degrees else inf
    if upper == inf:
        return Undefined(_("the differences between experts leave no degrees of freedom"))
    lower = f_quantile(_UPPER, degrees, n - 1)
    noise = k * judges + (k * n - k - n) * error
    low = n * (between - upper * error) / (upper * noise + n * between)
    high = n * (lower * between - error) / (noise + n * lower * between)
    return low, high


def _of_the_mean(interval: tuple[float, float], k: int) -> tuple[float, float] | Undefined:
    """Return the interval of the mean of k experts, by Spearman and Brown."""
    low, high = interval
    if 1 + low * (k - 1) <= 0:
        return Undefined(_("the interval has no lower end"))
    return k * low / (1 + low * (k - 1)), k * high / (1 + high * (k - 1))
