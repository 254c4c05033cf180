"""One program on one opened pack, one window on the rounds: whoever comes second is told.

The hold is a lock of the operating system on a file beside the data. It ends with the
process that has it, however that ends; a file left behind means nothing.
"""

import os
import sys
import weakref
from pathlib import Path

from reviewer_app.core.atomic import disk_fault, private_folder
from reviewer_app.core.errors import StorageError
from reviewer_app.core.messages import _

LOCK_FILE, BUREAU_LOCK = "desk.lock", "bureau.lock"


class DeskHold:
    """This program's hold on one desk or bureau; every part of the same program shares it."""

    def __init__(self, descriptor: int) -> None:
        self._close = weakref.finalize(self, os.close, descriptor)

    @property
    def held(self) -> bool:
        """Tell whether it still holds."""
        return self._close.alive

    def release(self) -> None:
        """Let another program have the desk."""
        self._close()


_HOLDS: "weakref.WeakValueDictionary[Path, DeskHold]" = weakref.WeakValueDictionary()


def hold_desk(folder: Path) -> DeskHold:
    """Return the hold on a desk's folder; raises StorageError where another program has it."""
    return _hold(
        folder.resolve() / LOCK_FILE,
        _(
            "This pack is open in another window or program on this computer. "
            "Go on there, or close it there first; nothing was changed"
        ),
    )


def hold_bureau(home: Path) -> DeskHold:
    """Return the hold on a home's rounds; raises StorageError where another window has it.

    Windows and ``restore`` take it; other commands need none, each changes what it changes at
    once or not at all.
    """
    return _hold(
        private_folder(home).resolve() / BUREAU_LOCK,
        _(
            "The rounds are open in another window on this computer. "
            "Go on there, or close it first; nothing was changed"
        ),
    )


def _hold(path: Path, taken: str) -> DeskHold:
    mine = _HOLDS.get(path)
    if mine is not None and mine.held:
        return mine
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
    except OSError as error:
        raise disk_fault(error, path) from None
    try:
        locked = _lock(descriptor)
    except OSError as error:  # a file system without locks, such as some network drives
        os.close(descriptor)
        raise disk_fault(error, path) from None
    if not locked:
        os.close(descriptor)
        raise StorageError(taken)
    _HOLDS[path] = hold = DeskHold(descriptor)
    return hold


def require_free(folder: Path) -> None:
    """Pass if this program has the desk, or could have it; raises StorageError if not."""
    if folder.is_dir():
        hold_desk(folder)


def _lock(descriptor: int) -> bool:
    """Take the lock if it is free."""
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415 - Windows alone has it

        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
    import fcntl  # noqa: PLC0415 - Windows does not have it

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
