"""What a screen reader reads on the expert's pages, asked through Qt's accessibility tree."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from reviewer_app.core.marks import scored
from reviewer_app.core.messages import Language
from tests.ui.making import CODES
from ui.components.indicator_row import IndicatorRow
from ui.components.levels import LevelButton
from ui.expert.compare_page import ComparePage
from ui.expert.compare_presenter import ComparePresenter
from ui.expert.score_page import ScorePage
from ui.expert.score_presenter import ScorePresenter
from ui.expert.sitting import Sitting
from ui.expert.wires import wire_compare, wire_score
from ui.language import speak
from ui.settings import Settings


def name(widget: QWidget) -> str:
    """Return what a screen reader calls a widget."""
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


@pytest.fixture
def chinese(app: QApplication) -> Iterator[None]:
    assert app
    speak(Language.CHINESE)
    yield
    speak(Language.ENGLISH)


@pytest.fixture
def scoring(sitting: Sitting) -> ScorePresenter:
    presenter = ScorePresenter(sitting)
    presenter.begin()
    return presenter


@pytest.fixture
def page(chinese: None, scoring: ScorePresenter, bot: QtBot, tmp_path: Path) -> ScorePage:
    assert chinese is None
    made = ScorePage(lambda _entry, _done, _failed: None, Settings(tmp_path))
    bot.addWidget(made)
    wire_score(made, scoring)
    scoring.changed()
    return made


def test_the_open_row_is_read_whole(page: ScorePage, scoring: ScorePresenter) -> None:
    scoring.open_at("01", "6.2")
    assert name(page.form) == "6.2 指标6.2，权重 50/3，未打"
    scoring.settle_score("84")
    assert name(page.form) == "6.2 指标6.2，权重 50/3，良，84 分，已保存"
    assert name(page.form.field) == "分值，75–89，步长 1"


def test_levels_say_letter_and_range_and_which_is_chosen(
    page: ScorePage, scoring: ScorePresenter
) -> None:
    scoring.settle_score("84")
    buttons = page.findChildren(LevelButton)
    assert [name(each) for each in buttons] == ["优 90–100", "良 75–89", "中 60–74", "差 0–59"]
    checked = [QAccessible.queryAccessibleInterface(each).state().checked for each in buttons]
    assert checked == [False, True, False, False]


def test_closed_rows_say_score_level_and_what_is_missing(
    page: ScorePage, scoring: ScorePresenter
) -> None:
    scoring.settle_score("40")
    scoring.step_indicator(1)
    rows = [name(each) for each in page.findChildren(IndicatorRow)]
    assert rows[0] == "6.1 指标6.1，权重 50/3，差，40 分，缺理由"
    assert rows[3] == "7.1 指标7.1，权重 50/3，未打"


def test_the_rail_says_number_name_and_state(page: ScorePage) -> None:
    rail = QAccessible.queryAccessibleInterface(page.rail)
    words = [rail.child(place).text(QAccessible.Text.Name) for place in range(3)]
    assert words[0] == "01 浙江省第1技术创新中心（示例），未开始"


def test_a_cell_of_the_matrix_says_where_it_is(
    chinese: None, sitting: Sitting, bot: QtBot
) -> None:
    assert chinese is None
    for code in CODES:
        sitting.put("01", code, scored(81))
    presenter, made = ComparePresenter(sitting), ComparePage()
    bot.addWidget(made)
    wire_compare(made, presenter)
    presenter.begin("01", "6.1")
    presenter.changed()
    table = QAccessible.queryAccessibleInterface(made.matrix)

    def cell(row: int, column: int) -> str:
        """Return how a cell is read; heads are children, too."""
        place = (row + 1) * (1 + len(sitting.numbers())) + column + 1
        return table.child(place).text(QAccessible.Text.Name)

    assert cell(1, 0) == "6.2 指标6.2，01 第1中心，81"
    assert cell(0, 1) == "6.1 指标6.1，02 第2中心，未打"
