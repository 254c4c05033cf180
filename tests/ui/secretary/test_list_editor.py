"""Lists and ticks are edited in their place, by mouse and keys, and checked at once."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit

from reviewer_app.core.round import RoundPlan
from reviewer_app.services.rounds import show_round
from tests.services.day import Day, app, plan
from tests.ui.hands import CONTROL, click, press, under_test
from tests.ui.secretary.conftest import OpenPrepare, PrepareDesk
from ui.secretary.list_model import FAULT
from ui.secretary.list_pane import ListPane
from ui.secretary.prepare_views import APPLICATIONS, ASSIGNMENT, EXPERTS


def kept(day: Day) -> RoundPlan:
    return show_round(day.context.open_bureau, day.round_id).plan


def open_list(desk: PrepareDesk, part: str) -> ListPane:
    click(desk.page.tabs.button(part))
    desk.bot.wait(1)
    return desk.page.lists[part]


def write(desk: PrepareDesk, pane: ListPane, row: int, key: str, text: str) -> None:
    """Go to a cell, open it by Enter, type and press Enter."""
    table = pane.table
    place = [column.key for column in table.list.columns].index(key)
    table.setCurrentIndex(table.list.index(row, place))
    table.setFocus()
    press(table, Qt.Key.Key_Return)
    [field] = [each for each in table.viewport().findChildren(QLineEdit) if each.isVisible()]
    field.selectAll()
    press(field, Qt.Key.Key_Backspace)
    QTest.keyClicks(field, text)
    press(field, Qt.Key.Key_Return)
    desk.settle()


def fault(pane: ListPane, row: int, key: str) -> str:
    place = [column.key for column in pane.table.list.columns].index(key)
    return str(pane.table.list.index(row, place).data(FAULT))


def test_a_cell_is_typed_checked_kept_and_undone(fresh: Day, open_prepare: OpenPrepare) -> None:
    desk = open_prepare(fresh)
    pane = open_list(desk, EXPERTS)
    under_test(pane.table.list)
    write(desk, pane, 1, "specialism", "law")
    assert "law" in fault(pane, 1, "specialism")
    assert kept(fresh) == plan()
    assert pane._fault.text().startswith("1 cells")
    assert "holds faults" in desk.page.foot._words.text()
    assert not desk.page.foot.primary.isEnabled()
    click(pane._go)
    press(None, Qt.Key.Key_Escape)
    write(desk, pane, 1, "specialism", "")
    write(desk, pane, 1, "title", "Dr")
    assert kept(fresh).experts[1].title == "Dr"
    press(desk.page, Qt.Key.Key_Z, CONTROL)
    desk.settle()
    assert kept(fresh) == plan()
    assert pane.table.list.index(1, 3).data() == ""


def test_rows_are_added_by_pasting_from_excel(fresh: Day, open_prepare: OpenPrepare) -> None:
    desk = open_prepare(fresh)
    pane = open_list(desk, EXPERTS)
    click(pane.add)
    assert pane.table.list.rowCount() == 6
    assert kept(fresh) == plan()
    rows = "6\tF\tU6\t\t技术\t是\t2\n7\tG\tU7\t\t财务\t否\t"
    QGuiApplication.clipboard().setText(rows)
    pane.table.setCurrentIndex(pane.table.list.index(5, 0))
    press(pane.table, Qt.Key.Key_V, CONTROL)
    desk.settle()
    experts = kept(fresh).experts
    assert [each.number for each in experts[5:]] == ["06", "07"]
    assert experts[5].from_bureau
    assert kept(fresh).assignment[experts[5].number] == (app(1), app(3))
    pane.table.setCurrentIndex(pane.table.list.index(6, 0))
    click(pane.drop)
    desk.settle()
    assert len(kept(fresh).experts) == 6


def test_two_from_one_employer_are_marked_where_they_stand(
    tmp_path: Path, open_prepare: OpenPrepare
) -> None:
    base = plan()
    people = tuple(replace(each, employer="甲（示例）") for each in base.experts[:3])
    day = Day.start(tmp_path, replace(base, experts=(*people, *base.experts[3:])))
    pane = open_list(open_prepare(day), EXPERTS)
    said = pane.table.list.index(0, 2).data(int(Qt.ItemDataRole.AccessibleTextRole))
    assert "3 from one employer" in str(said)


def test_an_application_is_renamed_and_one_comes_from_a_folder(
    fresh: Day,
    open_prepare: OpenPrepare,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk = open_prepare(fresh)
    pane = open_list(desk, APPLICATIONS)
    under_test(pane.table.list)
    write(desk, pane, 0, "short_name", "ALPHA")
    assert kept(fresh).applications[0].short_name == "ALPHA"
    assert len(kept(fresh).applications[0].materials) == 1
    folder = tmp_path / "packages" / "05-A"
    folder.mkdir(parents=True)
    (folder / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(20))
    (folder / "application.toml").write_text(
        '[application]\nnumber = "05"\nname = "A"\nunit = "B"\n'
    )
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_a: str(folder.parent))
    click(pane._folder)
    desk.settle()
    assert [each.number for each in kept(fresh).applications] == ["05"]
    press(desk.page, Qt.Key.Key_Z, CONTROL)
    desk.settle()
    assert [each.number for each in kept(fresh).applications] == ["01", "02", "03"]


def test_ticks_are_set_by_mouse_and_space(fresh: Day, open_prepare: OpenPrepare) -> None:
    desk = open_prepare(fresh)
    click(desk.page.tabs.button(ASSIGNMENT))
    table = desk.page.ticks.table
    under_test(table.ticks)
    desk.bot.wait(1)
    assert table.horizontalHeader().length() == table.viewport().width()
    click(table.viewport(), table.visualRect(table.ticks.index(0, 2)).center())
    desk.settle()
    assert app(1) not in kept(fresh).assignment[kept(fresh).experts[0].number]
    table.setCurrentIndex(table.ticks.index(0, 2))
    press(table, Qt.Key.Key_Space)
    desk.settle()
    assert kept(fresh) == plan()
    box = desk.page.ticks.each
    assert box.currentData() == "5"
    press(box, Qt.Key.Key_Up)
    click(desk.page.ticks.propose)
    desk.settle()
    given = kept(fresh).assignment.values()
    assert sum(app(1) in each for each in given) == 4
    click(desk.page.ticks.all)
    desk.settle()
    assert kept(fresh) == plan()


def test_a_signed_round_shows_its_lists_only(day: Day, open_prepare: OpenPrepare) -> None:
    desk = open_prepare(day)
    pane = open_list(desk, EXPERTS)
    assert not pane.add.isVisible()
    press(pane.table, Qt.Key.Key_Return)
    assert not pane.table.viewport().findChildren(QLineEdit)
