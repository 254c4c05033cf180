"""An expert's day in the real window, by clicks and keys alone."""

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from reviewer_app.core.marks import MISSING, scored
from reviewer_app.core.messages import Language
from reviewer_app.services.desk import Desk
from reviewer_app.services.desk_place import declare_free
from reviewer_app.sheets.score_sheet import verify_sheet
from tests.ui.conftest import Pack
from tests.ui.hands import ALT, CONTROL, click, focused, keys, press
from tests.ui.making import Machine
from ui.app import make_window
from ui.components.button import Button
from ui.expert.door import ExpertDoor
from ui.look.theme import Mode, look
from ui.settings import Settings
from ui.window import Window


def door_of(window: Window) -> ExpertDoor:
    door = window._door
    assert isinstance(door, ExpertDoor)
    return door


def unlock(window: Window, pack: Pack, bot: QtBot) -> ExpertDoor:
    door = door_of(window)
    for character in pack.passcode:
        press(None, character)
    press(None, Qt.Key.Key_Return)
    bot.waitUntil(lambda: door.session.opened is not None, timeout=20_000)
    bot.waitUntil(lambda: door._pages.currentWidget() is door.identity)
    return door


def come_to_scoring(window: Window, pack: Pack, bot: QtBot) -> ExpertDoor:
    window.open_pack(pack.path)
    door = unlock(window, pack, bot)
    press(None, Qt.Key.Key_Return)
    press(None, Qt.Key.Key_Space)
    press(None, Qt.Key.Key_Return)
    press(None, Qt.Key.Key_Return)
    press(None, Qt.Key.Key_Return)
    press(None, Qt.Key.Key_Return)
    press(door.conflicts, Qt.Key.Key_Return)
    bot.waitUntil(lambda: door._pages.currentWidget() is door.score)
    bot.waitUntil(lambda: not window.tasks.busy)
    return door


def at_scoring(window: Window, pack: Pack, desk: Desk, bot: QtBot) -> ExpertDoor:
    """Come to the scoring page without the way there: other tests walk it."""
    declare_free(desk, desk.assigned)
    window.open_pack(pack.path)
    door = door_of(window)
    door.session.opened = desk
    door._on_opened()
    door._begin_scoring()
    bot.waitUntil(lambda: not window.tasks.busy)
    return door


def test_the_whole_day_with_number_keys_and_enter(
    window: Window, pack: Pack, bot: QtBot, tmp_path: Path
) -> None:
    door = come_to_scoring(window, pack, bot)
    for place in range(18):
        press(None, Qt.Key.Key_2)
        keys(None, str(76 + place % 10))
        press(None, Qt.Key.Key_Return)
    assert door.sitting.is_complete()
    assert door._pages.currentWidget() is door.compare
    press(None, Qt.Key.Key_Return)
    press(door.compare, Qt.Key.Key_Return, CONTROL)
    assert door._pages.currentWidget() is door.finish
    stick = tmp_path / "stick"
    stick.mkdir()
    door.finishing.add_place(stick)
    press(None, Qt.Key.Key_Space)
    press(None, Qt.Key.Key_Return, CONTROL)
    bot.waitUntil(lambda: door.sitting.locked, timeout=10_000)
    bot.waitUntil(lambda: not window.tasks.busy)
    file = stick / "02-r1.scoresheet"
    desk = door.session.desk
    sheet = verify_sheet(file.read_bytes(), desk.pack.round, desk.pack.assignment)
    assert door.finish.target.receipt.text() == sheet.receipt
    assert sheet.content.marks["01"]["6.1"] == scored(76)  # type: ignore[index]
    click(door.finish._leave)
    assert window._stack.currentWidget() is window._start
    assert window._start._recent.rows()[0].accessibleName().endswith("Signed")


def test_a_score_typed_on_the_levels_lands_in_its_field(
    window: Window, pack: Pack, bot: QtBot
) -> None:
    door = come_to_scoring(window, pack, bot)
    place = door.scoring.place()
    assert door.score.form.levels.has_focus()
    keys(None, "85")
    assert door.score.form.field.text() == "85"
    press(None, Qt.Key.Key_Return)
    assert door.sitting.record(*place).mark == scored(85)
    assert door.scoring.place() != place


def test_a_window_closed_at_any_keystroke_comes_back_to_it(
    window: Window, pack: Pack, bot: QtBot, machine: Machine, app: QApplication
) -> None:
    door = come_to_scoring(window, pack, bot)
    press(None, Qt.Key.Key_2)
    keys(None, "84")
    press(None, Qt.Key.Key_Return)
    press(None, Qt.Key.Key_3)
    machine.now += timedelta(seconds=1)
    keys(None, "6")
    place = door.scoring.place()
    window.close()
    machine.now += timedelta(hours=1)
    again = make_window(app, machine)
    bot.addWidget(again)
    with bot.waitActive(again):
        again.show()
        again.activateWindow()
    again.begin()
    bot.waitUntil(lambda: not again.tasks.busy)
    press(None, Qt.Key.Key_Return)
    later = unlock(again, pack, bot)
    press(None, Qt.Key.Key_Return)
    bot.waitUntil(lambda: later._pages.currentWidget() is later.score)
    assert later.scoring.place() == place == ("01", "6.2")
    assert later.sitting.record("01", "6.1").mark == scored(84)
    assert later.sitting.record("01", "6.2").mark == scored(6)
    again.close()


def test_a_low_mark_takes_tab_to_its_reason(
    window: Window, pack: Pack, desk: Desk, bot: QtBot
) -> None:
    door = at_scoring(window, pack, desk, bot)
    press(None, Qt.Key.Key_4)
    keys(None, "52")
    press(None, Qt.Key.Key_Tab)
    assert focused() is door.score.form.reason
    assert door.score.foot.primary.text() == "Write the reason first"
    keys(None, "none")
    press(None, Qt.Key.Key_Return, CONTROL)
    assert door.scoring.place() == ("01", "6.2")
    assert door.sitting.record("01", "6.1").reason == "none"


