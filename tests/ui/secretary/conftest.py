"""What tests of the secretary's door get: real rounds at every stage, a door on them."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from reviewer_app.cli.context import Context
from reviewer_app.core.errors import ReviewerError
from reviewer_app.services.closing import close_round
from tests.services.day import NOON, Day
from ui.secretary.bureau import Bureau
from ui.secretary.door import SecretaryDoor
from ui.secretary.outline import RoundOutline, load_outline
from ui.secretary.page import StepPage
from ui.secretary.pages import Pages
from ui.secretary.prepare_page import PreparePage
from ui.secretary.steps import PREPARE
from ui.secretary.wires_prepare import wire_prepare
from ui.settings import Settings
from ui.tasks import TaskRunner


@dataclass
class Desk:
    """An open door with the ways a test goes about it."""

    door: SecretaryDoor
    tasks: TaskRunner
    bot: QtBot

    def settle(self, timeout: int = 60_000) -> None:
        """Wait until nothing is under way."""
        self.bot.waitUntil(
            lambda: self.door.rounds.loaded and not self.tasks.busy, timeout=timeout
        )
        self.bot.wait(20)
        self.bot.waitUntil(lambda: not self.tasks.busy, timeout=timeout)

    def go(self, step: str) -> StepPage:
        """Click a step and return its page, filled."""
        button = self.door.steps.button(step)
        button.click()
        self.settle()
        return self.door.pages.page(step)

    @property
    def shown(self) -> object:
        """Return the page that is visible."""
        return self.door.stack.currentWidget()


OpenDoor = Callable[[Context], Desk]


@dataclass
class PrepareDesk:
    """The prepare page alone, wired to a real round; a door would build every page."""

    page: PreparePage
    bureau: Bureau
    tasks: TaskRunner
    bot: QtBot

    def settle(self) -> None:
        """Wait until nothing is under way."""
        self.bot.wait(1)
        self.bot.waitUntil(lambda: not self.tasks.busy, timeout=60_000)


OpenPrepare = Callable[[Day], PrepareDesk]


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Day:
    """Return a round in preparation, to be copied."""
    return Day.start(tmp_path_factory.mktemp("prepared"))


@pytest.fixture(scope="session")
def issued(prepared: Day, tmp_path_factory: pytest.TempPathFactory) -> Day:
    """Return an issued round whose experts have signed, to be copied."""
    day = prepared.copy(tmp_path_factory.mktemp("issued"))
    day.issue()
    return day


@pytest.fixture
def day(issued: Day, tmp_path: Path) -> Day:
    """Return an issued round of this test's own."""
    return issued.copy(tmp_path / "day")


@pytest.fixture(scope="session")
def closed_once(issued: Day, tmp_path_factory: pytest.TempPathFactory) -> Day:
    """Return a round whose sheets are all in, closed, to be copied."""
    day = issued.copy(tmp_path_factory.mktemp("closed"))
    points = {
        "01": {1: 90, 2: 71, 3: 60},
        "02": {1: 88, 2: 72, 3: 62},
        "03": {1: 86, 2: 70, 3: 61},
        "04": {1: 87, 2: 74, 3: 20},
        "05": {1: 85, 2: 73, 3: 63},
    }
    day.collect(*day.sign_all(points))
    close_round(day.context.open_bureau, day.round_id, NOON)
    return day


@pytest.fixture
def closed(closed_once: Day, tmp_path: Path) -> Day:
    """Return a closed round of this test's own."""
    return closed_once.copy(tmp_path / "closed")


@pytest.fixture
def open_door(bot: QtBot, tmp_path: Path) -> Iterator[OpenDoor]:
    """Return what opens the door on a machine, 1366 × 768."""
    opened: list[Desk] = []

    def open_it(context: Context) -> Desk:
        tasks = TaskRunner()
        needs = replace(context, clock=lambda: NOON)
        door = SecretaryDoor(needs, Settings(tmp_path / "settings"), tasks)
        bot.addWidget(door)
        door.resize(1366, 768)
        door.show()
        bot.waitExposed(door)
        desk = Desk(door, tasks, bot)
        opened.append(desk)
        door.open("")
        desk.settle()
        return desk

    yield open_it
    for desk in opened:
        desk.door.shut()
        desk.tasks.close()


@pytest.fixture
def open_prepare(bot: QtBot, tmp_path: Path) -> Iterator[OpenPrepare]:
    """Return what opens the prepare page of a round, without the door around it."""
    opened: list[TaskRunner] = []

    def open_it(day: Day) -> PrepareDesk:
        tasks, pages = TaskRunner(), Pages()
        opened.append(tasks)
        needs = replace(day.context, clock=lambda: NOON)
        bureau = Bureau(needs, Settings(tmp_path / "settings"), tasks)
        wire_prepare(pages, bureau)
        page = pages.page(PREPARE)
        assert isinstance(page, PreparePage)
        desk = PrepareDesk(page, bureau, tasks, bot)

        def show(outline: RoundOutline) -> None:
            bureau.outline = outline
            pages.enter(PREPARE, fresh=False)

        def reload() -> None:
            tasks.run(
                lambda: load_outline(bureau.open_bureau, day.round_id), done=show, failed=_fail
            )

        bureau.reload = reload
        bot.addWidget(page)
        page.resize(1150, 660)
        reload()
        desk.settle()
        page.show()
        page.activateWindow()
        bot.waitUntil(page.isActiveWindow)
        return desk

    yield open_it
    for tasks in opened:
        tasks.close()


def _fail(error: ReviewerError) -> None:
    raise AssertionError(str(error))


@pytest.fixture
def fresh(prepared: Day, tmp_path: Path) -> Day:
    """Return a round in preparation of this test's own."""
    folder = tmp_path / "fresh"
    day = prepared.copy(folder)
    shutil.rmtree(folder / "packs", ignore_errors=True)
    return day
