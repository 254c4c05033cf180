"""The order of speaking on the issue page: drawn, printed, drawn again with a reason."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from reviewer_app.services.speaking import draws_of
from tests.services.day import Day
from tests.ui.hands import click, keys
from tests.ui.secretary.conftest import OpenDoor
from ui.secretary.issue_page import IssuePage


def test_the_order_is_drawn_printed_and_drawn_again(
    prepared: Day, open_door: OpenDoor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = prepared.copy(tmp_path / "day")
    desk = open_door(day.context)
    page = desk.go("issue")
    assert isinstance(page, IssuePage)
    card = page.order
    assert not card.write.isVisible()
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
