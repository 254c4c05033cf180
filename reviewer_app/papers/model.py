"""A paper as plain values: page, paragraphs, tables, codes, signatures; no writer in it.

Lengths named ``*_mm`` are millimetres; sizes of type, leading and spaces are points. A paper
function makes a ``Document``; ``pdf`` and ``docx`` write it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import Enum, StrEnum

MM = 72 / 25.4
"""Points in a millimetre."""


class Role(StrEnum):
    """The parts a typeface plays in Chinese official papers."""

    BODY = "仿宋"
    KAI = "楷体"
    HEI = "黑体"
    TITLE = "小标宋"
    SONG = "宋体"
    MONO = "等宽"


class Align(StrEnum):
    """Where a line stands in its column; justified lines fill it but for the last."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"
    JUSTIFY = "justify"


class Valign(StrEnum):
    """Where the content of a table cell stands between its rules."""

    TOP = "top"
    MIDDLE = "middle"


@dataclass(frozen=True, slots=True)
class Run:
    """Some text of one look; what is None comes from the paragraph's style."""

    text: str
    role: Role | None = None
    size: float | None = None
    bold: bool | None = None


Text = str | tuple[Run, ...]
"""What a paper may say in one place: plain text, or runs that differ in look."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a paragraph looks; ``first_indent`` is counted in characters of its own size."""

    role: Role = Role.SONG
    size: float = 10.5
    leading: float = 16.0
    align: Align = Align.JUSTIFY
    bold: bool = False
    first_indent: float = 0.0
    before: float = 0.0
    after: float = 0.0
    colour: str = "#000000"
    letter_space: float = 0.0
    keep_with_next: bool = False

    def with_(self, **changes: object) -> "Style":
        """Return this style with some fields changed."""
        return replace(self, **changes)  # type: ignore[arg-type]  # checked at run time by replace


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Some lines of text; ``level`` 1 and up makes it a heading of the outline."""

    text: Text
    style: Style = Style()
    level: int = 0


@dataclass(frozen=True, slots=True)
class Tabs:
    """One line with something at its left, centre and right; it wraps if it must."""

    left: Text = ""
    centre: Text = ""
    right: Text = ""
    style: Style = Style()


@dataclass(frozen=True, slots=True)
class Space:
    """Nothing, so many points high; it vanishes at the top of a page."""

    height: float


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the column, so many points thick."""

    thickness: float = 0.5
    colour: str = "#000000"
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its width and the look of its cells."""

    width_mm: float
    style: Style = Style()


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one place of a table; ``style`` None takes the column's.

    With ``least_size`` the type may shrink to that size before the text wraps, for lists that
    read best with one line a row.
    """

    text: Text = ""
    style: Style | None = None
    span: int = 1
    least_size: float | None = None
    valign: Valign = Valign.MIDDLE


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table; ``rule`` is the thickness of the line under it."""

    cells: tuple[Cell, ...]
    rule: float = 0.5
    least_mm: float = 0.0


@dataclass(frozen=True, slots=True)
class Table:
    """Rows in columns; ``head`` is repeated at the top of every page it continues on."""

    columns: tuple[Column, ...]
    head: tuple[Row, ...]
    rows: tuple[Row, ...]
    pad_x: float = 3.0
    pad_y: float = 2.0
    frame: float = 1.2
    vertical: float = 0.5


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code drawn as vectors, holding ``text``; ``size_mm`` includes the quiet zone."""

    text: str
    size_mm: float
    caption: Text = ""


@dataclass(frozen=True, slots=True)
class Boxes:
    """Short texts for copying by hand, each in a box of its own."""

    texts: tuple[str, ...]
    style: Style
    height_mm: float = 12.0
    width_mm: float = 24.0
    gap_mm: float = 3.0


@dataclass(frozen=True, slots=True)
class Signature:
    """A word and the line to sign on after it; with ``above`` the word stands above it."""

    label: Text
    width_mm: float
    line_mm: float
    above: bool = False
    height_mm: float = 9.0
    style: Style = Style()


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins a new page."""


@dataclass(frozen=True, slots=True)
class Side:
    """One column of ``Columns``: how wide, and what is in it."""

    width_mm: float
    blocks: "tuple[Block, ...]"


@dataclass(frozen=True, slots=True)
class Columns:
    """Blocks side by side, never parted by a page."""

    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Keep:
    """Blocks that stay on one page; with ``height_mm`` they fill that much of it."""

    blocks: "tuple[Block, ...]"
    height_mm: float = 0.0


Block = (
    Paragraph
    | Tabs
    | Space
    | Rule
    | Table
    | Code
    | Boxes
    | Signature
    | PageBreak
    | Columns
    | Keep
)
"""Everything a paper is made of, in reading order."""


class PageNumber(Enum):
    """Where the page number stands."""

    NONE = "none"
    CENTRE = "centre"
    RIGHT = "right"
    OUTER = "outer"
    """Right on odd pages, left on even ones, a character from the edge (GB/T 9704)."""


@dataclass(frozen=True, slots=True)
class Footer:
    """What stands at the foot of every page; ``drop_mm`` is from the text area to its top."""

    left: str = ""
    right: str = ""
    number: PageNumber = PageNumber.CENTRE
    style: Style = Style(size=9.0, leading=12.0)
    drop_mm: float = 5.0
    rule: float = 0.0


@dataclass(frozen=True, slots=True)
class PageSetup:
    """The sheet of paper, its margins and its foot; ``line_pitch`` is the grid of its lines."""

    width_mm: float = 210.0
    height_mm: float = 297.0
    top_mm: float = 20.0
    bottom_mm: float = 20.0
    left_mm: float = 25.0
    right_mm: float = 15.0
    footer: Footer = field(default_factory=Footer)
    line_pitch: float = 0.0

    @property
    def text_width(self) -> float:
        """The width of the text area in points."""
        return (self.width_mm - self.left_mm - self.right_mm) * MM

    @property
    def text_height(self) -> float:
        """The height of the text area in points."""
        return (self.height_mm - self.top_mm - self.bottom_mm) * MM


@dataclass(frozen=True, slots=True)
class Document:
    """One paper, ready to be written in any form."""

    title: str
    page: PageSetup
    blocks: tuple[Block, ...]
    author: str = ""
    subject: str = ""


def runs(text: Text) -> tuple[Run, ...]:
    """Return ``text`` as runs."""
    return (Run(text),) if isinstance(text, str) else text


def plain(text: Text) -> str:
    """Return ``text`` without its looks."""
    return "".join(run.text for run in runs(text))


def inner(block: Block) -> tuple[Block, ...]:
    """Return the blocks standing in ``block``, none for most."""
    if isinstance(block, Columns):
        return tuple(each for side in block.sides for each in side.blocks)
    return block.blocks if isinstance(block, Keep) else ()


def walk(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Yield every block, those inside others included, in reading order."""
    for block in blocks:
        yield block
        yield from walk(inner(block))
