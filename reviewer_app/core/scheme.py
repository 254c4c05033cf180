"""The indicator table (指标体系): dimensions, indicators, levels, targets, gates, conclusions.

A scheme is a frozen value. It says who set its weights, where each title stands in its source
document, and whether a title is inferred. How marks become points lives in ``scoring``; how a
scheme is written down and read lives in ``scheme_data``; docs/schemes.md teaches both.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from reviewer_app.core.errors import NotFoundError
from reviewer_app.core.gates import Gate
from reviewer_app.core.intervals import Interval
from reviewer_app.core.mechanics import JUDGED, Method, is_formula
from reviewer_app.core.messages import _
from reviewer_app.core.outcomes import Outcome


class WeightOrigin(StrEnum):
    """Who set the weights; suggested ones are confirmed by the organiser before issue."""

    OFFICIAL = "official"
    SUGGESTED = "suggested"


@dataclass(frozen=True, slots=True)
class Level:
    """One band of judgement (优良中差): both ends belong to it, in points of the indicator.

    ``when`` is the measured value that leads to it, where a claimed figure decides the level.
    """

    name: str
    low: Fraction
    high: Fraction
    descriptor: str = ""
    when: Interval | None = None


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
class Input:
    """A figure that an application claims for a formula or gate; unit 是否 means 1 or 0."""

    id: str
    name: str
    unit: str = ""


class Role(StrEnum):
    """What an indicator's points do: count, come on top, are taken off, or decide only."""

    SCORE = "score"
    BONUS = "bonus"
    PENALTY = "penalty"
    SCREEN = "screen"


@dataclass(frozen=True, slots=True)
class Indicator:
    """A leaf that receives a mark from ``minimum`` to ``maximum`` in steps of ``step``.

    It contributes ``weight × mark ÷ maximum`` to the total. ``targets`` are ids of the
    scheme's targets. ``source`` is the paragraph of the document. ``specialisms`` names the
    kinds of experts who are asked for it; none means everyone.
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
    method: Method = JUDGED
    role: Role = Role.SCORE
    specialisms: tuple[str, ...] = ()

    @property
    def full_weight(self) -> Fraction:
        """Its share of the heading above; nothing for bonus, penalty and screening."""
        return self.weight if self.role is Role.SCORE else Fraction(0)

    @property
    def is_formula(self) -> bool:
        """Whether its points come from claimed figures alone: no expert gives a mark for it."""
        return is_formula(self.method)


class Pick(StrEnum):
    """Which children of a heading count: all, exactly one (二选一), or the best (取优)."""

    ALL = "all"
    ONE = "one"
    BEST = "best"


@dataclass(frozen=True)
class Dimension:
    """A first-level heading and what stands under it; may nest once more.

    ``weight`` is its worth in the heading above when that is not simply the sum of its
    children: a sub-table out of 100 that counts 60 has weight 60. ``at_most`` and ``at_least``
    cap its points, bonus and penalties included, in its own scale.
    """

    code: str
    title: str
    source: str
    children: tuple["Indicator | Dimension", ...]
    inferred: bool = False
    weight: Fraction | None = None
    pick: Pick = Pick.ALL
    at_most: Fraction | None = None
    at_least: Fraction | None = None

    def indicators(self) -> Iterator[Indicator]:
        """Yield the indicators under this heading in printed order."""
        for child in self.children:
            if isinstance(child, Indicator):
                yield child
            else:
                yield from child.indicators()

    @cached_property
    def full_marks(self) -> Fraction:
        """The most its children can give together, bonus aside, in the heading's own scale."""
        weights = [child.full_weight for child in self.children]
        if self.pick is Pick.ALL:
            return sum(weights, Fraction(0))
        return max(weights, default=Fraction(0)) if self.weight is None else self.weight

    @cached_property
    def full_weight(self) -> Fraction:
        """Its worth in points of the heading above."""
        return self.full_marks if self.weight is None else self.weight


@dataclass(frozen=True, slots=True)
class Variant:
    """Other weights for one category of applications; headings are scaled as a whole."""

    category: str
    weights: tuple[tuple[str, Fraction], ...]


@dataclass(frozen=True, slots=True)
class OutlineItem:
    """A section that the document asks an application to contain (编制大纲), verbatim."""

    code: str
    title: str
    quote: str
    source: str


@dataclass(frozen=True)
class Scheme:
    """An indicator table with its weights and targets.

    ``guidance_origin`` says whose the guidance and level descriptors are; ``weight_method`` how
    weights that no document states came about, as printed (层次分析法…). ``maximum`` is the
    total the document states; None where it states none. ``may_exceed`` lets bonus points lift
    a total above it. ``kinds`` are the occasions it is meant for. ``outcomes`` are tried in
    order; the first that holds is the conclusion.
    """

    id: str
    title: str
    document: str
    weight_origin: WeightOrigin
    dimensions: tuple[Dimension, ...]
    targets: tuple[Target, ...] = ()
    guidance_origin: WeightOrigin = WeightOrigin.SUGGESTED
    weight_method: str = ""
    maximum: Fraction | None = None
    may_exceed: bool = False
    kinds: tuple[str, ...] = ()
    note: str = ""
    inputs: tuple[Input, ...] = ()
    gates: tuple[Gate, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    variants: tuple[Variant, ...] = ()
    outline: tuple[OutlineItem, ...] = ()

    @cached_property
    def full_marks(self) -> Fraction:
        """The most a sheet can reach, bonus aside."""
        return sum((dimension.full_weight for dimension in self.dimensions), Fraction(0))

    def indicators(self) -> tuple[Indicator, ...]:
        """Return every indicator in printed order."""
        return self._leaves

    @cached_property
    def _leaves(self) -> tuple[Indicator, ...]:
        return tuple(leaf for dimension in self.dimensions for leaf in dimension.indicators())

    def indicator(self, code: str) -> Indicator:
        """Return the indicator with this code; raises NotFoundError."""
        for leaf in self.indicators():
            if leaf.code == code:
                return leaf
        raise NotFoundError(
            _("Scheme {scheme} has no indicator {code}").format(scheme=self.id, code=code)
        )

    def target(self, target_id: str) -> Target:
        """Return the target with this id; raises NotFoundError."""
        for target in self.targets:
            if target.id == target_id:
                return target
        raise NotFoundError(
            _("Scheme {scheme} has no target {target}").format(scheme=self.id, target=target_id)
        )
