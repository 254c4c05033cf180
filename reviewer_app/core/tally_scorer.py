"""Many sheets under one scheme: the scheme is worked out once, then every sheet is a sum.

In a *plain* scheme, one without caps, choices, formulas, bonuses and conclusions, an indicator
gives a fixed number of points for each point of its mark, as long as the same indicators can be
scored. Those rates are asked of ``scoring`` once for each pattern of unscorable marks, so
that there is one arithmetic only; any other scheme goes through ``scoring`` sheet by sheet.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from reviewer_app.core.marks import MISSING, Mark, MarkState, scored
from reviewer_app.core.mechanics import ByCategory
from reviewer_app.core.round import Fact
from reviewer_app.core.scheme import Dimension, Indicator, Pick, Role, Scheme
from reviewer_app.core.scoring import SheetTotal, total_sheet
from reviewer_app.core.tally_combine import total_of

_ZERO = Fraction(0)
Pattern = tuple[MarkState, ...]


def is_plain(scheme: Scheme) -> bool:
    """Tell whether every indicator gives points in proportion to its mark, with no limits."""
    if scheme.outcomes or scheme.variants:
        return False
    return all(map(_is_plain, scheme.dimensions))


def _is_plain(node: Dimension | Indicator) -> bool:
    if isinstance(node, Indicator):
        fixed = node.is_formula or isinstance(node.method, ByCategory)
        return node.role is Role.SCORE and not fixed and node.minimum >= 0
    free = node.at_most is None and node.at_least is None and node.pick is Pick.ALL
    return free and all(map(_is_plain, node.children))


@dataclass(frozen=True, slots=True)
class Rates:
    """Points of the total for each point of a mark, where these indicators can be scored.

    ``frame`` is what ``scoring`` says of a sheet with this pattern, apart from the points.
    """

    by_indicator: Mapping[str, Fraction]
    by_dimension: Mapping[str, tuple[str, ...]]
    frame: SheetTotal


class Scorer:
    """Totals sheets under one scheme; keeps the rates of the patterns it has met."""

    def __init__(self, scheme: Scheme, facts: Sequence[Fact] = (), category: str = "") -> None:
        self.scheme = scheme
        self._facts = facts
        self._category = category
        self._leaves = scheme.indicators()
        self._full = None if scheme.may_exceed else scheme.full_marks
        self._known: dict[Pattern, Rates] = {}
        self.plain = is_plain(scheme)

    def total(self, marks: Mapping[str, Mark]) -> SheetTotal:
        """Return exactly what ``total_sheet`` returns for these marks."""
        if not self.plain:
            return self._by_scoring(marks)
        rates = self.rates(
            tuple([marks.get(leaf.code, MISSING).state for leaf in self._leaves])
        )
        points: dict[str, Fraction | None] = dict.fromkeys(rates.frame.by_indicator)
        for code, rate in rates.by_indicator.items():
            value = marks[code].value
            points[code] = None if value is None else rate * value
        dimensions = {
            code: total_of([points[leaf] for leaf in leaves])
            for code, leaves in rates.by_dimension.items()
        }
        total = total_of(dimensions.values())
        if self._full is not None and total is not None and total > self._full:
            return self._by_scoring(marks)
        return replace(rates.frame, total=total, by_dimension=dimensions, by_indicator=points)

    def rates(self, pattern: Pattern) -> Rates:
        """Return the rates of a pattern: the state of every indicator in printed order."""
        rates = self._known.get(pattern)
        if rates is None:
            rates = self._known[pattern] = self._asked(pattern)
        return rates

    def _asked(self, pattern: Pattern) -> Rates:
        """Return the rates by scoring a sheet that gives every indicator its maximum."""
        full = {
            leaf.code: scored(leaf.maximum) if state is MarkState.SCORED else Mark(state)
            for leaf, state in zip(self._leaves, pattern, strict=True)
        }
        frame = self._by_scoring(full)
        counted = {
            leaf.code: frame.by_indicator[leaf.code]
            for leaf, state in zip(self._leaves, pattern, strict=True)
            if state is MarkState.SCORED
        }
        return Rates(
            {
                leaf.code: (counted[leaf.code] or _ZERO) / leaf.maximum
                for leaf in self._leaves
                if leaf.code in counted
            },
            {
                dimension.code: tuple(
                    leaf.code for leaf in dimension.indicators() if leaf.code in counted
                )
                for dimension in self.scheme.dimensions
            },
            frame,
        )

    def _by_scoring(self, marks: Mapping[str, Mark]) -> SheetTotal:
        return total_sheet(self.scheme, marks, facts=self._facts, category=self._category)
