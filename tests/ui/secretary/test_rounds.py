from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QFileDialog

from reviewer_app.bootstrap import wire
from reviewer_app.inputs.list_workbooks import filled_list
from reviewer_app.services import rounds
from tests.services.day import Day, plan
from tests.ui.hands import click, keys, press, under_test
from tests.ui.secretary.conftest import OpenDoor
from ui.components.button import Button
from ui.secretary.new_page import NewPage
from ui.secretary.prepare_page import PreparePage
from ui.secretary.prepare_views import BASICS
from ui.secretary.removed_page import RemovedPage
from ui.secretary.rounds_presenter import RoundItem
from ui.secretary.rounds_rail import RoundsModel


def test_an_empty_machine_offers_where_to_begin(tmp_path: Path, open_door: OpenDoor) -> None:
    desk = open_door(wire(tmp_path / "home"))
    assert desk.shown is desk.door.begin
    assert desk.door.begin.sample.isVisible()
    assert not desk.door.steps.isVisible()
    assert desk.door.begin.sample.hasFocus()


def test_the_newest_round_opens_at_its_step(fresh: Day, open_door: OpenDoor) -> None:
    desk = open_door(fresh.context)
    assert desk.shown is desk.door.pages.page("prepare")
    assert desk.door.steps.button("prepare").isChecked()
    assert "checks" in desk.door.steps.button("prepare").accessibleName()


def test_a_step_not_reached_says_so_and_leads_back(fresh: Day, open_door: OpenDoor) -> None:
    desk = open_door(fresh.context)
    desk.go("results")
    assert desk.shown is desk.door.locked
    press(desk.door.locked, Qt.Key.Key_Return)
    desk.settle()
    assert desk.shown is desk.door.pages.page("prepare")


def test_alt_and_a_digit_opens_a_step(day: Day, open_door: OpenDoor) -> None:
    desk = open_door(day.context)
    press(desk.door, "1", Qt.KeyboardModifier.AltModifier)
    desk.settle()
    assert desk.shown is desk.door.pages.page("prepare")


def test_rounds_are_found_by_words_and_opened_by_click(fresh: Day, open_door: OpenDoor) -> None:
    other = replace(plan(), title="年度评价会（示例）")
    fresh.create(other)
    desk = open_door(fresh.context)
    titles = [item.title for item in desk.door.rounds.view().items]
    assert set(titles) == {"年度评价会（示例）", "方案论证会（示例）"}
    desk.door.rail.search.setText("方案")
    assert desk.door.rail.list.model().rowCount() == 1
    index = desk.door.rail.list.model().index(0, 0)
    place = desk.door.rail.list.visualRect(index).center()
    click(desk.door.rail.list.viewport(), place)
    desk.settle()
    assert desk.door.bureau.round.view.title == "方案论证会（示例）"


