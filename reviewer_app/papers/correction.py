"""更正单: what a new revision of an expert's sheet changed, old beside new, and why."""

from dataclasses import dataclass

from reviewer_app.papers.forms import (
    CELL,
    CENTRED,
    FIGURE,
    INDENTED,
    fact,
    form_page,
    ruled,
    section,
    sign_here,
)
from reviewer_app.papers.model import Block, Document, Keep, Paragraph, Space, Text
from reviewer_app.papers.parts import headline, mono

TITLE = "更正单"
STATEMENT = (
    "原评分表照原样留在档案中，不覆盖、不删除；计入结果的是更正后的一版。"
    "分值由专家本人更正，秘书未改动任何分值。"
)


@dataclass(frozen=True, slots=True)
class ChangedMark:
    """One mark before and after: figures, or 不适用, 弃权, 回避."""

    application: str
    indicator: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class ChangedTotal:
    """One application's total of this expert before and after."""

    application: str
    name: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class CorrectionFacts:
    """Everything one correction slip says; ``number`` counts them through the round."""

    number: int
    round_title: str
    organiser: str
    expert_number: str
    expert_name: str
    old_revision: str
    new_revision: str
    old_receipt: str
    new_receipt: str
    received_at: str
    reason: str
    marks: tuple[ChangedMark, ...]
    totals: tuple[ChangedTotal, ...]
    round_fingerprint: str
    printed_at: str
    signers: tuple[tuple[str, str], ...]
    """(role, name): 专家, 秘书, 监督员; a name nobody gave is empty."""
    others: tuple[str, ...] = ()
    """What changed besides marks, in sentences: votes, comments, the key."""


def correction_paper(facts: CorrectionFacts) -> Document:
    """Return the correction slip for expert, secretary and supervisor to sign."""
    return Document(
        title=f"{TITLE} {facts.number}　专家{facts.expert_number}　{facts.expert_name}",
        page=form_page(facts.printed_at),
        blocks=(
            *headline(f"{TITLE} {facts.number}", facts.round_title),
            fact("专　　家", f"专家{facts.expert_number}　{facts.expert_name}"),
            fact("原评分表", _sheet(facts.old_revision, facts.old_receipt)),
            fact("新评分表", _sheet(facts.new_revision, facts.new_receipt)),
            fact("收到时间", facts.received_at),
            fact("本场指纹", (mono(facts.round_fingerprint),)),
            fact("更正理由", facts.reason or "（未写）"),
            *_changes(facts),
            *(Paragraph(text, INDENTED) for text in facts.others),
            Space(8),
            Paragraph(STATEMENT, INDENTED),
            Space(10),
            Keep(sign_here(facts.signers)),
        ),
        author=facts.organiser,
        subject=facts.round_title,
    )


def _sheet(revision: str, receipt: str) -> Text:
    return f"{revision}　回执码 {receipt}"


def _changes(facts: CorrectionFacts) -> list[Block]:
    if not facts.marks and not facts.totals:
        return [section("分值"), Paragraph("分值没有改动。", INDENTED)]
    words = FIGURE.with_(align=CENTRED.align)
    return [
        section("分值"),
        ruled(
            (14.0, 101.0, 25.0, 25.0),
            ("对象", "指标", "原值", "新值"),
            [(each.application, each.indicator, each.old, each.new) for each in facts.marks],
            (CENTRED, CELL, words, words),
        ),
        section("该专家的总分"),
        ruled(
            (14.0, 101.0, 25.0, 25.0),
            ("对象", "名称", "原总分", "新总分"),
            [(each.application, each.name, each.old, each.new) for each in facts.totals],
            (CENTRED, CELL, words, words),
        ),
    ]
