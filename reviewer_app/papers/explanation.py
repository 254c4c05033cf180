"""打分说明单: asks an expert whose total stands apart for a word, on paper and signed."""

from dataclasses import dataclass

from reviewer_app.papers.forms import (
    CELL,
    CENTRED,
    FIGURE,
    INDENTED,
    WIDTH_MM,
    fact,
    form_page,
    ruled,
    section,
    sign_here,
)
from reviewer_app.papers.model import (
    Block,
    Cell,
    Column,
    Document,
    Keep,
    Paragraph,
    Row,
    Space,
    Table,
)
from reviewer_app.papers.parts import headline, mono

TITLE = "打分说明单"
STATEMENT = (
    "本单只请专家说明，不要求改分。维持原分的，请写明理由；确有笔误的，由专家本人出新版评分表更正，"
    "秘书不改动任何分值。"
)
_CHOICES = "□ 维持原分，理由如下　　　　□ 出新版评分表更正，原因如下"
_LINES = 5


@dataclass(frozen=True, slots=True)
class ApartMark:
    """One indicator on which the expert stands apart: the own mark, the mean of the others."""

    indicator: str
    own: str
    others: str
    share: str


@dataclass(frozen=True, slots=True)
class ExplanationFacts:
    """Everything one slip says; figures as printed, shares with their sign."""

    round_title: str
    organiser: str
    application: str
    expert: str
    receipt: str
    found: str
    """What the re-check found, as a sentence without a full stop."""
    marks: tuple[ApartMark, ...]
    round_fingerprint: str
    results_code: str
    printed_at: str
    signers: tuple[tuple[str, str], ...]


def explanation_paper(facts: ExplanationFacts) -> Document:
    """Return the slip for the expert to fill in and sign before secretary and supervisor."""
    return Document(
        title=f"{TITLE}　{facts.expert}　{facts.application}",
        page=form_page(facts.printed_at),
        blocks=(
            *headline(TITLE, facts.round_title),
            fact("专　　家", facts.expert),
            fact("对　　象", facts.application),
            fact("回 执 码", (mono(facts.receipt),)),
            fact("本场指纹", (mono(facts.round_fingerprint),)),
            fact("结 果 码", (mono(facts.results_code),)),
            section("复核发现"),
            Paragraph(f"{facts.found}。", INDENTED),
            *_marks(facts.marks),
            section("专家说明"),
            Paragraph(_CHOICES, INDENTED),
            _lines(),
            Space(4),
            Paragraph(STATEMENT, INDENTED),
            Space(10),
            Keep(sign_here(facts.signers)),
        ),
        author=facts.organiser,
        subject=facts.round_title,
    )


def _marks(marks: tuple[ApartMark, ...]) -> list[Block]:
    if not marks:
        return []
    figure = FIGURE.with_(align=CENTRED.align)
    rows = [(each.indicator, each.own, each.others, each.share) for each in marks]
    labels = ("偏离较大的指标", "本人分", "其余平均", "偏离")
    return [ruled((93.0, 24.0, 24.0, 24.0), labels, rows, (CELL, figure, figure, figure))]


def _lines() -> Block:
    blank = Row((Cell(""),), least_mm=9.0)
    return Table(columns=(Column(WIDTH_MM, CELL),), head=(), rows=(blank,) * _LINES)