def test_a_bad_description_is_answered_in_one_place(
    tmp_path: Path, open_door: OpenDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = tmp_path / "ROUND.toml"
    bad.write_text("[round]\ntitle = 3\n", encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a: (str(bad), ""))
    desk = open_door(wire(tmp_path / "home"))
    click(desk.door.begin.file)
    desk.settle()
    assert desk.door.begin.trouble.isVisible()
    assert "ROUND.toml" in desk.door.begin.trouble.accessibleName()
    assert rounds.list_rounds(desk.door.bureau.open_bureau) == []


def test_a_folder_without_a_description_is_refused(
    tmp_path: Path, open_door: OpenDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_a: str(tmp_path))
    desk = open_door(wire(tmp_path / "home"))
    click(desk.door.begin.folder)
    desk.settle()
    assert desk.door.begin.trouble.isVisible()


def test_a_round_is_made_from_folders_and_lists(tmp_path: Path, open_door: OpenDoor) -> None:
    for number in ("01", "02"):
        folder = tmp_path / "applications" / f"{number}-中心{number}"
        folder.mkdir(parents=True)
        with pikepdf.new() as paper:
            paper.add_blank_page()
            paper.save(folder / "建设方案.pdf")
    listed = [(n, f"中心{n}", "", f"单位{n}", "", "", f"{n}-中心{n}") for n in ("01", "02")]
    lists = tmp_path / "applications" / "list.xlsx"
    lists.write_bytes(filled_list("申报清单", listed))
    rows = [f"{n:02d},专家{n},男,单位{n},技术" for n in range(1, 6)]
    experts = tmp_path / "experts.csv"
    experts.write_text("\n".join(("编号,姓名,性别,工作单位,专业类别", *rows)), encoding="utf-8")
    desk = open_door(wire(tmp_path / "home"))
    click(desk.door.begin.new)
    desk.settle()
    page = desk.shown
    assert isinstance(page, NewPage)
    assert page.fields["title"].hasFocus()
    press(page, Qt.Key.Key_Return)
    assert page.fields["title"].hasFocus()
    for name, text in (
        ("title", "Round"),
        ("organiser", "Bureau"),
        ("applications", str(lists)),
        ("experts", str(experts)),
    ):
        page.fields[name].setFocus()
        page.fields[name].insert(text)
        page.fields[name].textEdited.emit(text)
    click(page.foot.primary)
    desk.settle()
    assert desk.shown is desk.door.pages.page("prepare")
    [view] = rounds.list_rounds(desk.door.bureau.open_bureau)
    assert (view.title, len(view.plan.experts)) == ("Round", 5)
    assert "“性别”" in desk.door.unused.accessibleName()
    assert desk.door.unused.isVisible()
    click(desk.door.unused.findChildren(QAbstractButton)[-1])
    assert not desk.door.strip.isVisible()


def test_the_form_keeps_what_was_typed_when_a_list_is_wrong(
    tmp_path: Path, open_door: OpenDoor
) -> None:
    desk = open_door(wire(tmp_path / "home"))
    click(desk.door.begin.new)
    desk.settle()
    page = desk.shown
    assert isinstance(page, NewPage)
    keys(page.fields["title"], "Round")
    keys(page.fields["organiser"], "Bureau")
    for name in ("applications", "experts"):
        page.typed.emit(name, str(tmp_path / "nowhere"))
    click(page.foot.primary)
    desk.settle()
    assert desk.shown is page
    assert "nowhere" in page._trouble.accessibleName()
    assert page.fields["title"].text() == "Round"
    folder = tmp_path / "lists"
    folder.mkdir()
    row = ("1", "甲", "", "乙", "", "", "没有")
    (folder / "a.xlsx").write_bytes(filled_list("申报清单", [row]))
    people = [("1", "丙", "", "", "", "", "", ""), ("2", "", "丁", "", "", "", "", "")]
    (folder / "b.xlsx").write_bytes(filled_list("专家名册", people))
    page.dropped.emit([folder])
    assert page.fields["applications"].text() == str(folder / "a.xlsx")
    assert page.fields["experts"].text() == str(folder / "b.xlsx")
    click(page.foot.primary)
    desk.settle()
    told = page._trouble.accessibleName()
    assert all(place in told for place in ("G2", "C2", "B3")), told
    opened = [each.text() for each in page._trouble.findChildren(Button)]
    assert opened == ["Open a.xlsx", "Open b.xlsx"]


def test_the_rail_obeys_qt(bot: object) -> None:
    assert bot
    model = RoundsModel()
    under_test(model)
    first = RoundItem("a", "甲", "准备")
    model.show_items([first, RoundItem("b", "乙", "收集")])
    model.show_items([replace(first, line="收集"), RoundItem("b", "乙", "收集")])
    model.show_items([])
    assert not model.place("a").isValid()


def test_the_log_and_the_way_back(day: Day, open_door: OpenDoor) -> None:
    desk = open_door(day.context)
    desk.door.rail.log_requested.emit()
    desk.settle()
    page = desk.door.pages.page("log")
    assert desk.shown is page
    table = page.findChildren(type(desk.door.pages.page("collect").table))[0]  # type: ignore[attr-defined]
    assert table.rows.rowCount() == 7
    press(page, Qt.Key.Key_Escape)
    desk.settle()
    assert desk.shown is desk.door.pages.page("collect")


def test_the_rail_makes_room_on_a_narrow_window(day: Day, open_door: OpenDoor) -> None:
    desk = open_door(day.context)
    assert desk.door.rail.isVisible()
    desk.door.resize(1040, 600)
    assert not desk.door.rail.isVisible()
    click(desk.door.head.toggle)
    assert desk.door.rail.isVisible()


def test_results_by_unit_are_empty_before_an_archive(day: Day, open_door: OpenDoor) -> None:
    desk = open_door(day.context)
    desk.door.rail.history_requested.emit()
    desk.settle()
    page = desk.door.pages.page("history")
    assert page.units.rows.rowCount() == 3  # type: ignore[attr-defined]
    assert page.table.rows.rowCount() == 0  # type: ignore[attr-defined]


def test_a_round_is_renamed_put_away_and_taken_back(fresh: Day, open_door: OpenDoor) -> None:
    desk = open_door(fresh.context)
    page = desk.go("prepare")
    assert isinstance(page, PreparePage)
    click(page.tabs.button(BASICS))
    date, title = page.basics.fields["date"], page.basics.fields["title"]
    date.setFocus()
    date.selectAll()
    keys(date, "soon")
    assert date.property("state") == "error"
    assert page.foot.primary.text() == "Put “The round” right"
    date.selectAll()
    keys(date, "2026-12-01")
    title.setFocus()
    title.selectAll()
    keys(title, "Renamed")
    click(page.tabs.button(BASICS))
    page.basics.left.emit()
    desk.settle()
    kept = rounds.show_round(fresh.context.open_bureau, fresh.round_id)
    assert (kept.title, kept.plan.date.isoformat()) == ("Renamed", "2026-12-01")
    assert not desk.door.rail._removed.isVisible()
    click(page.basics.remove)
    desk.settle()
    assert desk.door.begin.isVisible()
    click(desk.door.rail._removed)
    desk.settle()
    away = desk.door.pages.page("removed")
    assert isinstance(away, RemovedPage)
    click(away.buttons[fresh.round_id])
    desk.settle()
    assert desk.shown is page
    assert desk.door.bureau.round.view.title == "Renamed"
