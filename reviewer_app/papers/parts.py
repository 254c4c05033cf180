"""What several papers share: titles, lines of facts, signature rows."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TypeVar

from reviewer_app.papers.model import (
    Align,
    Block,
    Columns,
    Paragraph,
    Role,
    Run,
    Side,
    Signature,
    Space,
    Style,
    Text,
)

ENDINGS = ("。", "；", "：", "！", "？")
Item = TypeVar("Item")
FINGERPRINT_SPACE = "\u00a0"
HEADLINE = Style(Role.HEI, 20.0, 26.0, Align.CENTRE, bold=True, after=4.0)
SUBTITLE = Style(Role.SONG, 12.0, 17.0, Align.CENTRE, after=8.0)
PLAIN = Style(Role.SONG, 10.5, 16.0, Align.LEFT)
SMALL = Style(Role.SONG, 8.5, 13.0, Align.JUSTIFY)
UNDER_LINE = Style(Role.SONG, 8.5, 10.5, Align.LEFT)
NAMES = Style(Role.SONG, 9.0, 14.0, Align.LEFT)
FOOT = Style(Role.SONG, 8.5, 12.0)
DATE_BLANK = "年　　月　　日"


def strong(text: str, size: float | None = None) -> Run:
    """Return ``text`` as a bold run in 黑体."""
    return Run(text, Role.HEI, size, bold=True)


def mono(text: str, size: float | None = None) -> Run:
    """Return a code or fingerprint as a run of typewriter letters that no line end parts."""
    return Run(text.replace(" ", FINGERPRINT_SPACE), Role.MONO, size)


def sentences(texts: Sequence[str]) -> str:
    """Return the texts as one paragraph, each ended as a sentence if it is not already."""
    return "".join(text if text.endswith(ENDINGS) else f"{text}。" for text in texts)


def labelled(label: str, text: str, *, gap: str = "　") -> tuple[Run, ...]:
    """Return a bold label followed by its text."""
    return (strong(label), Run(gap + text))


def headline(title: str, subtitle: str = "") -> tuple[Block, ...]:
    """Return the title of a table-like paper and the line under it."""
    below = (Paragraph(subtitle, SUBTITLE),) if subtitle else ()
    return (Paragraph(title, HEADLINE, level=1), *below)


def signature_boxes(
    labels: Sequence[Text], width_mm: float, *, per_row: int, gap_mm: float = 2.0
) -> tuple[Block, ...]:
    """Return a place to sign for each label, ``per_row`` of them side by side."""
    each = width_mm / per_row
    blocks: list[Block] = []
    for row in batches(labels, per_row):
        sides = tuple(
            Side(
                each, (Signature(label, each - gap_mm, each - gap_mm, above=True, style=NAMES),)
            )
            for label in row
        )
        blocks += [Columns(sides), Space(5.0)]
    return tuple(blocks)


def batches(items: Sequence[Item], size: int) -> Iterator[tuple[Item, ...]]:
    """Yield the items in groups of ``size``, the last perhaps smaller."""
    remaining = iter(items)
    while group := tuple(islice(remaining, size)):
        yield group


def signature_line(
    labels: Sequence[Text], width_mm: float, per_row: int, indent_mm: float = 0.0
) -> Columns:
    """Return unlabelled lines to sign on, one for each of ``labels``, named underneath."""
    each = width_mm / per_row
    line = each - SIGN_GAP_MM
    sides: list[Side] = [Side(indent_mm, ())]
    for label in labels:
        sign = Signature("", line, line, height_mm=10.0, style=PLAIN)
        # the name keeps to its line's width: neighbours never touch
        sides += [Side(line, (sign, Paragraph(label, UNDER_LINE)))]
        sides += [Side(SIGN_GAP_MM, ())]
    return Columns(tuple(sides))


SIGN_GAP_MM = 4.0
