"""The compare page by keys: editing in place both ways round, undo, the next gap."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reviewer_app.core.marks import MISSING, scored
from tests.ui.hands import CONTROL, click, keys, press
from tests.ui.test_compare_finish import fill
from ui.components.rank_list import RankList
from ui.expert.compare_page import ComparePage
from ui.expert.compare_presenter import ComparePresenter
from ui.expert.sitting import Sitting
from ui.expert.wires import wire_compare


@pytest.fixture
def comparing(sitting: Sitting) -> ComparePresenter:
    fill(sitting)
    presenter = ComparePresenter(sitting)
    presenter.begin("01", "6.1")
    return presenter


@pytest.fixture
def page(comparing: ComparePresenter, bot: QtBot) -> Iterator[ComparePage]:
    made = ComparePage()
    bot.addWidget(made)
    wire_compare(made, comparing)
    made.resize(1366, 700)
    with bot.waitActive(made):
        made.show()
        made.activateWindow()
    comparing.changed()
    made.begin()
    yield made
    made.close()


def ranked(page: ComparePage) -> list[str]:
    model = page.findChildren(RankList)[0].model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def test_marks_are_edited_with_indicators_as_rows(page: ComparePage, sitting: Sitting) -> None:
    keys(None, "91")
    press(None, Qt.Key.Key_Return)
    assert sitting.record("01", "6.1").mark == scored(91)
    keys(None, "92")
    press(None, Qt.Key.Key_Return)
    assert sitting.record("01", "6.2").mark == scored(92)
    assert ranked(page)[0] == "1 01 第1中心 83.83"


def test_marks_are_edited_with_applications_as_rows(
    page: ComparePage, sitting: Sitting
) -> None:
    click(page._sides.button("rows"))
    page.begin()
    keys(None, "91")
    press(None, Qt.Key.Key_Return)
    keys(None, "92")
    press(None, Qt.Key.Key_Return)
    assert sitting.record("01", "6.1").mark == scored(91)
    assert sitting.record("02", "6.1").mark == scored(92)
    press(None, Qt.Key.Key_Z, CONTROL)
    assert sitting.record("02", "6.1").mark == scored(81)
    press(None, Qt.Key.Key_Y, CONTROL)
    assert sitting.record("02", "6.1").mark == scored(92)


def test_f8_goes_to_the_next_gap_and_nowhere_without_one(
    page: ComparePage, comparing: ComparePresenter, sitting: Sitting
) -> None:
    gone: list[tuple[str, str]] = []
    comparing.item_wanted = lambda: gone.append(comparing.place())
    comparing.finish_wanted = lambda: gone.append(("finish", ""))
    press(None, Qt.Key.Key_F8)
    assert gone == []
    sitting.put("03", "7.2", MISSING)
    comparing.changed()
    page.begin()
    press(None, Qt.Key.Key_F8)
    assert gone == [("03", "7.2")]
