"""纸质评分表: an empty score form for an expert whose laptop is gone, coded as that expert's.

A box for every mark the expert gives, twelve applications a page, every page with the same code
and its own signature line; nothing in it is filled.
"""

from dataclasses import dataclass

from reviewer_app.papers.model import (
    Align,
    Block,
    Cell,
    Code,
    Column,
    Columns,
    Document,
    Footer,
    Keep,
    PageBreak,
    PageSetup,
    Paragraph,
    Role,
    Row,
    Run,
    Side,
    Signature,
    Space,
    Style,
    Table,
)
from reviewer_app.papers.parts import DATE_BLANK, FOOT, PLAIN, SMALL, batches, mono, strong

TITLE = "专家纸质评分表"
STATEMENT = (
    "本人独立评分，以上分值由本人手写；本人与所评对象无应当回避的关系（已填回避者除外）。"
)
HOW = (
    "每格填一个分数；不适用填 NA，弃权填 AB，不得留空。改动处划去重写并签名。"
    "须回避的对象只在“回避”一格填理由编号，其余各格不填。"
)
APPLICATIONS_ACROSS = 12
WIDTH_MM, CODE_MM = 178.0, 34.0
NUMBER_MM, SCALE_MM, BOX_MM, WIDEST_BOX_MM = 9.0, 15.0, 9.2, 16.0
ROW_MM = 7.0

CELL = Style(Role.SONG, 8.5, 9.8, Align.LEFT)
SCALE = Style(Role.SONG, 7.0, 8.4, Align.CENTRE)
BOX = Style(Role.SONG, 7.0, 8.4, Align.CENTRE, colour="#777777")
HEAD = Style(Role.SONG, 6.5, 8.2, Align.CENTRE)


@dataclass(frozen=True, slots=True)
class FormApplication:
    """One column of boxes: an application's number and short name."""

    number: str
    short_name: str


@dataclass(frozen=True, slots=True)
class FormRow:
    """One row: the indicator, its scale as ``0–100，步长 1``, and what each box has printed.

    A box is empty where the expert writes, ``／`` where no mark is asked for, and has a scale
    of its own where the application's differs.
    """

    code: str
    title: str
    scale: str
    boxes: tuple[str, ...]
    ends_dimension: bool = False


@dataclass(frozen=True, slots=True)
class PaperFormFacts:
    """Everything a form says; ``code`` is the text of its QR code."""

    round_title: str
    expert_number: str
    expert_name: str
    employer: str
    round_fingerprint: str
    code: str
    applications: tuple[FormApplication, ...]
    rows: tuple[FormRow, ...]
    grounds: tuple[str, ...]
    printed_at: str
    stage: str = ""
    """``第二轮`` on a form of a second scoring, empty on the first."""


