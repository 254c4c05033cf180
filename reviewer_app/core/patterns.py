"""Patterns in one expert's own marks that are worth a second look before signing.

Advice to the expert alone, never a verdict: each pattern can have a good reason. A pattern is
only told where there is enough to tell it from.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, combinations
from operator import sub

from reviewer_app.core.levels import level_place
from reviewer_app.core.marks import Mark
from reviewer_app.core.scheme import Indicator

LEAST_INDICATORS = 6
"""With fewer scored indicators no pattern is told."""
LEAST_APPLICATIONS = 3
"""With fewer applications the same numbers for all of them mean nothing."""
NEARLY_ALL = Fraction(9, 10)
"""The share of the indicators that must look alike."""
CLEARLY_BETTER = 4
"""By how many steps between levels, summed, an application must lead to be called better."""


@dataclass(frozen=True, slots=True)
class OwnMarks:
    """What one expert gave one application: marks by indicator code, and the exact total."""

    application: str
    indicators: Sequence[Indicator]
    marks: Mapping[str, Mark]
    total: Fraction | None

    def shares(self) -> dict[str, Fraction]:
        """Return the share of the maximum that each scored indicator got."""
        return {
            leaf.code: mark.value / leaf.maximum
            for leaf in self.indicators
            if (mark := self.marks.get(leaf.code)) and mark.value is not None and leaf.maximum
        }

    def levels(self) -> dict[str, int]:
        """Return the place of the level that each scored indicator got, 0 for the best."""
        found = {}
        for leaf in self.indicators:
            mark = self.marks.get(leaf.code)
            place = level_place(leaf, mark.value if mark else None)
            if place is not None:
                found[leaf.code] = place
        return found


@dataclass(frozen=True, slots=True)
class StraightLine:
    """One share of the maximum for nearly all indicators of one application."""

    application: str
    share: Fraction
    same: int
    scored: int


@dataclass(frozen=True, slots=True)
class SameForAll:
    """The same numbers, indicator by indicator, for all applications."""

    same: int
    scored: int


@dataclass(frozen=True, slots=True)
class Contradiction:
    """An application that got the better levels, yet the lower total; weights can explain it.

    ``levels`` and ``other_levels`` count the indicators at each level, the best first; both
    are counted over the indicators that both applications have a level for. ``gap`` is exact.
    """

    application: str
    other: str
    levels: tuple[int, ...]
    other_levels: tuple[int, ...]
    gap: Fraction


def straight_lines(given: Sequence[OwnMarks]) -> list[StraightLine]:
    """Return the applications with one share of the maximum for nearly all indicators."""
    found = []
    for own in given:
        shares = own.shares()
        if len(shares) < LEAST_INDICATORS:
            continue
        [(share, same)] = Counter(shares.values()).most_common(1)
        if same >= NEARLY_ALL * len(shares):
            found.append(StraightLine(own.application, share, same, len(shares)))
    return found


def same_for_all(given: Sequence[OwnMarks]) -> SameForAll | None:
    """Tell whether all applications got the same numbers for nearly all indicators."""
    if len(given) < LEAST_APPLICATIONS:
        return None
    shares = [own.shares() for own in given]
    common = set.intersection(*(set(each) for each in shares))
    if len(common) < LEAST_INDICATORS:
        return None
    same = sum(len({each[code] for each in shares}) == 1 for code in common)
    return SameForAll(same, len(common)) if same >= NEARLY_ALL * len(common) else None


def contradictions(given: Sequence[OwnMarks]) -> list[Contradiction]:
    """Return where a better set of levels got the lower total, the most striking first.

    Better means: down to no level has it fewer indicators than the other, and it leads by
    ``CLEARLY_BETTER`` steps between levels in sum.
    """
    whole = sorted((own for own in given if own.total is not None), key=_total, reverse=True)
    alike: dict[frozenset[str], frozenset[str]] = {}
    placed = [_placed(own, alike) for own in whole]
    found = []
    for other, own in combinations(placed, 2):
        mine, theirs = own, other
        if own.codes is not other.codes:
            common = own.codes & other.codes
            mine, theirs = _placed(own.own, alike, common), _placed(other.own, alike, common)
        lead = mine.lead_over(theirs)
        if lead < CLEARLY_BETTER or len(mine.codes) < LEAST_INDICATORS:
            continue
        if gap := _total(other.own) - _total(own.own):
            names = own.own.application, other.own.application
            found.append((lead, Contradiction(*names, mine.counts, theirs.counts, gap)))
    found.sort(key=lambda each: -each[0])
    return [pair for _lead, pair in found]


@dataclass(frozen=True, slots=True)
class _Placed:
    """One application by its levels: how many indicators at each, and at it or better.

    Applications of one round have the same number of levels; where one has more, what lies
    below the other's lowest is not compared.
    """

    own: OwnMarks
    codes: frozenset[str]
    counts: tuple[int, ...]
    reached: tuple[int, ...]

    def lead_over(self, other: "_Placed") -> int:
        """Return the steps by which this one leads, 0 where it is behind at any level."""
        ahead = list(map(sub, self.reached, other.reached))
        return 0 if min(ahead, default=0) < 0 else sum(ahead)


def _placed(
    own: OwnMarks,
    alike: dict[frozenset[str], frozenset[str]],
    codes: frozenset[str] | None = None,
) -> _Placed:
    """Count the levels; the same indicators are one object in ``alike``, compared at once."""
    places = own.levels()
    kept = frozenset(places) if codes is None else codes
    counted = Counter(places[code] for code in kept)
    lowest = max((len(leaf.levels) for leaf in own.indicators), default=0)
    counts = tuple(counted[place] for place in range(lowest))
    return _Placed(own, alike.setdefault(kept, kept), counts, tuple(accumulate(counts)))


def _total(own: OwnMarks) -> Fraction:
    return own.total or Fraction(0)
