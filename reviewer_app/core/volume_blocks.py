"""The arithmetic of ``tally_combine`` and ``numbers`` on whole columns of integers."""

from typing import Any

import numpy as np

from reviewer_app.core.numbers import Rounding
from reviewer_app.core.rules import Aggregation, Method
from reviewer_app.core.volume_panel import Counts

_ONE_SORT = 1


def trims(aggregation: Aggregation, voices: int) -> bool:
    """Tell whether so many figures are trimmed under these rules."""
    dropped = aggregation.drop_high + aggregation.drop_low
    enough = voices >= aggregation.minimum_sheets and voices > dropped
    return aggregation.method is Method.TRIMMED and enough and dropped > 0


def combine_block(block: Counts, aggregation: Aggregation) -> tuple[Counts, int]:
    """Return, along the second axis, (sums, divisor) of the mean, trimmed mean or median."""
    voices = block.shape[1]
    if aggregation.method is Method.MEDIAN:
        ordered = np.sort(block, axis=1)
        low, high = ordered[:, (voices - 1) // 2], ordered[:, voices // 2]
        return (low, 1) if voices % 2 else (low + high, 2)
    if not trims(aggregation, voices):
        return block.sum(axis=1), voices
    low_drop, high_drop = aggregation.drop_low, aggregation.drop_high
    kept = voices - low_drop - high_drop
    if max(low_drop, high_drop) > _ONE_SORT:
        ordered = np.sort(block, axis=1)
        return ordered[:, low_drop : voices - high_drop].sum(axis=1), kept
    sums = block.sum(axis=1)
    if low_drop:
        sums = sums - block.min(axis=1)
    if high_drop:
        sums = sums - block.max(axis=1)
    return sums, kept


def rounded(above: Counts, below: Any, digits: int, mode: Rounding) -> Counts:  # noqa: ANN401 - a number or a column
    """Return ``above ÷ below`` in units of the last decimal place, rounded once."""
    scaled = above * 10**digits
    if mode is Rounding.HALF_EVEN:
        whole, rest = scaled // below, scaled % below
        half = 2 * rest
        up = (half > below) | ((half == below) & (whole % 2 == 1))
        nearest: Counts = whole + up.astype(whole.dtype)
        return nearest
    magnitude = np.abs(scaled)
    if mode is Rounding.TRUNCATE:
        units = magnitude // below
    else:
        units = (2 * magnitude + below) // (2 * below)
    signed: Counts = np.where(scaled < 0, -units, units)
    return signed
