"""The papers of a second scoring: 匿名反馈表 before it, 复评对照表 after it."""

from collections.abc import Sequence
from dataclasses import dataclass

from reviewer_app.papers.forms import (
    CELL,
    CENTRED,
    FIGURE,
    INDENTED,
    SMALL,
    fact,
    form_page,
    ruled,
    section,
    sign_here,
)
from reviewer_app.papers.model import Block, Document, Keep, Paragraph, Space, Text
from reviewer_app.papers.parts import headline, mono

FEEDBACK_TITLE, COMPARISON_TITLE = "第一轮评分匿名反馈表", "复评对照表"
ANONYMOUS = (
    "以下为第一轮评分的分布，不含任何专家的姓名和单份分值。中位数是居中的一个分值，四分位距是"
    "居中一半分值的跨度；打分专家少于 5 人的不列（—），以免推知他人的分值。各位专家独立判断，"
    "可以不改。"
)


@dataclass(frozen=True, slots=True)
class FeedbackRow:
    """How the marks of one indicator, or the totals, lie; a dash where nothing is told."""

    code: str
    title: str
    count: str
    median: str
    width: str


@dataclass(frozen=True, slots=True)
class FeedbackFacts:
    """Everything the feedback says on paper: totals first, then application by application."""

    round_title: str
    organiser: str
    opened_at: str
    round_fingerprint: str
    rules: str
    """What a second scoring changes, in a sentence."""
    totals: tuple[FeedbackRow, ...]
    applications: tuple[tuple[str, tuple[FeedbackRow, ...]], ...]
    printed_at: str


@dataclass(frozen=True, slots=True)
class ComparedResult:
    """One application's result after each scoring."""

    number: str
    name: str
    first: str
    second: str
    change: str


@dataclass(frozen=True, slots=True)
class ComparedExpert:
    """One expert's two sheets; ``second`` is empty for who did not score again."""

    number: str
    name: str
    first: str
    second: str
    changed: str


@dataclass(frozen=True, slots=True)
class ComparisonFacts:
    """Everything the comparison of both scorings says."""

    round_title: str
    organiser: str
    held: str
    """When it was opened and ended."""
    reason: str
    rules: str
    round_fingerprint: str
    results: tuple[ComparedResult, ...]
    experts: tuple[ComparedExpert, ...]
    printed_at: str
    signers: tuple[tuple[str, str], ...]


def feedback_paper(facts: FeedbackFacts) -> Document:
    """Return the anonymised feedback that is read before the second scoring."""
    return Document(
        title=f"{FEEDBACK_TITLE}　{facts.round_title}",
        page=form_page(facts.printed_at, "只供本场专家复评时参考"),
        blocks=(
            *headline(FEEDBACK_TITLE, facts.round_title),
            fact("组织单位", facts.organiser),
            fact("复评开始", facts.opened_at),
            fact("本场指纹", (mono(facts.round_fingerprint),)),
            Space(4),
            Paragraph(ANONYMOUS, INDENTED),
            Paragraph(facts.rules, INDENTED),
            section("总分"),
            _distribution("对象", facts.totals),
            *(block for each in facts.applications for block in _application(*each)),
        ),
        author=facts.organiser,
        subject=facts.round_title,
    )


def comparison_paper(facts: ComparisonFacts) -> Document:
    """Return both scorings side by side: results, and who scored again."""
    return Document(
        title=f"{COMPARISON_TITLE}　{facts.round_title}",
        page=form_page(facts.printed_at),
        blocks=(
            *headline(COMPARISON_TITLE, facts.round_title),
            fact("组织单位", facts.organiser),
            fact("复评时间", facts.held),
            *([fact("复评理由", facts.reason)] if facts.reason else []),
            fact("本场指纹", (mono(facts.round_fingerprint),)),
            Space(4),
            Paragraph(facts.rules, INDENTED),
            section("两轮结果"),
            ruled(
                (16.0, 76.0, 25.0, 25.0, 23.0),
                ("对象", "名称", "第一轮", "第二轮", "变化"),
                [(e.number, e.name, e.first, e.second, e.change) for e in facts.results],
                (CENTRED, SMALL, FIGURE, FIGURE, FIGURE),
            ),
            section("各专家评分表"),
            ruled(
                (16.0, 35.0, 40.0, 40.0, 34.0),
                ("专家", "姓名", "第一轮回执码", "第二轮回执码", "改动分值"),
                [
                    (e.number, e.name, _code(e.first), _code(e.second), e.changed)
                    for e in facts.experts
                ],
                (CENTRED, CELL, CENTRED, CENTRED, CENTRED),
            ),
            Space(10),
            Keep(sign_here(facts.signers)),
        ),
        author=facts.organiser,
        subject=facts.round_title,
    )


def _code(text: str) -> Text:
    return (mono(text, 9.5),) if text else "未再打分"


def _application(title: str, rows: Sequence[FeedbackRow]) -> tuple[Block, ...]:
    return (section(title), _distribution("指标", rows))


def _distribution(label: str, rows: Sequence[FeedbackRow]) -> Block:
    return ruled(
        (18.0, 87.0, 20.0, 20.0, 20.0),
        (label, "名称", "打分人数", "中位数", "四分位距"),
        [(e.code, e.title, e.count, e.median, e.width) for e in rows],
        (CENTRED, SMALL, CENTRED, FIGURE, FIGURE),
        least_mm=6.5,
    )
