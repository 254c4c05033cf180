"""Intervals as scoring tables write them: ``[25,30)``, ``>=30``, ``<10``, ``3``.

A square bracket belongs to the interval, a round one does not; an end that is left out is open
to infinity. Published tables mean left-closed, right-open unless they say otherwise.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor

from reviewer_app.core.errors import SchemeError
from reviewer_app.core.messages import _
from reviewer_app.core.numbers import plain_text

_NUMBER = r"(-?\d{1,12}(?:\.\d{1,12})?)"
_PAIR = re.compile(rf"([\[(])\s*{_NUMBER}?\s*,\s*{_NUMBER}?\s*([\])])")
_HALF = re.compile(rf"(>=|≥|>|＞|<=|≤|<|＜|=)?\s*{_NUMBER}")


@dataclass(frozen=True, slots=True)
class Interval:
    """Numbers from ``low`` to ``high``; None is infinity; ``*_in`` says if the end belongs."""

    low: Fraction | None
    high: Fraction | None
    low_in: bool = True
    high_in: bool = False

    def __contains__(self, value: Fraction) -> bool:
        above = self.low is None or value > self.low or (self.low_in and value == self.low)
        below = self.high is None or value < self.high or (self.high_in and value == self.high)
        return above and below

    def __str__(self) -> str:
        if self.low is None and self.high is not None:
            return f"{'<=' if self.high_in else '<'}{plain_text(self.high)}"
        if self.high is None and self.low is not None:
            return f"{'>=' if self.low_in else '>'}{plain_text(self.low)}"
        if self.low is None or self.high is None:
            return "(,)"
        if self.low == self.high:
            return plain_text(self.low)
        left, right = "[" if self.low_in else "(", "]" if self.high_in else ")"
        return f"{left}{plain_text(self.low)},{plain_text(self.high)}{right}"


EVERYTHING = Interval(None, None, low_in=False)


def read_interval(text: str) -> Interval:
    """Return the interval a text writes; raises SchemeError for anything else."""
    interval = _read(text.strip().replace("，", ",").replace("（", "(").replace("）", ")"))
    if interval is None or _is_empty(interval):
        raise SchemeError(
            _("“{text}” is not an interval such as [25,30), >=30 or <10").format(text=text[:40])
        )
    return interval


def _read(text: str) -> Interval | None:
    if found := _PAIR.fullmatch(text):
        low = Fraction(found[2]) if found[2] else None
        high = Fraction(found[3]) if found[3] else None
        return Interval(
            low,
            high,
            low_in=found[1] == "[" and low is not None,
            high_in=found[4] == "]" and high is not None,
        )
    found = _HALF.fullmatch(text)
    if not found:
        return None
    value = Fraction(found[2])
    relation = {"≥": ">=", "≤": "<=", "＞": ">", "＜": "<", None: "="}.get(found[1], found[1])
    if relation in (">=", ">"):
        return Interval(value, None, low_in=relation == ">=")
    if relation in ("<=", "<"):
        return Interval(None, value, low_in=False, high_in=relation == "<=")
    return Interval(value, value, low_in=True, high_in=True)


def _is_empty(interval: Interval) -> bool:
    if interval.low is None or interval.high is None:
        return False
    if interval.low == interval.high:
        return not (interval.low_in and interval.high_in)
    return interval.low > interval.high


def check_cover(
    intervals: Iterable[Interval], domain: Interval, *, whole: bool = False
) -> None:
    """Refuse intervals that overlap, leave a gap, or do not fill ``domain`` exactly.

    ``whole`` looks at whole numbers only: ``[1,2]`` and ``[3,4]`` then meet. Raises SchemeError
    saying which two.
    """
    fold = _whole if whole else _same
    rising = sorted((fold(each) for each in intervals), key=_low_key)
    within = fold(domain)
    if _low_key(rising[0]) != _low_key(within):
        _refuse_end(rising[0], within)
    for below, above in pairwise(rising):
        _check_meeting(below, above, whole=whole)
    if (rising[-1].high, rising[-1].high_in) != (within.high, within.high_in):
        _refuse_end(rising[-1], within)


def _check_meeting(below: Interval, above: Interval, *, whole: bool) -> None:
    if below.high is None or above.low is None or below.high > above.low:
        _refuse_pair(_("{a} and {b} overlap"), above, below)
    elif whole:
        if above.low == below.high:
            _refuse_pair(_("{a} and {b} overlap"), above, below)
        if above.low - below.high > 1:
            _refuse_pair(_("there is a gap between {b} and {a}"), above, below)
    elif below.high < above.low or not (below.high_in or above.low_in):
        _refuse_pair(_("there is a gap between {b} and {a}"), above, below)
    elif below.high_in and above.low_in:
        _refuse_pair(_("{a} and {b} overlap"), above, below)


def _refuse_pair(sentence: str, above: Interval, below: Interval) -> None:
    raise SchemeError(sentence.format(a=above, b=below))


def _refuse_end(interval: Interval, domain: Interval) -> None:
    raise SchemeError(
        _("beyond {interval} there is nothing; together they must fill {domain}").format(
            interval=interval, domain=_("all numbers") if domain == EVERYTHING else domain
        )
    )


def _low_key(interval: Interval) -> tuple[bool, Fraction, bool]:
    return interval.low is not None, interval.low or Fraction(0), not interval.low_in


def _same(interval: Interval) -> Interval:
    return interval


def _whole(interval: Interval) -> Interval:
    """Return the same whole numbers with both ends belonging."""
    low, high = interval.low, interval.high
    if low is not None:
        low = Fraction(ceil(low) if interval.low_in else floor(low) + 1)
    if high is not None:
        high = Fraction(floor(high) if interval.high_in else ceil(high) - 1)
    return Interval(low, high, low_in=low is not None, high_in=high is not None)
