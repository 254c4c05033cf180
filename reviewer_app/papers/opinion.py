"""论证意见: the panel's opinion on one application, without letterhead, signed by hand.

Problems and advice are mandatory and stand apart. The vote's sentence is made here from the
count: 一致同意 only if the caller computed that it was so, never more than a recommendation.
"""

from dataclasses import dataclass, replace

from reviewer_app.core.errors import PaperError
from reviewer_app.core.messages import _
from reviewer_app.papers.model import (
    MM,
    Align,
    Block,
    Columns,
    Document,
    Footer,
    Keep,
    PageBreak,
    PageNumber,
    Paragraph,
    Role,
    Side,
    Signature,
    Space,
)
from reviewer_app.papers.official import BODY, TITLE, WIDTH_MM, official_page, ordinal
from reviewer_app.papers.parts import FOOT, UNDER_LINE, batches, signature_line

MEMBERS_PER_ROW = 3
LEADER_MM = 50.0
NAMED_IN_FOOT = 14
"""Characters of names for which the foot of the page has room beside the results code."""
SIGN_INDENT_MM = 11.0
PITCH = 25.0
TEXT = BODY.with_(size=14.0, leading=PITCH)
"""四号, so that an opinion with its signatures usually fills one page."""
FLUSH = TEXT.with_(first_indent=0)


@dataclass(frozen=True, slots=True)
class Ballot:
    """How the panel voted on one application; ``unanimous`` is computed, never typed.

    It is unanimous when everybody entitled approved, without reservation. ``carried`` tells
    whether quorum and majority of the signed rules were reached.
    """

    approve: int
    reject: int
    abstain: int
    carried: bool
    unanimous: bool = False


@dataclass(frozen=True, slots=True)
class OpinionMember:
    """One expert who may sign: number, name and employer as printed."""

    number: str
    name: str
    employer: str = ""


@dataclass(frozen=True, slots=True)
class OpinionFacts:
    """Everything an opinion says; ``kind`` is the round's (论证, 验收 …)."""

    name: str
    subject: str
    """What is judged: ``建设方案``."""
    kind: str
    organiser: str
    place: str
    date: str
    unit: str
    leader: str
    """The number of the panel's leader; empty where none is recorded."""
    members: tuple[OpinionMember, ...]
    """The experts who may sign, the leader among them unless recused from this application."""
    overall: str
    problems: str
    advice: str
    result: str
    rules: str
    """The scale and the rule in short: ``满分100分；算术平均；四舍五入保留两位小数``."""
    results_code: str
    result_label: str = "平均分"
    ballot: Ballot | None = None
    dissents: tuple[tuple[str, str], ...] = ()
    """(expert as printed, reason)."""
    recused: tuple[str, ...] = ()
    """Experts who stepped back from this application and do not sign, as printed."""


def opinion_paper(facts: OpinionFacts) -> Document:
    """Return the opinion; PaperError while problems or advice are empty."""
    for text, part in ((facts.problems, "存在的问题"), (facts.advice, "建议")):
        if not text.strip():
            raise PaperError(
                _("The opinion on {name} has no “{part}” yet: write it before printing").format(
                    name=facts.name, part=part
                )
            )
    title = f"{facts.name}\n{facts.subject}专家{facts.kind}意见"
    return Document(
        title=title.replace("\n", ""),
        page=replace(
            official_page(), top_mm=30, bottom_mm=24, footer=_footer(facts), line_pitch=0
        ),
        blocks=(
            Paragraph(title, TITLE.with_(leading=32.0, after=PITCH * 0.5), level=1),
            Paragraph(_opening(facts), TEXT),
            *(Paragraph(text, TEXT) for text in _findings(facts)),
            *_signed(facts),
            *_dissents(facts),
        ),
        author=facts.organiser,
    )


def vote_sentence(ballot: Ballot, kind: str) -> str:
    """Return the sentence a vote allows: 一致同意 if it was, else the count and its outcome."""
    outcome = f"同意通过{kind}" if ballot.carried else f"未达到规定票数，不同意通过{kind}"
    if ballot.unanimous:
        return f"经表决，专家组一致同意通过{kind}。"
    return (
        f"经表决，同意{ballot.approve}票、不同意{ballot.reject}票、弃权{ballot.abstain}票，"
        f"专家组{outcome}。"
    )


