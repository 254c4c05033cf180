"""The draft to go on from: beside the pack or chosen, looked at, taken or left."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from reviewer_app.core.errors import ReviewerError
from reviewer_app.core.messages import _
from reviewer_app.services.desk_draft import (
    FoundDraft,
    Standing,
    continue_from,
    find_draft,
    look_at,
)
from ui.expert.sitting import Sitting
from ui.views import NOTHING, Act, Message

Taken = Callable[[FoundDraft], None]


@dataclass(frozen=True, slots=True)
class Offer:
    """What the identity page says of a draft beside the pack."""

    message: Message = NOTHING
    then: str = ""
    takes: bool = False
    """Whether the next step goes on from it."""
    fresh: bool = True
    """Whether there is nothing on this computer yet, so that a draft can be chosen."""


class DraftOffers:
    """Holds the draft that was found; ``taken`` once the desk goes on from it."""

    def __init__(self, sitting: Sitting) -> None:
        self._sitting = sitting
        self._found: FoundDraft | None = None
        self._refusal = ""
        self.changed: Act = lambda: None
        self.taken: Taken = lambda _found: None

    def look_beside(self, folder: Path | None) -> None:
        """Look for a draft of the open pack in a folder, if there is one to look in."""
        self.decline()
        if folder is not None:
            self._look(lambda: find_draft(self._sitting.desk, folder))

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
            time=time_words(found), complete=found.complete, count=found.applications
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

    def _look(self, search: Callable[[], FoundDraft | None]) -> None:
        try:
            self._found, self._refusal = search(), ""
        except ReviewerError as error:
            self._found, self._refusal = None, str(error)

    def _on_continued(self, found: FoundDraft) -> None:
        self._found = None
        self.taken(found)

    def _on_refused(self, error: ReviewerError) -> None:
        self._found, self._refusal = None, str(error)
        self.changed()


def time_words(found: FoundDraft) -> str:
    """Return when a draft was written, as the other laptop's clock said."""
    return f"{found.written.astimezone():%Y-%m-%d %H:%M}"
