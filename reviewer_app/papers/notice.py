"""公示稿: what the public may read of a result: no expert, no mark, nobody's vote.

It announces a recommendation for comment and decides nothing; the organiser fills in period and
telephone, in the DOCX or by hand.
"""

from dataclasses import dataclass

from reviewer_app.papers.forms import CELL, CENTRED, ruled
from reviewer_app.papers.model import Align, Block, Document, Paragraph, Space
from reviewer_app.papers.official import FLUSH, PITCH, TITLE, body, official_page

CELLS = CELL.with_(size=12.0, leading=16.0)
BLANK = "　　"
DATE = f"{BLANK}年{BLANK}月{BLANK}日"


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One application that is announced: its place, who it is, the band proposed."""

    rank: str
    name: str
    unit: str
    band: str = ""


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """Everything the notice says; ``selected`` tells that not all applications are on it."""

    round_title: str
    organiser: str
    kind: str
    date: str
    reviewed: int
    rows: tuple[NoticeRow, ...]
    selected: bool = True


def notice_paper(facts: NoticeFacts) -> Document:
    """Return the draft of the public notice."""
    subject = facts.round_title.removesuffix("（示例）")
    title = f"关于{subject}结果的公示" + ("（示例）" if facts.round_title != subject else "")
    contact = f"联系人：{BLANK * 3}　联系电话：{BLANK * 4}"
    return Document(
        title=title,
        page=official_page(),
        blocks=(
            Paragraph(title, TITLE.with_(after=PITCH * 0.6), level=1),
            body(_opening(facts)),
            body(
                f"公示期自{DATE}至{DATE}。对公示内容有异议的，请在公示期内以书面形式实名"
                f"向{facts.organiser}反映，并提供必要的证明材料。"
            ),
            body(contact),
            Space(PITCH / 2),
            _table(facts),
            Space(PITCH / 2),
            Paragraph(facts.organiser, FLUSH.with_(align=Align.RIGHT, keep_with_next=True)),
            Paragraph(DATE, FLUSH.with_(align=Align.RIGHT)),
        ),
        author=facts.organiser,
        subject=facts.round_title,
    )


def _opening(facts: NoticeFacts) -> str:
    found = (
        f"专家组建议推荐{len(facts.rows)}个，"
        if facts.selected
        else "评审结果由专家组提出建议，"
    )
    return (
        f"{facts.date}，{facts.organiser}组织专家对{facts.reviewed}个评审对象进行了"
        f"{facts.kind}。{found}现予公示（见下表）。本结果为专家组建议，以审定结果为准。"
    )


def _table(facts: NoticeFacts) -> Block:
    banded = any(each.band for each in facts.rows)
    widths = (16.0, 64.0, 52.0, 24.0) if banded else (16.0, 78.0, 62.0)
    labels = ("名次", "评审对象", "依托单位", "建议等次")[: len(widths)]
    rows = [(each.rank, each.name, each.unit, each.band)[: len(widths)] for each in facts.rows]
    centred = CENTRED.with_(size=12.0, leading=16.0)
    return ruled(widths, labels, rows, (centred, CELLS, CELLS, centred)[: len(widths)])
