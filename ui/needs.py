"""What the windows are given by ``bootstrap``: a home, databases, a clock."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # the window is painted before what databases need is loaded
    from reviewer_app.services.ports import BureauUnit, DeskUnit


class Needs(Protocol):
    """The services' needs, as ``reviewer_app.cli.context.Context`` carries them."""

    @property
    def home(self) -> Path:
        """Where the embedded database, packs and settings lie."""
        ...

    @property
    def open_bureau(self) -> "Callable[[], BureauUnit]":
        """Starts a unit of work on the bureau's database."""
        ...

    @property
    def open_desk(self) -> "Callable[[Path, bytes], DeskUnit]":
        """Starts a unit of work on an expert's file with its key."""
        ...

    @property
    def close_desk(self) -> Callable[[Path], None]:
        """Closes an expert's file and forgets its key: what ``desk_lock.lock_desk`` needs."""
        ...

    @property
    def copy_bureau(self) -> Callable[[Path, bytes], None]:
        """Copies the bureau's database as it stands into a new file under another key."""
        ...

    @property
    def restore_bureau(self) -> Callable[[Path, bytes, Path], Path | None]:
        """Puts a copy in the database's place and returns where the earlier one was kept."""
        ...

    @property
    def hold_bureau(self) -> Callable[[], object]:
        """Keeps other windows off the rounds until this program ends; raises StorageError."""
        ...

    @property
    def clock(self) -> Callable[[], datetime]:
        """The machine's time, in UTC."""
        ...
