"""Spreadsheet formulas that repeat the review rules, for workbooks that recalculate.

Spreadsheets count in binary floats: every figure to be rounded is first rounded to nine
decimals, which removes the noise and no more, so that halves stay halves.
"""

from dataclasses import dataclass
from enum import StrEnum

NOISE_DIGITS = 9
TIE = 0.5


class Combining(StrEnum):
    """How several figures become one; the values are those of the review rules."""

    MEAN = "mean"
    TRIMMED = "trimmed"
    MEDIAN = "median"


class RoundingMode(StrEnum):
    """What happens to a half; the values are those of the review rules."""

    HALF_UP = "half-up"
    HALF_EVEN = "half-even"
    TRUNCATE = "truncate"


@dataclass(frozen=True, slots=True)
class CombiningRule:
    """Everything that makes one published figure of several."""

    method: Combining = Combining.MEAN
    drop_high: int = 1
    drop_low: int = 1
    minimum_sheets: int = 5
    mode: RoundingMode = RoundingMode.HALF_UP
    digits: int = 2


def rounded(figure: str, digits: int, mode: RoundingMode) -> str:
    """Return the formula of ``figure`` rounded to ``digits`` decimals."""
    clean = f"ROUND({figure},{NOISE_DIGITS})"
    if mode is RoundingMode.HALF_UP:
        return f"ROUND({clean},{digits})"
    if mode is RoundingMode.TRUNCATE:
        return f"TRUNC({clean},{digits})"
    scaled = f"ROUND({clean}*1E{digits},{NOISE_DIGITS - digits})"
    return f"IF(MOD({scaled},2)={TIE},INT({scaled}),ROUND({scaled},0))/1E{digits}"


def combined(cells: str, rule: CombiningRule) -> str:
    """Return the formula that combines the numbers among ``cells``; words in it count not."""
    if rule.method is Combining.MEDIAN:
        return f"MEDIAN({cells})"
    dropped = rule.drop_high + rule.drop_low
    if rule.method is Combining.MEAN or not dropped:
        return f"AVERAGE({cells})"
    extremes = [f"LARGE({cells},{place})" for place in range(1, rule.drop_high + 1)]
    extremes += [f"SMALL({cells},{place})" for place in range(1, rule.drop_low + 1)]
    enough = max(rule.minimum_sheets, dropped + 1)
    kept = f"(SUM({cells})-{'-'.join(extremes)})/(COUNT({cells})-{dropped})"
    return f"IF(COUNT({cells})<{enough},AVERAGE({cells}),{kept})"


def weighted_mean(cells: str, weights: str) -> str:
    """Return the formula of the weighted mean of the numbers among ``cells``."""
    return f"SUMPRODUCT({weights},{cells})/SUMPRODUCT(ISNUMBER({cells})*{weights})"


def heading_points(marks: str, weights: str, maxima: str) -> str:
    """Return the formula of one heading's points out of the sum of its weights.

    What could not be scored hands its weight on to the others; an empty heading shows a dash.
    """
    scored = f"SUMPRODUCT(ISNUMBER({marks})*{weights})"
    points = f"SUMPRODUCT({weights}/{maxima},{marks})"
    return f'IF({scored}=0,"—",{points}/{scored}*SUM({weights}))'


def total_points(headings: list[str], weights: list[str], full_marks: str) -> str:
    """Return the formula of the total; empty headings hand their weight to the others."""
    alive = "+".join(
        f"IF(ISNUMBER({heading}),{weight},0)"
        for heading, weight in zip(headings, weights, strict=True)
    )
    return f'IF({alive}=0,"—",SUM({",".join(headings)})/({alive})*{full_marks})'
