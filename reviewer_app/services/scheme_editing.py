"""A round's indicator table while it is prepared: another one, an own copy, one indicator.

The table of a document stays as it is, word for word; who wants other titles, levels or points
makes an own copy, which says so in its id and title.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from resources import scheme_ids
from reviewer_app.core.errors import InputError, NotFoundError
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


def with_new_indicator(plan: RoundPlan, after: str, code: str) -> RoundPlan:
    """Return the plan with one more indicator behind ``after``.

    It has the scale of that one, half of its weight, and no words yet: the sum stays.
    """
    data = scheme_to_data(plan.scheme)
    siblings, place = _siblings(data, after)
    model = siblings[place]
    half = Fraction(str(model["weight"])) / 2
    kept = ("minimum", "maximum", "step", "nature")
    fresh = {key: model[key] for key in kept if key in model}
    levels = [{**level, "descriptor": ""} for level in model.get("levels", ())]
    fresh |= {"code": code, "title": _("New indicator"), "source": _("own"), "levels": levels}
    model["weight"] = fresh["weight"] = str(half)
    siblings.insert(place + 1, fresh)
    return with_scheme(plan, scheme_from_data(data, _("Indicators and weights")))


def without_indicator(plan: RoundPlan, code: str) -> RoundPlan:
    """Return the plan without an indicator; its weight goes to the one beside it.

    Raises InputError for the last under its heading and for one that an application has a
    figure or a change for, SchemeError for one that another is worked out from.
    """
    data = scheme_to_data(plan.scheme)
    siblings, place = _siblings(data, code)
    if len(siblings) == 1:
        raise InputError(_("{code} is the only indicator under its heading").format(code=code))
    for application in plan.applications:
        figures = {fact.indicator for fact in application.facts}
        if code in figures | {change.indicator for change in application.changes}:
            words = _("Application {number} has a figure or a change for {code}")
            raise InputError(words.format(number=application.number, code=code))
    gone = siblings.pop(place)
    heir = siblings[min(place, len(siblings) - 1)]
    weights = [Fraction(str(each["weight"])) for each in (gone, heir)]
    heir["weight"] = str(sum(weights, Fraction(0)))
    return with_scheme(plan, scheme_from_data(data, _("Indicators and weights")))


def _siblings(data: Any, code: str) -> tuple[list[dict[str, Any]], int]:  # noqa: ANN401 - as below
    """Return the indicators under the heading of ``code``, and its place among them."""
    for dimension in data.get("dimension", ()):
        for place, each in enumerate(dimension.get("indicator", ())):
            if each["code"] == code:
                return dimension["indicator"], place
        if dimension.get("dimension"):
            try:
                return _siblings(dimension, code)
            except NotFoundError:
                continue
    raise NotFoundError(_("There is no indicator {code}").format(code=code))


def free_code(scheme: Scheme, after: str) -> str:
    """Return a code that no indicator has, counted on from the one it is to stand behind."""
    head, dot, last = after.rpartition(".")
    taken = {leaf.code for leaf in scheme.indicators()}
    number = int(last) + 1 if last.isdigit() else 1
    while f"{head}{dot}{number}" in taken:
        number += 1
    return f"{head}{dot}{number}"


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
