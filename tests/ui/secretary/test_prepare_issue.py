import shutil
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from reviewer_app.core.scheme import WeightOrigin
from reviewer_app.services import rounds
from reviewer_app.services.records import RoundState
from tests.services.day import Day, plan
from tests.sheets.making import make_scheme
from tests.ui.hands import click, press
from tests.ui.secretary.conftest import Desk, OpenDoor
from ui.components.table_model import CELL
from ui.secretary import packs, paper_window
from ui.secretary.issue_page import IssuePage
from ui.secretary.paper_window import PaperWindow
from ui.secretary.prepare_page import PreparePage
from ui.secretary.prepare_views import EXPERTS, WEIGHTS

ENTER = Qt.Key.Key_Return


def prepare_page(desk: Desk) -> PreparePage:
    page = desk.door.pages.page("prepare")
    assert isinstance(page, PreparePage)
    return page


def saved(day: Day) -> rounds.RoundView:
    return rounds.show_round(day.context.open_bureau, day.round_id)


@pytest.fixture
def even(tmp_path: Path) -> Day:
    """Return a round whose panel is even: one check that a reason can set aside."""
    return Day.start(tmp_path, plan(experts=4))


def test_an_open_check_is_set_aside_in_its_place(even: Day, open_door: OpenDoor) -> None:
    desk = open_door(even.context)
    page = prepare_page(desk)
    assert page.tabs.button(EXPERTS).isChecked()
    assert not page._issue.isEnabled()
    click(page.foot.primary)
    assert page.reason.hasFocus()
    page.reason.insertPlainText("领域专家不足（示例）")
    assert "exception" in page.foot.primary.text()
    click(page.foot.primary)
    desk.settle()
    assert saved(even).plan.overrides == (("panel-odd", "领域专家不足（示例）"),)
    assert page.foot.primary.text() == "Freeze and issue"


def test_a_blank_reason_records_nothing(even: Day, open_door: OpenDoor) -> None:
    desk = open_door(even.context)
    page = prepare_page(desk)
    page.reason.insertPlainText("   ")
    click(page.foot.primary)
    desk.settle()
    assert saved(even).plan.overrides == ()


def test_weights_sum_before_they_are_confirmed(tmp_path: Path, open_door: OpenDoor) -> None:
    scheme = replace(make_scheme(4), weight_origin=WeightOrigin.SUGGESTED)
    day = Day.start(tmp_path, replace(plan(), scheme=scheme, weights_confirmed_by=""))
    desk = open_door(day.context)
    page = prepare_page(desk)
    assert page.tabs.button(WEIGHTS).isChecked()
    assert not page.foot.primary.isEnabled()
    assert page.weights_side.name.hasFocus(), "the next step waits for a name"
    leaves = scheme.indicators()
    first, second = (page.weights.field(leaf.code) for leaf in leaves[:2])
    old = [int(leaf.weight) for leaf in leaves[:2]]
    first.selectAll()
    first.insert(str(old[0] + 1))
    first.textEdited.emit(first.text())
    page.weights_side.name.insert("Wen")
    page.weights_side.name.textEdited.emit("Wen")
    assert not page.foot.primary.isEnabled()
    second.selectAll()
    second.insert(str(old[1] - 1))
    second.textEdited.emit(second.text())
    assert page.foot.primary.isEnabled()
    click(page.foot.primary)
    desk.settle()
    kept = saved(day).plan
    assert kept.weights_confirmed_by == "Wen"
    assert [int(leaf.weight) for leaf in kept.scheme.indicators()[:2]] == [
        old[0] + 1,
        old[1] - 1,
    ]


def test_a_weight_that_is_no_number_is_marked(fresh: Day, open_door: OpenDoor) -> None:
    desk = open_door(fresh.context)
    page = prepare_page(desk)
    click(page.tabs.button(WEIGHTS))
    field = page.weights.field(saved(fresh).plan.scheme.indicators()[0].code)
    field.selectAll()
    press(field, "x")
    assert field.property("state") == "error"
    assert not page.foot.primary.isEnabled()


def test_an_issued_round_cannot_be_changed_here(day: Day, open_door: OpenDoor) -> None:
    desk = open_door(day.context)
    page = desk.go("prepare")
    assert isinstance(page, PreparePage)
    click(page.tabs.button(WEIGHTS))
    code = saved(day).plan.scheme.indicators()[0].code
    assert page.weights.field(code).isReadOnly()
    assert page.foot.primary.text() == "Go to collecting"


