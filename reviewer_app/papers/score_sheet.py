"""个人评分表: one expert's marks on paper, with the same signed bytes as codes.

One page for twelve applications and twenty-four indicators; more applications or long reasons
continue. Codes and signature stay together at the end; more than two codes get pages of their
own before it.
"""

from dataclasses import dataclass
from itertools import groupby

from reviewer_app.papers.model import (
    Align,
    Block,
    Cell,
    Column,
    Document,
    Footer,
    Keep,
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
    labelled,
    sentences,
)
from reviewer_app.papers.sheet_ending import WIDTH_MM, SheetProof, sheet_ending

TITLE = "专家个人评分表"
APPLICATIONS_ACROSS = 12
NUMBER_MM, WEIGHT_MM, MARK_MM = 8.0, 6.0, 8.1
WIDEST_MARK_MM = 14.0

CELL = Style(Role.SONG, 8.5, 9.8, Align.LEFT)
FIGURE = Style(Role.HEI, 8.5, 9.8, Align.RIGHT)
WORD = Style(Role.HEI, 6.5, 8.0, Align.CENTRE)
HEAD = Style(Role.SONG, 6.5, 8.2, Align.CENTRE)
TOTAL = Style(Role.HEI, 8.0, 10.3, Align.CENTRE, bold=True)


@dataclass(frozen=True, slots=True)
class SheetIndicator:
    """One row: the indicator as printed, and the last of its dimension or not."""

    code: str
    title: str
    weight: str
    ends_dimension: bool = False


@dataclass(frozen=True, slots=True)
class SheetApplication:
    """One column: number and short name of an application, and its published total."""

    number: str
    short_name: str
    total: str


@dataclass(frozen=True, slots=True)
class SheetNote:
    """Something written about one mark: why it is low, why none was given, or a comment."""

    application: str
    indicator: str
    text: str


@dataclass(frozen=True, slots=True)
class ScoreSheetFacts:
    """Everything an individual score sheet says, as printed.

    ``marks`` has a row for each indicator and in it a text for each application: ``84``,
    ``*56`` for a low one, ``不适用``, ``弃权``, ``按公式``.
    """

    round_title: str
    expert_number: str
    expert_name: str
    employer: str
    revision: int
    applications: tuple[SheetApplication, ...]
    indicators: tuple[SheetIndicator, ...]
    marks: tuple[tuple[str, ...], ...]
    receipt: str
    key_fingerprint: str
    """Empty, as ``codes`` are, for a form that was typed in and that no key signed."""
    round_fingerprint: str
    codes: tuple[str, ...]
    printed_at: str
    notes: tuple[str, ...] = ()
    """The scale and what becomes of weights, in sentences."""
    reasons: tuple[SheetNote, ...] = ()
    abstentions: tuple[SheetNote, ...] = ()
    recusals: tuple[str, ...] = ()
    comments: tuple[SheetNote, ...] = ()
    total_label: str = "加权总分（满分 100）"
    weight_sum: str = "100"
    stage: str = ""
    """``第二轮`` on a sheet of a second scoring, empty on the first."""


def score_sheet_paper(facts: ScoreSheetFacts) -> Document:
    """Return one expert's score sheet, ready to be signed by hand."""
    return Document(
        title=f"{TITLE}　专家{facts.expert_number}　{facts.expert_name}　第{facts.revision}版",
        page=PageSetup(
            top_mm=15,
            bottom_mm=15,
            left_mm=25,
            right_mm=15,
            footer=Footer(
                f"打印于 {facts.printed_at}", "以本纸手写签字为准", style=FOOT, drop_mm=3.5
            ),
        ),
        blocks=(
            *headline(TITLE, facts.round_title),
            _who(facts),
            *_tables(facts),
            Space(4),
            *_words(facts),
            Space(4),
            *sheet_ending(_proof(facts)),
        ),
        subject=facts.round_title,
    )


def _proof(facts: ScoreSheetFacts) -> SheetProof:
    return SheetProof(
        facts.receipt, facts.key_fingerprint, facts.round_fingerprint, facts.codes
    )


def _who(facts: ScoreSheetFacts) -> Tabs:
    stage = f"{facts.stage}　" if facts.stage else ""
    return Tabs(
        left=f"专家编号：{facts.expert_number}　　姓名：{facts.expert_name}"
        f"　　工作单位：{facts.employer}",
        right=f"{stage}第 {facts.revision} 版",
        style=PLAIN.with_(after=2.0, keep_with_next=True),
    )


