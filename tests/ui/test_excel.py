"""The Excel path in the window: out, looked at, taken over, put back; faults by cell."""

from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from reviewer_app.core.marks import MISSING, scored
from reviewer_app.services.desk import Desk
from tests.ui.conftest import Pack
from tests.ui.hands import click, keys
from tests.ui.making import Machine
from tests.ui.test_drafts import button
from tests.ui.test_expert_day import at_scoring
from ui.components.banner import Banner
from ui.expert.door import ExpertDoor
from ui.expert.excel_card import ExcelCard
from ui.tasks import TaskRunner
from ui.window import Window


@pytest.fixture
def door(window: Window, pack: Pack, desk: Desk, bot: QtBot) -> ExpertDoor:
    made = at_scoring(window, pack, desk, bot)
    keys(None, "84")
    made._show_compare()
    return made


@pytest.fixture
def book(door: ExpertDoor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bot: QtBot) -> Path:
    """Return the workbook that the window wrote."""
    file = tmp_path / "分值.xlsx"
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *_a: (str(tmp_path / "分值"), "")
    )
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a: (str(file), ""))
    choose(door, 0, bot)
    assert "18 rows, 17 of them still to fill in" in said(door)
    return file


def choose(door: ExpertDoor, way: int, bot: QtBot) -> ExcelCard:
    door.compare.excel.button.menu().actions()[way].trigger()
    settle(door, bot)
    return door.compare.excel


def press_button(door: ExpertDoor, words: str, bot: QtBot) -> None:
    click(button(door.compare.excel, words))
    settle(door, bot)


def settle(door: ExpertDoor, bot: QtBot) -> None:
    tasks = door.session.tasks
    assert isinstance(tasks, TaskRunner)
    bot.waitUntil(lambda: not tasks.busy)


def said(door: ExpertDoor) -> str:
    banner = door.compare.excel.findChild(Banner)
    assert banner is not None
    return banner.accessibleName()


def fill(file: Path, cells: dict[str, object]) -> None:
    book = load_workbook(file)
    for place, value in cells.items():
        book.active[place] = value
    book.save(file)


def test_a_filled_workbook_is_looked_at_taken_over_and_put_back(
    door: ExpertDoor, book: Path, bot: QtBot
) -> None:
    fill(book, {"I4": None, "I5": 91, "I6": "NA"})
    card = choose(door, 1, bot)
    assert "2 answers would change" in said(door)
    assert "1 cells are empty where you have a mark; those marks stay." in said(door)
    assert door.sitting.record("01", "6.2").mark == MISSING
    press_button(door, "Take them over", bot)
    assert door.sitting.record("01", "6.2").mark == scored(91)
    assert door.sitting.record("01", "6.1").mark == scored(84)
    assert "3／" in door.compare._done.text()
    press_button(door, "Put back what stood before", bot)
    assert door.sitting.record("01", "6.2").mark == MISSING
    press_button(door, "Close", bot)
    assert not card.isVisible()


def test_the_foot_tells_when_the_marks_from_the_workbook_were_saved(
    door: ExpertDoor, book: Path, bot: QtBot, machine: Machine
) -> None:
    fill(book, {"I5": 91})
    saved = door.scoring.view().foot.save.text
    for words in ("Take them over", "Put back what stood before"):
        if words.startswith("Take"):
            choose(door, 1, bot)
        machine.now += timedelta(minutes=7)
        press_button(door, words, bot)
        now = door.scoring.view().foot.save.text
        assert now == f"Saved {door.session.local_time()}" != saved
        assert door.comparing.view().foot.save.text == now
        saved = now


def test_marks_are_cleared_only_by_the_button_that_says_so(
    door: ExpertDoor, book: Path, bot: QtBot
) -> None:
    fill(book, {"I4": None})
    choose(door, 1, bot)
    press_button(door, "Clear the 1 marks", bot)
    assert "1 marks would be cleared" in said(door)
    assert door.sitting.record("01", "6.1").mark == scored(84)
    press_button(door, "Take them over", bot)
    assert door.sitting.record("01", "6.1").mark == MISSING


def test_every_faulty_cell_is_listed_and_nothing_is_taken(
    door: ExpertDoor, book: Path, bot: QtBot
) -> None:
    fill(book, {"I5": 101, "I6": "x", "I7": 80})
    card = choose(door, 1, bot)
    assert "2 faults; nothing was taken over" in said(door)
    listed = card._faults.toPlainText().splitlines()
    assert [fault.split("[评分] ")[1][:2] for fault in listed] == ["I6", "I5"]
    assert door.sitting.record("02", "6.1").mark == MISSING
