"""Storing on the desk: what the disk refuses waits and is tried again, and the page says so."""

from collections.abc import Callable
from datetime import datetime

from reviewer_app.core.errors import StorageError
from reviewer_app.core.messages import _
from reviewer_app.services.desk import Desk
from ui.expert.session import Session
from ui.views import NOTHING, Act, Message

Write = Callable[[datetime], None]


class Storing:
    """What a sitting shares about the disk; ``save`` is how the last storing went, in words."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.save: Message = NOTHING
        self._waiting: list[Act] = []

    @property
    def desk(self) -> Desk:
        """Return the open desk."""
        return self.session.desk

    def retry(self) -> None:
        """Try again to store what the disk refused."""
        waiting, self._waiting = self._waiting, []
        for act in waiting:
            act()

    def is_waiting(self) -> bool:
        """Tell whether something waits for the disk."""
        return bool(self._waiting)

    def _store(self, write: Write, *, say: bool = True, again: bool = True) -> bool:
        """Write now; tell whether it is on the disk."""
        try:
            write(self.session.now())
        except StorageError as error:
            if again:
                self._waiting.append(lambda: self._retry_one(write))
            words = _("Cannot save: {why}").format(why=error)
            self.save = Message(words, "bad", "circle-x")
            return False
        if say:
            self.say_saved()
        return True

    def say_saved(self) -> None:
        """Say that all is on the disk as of now, unless something still waits for it."""
        if not self._waiting:
            words = _("Saved {time}").format(time=self.session.local_time())
            self.save = Message(words, "ok", "hard-drive")

    def _retry_one(self, write: Write) -> None:
        self._store(write)
