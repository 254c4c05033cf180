"""Archiving is for good: it waits for the looking, and says what will stay missing."""

from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel

from reviewer_app.core.errors import StorageError
from reviewer_app.services.records import RoundState
from reviewer_app.services.rounds import show_round
from tests.services.day import Day
from tests.ui.hands import click, press
from tests.ui.secretary.conftest import Desk, OpenDoor
from ui.secretary.seal_known import SealKnown, look_at
from ui.secretary.seal_page import SealPage

LOOK = "ui.secretary.seal_presenter.look_at"


class Places:
    """The file dialog: counts how often it was asked, and is closed without a place."""

    def __init__(self) -> None:
        self.asked = 0

    def answer(self, *_arguments: object) -> tuple[str, str]:
        self.asked += 1
        return "", ""


@pytest.fixture
def places(monkeypatch: pytest.MonkeyPatch) -> Places:
    made = Places()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", made.answer)
    return made


def seal_page(desk: Desk) -> SealPage:
    page = desk.door.pages.page("seal")
    assert isinstance(page, SealPage)
    return page


def state(day: Day) -> RoundState:
    return show_round(day.context.open_bureau, day.round_id).state


def test_with_points_open_the_second_word_only_asks_where_to_write(
    closed: Day, open_door: OpenDoor, places: Places
) -> None:
    desk = open_door(closed.context)
    desk.go("seal")
    page = seal_page(desk)
    before = page.foot.primary.text()
    click(page._write)
    desk.settle()
    assert (places.asked, state(closed)) == (0, RoundState.CLOSED)
    assert page.confirm.isVisible()
    assert not page._write.isVisible()
    assert page.foot.primary.hasFocus()
    assert page.foot.primary.text() == "Archive all the same, 3 missing"
    for words in ("Votes　0／3", "Opinions, each with its three parts　0／3", "Scans"):
        assert words in page.confirm.text()
    press(page.foot.primary, Qt.Key.Key_Escape)
    assert not page.confirm.isVisible()
    assert page.foot.primary.text() == before
    click(page._write)
    press(page.foot.primary, Qt.Key.Key_Return)
    assert places.asked == 1


def test_nothing_is_written_while_the_page_still_looks(
    closed: Day, open_door: OpenDoor, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, answered = Event(), Event()

    def wait(*arguments: Any) -> SealKnown:
        asked.set()
        answered.wait(30)
        return look_at(*arguments)

    desk = open_door(closed.context)
    page = seal_page(desk)
    monkeypatch.setattr(LOOK, wait)
    click(desk.door.steps.button("seal"))
    desk.bot.waitUntil(asked.is_set)
    try:
        assert "Looking" in page.foot._words.text()
        assert page._write.isVisible()
        assert not page._write.isEnabled()
        click(page._write)
        press(page, Qt.Key.Key_Return)
        assert not page.confirm.isVisible()
        assert places.asked == 0
        assert "0" not in [each.text() for each in facts(page, "Lines of the log")]
    finally:
        answered.set()
    desk.settle()
    assert page._write.isEnabled()
    assert page.foot.primary.hasFocus()
    assert int(facts(page, "Lines of the log")[-1].text()) > 0


def facts(page: SealPage, name: str) -> list[QLabel]:
    """Return the labels of one line of what goes in."""
    line = next(each for each in page.findChildren(QLabel) if each.text() == name)
    holder = line.parentWidget()
    assert holder is not None
    return holder.findChildren(QLabel)


def test_a_look_that_fails_can_be_tried_again_and_promises_nothing(
    closed: Day, open_door: OpenDoor, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object) -> SealKnown:
        raise StorageError("The database was changed (example)")

    desk = open_door(closed.context)
    page = seal_page(desk)
    monkeypatch.setattr(LOOK, refuse)
    desk.go("seal")
    assert "example" in page._notice.accessibleName()
    assert not page._write.isEnabled()
    assert "Everything" not in page.foot._words.text()
    monkeypatch.setattr(LOOK, look_at)
    assert page.foot.primary.text() == "Try again"
    click(page.foot.primary)
    desk.settle()
    assert page._write.isEnabled()
    assert places.asked == 0
