"""What a command may use: its home, its database, its clock."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:  # the window is painted before what databases need is loaded
    from reviewer_app.services.ports import BureauUnit, DeskUnit


@dataclass(frozen=True)
class Context:
    """Services' needs, wired by ``bootstrap``; ``home`` holds the database and packs."""

    home: Path
    open_bureau: "Callable[[], BureauUnit]"
    """Starts a unit of work on the bureau's database (made at first use)."""
    open_desk: "Callable[[Path, bytes], DeskUnit]"
    """Starts a unit of work on an expert's file with its 32-byte key (made at first use)."""
    close_desk: Callable[[Path], None]
    """Closes an expert's file and forgets its key, as when the desk is locked."""
    copy_bureau: Callable[[Path, bytes], None]
    """Copies the bureau's database as it stands into a new file under another key."""
    restore_bureau: Callable[[Path, bytes, Path], Path | None]
    """Puts a copy (its place, its key) in the database's place, the old one at the third."""
    hold_bureau: Callable[[], object]
    """Keeps other windows off the rounds until this program ends; raises StorageError."""
    clock: Callable[[], datetime]
    """The machine's time, in UTC."""
    describe_windows: Callable[[], list[tuple[str, str]]]
    """Says (what, sentence) of Qt and printing on this machine; raises ReviewerError."""
    at: Callable[[Path], Self]
    """Wires the same program to another home folder."""
