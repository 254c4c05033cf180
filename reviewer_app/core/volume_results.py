"""The tally of a large panel, whole: the totals from one block of numbers, details when asked.

What ``tally`` gives, sheet by sheet, in a tenth of the time. Applications that the block cannot
combine, one with a mark not applicable for instance, go through the reference as they are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

import numpy as np

from reviewer_app.core.marks import Mark
from reviewer_app.core.rules import AggregationLevel, Method, ReviewRules
from reviewer_app.core.tally import check_ties, counted_votes
from reviewer_app.core.tally_combine import Voice, combine
from reviewer_app.core.tally_figures import Hearing, application_result, sheet_figures
from reviewer_app.core.tally_late import LateFigures, LatePoints, Once
from reviewer_app.core.tally_panel import Panel, PanelSheet
from reviewer_app.core.tally_results import ApplicationResult, SheetFigure, Tally
from reviewer_app.core.volume import placed
from reviewer_app.core.volume_panel import Counts, volume_of
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
    sums = prepare(volume_of(panel), rules)
    voted = counted_votes(panel, rules, votes, entitled) if votes else {}
    rows = {number: row for row, number in enumerate(sums.panel.applications)}
    approvals = {rows[number]: vote.approve for number, vote in voted.items()}
    found = placed(sums, _irregular(sums, panel), approvals)
    figures = _Figures(sums, panel)
    results = [
        found.result(
            row, found.irregular[row].sheets if row in found.irregular else figures.late(row)
        )
        for row in rows.values()
    ]
    counted = [
        replace(result, vote=voted[result.number]) if result.number in voted else result
        for result in results
    ]
    return Tally(rules, rules.aggregation.level, tuple(counted))


def _irregular(sums: Sums, panel: Panel) -> dict[int, ApplicationResult]:
    """Return the applications that the block cannot combine, through the reference."""
    found = {}
    for row in np.flatnonzero(~sums.regular).tolist():
        application = panel.applications[row]
        heard = tuple(panel.sheets_for(application.number))
        hearing = Hearing(
            application, heard, sums.rules, sums.rules.aggregation.level, sums.scorer
        )
        found[row] = application_result(hearing, sheet_figures(hearing))
    return found


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

    def late(self, row: int) -> LateFigures:
        """Return the figures of one application's sheets, worked out when looked at."""
        count = int(self.sums.panel.present[row].sum())
        return LateFigures(count, Once(lambda: self._of(row)))

    def _of(self, row: int) -> tuple[SheetFigure, ...]:
        """Return the figures of one application's sheets, those trimmed away marked."""
        sums, aggregation = self.sums, self.sums.rules.aggregation
        totals, counted = self.totals[row].tolist(), sums.totals[row].tolist()
        rounded = sums.rules.rounding.sheet_digits is not None
        figures = []
        for sheet, marks in self.panel.sheets_for(sums.panel.applications[row]):
            place = self.columns[sheet.expert]
            total = Fraction(totals[place], sums.rates.below)
            counts = Fraction(counted[place], sums.below) if rounded else total
            figures.append(self._figure(sheet, marks, total, counts))
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

    def _figure(
        self, sheet: PanelSheet, marks: Mapping[str, Mark], total: Fraction, counted: Fraction
    ) -> SheetFigure:
        once = Once(lambda: self.sums.scorer.total(marks))
        return SheetFigure(
            expert=sheet.expert,
            total=total,
            counted=counted,
            weight=self.sums.rules.aggregation.weight_of(sheet.expert, sheet.role),
            by_dimension=LatePoints(lambda: once().by_dimension),
            by_indicator=LatePoints(lambda: once().by_indicator),
        )
