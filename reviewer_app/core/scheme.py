"""The indicator table (指标体系): dimensions, indicators, levels, targets, gates, conclusions.

A scheme is a frozen value. It says who set its weights, where each title stands in its source
document, and whether a title is inferred. How marks become points lives in ``scoring``; how a
scheme is written down and read lives in ``scheme_data``.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from reviewer_app.core.errors import NotFoundError
from reviewer_app.core.messages import _


class WeightOrigin(StrEnum):
    """Who set the weights; suggested ones cannot be issued until the organiser confirms them."""

    OFFICIAL = "official"
    SUGGESTED = "suggested"


@dataclass(frozen=True, slots=True)
class Level:
    """One band of judgement (优良中差): both ends belong to it, in points of the indicator."""

    name: str
    low: Fraction
    high: Fraction
    descriptor: str = ""


class Relation(StrEnum):
    """How a figure is held against its target."""

    AT_LEAST = "≥"
    MORE_THAN = ">"
    EQUAL = "="
    AT_MOST = "≤"
    LESS_THAN = "<"
    ABOUT = "≈"
    BETWEEN = "between"
    QUALITATIVE = "qualitative"


@dataclass(frozen=True, slots=True)
class Target:
    """A dated figure of the source document; ``value`` is None for a qualitative one."""

    id: str
    name: str
    relation: Relation
    value: Fraction | None
    unit: str
    quote: str
    source: str
    high: Fraction | None = None
    date: str = ""
    scope: str = ""
    threshold: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """The expert gives the points, level first."""


Method = Judged


@dataclass(frozen=True, slots=True)
class Indicator:
    """A leaf that receives a mark from ``minimum`` to ``maximum`` in steps of ``step``.

    It contributes ``weight × mark ÷ maximum`` to the total. ``targets`` are ids of the
    scheme's targets. ``source`` is the paragraph of the document.
    """

    code: str
    title: str
    source: str
    weight: Fraction
    minimum: Fraction
    maximum: Fraction
    step: Fraction
    levels: tuple[Level, ...] = ()
    inferred: bool = False
    objective: bool = False
    guidance: str = ""
    targets: tuple[str, ...] = ()
    method: Method = Judged()


@dataclass(frozen=True, slots=True)
class Dimension:
    """A first-level heading and what stands under it; may nest once more."""

    code: str
    title: str
    source: str
    children: tuple["Indicator | Dimension", ...]
    inferred: bool = False

    def indicators(self) -> Iterator[Indicator]:
        """Yield the indicators under this heading in printed order."""
        for child in self.children:
            if isinstance(child, Indicator):
                yield child
            else:
                yield from child.indicators()


@dataclass(frozen=True, slots=True)
class Scheme:
    """An indicator table with its weights and targets."""

    id: str
    title: str
    document: str
    weight_origin: WeightOrigin
    dimensions: tuple[Dimension, ...]
    targets: tuple[Target, ...] = ()

    def indicators(self) -> tuple[Indicator, ...]:
        """Return every indicator in printed order."""
        return tuple(leaf for dimension in self.dimensions for leaf in dimension.indicators())

    def indicator(self, code: str) -> Indicator:
        """Return the indicator with this code; raises NotFoundError."""
        for leaf in self.indicators():
            if leaf.code == code:
                return leaf
        raise NotFoundError(
            _("Scheme {scheme} has no indicator {code}").format(scheme=self.id, code=code)
        )