def test_out_of_range_is_corrected_in_place(
    window: Window, pack: Pack, desk: Desk, bot: QtBot
) -> None:
    door = at_scoring(window, pack, desk, bot)
    press(None, Qt.Key.Key_2)
    keys(None, "104")
    press(None, Qt.Key.Key_Return)
    assert door.scoring.place() == ("01", "6.1")
    assert door.score.form.field.property("state") == "error"
    assert focused() is door.score.form.field
    keys(None, "84")
    press(None, Qt.Key.Key_Return)
    assert door.sitting.record("01", "6.1").mark == scored(84)
    assert door.scoring.place() == ("01", "6.2")


def test_keys_go_about_and_undo(window: Window, pack: Pack, desk: Desk, bot: QtBot) -> None:
    door = at_scoring(window, pack, desk, bot)
    press(None, Qt.Key.Key_2)
    keys(None, "84")
    press(None, Qt.Key.Key_Down, CONTROL)
    assert door.scoring.place() == ("01", "6.2")
    assert door.sitting.record("01", "6.1").mark == scored(84)
    press(None, Qt.Key.Key_Down, ALT)
    assert door.scoring.place()[0] == "02"
    press(None, Qt.Key.Key_Z, CONTROL)
    assert door.scoring.place() == ("01", "6.1")
    assert door.sitting.record("01", "6.1").mark == MISSING
    press(None, Qt.Key.Key_F3)
    assert door._pages.currentWidget() is door.compare
    press(None, Qt.Key.Key_F3)
    assert door._pages.currentWidget() is door.score


def test_notes_are_one_key_away_and_kept(
    window: Window, pack: Pack, desk: Desk, bot: QtBot
) -> None:
    door = at_scoring(window, pack, desk, bot)
    press(None, Qt.Key.Key_F4)
    keys(None, "ask")
    door.scoring.open_application("02")
    assert door.sitting.note("01") == "ask"
    assert door.score.below.field.toPlainText() == ""


@pytest.mark.parametrize(
    ("width", "size", "pane"),
    [(1920, 100, "roomy"), (1366, 100, "usual"), (1100, 100, "rings"), (1366, 175, "tight")],
)
def test_the_page_breaks_by_logical_width(  # noqa: PLR0913, PLR0917 - three columns of a table
    window: Window, pack: Pack, desk: Desk, bot: QtBot, width: int, size: int, pane: str
) -> None:
    door = at_scoring(window, pack, desk, bot)
    window.resize(width, 768)
    window.dressing.set_text_size(size)
    bot.waitUntil(lambda: door.score._width == pane)
    assert look().text_size == size
    assert window.width() == width
    if pane == "tight":
        press(None, Qt.Key.Key_F9)
        assert not door.score._form_column.isVisible()
        assert door.score._centre.isVisible()


def test_every_control_is_named_and_nothing_opens_a_window_of_its_own(
    window: Window, pack: Pack, desk: Desk, bot: QtBot, app: QApplication
) -> None:
    stray: list[QWidget] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if (
                event.type() == QEvent.Type.Show
                and isinstance(watched, QWidget)
                and watched.isWindow()
                and watched is not window
            ):
                stray.append(watched)
            return False

    watch = Watch()
    app.installEventFilter(watch)
    door = at_scoring(window, pack, desk, bot)
    unnamed: list[Button] = []
    for show in (door._show_score, door._show_compare, door._show_finish):
        show()
        unnamed += [
            button
            for button in window.findChildren(Button)
            if button.isVisible() and not (button.accessibleName() or button.text())
        ]
    app.removeEventFilter(watch)
    assert stray == []
    assert unnamed == []


def test_a_damaged_file_answers_above_the_doors(
    window: Window, bot: QtBot, tmp_path: Path, pack: Pack
) -> None:
    broken = tmp_path / "broken.reviewpack"
    broken.write_bytes(pack.path.read_bytes()[:3000])
    window.open_pack(broken)
    bot.waitUntil(window._start._banner.isVisible)
    assert "broken.reviewpack" in window._start._banner.accessibleName()
    assert window._door is None
    filled = [
        button
        for button in window._start.findChildren(Button)
        if button.property("kind") == "primary" and button.isVisible()
    ]
    assert len(filled) == 1
    broken.write_bytes(pack.path.read_bytes())
    click(filled[0])
    assert door_of(window)._pages.currentWidget() is door_of(window).passcode


def test_language_and_colours_change_without_a_restart(
    window: Window, bot: QtBot, machine: Machine
) -> None:
    assert bot
    assert window._start._open.text() == "Open review pack"
    window._choose_language(Language.CHINESE)
    assert window._start._open.text() == "打开评审包"
    window.dressing.choose_mode(Mode.DARK)
    assert look().dark
    assert Settings(machine.home).mode() is Mode.DARK
    window._choose_language(Language.ENGLISH)


def test_the_expert_starts_at_125_percent(
    app: QApplication, machine: Machine, pack: Pack, bot: QtBot
) -> None:
    Settings(machine.home).set_language(Language.ENGLISH)
    window = make_window(app, machine)
    bot.addWidget(window)
    with bot.waitActive(window):
        window.show()
        window.activateWindow()
    window.open_pack(pack.path)
    assert look().text_size == 125
    press(None, Qt.Key.Key_0, CONTROL)
    press(None, Qt.Key.Key_Minus, CONTROL)
    assert look().text_size == 100
    window.close()
