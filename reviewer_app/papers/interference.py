"""请托、干扰登记表: who tried to interfere, when and how, and what was done about it."""

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
from reviewer_app.papers.model import Block, Document, Keep, Paragraph, Space, Table
from reviewer_app.papers.parts import headline

TITLE = "请托、干扰情况登记表"
BLANK_ROWS = 6
NONE = "经登记，本场没有请托、干扰情况。"
OPEN = "评审期间遇有请托、说情、打听、施压等情形的，当场登记；没有的，写“无”。"


@dataclass(frozen=True, slots=True)
class InterferenceRow:
    """One attempt: when, by whom, what was asked, what was done."""

    when: str
    who: str
    what: str
    handled: str


@dataclass(frozen=True, slots=True)
class InterferenceFacts:
    """Everything the register says; not ``recorded``: lines are left to fill in by hand."""

    round_title: str
    organiser: str
    rows: tuple[InterferenceRow, ...]
    recorded: bool
    signers: tuple[tuple[str, str], ...]
    printed_at: str


def interference_paper(facts: InterferenceFacts) -> Document:
    """Return the register, for secretary and supervisor to sign."""
    words = "" if facts.rows else NONE if facts.recorded else OPEN
    said: list[Block] = [Paragraph(words, INDENTED), Space(4)] if words else []
    rows = [(each.when, each.who, each.what, each.handled) for each in facts.rows]
    blank = [] if facts.recorded else [("", "", "", "")] * BLANK_ROWS
    return Document(
        title=f"{TITLE}　{facts.round_title}",
        page=form_page(facts.printed_at, "归档件，不公开"),
        blocks=(
            *headline(TITLE, facts.round_title),
            fact("组织单位", facts.organiser),
            Space(4),
            *said,
            *([_table([*rows, *blank])] if rows or blank else []),
            Space(12),
            Keep(sign_here(facts.signers)),
        ),
        author=facts.organiser,
        subject=facts.round_title,
    )


def _table(rows: list[tuple[str, ...]]) -> Table:
    return ruled(
        (25.0, 40.0, 60.0, 40.0),
        ("时间", "单位和个人", "内容", "处理"),
        rows,
        (CENTRED, CELL, CELL, CELL),
        least_mm=12.0,
    )
