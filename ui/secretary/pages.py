"""Every page of the secretary's door by its step, and what fills it when it is opened."""

from collections.abc import Callable, Iterable

from PySide6.QtWidgets import QWidget

from reviewer_app.core.round import RoundId
from ui.secretary.page import StepPage


class Pages:
    """Every page by its step, and what happens when it is opened."""

    def __init__(self) -> None:
        self._pages: dict[str, StepPage] = {}
        self._enter: dict[str, Callable[[], None]] = {}
        self._leave: dict[str, Callable[[], None]] = {}
        self._shut: list[Callable[[], None]] = []
        self._open = ""
        self.room_changed: Callable[[], None] = lambda: None
        self.open_made: Callable[[RoundId, tuple[str, ...]], None] = lambda _id, _w: None

    def add(
        self,
        key: str,
        page: StepPage,
        enter: Callable[[], None],
        *,
        leave: Callable[[], None] | None = None,
        shut: Callable[[], None] | None = None,
    ) -> None:
        """Keep a page, what fills it, what it does when it is left, and at the very end."""
        self._pages[key], self._enter[key] = page, enter
        if leave:
            self._leave[key] = leave
        if shut:
            self._shut.append(shut)

    def all(self) -> Iterable[QWidget]:
        """Return every page."""
        return self._pages.values()

    def page(self, key: str) -> StepPage:
        """Return the page of a step."""
        return self._pages[key]

    def enter(self, key: str, *, fresh: bool) -> None:
        """Fill a page, leaving the one before; a newly opened one gets the keyboard."""
        before, self._open = self._open, key
        if before != key and before in self._leave:
            self._leave[before]()
        self._enter[key]()
        if fresh:
            self._pages[key].begin()

    def show_made(self, round_id: RoundId, warnings: tuple[str, ...]) -> None:
        """Let the door open a round that was just made."""
        self.open_made(round_id, warnings)

    def make_room(self) -> None:
        """Let the door look again whether the open page wants the rail's room."""
        self.room_changed()

    def shut(self) -> None:
        """Keep what is being typed."""
        for act in (*self._leave.values(), *self._shut):
            act()
