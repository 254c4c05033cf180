"""What a method must not contradict: gaps between bands, lines that fall back, a missed top.

Each function raises SchemeError without a place; ``scheme_checks`` puts the place in front.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import pairwise

from reviewer_app.core.errors import SchemeError
from reviewer_app.core.intervals import EVERYTHING, check_cover
from reviewer_app.core.mechanics import (
    Banded,
    ByCategory,
    Chosen,
    Formula,
    Judged,
    Linear,
    PerUnit,
    RatioToTarget,
    formulas,
)
from reviewer_app.core.messages import _
from reviewer_app.core.numbers import plain_text
from reviewer_app.core.scheme import Indicator, Level


def check_levels(indicator: Indicator) -> None:
    """Refuse levels off the step, overlapping, with gaps, or not from minimum to maximum."""
    levels = indicator.levels
    for level in levels:
        _check_bounds(level, indicator)
    _refuse_repeated((level.name for level in levels), _("two levels are called {name}"))
    if not levels:
        return
    rising = sorted(levels, key=lambda level: (level.low, level.high))
    _check_ends(indicator, rising)
    for below, above in pairwise(rising):
        if above.low <= below.high:
            raise SchemeError(_("{a} and {b} overlap").format(a=_range(above), b=_range(below)))
        if above.low - below.high != indicator.step and indicator.method != Chosen():
            raise SchemeError(
                _("there is a gap between {b} and {a}").format(a=_range(above), b=_range(below))
            )


def _check_bounds(level: Level, indicator: Indicator) -> None:
    for bound in (level.low, level.high):
        if (bound - indicator.minimum) % indicator.step:
            raise SchemeError(
                _("{level}: {bound} is off the step {step}").format(
                    level=level.name,
                    bound=plain_text(bound),
                    step=plain_text(indicator.step),
                )
            )
    if level.low > level.high:
        raise SchemeError(_("{level} runs downwards").format(level=level.name))


def _check_ends(indicator: Indicator, rising: Sequence[Level]) -> None:
    top = max(level.high for level in rising)
    if top != indicator.maximum:
        raise SchemeError(
            _("the top level ends at {top}, the maximum is {maximum}").format(
                top=plain_text(top), maximum=plain_text(indicator.maximum)
            )
        )
    if rising[0].low != indicator.minimum:
        raise SchemeError(
            _(
                "the lowest level begins at {low}, the minimum is {minimum}; where no mark "
                "lies below {low}, write minimum = {low}"
            ).format(low=plain_text(rising[0].low), minimum=plain_text(indicator.minimum))
        )


def _range(level: Level) -> str:
    return f"{level.name} {plain_text(level.low)}–{plain_text(level.high)}"


def check_method(indicator: Indicator) -> None:
    """Refuse a method that does not fit its indicator or leaves some value without points."""
    method = indicator.method
    guided = isinstance(method, Judged) and method.measure is not None
    if any((level.when is not None) is not guided for level in indicator.levels):
        raise SchemeError(
            _("levels have “when” if and only if the method names a “measure” to decide them")
        )
    if guided:
        check_cover([each.when for each in indicator.levels if each.when], EVERYTHING)
    if isinstance(method, Chosen):
        _check_chosen(indicator)
    if isinstance(method, ByCategory):
        if not method.cases:
            raise SchemeError(_("there is no “case”"))
        _refuse_repeated(
            (category for category, _formula in method.cases), _("{name} stands in two cases")
        )
    for formula in formulas(method):
        _check_formula(formula, indicator)


def _check_chosen(indicator: Indicator) -> None:
    if not indicator.levels:
        raise SchemeError(_("there is no level to choose from"))
    for level in indicator.levels:
        if level.low != level.high:
            raise SchemeError(
                _("{level}: a chosen level has one value, not a range").format(level=level.name)
            )


def _check_formula(formula: Formula, indicator: Indicator) -> None:
    points = [formula.undefined]
    match formula:
        case Banded():
            if not formula.bands:
                raise SchemeError(_("there is no band"))
            check_cover(
                [band.interval for band in formula.bands], formula.domain, whole=formula.whole
            )
            points += [band.points for band in formula.bands]
            _check_top(points, indicator)
        case Linear():
            _check_line(formula)
            points += [y for _x, y in formula.pairs]
            points += [] if formula.below is None else [formula.below]
            _check_top(points, indicator)
        case RatioToTarget():
            _check_ratio(formula)
        case PerUnit():
            if not formula.every or not formula.points:
                raise SchemeError(_("“every” and “points” must not be zero"))
            if formula.below is not None and formula.every < 0:
                raise SchemeError(_("“below” does not go with a negative “every”"))
            points += [formula.base]
            points += [] if formula.below is None else [formula.below]
    for value in points:
        if not 0 <= value <= indicator.maximum:
            raise SchemeError(
                _("{points} points lie outside 0–{maximum}").format(
                    points=plain_text(value), maximum=plain_text(indicator.maximum)
                )
            )


def _check_top(points: Iterable[Fraction], indicator: Indicator) -> None:
    if max(points) != indicator.maximum:
        raise SchemeError(
            _("the most points are {top}, the maximum is {maximum}").format(
                top=plain_text(max(points)), maximum=plain_text(indicator.maximum)
            )
        )


def _check_line(formula: Linear) -> None:
    if len(formula.pairs) < 2:  # noqa: PLR2004 - a line has two ends
        raise SchemeError(_("a line needs at least two points"))
    for (x0, _y0), (x1, _y1) in pairwise(formula.pairs):
        if x0 >= x1:
            raise SchemeError(_("“points”: the measured values must rise"))


def _check_ratio(formula: RatioToTarget) -> None:
    if (formula.target is None) is (formula.value is None):
        raise SchemeError(_("a ratio needs either “target” or “value”"))
    if formula.value is not None and formula.value <= 0:
        raise SchemeError(_("“value” must be above zero"))
    if formula.cap <= 0:
        raise SchemeError(_("“cap” must be above zero"))


def _refuse_repeated(names: Iterable[str], sentence: str) -> None:
    for name, count in Counter(names).items():
        if count > 1:
            raise SchemeError(sentence.format(name=name))