def test_issuing_writes_packs_and_slips_and_freezes(
    tmp_path: Path, open_door: OpenDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = Day.start(tmp_path, plan(experts=3))
    desk = open_door(fresh.context)
    press(prepare_page(desk), ENTER)
    desk.settle()
    page = desk.door.pages.page("issue")
    assert isinstance(page, IssuePage)
    assert desk.shown is page
    click(page.foot.primary)
    assert page.progress.isVisible()
    desk.settle()
    assert saved(fresh).state is RoundState.ISSUED
    folder = fresh.context.home / "rounds" / fresh.round_id
    assert len(list((folder / "packs").glob("*.reviewpack"))) == 3
    assert (folder / "slips" / "slips.pdf").read_bytes().startswith(b"%PDF")
    assert page.table.rows.rowCount() == 3
    assert desk.door.head._chip.isVisible()
    assert page.foot.primary.text() == "Print the slips"
    assert page._collect.isVisible()
    monkeypatch.setattr(paper_window, "print_pdf", lambda *_a: True)
    click(page.foot.primary)
    window = page.findChild(PaperWindow)
    assert isinstance(window, PaperWindow)
    window.print_paper()
    window.close()
    desk.settle()
    assert page.foot.primary.text() == "Go to collecting"
    assert not page._collect.isVisible()
    page.table.select("02")
    click(page.places.hand)
    desk.settle()
    assert [page.table.rows.index(row, 5).data(CELL).chip.word for row in range(3)] == [
        "printed",
        "handed over",
        "printed",
    ]
    click(page.frozen.ask)
    assert "3 packs and their slips are void" in page.frozen._effects.text()
    assert not page.frozen.make.isEnabled()
    page.frozen.reason.insertPlainText("权重写错（示例）")
    click(page.frozen.make)
    desk.settle()
    assert desk.shown is desk.door.pages.page("prepare")
    assert desk.door.bureau.round_id != fresh.round_id
    assert desk.door.rounds.view().removed == 1


def test_cancelling_leaves_the_round_in_preparation(fresh: Day, open_door: OpenDoor) -> None:
    desk = open_door(fresh.context)
    page = desk.go("issue")
    click(page.foot.primary)
    press(page, Qt.Key.Key_Escape)
    desk.settle()
    assert saved(fresh).state is RoundState.PREPARING
    assert not list(fresh.context.home.rglob("*.reviewpack"))


def with_packs(day: Day) -> Path:
    """Lay the packs of a round where the issue page looks for them."""
    usual = day.context.home / "rounds" / day.round_id
    shutil.copytree(day.folder / "packs", usual / "packs")
    return usual


def test_a_new_pack_says_what_it_shuts_out_and_needs_a_reason(
    day: Day, open_door: OpenDoor
) -> None:
    usual = with_packs(day)
    desk = open_door(day.context)
    page = desk.go("issue")
    assert isinstance(page, IssuePage)
    page.table.select("03")
    desk.settle()
    assert "Expert 03: the old pack" in page.reissue._effects.text()
    assert not page.reissue.button.isEnabled()
    page.reissue.reason.insertPlainText("口令条遗失（示例）")
    click(page.reissue.button)
    desk.settle()
    assert "written and read back" in page.reissue._said.text()
    assert len(list((usual / "packs").glob("03-*.reviewpack"))) == 2
    assert len(list(usual.glob("slip-03-*.pdf"))) == 1
    assert page.table.current() == "03"
    with day.context.open_bureau() as unit:
        assert any("pack-reissued" in str(each) for each in unit.log(day.round_id))


def test_stopping_keeps_the_copies_that_are_finished(
    day: Day, open_door: OpenDoor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_packs(day)
    out = tmp_path / "out"
    out.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_a: str(out))
    desk = open_door(day.context)
    page = desk.go("issue")
    assert isinstance(page, IssuePage)
    click(page.sticks.all)
    desk.settle()
    assert len(list(out.glob("*.reviewpack"))) == 5
    for each in out.iterdir():
        each.unlink()
    second, pressed, real = Event(), Event(), packs.copy_pack

    def slowly(pack: Path, folder: Path) -> Path:
        copy = real(pack, folder)
        if pack.name.startswith("02-"):
            second.set()
            pressed.wait(30)
        return copy

    monkeypatch.setattr(packs, "copy_pack", slowly)
    click(page.sticks.all)
    desk.bot.waitUntil(second.is_set, timeout=30_000)
    press(page, Qt.Key.Key_Escape)
    pressed.set()
    desk.settle()
    assert sorted(each.name[:3] for each in out.iterdir()) == ["01-", "02-"]
    assert page._notice.isVisible()


def test_a_pack_is_copied_to_a_stick_and_read_back(
    day: Day, open_door: OpenDoor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_packs(day)
    stick = tmp_path / "stick"
    stick.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_a: str(stick))
    desk = open_door(day.context)
    page = desk.go("issue")
    assert isinstance(page, IssuePage)
    page.table.select("03")
    desk.settle()
    click(page.sticks.copy)
    desk.settle()
    [copied] = stick.iterdir()
    assert copied.name.startswith("03-")
    assert "read back" in page._notice.accessibleName()
