"""回避声明: one expert's, with the grounds; it is filed, and shown to no other expert."""

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
from reviewer_app.papers.model import Block, Document, Keep, Paragraph, Space
from reviewer_app.papers.parts import PLAIN, headline

TITLE = "回避声明"


@dataclass(frozen=True, slots=True)
class RecusedApplication:
    """One application stepped back from: why, under which rule, and when it was known."""

    number: str
    name: str
    unit: str
    ground: str
    rule: str
    note: str
    known: str
    """``发放前已知，评审包中没有该对象``, ``当日申报``."""


@dataclass(frozen=True, slots=True)
class RecusalFacts:
    """Everything one expert's statement says."""

    round_title: str
    organiser: str
    expert_number: str
    expert_name: str
    employer: str
    recused: tuple[RecusedApplication, ...]
    scored: int
    """How many applications the expert scored after looking at each for a conflict."""
    receipt: str
    """Of the signed sheet that carries the same statement; empty where none came."""
    printed_at: str


def recusal_paper(facts: RecusalFacts) -> Document:
    """Return one expert's statement on conflicts of interest."""
    return Document(
        title=f"{TITLE}　专家{facts.expert_number}　{facts.expert_name}",
        page=form_page(facts.printed_at, "归档件，不向其他专家和评审对象公开"),
        blocks=(
            *headline(TITLE, facts.round_title),
            fact("声明人", _who(facts)),
            *([fact("评分表回执码", facts.receipt)] if facts.receipt else []),
            Space(6),
            *_body(facts),
            Space(12),
            Paragraph("以上声明属实。隐瞒利害关系的，本人承担相应责任。", INDENTED),
            Space(10),
            Keep(sign_here((("声明人（签字）：", ""),))),
        ),
        author=facts.organiser,
        subject=facts.round_title,
    )


def _who(facts: RecusalFacts) -> str:
    employer = f"　{facts.employer}" if facts.employer else ""
    return f"专家{facts.expert_number}　{facts.expert_name}{employer}"


def _body(facts: RecusalFacts) -> list[Block]:
    rest = (
        f"本人评了 {facts.scored} 个评审对象，与其均无应当回避的关系。" if facts.scored else ""
    )
    if not facts.recused:
        return [Paragraph(rest or "本人没有应当回避的评审对象。", INDENTED)]
    text = CELL.with_(size=9.5, leading=13.5)
    return [
        Paragraph("本人对下列评审对象回避，不参加其评分、讨论和表决：", INDENTED),
        Space(4),
        ruled(
            (12.0, 52.0, 63.0, 38.0),
            ("编号", "评审对象", "事由和依据", "何时得知"),
            [
                (each.number, f"{each.name}\n{each.unit}", _ground(each), each.known)
                for each in facts.recused
            ],
            (CENTRED, text, text, text),
        ),
        Space(6),
        *([Paragraph(f"此外，{rest}", PLAIN.with_(first_indent=2))] if rest else []),
    ]


def _ground(each: RecusedApplication) -> str:
    note = f"说明：{each.note}" if each.note else ""
    return "\n".join(text for text in (each.ground, each.rule, note) if text)
