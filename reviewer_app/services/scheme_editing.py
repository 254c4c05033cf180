"""A round's indicator table while it is prepared: another one, an own copy, one indicator.

The table of a document stays as it is, word for word; who wants other titles, levels or points
makes an own copy, which says so in its id and title.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from resources import scheme_ids
from reviewer_app.core.messages import _
from reviewer_app.core.numbers import Rounding, plain_text, round_to
from reviewer_app.core.round import RoundPlan
from reviewer_app.core.scheme import Scheme, WeightOrigin
from reviewer_app.core.scheme_data import scheme_from_data, scheme_to_data

OWN = "-own"
_DIGITS = 2


def is_own(scheme: Scheme) -> bool:
    """Tell whether the table is one's own, so that more than its weights may be changed."""
    return scheme.id not in scheme_ids()


def own_copy(plan: RoundPlan) -> RoundPlan:
    """Return the plan with an own copy of its table; its weights are to be confirmed anew."""
    scheme = plan.scheme
    copy = replace(
        scheme,
        id=f"{scheme.id}{OWN}",
        title=f"{scheme.title}（自拟）",
        weight_origin=WeightOrigin.SUGGESTED,
    )
    return with_scheme(plan, copy)


def with_scheme(plan: RoundPlan, scheme: Scheme) -> RoundPlan:
    """Return the plan with another table; whoever confirmed the old weights did not these."""
    if scheme == plan.scheme:
        return plan
    return replace(plan, scheme=scheme, weights_confirmed_by="")


def indicator_data(scheme: Scheme, code: str) -> dict[str, Any]:
    """Return one indicator as a scheme file states it."""
    return next(each for each in _indicators(scheme_to_data(scheme)) if each["code"] == code)


def with_indicator(plan: RoundPlan, code: str, changes: Mapping[str, Any]) -> RoundPlan:
    """Return the plan with one indicator of its own table changed.

    ``changes`` are keys and values as in a scheme file. Raises SchemeError saying what does not
    fit: a gap between levels, a level beyond the maximum, a step the levels do not lie on.
    """
    data = scheme_to_data(plan.scheme)
    for each in _indicators(data):
        if each["code"] == code:
            each.update(changes)
    return replace(plan, scheme=scheme_from_data(data, _("Indicators and weights")))


def _indicators(data: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - nested tables of a file
    found: list[dict[str, Any]] = []
    for dimension in data.get("dimension", ()):
        found += dimension.get("indicator", ())
        found += _indicators(dimension)
    return found


def shared_out(shares: Sequence[tuple[str, Fraction]], total: Fraction) -> dict[str, Fraction]:
    """Return weights in the proportion of ``shares`` that sum to ``total`` exactly.

    They have two decimals; what rounding leaves goes to the heaviest.
    """
    whole = sum((share for _code, share in shares), Fraction(0))
    weights = {
        code: round_to(share * total / whole, _DIGITS, Rounding.HALF_UP)
        for code, share in shares
    }
    heaviest = max(weights, key=lambda code: weights[code])
    weights[heaviest] += total - sum(weights.values(), Fraction(0))
    return weights


def weight_texts(weights: Mapping[str, Fraction]) -> dict[str, str]:
    """Return weights as they are typed."""
    return {code: plain_text(weight) for code, weight in weights.items()}
