"""Claimed figures (申报数据) as a scheme's formulas and gates see them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from reviewer_app.core.errors import InputError
from reviewer_app.core.mechanics import Formula, Judged, Measure, formulas
from reviewer_app.core.mechanics_points import (
    Absent,
    Scale,
    Undefined,
    Value,
    measured,
    points_of,
)
from reviewer_app.core.messages import _
from reviewer_app.core.numbers import plain_text
from reviewer_app.core.round import Fact
from reviewer_app.core.scheme import Indicator, Level, Scheme


@dataclass(frozen=True, slots=True)
class Claims:
    """The figures an application claims, by the id of their input, target or indicator."""

    figures: Mapping[str, Fraction]
    sources: Mapping[str, str]

    def value(self, measure: Measure) -> Value:
        """Return what a measure comes to."""
        return measured(measure, self.figures)


@dataclass(frozen=True, slots=True)
class Computation:
    """What a formula gives; ``points`` is None where a figure was not claimed."""

    points: Fraction | None
    note: str


def claims_of(scheme: Scheme, facts: Iterable[Fact]) -> Claims:
    """Return the claims by id; raises InputError for a wrong unit or two different figures."""
    units = {each.id: each.unit for each in scheme.inputs}
    units |= {each.id: each.unit for each in scheme.targets}
    figures: dict[str, Fraction] = {}
    sources: dict[str, str] = {}
    for fact in facts:
        name = fact.target or fact.indicator or ""
        unit = units.get(name, "")
        if unit and fact.unit and fact.unit != unit:
            raise InputError(
                _("{name} is claimed in {found}, the scheme counts it in {expected}").format(
                    name=name, found=fact.unit, expected=unit
                )
            )
        if figures.setdefault(name, fact.value) != fact.value:
            raise InputError(_("{name} is claimed twice, with two figures").format(name=name))
        sources[name] = fact.source
    return Claims(figures, sources)


def compute(indicator: Indicator, scheme: Scheme, claims: Claims) -> Computation:
    """Return the points of a formula item; raises InputError for a figure outside its bands."""
    formula = next(formulas(indicator.method))
    value = claims.value(formula.measure)
    if isinstance(value, Absent):
        return Computation(None, f"{indicator.code} 缺少申报数据 {value.id}，未计分")
    if isinstance(value, Undefined):
        return _undefined(indicator, formula, value)
    scale = Scale(indicator.maximum, {target.id: target for target in scheme.targets})
    try:
        points = points_of(formula, value, scale)
    except InputError as error:
        raise InputError(f"{indicator.code} {indicator.title}: {error}") from error
    if isinstance(points, Undefined):
        return _undefined(indicator, formula, points)
    return Computation(points, "")


def _undefined(indicator: Indicator, formula: Formula, value: Undefined) -> Computation:
    points = formula.undefined
    return Computation(points, f"{indicator.code} {value.reason}，计{plain_text(points)}分")


def is_guided(indicator: Indicator) -> bool:
    """Tell whether a claimed figure decides the level in which the mark must lie."""
    return isinstance(indicator.method, Judged) and indicator.method.measure is not None


def open_levels(indicator: Indicator, claims: Claims) -> tuple[Level, ...]:
    """Return the levels a claimed figure leaves open; all where nothing decides them.

    A figure that cannot be computed leaves the lowest level.
    """
    method = indicator.method
    if not isinstance(method, Judged) or method.measure is None:
        return indicator.levels
    value = claims.value(method.measure)
    if isinstance(value, Absent):
        return indicator.levels
    if isinstance(value, Undefined):
        return (min(indicator.levels, key=lambda level: level.low),)
    return tuple(each for each in indicator.levels if each.when and value in each.when)
