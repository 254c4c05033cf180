"""Drafts: where they go, when the last one went there, and the one to go on from; no Qt.

A draft is written in the background whenever the expert turns to another application, another
page, or has signed. The stick that the pack came from is taken by itself; any other place is
chosen by the expert, who is asked once, after the first complete application.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from reviewer_app.core.errors import DraftError, ReviewerError
from reviewer_app.core.messages import _
from reviewer_app.services.desk import Desk
from reviewer_app.services.desk_draft import (
    FoundDraft,
    Standing,
    WrittenDraft,
    continue_from,
    find_draft,
    keep_folder,
    kept_folder,
    look_at,
    write_draft,
)
from ui.expert.finish_places import Place
from ui.expert.sitting import Sitting
from ui.views import NOTHING, Act, Message


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


@dataclass(frozen=True, slots=True)
class Offer:
    """What the identity page says of a draft beside the pack."""

    message: Message = NOTHING
    then: str = ""
    takes: bool = False
    """Whether the next step goes on from it."""
    fresh: bool = True
    """Whether there is nothing on this computer yet, so that a draft can be chosen."""


class DraftPresenter:
    """Holds the place of the drafts and how the last one went; the work lies on the desk."""

    def __init__(self, sitting: Sitting, find: Callable[[], Sequence[Place]]) -> None:
        self._sitting, self._find = sitting, find
        self._folder: Path | None = None
        self._last: WrittenDraft | None = None
        self._trouble = ""
        self._told: tuple[str, str] | None = None
        self._at = ""
        self._declined = self._muted = self._busy = self._due = False
        self._found: FoundDraft | None = None
        self._refusal = ""
        self.changed: Act = lambda: None
        self.continued: Act = lambda: None

    # -- going on from a draft

    def look(self) -> None:
        """Look for a draft beside the pack that was just opened, and where drafts go."""
        self._last, self._trouble, self._told, self._at = None, "", None, ""
        self._declined = self._muted = self._busy = self._due = False
        self._found, self._refusal = None, ""
        desk, source = self._sitting.desk, self._sitting.session.source
        self._folder = kept_folder(desk) or self._own_stick()
        beside = source.parent if isinstance(source, Path) else self._folder
        if beside is not None:
            self._look(lambda: find_draft(desk, beside))

    def look_at(self, file: Path) -> None:
        """Look at a draft that the expert chose."""
        self._look(lambda: look_at(self._sitting.desk, file))

    def decline(self) -> None:
        """Leave the found draft alone."""
        self._found, self._refusal = None, ""

    def offer(self) -> Offer:
        """Return what the identity page says."""
        fresh = not self._sitting.has_answers() and not self._sitting.locked
        if self._refusal:
            return Offer(Message(self._refusal, "warn"), fresh=fresh)
        found = self._found
        if found is None or found.standing in {Standing.SAME, Standing.OLDER}:
            return Offer(fresh=fresh)
        what = _("A draft of {time} was found: {complete} of {count} applications complete.")
        shown = what.format(
            time=_time_words(found), complete=found.complete, count=found.applications
        )
        if found.standing is Standing.NEWER:
            then = _(
                "Go on from it, then everything of the other computer is here. "
                "From now on work on this computer only."
            )
            return Offer(Message(shown, ""), then, takes=True, fresh=fresh)
        then = _(
            "It holds work of another computer that is not here, and here is work that is not "
            "in it. Nothing is taken over; ask the secretary which of both counts."
        )
        return Offer(Message(shown, "warn"), then, fresh=fresh)

    def go_on(self) -> bool:
        """Go on from the found draft in the background; tell whether there is one to take."""
        if not self.offer().takes or self._found is None:
            return False
        desk, file = self._sitting.desk, self._found.file
        self._sitting.session.tasks.run(
            lambda: continue_from(desk, file), done=self._on_continued, failed=self._on_refused
        )
        return True

    # -- writing

    def turned(self, place: str) -> None:
        """Write a draft if the expert has turned elsewhere since the last one."""
        before, self._at = self._at, place
        if before and place != before:
            self.write()
        elif not before:
            self.changed()

    def write(self) -> None:
        """Write a draft now; while one is being written, once more afterwards."""
        if self._folder is None:
            self.changed()
            return
        self._due = self._busy
        if self._busy:
            return
        self._busy = True
        desk, folder, now = self._sitting.desk, self._folder, self._sitting.session.now()
        self._sitting.session.tasks.run(
            lambda: write_draft(desk, folder, now),
            done=lambda done: self._on_written(desk, done),
            failed=lambda error: self._on_failed(desk, error),
        )

    def choose(self, folder: Path) -> None:
        """Let drafts go to a place from now on, the first at once."""
        self._folder, self._trouble, self._muted = folder, "", False
        keep_folder(self._sitting.desk, folder)
        self.write()
        self.changed()

    def decline_offer(self) -> None:
        """Ask no more; the button in the top bar stays."""
        self._declined, self._muted, self._told = True, True, None
        self.changed()

    def view(self) -> DraftView:
        """Return the button and the line as they stand."""
        asking, what, then = self._line()
        places = tuple(each for each in self._find() if each.usable) if asking else ()
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
                _("Keep an encrypted draft on the stick?"),
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

    def _own_stick(self) -> Path | None:
        """Return the folder of the pack if it lies on a stick that can be written to."""
        source = self._sitting.session.source
        if not isinstance(source, Path):
            return None
        if not any(each.usable and source.is_relative_to(each.root) for each in self._find()):
            return None
        keep_folder(self._sitting.desk, source.parent)
        return source.parent

    def _look(self, search: Callable[[], FoundDraft | None]) -> None:
        try:
            self._found, self._refusal = search(), ""
        except ReviewerError as error:
            self._found, self._refusal = None, str(error)

    def _on_continued(self, found: FoundDraft) -> None:
        self._found = None
        if self._folder is None:
            self._folder = found.file.parent
            keep_folder(self._sitting.desk, self._folder)
        words = _("Going on from the draft of {time}.").format(time=_time_words(found))
        self._told = words, _("Work on one computer only: of two different sheets one counts.")
        self.continued()

    def _on_refused(self, error: ReviewerError) -> None:
        self._found, self._refusal = None, str(error)
        self.changed()

    def _on_written(self, desk: Desk, done: WrittenDraft) -> None:
        if desk is not self._sitting.session.opened:
            return
        self._busy, self._last, self._trouble, self._muted = False, done, "", False
        self._again()

    def _on_failed(self, desk: Desk, error: ReviewerError) -> None:
        if desk is not self._sitting.session.opened:
            return
        self._busy = False
        words = _("The draft was not written: {why}").format(why=error)
        self._trouble = str(error) if isinstance(error, DraftError) else words
        self._again()

    def _again(self) -> None:
        if self._due:
            self._due = False
            self.write()
        self.changed()


def _time_words(found: FoundDraft) -> str:
    return f"{found.written.astimezone():%Y-%m-%d %H:%M}"
