"""The re-checks a panel's results must pass: flags with their place, never corrections.

The four statutory ones (财政部令第87号 第64条, which reviews follow by custom): a total that
does not add up, a mark outside its scale, an objective indicator scored differently, a total
far above or below the others. Besides, a low mark without the reason the rules ask for.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import lcm
from typing import NamedTuple

from reviewer_app.core.claims import Claims, claims_of, is_guided
from reviewer_app.core.errors import MarkError
from reviewer_app.core.mark_table import MarkTable
from reviewer_app.core.marks import Mark, MarkState
from reviewer_app.core.rules import Recheck
from reviewer_app.core.scheme import Indicator, Scheme
from reviewer_app.core.scoring import check_mark
from reviewer_app.core.tally_combine import exact_sum
from reviewer_app.core.tally_panel import Panel, PanelApplication, PanelSheet
from reviewer_app.core.tally_results import ApplicationResult, Tally


class FlagKind(StrEnum):
    """What a flag is about; the order is that of the report."""

    SUM = "sum"
    OUT_OF_RANGE = "out-of-range"
    OBJECTIVE = "objective"
    DEVIATION_REASON = "deviation-reason"
    DEVIATION_WARN = "deviation-warn"
    LOW_MARK = "low-mark"


@dataclass(frozen=True, slots=True)
class Flag:
    """One finding: where it is, the figure found and the limit or figure it is held against.

    For a deviation ``figure`` is the relative deviation (−0.216) and ``limit`` the share of the
    rules; for an objective indicator both are empty and ``marks`` tells who gave what.
    """

    kind: FlagKind
    application: str
    expert: str = ""
    indicator: str = ""
    figure: Fraction | None = None
    limit: Fraction | None = None
    marks: tuple[tuple[str, Mark], ...] = ()


Place = tuple[str, str, str]
"""(application, expert, indicator)."""
Heard = tuple[PanelSheet, Mapping[str, Mark]]
"""A sheet, and its marks for one application."""


def recheck(
    panel: Panel,
    tally: Tally,
    *,
    reasons: Collection[Place] = (),
    stated: Mapping[tuple[str, str], Fraction] | None = None,
) -> list[Flag]:
    """Return every flag of the panel by kind, then in the order of applications and experts.

    ``reasons`` are the places that have a written reason; ``stated`` the totals, by
    (application, expert), that a paper or workbook says, to be compared with the computed ones.
    """
    rules = tally.rules.recheck
    seen = _Seen(rules)
    flags: list[Flag] = []
    for application in panel.applications:
        result = tally.of(application.number)
        heard = tuple(panel.sheets_for(application.number))
        flags += _wrong_sums(result, stated) if stated else ()
        flags += _of_marks(application, heard, seen, reasons)
        flags += _objective(application, heard)
        flags += deviation_flags(result, rules)
    kinds = list(FlagKind)
    return sorted(flags, key=lambda flag: kinds.index(flag.kind))


def low_marks(scheme: Scheme, marks: Mapping[str, Mark], rules: Recheck) -> list[str]:
    """Return the indicators whose mark is so low that the rules ask for a reason."""
    if rules.low_mark_reason is None:
        return []
    return [
        leaf.code
        for leaf in scheme.indicators()
        if leaf.code in marks and _is_low(leaf, marks[leaf.code], rules.low_mark_reason)
    ]


def deviation(figure: Fraction, others: Sequence[Fraction]) -> Fraction | None:
    """Return how far a figure lies from the mean of the others, as a share of that mean.

    None where there are no others, or where their mean is zero and a share has no meaning.
    """
    return _share(figure, exact_sum(others) / len(others)) if others else None


def _share(figure: Fraction, mean: Fraction) -> Fraction | None:
    return (figure - mean) / abs(mean) if mean else None


def deviations(result: ApplicationResult) -> dict[str, Fraction | None]:
    """Return each expert's relative deviation from the others' mean total."""
    whole = [sheet for sheet in result.sheets if not sheet.partial]
    if len(whole) == 1:
        return {whole[0].expert: None}
    added = exact_sum([sheet.counted for sheet in whole])
    return {
        sheet.expert: _share(sheet.counted, (added - sheet.counted) / (len(whole) - 1))
        for sheet in whole
    }


def deviation_flags(result: ApplicationResult, rules: Recheck) -> Iterator[Flag]:
    """Yield a flag for every total that lies further from the others than the rules allow."""
    if not _anybody_deviates(result, rules):
        return
    for expert, share in deviations(result).items():
        if share is None:
            continue
        for kind, limit in (
            (FlagKind.DEVIATION_REASON, rules.deviation_reason),
            (FlagKind.DEVIATION_WARN, rules.deviation_warn),
        ):
            if abs(share) > limit:
                yield Flag(kind, result.number, expert, figure=share, limit=limit)
                break


def _wrong_sums(
    result: ApplicationResult, stated: Mapping[tuple[str, str], Fraction]
) -> Iterator[Flag]:
    """Yield a flag for every stated total that is not what the marks add up to."""
    for sheet in result.sheets:
        said = stated.get((result.number, sheet.expert), sheet.total)
        if said != sheet.total:
            yield Flag(
                FlagKind.SUM, result.number, sheet.expert, figure=said, limit=sheet.total
            )


def _anybody_deviates(result: ApplicationResult, rules: Recheck) -> bool:
    """Tell, in whole numbers, whether some total lies beyond the lower limit."""
    totals = [sheet.counted for sheet in result.sheets if not sheet.partial]
    below = lcm(*[total.denominator for total in totals])
    whole = [total.numerator * (below // total.denominator) for total in totals]
    added, limit = sum(whole), min(rules.deviation_warn, rules.deviation_reason)
    return any(
        abs(each * len(whole) - added) * limit.denominator > abs(added - each) * limit.numerator
        for each in whole
    )


class _Verdict(NamedTuple):
    """Whether a mark is one of its scale, and whether it is so low that a reason is due."""

    mark: Mark
    fits: bool
    low: bool

    @property
    def loud(self) -> bool:
        """Tell whether something is to be said."""
        return self.low or not self.fits


class _Seen:
    """Marks already looked at: a panel gives few different ones, many times."""

    def __init__(self, rules: Recheck) -> None:
        self.share = rules.low_mark_reason
        self._known: dict[tuple[int, int], _Verdict] = {}
        self._loud: dict[tuple[int, int], list[str]] = {}

    def verdict(self, leaf: Indicator, mark: Mark, claims: Claims) -> "_Verdict":
        """Return what is to be said of a mark: once for all, unless claims decide its level."""
        key = id(leaf), id(mark)
        known = self._known.get(key)
        if known is None:
            low = self.share is not None and _is_low(leaf, mark, self.share)
            known = _Verdict(mark, _fits(leaf, mark, claims), low)
            if not is_guided(leaf):
                self._known[key] = known
        return known

    def loud(self, scheme: Scheme, table: MarkTable, claims: Claims) -> list[str]:
        """Return the indicators of a table with a mark of which something may be to be said."""
        key = id(scheme), id(table)
        if key not in self._loud:
            leaves = {leaf.code: leaf for leaf in scheme.indicators()}
            self._loud[key] = [
                column.name
                for place, column in enumerate(table.columns)
                if (leaf := leaves.get(column.name)) is None
                or is_guided(leaf)
                or any(self.verdict(leaf, each, claims).loud for each in table.met(place))
            ]
        return self._loud[key]


def _of_marks(
    application: PanelApplication,
    heard: Sequence[Heard],
    seen: _Seen,
    reasons: Collection[Place],
) -> Iterator[Flag]:
    """Yield a flag for every mark outside its scale, and for every low one without a reason."""
    scheme = application.scheme
    leaves = {leaf.code: leaf for leaf in scheme.indicators()}
    claims = claims_of(scheme, application.facts)
    for sheet, marks in heard:
        table = sheet.marks
        loud = seen.loud(scheme, table, claims) if isinstance(table, MarkTable) else marks
        for code in loud:
            leaf, mark = leaves.get(code), marks[code]
            place = application.number, sheet.expert, code
            if leaf is None:
                yield Flag(FlagKind.OUT_OF_RANGE, *place, mark.value)
                continue
            verdict = seen.verdict(leaf, mark, claims)
            if not verdict.fits:
                yield Flag(FlagKind.OUT_OF_RANGE, *place, mark.value, leaf.maximum)
            if verdict.low and place not in reasons:
                yield Flag(
                    FlagKind.LOW_MARK,
                    *place,
                    mark.value,
                    _limit(leaf, seen.share or Fraction(0)),
                )


def _fits(indicator: Indicator, mark: Mark, claims: Claims) -> bool:
    try:
        check_mark(indicator, mark, claims)
    except MarkError:
        return False
    return True


def _objective(application: PanelApplication, heard: Sequence[Heard]) -> Iterator[Flag]:
    """Yield a flag for every indicator with one right answer that got several."""
    for leaf in application.scheme.indicators():
        if not leaf.objective:
            continue
        given = tuple(
            (sheet.expert, marks[leaf.code])
            for sheet, marks in heard
            if leaf.code in marks and marks[leaf.code].state is not MarkState.ABSTAINED
        )
        if len({mark for _expert, mark in given}) > 1:
            yield Flag(FlagKind.OBJECTIVE, application.number, indicator=leaf.code, marks=given)


def _is_low(indicator: Indicator, mark: Mark, share: Fraction) -> bool:
    return mark.value is not None and mark.value < _limit(indicator, share)


def _limit(indicator: Indicator, share: Fraction) -> Fraction:
    """Return the mark below which a reason is asked for."""
    return indicator.maximum * share
