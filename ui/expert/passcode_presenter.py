"""The passcode as it is typed: which group has a slip, when it is whole, what it opened."""

import time
from dataclasses import dataclass, replace
from pathlib import Path

from reviewer_app.core.errors import PasscodeError, ReviewerError
from reviewer_app.core.messages import _
from reviewer_app.services.desk import PACKS, Desk
from reviewer_app.services.desk_hold import require_free
from reviewer_app.services.desk_opening import open_again, open_pack
from reviewer_app.sheets.pack import read_pack
from reviewer_app.sheets.passcode import GROUP_CHARACTERS, GROUPS, normalise_group
from ui.expert.session import Session
from ui.views import NOTHING, Act, Message


@dataclass(frozen=True, slots=True)
class PasscodeView:
    """The page as it stands; ``wrong`` is the group with a slip, from 0."""

    file: str = ""
    size: str = ""
    place: str = ""
    message: Message = NOTHING
    wrong: int | None = None
    ready: bool = False
    busy: bool = False


class PasscodePresenter:
    """Holds what was typed; ``changed`` is called when the page has to look again."""

    def __init__(self, session: Session) -> None:
        self._session, self._text = session, ""
        self.view = PasscodeView()
        self.changed: Act = lambda: None
        self.opened: Act = lambda: None
        self.seconds = 0.0

    def look_at_file(self) -> None:
        """Check that the file is a sound pack, open nowhere else; raises ReviewerError."""
        path = self._session.file
        require_free(self._session.needs.home / PACKS / read_pack(path).pack_id)
        size = path.stat().st_size
        known = not isinstance(self._session.source, Path)
        place = _("opened on this computer before") if known else str(path.parent)
        name = _("your review pack") if known else path.name
        self.view = PasscodeView(name, megabytes(size), place, self._advice())

    def typed(self, text: str) -> None:
        """Look at what is typed so far."""
        self._text = text
        groups = text.split("-")
        message, wrong, whole = self._advice(), None, 0
        for place, group in enumerate(groups):
            if len(group) < GROUP_CHARACTERS:
                continue
            try:
                normalise_group(group, place + 1)
                whole += 1
            except PasscodeError as error:
                message, wrong = Message(str(error), "bad", "circle-x"), place
                break
        ready = whole == GROUPS and wrong is None
        self.view = replace(self.view, message=message, wrong=wrong, ready=ready)
        self.changed()

    def unlock(self) -> None:
        """Open the pack in the background."""
        if not self.view.ready or self.view.busy:
            return
        self.view = replace(self.view, busy=True, message=_opening())
        self.changed()
        passcode, session, began = self._text, self._session, time.monotonic()
        self._session.tasks.run(
            lambda: _open(session, passcode),
            done=lambda desk: self._on_open(desk, time.monotonic() - began),
            failed=self._on_failed,
        )

    def _on_open(self, desk: Desk, seconds: float) -> None:
        self._session.opened = desk
        self._text = ""
        self.view = replace(self.view, busy=False, ready=False, message=self._advice())
        self.seconds = seconds
        self.opened()

    def _on_failed(self, error: ReviewerError) -> None:
        self.view = replace(
            self.view, busy=False, message=Message(str(error), "bad", "circle-x")
        )
        self.changed()

    def _advice(self) -> Message:
        typed = len(self._text.replace("-", ""))
        left = GROUPS * GROUP_CHARACTERS - typed
        if not typed:
            return Message(
                _("The last character of each group checks it; a slip shows at once.")
            )
        if left <= 0:
            return Message(_("All four groups fit."), "ok", "circle-check")
        words = _("{count} characters to go. The last of each group checks it.")
        return Message(words.format(count=left))


def megabytes(size: int) -> str:
    """Return a size as pages show it; figure and unit stay on one line."""
    large = size >= 100_000  # noqa: PLR2004 - a tenth of a megabyte
    words = f"{size / 1_000_000:.1f} MB" if large else f"{size / 1000:.1f} KB"
    return words.replace(" ", "\N{NO-BREAK SPACE}")


def _opening() -> Message:
    return Message(_("Opening, about 3 seconds …"), "accent", "loader")


def _open(session: Session, passcode: str) -> Desk:
    needs = session.needs
    if isinstance(session.source, Path):
        return open_pack(needs.home, session.source, passcode, needs.open_desk, needs.clock())
    return open_again(needs.home, session.source, passcode, needs.open_desk)
