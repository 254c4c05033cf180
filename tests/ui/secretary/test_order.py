"""The order of speaking beside the list and on the issue page: drawn, printed, drawn again."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from reviewer_app.services.speaking import draws_of
from tests.services.day import Day
from tests.ui.hands import click, keys
from tests.ui.secretary.conftest import OpenDoor, OpenPrepare
from ui.secretary.issue_page import IssuePage
from ui.secretary.prepare_views import APPLICATIONS, EXPERTS


def test_the_order_is_drawn_printed_and_drawn_again(
    prepared: Day, open_door: OpenDoor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = prepared.copy(tmp_path / "day")
    desk = open_door(day.context)
    page = desk.go("issue")
    assert isinstance(page, IssuePage)
    card = page.order
    assert not card.write.isVisible()
    assert not card.fields["seed"].isVisible()
    click(card.more)
    keys(card.fields["seed"], "20261121")
    click(card.draw)
    desk.settle()
    assert "Say who gave the seed" in card._said.text()
    keys(card.fields["by"], "supervisor")
    click(card.draw)
    desk.settle()
    (draw,) = draws_of(day.context.open_bureau, day.round_id)
    assert (draw.seed, draw.by) == ("20261121", "supervisor")
    assert "　".join(draw.order) in card._words.text()
    assert card.fields["seed"].text() == ""
    file = tmp_path / "order.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(file), ""))
    click(card.write)
    desk.settle()
    assert file.read_bytes().startswith(b"%PDF")
    click(card.draw)
    desk.settle()
    assert "needs a reason" in card._said.text()
    keys(card.fields["reason"], "one was missing")
    click(card.draw)
    desk.settle()
    found = draws_of(day.context.open_bureau, day.round_id)
    assert [each.reason for each in found] == ["", "one was missing"]


def test_the_order_is_drawn_beside_the_list_before_anything_is_issued(
    fresh: Day, open_prepare: OpenPrepare
) -> None:
    desk = open_prepare(fresh)
    card = desk.page.order
    click(desk.page.tabs.button(EXPERTS))
    assert not card.isVisible()
    click(desk.page.tabs.button(APPLICATIONS))
    click(card.draw)
    desk.settle()
    (draw,) = draws_of(fresh.context.open_bureau, fresh.round_id)
    assert "　".join(draw.order) in card._words.text()
    pane = desk.page.lists[APPLICATIONS]
    pane.dropped.emit(2)
    desk.settle()
    assert "draw it again" in card._words.text()