def _tables(facts: ScoreSheetFacts) -> list[Block]:
    """Return a table for every dozen applications, the dozens as even as they can be."""
    count = max(1, -(-len(facts.applications) // APPLICATIONS_ACROSS))
    across = max(1, -(-len(facts.applications) // count))
    tables: list[Block] = []
    for place, group in enumerate(batches(range(len(facts.applications)), across)):
        tables += [Space(8)] if place else []
        tables.append(Keep((_table(facts, group),)))
    return tables


def _table(facts: ScoreSheetFacts, group: tuple[int, ...]) -> Table:
    mark_mm = min(
        WIDEST_MARK_MM, max(MARK_MM, MARK_MM * APPLICATIONS_ACROSS / (len(group) or 1))
    )
    title_mm = WIDTH_MM - NUMBER_MM - WEIGHT_MM - mark_mm * len(group)
    return Table(
        columns=(
            Column(NUMBER_MM, CELL),
            Column(title_mm, CELL),
            Column(WEIGHT_MM, CELL.with_(align=Align.RIGHT)),
            *(Column(mark_mm, FIGURE) for _each in group),
        ),
        head=(_head(facts, group),),
        rows=(*_rows(facts, group), _totals(facts, group)),
        pad_x=1.6,
        pad_y=1.2,
    )


def _head(facts: ScoreSheetFacts, group: tuple[int, ...]) -> Row:
    applications = (facts.applications[index] for index in group)
    names = (
        Cell((Run(f"{each.number}\n", Role.HEI, 8.5, bold=True), Run(each.short_name)), HEAD)
        for each in applications
    )
    label = HEAD.with_(role=Role.HEI, size=8.5, leading=10.5)
    return Row((Cell("指　　标", label, span=2), Cell("权\n重", label), *names), least_mm=13.0)


def _rows(facts: ScoreSheetFacts, group: tuple[int, ...]) -> list[Row]:
    return [
        Row(
            (
                Cell(indicator.code),
                Cell(indicator.title, least_size=7.0),
                Cell(indicator.weight),
                *(_mark(marks[index]) for index in group),
            ),
            rule=0.9 if indicator.ends_dimension else 0.5,
        )
        for indicator, marks in zip(facts.indicators, facts.marks, strict=True)
    ]


def _mark(text: str) -> Cell:
    figure = any(char.isdigit() for char in text)
    return Cell(text, least_size=6.5) if figure else Cell(text, WORD, least_size=5.5)


def _totals(facts: ScoreSheetFacts, group: tuple[int, ...]) -> Row:
    return Row(
        (
            Cell(facts.total_label, CELL.with_(role=Role.HEI), span=2),
            Cell(facts.weight_sum, least_size=6.5),
            *(Cell(facts.applications[index].total, TOTAL, least_size=6.0) for index in group),
        ),
        least_mm=6.0,
    )


def _words(facts: ScoreSheetFacts) -> list[Block]:
    """Return in words what the figures alone do not say."""
    blocks: list[Block] = [Paragraph(sentences(facts.notes), SMALL)] if facts.notes else []
    if facts.reasons:
        blocks.append(_notes("低分理由（*）", facts.reasons))
    recusals = "；".join(facts.recusals) or "无"
    abstained = [*labelled("　弃权", _joined(facts.abstentions))] if facts.abstentions else []
    blocks.append(Paragraph((*labelled("回避", f"{recusals}。"), *abstained), SMALL))
    if facts.comments:
        blocks.append(_notes("评语", facts.comments))
    return blocks


def _notes(label: str, notes: tuple[SheetNote, ...]) -> Paragraph:
    return Paragraph(labelled(label, _joined(notes)), SMALL)


def _joined(notes: tuple[SheetNote, ...]) -> str:
    """Return the notes one after the other; what was written alike is said once."""
    alike = groupby(notes, key=lambda note: (note.application, note.text.rstrip("。")))
    return "　".join(
        f"{_place(application, [note.indicator for note in group])}：{text}。"
        for (application, text), group in alike
    )


def _place(application: str, indicators: list[str]) -> str:
    named = "、".join(indicator for indicator in indicators if indicator)
    return f"{application} 的 {named}" if named else application
