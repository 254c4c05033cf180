"""专家组评分汇总表: every expert's total for every application, on A4 across.

It continues over as many pages as the applications need; experts who do not fit beside one
another follow in a further part. The signatures stand once, after the table and its rules.
"""

from dataclasses import dataclass

from reviewer_app.papers.forms import sign_here
from reviewer_app.papers.model import (
    Align,
    Block,
    Cell,
    Column,
    Document,
    Footer,
    Keep,
    PageBreak,
    PageNumber,
    PageSetup,
    Paragraph,
    Role,
    Row,
    Run,
    Space,
    Style,
    Table,
    Tabs,
)
from reviewer_app.papers.parts import (
    FOOT,
    PLAIN,
    SMALL,
    batches,
    headline,
    mono,
    sentences,
    signature_boxes,
    strong,
)

TITLE = "专家组评分汇总表"
WIDTH_MM = 267.0
HEAVY = 2.0
"""The cut line, in points."""
EXPERTS_ACROSS = 16
RANK_MM, NUMBER_MM, RESULT_MM = 11.0, 10.0, 15.0
WIDEST_EXPERT_MM, NARROWEST_EXPERT_MM = 13.0, 9.4

HEAD = Style(Role.HEI, 9.5, 13.0, Align.CENTRE)
CENTRED = Style(Role.HEI, 9.5, 13.0, Align.CENTRE)
NAME = Style(Role.SONG, 9.5, 13.0, Align.LEFT)
FIGURE = Style(Role.HEI, 9.5, 13.0, Align.RIGHT)
NOTE = Style(Role.SONG, 8.0, 10.5, Align.LEFT)


@dataclass(frozen=True, slots=True)
class SummaryExpert:
    """One expert as printed over a column and over a place to sign."""

    number: str
    name: str


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One application; ``totals`` has a text for each expert: a figure, ``回避``, ``缺席``."""

    rank: str
    number: str
    name: str
    unit: str
    totals: tuple[str, ...]
    result: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class SummaryFacts:
    """Everything the summary table says, rows in the order they are printed."""

    round_title: str
    organiser: str
    date: str
    experts: tuple[SummaryExpert, ...]
    rows: tuple[SummaryRow, ...]
    rules: tuple[str, ...]
    """The review rules in sentences."""
    round_fingerprint: str
    results_code: str
    """The results digest's first sixteen digits, in fours."""
    printed_at: str
    signers: tuple[tuple[str, str], ...]
    """(role, name): 组长, 监督员, 复核; a name nobody gave is empty."""
    recommended: int = 0
    """How many rows stand above the cut line; 0 for none."""
    result_label: str = "平均分"
    sheets: str = ""
    """``评分表 7 份（9 版）``."""
    dissents: tuple[str, ...] = ()
    footnotes: tuple[str, ...] = ()


def summary_paper(facts: SummaryFacts) -> Document:
    """Return the panel's summary table with its rules and places to sign."""
    return Document(
        title=f"{TITLE}　{facts.round_title}",
        page=PageSetup(
            width_mm=297,
            height_mm=210,
            top_mm=15,
            bottom_mm=15,
            left_mm=15,
            right_mm=15,
            footer=Footer(
                f"打印于 {facts.printed_at}", number=PageNumber.RIGHT, style=FOOT, drop_mm=5
            ),
        ),
        blocks=(
            *headline(TITLE),
            Tabs(
                facts.round_title,
                right=f"组织单位：{facts.organiser}　　{facts.date}",
                style=PLAIN.with_(after=2.0, keep_with_next=True),
            ),
            *_tables(facts),
            Space(4),
            *_words(facts),
            Space(3),
            *_signatures(facts),
        ),
        author=facts.organiser,
        subject=facts.round_title,
    )


