"""Nothing is cut at 175 %, and what does not fit beside each other goes below."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QTableView, QWidget

from reviewer_app.core.messages import Language
from tests.services.day import Day
from tests.ui.hands import click
from tests.ui.secretary.conftest import Desk, OpenDoor, OpenPrepare
from ui.components import paint
from ui.components.steps import StepButton
from ui.language import speak
from ui.look import theme
from ui.look.fonts import Role
from ui.look.theme import look
from ui.secretary.part_tabs import PartButton
from ui.secretary.prepare_views import PARTS
from ui.secretary.results_page import ResultsPage


def cut(page: QWidget) -> Iterator[str]:
    """Return every text of a page that has less room than it needs."""
    for words in page.findChildren(QLabel):
        shown = words.isVisible() and not words.wordWrap()
        if shown and words.width() < words.sizeHint().width() - 1:
            yield words.text()
    for kind in (QPushButton, PartButton, StepButton):
        for button in page.findChildren(kind):
            if button.isVisible() and button.width() < button.minimumSizeHint().width():
                yield button.text()
    for table in page.findChildren(QTableView):
        if table.isVisible() and table.horizontalHeader().isVisible():
            yield from _cut_heads(table)


def _cut_heads(table: QTableView) -> Iterator[str]:
    for place in range(table.model().columnCount()):
        title = str(table.model().headerData(place, Qt.Orientation.Horizontal) or "")
        if table.columnWidth(place) < paint.width(title, Role.SMALL):
            yield title


def test_no_word_is_cut_at_175_percent(
    fresh: Day, open_door: OpenDoor, app: QApplication
) -> None:
    desk = open_door(fresh.context)
    assert desk.door.rail.isVisible()
    theme.apply(app, theme.Mode.LIGHT, 175)
    desk.settle()
    assert not desk.door.rail.isVisible()
    assert desk.door.head.toggle.isVisible()
    for part in PARTS:
        _open_part(desk, part)
        assert list(cut(desk.door)) == [], part
    desk.go("issue")
    assert list(cut(desk.door)) == []
    for page in (desk.door.begin, desk.door.pages.page("new")):
        desk.door.stack.setCurrentWidget(page)
        desk.bot.wait(20)
        assert list(cut(page)) == []


def test_no_chinese_word_is_cut_at_175_percent(
    fresh: Day, open_prepare: OpenPrepare, app: QApplication
) -> None:
    speak(Language.CHINESE)
    theme.apply(app, theme.Mode.LIGHT, 175)
    desk = open_prepare(fresh)
    for part in PARTS:
        click(desk.page.tabs.button(part))
        desk.bot.wait(1)
        assert list(cut(desk.page)) == [], part


def _open_part(desk: Desk, part: str) -> None:
    desk.door.pages.page("prepare").tabs.button(part).click()  # type: ignore[attr-defined]
    desk.bot.wait(20)


def test_the_smallest_window_holds_every_step(fresh: Day, open_door: OpenDoor) -> None:
    desk = open_door(fresh.context)
    desk.door.resize(1040, 560)
    desk.bot.wait(20)
    assert desk.door.width() == 1040
    assert not desk.door.rail.isVisible()
    for part in PARTS:
        _open_part(desk, part)
        assert list(cut(desk.door)) == [], part
    foot = desk.door.pages.page("prepare").foot
    assert foot.mapTo(desk.door, foot.rect().bottomRight()).y() < 560


def test_every_mark_of_an_application_fits_at_175_percent(
    closed: Day, open_door: OpenDoor, app: QApplication
) -> None:
    desk = open_door(closed.context)
    page = desk.go("results")
    assert isinstance(page, ResultsPage)
    page.detail_requested.emit("02")
    heads = page.detail.matrix.verticalHeader()
    names = heads.width() / look().scale
    theme.apply(app, theme.Mode.LIGHT, 175)
    desk.settle()
    assert heads.width() / look().scale < names / 2
    assert page.detail.matrix.horizontalScrollBar().maximum() == 0
