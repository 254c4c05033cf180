from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel

from reviewer_app.services.records import HistoryRecord
from tests.services.day import Day
from tests.services.years import UNIT, sealed_years
from tests.ui.hands import click, press
from tests.ui.secretary.conftest import OpenDoor
from ui.secretary.history_page import HistoryPage


def record(unit: str, year: int) -> HistoryRecord:
    found = HistoryRecord(
        unit,
        f"old-{year}",  # type: ignore[arg-type]
        f"{year}年度绩效评价会（示例）",
        "年度绩效评价",
        f"{year}-11-21",
        "01",  # type: ignore[arg-type]
        "中心（示例）",
        "zj-tic",
        "55.00",
        3,
        "不合格",
    )
    return replace(found)


def test_two_failures_propose_with_the_rules_words(day: Day, open_door: OpenDoor) -> None:
    units = [
        day.laptops["01"].pack.assignment.document.applications[i].application.unit
        for i in (0, 1)
    ]
    with day.context.open_bureau() as unit:
        unit.put_history([record(units[1], 2024)])
        unit.put_history([record(units[1], 2025)])
        unit.commit()
    desk = open_door(day.context)
    desk.door.rail.history_requested.emit()
    desk.settle()
    page = desk.door.pages.page("history")
    assert isinstance(page, HistoryPage)
    assert page._title.text() == units[1]
    words = " ".join(each.text() for each in page.findChildren(QLabel) if each.isVisible())
    assert "摘牌" in words
    assert "连续两次绩效评价不合格的，予以摘牌" in words
    assert "2024年度绩效评价会（示例）；2025年度绩效评价会（示例）" in words
    assert page.table.rows.rowCount() == 2
    page.units.select(units[0])
    desk.settle()
    assert page.table.rows.rowCount() == 0
    press(page, Qt.Key.Key_Escape)
    desk.settle()
    assert desk.shown is not page


def test_archives_of_earlier_years_are_taken_in_by_the_button(
    day: Day, open_door: OpenDoor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [str(path) for path in sealed_years(tmp_path, (2024, 2025))]
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_a: (names, ""))
    desk = open_door(day.context)
    desk.door.rail.history_requested.emit()
    desk.settle()
    page = desk.door.pages.page("history")
    assert isinstance(page, HistoryPage)
    click(page.archives)
    desk.settle()
    page.units.select(UNIT)
    desk.settle()
    assert page.table.rows.rowCount() == 2
    words = " ".join(each.text() for each in page.findChildren(QLabel) if each.isVisible())
    assert "摘牌" in words
    assert "归档包 SHA-256" in words
    (tmp_path / "2024.zip").write_bytes(b"PK\x03\x04")
    click(page.archives)
    desk.settle()
    words = " ".join(each.text() for each in page.findChildren(QLabel) if each.isVisible())
    assert "was not taken in" in words
    assert page.table.rows.rowCount() == 2
