"""An expert's desk that lies idle: locked by the window, opened again by the passcode alone."""

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWindow
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reviewer_app.core.marks import scored
from reviewer_app.services.desk_lock import IdleWatch, is_locked
from reviewer_app.services.desk_place import declare_free
from tests.ui.conftest import Pack
from tests.ui.hands import CONTROL, NONE, keys, press
from ui.expert.door import ExpertDoor
from ui.expert.entry_views import accept
from ui.idle import IdleGuard
from ui.window import Window


def door_of(window: Window) -> ExpertDoor:
    door = window._door
    assert isinstance(door, ExpertDoor)
    return door


def unlock(door: ExpertDoor, pack: Pack, bot: QtBot) -> None:
    keys(None, pack.passcode)
    press(None, Qt.Key.Key_Return)
    bot.waitUntil(lambda: door.session.opened is not None, timeout=20_000)


def test_locking_drops_the_keys_and_the_passcode_goes_on_at_the_same_mark(
    window: Window, pack: Pack, bot: QtBot
) -> None:
    window.open_pack(pack.path)
    first = door_of(window)
    unlock(first, pack, bot)
    desk = first.session.desk
    declare_free(desk, desk.assigned)
    accept(first.session)
    first._begin_scoring()
    bot.waitUntil(lambda: not window.tasks.busy)
    for score in ("81", "82"):
        press(None, Qt.Key.Key_2)
        keys(None, score)
        press(None, Qt.Key.Key_Return)
    press(None, Qt.Key.Key_2)
    keys(None, "83")
    place = first.scoring.place()
    press(window, Qt.Key.Key_F1)
    press(None, Qt.Key.Key_Escape)
    press(window, "l", CONTROL)
    bot.waitUntil(lambda: is_locked(desk))
    second = door_of(window)
    assert second is not first
    assert second.passcode._locked.isVisible()
    assert second._pages.currentWidget() is second.passcode
    unlock(second, pack, bot)
    bot.waitUntil(lambda: second._pages.currentWidget() is second.score)
    assert second.scoring.place() == place
    assert second.sitting.answers(place[0])[place[1]].mark == scored(83)


def test_nothing_is_locked_before_a_pack_is_open(
    window: Window, pack: Pack, bot: QtBot
) -> None:
    window.open_pack(pack.path)
    door = door_of(window)
    assert not door.lock_button.isVisible()
    press(window, "l", CONTROL)
    bot.waitUntil(lambda: not window.tasks.busy)
    assert door_of(window) is door
    assert not door.passcode._locked.isVisible()


@pytest.mark.parametrize("somebody", ["key", "mouse", "nobody"])
def test_idle_is_when_nobody_was_there_the_whole_time(app: QApplication, somebody: str) -> None:
    assert app
    moment, said = [0.0], []
    guard, window = IdleGuard(IdleWatch(10, lambda: moment[0])), QWindow()
    guard.idle.connect(lambda: said.append(moment[0]))
    guard.begin(window)
    moment[0] = 599
    guard.look()
    if somebody == "key":
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, NONE, "a")
        QApplication.sendEvent(window, event)
    elif somebody == "mouse":
        here, no = QPointF(1, 1), Qt.MouseButton.NoButton
        move = QMouseEvent(QEvent.Type.MouseMove, here, here, no, no, NONE)
        QApplication.sendEvent(window, move)
    moment[0] = 601
    guard.look()
    assert said == ([601.0] if somebody == "nobody" else [])
