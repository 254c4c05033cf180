"""签到表: who came, who looked at the identity card, when, signed by hand."""

from dataclasses import dataclass

from reviewer_app.papers.forms import CELL, CENTRED, fact, form_page, ruled
from reviewer_app.papers.model import Document, Paragraph, Space, Table
from reviewer_app.papers.parts import PLAIN, headline

TITLE = "签到表"
ROW_MM = 12.0
TICKS = "□ 身份\n□ 通讯工具"


@dataclass(frozen=True, slots=True)
class SignInRow:
    """One person expected: name, employer, and what he or she is here."""

    name: str
    employer: str
    role: str


@dataclass(frozen=True, slots=True)
class SignInFacts:
    """Everything a sign-in sheet says before anybody signs."""

    round_title: str
    organiser: str
    when: str
    place: str
    rows: tuple[SignInRow, ...]
    printed_at: str
    attendance: bool = False
    """Whether the rules ask for arrival and leaving."""


def sign_in_paper(facts: SignInFacts) -> Document:
    """Return the sign-in sheet of the day."""
    return Document(
        title=f"{TITLE}　{facts.round_title}",
        page=form_page(facts.printed_at),
        blocks=(
            *headline(TITLE, facts.round_title),
            fact("组织单位", facts.organiser),
            fact("时　　间", facts.when),
            fact("地　　点", facts.place),
            Space(6),
            _table(facts),
            Space(6),
            Paragraph(
                "“身份”指已核对有效身份证件，“通讯工具”指已关闭并交存。中途离开的，"
                f"在“{_times(facts)[-1]}”栏另记离开和返回时间。",
                PLAIN,
            ),
        ),
        author=facts.organiser,
        subject=facts.round_title,
    )


def _times(facts: SignInFacts) -> tuple[str, ...]:
    return ("到场", "离场") if facts.attendance else ("时间",)


def _table(facts: SignInFacts) -> Table:
    small, times = CELL.with_(size=9.0, leading=12.0), _times(facts)
    widths: tuple[float, ...] = (29.0, 41.0, 19.0, 22.0, 16.0, 28.0)
    if facts.attendance:
        widths = (27.0, 37.0, 17.0, 22.0, 13.5, 13.5, 25.0)
    blank = [""] * (len(times) + 1)
    return ruled(
        (10.0, *widths),
        ("序号", "姓名", "工作单位", "身份", "核验与交存", *times, "签名"),
        [
            (str(place), each.name, each.employer, each.role, TICKS, *blank)
            for place, each in enumerate(facts.rows, 1)
        ],
        (CENTRED, CELL, small, CENTRED, small, *[CENTRED] * len(blank)),
        ROW_MM,
    )
