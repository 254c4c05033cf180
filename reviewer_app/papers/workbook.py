"""汇总工作簿: the summary as a workbook whose formulas give the published figures again.

The first sheet has every expert's total, the figure the rules make of them as a live formula,
the published figure beside it, and whether the two agree. With marks given, a sheet for each
application holds them, and the totals are formulas too. Where the rules or the indicator table
go beyond what a formula can say, the exact figure stands instead and the sheet says so.
"""

from dataclasses import dataclass, field
from fractions import Fraction
from itertools import groupby

from reviewer_app.papers.formulas import (
    Combining,
    CombiningRule,
    combined,
    heading_points,
    rounded,
    total_points,
    weighted_mean,
)
from reviewer_app.papers.xlsx import (
    CellContent,
    Figure,
    Formula,
    Line,
    Worksheet,
    address,
    sheet_titles,
    workbook_bytes,
)

SUMMARY = "汇总"
RULES = "规则"
SUMMARY_HEAD_ROWS = 4
"""Round, organiser, the experts' weights, the column heads."""
FIRST_EXPERT = 5
"""The column of the first expert in the summary."""
FIRST_MARK = 6
"""The column of the first expert on an application's sheet."""
MARK_HEAD_ROWS = 2
AGREE = "一致"
NO_FORMULA = "本场规则或指标体系不能用表格公式表达，此列为程序精确计算的数值。"


@dataclass(frozen=True, slots=True)
class WorkbookExpert:
    """One expert; ``weight`` is how much the rules let the sheet weigh."""

    number: str
    name: str
    weight: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True)
class WorkbookIndicator:
    """One row of an application's sheet; a mark is a figure or a word (不适用, 弃权)."""

    dimension: str
    code: str
    title: str
    weight: Fraction
    maximum: Fraction
    marks: tuple[Fraction | str, ...]


@dataclass(frozen=True, slots=True)
class WorkbookRow:
    """One application: each expert's total as counted (or a word), result, published figure."""

    rank: str
    number: str
    name: str
    unit: str
    totals: tuple[Fraction | str, ...]
    exact: Fraction | None
    published: str
    note: str = ""
    indicators: tuple[WorkbookIndicator, ...] = ()
    """The marks under this application's own weights; empty for no sheet of its own."""


@dataclass(frozen=True, slots=True)
class WorkbookFacts:
    """Everything the summary workbook holds.

    ``by_indicator``: the rules combine marks, not totals. ``simple``: the indicator table only
    weighs marks in one level of dimensions, without bonus, caps, choices or formula items, and
    no role hears only part of it; only then are totals written as formulas.
    """

    round_title: str
    organiser: str
    date: str
    experts: tuple[WorkbookExpert, ...]
    rows: tuple[WorkbookRow, ...]
    rule: CombiningRule
    rules: tuple[str, ...]
    results_code: str
    round_fingerprint: str
    full_marks: Fraction = Fraction(100)
    sheet_digits: int | None = None
    """Decimals to which each expert's total is rounded before it counts; None for exact."""
    by_indicator: bool = False
    simple: bool = True
    by_group: bool = False
    """Whether results are multiplied by a factor of their group, which no formula says."""
    recommended: int = 0
    result_label: str = "平均分"
    footnotes: tuple[str, ...] = field(default=())


def summary_workbook(facts: WorkbookFacts) -> bytes:
    """Return the summary as an XLSX file."""
    detailed = [row for row in facts.rows if row.indicators]
    titles = sheet_titles([SUMMARY, RULES, *(row.number for row in detailed)])
    sheets = dict(zip((row.number for row in detailed), titles[2:], strict=True))
    return workbook_bytes(
        (
            _summary(facts, titles[0], sheets),
            _rules(facts, titles[1]),
            *(_marks(facts, row, sheets[row.number]) for row in detailed),
        ),
        f"专家组评分汇总表　{facts.round_title}",
        facts.organiser,
    )


