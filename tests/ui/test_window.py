"""The shell by real keys: help over any page, backup, what was used last, damaged files."""

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from reviewer_app.core.messages import Language
from reviewer_app.services import backup
from reviewer_app.services.desk import Desk
from reviewer_app.services.desk_medium import is_stick_place
from reviewer_app.services.key_wrapping import Stretching
from tests.ui.conftest import Pack
from tests.ui.hands import click, focused, keys, press
from tests.ui.making import Machine
from tests.ui.test_expert_day import at_scoring
from ui.app import make_window
from ui.backup_page import BackupPage
from ui.components.segments import Segments
from ui.expert.door import ExpertDoor
from ui.help_page import HelpPage
from ui.look.theme import Mode, look
from ui.secretary.door import SecretaryDoor
from ui.start_presenter import RecentView, StartView
from ui.views import state
from ui.window import Window


def test_f1_shows_the_keys_and_gives_everything_back(window: Window) -> None:
    window._start._manage.setFocus()
    press(window, Qt.Key.Key_F1)
    page = window._stack.currentWidget()
    assert isinstance(page, HelpPage)
    words = {each.text() for each in page.findChildren(QLabel)}
    assert {"Ctrl O", "Open review pack", "F1"} <= words
    press(None, Qt.Key.Key_Escape)
    assert window._stack.currentWidget() is window._start
    assert focused() is window._start._manage
    press(window, Qt.Key.Key_F1)
    press(window, Qt.Key.Key_F1)
    assert window._stack.currentWidget() is window._start


def test_help_lies_over_a_page_in_work_and_loses_nothing(window: Window, pack: Pack) -> None:
    window.open_pack(pack.path)
    door = window._door
    assert isinstance(door, ExpertDoor)
    keys(None, pack.passcode[:7])
    typed, held = door.passcode.boxes.text(), focused()
    press(window, Qt.Key.Key_F1)
    assert isinstance(window._stack.currentWidget(), HelpPage)
    press(None, Qt.Key.Key_Return)
    assert window._stack.currentWidget() is door
    assert door.passcode.boxes.text() == typed
    assert focused() is held


def test_arrows_go_through_what_was_used_last_and_enter_opens_it(window: Window) -> None:
    opened: list[str] = []
    ready = state("done", "Archived")
    lines = tuple(
        RecentView(f"round:{each}", "inbox", f"round {each}", "", ready) for each in "abc"
    )
    window._start.recent_requested.disconnect()
    window._start.recent_requested.connect(opened.append)
    window._start.show_start(StartView(lines, "", working=False))
    rows = window._start._recent.rows()
    rows[0].setFocus()
    press(None, Qt.Key.Key_Up)
    assert focused() is rows[0]
    press(None, Qt.Key.Key_Down)
    press(None, Qt.Key.Key_Down)
    press(None, Qt.Key.Key_Down)
    assert focused() is rows[2]
    press(None, Qt.Key.Key_Return)
    assert opened == ["round:c"]


def test_a_damaged_pack_is_answered_above_the_doors(
    window: Window, bot: QtBot, tmp_path: Path
) -> None:
    damaged = tmp_path / "专家06.reviewpack"
    damaged.write_bytes(b"PK\3\4 cut off")
    window.open_pack(damaged)
    bot.waitUntil(window._start._banner.isVisible)
    said = window._start._banner.accessibleName()
    assert "专家06.reviewpack" in said
    assert "Nothing of yours was changed" in said
    assert said.count("专家06.reviewpack") == 1
    assert not window._start._open.property("kind")
    press(None, Qt.Key.Key_Tab)
    window._start.hide_trouble()
    assert window._start._open.property("kind") == "primary"


def test_the_window_comes_back_where_it_was(
    window: Window, app: QApplication, machine: Machine, bot: QtBot
) -> None:
    window.resize(1040, 699)
    window.close()
    again = make_window(app, machine)
    bot.addWidget(again)
    assert (again.width(), again.height()) == (1040, 699)


