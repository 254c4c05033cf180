"""保密与诚信承诺书: a page for every expert and for everybody who serves the day."""

from dataclasses import dataclass

from reviewer_app.papers.forms import INDENTED, form_page, sign_here
from reviewer_app.papers.model import (
    Block,
    Document,
    Keep,
    PageBreak,
    Paragraph,
    Space,
)
from reviewer_app.papers.parts import PLAIN, headline

TITLE = "保密与诚信承诺书"
STAFF_CLAUSES = (
    "不以任何方式影响专家独立评审，不发表倾向性意见。",
    "不泄露评审对象的材料、专家名单、讨论内容和评分。",
    "封存之前不打听、不查看任何评分；不代打、不改动、不毁弃评分表。",
    "不接受请托；遇有请托或者干扰，如实登记并当场告知监督员。",
    "妥善保管评审包、口令条、U盘和纸质材料，会后如数收回、清除。",
    "与评审对象有利害关系的，主动申请回避。",
)
TEXT = INDENTED.with_(size=12.0, leading=24.0)


@dataclass(frozen=True, slots=True)
class Pledger:
    """Who makes the pledge: the name, employer and role as printed."""

    name: str
    employer: str
    role: str
    """``专家03``, ``监督员``."""
    expert: bool = True


@dataclass(frozen=True, slots=True)
class PledgeFacts:
    """Everything the pledges say; ``clauses`` are the experts', as shown on the screen."""

    round_title: str
    organiser: str
    clauses: tuple[str, ...]
    people: tuple[Pledger, ...]
    printed_at: str


def pledges_paper(facts: PledgeFacts) -> Document:
    """Return the pledges, one page a person, each signed by hand."""
    blocks: list[Block] = []
    for place, person in enumerate(facts.people):
        blocks += [PageBreak()] if place else []
        blocks += _pledge(facts, person)
    return Document(
        title=f"{TITLE}　{facts.round_title}",
        page=form_page(facts.printed_at),
        blocks=tuple(blocks),
        author=facts.organiser,
        subject=facts.round_title,
    )


def _pledge(facts: PledgeFacts, person: Pledger) -> list[Block]:
    clauses = facts.clauses if person.expert else STAFF_CLAUSES
    who = f"{person.role}　{person.name}" + (f"　{person.employer}" if person.employer else "")
    doing = "作为评审专家参加" if person.expert else f"作为{person.role}参与"
    return [
        *headline(TITLE, facts.round_title),
        Paragraph(who, PLAIN.with_(size=12.0, leading=24.0)),
        Paragraph(
            f"本人{doing}{facts.organiser}组织的“{facts.round_title}”，现郑重承诺：", TEXT
        ),
        *(Paragraph(f"{place}．{text}", TEXT) for place, text in enumerate(clauses, 1)),
        Paragraph("如有违反，愿承担相应责任。", TEXT),
        Space(24),
        Keep(sign_here((("承诺人（签字）：", ""),))),
    ]
