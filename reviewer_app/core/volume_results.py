"""The tally of a large panel, whole: the totals from one block of numbers, details when asked.

What ``tally`` gives, sheet by sheet, in a tenth of the time. Applications that the block cannot
combine, one with a mark not applicable for instance, go through the reference as they are.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from reviewer_app.core.marks import Mark
from reviewer_app.core.rules import AggregationLevel, Method, ReviewRules
from reviewer_app.core.scoring import SheetTotal
from reviewer_app.core.tally import check_ties, decided
from reviewer_app.core.tally_combine import Voice, combine
from reviewer_app.core.tally_figures import Hearing, application_result, sheet_figures
from reviewer_app.core.tally_panel import Panel, PanelApplication, PanelSheet
from reviewer_app.core.tally_results import ApplicationResult, Points, SheetFigure, Tally
from reviewer_app.core.tally_scorer import Scorer
from reviewer_app.core.volume import regular_result, results_of
from reviewer_app.core.volume_panel import Counts, volume_of
from reviewer_app.core.volume_places import Ties
from reviewer_app.core.volume_sums import Sums, prepare, weighted_counts
from reviewer_app.core.votes import Ballots, CastVote


def block_tally(
    panel: Panel,
    rules: ReviewRules,
    votes: Sequence[CastVote | Ballots] = (),
    entitled: Mapping[str, int] | None = None,
) -> Tally:
    """Return the tally of a panel that fits one block; raises what ``tally`` raises."""
    check_ties(panel, rules)
    results = _results(panel, rules)
    return Tally(
        rules, rules.aggregation.level, decided(results, panel, rules, votes, entitled)
    )


def _results(panel: Panel, rules: ReviewRules) -> list[ApplicationResult]:
    sums = prepare(volume_of(panel), rules)
    ties = Ties(sums, results_of(sums), {})
    figures = _Figures(sums, panel)

    def one(row: int, application: PanelApplication) -> ApplicationResult:
        heard = tuple(panel.sheets_for(application.number))
        if sums.regular[row]:
            return replace(regular_result(ties, row), sheets=figures.of(row, heard))
        hearing = Hearing(application, heard, rules, rules.aggregation.level, sums.scorer)
        return application_result(hearing, sheet_figures(hearing))

    return [one(row, each) for row, each in enumerate(panel.applications)]


@dataclass(frozen=True)
class _Figures:
    """Makes the experts' figures of regular applications."""

    sums: Sums
    panel: Panel

    @cached_property
    def totals(self) -> Counts:
        """Return every exact total, in units of one over ``rates.below``, before rounding."""
        rates = self.sums.rates
        return weighted_counts(self.sums.counts, rates.by) + rates.base

    @cached_property
    def columns(self) -> Mapping[str, int]:
        """Return each expert's column."""
        return {expert: place for place, expert in enumerate(self.sums.panel.experts)}

    def of(
        self, row: int, heard: Sequence[tuple[PanelSheet, Mapping[str, Mark]]]
    ) -> tuple[SheetFigure, ...]:
        """Return the figures of one application's sheets, those trimmed away marked."""
        sums = self.sums
        totals, counted = self.totals[row].tolist(), sums.totals[row].tolist()
        aggregation = sums.rules.aggregation
        figures = []
        for sheet, marks in heard:
            place = self.columns[sheet.expert]
            once = _once(sums.scorer, marks)
            total = Fraction(totals[place], sums.rates.below)
            rounded = sums.rules.rounding.sheet_digits is not None
            figures.append(
                SheetFigure(
                    expert=sheet.expert,
                    total=total,
                    counted=Fraction(counted[place], sums.below) if rounded else total,
                    weight=aggregation.weight_of(sheet.expert, sheet.role),
                    by_dimension=_LatePoints(lambda once=once: once().by_dimension),  # type: ignore[misc]
                    by_indicator=_LatePoints(lambda once=once: once().by_indicator),  # type: ignore[misc]
                )
            )
        trims = aggregation.method is Method.TRIMMED
        if not trims or aggregation.level is not AggregationLevel.TOTAL:
            return tuple(figures)
        one = combine(
            [Voice(each.expert, each.counted, each.weight) for each in figures], aggregation
        )
        gone = dict.fromkeys(one.dropped_high, "high") | dict.fromkeys(one.dropped_low, "low")
        return tuple(
            replace(each, dropped=gone[each.expert]) if each.expert in gone else each
            for each in figures
        )


def _once(scorer: Scorer, marks: Mapping[str, Mark]) -> Callable[[], SheetTotal]:
    """Return what totals a sheet when first asked, and remembers it."""
    kept: list[SheetTotal] = []

    def total() -> SheetTotal:
        if not kept:
            kept.append(scorer.total(marks))
        return kept[0]

    return total


class _LatePoints(Mapping[str, Fraction | None]):
    """Points by code that are worked out when first looked at: few pages show them all."""

    __slots__ = ("_points",)

    def __init__(self, points: Callable[[], Points]) -> None:
        self._points = points

    def __getitem__(self, code: str) -> Fraction | None:
        return self._points()[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._points())

    def __len__(self) -> int:
        return len(self._points())
