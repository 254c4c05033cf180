"""What the editors of the indicator table show: comparisons and one indicator; plain values."""

from collections.abc import Mapping
from dataclasses import dataclass

from ui.views import Message

TABLE, COMPARE, INDICATOR = "table", "compare", "indicator"


@dataclass(frozen=True, slots=True)
class CompareView:
    """Pairs compared by hand: members down and across, the degree of each pair, the outcome."""

    groups: tuple[tuple[str, str], ...]
    group: str
    members: tuple[tuple[str, str], ...]
    degrees: Mapping[tuple[str, str], str]
    """By (one, other), one standing before the other: ``3`` or ``1/3``."""
    proposal: tuple[tuple[str, str], ...]
    measures: str
    verdict: Message


@dataclass(frozen=True, slots=True)
class LevelLine:
    """One level as it is being typed."""

    name: str
    low: str
    high: str
    descriptor: str


@dataclass(frozen=True, slots=True)
class IndicatorView:
    """One indicator with everything an expert is shown of it."""

    code: str
    title: str
    guidance: str
    maximum: str
    step: str
    levels: tuple[LevelLine, ...]
    targets: str
    source: str
    editable: bool
    why: str
    fault: str


@dataclass(frozen=True, slots=True)
class SchemeView:
    """The part of the indicator table beside its weights."""

    mode: str
    schemes: tuple[tuple[str, str], ...]
    scheme: str
    own: bool
    fits: bool
    compare: CompareView | None
    indicator: IndicatorView | None
