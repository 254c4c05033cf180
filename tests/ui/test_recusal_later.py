"""Stepping back in the middle of the scoring, by clicks, in the real window."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reviewer_app.core.marks import scored
from reviewer_app.services.desk import Desk
from tests.sheets.making import app as number
from tests.ui.conftest import Pack
from tests.ui.hands import CONTROL, click, keys, press
from tests.ui.test_drafts import window
from tests.ui.test_expert_day import at_scoring
from ui.window import Window

__all__ = ["window"]


def test_its_effect_is_told_and_then_nothing_of_it_is_left(
    window: Window, pack: Pack, desk: Desk, bot: QtBot
) -> None:
    door = at_scoring(window, pack, desk, bot)
    press(None, Qt.Key.Key_2)
    keys(None, "80")
    press(None, Qt.Key.Key_Return)
    door.sitting.put("02", "6.2", scored(70))
    door.sitting.put_note("01", "ask")
    click(door.top.tabs.tab("conflicts"))
    assert door._pages.currentWidget() is door.conflicts
    door.conflicts.opened.emit("01")
    box = next(iter(door.conflicts._boxes.values()))
    click(box)
    said = door.conflicts._warning.accessibleName()
    assert "1 scores, 0 comments and your note are deleted with it, for good." in said
    press(door.conflicts, Qt.Key.Key_Return)
    assert "01" not in door.sitting.numbers()
    assert not door.conflicts._take_back.isVisible()
    assert door.score.materials._tabs == ()
    click(door.top.tabs.tab("score"))
    assert door._pages.currentWidget() is door.score
    assert door.scoring.place()[0] == "02"
    press(None, Qt.Key.Key_Z, CONTROL)
    assert "01" not in door.sitting.numbers()
    press(None, Qt.Key.Key_2)
    keys(None, "77")
    press(None, Qt.Key.Key_Return)
    assert door.sitting.record("02", "6.1").mark == scored(77)
    with desk.unit() as unit:
        assert {record.application for record in unit.marks()} == {"02"}
        assert unit.note(number(1)) == ""
