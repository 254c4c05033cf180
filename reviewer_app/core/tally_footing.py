"""What put experts, or groups, on one footing: the figures, to be printed and checked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction


class Unfit(StrEnum):
    """Why an expert cannot be normalised, or a group has no factor."""

    TOO_FEW = "too-few"
    FLAT = "flat"
    NOT_POSITIVE = "not-positive"


@dataclass(frozen=True, slots=True)
class Yardstick:
    """One expert's own mean and variance (n − 1), and the factor that follows; 0 if unfit."""

    expert: str
    applications: int
    mean: Fraction
    variance: Fraction
    factor: Fraction = Fraction(0)
    unfit: Unfit | None = None


@dataclass(frozen=True, slots=True)
class Normalisation:
    """What the experts were measured with; ``mean`` and ``variance`` are means of theirs.

    Where one expert is unfit nobody is normalised: raw and normalised totals do not mix.
    """

    experts: tuple[Yardstick, ...]
    mean: Fraction = Fraction(0)
    variance: Fraction = Fraction(0)

    @property
    def unfit(self) -> Mapping[str, Unfit]:
        """Return the experts because of whom nothing is normalised, and why."""
        return {each.expert: each.unfit for each in self.experts if each.unfit}


@dataclass(frozen=True, slots=True)
class GroupFactors:
    """The reference mean, and each group's own mean and factor by its name.

    Where one group is ``unfit`` there are no factors at all: groups with and without one
    cannot be ranked together.
    """

    reference: Fraction = Fraction(0)
    means: Mapping[str, Fraction] = field(default_factory=dict)
    factors: Mapping[str, Fraction] = field(default_factory=dict)
    unfit: Mapping[str, Unfit] = field(default_factory=dict)
