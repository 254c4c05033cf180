"""What the results page shows: the ranking with its cut line, and the advice beside it."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from reviewer_app.core.messages import _
from reviewer_app.core.numbers import publish
from reviewer_app.core.recheck import Flag, FlagKind
from reviewer_app.core.round import ApplicationNumber, ExpertNumber
from reviewer_app.core.tally_results import ApplicationResult
from reviewer_app.services.findings import flag_sentence
from reviewer_app.services.results import Results, application_of
from ui.matrix_views import MatrixView
from ui.views import (
    Cell,
    Dots,
    FootView,
    Message,
    State,
    TableRow,
    state,
)

CUT = "cut-line"
_STEP = 5
_DEVIATIONS = (FlagKind.DEVIATION_REASON, FlagKind.DEVIATION_WARN)


@dataclass(frozen=True, slots=True)
class Scale:
    """The scale of the dot strips: from where to where, and its ticks."""

    low: Fraction
    high: Fraction
    ticks: tuple[float, ...]
    words: str

    def place(self, value: Fraction) -> float:
        """Return where a figure stands, as a share of the scale."""
        return float((value - self.low) / (self.high - self.low))


@dataclass(frozen=True, slots=True)
class RecheckLine:
    """One of the re-checks: whether something was found, how many, where first."""

    name: str
    found: int
    where: str
    application: str
    """The application to open; empty where nothing was found."""


@dataclass(frozen=True, slots=True)
class StabilityLine:
    """What becomes of the cut line in one kind of variant."""

    name: str
    outcome: str
    changes: bool


@dataclass(frozen=True, slots=True)
class CorrectionLine:
    """One correction beside the ranking: which mark, how it stands."""

    number: int
    what: str
    state: str
    icon: str
    tone: str


@dataclass(frozen=True, slots=True)
class ResultsView:
    """The whole page."""

    rows: tuple[TableRow, ...]
    dimension_titles: tuple[str, ...]
    dimension_rows: tuple[TableRow, ...]
    matrix: MatrixView
    """The panel's mean on every indicator."""
    scale: str
    selected: str
    rechecks: tuple[RecheckLine, ...]
    corrections: tuple[CorrectionLine, ...]
    stability_title: str
    stability: tuple[StabilityLine, ...]
    agreement: tuple[tuple[str, str], ...]
    agreement_note: str
    rules: str
    digest: str
    notice: Message
    foot: FootView


def figure_text(results: Results, value: Fraction | None, digits: int | None = None) -> str:
    """Return a figure as published, or a dash."""
    if value is None:
        return "—"
    rounding = results.tally.rules.rounding
    wanted = rounding.result_digits if digits is None else digits
    return publish(value, wanted, rounding.mode).replace("-", "−")


def short_name(results: Results, number: str) -> str:
    """Return an application's short name."""
    application = application_of(results.seating, number)
    return application.short_name or application.name


def scale_of(results: Results) -> Scale:
    """Return a scale that holds every expert's total."""
    every = results.tally.applications
    return scale_over(results, [sheet.counted for each in every for sheet in each.sheets])


def scale_over(results: Results, totals: Sequence[Fraction]) -> Scale:
    """Return a scale that holds these figures, with the limits of the bands as ticks."""
    low = math.floor(min(totals, default=Fraction(0)) / _STEP) * _STEP
    high = math.ceil(max(totals, default=Fraction(100)) / _STEP) * _STEP
    high = max(high, low + _STEP)
    limits = [band.threshold.value for band in results.tally.rules.decision.bands]
    inside = [each for each in limits if low < each < high]
    ticks = tuple(float((each - low) / (high - low)) for each in inside)
    return Scale(Fraction(low), Fraction(high), ticks, f"{low} – {high}")


def dots_of(
    scale: Scale, figures: Sequence[tuple[Fraction, bool]], mean: Fraction | None
) -> Dots:
    """Return a dot strip: (figure, deviates) of every expert, and their mean."""
    return Dots(
        dots=tuple(scale.place(value) for value, deviates in figures if not deviates),
        mean=None if mean is None else scale.place(mean),
        deviating=tuple(scale.place(value) for value, deviates in figures if deviates),
        ticks=scale.ticks,
        spoken=" ".join(f"{float(value):.1f}" for value, _deviates in figures),
    )


def ranking_rows(results: Results, crossing: Sequence[str]) -> tuple[TableRow, ...]:
    """Return the ranking by place, the cut line as a row with the gap in words."""
    scale, rows = scale_of(results), []
    every, still_open = _by_application(results.flags), _by_application(open_flags(results))
    before: ApplicationResult | None = None
    for result in results.tally.ranked():
        if before and before.recommended and result.recommended is False:
            rows.append(TableRow(CUT, band=_cut_words(results, before, result)))
        flags = every.get(result.number, ()), still_open.get(result.number, ())
        hint = _hint(results, result, flags[1], crossing)
        rows.append(_ranking_row(results, result, before, scale, (flags[0], *hint)))
        before = result
    return tuple(rows)


