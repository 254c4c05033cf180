"""Lock a desk that lies idle: its keys are dropped, and only the passcode opens it again.

For the window: feed ``IdleWatch.touch`` with every key and click, ask ``due`` once in a while;
when it is due, call ``lock_desk``, show the passcode page for the pack id it returns, and open
with ``desk_opening.open_again``: the desk goes on at the same indicator.
"""

import time
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from reviewer_app.core.errors import RoundStateError
from reviewer_app.core.messages import _
from reviewer_app.core.round import PackId
from reviewer_app.services.desk import DESK_FILE, Desk

IDLE_MINUTES = 10

CloseDesk = Callable[[Path], None]
"""Closes and forgets the database at a path; ``cli.context.Context.close_desk``."""


class IdleWatch:
    """Tells when nobody has typed or clicked for so many minutes.

    Counts the machine's running time, not its clock: a changed clock neither locks nor keeps
    open. On systems that stop it while the lid is closed, ask after waking as well.
    """

    def __init__(
        self, minutes: float = IDLE_MINUTES, running: Callable[[], float] = time.monotonic
    ) -> None:
        self._seconds, self._running = minutes * 60, running
        self._last = running()

    def touch(self) -> None:
        """Begin counting anew: somebody is there."""
        self._last = self._running()

    @property
    def left(self) -> float:
        """Return the seconds until the desk is due, never below 0."""
        return max(0.0, self._last + self._seconds - self._running())

    @property
    def due(self) -> bool:
        """Tell whether the time is over."""
        return self.left == 0


def lock_desk(desk: Desk, close: CloseDesk) -> PackId:
    """Close the desk's file and drop its keys; returns the pack to open again.

    Every answer was durable before. Whoever still holds the desk gets RoundStateError from then
    on. The other programs stay away: the hold on the pack is kept. What is dropped is freed,
    not overwritten: a dump of the memory may show it until it is used again.
    """
    pack_id = desk.pack.pack_id
    close(desk.folder / DESK_FILE)
    for name in ("_database_key", "assigned", "schemes", "form"):
        desk.__dict__.pop(name, None)
    nothing = {"key": b"", "start": _locked}
    for name, value in nothing.items():
        object.__setattr__(desk, name, value)  # frozen, so that nothing else ever does this
    for name, empty in (("identity", ""), ("enrolment", b"")):
        object.__setattr__(desk.pack, name, empty)
    return pack_id


def is_locked(desk: Desk) -> bool:
    """Tell whether a desk was locked."""
    return not desk.key


def _locked(_path: Path, _key: bytes) -> NoReturn:
    raise RoundStateError(_("The desk is locked; type the passcode to go on"))
