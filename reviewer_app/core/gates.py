"""Gates (门槛): pass or fail with evidence, never points; an exception only with a reason."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from reviewer_app.core.intervals import Interval
from reviewer_app.core.mechanics import Measure, figure_ids


@dataclass(frozen=True, slots=True)
class Requirement:
    """One figure held against a target of the scheme or against an interval."""

    measure: Measure
    target: str | None = None
    interval: Interval | None = None


@dataclass(frozen=True, slots=True)
class Gate:
    """A condition to enter or stay; every requirement must hold.

    ``exception`` says whether the document allows one (原则上). ``consequence`` is what the
    document attaches to failing. ``kinds`` are the occasions it applies to; none means all.
    """

    code: str
    title: str
    source: str
    requirements: tuple[Requirement, ...]
    stage: str = ""
    exception: bool = False
    consequence: str = ""
    kinds: tuple[str, ...] = ()

    def figure_ids(self) -> Iterator[str]:
        """Yield the ids of every claimed figure the gate looks at."""
        for requirement in self.requirements:
            yield from figure_ids(requirement.measure)


class GateVerdict(StrEnum):
    """What became of a gate."""

    PASSED = "passed"
    FAILED = "failed"
    EXCEPTED = "excepted"
    UNPROVEN = "unproven"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One requirement with the figure found; ``holds`` is None where a figure is lacking."""

    requirement: str
    figure: Fraction | None
    holds: bool | None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GateFinding:
    """A gate's verdict with its evidence; ``reason`` is the one given for an exception."""

    gate: Gate
    verdict: GateVerdict
    evidence: tuple[Evidence, ...]
    reason: str = ""
