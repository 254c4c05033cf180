"""Every page of the secretary's door by its step, and what fills it when it is opened."""

from collections.abc import Callable, Iterable

from PySide6.QtWidgets import QWidget

from ui.secretary.page import StepPage


class Pages:
    """Every page by its step, and what happens when it is opened."""

    def __init__(self) -> None:
        self._pages: dict[str, StepPage] = {}
        self._enter: dict[str, Callable[[], None]] = {}
        self._leave: list[Callable[[], None]] = []
        self._extras: set[str] = set()
        self.room_changed: Callable[[], None] = lambda: None

    def add(
        self,
        key: str,
        page: StepPage,
        enter: Callable[[], None],
        *,
        leave: Callable[[], None] | None = None,
        extra: bool = False,
    ) -> None:
        """Keep a page, what fills it, and what keeps its words when it is left."""
        self._pages[key], self._enter[key] = page, enter
        if leave:
            self._leave.append(leave)
        if extra:
            self._extras.add(key)

    def all(self) -> Iterable[QWidget]:
        """Return every page."""
        return self._pages.values()

    def page(self, key: str) -> StepPage:
        """Return the page of a step."""
        return self._pages[key]

    def extras(self) -> list[QWidget]:
        """Return the pages that belong to no step."""
        return [self._pages[key] for key in self._extras]

    def enter(self, key: str, *, fresh: bool) -> None:
        """Fill a page; one that is newly opened gets the keyboard."""
        self._enter[key]()
        if fresh:
            self._pages[key].begin()

    def make_room(self) -> None:
        """Let the door look again whether the open page wants the rail's room."""
        self.room_changed()

    def shut(self) -> None:
        """Keep what is being typed."""
        for leave in self._leave:
            leave()
