"""Anonymised feedback (匿名反馈): how a panel's figures lie, without telling anybody's own.

Two figures say it: the one in the middle, and how far the middle half lies apart. Both are
exact. Below ``LEAST`` marks neither is given: from five on the two outermost marks cannot be
told from them, not even by an expert who takes the own mark away, unless the scale itself tells
(docs/formats.md, section 14).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

LEAST = 5
"""Fewer marks than this and nothing is told."""

_HALF, _QUARTER = Fraction(1, 2), Fraction(1, 4)


@dataclass(frozen=True, slots=True)
class Middle:
    """Where ``count`` figures lie; ``median`` and ``width`` are None where they are too few."""

    count: int
    median: Fraction | None = None
    width: Fraction | None = None
    """The distance between the quartiles (四分位距)."""


@dataclass(frozen=True, slots=True)
class PanelFigures:
    """What the panel gave one application: the totals, and each indicator's marks."""

    application: str
    total: Middle
    indicators: tuple[tuple[str, Middle], ...]

    def of(self, code: str) -> Middle:
        """Return how the marks of one indicator lie; nothing where nobody was asked."""
        return dict(self.indicators).get(code, Middle(0))


def middle_of(figures: Sequence[Fraction]) -> Middle:
    """Return how the figures lie, without any that could be one expert's outermost."""
    ordered = sorted(figures)
    if len(ordered) < LEAST:
        return Middle(len(ordered))
    width = _at(ordered, 3 * _QUARTER) - _at(ordered, _QUARTER)
    return Middle(len(ordered), _at(ordered, _HALF), width)


def _at(ordered: Sequence[Fraction], share: Fraction) -> Fraction:
    """Return the figure at a share of the way through, between two of them in proportion."""
    place = share * (len(ordered) - 1)
    below = place.numerator // place.denominator
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])
