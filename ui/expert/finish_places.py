"""Where a sheet may be written: sticks and folders, and why some cannot take it."""

from dataclasses import dataclass
from pathlib import Path

from reviewer_app.core.messages import _
from ui.expert.passcode_presenter import megabytes
from ui.views import State, state

NEEDED = 5_000_000
"""What must be free for a sheet with its paper, in bytes, with room to spare."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the sheet may go: a stick or a folder."""

    root: Path
    title: str
    detail: str
    state: State
    usable: bool


def place_of(
    root: Path, name: str, free: int, *, read_only: bool, source: Path | None
) -> Place:
    """Return a stick as the page lists it; ``source`` is the pack's file, if it is known."""
    title = f"{root}　{name or _('no label')}"
    if read_only:
        detail = _("Read-only. Open its write protection or take another stick.")
        return Place(root, title, detail, state("locked", _("read-only")), usable=False)
    size = _("{size} free").format(size=_size(free))
    if free < NEEDED:
        detail = size + _(". Make room on it or take another stick.")
        return Place(root, title, detail, state("attention", _("full")), usable=False)
    ours = _("the stick of this round") if source and source.is_relative_to(root) else ""
    return Place(root, title, "，".join(filter(None, (size, ours))), _writable(), usable=True)


def folder_place(folder: Path) -> Place:
    """Return a folder that the expert chose."""
    return Place(folder, str(folder), _("a folder you chose"), _writable(), usable=True)


def _writable() -> State:
    return state("done", _("can be written"))


def _size(free: int) -> str:
    return f"{free / 1e9:.1f} GB" if free >= 10**9 else megabytes(free)
