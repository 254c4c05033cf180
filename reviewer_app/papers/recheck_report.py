"""复核报告: the four statutory re-checks with their figures; it points, it corrects nothing."""

from dataclasses import dataclass

from reviewer_app.papers.forms import (
    CENTRED,
    INDENTED,
    SMALL,
    fact,
    form_page,
    ruled,
    section,
    sign_here,
)
from reviewer_app.papers.model import Block, Document, Keep, Paragraph, Space, Table
from reviewer_app.papers.official import ordinal
from reviewer_app.papers.parts import headline, mono

TITLE = "复核报告"
BASIS = (
    "参照《政府采购货物和服务招标投标管理办法》（财政部令第87号）第六十四条所列四种情形复核。"
    "复核只提示，不改动任何评分；需要更正的，由专家本人签署新版评分表，并填更正单。"
)


@dataclass(frozen=True, slots=True)
class RecheckFinding:
    """One finding: where, the figures it rests on, and what came of it so far."""

    application: str
    expert: str
    about: str
    figures: str
    outcome: str


@dataclass(frozen=True, slots=True)
class RecheckPart:
    """One of the re-checks: what was looked at and how, and what was found."""

    title: str
    method: str
    findings: tuple[RecheckFinding, ...]
    nothing: str = "未发现。"
    """What is said where there is no finding."""


@dataclass(frozen=True, slots=True)
class RecheckFacts:
    """Everything the report says."""

    round_title: str
    organiser: str
    date: str
    results_code: str
    round_fingerprint: str
    parts: tuple[RecheckPart, ...]
    printed_at: str
    signers: tuple[tuple[str, str], ...]
    """(role, name): 复核人, 组长, 监督员; a name nobody gave is empty."""


def recheck_paper(facts: RecheckFacts) -> Document:
    """Return the report on the statutory re-checks, to be signed."""
    found = sum(len(part.findings) for part in facts.parts)
    result = f"共 {found} 处提示，逐处列后。" if found else "没有发现上列情形。"
    return Document(
        title=f"{TITLE}　{facts.round_title}",
        page=form_page(facts.printed_at),
        blocks=(
            *headline(TITLE, facts.round_title),
            fact("组织单位", f"{facts.organiser}　　{facts.date}"),
            fact("本场指纹", (mono(facts.round_fingerprint),)),
            fact("结果码", (mono(facts.results_code),)),
            Space(4),
            Paragraph(BASIS + result, INDENTED),
            *(
                block
                for place, part in enumerate(facts.parts, 1)
                for block in _part(place, part)
            ),
            Space(14),
            Keep(sign_here(facts.signers)),
        ),
        author=facts.organiser,
        subject=facts.round_title,
    )


def _part(place: int, part: RecheckPart) -> list[Block]:
    result = f"{len(part.findings)} 处：" if part.findings else part.nothing
    words = Paragraph(part.method + result, INDENTED)
    heading = section(f"{ordinal(place)}、{part.title}")
    if not part.findings:
        return [heading, words]
    return [heading, words, Space(3), _table(part.findings)]


def _table(findings: tuple[RecheckFinding, ...]) -> Table:
    return ruled(
        (12.0, 14.0, 46.0, 53.0, 40.0),
        ("对象", "专家", "事项", "数值和界限", "处理"),
        [(e.application, e.expert or "—", e.about, e.figures, e.outcome) for e in findings],
        (CENTRED, CENTRED, SMALL, SMALL, SMALL),
    )
