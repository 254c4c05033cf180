"""The packs opened on this machine before; plain Python, no Qt."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class RecentPack:
    """A pack opened here before, as the start page lists it."""

    pack_id: str
    title: str
    who: str
    at: str
    """When it was last used, as ``2025-11-21T14:03:21``."""
    place: str = ""
    """The application that was open last."""
    done: int = 0
    total: int = 0
    signed: bool = False


class Recent(Protocol):
    """Remembers packs; ``ui.settings.Settings`` does."""

    def recent(self) -> list[RecentPack]:
        """Return the packs opened here, the last one first."""
        ...

    def remember(self, pack: RecentPack) -> None:
        """Put a pack at the head of the list."""
        ...
