"""A digit pressed on the levels: a level's key, or the first digit of a score."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reviewer_app.core.marks import MISSING, scored
from tests.ui.hands import CONTROL, keys, press
from tests.ui.making import Machine
from tests.ui.test_undo import reread
from ui.expert.score_page import ScorePage
from ui.expert.score_presenter import ScorePresenter
from ui.expert.sitting import Sitting
from ui.expert.wires import wire_score
from ui.settings import Settings


@pytest.fixture
def scoring(sitting: Sitting) -> ScorePresenter:
    presenter = ScorePresenter(sitting)
    presenter.begin()
    return presenter


@pytest.fixture
def page(scoring: ScorePresenter, bot: QtBot, tmp_path: Path) -> Iterator[ScorePage]:
    made = ScorePage(lambda _entry, _done, _failed: None, Settings(tmp_path))
    bot.addWidget(made)
    wire_score(made, scoring)
    made.resize(1366, 700)
    with bot.waitActive(made):
        made.show()
        made.activateWindow()
    scoring.changed()
    made.focus_levels()
    yield made
    made.close()


@pytest.mark.parametrize(
    ("typed", "score", "level"),
    [
        ("85", 85, 1),
        ("100", 100, 0),
        ("45", 45, 3),
        ("10", 10, 3),
        ("284", 84, 1),
        ("195", 95, 0),
        ("370", 70, 2),
        ("452", 52, 3),
        ("4100", 100, 0),
    ],
)
def test_a_score_typed_at_once_is_that_score_and_a_level_before_it_is_a_level(
    page: ScorePage,
    scoring: ScorePresenter,
    sitting: Sitting,
    typed: str,
    score: int,
    level: int,
) -> None:
    keys(None, typed)
    press(None, Qt.Key.Key_Return)
    assert reread(sitting).record("01", "6.1").mark == scored(score)
    assert scoring.place() == ("01", "6.1" if score < 60 else "6.2")
    scoring.open_indicator("6.1")
    assert (scoring.view().form.chosen, page.form.field.text()) == (level, str(score))


def test_after_a_pause_the_digit_was_the_level(
    page: ScorePage, scoring: ScorePresenter, sitting: Sitting, machine: Machine
) -> None:
    keys(None, "4")
    machine.now += timedelta(milliseconds=700)
    keys(None, "5")
    page.settle()
    assert reread(sitting).record("01", "6.1").mark == scored(5)
    assert scoring.view().form.message.tone != "bad"


def test_of_two_readings_the_page_says_which_it_took(
    page: ScorePage, scoring: ScorePresenter
) -> None:
    keys(None, "45")
    assert page.form.field.text() == "45"
    page.settle()
    said = scoring.view().form.message.text
    assert "rules ask for a reason" in said
    assert said.endswith("Read as 45. If you meant 差 with 5, type 5 again.")


def test_a_slow_second_digit_after_the_level_still_makes_the_score(
    page: ScorePage, sitting: Sitting, machine: Machine
) -> None:
    keys(None, "28")
    page.settle()
    machine.now += timedelta(seconds=1)
    keys(None, "4")
    page.settle()
    assert reread(sitting).record("01", "6.1").mark == scored(84)


def test_one_undo_takes_back_a_score_begun_on_the_levels(
    page: ScorePage, scoring: ScorePresenter, sitting: Sitting
) -> None:
    keys(None, "84")
    page.settle()
    page.focus_levels()
    keys(None, "45")
    page.settle()
    press(None, Qt.Key.Key_Z, CONTROL)
    assert reread(sitting).record("01", "6.1").mark == scored(84)
    assert scoring.view().form.chosen == 1
    press(None, Qt.Key.Key_Y, CONTROL)
    assert reread(sitting).record("01", "6.1").mark == scored(45)


def test_a_level_that_is_clicked_leads_no_score(page: ScorePage, sitting: Sitting) -> None:
    page.form.levels.buttons()[3].click()
    keys(None, "5")
    page.settle()
    assert reread(sitting).record("01", "6.1").mark == scored(5)
    assert reread(sitting).record("01", "6.2").mark == MISSING


def test_in_a_box_with_lines_the_button_names_the_key_that_goes_on(
    page: ScorePage, scoring: ScorePresenter
) -> None:
    keys(None, "84")
    page.settle()
    assert page.foot.primary.toolTip() == "Enter"
    page.form.comment.setFocus()
    assert page.foot.primary.toolTip() == "Ctrl Enter"
    keys(None, "a")
    press(None, Qt.Key.Key_Return)
    keys(None, "b")
    assert (scoring.place()[1], page.form.comment.toPlainText()) == ("6.1", "a\nb")
    press(None, Qt.Key.Key_Return, CONTROL)
    assert scoring.place()[1] == "6.2"
    assert page.foot.primary.toolTip() == "Enter"
