"""The laptop that dies, in the window: drafts to the stick, going on elsewhere, one window."""

import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from reviewer_app.core.errors import StorageError
from reviewer_app.core.marks import scored
from reviewer_app.core.messages import Language
from reviewer_app.services.desk import Desk
from reviewer_app.services.desk_draft import Standing, look_at, write_draft
from reviewer_app.services.desk_medium import medium_of, require_medium
from reviewer_app.services.desk_opening import accept_pledge
from reviewer_app.services.desk_place import declare_free
from reviewer_app.services.desk_scoring import put_mark
from tests.services.test_desk_hold import another_program
from tests.sheets.making import app as number
from tests.ui.conftest import Pack
from tests.ui.hands import ALT, click, keys, press
from tests.ui.making import CODES, Machine
from tests.ui.test_expert_day import at_scoring, door_of, unlock
from ui.app import make_window
from ui.components.button import Button
from ui.expert.door import ExpertDoor
from ui.look.theme import Mode
from ui.settings import Settings
from ui.tasks import TaskRunner
from ui.window import Window

NOW = datetime(2026, 11, 21, 6, 0, tzinfo=UTC)
OTHER_DISK = Path("/dev", "shm")


@pytest.fixture
def window(app: QApplication, machine: Machine, bot: QtBot) -> Iterator[Window]:
    settings = Settings(machine.home)
    settings.set_language(Language.ENGLISH)
    settings.set_mode(Mode.LIGHT)
    settings.set_text_size("expert", 100)
    made = make_window(app, machine)
    bot.addWidget(made)
    made.resize(1366, 768)
    with bot.waitActive(made):
        made.show()
        made.activateWindow()
    made.begin()
    bot.waitUntil(lambda: not made.tasks.busy)
    yield made
    made.close()


@pytest.fixture
def stick(tmp_path: Path, pack: Pack) -> Path:
    """Return a stick with the pack on it."""
    folder = tmp_path / "stick"
    folder.mkdir()
    shutil.copy(pack.path, folder)
    return folder


@pytest.fixture
def scoring(window: Window, pack: Pack, desk: Desk, bot: QtBot) -> ExpertDoor:
    return at_scoring(window, pack, desk, bot)


@pytest.fixture
def dying(opened: Desk, tmp_path: Path) -> Desk:
    """Return the desk on another laptop: one application scored, one begun."""
    folder = tmp_path / "laptop-a"
    shutil.copytree(opened.folder, folder)
    desk = Desk(opened.pack, folder, opened.key, opened.start)
    accept_pledge(desk, NOW)
    declare_free(desk, desk.assigned)
    for code in CODES:
        put_mark(desk, number(1), code, scored(80), NOW)
    put_mark(desk, number(2), "6.1", scored(77), NOW)
    return desk


def button(widget: QWidget, words: str) -> Button:
    found = widget.findChildren(Button)
    return next(each for each in found if each.text() == words and each.isVisible())


def test_after_the_first_application_a_draft_is_offered_and_then_goes_by_itself(
    window: Window,
    bot: QtBot,
    scoring: ExpertDoor,
    stick: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    door, desk = scoring, scoring.session.desk
    assert not door.drafts.isVisible()
    for _leaf in CODES:
        press(None, Qt.Key.Key_2)
        keys(None, "80")
        press(None, Qt.Key.Key_Return)
    assert door.scoring.place()[0] == "02"
    assert door.drafts.isVisible()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_a: str(stick))
    click(button(door.drafts, "Another place"))
    bot.waitUntil(lambda: not window.tasks.busy)
    file = next(stick.glob("*.reviewdraft"))
    assert not door.drafts.isVisible()
    assert door.drafts.button.text() == f"Draft {door.session.local_time()[:5]}"
    assert str(file) in door.drafts.button.toolTip()
    before = file.read_bytes()
    press(None, Qt.Key.Key_1)
    keys(None, "95")
    press(None, Qt.Key.Key_Down, ALT)
    bot.waitUntil(lambda: not window.tasks.busy)
    assert file.read_bytes() != before
    assert look_at(desk, file).standing is Standing.SAME
    shutil.rmtree(stick)
    press(None, Qt.Key.Key_Up, ALT)
    bot.waitUntil(door.drafts.isVisible)
    assert door.drafts.button.text() == "No draft"
    click(button(door.drafts, "Not now"))
    assert not door.drafts.isVisible()