def _summary(facts: WorkbookFacts, title: str, sheets: dict[str, str]) -> Worksheet:
    head = (
        "名次", "编号", "评审对象", "依托单位",
        *(f"专家{each.number} {each.name}" for each in facts.experts),
        f"{facts.result_label}（按公式重算）", f"{facts.result_label}（发布）", "核对", "备注",
    )  # fmt: skip
    weights: tuple[CellContent, ...] = ("", "", "", "专家权重")
    weights += tuple(Figure(each.weight) for each in facts.experts)
    lines = [
        Line((facts.round_title,), bold=True, framed=False),
        Line((f"组织单位：{facts.organiser}　{facts.date}",), framed=False),
        Line(weights),
        Line(head, bold=True),
        *(
            Line(_summary_cells(facts, row, place, sheets), heavy=_is_cut(facts, place))
            for place, row in enumerate(facts.rows, 1)
        ),
    ]
    widths = (6.0, 7.0, 40.0, 26.0, *(13.0 for _each in facts.experts), 14.0, 12.0, 8.0, 28.0)
    return Worksheet(
        title,
        tuple(lines),
        widths,
        head_rows=SUMMARY_HEAD_ROWS,
        frozen_columns=2,
        wrapped=frozenset(range(3, len(widths) + 1)),
    )


def _is_cut(facts: WorkbookFacts, place: int) -> bool:
    return place == facts.recommended


def _summary_cells(
    facts: WorkbookFacts, row: WorkbookRow, place: int, sheets: dict[str, str]
) -> tuple[CellContent, ...]:
    line = SUMMARY_HEAD_ROWS + place
    result_column = FIRST_EXPERT + len(facts.experts)
    live = _result(facts, row, line, sheets.get(row.number, ""))
    recalculated, published = address(result_column, line), address(result_column + 1, line)
    stated = _stated(row.published)
    check: CellContent = ""
    if isinstance(live, Formula) and isinstance(stated, Figure):
        check = Formula(f'IF({recalculated}={published},"{AGREE}","不一致")')
    totals = (
        _total(facts, row, place_of, sheets.get(row.number, ""))
        for place_of in range(len(facts.experts))
    )
    return (
        _rank(row.rank),
        row.number,
        row.name,
        row.unit,
        *totals,
        live,
        stated,
        check,
        row.note,
    )


def _rank(text: str) -> CellContent:
    return Figure(Fraction(text)) if text.isdecimal() else text


def _stated(published: str) -> CellContent:
    try:
        value = Fraction(published)
    except ValueError:
        return published
    return Figure(value, len(published.partition(".")[2]))


def _total(facts: WorkbookFacts, row: WorkbookRow, place: int, sheet: str) -> CellContent:
    """Return one expert's total: from the application's sheet where there is a formula."""
    total = row.totals[place]
    if isinstance(total, str):
        return total
    digits = facts.rule.digits
    if not sheet or not facts.simple:
        return Figure(total, digits)
    return Formula(f"'{sheet}'!{address(FIRST_MARK + place, _total_line(row))}", digits)


def _result(facts: WorkbookFacts, row: WorkbookRow, line: int, sheet: str) -> CellContent:
    """Return the figure the rules make of the totals, as a formula wherever one can say it."""
    if row.exact is None:
        return row.published
    rule = facts.rule
    if facts.by_indicator:
        if not sheet or not _can_say(facts) or not facts.simple:
            return _stated(row.published)
        column = FIRST_MARK + len(facts.experts)
        figure = f"'{sheet}'!{address(column, _total_line(row))}"
    elif _can_say(facts):
        figure = _combined(facts, line, FIRST_EXPERT, SUMMARY_HEAD_ROWS - 1)
    else:
        return _stated(row.published)
    return Formula(rounded(figure, rule.digits, rule.mode), rule.digits)


def _can_say(facts: WorkbookFacts) -> bool:
    """Tell whether a formula can combine: unequal weights only in a plain mean."""
    if facts.by_group:
        return False
    equal = len({each.weight for each in facts.experts}) <= 1
    return equal or facts.rule.method is Combining.MEAN


def _combined(facts: WorkbookFacts, line: int, first: int, weights_line: int) -> str:
    """Return the formula over the experts' cells of one line."""
    last = first + len(facts.experts) - 1
    cells = f"{address(first, line)}:{address(last, line)}"
    if len({each.weight for each in facts.experts}) <= 1:
        return combined(cells, facts.rule)
    start = address(first, weights_line, fixed_row=True)
    return weighted_mean(cells, f"{start}:{address(last, weights_line, fixed_row=True)}")


