from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel

from reviewer_app.core.marks import scored
from reviewer_app.services.corrections import corrections_of
from reviewer_app.services.results import results_of
from tests.services.day import Day, Laptop, app
from tests.ui.hands import CONTROL, click, keys, press
from tests.ui.secretary.conftest import Desk, OpenDoor
from ui.secretary.correction_pane import CorrectionPane
from ui.secretary.results_page import ResultsPage

ESC = Qt.Key.Key_Escape


def results_page(desk: Desk) -> ResultsPage:
    page = desk.go("results")
    assert isinstance(page, ResultsPage)
    return page


def correcting(desk: Desk) -> tuple[ResultsPage, CorrectionPane]:
    """Go from the finding by its two buttons to a new correction."""
    page = results_page(desk)
    click(page.foot.primary)
    assert "expert 04" in page.foot.primary.text()
    click(page.foot.primary)
    assert page.correction.isVisible()
    return page, page.correction


def choose(pane: CorrectionPane, name: str, key: str) -> None:
    """Choose in a drop-down by keys."""
    box = pane.choices[name]
    box.setFocus()
    press(box, Qt.Key.Key_Home)
    for _step in range(box.findData(key)):
        press(box, Qt.Key.Key_Down)


def words(pane: CorrectionPane) -> str:
    return " ".join(each.text() for each in pane.findChildren(QLabel) if each.isVisible())


@pytest.fixture
def laptop(closed_once: Day) -> Laptop:
    """Return the laptop on which expert 04 signed revision 1."""
    kept = closed_once.laptops["04"]
    return Laptop(kept.pack, kept.key, list(kept.signed))


def new_sheet(day: Day, laptop: Laptop, value: int) -> Path:
    """Return revision 2 of expert 04, one mark of 03 changed."""
    content = laptop.content({1: 87, 2: 74, 3: 20})
    code = content_code(day)
    marks = {key: dict(each) for key, each in content.marks.items()}
    marks[app(3)][code] = scored(value)
    return laptop.sign(day.folder, replace(content, marks=marks))


def content_code(day: Day) -> str:
    results = results_of(day.context.open_bureau, day.round_id)
    return results.panel.applications[2].scheme.indicators()[0].code


def test_a_finding_is_corrected_in_four_steps(
    closed: Day, open_door: OpenDoor, laptop: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, seen = content_code(closed), list[Path]()
    desk = open_door(closed.context)
    page, pane = correcting(desk)
    assert pane.ground.toPlainText()
    choose(pane, "indicator", code)
    pane.trial.setFocus()
    keys(pane.trial, "80")
    desk.settle()
    before = results_of(closed.context.open_bureau, closed.round_id)
    assert f"{before.tally.of('03').published}" in words(pane)
    press(page, Qt.Key.Key_Return, CONTROL)
    desk.settle()
    assert "waiting for expert 04" in page.correction._chip.accessibleName()
    assert not pane.choices["expert"].isVisible()
    assert results_of(closed.context.open_bureau, closed.round_id).digest == before.digest
    sheet = new_sheet(closed, laptop, 80)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_a: ([str(sheet)], ""))
    click(page.foot.primary)
    desk.settle()
    assert "corrected" in page.correction._chip.accessibleName()
    assert "Only this has changed" in words(pane)
    shown = words(pane)
    assert "20" in shown
    assert "80" in shown
    with closed.context.open_bureau() as unit:
        late = [each.late_reason for each in unit.sheets(closed.round_id) if each.late_reason]
    assert len(late) == 1
    monkeypatch.setattr(
        "ui.secretary.wires_results.show_paper", lambda path, _page: seen.append(path)
    )
    click(page.foot.primary)
    desk.settle()
    assert seen[0].read_bytes().startswith(b"%PDF")
    click(page.foot.primary)
    assert page.ranking.isVisible()
    assert late[0].startswith("Correction 1: ")


def test_a_new_sheet_that_changes_more_is_pointed_out(
    closed: Day, open_door: OpenDoor, laptop: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = open_door(closed.context)
    page, pane = correcting(desk)
    choose(pane, "indicator", content_code(closed))
    click(page.foot.primary)
    desk.settle()
    sheet = laptop.sign(closed.folder, laptop.content({1: 87, 2: 74, 3: 55}))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_a: ([str(sheet)], ""))
    press(page, "o", CONTROL)
    desk.settle()
    assert "other marks changed too" in words(pane)


def test_the_expert_may_keep_the_mark(closed: Day, open_door: OpenDoor) -> None:
    desk = open_door(closed.context)
    page, pane = correcting(desk)
    assert not pane.keep.isVisible()
    click(page.foot.primary)
    desk.settle()
    click(pane.keep)
    assert pane.keep_reason.hasFocus()
    assert not page.foot.primary.isEnabled()
    pane.keep_reason.insertPlainText("依据充分，不改（示例）")
    click(page.foot.primary)
    desk.settle()
    with closed.context.open_bureau() as unit:
        [kept] = corrections_of(unit, closed.round_id)
    assert kept.kept == "依据充分，不改（示例）"
    assert "依据充分" in words(pane)


def test_an_open_correction_waits_beside_the_ranking(closed: Day, open_door: OpenDoor) -> None:
    desk = open_door(closed.context)
    page, pane = correcting(desk)
    click(page.foot.primary)
    desk.settle()
    press(page, ESC)
    press(page, ESC)
    assert page.ranking.isVisible()
    assert "correction 1" in page.foot.primary.text()
    click(page.foot.primary)
    assert pane.isVisible()


def test_what_is_typed_out_of_range_is_said(closed: Day, open_door: OpenDoor) -> None:
    desk = open_door(closed.context)
    _page, pane = correcting(desk)
    choose(pane, "indicator", content_code(closed))
    keys(pane.trial, "999")
    assert "999" in pane._note.text()


def test_a_trial_is_stamped_and_changes_nothing(closed: Day, open_door: OpenDoor) -> None:
    before = results_of(closed.context.open_bureau, closed.round_id)
    with closed.context.open_bureau() as unit:
        lines = len(unit.log(closed.round_id))
    desk = open_door(closed.context)
    page = results_page(desk)
    click(page.what_if)
    desk.settle()
    pane = page.trial
    assert "不作为评审结论" in pane.stamp.accessibleName()
    assert not page._export.isVisible()
    press(pane.method, Qt.Key.Key_Down)
    desk.settle()
    cells = [str(pane.table.model().index(3, column).data()) for column in (1, 2, 4)]
    assert cells[0].startswith("03")
    assert cells[1] != cells[2]
    page.trial.weighed.emit(before.seating.round.document.scheme.dimensions[0].code, 1)
    desk.settle()
    assert "+5%" in " ".join(each.text() for each in pane.findChildren(QLabel))
    press(page, ESC)
    assert page.ranking.isVisible()
    assert results_of(closed.context.open_bureau, closed.round_id).text == before.text
    with closed.context.open_bureau() as unit:
        assert len(unit.log(closed.round_id)) == lines
