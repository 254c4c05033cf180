"""What is being written about each application: kept as it is typed, until it is recorded."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Shape(Generic[T]):
    """How one kind of draft is kept: its name, and its plain form there and back."""

    name: str
    plain: Callable[[T], object]
    read: Callable[[str, object], T]


class Drafts(Generic[T]):
    """Drafts by application, each beside what was recorded when it was begun.

    ``keep`` is called with what changed, by the names under which it is kept; None means that
    nothing is kept any more.
    """

    def __init__(self, shape: Shape[T], keep: Callable[[dict[str, object]], None]) -> None:
        self._shape, self._keep = shape, keep
        self._drafts: dict[str, tuple[T, T]] = {}

    def load(self, typed: Mapping[str, object]) -> None:
        """Begin with what was kept, forgetting what was held."""
        self._drafts.clear()
        for key, value in typed.items():
            name, _space, number = key.partition(" ")
            if name == self._shape.name and isinstance(value, list):
                now, over = (self._shape.read(number, each) for each in value)
                self._drafts[number] = now, over

    def get(self, number: str) -> T | None:
        """Return the draft on an application, None if there is none."""
        draft = self._drafts.get(number)
        return draft[0] if draft else None

    def all(self) -> dict[str, T]:
        """Return every draft by application."""
        return {number: draft for number, (draft, _over) in self._drafts.items()}

    def put(self, number: str, draft: T, recorded: T) -> None:
        """Take over a draft; back at what is recorded it is none any more."""
        over = self._drafts[number][1] if number in self._drafts else recorded
        if draft == recorded:
            self.drop(number)
        else:
            self._set(number, draft, over)

    def drop(self, number: str) -> None:
        """Forget a draft: it was recorded, or is not wanted."""
        if self._drafts.pop(number, None) is not None:
            self._keep({self._key(number): None})

    def over(self, number: str, recorded: T) -> T:
        """Return what a draft was begun over, ``recorded`` where there is no draft."""
        return self._drafts[number][1] if number in self._drafts else recorded

    def conflicts(self, number: str, recorded: T) -> bool:
        """Tell whether something else was recorded since the draft was begun."""
        return self.over(number, recorded) != recorded

    def rebase(self, number: str, recorded: T) -> None:
        """Let a draft stand over what is recorded now: whoever writes it has seen that."""
        if number in self._drafts:
            self._set(number, self._drafts[number][0], recorded)

    def _set(self, number: str, draft: T, over: T) -> None:
        self._drafts[number] = draft, over
        plain = self._shape.plain
        self._keep({self._key(number): [plain(draft), plain(over)]})

    def _key(self, number: str) -> str:
        return f"{self._shape.name} {number}"
