"""From claimed figures to a measured value, and from that to points.

A figure nobody claimed is *absent* and scores nothing yet; a value that cannot be computed
(division by zero, too few years) is *undefined* and receives the points the table states for
that case, zero unless it says otherwise. Neither is ever silently a zero measured value.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import dropwhile, pairwise
from math import floor

from reviewer_app.core.errors import InputError
from reviewer_app.core.mechanics import (
    Banded,
    Computed,
    Figure,
    Formula,
    Linear,
    Measure,
    Operation,
    PerUnit,
    RatioToTarget,
)
from reviewer_app.core.messages import _
from reviewer_app.core.numbers import Rounding, plain_text, round_to
from reviewer_app.core.scheme import Relation, Target

_ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Absent:
    """A figure was not claimed; ``id`` names it."""

    id: str


@dataclass(frozen=True, slots=True)
class Undefined:
    """All figures are there, but no value follows from them."""

    reason: str


Value = Fraction | Absent | Undefined


def measured(measure: Measure, figures: Mapping[str, Fraction]) -> Value:
    """Return the measured value for claimed figures by id."""
    if isinstance(measure, Figure):
        return figures.get(measure.id, Absent(measure.id))
    parts = [measured(part, figures) for part in measure.parts]
    if measure.operation is Operation.GROWTH:
        return _growth(parts, measure)
    if measure.factors:
        parts = [
            part * factor if isinstance(part, Fraction) else part
            for part, factor in zip(parts, measure.factors, strict=True)
        ]
    absent = [part for part in parts if isinstance(part, Absent)]
    values = [part for part in parts if not isinstance(part, Absent)]
    if absent and not (measure.partial and values):
        return absent[0]
    return _computed(measure, values)


def _computed(measure: Computed, parts: list[Fraction | Undefined]) -> Value:
    for part in parts:
        if isinstance(part, Undefined):
            return part
    values = [part for part in parts if isinstance(part, Fraction)]
    if measure.operation is Operation.RATIO:
        return _ratio(values, percent=measure.percent)
    return {
        Operation.SUM: sum(values, _ZERO),
        Operation.MEAN: sum(values, _ZERO) / len(values),
        Operation.LOWEST: min(values),
        Operation.HIGHEST: max(values),
        Operation.DIFFERENCE: values[0] - sum(values[1:], _ZERO),
    }[measure.operation]


def _ratio(values: list[Fraction], *, percent: bool) -> Value:
    above, below = values
    if not below:
        return Undefined("除数为零")
    return above / below * (100 if percent else 1)


def _growth(parts: list[Value], measure: Computed) -> Value:
    """Return the mean yearly growth; a first year not above zero drops out.

    HNTE: ½ × (second ÷ first + third ÷ second) − 1; first year zero: the last two years alone;
    second year zero: undefined; a young company (``partial``): the years it has. The document
    speaks of zero; a negative base, which it leaves open, is treated alike.
    """
    if measure.partial:
        parts = list(dropwhile(lambda part: isinstance(part, Absent), parts)) or parts
    for part in parts:
        if not isinstance(part, Fraction):
            return part
    years = [part for part in parts if isinstance(part, Fraction)]
    if len(years) > 2 and years[0] <= 0:  # noqa: PLR2004 - with two years there is no other base
        years = years[1:]
    if len(years) < 2:  # noqa: PLR2004 - growth needs two years
        return Undefined("不足两年")
    if any(year <= 0 for year in years[:-1]):
        return Undefined("基期为零或负数")
    ratios = [later / earlier for earlier, later in pairwise(years)]
    growth = sum(ratios, _ZERO) / len(ratios) - 1
    return growth * 100 if measure.percent else growth


@dataclass(frozen=True, slots=True)
class Scale:
    """What a formula needs to know of its indicator and scheme."""

    maximum: Fraction
    targets: Mapping[str, Target]


def points_of(formula: Formula, value: Fraction, scale: Scale) -> Fraction | Undefined:
    """Return the points a measured value receives; raises InputError outside the domain."""
    match formula:
        case Banded():
            return _banded(formula, value)
        case Linear():
            return _rounded(_linear(formula, value), formula.digits)
        case RatioToTarget():
            return _to_target(formula, value, scale)
        case PerUnit():
            return _rounded(_per_unit(formula, value, scale), formula.digits)


def _banded(formula: Banded, value: Fraction) -> Fraction:
    for band in formula.bands:
        if value in band.interval and (not formula.whole or value.denominator == 1):
            return band.points
    raise InputError(
        _("the measured value {value} lies in no band; expected {domain}{whole}").format(
            value=plain_text(value),
            domain=formula.domain,
            whole=_(", a whole number") if formula.whole else "",
        )
    )


def _linear(formula: Linear, value: Fraction) -> Fraction:
    first, last = formula.pairs[0], formula.pairs[-1]
    if value < first[0]:
        return first[1] if formula.below is None else formula.below
    for (x0, y0), (x1, y1) in pairwise(formula.pairs):
        if value <= x1:
            return y0 + (y1 - y0) * (value - x0) / (x1 - x0)
    return last[1]


def _to_target(formula: RatioToTarget, value: Fraction, scale: Scale) -> Fraction | Undefined:
    goal, inverse = formula.value, formula.inverse
    if formula.target is not None:
        target = scale.targets[formula.target]
        goal = target.value
        inverse = inverse or target.relation in (Relation.AT_MOST, Relation.LESS_THAN)
    if goal is None:
        return Undefined("目标没有数值")
    if inverse:
        if value <= 0:
            return Undefined("实际值为零或负数")
        ratio = goal / value
    else:
        ratio = max(value, _ZERO) / goal
    return _rounded(scale.maximum * min(ratio, formula.cap), formula.digits)


def _per_unit(formula: PerUnit, value: Fraction, scale: Scale) -> Fraction:
    if formula.below is not None and value < formula.start:
        return formula.below
    units = max((value - formula.start) / formula.every, _ZERO)
    steps = units if formula.proportional else Fraction(floor(units))
    return min(max(formula.base + steps * formula.points, _ZERO), scale.maximum)


def _rounded(points: Fraction, digits: int | None) -> Fraction:
    return points if digits is None else round_to(points, digits, Rounding.HALF_UP)