def _ranking_row(
    results: Results,
    result: ApplicationResult,
    before: ApplicationResult | None,
    scale: Scale,
    noted: tuple[Sequence[Flag], State | None, str],
) -> TableRow:
    flags, chip, words = noted
    gap = ""
    if before and before.figure is not None and result.figure is not None:
        gap = figure_text(results, result.figure - before.figure)
    deviating = {flag.expert for flag in flags if flag.kind in _DEVIATIONS}
    figures = [(sheet.counted, sheet.expert in deviating) for sheet in result.sheets]
    totals = [figure for figure, _deviates in figures]
    spread = figure_text(results, max(totals) - min(totals), 1) if totals else "—"
    rank = "—" if result.rank is None else str(result.rank)
    return TableRow(
        result.number,
        (
            Cell(rank, strong=True),
            Cell(f"{result.number}　{short_name(results, result.number)}"),
            Cell(result.published or "—", strong=True),
            Cell(gap, tone="text_2"),
            Cell(dots=dots_of(scale, figures, result.figure)),
            Cell(spread, tone="text_2"),
            Cell(words, chip=chip, tone="text_2"),
        ),
    )


def _by_application(flags: Sequence[Flag]) -> Mapping[str, Sequence[Flag]]:
    found: dict[str, list[Flag]] = {}
    for flag in flags:
        found.setdefault(flag.application, []).append(flag)
    return found


def _hint(
    results: Results, result: ApplicationResult, mine: Sequence[Flag], crossing: Sequence[str]
) -> tuple[State | None, str]:
    deviations = [flag for flag in mine if flag.kind in _DEVIATIONS]
    if deviations:
        low = sum(1 for flag in deviations if (flag.figure or 0) < 0)
        high = len(deviations) - low
        parts = [_("low {count}").format(count=low)] if low else []
        parts += [_("high {count}").format(count=high)] if high else []
        return state("attention", " ".join(parts)), ""
    if any(flag.kind is FlagKind.OBJECTIVE for flag in mine):
        return state("attention", _("objective")), ""
    if mine:
        return state("attention", _("re-check")), ""
    if result.number in crossing:
        return State(_("close"), "scale"), ""
    recused = len(results.seating.counted) - len(result.sheets)
    if recused:
        words = _("{count} scored").format(count=len(result.sheets))
        return None, words
    return None, ""


def _cut_words(results: Results, above: ApplicationResult, below: ApplicationResult) -> str:
    count = sum(each.recommended is True for each in results.tally.applications)
    gap = (above.figure or Fraction(0)) - (below.figure or Fraction(0))
    return _("Cut line: top {count}　ranks {above} and {below} differ by {gap}").format(
        count=count, above=above.rank, below=below.rank, gap=figure_text(results, gap)
    )


def dimension_rows(results: Results) -> tuple[TableRow, ...]:
    """Return the ranking with the points of every dimension."""
    codes = [each.code for each in results.seating.round.document.scheme.dimensions]
    rows = []
    for result in results.tally.ranked():
        points = [
            Cell(figure_text(results, result.by_dimension.get(code)), tone="text_2")
            for code in codes
        ]
        rank = "—" if result.rank is None else str(result.rank)
        name = Cell(f"{result.number}　{short_name(results, result.number)}")
        total = Cell(result.published or "—", strong=True)
        rows.append(TableRow(result.number, (Cell(rank, strong=True), name, *points, total)))
    return tuple(rows)


def open_flags(results: Results) -> tuple[Flag, ...]:
    """Return the findings to look at; a low mark whose reason is written needs no look."""

    def explained(flag: Flag) -> bool:
        sheet = results.seating.counted.get(ExpertNumber(flag.expert))
        comments = (sheet.comments if sheet else None) or {}
        remark = comments.get(ApplicationNumber(flag.application), {}).get(flag.indicator)
        return flag.kind is FlagKind.LOW_MARK and remark is not None and bool(remark.reason)

    return tuple(flag for flag in results.flags if not explained(flag))


def rules_note(results: Results) -> str:
    """Return the rules that made these figures; the others stand with the preparation."""
    starts = ("每位专家", "各指标", "结果只在", "按发布分", "按未修约")
    kept = [each for each in results.rule_sentences if each.startswith(starts)]
    return "；".join(kept) + "。"


def recheck_lines(results: Results) -> tuple[RecheckLine, ...]:
    """Return the four statutory re-checks and the low marks."""
    kinds: tuple[tuple[str, tuple[FlagKind, ...]], ...] = (
        (_("Totals add up"), (FlagKind.SUM,)),
        (_("Marks within their scale"), (FlagKind.OUT_OF_RANGE,)),
        (_("Objective items agree"), (FlagKind.OBJECTIVE,)),
        (_("Far above or below the others"), _DEVIATIONS),
        (_("Low marks without a reason"), (FlagKind.LOW_MARK,)),
    )
    lines, still_open = [], open_flags(results)
    for name, wanted in kinds:
        found = [flag for flag in still_open if flag.kind in wanted]
        where = flag_place(found[0]) if found else ""
        first = found[0].application if found else ""
        lines.append(RecheckLine(name, len(found), where, first))
    return tuple(lines)


def flag_place(flag: Flag) -> str:
    """Return where a finding is, in a few words."""
    if flag.indicator:
        return _("{indicator} of {application}").format(
            indicator=flag.indicator, application=flag.application
        )
    share = ""
    if flag.figure is not None:
        share = f"{float(flag.figure):+.1%}".replace("-", "−")
    return _("{application} expert {expert} {share}").format(
        application=flag.application, expert=flag.expert, share=share
    )


def flag_words(flag: Flag) -> str:
    """Return a finding as a sentence."""
    words = flag_sentence(flag)
    return words if flag.figure is None else words.replace("-", "−")
