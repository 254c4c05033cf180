"""Experts on one yardstick (z-score): mild and strict, bold and timid ones weigh alike.

Each expert's totals keep their order and relative distances, but get the panel's mean and
spread: ``panel mean + (total − own mean) × factor``, where the factor is the square root of the
panel's variance divided by the expert's own. A root is irrational, so the factor, and nothing
else, is rounded: half up to FACTOR_DIGITS decimals, by whole-number arithmetic. Everything
after it is exact again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from math import isqrt

from reviewer_app.core.tally_combine import exact_sum
from reviewer_app.core.tally_footing import Normalisation, Unfit, Yardstick
from reviewer_app.core.tally_results import SheetFigure

LEAST_APPLICATIONS = 8
"""Below so many applications an expert's own mean and spread say too little to divide by."""
FACTOR_DIGITS = 9
"""Decimals of a factor."""


def normalisation(figures: Iterable[Iterable[SheetFigure | None]]) -> Normalisation:
    """Return the yardsticks that follow from every application's counted totals."""
    totals: dict[str, list[Fraction]] = {}
    for given in figures:
        for figure in given:
            if figure is not None:
                totals.setdefault(figure.expert, []).append(figure.counted)
    sticks = [_yardstick(expert, totals[expert]) for expert in sorted(totals)]
    if not sticks or any(stick.unfit for stick in sticks):
        return Normalisation(tuple(sticks))
    mean = exact_sum([stick.mean for stick in sticks]) / len(sticks)
    variance = exact_sum([stick.variance for stick in sticks]) / len(sticks)
    return Normalisation(
        tuple(replace(each, factor=root(variance / each.variance)) for each in sticks),
        mean,
        variance,
    )


def normalised(
    figures: Sequence[SheetFigure | None], common: Normalisation
) -> list[SheetFigure | None]:
    """Return one application's figures with their counted totals on the one yardstick."""
    if common.unfit:
        return list(figures)
    own = {each.expert: each for each in common.experts}

    def moved(figure: SheetFigure) -> SheetFigure:
        stick = own[figure.expert]
        counted = common.mean + (figure.counted - stick.mean) * stick.factor
        return replace(figure, counted=counted)

    return [None if figure is None else moved(figure) for figure in figures]


def root(square: Fraction) -> Fraction:
    """Return the square root, half up to FACTOR_DIGITS decimals."""
    scale = 10**FACTOR_DIGITS
    doubled = isqrt(4 * scale * scale * square.numerator // square.denominator)
    return Fraction((doubled + 1) // 2, scale)


def _yardstick(expert: str, totals: Sequence[Fraction]) -> Yardstick:
    count = len(totals)
    mean = exact_sum(totals) / count
    squares = exact_sum([(total - mean) ** 2 for total in totals])
    variance = squares / (count - 1) if count > 1 else Fraction(0)
    unfit: Unfit | None = None
    if count < LEAST_APPLICATIONS:
        unfit = Unfit.TOO_FEW
    elif not variance:
        unfit = Unfit.FLAT
    return Yardstick(expert, count, mean, variance, unfit=unfit)
