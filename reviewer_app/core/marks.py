"""A mark is a number or the reason why there is none; the four states never mix."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class MarkState(StrEnum):
    """What an expert's mark for one indicator can be."""

    SCORED = "scored"
    MISSING = "missing"
    NOT_APPLICABLE = "not-applicable"
    ABSTAINED = "abstained"


@dataclass(frozen=True, slots=True)
class Mark:
    """One expert's answer for one indicator; ``value`` is in points of its scale."""

    state: MarkState
    value: Fraction | None = None

    def __post_init__(self) -> None:
        if (self.state is MarkState.SCORED) != (self.value is not None):
            raise ValueError("a scored mark has a value, every other state has none")


MISSING = Mark(MarkState.MISSING)
NOT_APPLICABLE = Mark(MarkState.NOT_APPLICABLE)
ABSTAINED = Mark(MarkState.ABSTAINED)


def scored(value: Fraction | int) -> Mark:
    """Return a scored mark of ``value`` points."""
    return Mark(MarkState.SCORED, Fraction(value))
