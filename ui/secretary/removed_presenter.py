"""The rounds that were put away, and taking one back; no Qt."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewer_app.core.errors import ReviewerError
from reviewer_app.core.messages import _
from reviewer_app.services.removing import removed_rounds, restore_round
from reviewer_app.services.rounds import RoundView
from ui.secretary.bureau import Bureau
from ui.views import Act, FootView, Message

if TYPE_CHECKING:
    from collections.abc import Callable

    from reviewer_app.core.round import RoundId


@dataclass(frozen=True, slots=True)
class RemovedItem:
    """One round that was put away."""

    key: str
    title: str
    line: str


@dataclass(frozen=True, slots=True)
class RemovedView:
    """The whole page."""

    items: tuple[RemovedItem, ...]
    trouble: str
    foot: FootView


class RemovedPresenter:
    """Reads them when the page is opened."""

    def __init__(self, bureau: Bureau) -> None:
        self.bureau = bureau
        self._items: tuple[RemovedItem, ...] = ()
        self._trouble = ""
        self.changed: Act = lambda: None
        self.restored: Callable[[RoundId, tuple[str, ...]], None] = lambda _id, _w: None

    def enter(self) -> None:
        """Read what was put away."""
        self._trouble = ""
        open_bureau = self.bureau.open_bureau
        self.bureau.tasks.run(
            lambda: removed_rounds(open_bureau), done=self._on_read, failed=self._on_failed
        )
        self.changed()

    def restore(self, key: str) -> None:
        """Take a round back and open it."""
        open_bureau, now = self.bureau.open_bureau, self.bureau.now()
        self.bureau.tasks.run(
            lambda: restore_round(open_bureau, key, now),
            done=lambda view: self.restored(view.id, ()),
            failed=self._on_failed,
        )

    def view(self) -> RemovedView:
        """Return the page as it stands."""
        words = _("Taking a round back changes no other")
        left = Message(words, "2", "info")
        return RemovedView(
            self._items, self._trouble, FootView(_("Back to the rounds"), "Esc", left=left)
        )

    def _on_read(self, found: Sequence[RoundView]) -> None:
        self._items = tuple(_item(each) for each in found)
        self.changed()

    def _on_failed(self, error: ReviewerError) -> None:
        self._trouble = str(error)
        self.changed()


def _item(view: RoundView) -> RemovedItem:
    words = _("{date}　{applications} applications, {experts} experts　created {created}")
    line = words.format(
        date=view.plan.date.isoformat(),
        applications=len(view.plan.applications),
        experts=len(view.plan.experts),
        created=f"{view.created.astimezone():%Y-%m-%d %H:%M}",
    )
    return RemovedItem(view.id, view.title, line)
