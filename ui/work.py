"""What presenters ask to have done in the background; plain Python, no Qt."""

from collections.abc import Callable
from threading import Event
from typing import Protocol, TypeVar

from reviewer_app.core.errors import ReviewerError

T = TypeVar("T")
Report = Callable[[int, int, str], None]
"""Tell how many of how many are done, and what; raises CancelledError once stopped."""


class Tasks(Protocol):
    """What presenters ask to have work done in the background."""

    def run(
        self,
        work: Callable[[], T],
        *,
        done: Callable[[T], None],
        failed: Callable[[ReviewerError], None],
    ) -> None:
        """Call ``work`` in the background, then one callback on the window's thread."""
        ...

    def run_long(
        self,
        work: Callable[[Report], T],
        *,
        progress: Report,
        done: Callable[[T], None],
        failed: Callable[[ReviewerError], None],
    ) -> "Running":
        """Call ``work`` with a way to report; what it reports reaches ``progress``."""
        ...


class Running:
    """A long task that is under way or waiting its turn."""

    def __init__(self) -> None:
        self._stopped = Event()

    def cancel(self) -> None:
        """Ask the task to stop at its next report; ``failed`` then gets a CancelledError."""
        self._stopped.set()

    @property
    def cancelled(self) -> bool:
        """Tell whether it was asked to stop."""
        return self._stopped.is_set()