def paper_form(facts: PaperFormFacts) -> Document:
    """Return one expert's form, to be filled and signed by hand."""
    count = max(1, -(-len(facts.applications) // APPLICATIONS_ACROSS))
    across = max(1, -(-len(facts.applications) // count))
    groups = list(batches(range(len(facts.applications)), across))
    blocks: list[Block] = []
    for place, group in enumerate(groups, start=1):
        blocks += [PageBreak()] if place > 1 else []
        blocks += _page(facts, group, f"第 {place} 张，共 {len(groups)} 张")
    return Document(
        title=f"{TITLE}　专家{facts.expert_number}　{facts.expert_name}",
        page=PageSetup(
            top_mm=12,
            bottom_mm=14,
            left_mm=18,
            right_mm=14,
            footer=Footer(
                f"打印于 {facts.printed_at}", "以本纸手写签字为准", style=FOOT, drop_mm=2
            ),
        ),
        blocks=tuple(blocks),
        subject=facts.round_title,
    )


def _page(facts: PaperFormFacts, group: tuple[int, ...], place: str) -> list[Block]:
    return [
        _top(facts, place),
        Space(3),
        _table(facts, group),
        Space(3),
        Keep((Paragraph(_grounds(facts), SMALL), *_signature())),
    ]


def _top(facts: PaperFormFacts, place: str) -> Columns:
    stage = f"　{facts.stage}" if facts.stage else ""
    title = Style(Role.HEI, 17.0, 23.0, Align.LEFT, bold=True)
    words: tuple[Block, ...] = (
        Paragraph(f"{TITLE}{stage}", title),
        Paragraph(f"{facts.round_title}　　{place}", PLAIN.with_(size=10, leading=15)),
        Paragraph(
            f"专家编号：{facts.expert_number}　姓名：{facts.expert_name}"
            f"　工作单位：{facts.employer}",
            PLAIN.with_(size=10, leading=15),
        ),
        Paragraph(
            (strong("本场指纹　"), mono(facts.round_fingerprint)),
            PLAIN.with_(size=9.5, leading=15),
        ),
        Paragraph(HOW, SMALL.with_(size=8.5, leading=11.5)),
    )
    code = Code(facts.code, CODE_MM)
    return Columns((Side(WIDTH_MM - CODE_MM - 3, words), Side(3, ()), Side(CODE_MM, (code,))))


def _table(facts: PaperFormFacts, group: tuple[int, ...]) -> Table:
    box_mm = min(WIDEST_BOX_MM, max(BOX_MM, BOX_MM * APPLICATIONS_ACROSS / (len(group) or 1)))
    title_mm = WIDTH_MM - NUMBER_MM - SCALE_MM - box_mm * len(group)
    return Table(
        columns=(
            Column(NUMBER_MM, CELL),
            Column(title_mm, CELL),
            Column(SCALE_MM, SCALE),
            *(Column(box_mm, BOX) for _each in group),
        ),
        head=(_head(facts, group),),
        rows=(_recusal(group), *(_row(row, group) for row in facts.rows)),
        pad_x=1.4,
        pad_y=0.8,
    )


def _head(facts: PaperFormFacts, group: tuple[int, ...]) -> Row:
    applications = (facts.applications[index] for index in group)
    names = (
        Cell((Run(f"{each.number}\n", Role.HEI, 8.5, bold=True), Run(each.short_name)), HEAD)
        for each in applications
    )
    label = HEAD.with_(role=Role.HEI, size=8.5, leading=10.5)
    return Row((Cell("指　　标", label, span=2), Cell("分值", label), *names), least_mm=12.0)


def _recusal(group: tuple[int, ...]) -> Row:
    label = CELL.with_(role=Role.HEI)
    boxes = (Cell() for _each in group)
    return Row(
        (Cell("回避（须回避才填）", label, span=2), Cell("编号"), *boxes),
        rule=1.2,
        least_mm=ROW_MM,
    )


def _row(row: FormRow, group: tuple[int, ...]) -> Row:
    return Row(
        (
            Cell(row.code),
            Cell(row.title, least_size=6.5),
            Cell(row.scale, least_size=5.5),
            *(Cell(row.boxes[index], least_size=5.5) for index in group),
        ),
        rule=0.9 if row.ends_dimension else 0.5,
        least_mm=ROW_MM,
    )


def _grounds(facts: PaperFormFacts) -> tuple[Run, ...]:
    listed = "；".join(f"{place} {text}" for place, text in enumerate(facts.grounds, start=1))
    return strong("回避理由"), Run(f"　{listed}。")


def _signature() -> list[Block]:
    sign = Signature("专家签字：", 110, 46.0, height_mm=11, style=PLAIN.with_(size=12))
    date = Paragraph(DATE_BLANK, PLAIN.with_(size=12, align=Align.RIGHT))
    return [
        Space(3),
        Paragraph(STATEMENT, PLAIN.with_(size=9.5, leading=14)),
        Columns((Side(110, (sign,)), Side(68, (Space(15), date)))),
    ]
