"""Several panels with one ranking: factors that put mild and strict panels on one footing.

Published Chinese rules use two forms: the mean of everybody divided by the panel's mean
(加权系数, often after dropping extremes), and the mean of the panels' means divided by it
(二次平均法). To how many places means and factors are rounded is part of the rule.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from reviewer_app.core.errors import RulesError
from reviewer_app.core.messages import _
from reviewer_app.core.numbers import Rounding, round_to


@dataclass(frozen=True, slots=True)
class GroupRule:
    """How factors are formed; ``digits`` None keeps means and factors exact."""

    drop_high: int = 0
    drop_low: int = 0
    of_means: bool = False
    """The reference is the mean of the panels' means, not the mean of everybody."""
    digits: int | None = None
    mode: Rounding = Rounding.HALF_UP


@dataclass(frozen=True, slots=True)
class GroupFactors:
    """The reference mean, and each panel's own mean and factor by its name."""

    reference: Fraction
    means: Mapping[str, Fraction]
    factors: Mapping[str, Fraction]


def group_factors(results: Mapping[str, Sequence[Fraction]], rule: GroupRule) -> GroupFactors:
    """Return what every result of a panel is to be multiplied by.

    ``results`` are the applications' results by panel. Raises RulesError where a panel is too
    small for the drops.
    """
    means = {name: _mean(name, figures, rule) for name, figures in results.items()}
    if rule.of_means:
        reference = _rounded(sum(means.values(), Fraction(0)) / len(means), rule)
    else:
        everybody = [figure for figures in results.values() for figure in figures]
        reference = _mean(_("all panels"), everybody, rule)
    return factors(reference, means, rule)


def factors(
    reference: Fraction, means: Mapping[str, Fraction], rule: GroupRule
) -> GroupFactors:
    """Return the factors that follow from means already formed."""
    for name, mean in means.items():
        if mean <= 0:
            raise RulesError(
                _("Panel {panel}: a mean of zero or less has no factor").format(panel=name)
            )
    return GroupFactors(
        reference,
        means,
        {name: _rounded(reference / mean, rule) for name, mean in means.items()},
    )


def _mean(name: str, figures: Sequence[Fraction], rule: GroupRule) -> Fraction:
    kept = sorted(figures)[rule.drop_low : len(figures) - rule.drop_high]
    if not kept:
        raise RulesError(
            _("Panel {panel}: {count} results are too few for the drops").format(
                panel=name, count=len(figures)
            )
        )
    return _rounded(sum(kept, Fraction(0)) / len(kept), rule)


def _rounded(value: Fraction, rule: GroupRule) -> Fraction:
    return value if rule.digits is None else round_to(value, rule.digits, rule.mode)
