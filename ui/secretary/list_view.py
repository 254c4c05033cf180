"""What lists that are edited in place show: rows, faults, notes, ticks; plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row: its texts, the faults and the notes that stand at some of them, by column."""

    key: str
    cells: Mapping[str, str]
    faults: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    shown: Mapping[str, str] = field(default_factory=dict)
    """What stands in a cell while nothing is typed there."""


@dataclass(frozen=True, slots=True)
class ListView:
    """One list as it is being typed; ``faulty`` counts its faults."""

    rows: tuple[ListRow, ...]
    faulty: int
    first: tuple[int, str]
    """Where the first fault stands: row and column key."""


@dataclass(frozen=True, slots=True)
class TickRow:
    """One application: number, name, and for each expert True, False or None when recused."""

    number: str
    name: str
    ticks: tuple[bool | None, ...]


@dataclass(frozen=True, slots=True)
class TickHead:
    """One expert: number, name, how many applications."""

    number: str
    name: str
    count: int
