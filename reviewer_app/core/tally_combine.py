"""Several experts' figures become one: mean, mean without the extremes, or median.

Everything is exact, and the order of the figures never matters. With unequal weights the mean
is weighted, and the median is the figure at which half of all weight is reached.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from reviewer_app.core.rules import ONE_VOICE, Aggregation, Method

_ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Voice:
    """One expert's figure and what it weighs."""

    expert: str
    value: Fraction
    weight: Fraction = ONE_VOICE


@dataclass(frozen=True, slots=True)
class Combined:
    """The one figure, and who was left out of it at either end."""

    value: Fraction
    dropped_high: tuple[str, ...] = ()
    dropped_low: tuple[str, ...] = ()
    trimmed: bool = False


def combine(voices: Sequence[Voice], aggregation: Aggregation) -> Combined:
    """Return what the method makes of the figures; there must be at least one."""
    if aggregation.method is Method.MEDIAN:
        return Combined(median(voices))
    dropped = aggregation.drop_high + aggregation.drop_low
    if (
        aggregation.method is not Method.TRIMMED
        or len(voices) < aggregation.minimum_sheets
        or len(voices) <= dropped
    ):
        return Combined(mean(voices))
    low = sorted(voices, key=_lowest_first)[: aggregation.drop_low]
    left = [voice for voice in voices if voice not in low]
    high = sorted(left, key=_highest_first)[: aggregation.drop_high]
    return Combined(
        mean([voice for voice in left if voice not in high]),
        tuple(voice.expert for voice in high),
        tuple(voice.expert for voice in low),
        trimmed=dropped > 0,
    )


def exact_sum(values: Iterable[Fraction]) -> Fraction:
    """Return the sum over one common denominator, which is faster than one by one."""
    parts = [(value.numerator, value.denominator) for value in values]
    common = lcm(*[below for _above, below in parts])
    return Fraction(sum([above * (common // below) for above, below in parts]), common)


def total_of(values: Iterable[Fraction | None]) -> Fraction | None:
    """Return the sum of the values that are there, None where there is none."""
    there = [value for value in values if value is not None]
    return exact_sum(there) if there else None


def mean(voices: Sequence[Voice]) -> Fraction:
    """Return the weighted arithmetic mean."""
    weights = [voice.weight for voice in voices]
    if all(weight is weights[0] for weight in weights):
        return exact_sum([voice.value for voice in voices]) / len(voices)
    total = exact_sum([voice.value * voice.weight for voice in voices])
    return total / exact_sum(weights)


def median(voices: Sequence[Voice]) -> Fraction:
    """Return the middle figure, or the mean of the two in the middle."""
    ordered = sorted(voices, key=lambda voice: voice.value)
    half = sum((voice.weight for voice in ordered), start=_ZERO) / 2
    reached = _ZERO
    for position, voice in enumerate(ordered):
        reached += voice.weight
        if reached == half:
            return (voice.value + ordered[position + 1].value) / 2
        if reached > half:
            return voice.value
    raise ValueError("there is no median of nothing")


def _lowest_first(voice: Voice) -> tuple[Fraction, Fraction, str]:
    """Order for dropping: one sheet among equals goes, the one that weighs least."""
    return voice.value, voice.weight, voice.expert


def _highest_first(voice: Voice) -> tuple[Fraction, Fraction, str]:
    return -voice.value, voice.weight, voice.expert
