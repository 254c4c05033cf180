from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui.look import theme
from ui.secretary.page import TwoColumns


@pytest.fixture
def columns(bot: QtBot) -> Iterator[TwoColumns]:
    """Return a wide and a narrow column of 500 pixels each, in a window of their own."""
    left, right = QWidget(), QWidget()
    right.setMinimumHeight(500)
    found = TwoColumns(left, right)
    bot.addWidget(found)
    found.resize(1366, 560)
    found.show()
    bot.waitExposed(found)
    yield found
    theme.apply(QApplication.instance(), theme.Mode.LIGHT, 100)  # type: ignore[arg-type]


def corner(columns: TwoColumns, part: QWidget) -> QPoint:
    inside = columns.widget()
    assert inside
    return part.mapTo(inside, QPoint(0, 0))


def test_the_narrow_column_stands_beside_where_there_is_room(columns: TwoColumns) -> None:
    left, right = columns._left, columns._right
    assert corner(columns, right).x() >= corner(columns, left).x() + left.width()
    assert columns.verticalScrollBar().maximum() == 0


@pytest.mark.parametrize(("wide", "text"), [(980, 100), (1366, 150), (1366, 175)])
def test_it_goes_below_and_the_page_scrolls(
    columns: TwoColumns, bot: QtBot, wide: int, text: int
) -> None:
    columns.resize(wide, 560)
    theme.apply(QApplication.instance(), theme.Mode.LIGHT, text)  # type: ignore[arg-type]
    left, right = columns._left, columns._right
    bot.waitUntil(lambda: corner(columns, right).y() >= left.height(), timeout=2000)
    assert corner(columns, right).x() == corner(columns, left).x()
    assert columns.verticalScrollBar().maximum() > 0
    columns.ensureWidgetVisible(right)
    theme.apply(QApplication.instance(), theme.Mode.LIGHT, 100)  # type: ignore[arg-type]
    columns.resize(1366, 560)
    bot.waitUntil(lambda: corner(columns, right).x() > left.width(), timeout=2000)
