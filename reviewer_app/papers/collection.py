"""催收单 and 回执单: who is still to hand in, and the receipts that experts compare."""

from dataclasses import dataclass

from reviewer_app.papers.forms import (
    CELL,
    CENTRED,
    INDENTED,
    fact,
    form_page,
    ruled,
    sign_here,
)
from reviewer_app.papers.model import Document, Keep, Paragraph, Space, Table, Text
from reviewer_app.papers.parts import headline, mono

REMINDER, RECEIPTS = "评分表催收单", "评分表回执单"
_REMIND = (
    "下列专家的评分表尚未收到。请专家在本人电脑上完成签名并写入U盘，或打印签字后交秘书；"
    "机器损坏或文件丢失的，用纸质评分表补录。"
)
_COMPARE = (
    "请专家核对回执码与本人纸质评分表上的是否一致，一致的签名。回执码只证明“本人的评分表原样收到”，"
    "不含分值。"
)
_REMIND_WIDTHS = (14.0, 32.0, 55.0, 32.0, 32.0)
_RECEIPT_WIDTHS = (14.0, 32.0, 16.0, 16.0, 42.0, 45.0)


@dataclass(frozen=True, slots=True)
class CollectionRow:
    """One expert on the board; without a sheet revision and receipt are empty."""

    number: str
    name: str
    employer: str
    state: str
    revision: str = ""
    receipt: str = ""


@dataclass(frozen=True, slots=True)
class CollectionFacts:
    """How collection stands at one moment; no score is among it."""

    round_title: str
    organiser: str
    expected: int
    received: int
    rows: tuple[CollectionRow, ...]
    printed_at: str


def reminder_paper(facts: CollectionFacts) -> Document:
    """Return the list of the experts in ``facts.rows``, who are still to hand in."""
    rows = [(each.number, each.name, each.employer, "", "") for each in facts.rows]
    heads = ("专家", "姓名", "工作单位", "催收时间", "答复")
    style = (CENTRED, CELL, CELL, CELL, CELL)
    table = ruled(_REMIND_WIDTHS, heads, rows, style, least_mm=10.0)
    return _paper(REMINDER, facts, _REMIND, table)


def receipts_paper(facts: CollectionFacts) -> Document:
    """Return the receipts of ``facts.rows``, each with a place for the expert to sign."""
    rows: list[tuple[Text, ...]] = [
        (
            each.number,
            each.name,
            each.state,
            each.revision or "—",
            (mono(each.receipt, 9.5),) if each.receipt else "—",
            "",
        )
        for each in facts.rows
    ]
    heads = ("专家", "姓名", "状态", "版次", "回执码", "核对一致，签名")
    style = (CENTRED, CELL, CENTRED, CENTRED, CENTRED, CELL)
    table = ruled(_RECEIPT_WIDTHS, heads, rows, style, least_mm=10.0)
    return _paper(RECEIPTS, facts, _COMPARE, table)


def _paper(title: str, facts: CollectionFacts, words: str, table: Table) -> Document:
    return Document(
        title=f"{title}　{facts.round_title}",
        page=form_page(facts.printed_at),
        blocks=(
            *headline(title, facts.round_title),
            fact("组织单位", facts.organiser),
            fact("截至", facts.printed_at),
            fact("评分表", f"应收 {facts.expected} 份，已收 {facts.received} 份"),
            Space(6),
            Paragraph(words, INDENTED),
            Space(6),
            table,
            Space(10),
            Keep(tuple(sign_here((("秘书：", ""),)))),
        ),
        author=facts.organiser,
        subject=facts.round_title,
    )
