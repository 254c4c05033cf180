"""Which of an indicator's levels a figure belongs to."""

from fractions import Fraction

from reviewer_app.core.scheme import Indicator


def level_place(leaf: Indicator, value: Fraction | None) -> int | None:
    """Return the level a figure belongs to; one between two levels belongs to the lower.

    None without a figure, without levels, or below the lowest.
    """
    if value is None or not leaf.levels:
        return None
    reached = [i for i, level in enumerate(leaf.levels) if level.low <= value]
    return max(reached, key=lambda i: leaf.levels[i].low) if reached else None
