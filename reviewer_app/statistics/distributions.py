"""Tail probabilities and quantiles of the chi-squared and F distributions.

``scipy.special`` computes them; it is loaded at the first use, because it takes a third of a
second that no window should wait for.
"""

from math import inf


def chi_squared_tail(value: float, degrees: int) -> float:
    """Return the probability of a chi-squared figure at least this large."""
    from scipy.special import gammaincc  # noqa: PLC0415 - loaded when first needed

    return float(gammaincc(degrees / 2, value / 2))


def f_tail(value: float, above: float, below: float) -> float:
    """Return the probability of an F figure at least this large, for its degrees of freedom."""
    from scipy.special import betainc  # noqa: PLC0415 - loaded when first needed

    return float(betainc(below / 2, above / 2, below / (below + above * value)))


def f_quantile(probability: float, above: float, below: float) -> float:
    """Return the F figure that is reached with this probability; infinite beyond any float."""
    from scipy.special import betainccinv, betaincinv  # noqa: PLC0415 - loaded when first needed

    share = float(betaincinv(above / 2, below / 2, probability))
    rest = float(betainccinv(below / 2, above / 2, probability))
    return below * share / (above * rest) if rest else inf
