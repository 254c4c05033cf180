"""A digit pressed on the levels: a level's key, or the first digit of a score."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reviewer_app.core.marks import MISSING, scored
from reviewer_app.core.numbers import parse_decimal
from reviewer_app.core.scheme import Indicator, Level
from tests.ui.hands import CONTROL, keys, press
from tests.ui.making import Machine
from tests.ui.test_undo import reread
from ui.expert.lead_key import lead_with, read
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
        ("1100", 100, 0),
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


@pytest.mark.parametrize("typed", ["120", "1000", "4100", "101", "405", "05", ".5", "-5"])
def test_what_is_no_score_is_refused_as_it_was_typed_and_nothing_is_stored(
    page: ScorePage, scoring: ScorePresenter, sitting: Sitting, typed: str
) -> None:
    keys(None, typed)
    press(None, Qt.Key.Key_Return)
    assert page.form.field.text() == typed
    refused = f"Not saved: {typed} is outside 0–100", f"Not saved: “{typed}” is no number"
    assert scoring.view().form.message.text.startswith(refused)
    assert scoring.place() == ("01", "6.1")
    assert reread(sitting).record("01", "6.1").mark == MISSING


def test_a_refused_number_leaves_the_score_before_it(
    page: ScorePage, scoring: ScorePresenter, sitting: Sitting
) -> None:
    scoring.settle_score("95")
    page.focus_levels()
    keys(None, "120")
    page.settle()
    assert scoring.view().form.message.text.endswith("95 still counts.")
    assert reread(sitting).record("01", "6.1").mark == scored(95)


def test_level_and_score_are_said_and_a_digit_taken_back_stays_in_the_score(
    page: ScorePage, scoring: ScorePresenter, sitting: Sitting
) -> None:
    keys(None, "284")
    page.settle()
    assert scoring.view().form.message.text == "Read as 良 with 84."
    press(None, Qt.Key.Key_Backspace)
    page.settle()
    assert reread(sitting).record("01", "6.1").mark == scored(8)


def scale(maximum: int, step: str, *lows: str) -> Indicator:
    """Return an indicator from 0 to ``maximum`` with levels from these figures on."""
    tops = [Fraction(maximum), *(Fraction(low) - Fraction(step) for low in lows[:-1])]
    levels = [
        Level(name, Fraction(low), top)
        for name, low, top in zip("优良中差", lows, tops, strict=True)
    ]
    whole, zero = Fraction(maximum), Fraction(0)
    return Indicator("1", "甲", "一", whole, zero, whole, Fraction(step), tuple(levels))


HUNDRED = scale(100, "1", "90", "75", "60", "0")
HALVES = scale(100, "0.5", "90", "75", "60", "0")
TEN = scale(10, "1", "9", "7", "6", "0")
FIVE = scale(5, "0.5", "4.5", "3.5", "3", "0")


def type_on(leaf: Indicator, typed: str) -> str:
    """Return level and text as they stand when ``typed`` was typed onto the levels at once."""
    now = datetime(2026, 11, 21, tzinfo=UTC)
    place = int(typed[0]) - 1 if typed[0] in "1234" else None
    lead = None if place is None else lead_with(place, now)
    text, level = ("", place) if lead else (typed[0], None)
    for each in typed[1:]:
        found = read(lead, text + each, level, now, leaf)
        text, level, lead = found.text, found.level, found.lead
    return ("" if level is None else leaf.levels[level].name) + text


@pytest.mark.parametrize(
    ("typed", "hundred", "halves", "ten", "five"),
    [
        ("0", "0", "0", "0", "0"),
        ("3", "中", "中", "中", "中"),
        ("5", "5", "5", "5", "5"),
        ("05", "05", "05", "05", "05"),
        ("10", "10", "10", "10", "10"),
        ("12", "12", "12", "12", "12"),
        ("19", "19", "19", "优9", "19"),
        ("27", "27", "27", "良7", "27"),
        ("33", "33", "33", "33", "中3"),
        ("35", "35", "35", "35", "35"),
        ("85", "85", "85", "85", "85"),
        ("1.", "1.", "1.", "1.", "1."),
        ("3.5", "3.5", "3.5", "3.5", "3.5"),
        ("4.5", "4.5", "4.5", "4.5", "4.5"),
        ("9.5", "9.5", "9.5", "9.5", "9.5"),
        ("15.", "15.", "15.", "15.", "优5."),
        ("12.5", "12.5", "12.5", "12.5", "12.5"),
        ("14.5", "14.5", "14.5", "14.5", "优4.5"),
        ("23.5", "23.5", "23.5", "23.5", "良3.5"),
        ("100", "100", "100", "100", "100"),
        ("105", "105", "105", "105", "105"),
        ("110", "110", "110", "优10", "110"),
        ("120", "120", "120", "120", "120"),
        ("195", "优95", "优95", "195", "195"),
        ("284", "良84", "良84", "284", "284"),
        ("412", "差12", "差12", "412", "412"),
        ("284.5", "良84.5", "良84.5", "284.5", "284.5"),
        ("370", "中70", "中70", "370", "370"),
        ("999", "999", "999", "999", "999"),
        ("1000", "1000", "1000", "1000", "1000"),
        ("1100", "优100", "优100", "1100", "1100"),
        ("4100", "4100", "4100", "4100", "4100"),
        ("2845", "2845", "2845", "2845", "2845"),
        ("100.5", "100.5", "100.5", "100.5", "100.5"),
    ],
)
def test_how_each_number_is_read_on_each_scale(
    typed: str, hundred: str, halves: str, ten: str, five: str
) -> None:
    read_as = [type_on(leaf, typed) for leaf in (HUNDRED, HALVES, TEN, FIVE)]
    assert read_as == [hundred, halves, ten, five]


def test_no_string_loses_a_digit_but_to_the_level_that_its_score_lies_in() -> None:
    figures = [str(n) for n in range(1000)]
    figures += [str(n) for n in range(1000, 10_000, 35)]
    figures += [f"{n}.{rest}" for n in range(150) for rest in ("0", "5")]
    for leaf in (HUNDRED, HALVES, TEN, FIVE):
        for typed in figures:
            found = type_on(leaf, typed)
            names = [level.name for level in leaf.levels]
            if found == typed or len(typed) == 1:
                continue
            level = leaf.levels[names.index(found[0])]
            assert found[1:] == typed[1:]
            assert names.index(found[0]) == int(typed[0]) - 1
            assert level.low <= parse_decimal(found[1:]) <= level.high + leaf.step


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
