"""The second scoring in the window: opened with a reason, handed out, taken in, ended."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from reviewer_app.core.marks import scored
from reviewer_app.core.round import ExpertNumber
from reviewer_app.services.results import results_of
from reviewer_app.services.second_scoring import second_standing
from tests.services.day import Day, app
from tests.ui.hands import click, keys
from tests.ui.secretary.conftest import OpenDoor
from ui.secretary.deliberate_page import DeliberatePage


def test_a_second_scoring_from_opening_to_its_end(
    closed: Day, open_door: OpenDoor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bureau, round_id = closed.context.open_bureau, closed.round_id
    desk = open_door(closed.context)
    page = desk.go("deliberate")
    assert isinstance(page, DeliberatePage)
    click(page.to_second)
    pane = page.second
    assert pane.isVisible()
    assert not pane.end.isVisible()
    click(pane.open)
    desk.settle()
    assert "foresee no second scoring" in pane._notice.accessibleName()
    keys(pane.reason, "differing")
    click(pane.open)
    desk.settle()
    state = second_standing(bureau, round_id).state
    assert state is not None
    assert state.reason == "differing"
    assert not pane.open.isVisible()
    out = tmp_path / "stick"
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_a: str(out))
    click(pane.hand_out)
    desk.settle()
    assert len(list(out.glob("*.reviewfeedback"))) == 5
    assert (out / "匿名反馈表.pdf").is_file()
    laptop = closed.laptops["02"]
    (first,) = results_of(bureau, round_id).seating.received[ExpertNumber("02")]
    content = laptop.content({1: 95, 2: 95, 3: 95}, revision=1)
    with bureau() as unit:
        seats = {each.expert: each for each in unit.seats(round_id)}
        unit.update_seat(replace(seats[first.record.expert], pinned_key=None))
        unit.commit()
    sheet = laptop.sign(tmp_path, replace(content, stage=2))
    before = results_of(bureau, round_id).digest
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_a: ([str(sheet)], ""))
    click(pane.take_in)
    desk.settle()
    assert second_standing(bureau, round_id).received == 1
    assert results_of(bureau, round_id).digest == before
    statement = tmp_path / "复评封存单.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(statement), ""))
    click(pane.end)
    desk.settle()
    assert statement.read_bytes().startswith(b"%PDF")
    assert not pane.end.isVisible()
    found = results_of(bureau, round_id)
    assert found.digest != before
    assert found.seating.counted[first.record.expert].content.marks[app(1)]["6.1"] == scored(95)
    click(page.to_second)
    assert not pane.isVisible()
