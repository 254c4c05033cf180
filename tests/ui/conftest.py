"""What tests of windows get: a dressed program, a machine of their own, a real pack."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reviewer_app.core.errors import ReviewerError
from reviewer_app.core.messages import Language
from reviewer_app.services.desk import DESK_FILE, Desk
from reviewer_app.services.desk_opening import open_pack
from tests.ui.making import Machine, make_pack
from ui.app import make_window
from ui.expert.session import Session
from ui.expert.sitting import Sitting
from ui.language import speak
from ui.look import theme
from ui.reading.link import reader_link
from ui.settings import Settings
from ui.window import Window
from ui.work import Report, Running

T = TypeVar("T")


@dataclass(frozen=True)
class Pack:
    """A real pack and what opens it."""

    path: Path
    passcode: str


class AtOnce:
    """Runs tasks on the spot, so that presenters can be tested without a window."""

    def run(
        self,
        work: Callable[[], T],
        *,
        done: Callable[[T], None],
        failed: Callable[[ReviewerError], None],
    ) -> None:
        try:
            result = work()
        except ReviewerError as error:
            failed(error)
        else:
            done(result)

    def run_long(
        self,
        work: Callable[[Report], T],
        *,
        progress: Report,
        done: Callable[[T], None],
        failed: Callable[[ReviewerError], None],
    ) -> Running:
        self.run(lambda: work(progress), done=done, failed=failed)
        return Running()


@pytest.fixture(scope="session", autouse=True)
def _reading_ends() -> Iterator[None]:
    """End the process that reads documents before the program that asked it is gone."""
    yield
    reader_link().stop()


@pytest.fixture(scope="session")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    """Return one pack for all tests: three applications, six indicators, real PDFs."""
    return Pack(*make_pack(tmp_path_factory.mktemp("pack")))


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    """Return a computer with an empty home and a clock that stands still."""
    machine = Machine(tmp_path / "home")
    yield machine
    for file in machine.home.rglob(DESK_FILE):
        machine.close_desk(file)


@pytest.fixture(scope="session")
def opened(pack: Pack, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return a desk just opened, to be copied: stretching a passcode takes its time."""
    machine = Machine(tmp_path_factory.mktemp("opened"))
    now = datetime(2026, 11, 21, 6, 0, tzinfo=UTC)
    return open_pack(machine.home, pack.path, pack.passcode, machine.open_desk, now)


@pytest.fixture
def desk(machine: Machine, opened: Desk) -> Desk:
    """Return the open desk of the pack on this machine."""
    folder = machine.home / "packs" / opened.folder.name
    shutil.copytree(opened.folder, folder)
    return replace(opened, folder=folder, start=machine.open_desk)


@pytest.fixture
def session(machine: Machine, pack: Pack, desk: Desk, app: QApplication) -> Session:
    """Return a sitting expert's session, the pack open."""
    assert app
    return Session(machine, Settings(machine.home), AtOnce(), pack.path, desk)


@pytest.fixture
def sitting(session: Session) -> Sitting:
    """Return the answers of the open desk."""
    result = Sitting(session)
    result.reload()
    return result


@pytest.fixture
def app(qapp: QApplication) -> Iterator[QApplication]:
    """Return the program, light, at 100 %, in English; and leave it so."""
    speak(Language.ENGLISH)
    theme.apply(qapp, theme.Mode.LIGHT, 100)
    yield qapp
    speak(Language.ENGLISH)
    theme.apply(qapp, theme.Mode.LIGHT, 100)


@pytest.fixture
def bot(app: QApplication, qtbot: QtBot) -> QtBot:
    """Return the robot that clicks and types, on the dressed program."""
    assert app
    return qtbot


@pytest.fixture
def window(app: QApplication, machine: Machine, bot: QtBot) -> Iterator[Window]:
    """Return the program's window on this machine, 1366 × 768, the start page open."""
    settings = Settings(machine.home)
    settings.set_language(Language.ENGLISH)
    settings.set_mode(theme.Mode.LIGHT)
    settings.set_text_size("expert", 100)
    made = make_window(app, machine)
    bot.addWidget(made)
    made.resize(1366, 768)
    with bot.waitActive(made):
        made.show()
        made.activateWindow()
    made.begin()
    bot.waitUntil(lambda: not made.tasks.busy, timeout=60_000)
    yield made
    made.close()
