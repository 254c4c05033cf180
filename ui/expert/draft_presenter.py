"""Drafts: where they go, and when the last one went there; no Qt.

A draft is written in the background whenever the expert turns to another application, another
page, or has signed. The stick that the pack came from is taken by itself; any other place is
chosen by the expert, who is asked once, after the first complete application.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from reviewer_app.core.errors import DraftError, ReviewerError, StorageError
from reviewer_app.core.messages import _
from reviewer_app.services.desk import Desk
from reviewer_app.services.desk_draft import (
    FoundDraft,
    WrittenDraft,
    keep_folder,
    kept_folder,
    write_draft,
)
from reviewer_app.services.desk_medium import Medium, medium_of, require_medium
from ui.expert.draft_offers import DraftOffers, time_words
from ui.expert.finish_places import Place
from ui.expert.sitting import Sitting

if TYPE_CHECKING:
    from ui.views import Act


class Asking(StrEnum):
    """What the line under the top bar says, if anything."""

    NOTHING = ""
    OFFER = "offer"
    TROUBLE = "trouble"
    TOLD = "told"


@dataclass(frozen=True, slots=True)
class DraftView:
    """The button in the top bar, and the line under it while there is something to say."""

    words: str
    icon: str
    hint: str
    asking: Asking
    what: str = ""
    then: str = ""
    places: tuple[Place, ...] = ()
    chosen: str = ""


class DraftPresenter:
    """Holds the place of the drafts and how the last one went; the work lies on the desk."""

    def __init__(self, sitting: Sitting, find: Callable[[], Sequence[Place]]) -> None:
        self._sitting, self._find = sitting, find
        self._medium: Medium | None = None
        self._places: tuple[Place, ...] = ()
        self._last: WrittenDraft | None = None
        self._trouble = ""
        self._told: tuple[str, str] | None = None
        self._at = ""
        self._declined = self._muted = self._busy = self._due = False
        self.offers = DraftOffers(sitting)
        self.offers.taken = self._on_continued
        self.changed: Act = lambda: None
        self.continued: Act = lambda: None

    def look(self) -> None:
        """Look for a draft beside the pack that was just opened, and where drafts go."""
        self._last, self._trouble, self._told, self._at = None, "", None, ""
        self._declined = self._muted = self._busy = self._due = False
        source = self._sitting.session.source
        self._places = tuple(each for each in self._find() if each.usable)
        self._choose_first(source)
        self.offers.look_beside(source.parent if isinstance(source, Path) else self._folder)

    def turned(self, place: str) -> None:
        """Write a draft if the expert has turned elsewhere since the last one."""
        before, self._at = self._at, place
        if before != place and self._medium is None:
            self._places = tuple(each for each in self._find() if each.usable)
        if before and place != before:
            self.write()
        elif not before:
            self.changed()

    def write(self) -> None:
        """Write a draft now; while one is being written, once more afterwards."""
        if self._medium is None:
            self.changed()
            return
        self._due = self._busy
        if self._busy:
            return
        self._busy = True
        desk, medium, now = self._sitting.desk, self._medium, self._sitting.session.now()

        def work() -> WrittenDraft:
            require_medium(desk, medium)
            return write_draft(desk, medium.folder, now)

        self._sitting.session.tasks.run(
            work,
            done=lambda done: self._on_written(desk, done),
            failed=lambda error: self._on_failed(desk, error),
        )

    def choose(self, folder: Path) -> None:
        """Let drafts go to a place from now on, the first at once."""
        self._trouble, self._muted = "", False
        self._keep(folder)
        self.write()
        self.changed()

    def decline_offer(self) -> None:
        """Ask no more; the button in the top bar stays."""
        self._declined, self._muted, self._told = True, True, None
        self.changed()

    def view(self) -> DraftView:
        """Return the button and the line as they stand."""
        asking, what, then = self._line()
        places = self._places if asking else ()
        words, icon, hint = self._button()
        return DraftView(words, icon, hint, asking, what, then, places, str(self._folder or ""))

    def _line(self) -> tuple[Asking, str, str]:
        if self._trouble and not self._muted:
            then = _("Your work is safe on this computer. Put the stick in, or choose a place.")
            return Asking.TROUBLE, self._trouble, then
        if self._told:
            return Asking.TOLD, *self._told
        wanted = self._folder is None and not self._declined and not self._sitting.locked
        if wanted and self._any_complete():
            return (
                Asking.OFFER,
                _("Keep a locked draft on the stick?"),
                _(
                    "Should this computer fail, any other goes on from it with your passcode. "
                    "Your private notes are in it too."
                ),
            )
        return Asking.NOTHING, "", ""

    def _button(self) -> tuple[str, str, str]:
        if self._trouble:
            return _("No draft"), "triangle-alert", self._trouble
        if self._folder is None:
            return _("Draft"), "usb", _("No draft is kept on a stick yet")
        if self._last is None:
            return _("Draft"), "usb", _("Drafts go to {place}").format(place=self._folder)
        time = f"{self._last.written.astimezone():%H:%M}"
        hint = _("Draft written {time} and read back: {file}; {complete} of {count} complete")
        told = hint.format(
            time=f"{self._last.written.astimezone():%H:%M:%S}",
            file=self._last.file,
            complete=self._last.complete,
            count=self._last.applications,
        )
        return _("Draft {time}").format(time=time), "usb", told

    def _any_complete(self) -> bool:
        sitting = self._sitting
        return any(sitting.status(each).complete for each in sitting.numbers())

    @property
    def _folder(self) -> Path | None:
        return self._medium.folder if self._medium else None

    def _choose_first(self, source: Path | str) -> None:
        """Go on with the place of last time, else with the stick that the pack came from."""
        desk = self._sitting.desk
        kept = kept_folder(desk)
        self._medium = None
        if kept is not None:
            self._medium = medium_of(desk, kept)
        elif isinstance(source, Path) and any(
            source.is_relative_to(each.root) for each in self._places
        ):
            self._keep(source.parent)

    def _keep(self, folder: Path) -> None:
        """Let drafts go to a folder, the next time as well if the disk lets us remember it."""
        desk = self._sitting.desk
        self._medium = medium_of(desk, folder)
        try:
            keep_folder(desk, folder)
        except StorageError as error:
            self._trouble = str(error)

    def _on_continued(self, found: FoundDraft) -> None:
        if self._medium is None:
            self._keep(found.file.parent)
        words = _("Going on from the draft of {time}.").format(time=time_words(found))
        self._told = words, _("Work on one computer only: of two different sheets one counts.")
        self.continued()

    def _on_written(self, desk: Desk, done: WrittenDraft) -> None:
        if desk is not self._sitting.session.opened:
            return
        self._busy, self._last, self._trouble, self._muted = False, done, "", False
        self._again()

    def _on_failed(self, desk: Desk, error: ReviewerError) -> None:
        if desk is not self._sitting.session.opened:
            return
        self._busy = False
        self._places = tuple(each for each in self._find() if each.usable)
        words = _("The draft was not written: {why}").format(why=error)
        self._trouble = str(error) if isinstance(error, DraftError) else words
        self._again()

    def _again(self) -> None:
        if self._due:
            self._due = False
            self.write()
        self.changed()
