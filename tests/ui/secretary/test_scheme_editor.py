"""The indicator table is chosen, weighed and compared; an own copy is changed."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit

from reviewer_app.core.round import RoundPlan
from reviewer_app.core.scheme import WeightOrigin
from reviewer_app.services.rounds import show_round
from reviewer_app.services.schemes import open_scheme
from tests.services.day import Day, plan
from tests.ui.hands import CONTROL, click, press
from tests.ui.secretary.conftest import OpenPrepare, PrepareDesk
from ui.secretary.prepare_views import WEIGHTS
from ui.secretary.scheme_presenter import SchemePresenter
from ui.secretary.weights_pane import WeightsPane

if TYPE_CHECKING:
    from ui.secretary.plan_desk import PlanDesk


@pytest.fixture
def suggested(tmp_path: Path) -> Day:
    """Return a round of the sample's table, its suggested weights not confirmed."""
    scheme = open_scheme("nb-consortium-annual")
    return Day.start(tmp_path, replace(plan(), scheme=scheme, weights_confirmed_by=""))


def kept(day: Day) -> RoundPlan:
    return show_round(day.context.open_bureau, day.round_id).plan


def open_weights(desk: PrepareDesk) -> WeightsPane:
    click(desk.page.tabs.button(WEIGHTS))
    return desk.page.weights


def write(desk: PrepareDesk, field: QLineEdit, text: str) -> None:
    field.setFocus()
    field.selectAll()
    press(field, Qt.Key.Key_Backspace)
    for character in text:
        press(field, character)
    press(field, Qt.Key.Key_Tab)
    desk.settle()


def test_weights_are_levelled_out_confirmed_and_undone(
    suggested: Day, open_prepare: OpenPrepare
) -> None:
    desk = open_prepare(suggested)
    pane = open_weights(desk)
    code = kept(suggested).scheme.indicators()[0].code
    write(desk, pane.field(code), "90")
    assert pane.tools.level.isVisible()
    click(pane.tools.level)
    assert not pane.tools.level.isVisible()
    desk.page.weights_side.name.setFocus()
    press(desk.page.weights_side.name, "W")
    click(desk.page.foot.primary)
    desk.settle()
    after = kept(suggested)
    assert after.weights_confirmed_by == "W"
    assert after.scheme.full_marks == 100
    assert after.scheme.indicator(code).weight > 50
    press(desk.page, Qt.Key.Key_Z, CONTROL)
    desk.settle()
    assert kept(suggested).weights_confirmed_by == ""


def test_pairs_are_compared_and_taken_over(tmp_path: Path, open_prepare: OpenPrepare) -> None:
    scheme = open_scheme("nb-tic-2025")
    day = Day.start(tmp_path, replace(plan(), scheme=scheme, weights_confirmed_by=""))
    desk = open_prepare(day)
    pane = open_weights(desk)
    click(pane.tools.pairs)
    pairs = list(pane.compare.boxes)
    assert pane.compare._verdict.text() == "The comparisons agree with each other"
    box = pane.compare.boxes[pairs[0]]
    assert box.currentData() == "1"
    press(box, Qt.Key.Key_Up)
    assert box.currentData() == "2"
    assert pane.compare._mirrors[pairs[0]].property("text") == "1/2"
    for _time in range(8):
        press(box, Qt.Key.Key_Up)
        press(pane.compare.boxes[pairs[1]], Qt.Key.Key_Down)
    assert "contradict" in pane.compare._verdict.text()
    click(pane.compare.take)
    assert not pane.compare.isVisible()
    codes = [leaf.code for leaf in scheme.indicators()]
    weights = {code: Fraction(pane.field(code).text()) for code in codes}
    assert sum(weights.values()) == scheme.full_marks
    assert max(weights, key=lambda code: weights[code]) == pairs[1][1]
    assert "confirm" in desk.page.foot.primary.text().lower()
    assert kept(day).scheme == scheme
    desk.page.weights_side.name.setFocus()
    press(desk.page.weights_side.name, "W")
    click(desk.page.foot.primary)
    desk.settle()
    heading = scheme.dimensions[0]
    method = f"层次分析法（{heading.code} {heading.title}，CR 0."
    assert kept(day).scheme.weight_method.startswith(method)


