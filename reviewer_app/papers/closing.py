"""封存单: what had been received when collection closed, signed before any score is shown."""

from dataclasses import dataclass

from reviewer_app.papers.forms import (
    CELL,
    CENTRED,
    INDENTED,
    WIDTH_MM,
    fact,
    form_page,
    ruled,
    section,
    sign_here,
)
from reviewer_app.papers.model import Block, Document, Keep, Paragraph, Space, Table, Text
from reviewer_app.papers.parts import headline, mono, signature_boxes

TITLE = "评分封存单"
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
    signers: tuple[tuple[str, str], ...]
    """(role, name): 监督员, 主持人, 秘书; a name nobody gave is empty."""
    reasons: tuple[str, ...] = ()
    """Why collection closed with sheets missing."""
    title: str = TITLE
    statement: str = STATEMENT
    reasons_title: str = "未收齐而封存的理由"
    counted: str = "评分表"
    """What was collected; a second scoring has sheets of its own."""


def closing_paper(facts: ClosingFacts) -> Document:
    """Return the closing statement for supervisor and experts to sign."""
    return Document(
        title=f"{facts.title}　{facts.round_title}",
        page=form_page(facts.printed_at),
        blocks=(
            *headline(facts.title, facts.round_title),
            *_lines(facts),
            Space(6),
            _table(facts),
            Space(8),
            *_reasons(facts),
            Paragraph(facts.statement, INDENTED),
            Space(10),
            *_signatures(facts),
        ),
        author=facts.organiser,
        subject=facts.round_title,
    )


def _lines(facts: ClosingFacts) -> list[Block]:
    return [
        fact("组织单位", facts.organiser),
        fact("封存时间", facts.closed_at),
        fact(facts.counted, f"应收 {facts.expected} 份，实收 {facts.received} 份"),
        fact("本场指纹", (mono(facts.round_fingerprint),)),
        fact("组织单位密钥指纹", (mono(facts.bureau_fingerprint),)),
        fact("日志头", (mono(facts.log_head),)),
    ]


def _table(facts: ClosingFacts) -> Table:
    small = CELL.with_(size=8.5, leading=11.0)
    return ruled(
        (14.0, 32.0, 16.0, 13.0, 33.0, 37.0, 20.0),
        ("专家", "姓名", "状态", "版次", "回执码", "本人密钥指纹", "备注"),
        [
            (
                each.number,
                each.name,
                each.state,
                each.revision or "—",
                _code(each.receipt),
                _code(each.key_fingerprint),
                each.note,
            )
            for each in facts.rows
        ],
        (CENTRED, CELL, CENTRED, CENTRED, CENTRED, CENTRED, small),
        least_mm=8.0,
    )


def _code(text: str) -> Text:
    return (mono(text, 9.5),) if text else "—"


def _reasons(facts: ClosingFacts) -> list[Block]:
    if not facts.reasons:
        return []
    reasons = (Paragraph(text, INDENTED) for text in facts.reasons)
    return [section(facts.reasons_title), *reasons, Space(6)]


def _signatures(facts: ClosingFacts) -> list[Block]:
    labels = [f"专家{each.number}　{each.name}" for each in facts.rows]
    rows = signature_boxes(labels, WIDTH_MM, per_row=4)
    pairs = [Keep(pair) for pair in zip(rows[::2], rows[1::2], strict=True)]
    last = pairs[-1].blocks if pairs else ()
    return [*pairs[:-1], Keep((*last, *sign_here(facts.signers)))]
