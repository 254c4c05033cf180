"""What pages show, as plain values: made by presenters, drawn by pages, no Qt in between.

Every text here is ready to be shown; nothing is computed from it again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Progress(StrEnum):
    """How far the scoring of one application has come."""

    NOT_BEGUN = "not-begun"
    WORKING = "working"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class State:
    """A state as every page shows it: its shape, its colour, its word.

    ``tone``: "" neutral with a border, "accent", "ok", "warn", "bad" on their tints.
    """

    word: str
    icon: str
    tone: str = ""


SHAPES = {
    "missing": ("circle-dashed", ""),
    "not-begun": ("circle-dashed", ""),
    "awaited": ("circle-dashed", "warn"),
    "working": ("circle-dot", "accent"),
    "done": ("circle-check", "ok"),
    "signed": ("lock", "ok"),
    "locked": ("lock", ""),
    "attention": ("triangle-alert", "warn"),
    "refused": ("circle-x", "bad"),
    "superseded": ("history", ""),
    "recused": ("user-x", ""),
    "paper": ("file-pen-line", ""),
    "absent": ("user-minus", ""),
    "busy": ("loader", "accent"),
}
"""Icon and tone of every state, the same everywhere."""


def state(name: str, word: str) -> State:
    """Return the state called ``name`` in SHAPES, saying ``word``."""
    icon, tone = SHAPES[name]
    return State(word, icon, tone)


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence in its place: tone "", "2", "accent", "ok", "warn" or "bad", and a shape."""

    text: str = ""
    tone: str = "2"
    icon: str = "info"


NOTHING = Message()
"""No sentence at all."""
Act = Callable[[], None]
"""Something to be done, or to be told, without a word more."""


@dataclass(frozen=True, slots=True)
class RailItem:
    """One application in the rail; ``line`` is its state in words."""

    number: str
    name: str
    full_name: str
    unit: str
    progress: Progress
    done: int
    total: int
    line: str
    attention: bool = False
    flagged: bool = False


class RowState(StrEnum):
    """What an indicator's row says at its right."""

    SCORED = "scored"
    MISSING = "missing"
    NOT_APPLICABLE = "not-applicable"
    ABSTAINED = "abstained"
    FORMULA = "formula"


@dataclass(frozen=True, slots=True)
class RowView:
    """One indicator as a closed line; ``word`` says the state where there is no level."""

    code: str
    title: str
    state: RowState
    score: str
    level: str = ""
    word: str = ""
    commented: bool = False
    reason_missing: str = ""
    spoken: str = ""


@dataclass(frozen=True, slots=True)
class GroupView:
    """A dimension above its rows, and in the strip."""

    code: str
    title: str
    weight: str
    done: int
    total: int
    rows: tuple[RowView, ...]

    def count(self) -> str:
        """Return how many are done of how many."""
        return f"{self.done}／{self.total}"


@dataclass(frozen=True, slots=True)
class LevelView:
    """One level button: its letter, its range in words, what it means."""

    name: str
    range: str
    descriptor: str = ""


@dataclass(frozen=True, slots=True)
class StripPart:
    """One part of the strip target, claim, comparison; ``icon`` may stand before the text."""

    head: str
    text: str
    icon: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """A page cited as evidence."""

    text: str
    file: str
    page: int


@dataclass(frozen=True, slots=True)
class FormView:
    """The open indicator, whole; ``place`` tells it from the same one elsewhere."""

    place: str
    code: str
    title: str
    weight: str
    guidance: str
    strip: tuple[StripPart, ...]
    levels: tuple[LevelView, ...]
    state: RowState
    chosen: int | None
    score: str
    bounds: str
    """The range of the chosen level, or of the scale, and the step."""
    hint: str = ""
    message: Message = NOTHING
    field_state: str = ""
    """"" as usual, "warn" where a reason is asked for, "error" where the text is no mark."""
    reason_needed: bool = False
    """Whether there is a place for a reason."""
    reason_required: bool = False
    reason_words: str = ""
    """What the place for the reason is called."""
    reason: str = ""
    comment: str = ""
    citations: tuple[Citation, ...] = ()
    locked: bool = False
    spoken: str = ""


@dataclass(frozen=True, slots=True)
class FootView:
    """What the foot bar of a page says: left, middle, and the one step that comes next."""

    primary: str
    key: str = "Enter"
    enabled: bool = True
    left: Message = NOTHING
    save: Message = NOTHING


@dataclass(frozen=True, slots=True)
class Tab:
    """One step in the top bar; ``why`` says what must be done first, if it is not open."""

    key: str
    number: str
    name: str
    short: str = ""
    done: bool = False
    enabled: bool = True
    why: str = ""


class StepState(StrEnum):
    """How a step of the secretary's day stands."""

    DONE = "done"
    CURRENT = "current"
    OPEN = "open"
    LOCKED = "locked"


@dataclass(frozen=True, slots=True)
class Step:
    """One of the seven steps: its name and its state in words."""

    key: str
    name: str
    line: str
    state: StepState


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: figures right, words left; ``width`` in pixels, 0 stretches."""

    title: str
    width: int = 0
    right: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: words, a second line, a chip, dots; ``sort`` orders it."""

    text: str = ""
    second: str = ""
    tone: str = ""
    strong: bool = False
    code: bool = False
    chip: State | None = None
    dots: "Dots | None" = None
    sort: str | int | float | None = None


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row found by ``key``; a ``band`` is a sentence across the table (the cut line)."""

    key: str
    cells: tuple[Cell, ...] = ()
    band: str = ""


@dataclass(frozen=True, slots=True)
class Dots:
    """Marks on a scale: one dot an expert, the mean as a bar, who deviates as a triangle.

    Positions are shares of the scale; ``names`` are those of the triangles, written above.
    """

    dots: tuple[float, ...]
    mean: float | None = None
    deviating: tuple[float, ...] = ()
    ticks: tuple[float, ...] = ()
    spoken: str = ""
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RankLine:
    """One application in the order of own totals; ``close`` marks a small difference."""

    rank: int
    number: str
    name: str
    total: str
    gap: str
    close: bool
    dots: Dots
