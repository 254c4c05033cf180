"""What the backup page shows, and what its buttons do; plain Python, no Qt."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from reviewer_app.core.errors import PasscodeError, ReviewerError
from reviewer_app.core.messages import _, ngettext
from reviewer_app.services.backup import (
    SUFFIX,
    Backup,
    Restored,
    back_up,
    looks_like_backup,
    restore,
    rounds_here,
)
from reviewer_app.sheets.passcode import CHARACTERS, normalise, shown
from ui.needs import Needs
from ui.views import NOTHING, Act, Message
from ui.work import Tasks

T = TypeVar("T")
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class BackupView:
    """The page: what is here, what was written, what was chosen to be brought back."""

    here: int = 0
    """How many rounds are on this computer."""
    busy: bool = False
    code: str = ""
    """The code of the backup just written, to be written down."""
    written: Message = NOTHING
    chosen: str = ""
    """The name of the backup chosen to be brought back, and what it says of itself."""
    ready: bool = False
    restored: Message = NOTHING


class BackupPresenter:
    """Backs up the rounds of this computer, or brings those of a backup back."""

    def __init__(self, needs: Needs, tasks: Tasks) -> None:
        self._needs, self._tasks = needs, tasks
        self._file: Path | None = None
        self._code, self._aside = "", False
        self.view = BackupView()
        self.changed: Act = lambda: None

    def begin(self) -> None:
        """Look how many rounds are here."""
        self._run(lambda: rounds_here(self._needs), self._show_here, self._say_restored)

    def proposed_name(self) -> str:
        """Return a name for the file that says when it was made."""
        return f"{_('rounds')}-{self._needs.clock().astimezone():%Y%m%d-%H%M}{SUFFIX}"

    def back_up(self, path: Path) -> None:
        """Write every round of this computer into a new file."""
        needs = self._needs
        self.view = replace(
            self.view, code="", written=_working(_("Writing and reading back …"))
        )
        self._run(
            lambda: back_up(needs, path, needs.clock()), self._show_written, self._say_written
        )

    def choose(self, path: Path) -> None:
        """Take a file to bring back from, if it is a backup."""
        try:
            rounds = looks_like_backup(path)
        except ReviewerError as error:
            self._say_restored(error)
            return
        self._file = path
        name = ngettext("“{name}”, {rounds} round", "“{name}”, {rounds} rounds", rounds)
        name = name.format(name=path.name, rounds=rounds)
        self.view = replace(self.view, chosen=name, restored=NOTHING)
        self._look_whether_ready()

    def typed(self, code: str) -> None:
        """Look at the code typed so far."""
        self._code = code
        self.view = replace(self.view, restored=NOTHING)
        self._look_whether_ready()

    def keep_aside(self, *, agreed: bool) -> None:
        """Agree that the rounds that are here are kept in a file aside."""
        self._aside = agreed
        self._look_whether_ready()

    def restore(self) -> None:
        """Bring the rounds back."""
        if not self.view.ready or self._file is None or self.view.busy:
            return
        needs, path, code, aside = self._needs, self._file, self._code, self._aside
        self.view = replace(self.view, restored=_working(_("Reading and checking …")))
        self._run(
            lambda: restore(needs, path, code, needs.clock(), replace=aside),
            self._show_restored,
            self._say_restored,
        )

    def _run(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[ReviewerError], None],
    ) -> None:
        """Do it in the background and show what came of it."""

        def then(show: Callable[[V], None]) -> Callable[[V], None]:
            def settle(value: V) -> None:
                self.view = replace(self.view, busy=False)
                show(value)
                self._look_whether_ready()

            return settle

        self.view = replace(self.view, busy=True)
        self.changed()
        self._tasks.run(work, done=then(done), failed=then(failed))

    def _show_here(self, here: int) -> None:
        self.view = replace(self.view, here=here)

    def _show_written(self, made: Backup) -> None:
        words = ngettext(
            "Written and read back: {rounds} round, {path}",
            "Written and read back: {rounds} rounds, {path}",
            made.rounds,
        )
        done = Message(words.format(rounds=made.rounds, path=made.path), "ok", "circle-check")
        self.view = replace(self.view, code=shown(made.code), written=done)

    def _say_written(self, error: ReviewerError) -> None:
        self.view = replace(self.view, written=_refused(error))

    def _show_restored(self, found: Restored) -> None:
        words = ngettext(
            "{rounds} round is back, as it was at {time}",
            "{rounds} rounds are back, as they were at {time}",
            found.rounds,
        ).format(rounds=found.rounds, time=f"{found.made.astimezone():%Y-%m-%d %H:%M}")
        if found.aside:
            kept = _("What was here before is kept in “{file}”").format(file=found.aside)
            words = f"{words}　{kept}"
        self._file, self._code, self._aside = None, "", False
        done = Message(words, "ok", "circle-check")
        self.view = replace(self.view, here=found.rounds, chosen="", restored=done)

    def _say_restored(self, error: ReviewerError) -> None:
        self.view = replace(self.view, restored=_refused(error))
        self.changed()

    def _look_whether_ready(self) -> None:
        """Say what is still missing before rounds can be brought back."""
        said = self.view.restored
        try:
            whole = bool(self._code) and bool(normalise(self._code))
        except PasscodeError as error:
            whole = False
            if len(self._code.replace("-", "")) == CHARACTERS:
                said = _refused(error)
        agreed = self._aside or not self.view.here
        ready = whole and agreed and self._file is not None and not self.view.busy
        self.view = replace(self.view, ready=ready, restored=said)
        self.changed()


def _working(words: str) -> Message:
    return Message(words, "accent", "loader")


def _refused(error: ReviewerError) -> Message:
    return Message(str(error), "bad", "circle-x")
