"""What the reading process tells of a document."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Described:
    """What a document consists of, or why it cannot be shown (``trouble``)."""

    kind: str = ""
    """``pages``, ``text``, or empty where there is trouble."""
    sizes: tuple[tuple[float, float], ...] = ()
    outline: tuple[tuple[int, str, int], ...] = ()
    blocks: tuple[Any, ...] = ()
    trouble: str = ""