def _rules(facts: WorkbookFacts, title: str) -> Worksheet:
    unsaid = not _can_say(facts) or (facts.by_indicator and not facts.simple)
    notes = (NO_FORMULA,) if unsaid else ()
    texts = (*facts.rules, *facts.footnotes, *notes)
    lines = [
        Line(("评审规则",), bold=True, framed=False),
        *(Line((text,), framed=False) for text in texts),
        Line((f"本场指纹 {facts.round_fingerprint}",), framed=False),
        Line((f"结果码 {facts.results_code}",), framed=False),
    ]
    return Worksheet(title, tuple(lines), (100.0,), wrapped=frozenset({1}))


def _marks(facts: WorkbookFacts, row: WorkbookRow, title: str) -> Worksheet:
    """Return one application's sheet: marks, dimensions' points, totals."""
    experts = tuple(f"专家{each.number}" for each in facts.experts)
    weights = tuple(Figure(each.weight) for each in facts.experts)
    lines = [
        Line((f"{row.number} {row.name}", "", "", "", "专家权重", *weights), framed=False),
        Line(("维度", "编号", "指标", "权重", "满分", *experts, "合成"), bold=True),
    ]
    headings: list[int] = []
    for dimension, group in groupby(row.indicators, key=lambda each: each.dimension):
        members = list(group)
        start = len(lines) + 1
        lines += [_mark_line(facts, each, start + place) for place, each in enumerate(members)]
        headings.append(len(lines) + 1)
        lines.append(_heading_line(facts, dimension, start, len(members)))
    lines.append(_total_row(facts, row, headings))
    widths = (16.0, 7.0, 44.0, 7.0, 7.0, *(9.0 for _each in facts.experts), 10.0)
    return Worksheet(
        title, tuple(lines), widths, MARK_HEAD_ROWS, frozen_columns=3, wrapped=frozenset({3})
    )


def _total_line(row: WorkbookRow) -> int:
    """Return the line of the totals on an application's sheet."""
    headings = len(list(groupby(row.indicators, key=lambda each: each.dimension)))
    return MARK_HEAD_ROWS + len(row.indicators) + headings + 1


def _mark_line(facts: WorkbookFacts, indicator: WorkbookIndicator, line: int) -> Line:
    marks = tuple(mark if isinstance(mark, str) else Figure(mark) for mark in indicator.marks)
    together: CellContent = ""
    if facts.by_indicator and _can_say(facts) and any(isinstance(m, Figure) for m in marks):
        together = Formula(_combined(facts, line, FIRST_MARK, 1))
    return Line(
        (
            indicator.dimension, indicator.code, indicator.title,
            Figure(indicator.weight), Figure(indicator.maximum), *marks, together,
        )
    )  # fmt: skip


def _heading_line(facts: WorkbookFacts, dimension: str, start: int, count: int) -> Line:
    """Return the points of one dimension out of its weight, by expert and together."""
    weights, maxima = (_column(column, start, count) for column in (4, 5))
    columns = range(FIRST_MARK, FIRST_MARK + len(facts.experts) + facts.by_indicator)
    points = tuple(
        Formula(heading_points(_column(column, start, count, fixed=False), weights, maxima))
        for column in columns
    )
    cells = (f"{dimension} 小计", "", "", Formula(f"SUM({weights})"), "")
    return Line((*cells, *(points if facts.simple else ())), bold=True)


def _column(column: int, start: int, count: int, *, fixed: bool = True) -> str:
    first = address(column, start, fixed_column=fixed)
    return f"{first}:{address(column, start + count - 1, fixed_column=fixed)}"


def _total_row(facts: WorkbookFacts, row: WorkbookRow, headings: list[int]) -> Line:
    weights = [address(4, line, fixed_column=True) for line in headings]
    full = str(facts.full_marks)
    totals: list[CellContent] = []
    for place, given in enumerate(row.totals):
        if isinstance(given, str) or not facts.simple:
            totals.append(given if isinstance(given, str) else Figure(given))
            continue
        cells = [address(FIRST_MARK + place, line) for line in headings]
        total = total_points(cells, weights, full)
        if facts.sheet_digits is not None:
            total = rounded(total, facts.sheet_digits, facts.rule.mode)
        totals.append(Formula(total))
    if facts.by_indicator and facts.simple:
        column = FIRST_MARK + len(facts.experts)
        cells = [address(column, line) for line in headings]
        totals.append(Formula(total_points(cells, weights, full)))
    return Line(
        ("总分", "", "", Formula("+".join(weights)), "", *totals), bold=True, heavy=True
    )
