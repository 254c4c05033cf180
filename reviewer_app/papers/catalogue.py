"""归档文件目录: every file with its pages and SHA-256, to find it and to hold it to that."""

from dataclasses import dataclass

from reviewer_app.papers.forms import fact, ruled, section
from reviewer_app.papers.model import (
    Align,
    Block,
    Document,
    Footer,
    PageNumber,
    PageSetup,
    Paragraph,
    Role,
    Space,
    Style,
)
from reviewer_app.papers.parts import FOOT, SMALL, headline, mono

TITLE = "归档文件目录"
TEXT = Style(Role.SONG, 9.0, 12.0, Align.LEFT)
CENTRED = TEXT.with_(align=Align.CENTRE)
DIGEST_SIZE = 6.8


@dataclass(frozen=True, slots=True)
class FiledItem:
    """One file: its name in the archive, who answers for it, its pages and digest."""

    name: str
    author: str
    date: str
    pages: str
    """``3``, or ``—`` for data."""
    sha256: str


@dataclass(frozen=True, slots=True)
class CatalogueFacts:
    """Everything the list says; ``groups`` are (heading, items)."""

    round_title: str
    organiser: str
    groups: tuple[tuple[str, tuple[FiledItem, ...]], ...]
    notes: tuple[str, ...]
    printed_at: str


def catalogue_paper(facts: CatalogueFacts) -> Document:
    """Return the list of files, numbered through, on A4 across."""
    count = sum(len(items) for _heading, items in facts.groups)
    blocks: list[Block] = [
        *headline(TITLE, facts.round_title),
        fact("立档单位", f"{facts.organiser}　　共 {count} 件　　保管期限：永久（建议）"),
    ]
    number = 0
    for heading, items in facts.groups:
        if items:
            blocks += [section(f"{heading}（{len(items)} 件）"), _table(items, number)]
            number += len(items)
    return Document(
        title=f"{TITLE}　{facts.round_title}",
        page=PageSetup(
            width_mm=297,
            height_mm=210,
            top_mm=18,
            bottom_mm=17,
            left_mm=15,
            right_mm=15,
            footer=Footer(
                f"打印于 {facts.printed_at}", number=PageNumber.RIGHT, style=FOOT, drop_mm=6
            ),
        ),
        blocks=(*blocks, Space(6), *(Paragraph(note, SMALL) for note in facts.notes)),
        author=facts.organiser,
        subject=facts.round_title,
    )


def _table(items: tuple[FiledItem, ...], before: int) -> Block:
    return ruled(
        (12.0, 97.0, 36.0, 24.0, 12.0, 86.0),
        ("件号", "文件", "责任者", "日期", "页数", "SHA-256"),
        [
            (
                str(before + place),
                each.name,
                each.author,
                each.date,
                each.pages,
                (mono(each.sha256, DIGEST_SIZE),),
            )
            for place, each in enumerate(items, 1)
        ],
        (CENTRED, TEXT, TEXT, CENTRED, CENTRED, TEXT),
        least_mm=6.0,
    )
