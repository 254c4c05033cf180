"""汇报顺序表: the order of speaking, its seed, and how to check it by hand."""

from dataclasses import dataclass
from shlex import quote

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
from reviewer_app.papers.model import Document, Keep, Paragraph, Space
from reviewer_app.papers.parts import headline, mono

TITLE = "汇报顺序表"
HOW = (
    "核对办法：把种子、本场编号、对象编号依次写成三行（换行符为 LF，最后一行后不换行，UTF-8），"
    "计算 SHA-256，按所得十六进制数从小到大排列，即为汇报顺序。签号为它的前 8 位。例（Linux）："
)


@dataclass(frozen=True, slots=True)
class Speaker:
    """One application in its place; ``lot`` are the first digits it was ordered by."""

    place: int
    number: str
    name: str
    unit: str
    lot: str


@dataclass(frozen=True, slots=True)
class SpeakingFacts:
    """Everything the order of speaking says."""

    round_title: str
    organiser: str
    round_id: str
    when: str
    seed: str
    origin: str
    """Who gave the seed, or that the program drew it."""
    speakers: tuple[Speaker, ...]
    earlier: tuple[str, ...]
    """What is said of draws that this one replaced."""
    printed_at: str
    signers: tuple[tuple[str, str], ...]


def speaking_paper(facts: SpeakingFacts) -> Document:
    """Return the order of speaking, for the door and for the dossier."""
    first = facts.speakers[0].number if facts.speakers else ""
    example = f"printf '%s\\n%s\\n%s' {quote(facts.seed)} {facts.round_id} {first} | sha256sum"
    return Document(
        title=f"{TITLE}　{facts.round_title}",
        page=form_page(facts.printed_at, "抽签记录见日志"),
        blocks=(
            *headline(TITLE, facts.round_title),
            fact("组织单位", facts.organiser),
            fact("抽签时间", facts.when),
            fact("种　　子", (mono(facts.seed),)),
            fact("种子来源", facts.origin),
            fact("本场编号", (mono(facts.round_id),)),
            Space(6),
            ruled(
                (14.0, 16.0, 52.0, 38.0, 21.0, 24.0),
                ("顺序", "编号", "名称", "依托单位", "签号", "汇报人签到"),
                [
                    (str(e.place), e.number, e.name, e.unit, (mono(e.lot, 8.5),), "")
                    for e in facts.speakers
                ],
                (CENTRED, CENTRED, SMALL, SMALL, CENTRED, CENTRED),
                least_mm=10.0,
            ),
            Space(6),
            *(
                [section("此前的抽签"), *(Paragraph(e, INDENTED) for e in facts.earlier)]
                if facts.earlier
                else []
            ),
            Paragraph(HOW, INDENTED),
            Paragraph((mono(example, 8.5),), INDENTED),
            Space(8),
            Keep(sign_here(facts.signers)),
        ),
        author=facts.organiser,
        subject=facts.round_title,
    )