def test_another_laptop_goes_on_where_the_draft_stopped(
    window: Window, pack: Pack, dying: Desk, stick: Path, bot: QtBot
) -> None:
    write_draft(dying, stick, NOW)
    window.open_pack(stick / pack.path.name)
    door = unlock(window, pack, bot)
    assert door.identity.foot.primary.text() == "That is me, go on from the draft"
    assert "1 of 3 applications complete" in door.identity._draft.accessibleName()
    press(None, Qt.Key.Key_Return)
    bot.waitUntil(lambda: door._pages.currentWidget() is door.score)
    assert door.sitting.record("02", "6.1").mark == scored(77)
    assert door.sitting.status("01").complete
    assert "Going on from the draft" in door.drafts._box.accessibleName()
    desk = door.session.desk
    with desk.unit() as mine, dying.unit() as theirs:
        assert desk.signing_key(mine).to_bytes() == dying.signing_key(theirs).to_bytes()


def test_a_found_draft_can_be_left_alone_and_a_damaged_one_is_said(
    window: Window, pack: Pack, dying: Desk, stick: Path, bot: QtBot
) -> None:
    file = write_draft(dying, stick, NOW).file
    window.open_pack(stick / pack.path.name)
    door = unlock(window, pack, bot)
    click(button(door.identity, "Start without it"))
    assert door.identity.foot.primary.text() == "That is me, show the pledge"
    assert not door.identity._draft.isVisible()
    file.write_bytes(file.read_bytes()[:-1])
    door.drafting.offers.look_at(file)
    door.drafting.changed()
    assert "it is damaged" in door.identity._draft.accessibleName()
    assert not door.sitting.has_answers()


def test_a_pack_open_in_another_program_is_refused_above_the_doors(
    window: Window, pack: Pack, desk: Desk, bot: QtBot
) -> None:
    with another_program(desk.folder):
        window.open_pack(pack.path)
        bot.waitUntil(window._start._banner.isVisible)
        assert "open in another window" in window._start._banner.accessibleName()
        assert window._door is None
    window.open_pack(pack.path)
    assert door_of(window)._pages.currentWidget() is door_of(window).passcode


def test_leaving_the_pack_lets_another_program_have_it(
    window: Window, pack: Pack, bot: QtBot
) -> None:
    window.open_pack(pack.path)
    door = unlock(window, pack, bot)
    folder = door.session.desk.folder
    with pytest.raises(AssertionError), another_program(folder):
        pass
    window.show_start()
    with another_program(folder):
        assert window._door is None


def test_a_stick_that_is_gone_is_never_made_up_on_this_computer(
    scoring: ExpertDoor, stick: Path, bot: QtBot
) -> None:
    """Its folder is not made anew, and what it left behind is not taken for it."""
    door, tasks = scoring, window_tasks(scoring)
    door.drafting.choose(stick)
    bot.waitUntil(lambda: not tasks.busy)
    assert list(stick.glob("*.reviewdraft"))
    shutil.rmtree(stick)
    door.drafting.write()
    bot.waitUntil(lambda: not tasks.busy)
    assert not stick.exists()
    assert door.drafts.button.text() == "No draft"
    assert "check the name and whether the medium is in" in door.drafts._box.accessibleName()
    stick.mkdir()
    door.drafting.write()
    bot.waitUntil(lambda: not tasks.busy)
    assert door.drafts.button.text().startswith("Draft ")


@pytest.mark.skipif(not OTHER_DISK.is_dir(), reason="needs a second disk")
def test_what_a_pulled_stick_leaves_behind_is_no_stick(desk: Desk, tmp_path: Path) -> None:
    with tempfile.TemporaryDirectory(dir=OTHER_DISK) as outside:
        place = tmp_path / "STICK"
        place.symlink_to(outside)
        medium = medium_of(desk, place)
        require_medium(desk, medium)
        place.unlink()
        place.mkdir()
        with pytest.raises(StorageError, match="whether the medium is in"):
            require_medium(desk, medium)


def window_tasks(door: ExpertDoor) -> TaskRunner:
    tasks = door.session.tasks
    assert isinstance(tasks, TaskRunner)
    return tasks
