"""封存单: what had been received when collection closed, signed before any score is shown."""

from dataclasses import dataclass

from reviewer_app.papers.model import (
    Align,
    Block,
    Cell,
    Column,
    Columns,
    Document,
    Footer,
    Keep,
    PageSetup,
    Paragraph,
    Role,
    Row,
    Side,
    Signature,
    Space,
    Style,
    Table,
    Text,
)
from reviewer_app.papers.parts import (
    DATE_BLANK,
    FOOT,
    PLAIN,
    headline,
    labelled,
    mono,
    signature_boxes,
    strong,
)

TITLE = "评分封存单"
WIDTH_MM = 165.0
CELL = Style(Role.SONG, 10.5, 15.0, Align.LEFT)
CENTRED = CELL.with_(align=Align.CENTRE)
HEAD = CENTRED.with_(role=Role.HEI)
STATEMENT = (
    "以上评分表已当场封存。封存前，本程序不显示分值；封存后收到的评分表须写明理由，另行标明，"
    "不改动本单。"
)


@dataclass(frozen=True, slots=True)
class ClosingRow:
    """One expert: what was expected of them and what has come."""

    number: str
    name: str
    state: str
    """``已收``, ``缺席``, ``已更换``, ``未收``."""
    revision: str = ""
    receipt: str = ""
    key_fingerprint: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ClosingFacts:
    """Everything a closing statement says."""

    round_title: str
    organiser: str
    closed_at: str
    expected: int
    received: int
    rows: tuple[ClosingRow, ...]
    log_head: str
    """SHA-256 of the log's last line at closing, in full."""
    round_fingerprint: str
    bureau_fingerprint: str
    printed_at: str
    reasons: tuple[str, ...] = ()
    """Why collection closed with sheets missing."""


def closing_paper(facts: ClosingFacts) -> Document:
    """Return the closing statement for supervisor and experts to sign."""
    return Document(
        title=f"{TITLE}　{facts.round_title}",
        page=PageSetup(
            top_mm=20,
            bottom_mm=20,
            left_mm=25,
            right_mm=20,
            footer=Footer(f"打印于 {facts.printed_at}", "以本纸手写签字为准", style=FOOT),
        ),
        blocks=(
            *headline(TITLE, facts.round_title),
            *_lines(facts),
            Space(6),
            _table(facts),
            Space(8),
            *_reasons(facts),
            Paragraph(STATEMENT, PLAIN.with_(first_indent=2)),
            Space(10),
            *_signatures(facts),
        ),
        author=facts.organiser,
        subject=facts.round_title,
    )


def _lines(facts: ClosingFacts) -> list[Block]:
    def line(label: str, text: Text) -> Paragraph:
        runs = labelled(label, text) if isinstance(text, str) else (strong(f"{label}　"), *text)
        return Paragraph(runs, PLAIN.with_(leading=18.0))

    return [
        line("组织单位", facts.organiser),
        line("封存时间", facts.closed_at),
        line("评分表", f"应收 {facts.expected} 份，实收 {facts.received} 份"),
        line("本场指纹", (mono(facts.round_fingerprint),)),
        line("组织单位密钥指纹", (mono(facts.bureau_fingerprint),)),
        line("日志末条 SHA-256", (mono(facts.log_head),)),
    ]


def _table(facts: ClosingFacts) -> Table:
    widths = (14.0, 32.0, 16.0, 13.0, 33.0, 37.0, 20.0)
    labels = ("专家", "姓名", "状态", "版次", "回执码", "本人密钥指纹", "备注")
    rows = tuple(
        Row(
            (
                Cell(each.number, CENTRED),
                Cell(each.name),
                Cell(each.state, CENTRED),
                Cell(each.revision or "—", CENTRED),
                Cell((mono(each.receipt, 9.5),) if each.receipt else "—", CENTRED),
                Cell(
                    (mono(each.key_fingerprint, 9.5),) if each.key_fingerprint else "—", CENTRED
                ),
                Cell(each.note, CELL.with_(size=8.5, leading=11.0)),
            ),
            least_mm=8.0,
        )
        for each in facts.rows
    )
    columns = tuple(Column(width, CELL) for width in widths)
    return Table(columns, (Row(tuple(Cell(label, HEAD) for label in labels)),), rows)


def _reasons(facts: ClosingFacts) -> list[Block]:
    if not facts.reasons:
        return []
    return [
        Paragraph((strong("未收齐而封存的理由"),), PLAIN.with_(keep_with_next=True)),
        *(Paragraph(text, PLAIN.with_(first_indent=2)) for text in facts.reasons),
        Space(6),
    ]


def _signatures(facts: ClosingFacts) -> list[Block]:
    labels = [f"专家{each.number}　{each.name}" for each in facts.rows]
    roles = tuple(
        Side(55, (Signature(label, 54, 36, height_mm=9, style=PLAIN),))
        for label in ("监督员：", "秘书：")
    )
    date = Paragraph(DATE_BLANK, PLAIN.with_(align=Align.RIGHT))
    last = Columns((*roles, Side(WIDTH_MM - 110, (Space(9.5), date))))
    rows = signature_boxes(labels, WIDTH_MM, per_row=4)
    pairs = [Keep(pair) for pair in zip(rows[::2], rows[1::2], strict=True)]
    return [*pairs[:-1], Keep((*(pairs[-1].blocks if pairs else ()), last))]