def _opening(facts: OpinionFacts) -> str:
    leading = _leader(facts)
    first = leading or (facts.members[0] if facts.members else None)
    leader = f"，{leading.name}任组长" if leading else ""
    recused = f"{'、'.join(facts.recused)}对本对象回避，未参加。" if facts.recused else ""
    place = f"在{facts.place}" if facts.place else ""
    return (
        f"{facts.date}，{facts.organiser}{place}组织召开{facts.subject}{facts.kind}会。"
        f"会议成立了由{first.name if first else ''}等{len(facts.members)}名专家组成的专家组"
        f"（名单附后）{leader}。{recused}"
        f"专家组听取了{facts.unit}的汇报，审阅了相关材料，经质询和讨论，形成如下意见："
    )


def _leader(facts: OpinionFacts) -> OpinionMember | None:
    """Return the leader, or None where none is recorded or the leader is recused here."""
    return next((each for each in facts.members if each.number == facts.leader), None)


def _findings(facts: OpinionFacts) -> list[str]:
    """Return the numbered paragraphs: what was found, the problems, the advice."""
    overall = [line.strip() for line in facts.overall.splitlines() if line.strip()]
    texts = [
        *overall,
        f"存在的问题：{_one_line(facts.problems)}",
        f"建议：{_one_line(facts.advice)}",
    ]
    return [f"{ordinal(place)}、{text}" for place, text in enumerate(texts, 1)]


def _one_line(text: str) -> str:
    return "".join(line.strip() for line in text.splitlines())


def _scores(facts: OpinionFacts) -> str:
    vote = vote_sentence(facts.ballot, facts.kind) if facts.ballot else ""
    return f"专家组独立评分，{facts.result_label}为{facts.result}分（{facts.rules}）。{vote}"


def _signed(facts: OpinionFacts) -> list[Block]:
    """Return what was scored and voted, and who signs it: no page has signatures alone."""
    scores = Paragraph(_scores(facts), TEXT)
    leading = _leader(facts)
    members = [_printed(each) for each in facts.members if each is not leading]
    rows = [
        signature_line(row, WIDTH_MM - 2 * SIGN_INDENT_MM, MEMBERS_PER_ROW, SIGN_INDENT_MM)
        for row in batches(members, MEMBERS_PER_ROW)
    ]
    leader = _leader_line(leading)
    label = Paragraph(
        "专家组成员（签字）：", FLUSH.with_(before=PITCH / 4, keep_with_next=True)
    )
    date = Paragraph(facts.date, FLUSH.with_(align=Align.RIGHT, before=PITCH / 4))
    return [Keep((scores, Space(PITCH / 3), leader, label, *rows, date))]


def _printed(member: OpinionMember) -> str:
    return f"{member.name}\n{member.employer}" if member.employer else member.name


def _leader_line(leading: OpinionMember | None) -> Columns:
    """Return the leader's line, with the name beside it where the leader is known."""
    label = "专家组组长（签字）："
    signing = len(label) * FLUSH.size / MM + 1 + LEADER_MM
    sign = Signature(label, signing, LEADER_MM, height_mm=11, style=FLUSH)
    name = Paragraph(_printed(leading), UNDER_LINE) if leading else Space(0)
    beside = Side(WIDTH_MM - signing - 2, (Space(11 * MM - 22), name))
    return Columns((Side(signing + 2, (sign,)), beside))


def _dissents(facts: OpinionFacts) -> list[Block]:
    """Return the added page with what single experts hold against it."""
    if not facts.dissents:
        return []
    page: list[Block] = [
        PageBreak(),
        Paragraph("不同意见", TITLE.with_(after=PITCH / 2), level=1),
    ]
    for place, (expert, reason) in enumerate(facts.dissents, 1):
        sign = Signature("签字：", 70, 50, height_mm=14, style=FLUSH)
        title = Paragraph(f"{ordinal(place)}、{expert}", TEXT.with_(role=Role.HEI))
        page += [Keep((title, Paragraph(reason, TEXT), sign)), Space(PITCH / 2)]
    return page


def _footer(facts: OpinionFacts) -> Footer:
    count = len(facts.dissents)
    experts = "、".join(expert for expert, _reason in facts.dissents)
    who = experts if len(experts) <= NAMED_IN_FOOT else "提出人"
    return Footer(
        f"不同意见 {count} 条，见附页，由{who}签字。" if count else "",
        f"评分依据：结果码 {facts.results_code}",
        PageNumber.NONE,
        FOOT,
        drop_mm=8,
        rule=0.6,
    )
