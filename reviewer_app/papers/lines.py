"""Text into lines: Chinese line-breaking rules, per-character fonts, justification.

A line breaks between any two characters unless both belong to one Latin word or number, unless
the next may not begin a line (closing punctuation) or the last may not end one (opening
punctuation). Justified lines are opened between Chinese characters, never inside a number.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from reviewer_app.papers.cff import EM
from reviewer_app.papers.faces import Typeface
from reviewer_app.papers.fonts import Fonts
from reviewer_app.papers.model import Align, Role, Style, Text, runs

NOT_FIRST = frozenset("！），．：；？］｝、。〃〉》」』】〕〗’”…—·～％‰℃／,.:;!?)]}%°")
NOT_LAST = frozenset("（〔［｛〈《「『【〖“‘￥([{#№")
NO_BREAK_SPACE = "\u00a0"
CELLS_KEPT = 20_000
"""Texts set last that are kept: tables repeat themselves."""
MOST_STRETCH = 0.09
"""How far justification may open a gap, in sizes of the type; wider gaps read as spaces, to the
eye and to programs that extract text, so such a line stays ragged."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character with its face and size; ``width`` in points."""

    char: str
    face: Typeface
    size: float
    bold: bool
    width: float


@dataclass(frozen=True, slots=True)
class Piece:
    """Neighbouring glyphs of one look, drawn with one stroke; ``space`` follows each glyph."""

    text: str
    face: Typeface
    size: float
    bold: bool
    x: float
    space: float = 0.0


@dataclass(frozen=True, slots=True)
class Line:
    """One line: pieces from left to right; ``width`` is what they take."""

    pieces: tuple[Piece, ...]
    width: float
    size: float
    """The largest type on the line."""


@lru_cache(maxsize=CELLS_KEPT)
def compose(fonts: Fonts, text: Text, style: Style, width: float) -> tuple[Line, ...]:
    """Return ``text`` set in lines of at most ``width`` points, at least one line."""
    lines: list[Line] = []
    for glyphs in _paragraphs(fonts, text, style):
        first = style.first_indent * style.size
        starts = list(_break(glyphs, width - first, width))
        if style.align is Align.CENTRE and len(starts) > 1:
            starts = _balanced(glyphs, width, len(starts))
        for place, (start, end) in enumerate(starts):
            room = width - (0 if place else first)
            last = place == len(starts) - 1
            lines.append(_set(glyphs[start:end], style, room, 0 if place else first, last=last))
    return tuple(lines)


@lru_cache(maxsize=CELLS_KEPT)
def natural_width(fonts: Fonts, text: Text, style: Style) -> float:
    """Return how wide ``text`` is on one line, in points."""
    return max(
        sum(glyph.width for glyph in glyphs) for glyphs in _paragraphs(fonts, text, style)
    )


def _paragraphs(fonts: Fonts, text: Text, style: Style) -> Iterator[list[Glyph]]:
    glyphs: list[Glyph] = []
    for run in runs(text):
        role, size = run.role or style.role, run.size or style.size
        bold = style.bold if run.bold is None else run.bold
        for char in visible(run.text):
            if char == "\n":
                yield glyphs
                glyphs = []
                continue
            glyphs.append(_glyph(fonts, char, (role, size, bold, style.letter_space)))
    yield glyphs


def _glyph(fonts: Fonts, char: str, look: tuple[Role, float, bool, float]) -> Glyph:
    role, size, bold, letter_space = look
    drawn = " " if char == NO_BREAK_SPACE else char
    face = fonts.face(role, drawn)
    width = face.width(drawn) * size / EM + letter_space
    return Glyph(char, face, size, (bold or role is Role.TITLE) and not face.heavy, width)


def visible(text: str) -> str:
    """Return ``text`` with line ends unified and tabs made spaces; nothing else is dropped.

    Variation selectors are: fonts for papers have one form of a character. Lone surrogates,
    which no file can hold, become the replacement character.
    """
    if text.isascii() and text.isprintable():
        return text
    unified = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return "".join(
        "\ufffd" if "\ud800" <= char <= "\udfff" else char
        for char in unified
        if not ("\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef")
    )


