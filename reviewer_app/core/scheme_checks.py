"""What a scheme must not contradict: levels, weights, codes, references.

Each function returns nothing or raises SchemeError whose text begins with ``where``.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import NoReturn

from reviewer_app.core.errors import SchemeError
from reviewer_app.core.messages import _
from reviewer_app.core.numbers import plain_text
from reviewer_app.core.scheme import Dimension, Indicator, Level, Pick, Role, Scheme

_SPECIALISMS = ("技术", "管理", "财务", "投资")


def check_indicator(indicator: Indicator, where: str) -> None:
    """Refuse an impossible scale, and levels that overlap, leave gaps or miss an end."""
    here = f"{where} ({indicator.code})"
    if indicator.step <= 0 or indicator.maximum <= 0 or indicator.minimum > indicator.maximum:
        _refuse(here, _("the scale must rise in positive steps to a positive maximum"))
    if (indicator.maximum - indicator.minimum) % indicator.step:
        _refuse(here, _("maximum {maximum} is not on a step").format(maximum=indicator.maximum))
    if indicator.weight < 0 or (indicator.role is Role.SCORE and not indicator.weight):
        _refuse(here, _("“weight” must be above zero"))
    for name in indicator.specialisms:
        if name not in _SPECIALISMS:
            _refuse(here, _("“specialisms”: {name} is unknown").format(name=name))
    if indicator.levels:
        _check_levels(indicator, f"{here} “levels”")


def _check_levels(indicator: Indicator, where: str) -> None:
    for level in indicator.levels:
        for bound in (level.low, level.high):
            if (bound - indicator.minimum) % indicator.step:
                _refuse(
                    where,
                    _("{level}: {bound} is off the step {step}").format(
                        level=level.name,
                        bound=plain_text(bound),
                        step=plain_text(indicator.step),
                    ),
                )
        if level.low > level.high:
            _refuse(where, _("{level} runs downwards").format(level=level.name))
    rising = sorted(indicator.levels, key=lambda level: (level.low, level.high))
    _check_ends(indicator, rising, where)
    for below, above in pairwise(rising):
        if above.low <= below.high:
            _refuse(where, _("{a} and {b} overlap").format(a=_range(above), b=_range(below)))
        if above.low - below.high != indicator.step:
            _refuse(
                where,
                _("there is a gap between {b} and {a}").format(
                    a=_range(above), b=_range(below)
                ),
            )
    for name, count in Counter(level.name for level in indicator.levels).items():
        if count > 1:
            _refuse(where, _("two levels are called {name}").format(name=name))


def _check_ends(indicator: Indicator, rising: list[Level], where: str) -> None:
    top = max(level.high for level in rising)
    if top != indicator.maximum:
        _refuse(
            where,
            _("the top level ends at {top}, the maximum is {maximum}").format(
                top=plain_text(top), maximum=plain_text(indicator.maximum)
            ),
        )
    if rising[0].low != indicator.minimum:
        _refuse(
            where,
            _("the lowest level begins at {low}, the minimum is {minimum}").format(
                low=plain_text(rising[0].low), minimum=plain_text(indicator.minimum)
            ),
        )


def _range(level: Level) -> str:
    return f"{level.name} {plain_text(level.low)}–{plain_text(level.high)}"


def check_dimension(dimension: Dimension, of: Fraction | None, where: str) -> None:
    """Refuse a heading whose children do not sum to what it states.

    ``of`` is the sum of a sub-table that counts for ``weight`` only (分项折算).
    """
    here = f"{where} ({dimension.code})"
    if not dimension.children:
        _refuse(here, _("there is no indicator under this heading"))
    if of is not None and dimension.weight is None:
        _refuse(here, _("“of” needs “weight”: what the sub-table counts for"))
    if of is not None and dimension.pick is not Pick.ALL:
        _refuse(here, _("“of” cannot stand under a heading with a choice"))
    stated = dimension.weight if of is None else of
    if stated is not None and stated != _found(dimension):
        _refuse(
            here,
            _("“weight”: {stated} is stated, the indicators under it sum to {found}").format(
                stated=plain_text(stated), found=plain_text(_found(dimension))
            ),
        )
    if dimension.pick is not Pick.ALL and any(
        isinstance(child, Indicator) and child.role is not Role.SCORE
        for child in dimension.children
    ):
        _refuse(here, _("a heading with a choice holds ordinary indicators only"))
    _check_caps(dimension, here)


def _found(dimension: Dimension) -> Fraction:
    """Return what the children come to, whatever the heading states."""
    return replace(dimension, weight=None).full_marks


def _check_caps(dimension: Dimension, where: str) -> None:
    low, high = dimension.at_least, dimension.at_most
    if low is not None and high is not None and low > high:
        _refuse(where, _("“at_least” is above “at_most”"))


def check_scheme(scheme: Scheme, where: str) -> None:
    """Refuse duplicate codes, unknown targets and weights that miss the stated total."""
    if not scheme.dimensions:
        _refuse(where, _("there is no dimension"))
    _check_unique(_codes(scheme), where, _("the code {name} is given twice"))
    ids = [target.id for target in scheme.targets]
    _check_unique(ids, where, _("the target {name} is given twice"))
    for indicator in scheme.indicators():
        for target in indicator.targets:
            if target not in ids:
                _refuse(
                    where,
                    _("indicator {code}: there is no target {target}").format(
                        code=indicator.code, target=target
                    ),
                )
    if scheme.maximum is not None and scheme.full_marks != scheme.maximum:
        _refuse(
            where,
            _("“total”: {stated} is stated, the weights sum to {found}").format(
                stated=plain_text(scheme.maximum), found=plain_text(scheme.full_marks)
            ),
        )


def _codes(scheme: Scheme) -> Iterator[str]:
    def walk(dimension: Dimension) -> Iterator[str]:
        yield dimension.code
        for child in dimension.children:
            if isinstance(child, Indicator):
                yield child.code
            else:
                yield from walk(child)

    for dimension in scheme.dimensions:
        yield from walk(dimension)


def _check_unique(names: Iterable[str], where: str, sentence: str) -> None:
    for name, count in Counter(names).items():
        if count > 1:
            _refuse(where, sentence.format(name=name))


def _refuse(where: str, sentence: str) -> NoReturn:
    raise SchemeError(f"{where}: {sentence}")
