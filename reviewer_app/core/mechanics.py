"""How an indicator comes to its points: judged by experts, or computed from claimed figures.

These are the mechanics published Chinese tables use (scoring.md); docs/schemes.md shows each
with an example. Points are always on the indicator's own scale, up to its maximum.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from reviewer_app.core.intervals import EVERYTHING, Interval

_ZERO = Fraction(0)


class Operation(StrEnum):
    """What is computed from several claimed figures."""

    SUM = "sum"
    MEAN = "mean"
    LOWEST = "lowest"
    HIGHEST = "highest"
    DIFFERENCE = "difference"
    RATIO = "ratio"
    GROWTH = "growth"


@dataclass(frozen=True, slots=True)
class Figure:
    """One claimed figure, by the id of its input, target or indicator."""

    id: str


@dataclass(frozen=True, slots=True)
class Computed:
    """A figure computed from others; a ratio or growth may be in per cent.

    Growth is the mean of the yearly ratios less one, oldest year first. ``factors`` convert the
    parts of a sum (国家级一项折算三项). ``partial`` lets parts that were not claimed drop out;
    otherwise one absent part makes the whole absent.
    """

    operation: Operation
    parts: tuple["Measure", ...]
    percent: bool = False
    partial: bool = False
    factors: tuple[Fraction, ...] = ()


Measure = Figure | Computed


def figure_ids(measure: Measure) -> Iterator[str]:
    """Yield the ids of every claimed figure a measure looks at."""
    if isinstance(measure, Figure):
        yield measure.id
        return
    for part in measure.parts:
        yield from figure_ids(part)


@dataclass(frozen=True, slots=True)
class Judged:
    """The expert gives the points, level first.

    With ``measure`` the claimed figure decides the level (``Level.when``), and the expert the
    points inside it.
    """

    measure: Measure | None = None


JUDGED = Judged()
"""The method of most indicators."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The expert picks one of the levels, each of which has exactly one value."""


@dataclass(frozen=True, slots=True)
class PointBand:
    """Measured values that all receive the same points."""

    interval: Interval
    points: Fraction


@dataclass(frozen=True, slots=True)
class Banded:
    """Points by the band a measured value falls into; the bands fill ``domain`` exactly."""

    measure: Measure
    bands: tuple[PointBand, ...]
    domain: Interval = EVERYTHING
    whole: bool = False
    undefined: Fraction = _ZERO


@dataclass(frozen=True, slots=True)
class Linear:
    """Points along straight lines between fixed pairs of (measured value, points).

    Beyond the ends the points of the end hold, or ``below`` under the first.
    """

    measure: Measure
    pairs: tuple[tuple[Fraction, Fraction], ...]
    below: Fraction | None = None
    digits: int | None = None
    undefined: Fraction = _ZERO


@dataclass(frozen=True, slots=True)
class RatioToTarget:
    """The maximum times measured value ÷ target, capped; target ÷ value where less is better.

    ``target`` is the id of a target of the scheme, or ``value`` a fixed figure.
    """

    measure: Measure
    target: str | None = None
    value: Fraction | None = None
    cap: Fraction = Fraction(1)
    inverse: bool = False
    digits: int | None = None
    undefined: Fraction = _ZERO


@dataclass(frozen=True, slots=True)
class PerUnit:
    """``base`` points and ``points`` more (or less) for every ``every`` beyond ``start``.

    A negative ``every`` counts how far the value lies below ``start``. Only whole ``every``
    count unless ``proportional``; the result stays between 0 and the indicator's maximum.
    ``below`` is what a value that does not reach ``start`` receives (不足 50 个不得分).
    """

    measure: Measure
    points: Fraction
    every: Fraction = Fraction(1)
    start: Fraction = _ZERO
    base: Fraction = _ZERO
    below: Fraction | None = None
    proportional: bool = False
    digits: int | None = None
    undefined: Fraction = _ZERO


Formula = Banded | Linear | RatioToTarget | PerUnit


@dataclass(frozen=True, slots=True)
class ByCategory:
    """Another formula for each category of application (分行业); ``otherwise`` for the rest."""

    cases: tuple[tuple[str, Formula], ...] = field(default=())
    otherwise: Formula | None = None


Method = Judged | Chosen | Banded | Linear | RatioToTarget | PerUnit | ByCategory


def is_formula(method: Method) -> bool:
    """Tell whether the points come from claimed figures alone, so that no expert marks it."""
    return not isinstance(method, Judged | Chosen)


def formulas(method: Method) -> Iterator[Formula]:
    """Yield the formula of a method, or one for each category; nothing for a judged one."""
    if isinstance(method, ByCategory):
        yield from (formula for _category, formula in method.cases)
        if method.otherwise is not None:
            yield method.otherwise
    elif not isinstance(method, Judged | Chosen):
        yield method


def measures(method: Method) -> Iterator[Measure]:
    """Yield every measure a method looks at."""
    if isinstance(method, Judged) and method.measure is not None:
        yield method.measure
    yield from (formula.measure for formula in formulas(method))