def test_weights_changed_after_a_method_are_said_to_be(tmp_path: Path) -> None:
    scheme = open_scheme("nb-tic-2025")
    round_plan = SimpleNamespace(plan=replace(plan(), scheme=scheme))
    presenter = SchemePresenter(cast("PlanDesk", round_plan))
    assert presenter.weight_method == ""
    table = tmp_path / "figures.csv"
    codes = [leaf.code for leaf in scheme.indicators()][:3]
    table.write_text(f"{','.join(codes)}\n1,5,9\n2,4,1\n6,2,3\n", "utf-8")
    presenter.propose_from(table, "critic")
    assert presenter.weight_method == "CRITIC 法"
    presenter.drafts[codes[0]] = "0"
    assert presenter.weight_method == "CRITIC 法并经人工调整"
    presenter.forget()
    assert presenter.weight_method == ""


def test_an_own_copy_can_be_changed_and_the_source_cannot(
    suggested: Day, open_prepare: OpenPrepare
) -> None:
    desk = open_prepare(suggested)
    pane = open_weights(desk)
    leaf = kept(suggested).scheme.indicators()[0]
    pane.opened.emit(leaf.code)
    assert pane.indicator.fields["title"].isReadOnly()
    assert pane.indicator._why.isVisible()
    click(pane.tools.copy)
    desk.settle()
    assert kept(suggested).scheme.id == "nb-consortium-annual-own"
    pane.opened.emit(leaf.code)
    write(desk, pane.indicator.fields["title"], "Reach")
    assert kept(suggested).scheme.indicator(leaf.code).title == "Reach"
    level = pane.indicator.level(0)
    low = level.low.text()
    write(desk, level.low, "99")
    assert level.low.property("state") == "error"
    assert "gap" in pane.indicator._fault.text()
    assert kept(suggested).scheme.indicator(leaf.code).levels == leaf.levels
    write(desk, level.low, low)
    assert level.low.property("state") == ""
    before = [each.code for each in kept(suggested).scheme.indicators()]
    click(pane.indicator.more)
    desk.settle()
    after = [each.code for each in kept(suggested).scheme.indicators()]
    assert len(after) == len(before) + 1
    assert pane.indicator.fields["title"].text() == "New indicator"
    click(pane.indicator.drop)
    desk.settle()
    assert [each.code for each in kept(suggested).scheme.indicators()] == before


def test_another_table_is_chosen(suggested: Day, open_prepare: OpenPrepare) -> None:
    desk = open_prepare(suggested)
    pane = open_weights(desk)
    press(pane.tools.scheme, Qt.Key.Key_Down)
    desk.settle()
    after = kept(suggested)
    assert after.scheme.id == "nb-consortium-triennial"
    assert after.scheme.weight_origin is WeightOrigin.SUGGESTED
    assert after.weights_confirmed_by == ""


def test_a_table_goes_to_excel_and_comes_back_with_its_faults(
    suggested: Day,
    open_prepare: OpenPrepare,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    book = tmp_path / "table.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(book), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a: (str(book), ""))
    desk = open_prepare(suggested)
    pane = open_weights(desk)
    click(pane.tools.write)
    desk.settle()
    edited = load_workbook(book)
    edited["指标"]["H3"].value = "abc"
    edited.save(book)
    click(pane.tools.read)
    desk.settle()
    assert "table.xlsx [指标] H3" in desk.page.foot._words.text()
    assert kept(suggested).scheme == open_scheme("nb-consortium-annual")


def test_figures_propose_weights(
    suggested: Day,
    open_prepare: OpenPrepare,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first, second = (leaf.code for leaf in kept(suggested).scheme.indicators()[:2])
    table = tmp_path / "figures.csv"
    table.write_text(f"{first},{second}\n1,9\n2,2\n3,7\n")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a: (str(table), ""))
    desk = open_prepare(suggested)
    pane = open_weights(desk)
    before = pane.field(first).text()
    press(pane.tools.figures, Qt.Key.Key_Down)
    desk.settle()
    assert pane.field(first).text() != before
    assert not pane.tools.level.isVisible()
