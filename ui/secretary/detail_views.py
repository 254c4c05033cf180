"""What the detail of one application shows: every mark, the spread, who deviates, comments."""

from dataclasses import dataclass, replace
from fractions import Fraction

from reviewer_app.core.marks import Mark, MarkState
from reviewer_app.core.messages import _
from reviewer_app.core.numbers import plain_text
from reviewer_app.core.recheck import deviation
from reviewer_app.core.round import ApplicationNumber, ExpertNumber
from reviewer_app.core.scheme import Indicator
from reviewer_app.services.results import Results, application_of
from ui.matrix_views import MatrixCell, MatrixHead, MatrixView
from ui.secretary.results_prints import apart
from ui.secretary.results_views import (
    Scale,
    dots_of,
    figure_text,
    flag_words,
    open_flags,
    scale_over,
)
from ui.views import Dots, FootView

_MEAN, _RANGE = "mean", "range"
_COMMENTS = 8
Marks = dict[str, Mark]
Strips = tuple[tuple[str, Dots], ...]


@dataclass(frozen=True, slots=True)
class DetailView:
    """One application, whole."""

    number: str
    name: str
    place: str
    matrix: MatrixView
    strips: Strips
    scale: str
    flags: tuple[str, ...]
    apart: tuple[str, ...]
    """Experts whose total stands apart: each can be asked to explain."""
    comments: tuple[tuple[str, str], ...]
    foot: FootView


def detail_view(results: Results, number: str, foot: FootView) -> DetailView:
    """Return everything about one application's result."""
    result = results.tally.of(number)
    application = application_of(results.seating, number)
    rank = _("rank {rank}").format(rank=result.rank or "—")
    scale, strips = _strips(results, number)
    return DetailView(
        number=number,
        name=application.name,
        place=f"{rank}　{result.published or '—'}",
        matrix=_matrix(results, number),
        strips=strips,
        scale=scale.words,
        flags=tuple(flag_words(f) for f in open_flags(results) if f.application == number),
        apart=tuple(apart(open_flags(results), number)),
        comments=_comments(results, number),
        foot=foot,
    )


def _matrix(results: Results, number: str) -> MatrixView:
    result = results.tally.of(number)
    application = next(a for a in results.panel.applications if a.number == number)
    sheets = [(s.expert, dict(m)) for s, m in results.panel.sheets_for(number)]
    leaves = application.scheme.indicators()
    first = {next(iter(d.indicators())).code for d in application.scheme.dimensions}
    rows, cells = [], []
    for leaf in leaves:
        rows.append(
            MatrixHead(
                leaf.code,
                leaf.code,
                leaf.title,
                plain_text(leaf.weight),
                begins_group=leaf.code in first and leaf.code != leaves[0].code,
            )
        )
        cells.append(_cells(results, leaf, sheets, result.marks.get(leaf.code)))
    columns = []
    for expert, _marks in sheets:
        sheet = result.sheet(expert)
        total = figure_text(results, sheet.counted if sheet else None, 1)
        name = results.seating.expert(ExpertNumber(expert)).name
        columns.append(MatrixHead(expert, expert, name.split("（")[0], total))
    totals = [sheet.counted for sheet in result.sheets]
    spread = figure_text(results, max(totals) - min(totals), 1) if totals else "—"
    columns.append(MatrixHead(_MEAN, "", _("mean"), result.published or "—"))
    columns.append(MatrixHead(_RANGE, "", _("range"), spread))
    return MatrixView(
        tuple(rows),
        tuple(columns),
        tuple(cells),
        _("Indicator (weight)"),
        _("Weighted total"),
    )


def _cells(
    results: Results, leaf: Indicator, sheets: list[tuple[str, Marks]], mean: Fraction | None
) -> tuple[MatrixCell, ...]:
    limit = results.tally.rules.recheck.deviation_warn
    marks = [given.get(leaf.code) for _expert, given in sheets]
    values = [mark.value if mark else None for mark in marks]
    known = [value for value in values if value is not None]
    cells = []
    for place, (mark, value) in enumerate(zip(marks, values, strict=True)):
        if value is None:
            cells.append(MatrixCell(_word(mark), word=True, editable=False))
            continue
        others = [v for i, v in enumerate(values) if v is not None and i != place]
        share = deviation(value, others)
        sign = ""
        if share is not None and abs(share) > limit:
            sign = "▼" if share < 0 else "▲"
        text = f"{sign}{plain_text(value)}"
        cells.append(MatrixCell(text, level=3 if sign else None, editable=False))
    average = figure_text(results, mean, 1)
    spread = plain_text(max(known) - min(known)) if known else "—"
    cells += [MatrixCell(average, editable=False), MatrixCell(spread, editable=False)]
    return tuple(cells)


def _word(mark: Mark | None) -> str:
    if mark is None:
        return "—"
    return {
        MarkState.NOT_APPLICABLE: _("Not applicable"),
        MarkState.ABSTAINED: _("Abstained"),
    }.get(mark.state, "—")


def _strips(results: Results, number: str) -> tuple[Scale, Strips]:
    """Return a scale, the totals on it, each dimension in percent of its points."""
    result = results.tally.of(number)
    scheme = next(a for a in results.panel.applications if a.number == number).scheme
    totals = {sheet.expert: sheet.counted for sheet in result.sheets}
    lines = [(_("Total"), totals, result.figure)]
    for dimension in scheme.dimensions:
        full = dimension.full_weight
        shares = {
            sheet.expert: points / full * 100
            for sheet in result.sheets
            if full and (points := sheet.by_dimension.get(dimension.code)) is not None
        }
        own = result.by_dimension.get(dimension.code)
        mean = None if own is None or not full else own / full * 100
        lines.append((f"{dimension.code} {dimension.title}", shares, mean))
    scale = scale_over(
        results, [each for _name, figures, _m in lines for each in figures.values()]
    )
    flagged = {f.expert for f in results.flags if f.application == number and f.expert}
    return scale, tuple((name, _dots(scale, held, mean, flagged)) for name, held, mean in lines)


def _dots(
    scale: Scale, figures: dict[str, Fraction], mean: Fraction | None, flagged: set[str]
) -> Dots:
    """Return a strip on which those who stand apart are named."""
    shown = dots_of(scale, [(f, expert in flagged) for expert, f in figures.items()], mean)
    return replace(shown, names=tuple(expert for expert in figures if expert in flagged))


def _comments(results: Results, number: str) -> tuple[tuple[str, str], ...]:
    found = []
    for expert, sheet in results.seating.counted.items():
        remarks = (sheet.comments or {}).get(ApplicationNumber(number), {})
        for code, remark in remarks.items():
            text = remark.reason or remark.comment
            if text:
                found.append((f"{expert}　{code}", text))
    return tuple(found[:_COMMENTS])
