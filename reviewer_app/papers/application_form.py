"""按对象归档的个人评分表: one page an expert on one application, for bureaus that file so."""

from dataclasses import dataclass

from reviewer_app.papers.forms import (
    CELL,
    CENTRED,
    FIGURE,
    fact,
    form_page,
    ruled,
    sign_here,
)
from reviewer_app.papers.model import Block, Document, Keep, PageBreak, Paragraph, Run, Space
from reviewer_app.papers.parts import PLAIN, headline, strong

TITLE = "专家评分表"
SMALL = CELL.with_(size=9.0, leading=11.5)


@dataclass(frozen=True, slots=True)
class FormMark:
    """One indicator as scored: the mark or its word, and what was written beside it."""

    code: str
    title: str
    weight: str
    mark: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class ApplicationForm:
    """One expert's page; ``total`` as published."""

    expert_number: str
    expert_name: str
    revision: str
    receipt: str
    marks: tuple[FormMark, ...]
    total: str


@dataclass(frozen=True, slots=True)
class ApplicationFormFacts:
    """Everything the pages of one application say."""

    round_title: str
    organiser: str
    number: str
    name: str
    unit: str
    total_label: str
    forms: tuple[ApplicationForm, ...]
    recused: tuple[str, ...]
    """Experts who stepped back from it, as printed."""
    printed_at: str


def application_form_paper(facts: ApplicationFormFacts) -> Document:
    """Return the score forms of one application, a page for every expert who scored it."""
    blocks: list[Block] = []
    for place, form in enumerate(facts.forms):
        blocks += [PageBreak()] if place else []
        blocks += _page(facts, form)
    if not facts.forms:
        blocks = [*headline(TITLE, facts.round_title), Paragraph("没有评分表。", PLAIN)]
    if facts.recused:
        blocks += [Space(6), Paragraph(f"回避：{'、'.join(facts.recused)}。", PLAIN)]
    return Document(
        title=f"{TITLE}　{facts.number}　{facts.name}",
        page=form_page(facts.printed_at, "摘自签名评分表，按对象归档"),
        blocks=tuple(blocks),
        author=facts.organiser,
        subject=facts.round_title,
    )


def _page(facts: ApplicationFormFacts, form: ApplicationForm) -> list[Block]:
    rows = [(each.code, each.title, each.weight, each.mark, each.words) for each in form.marks]
    return [
        *headline(TITLE, facts.round_title),
        fact("评审对象", f"{facts.number}　{facts.name}　{facts.unit}"),
        fact("专　　家", f"专家{form.expert_number}　{form.expert_name}"),
        fact("评 分 表", f"{form.revision}　回执码 {form.receipt}"),
        Space(4),
        ruled(
            (11.0, 62.0, 11.0, 15.0, 66.0),
            ("编号", "指标", "权重", "评分", "理由和评语"),
            rows,
            (CENTRED, SMALL, FIGURE.with_(size=9.5), FIGURE, SMALL),
            least_mm=6.0,
        ),
        Paragraph((strong(f"{facts.total_label}　"), Run(form.total)), PLAIN.with_(before=4.0)),
        Space(8),
        Keep(sign_here((("专家（签字）：", form.expert_name),))),
    ]
