"""The secretary's pages by their steps: built when first wanted, filled when opened."""

from collections.abc import Callable

from reviewer_app.core.round import RoundId
from ui.secretary.page import StepPage


class Pages:
    """Every page by its step, and what happens when it is opened.

    A page costs up to half a second to build, so none is before somebody goes there.
    """

    def __init__(self) -> None:
        self._makers: dict[str, Callable[[], None]] = {}
        self._pages: dict[str, StepPage] = {}
        self._enter: dict[str, Callable[[], None]] = {}
        self._leave: dict[str, Callable[[], None]] = {}
        self._shut: list[Callable[[], None]] = []
        self._open = ""
        self.made: Callable[[StepPage], None] = lambda _page: None
        self.room_changed: Callable[[], None] = lambda: None
        self.open_made: Callable[[RoundId, tuple[str, ...]], None] = lambda _id, _w: None

    def promise(self, key: str, make: Callable[[], None]) -> None:
        """Keep what builds and adds a page, for when it is first wanted."""
        self._makers[key] = make

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

    def page(self, key: str) -> StepPage:
        """Return the page of a step, built now if nobody has been there yet."""
        if key not in self._pages:
            self._makers.pop(key)()
            self.made(self._pages[key])
        return self._pages[key]

    def enter(self, key: str, *, fresh: bool) -> None:
        """Fill a page, leaving the one before; a newly opened one gets the keyboard."""
        page = self.page(key)
        before, self._open = self._open, key
        if before != key and before in self._leave:
            self._leave[before]()
        self._enter[key]()
        if fresh:
            page.begin()

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