@lru_cache(maxsize=65536)
def _is_word(char: str) -> bool:
    """Tell whether ``char`` holds together with its neighbours, as letters and digits do."""
    return (
        char == NO_BREAK_SPACE
        or not (
            char.isspace()
            or char in NOT_FIRST
            or char in NOT_LAST
            or unicodedata.east_asian_width(char) in "WF"
        )
        or char in ",.:;%°"
    )


def _may_part(left: str, right: str) -> bool:
    """Tell whether a line may end after ``left`` when ``right`` follows."""
    if right in NOT_FIRST or left in NOT_LAST or right == " ":
        return False
    return not (_is_word(left) and _is_word(right))


def _break(glyphs: Sequence[Glyph], first: float, rest: float) -> Iterator[tuple[int, int]]:
    """Yield the (start, end) of each line; ``first`` and ``rest`` are the widths available."""
    start, room, used, chance = 0, first, 0.0, 0
    for index, glyph in enumerate(glyphs):
        if index > start and _may_part(glyphs[index - 1].char, glyph.char):
            chance = index
        used += glyph.width
        if used <= room + 0.01 or glyph.char == " " or index == start:
            continue
        end = chance if chance > start else index
        yield start, end
        start, room = end, rest
        used = sum(each.width for each in glyphs[start : index + 1])
    yield start, len(glyphs)


def _balanced(glyphs: Sequence[Glyph], width: float, count: int) -> list[tuple[int, int]]:
    """Break into ``count`` lines of about one length, as titles are."""
    narrow = sum(glyph.width for glyph in glyphs) / count
    step = max(glyph.width for glyph in glyphs) / 4
    while narrow < width:
        starts = list(_break(glyphs, narrow, narrow))
        widest = max(sum(glyph.width for glyph in glyphs[a:b]) for a, b in starts)
        if len(starts) == count and widest <= width:
            return starts
        narrow += step
    return list(_break(glyphs, width, width))


def _set(
    glyphs: Sequence[Glyph], style: Style, room: float, indent: float, *, last: bool
) -> Line:
    """Place the glyphs of one line, opening it to ``room`` points if it is to be justified."""
    end = len(glyphs)
    while end and glyphs[end - 1].char == " ":
        end -= 1
    shown = glyphs[:end]
    natural = sum(glyph.width for glyph in shown)
    gaps = [_opens(left.char, right.char) for left, right in pairwise(shown)]
    extra = 0.0
    if style.align is Align.JUSTIFY and not last and any(gaps):
        extra = max(0.0, room - natural) / sum(gaps)
        extra = extra if extra <= MOST_STRETCH * style.size else 0.0
    pieces = tuple(_pieces(shown, gaps, extra, indent, style.letter_space))
    size = max((glyph.size for glyph in glyphs), default=style.size)
    return Line(
        pieces, indent + natural + extra * sum(gaps) - style.letter_space * bool(shown), size
    )


@lru_cache(maxsize=65536)
def _opens(left: str, right: str) -> bool:
    """Tell whether justification may widen the gap between two characters."""
    return left == " " or (right != " " and not (_is_word(left) and _is_word(right)))


def _pieces(
    glyphs: Sequence[Glyph], gaps: Sequence[bool], extra: float, x: float, letter_space: float
) -> Iterator[Piece]:
    """Join glyphs of one look and one spacing into pieces."""
    start, at, begin = 0, x, x
    for index, glyph in enumerate(glyphs):
        opened = extra if index < len(gaps) and gaps[index] else 0.0
        at += glyph.width + opened
        following = glyphs[index + 1] if index + 1 < len(glyphs) else None
        next_opened = extra if index + 1 < len(gaps) and gaps[index + 1] else 0.0
        if following is None or opened != next_opened or not _alike(glyph, following):
            text = "".join(each.char for each in glyphs[start : index + 1])
            yield Piece(
                text.replace(NO_BREAK_SPACE, " "),
                glyph.face, glyph.size, glyph.bold, begin, opened + letter_space,
            )  # fmt: skip
            start, begin = index + 1, at


def _alike(left: Glyph, right: Glyph) -> bool:
    return left.face is right.face and left.size == right.size and left.bold == right.bold