def _tables(facts: SummaryFacts) -> list[Block]:
    count = max(1, -(-len(facts.experts) // EXPERTS_ACROSS))
    across = max(1, -(-len(facts.experts) // count))
    groups = list(batches(range(len(facts.experts)), across)) or [()]
    tables: list[Block] = []
    for place, group in enumerate(groups):
        tables += [PageBreak()] if place else []
        tables.append(_table(facts, group, last=place == len(groups) - 1))
    return tables


def _table(facts: SummaryFacts, group: tuple[int, ...], *, last: bool) -> Table:
    """Return the columns of some experts; the last table has result and notes too."""
    style = FIGURE if len(group) <= 9 else FIGURE.with_(size=8.5)  # noqa: PLR2004  # what fits at full size
    columns = (
        Column(RANK_MM, CENTRED),
        Column(NUMBER_MM, CENTRED),
        *(Column(width, NAME) for width in _name_widths(len(group), last=last)),
        *(Column(_expert_width(len(group)), style) for _each in group),
        *((Column(RESULT_MM, style), Column(_note_width(len(group)), NOTE)) if last else ()),
    )
    experts = [facts.experts[index] for index in group]
    labels = [
        "名次",
        "编号",
        "评审对象",
        "依托单位",
        *(f"专家{each.number}" for each in experts),
    ]
    labels += [facts.result_label, "备注"] if last else []
    head = Row(tuple(Cell(label, HEAD, least_size=7.0) for label in labels), least_mm=10.0)
    rows = tuple(
        Row(_cells(row, group, last=last), rule=_rule(facts, place), least_mm=6.5)
        for place, row in enumerate(facts.rows, 1)
    )
    return Table(columns, (head,), rows, pad_x=3.0, pad_y=1.5)


def _cells(row: SummaryRow, group: tuple[int, ...], *, last: bool) -> tuple[Cell, ...]:
    totals = (Cell(row.totals[index], least_size=6.5) for index in group)
    ending = (Cell((strong(row.result),)), Cell(row.note)) if last else ()
    names = (Cell(row.name, least_size=8.5), Cell(row.unit, least_size=8.5))
    return (Cell(row.rank), Cell(row.number), *names, *totals, *ending)


def _rule(facts: SummaryFacts, place: int) -> float:
    return HEAVY if place == facts.recommended and place < len(facts.rows) else 0.5


def _expert_width(count: int) -> float:
    """Return the width of an expert's column: wide for a few, narrow for many."""
    few, many = 7, EXPERTS_ACROSS
    share = min(1.0, max(0.0, (count - few) / (many - few)))
    return WIDEST_EXPERT_MM - share * (WIDEST_EXPERT_MM - NARROWEST_EXPERT_MM)


def _note_width(count: int) -> float:
    return 28.0 if count <= 9 else 18.0  # noqa: PLR2004  # as the figures' size above


def _name_widths(count: int, *, last: bool) -> tuple[float, float]:
    """Return the widths for name and unit, which take what the figures leave."""
    ending = RESULT_MM + _note_width(count) if last else 0.0
    rest = WIDTH_MM - RANK_MM - NUMBER_MM - count * _expert_width(count) - ending
    return rest * 0.63, rest * 0.37


def _words(facts: SummaryFacts) -> list[Block]:
    """Return the rules, the fingerprints and what the panel did not agree on."""
    cut = f"粗线以上为推荐线（前 {facts.recommended} 名）。" if facts.recommended else ""
    rules = Paragraph((Run(cut), strong("规则　"), Run(sentences(facts.rules))), SMALL)
    codes = Paragraph(
        (
            Run("本场指纹 "), mono(facts.round_fingerprint),
            Run("　结果码 "), mono(facts.results_code),
            Run(f"　{facts.sheets}　回执码见纪要附表　不同意见："),
            Run(f"{len(facts.dissents)} 条，附后" if facts.dissents else "无"),
        ),
        SMALL,
    )  # fmt: skip
    notes = [Paragraph(text, SMALL) for text in facts.footnotes]
    dissents = [
        Paragraph((strong(f"不同意见 {place}　"), Run(text)), SMALL)
        for place, text in enumerate(facts.dissents, 1)
    ]
    return [rules, *notes, codes, *dissents]


def _signatures(facts: SummaryFacts) -> list[Block]:
    """Return a box for each expert, and lines for leader, supervisor and checker."""
    labels = [f"专家{each.number}　{each.name}" for each in facts.experts]
    rows = signature_boxes(labels, WIDTH_MM, per_row=7)
    # the experts of one row and their lines are never parted, the rows may be
    pairs = [Keep(pair) for pair in zip(rows[::2], rows[1::2], strict=True)]
    last = pairs[-1].blocks if pairs else ()
    return [*pairs[:-1], Keep((*last, *sign_here(facts.signers, WIDTH_MM)))]