def test_rounds_are_backed_up_and_brought_back_by_hand(
    window: Window,
    machine: Machine,
    bot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setattr(backup, "new_stretching", lambda: Stretching("00" * 16, 64, 1, 4))
    with machine.open_bureau() as unit:
        unit.set_setting("bureau-key", b"a key")
        unit.commit()
    file = tmp_path / "备份.reviewbackup"
    for ask in ("getSaveFileName", "getOpenFileName"):
        monkeypatch.setattr(QFileDialog, ask, lambda *_a: (str(file), ""))
    monkeypatch.setattr(backup, "rounds_here", lambda _needs: 1)
    monkeypatch.setattr("ui.backup_presenter.rounds_here", lambda _needs: 1)
    window.show_backup()
    bot.waitUntil(lambda: not window.tasks.busy)
    page = window._stack.currentWidget()
    assert isinstance(page, BackupPage)
    click(page.write)
    bot.waitUntil(lambda: not window.tasks.busy)
    code = page._code.text()
    assert file.exists()
    assert len(code) == 23
    click(page.choose)
    for box, group in zip(page.boxes.boxes(), code.split("-"), strict=True):
        keys(box, group)
    assert page.foot.primary.text() == "Back to the start"
    click(page._aside)
    assert page.foot.primary.text() == "Bring the rounds back"
    click(page.foot.primary)
    bot.waitUntil(lambda: not window.tasks.busy)
    assert "kept in" in page._restored.text()
    assert list(machine.home.glob("bureau.before-restore-*.db"))
    press(page, Qt.Key.Key_Escape)
    assert window._stack.currentWidget() is window._start


def test_sticks_are_told_from_other_mounts() -> None:
    assert is_stick_place(Path("/media/anna/STICK"))
    assert is_stick_place(Path("/run/media/anna/STICK"))
    assert is_stick_place(Path("/mnt/usb"))
    assert not is_stick_place(Path("/mnt/machine/model/env"))
    assert not is_stick_place(Path("/media"))
    assert not is_stick_place(Path("/srv/anna/STICK"))


def test_help_speaks_the_language_just_chosen(window: Window) -> None:
    window._choose_language(Language.CHINESE)
    press(window, Qt.Key.Key_F1)
    page = window._stack.currentWidget()
    assert isinstance(page, HelpPage)
    assert "打开评审包" in {each.text() for each in page.findChildren(QLabel)}


def test_what_databases_and_keys_need_is_loaded_after_the_window_is_there() -> None:
    program = (
        "import sys; from reviewer_app import bootstrap; import ui.app;"
        "heavy = ('sqlalchemy', 'sqlcipher3', 'cryptography', 'keyring', 'babel', 'reportlab');"
        "print(*[each for each in heavy if each in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "", done.stderr
    assert done.returncode == 0, done.stderr


def test_rounds_that_another_window_has_are_not_opened_here(window: Window, bot: QtBot) -> None:
    """The start page says so, and a pack can still be opened."""
    home = window.needs.home
    holder = (
        "import sys, time, pathlib; from reviewer_app.services.desk_hold import hold_bureau; "
        "hold = hold_bureau(pathlib.Path(sys.argv[1])); "
        "print('held'); sys.stdout.flush(); time.sleep(9)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", holder, str(home)], stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        window.open_secretary()
        other.kill()
    shown = [each.text() for each in window.findChildren(QLabel) if each.isVisible()]
    assert any("open in another window" in text or "另一个窗口" in text for text in shown)
    window.open_secretary()
    bot.waitUntil(lambda: isinstance(window._stack.currentWidget(), SecretaryDoor))


def test_language_and_colours_are_offered_beside_the_text_size_and_keep_the_pack_open(
    window: Window, pack: Pack, desk: Desk, bot: QtBot
) -> None:
    door = at_scoring(window, pack, desk, bot)
    door._on_opened()
    english = door.identity.foot.primary.text()
    choices = {each.accessibleName(): each for each in door.identity.findChildren(Segments)}
    click(choices["Colours"].button(Mode.DARK))
    assert look().dark
    click(choices["Language"].button(Language.CHINESE))
    bot.waitUntil(lambda: window._door is not door)
    chinese = window._door
    assert isinstance(chinese, ExpertDoor)
    assert chinese.session.opened is desk
    assert chinese._pages.currentWidget() is chinese.identity
    assert chinese.identity.foot.primary.text() != english
    click(chinese.identity.foot.primary)
    assert chinese._pages.currentWidget() in {chinese.pledge, chinese.conflicts, chinese.score}
