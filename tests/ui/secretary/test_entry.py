from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit

from reviewer_app.core.round import ExpertNumber
from reviewer_app.services.closing import SeatState, standing
from reviewer_app.services.paper_entry import Form, Step, progress_of
from reviewer_app.services.paper_form import write_form
from tests.services.day import NOON, Day
from tests.ui.hands import click, keys, press, under_test
from tests.ui.secretary.conftest import Desk, OpenDoor
from ui.secretary.collect_page import CollectPage
from ui.secretary.entry_pane import EntryPane

if TYPE_CHECKING:
    from pathlib import Path

EDITABLE = Qt.ItemFlag.ItemIsEditable


@pytest.fixture
def form(day: Day, monkeypatch: pytest.MonkeyPatch) -> Form:
    """Return the form of expert 01, whose print is chosen as its scan."""
    found = Form(day.round_id, ExpertNumber("01"))
    path = day.folder / "form.pdf"
    write_form(day.context.open_bureau, found, path, NOON)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a: (str(path), ""))
    return found


def entering(desk: Desk) -> tuple[CollectPage, EntryPane]:
    page = desk.go("collect")
    assert isinstance(page, CollectPage)
    click(page._paper)
    desk.settle()
    assert page.entry.isVisible()
    return page, page.entry


def fill(desk: Desk, pane: EntryPane, text: str) -> None:
    """Type the same number into every box of a mark; the first one by keys."""
    model = pane.model
    first = True
    for row in range(1, model.rowCount()):
        for column in range(model.columnCount()):
            index = model.index(row, column)
            if not model.flags(index) & EDITABLE:
                continue
            if first:
                pane.table.setCurrentIndex(index)
                press(pane.table, text[0])
                editor = pane.table.findChild(QLineEdit)
                keys(editor, text[1:])
                press(editor, Qt.Key.Key_Return)
                desk.settle()
                first = False
            else:
                model.setData(index, text)


def typed(pane: EntryPane) -> set[str]:
    model = pane.model
    cells = [
        model.index(row, column).data()
        for row in range(model.rowCount())
        for column in range(model.columnCount())
    ]
    return {str(cell) for cell in cells if cell not in ("", "／")}


def test_two_people_type_blind_and_differences_are_settled(
    day: Day, form: Form, open_door: OpenDoor
) -> None:
    desk = open_door(day.context)
    page, pane = entering(desk)
    under_test(pane.model)
    assert pane.expert.currentData() == "01"
    assert not page.foot.primary.isEnabled()
    fill(desk, pane, "80")
    keys(pane.by, "Wen")
    keys(pane.reason, "laptop broken")
    click(pane.choose)
    click(page.foot.primary)
    desk.settle()
    assert progress_of(day.context.open_bureau, form).step is Step.TYPED_ONCE
    assert typed(pane) == set()
    assert pane.by.text() == ""
    fill(desk, pane, "80")
    pane.model.setData(pane.model.index(1, 0), "81")
    keys(pane.by, "Lin")
    click(page.foot.primary)
    desk.settle()
    assert progress_of(day.context.open_bureau, form).step is Step.DIFFERENT
    [(value, reason)] = pane.settled.values()
    keys(value, "80")
    keys(reason, "the paper says 80")
    keys(pane.by, "Wen")
    click(page.foot.primary)
    desk.settle()
    assert progress_of(day.context.open_bureau, form).step is Step.ENTERED
    seats = standing(day.context.open_bureau, day.round_id).seats
    assert [s.state for s in seats if s.expert == "01"] == [SeatState.RECEIVED]
    click(page.foot.primary)
    assert not pane.isVisible()
    words = [str(page.table.model().index(0, column).data()) for column in range(7)]
    assert "re-entered" in words


def test_an_empty_box_is_named_and_nothing_typed_is_lost(
    day: Day, form: Form, open_door: OpenDoor
) -> None:
    desk = open_door(day.context)
    page, pane = entering(desk)
    pane.model.setData(pane.model.index(1, 0), "80")
    keys(pane.by, "Wen")
    keys(pane.reason, "laptop broken")
    click(pane.choose)
    click(page.foot.primary)
    desk.settle()
    assert "empty" in pane._notice.accessibleName()
    assert typed(pane) == {"80"}
    press(page, Qt.Key.Key_Escape)
    assert not pane.isVisible()
    click(page._paper)
    desk.settle()
    assert typed(pane) == {"80"}
    desk.door.shut()
    page, pane = entering(open_door(day.context))
    assert typed(pane) == {"80"}, "kept box by box, over the end of the program too"
    assert (pane.by.text(), pane.reason.text()) == ("Wen", "laptop broken")
    assert "form.pdf" in pane._scan.text()
    assert progress_of(day.context.open_bureau, form).step is Step.NOTHING


def test_the_form_is_printed(
    day: Day, open_door: OpenDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[Path] = []
    monkeypatch.setattr(
        "ui.secretary.wires_collect.show_paper", lambda path, _page: shown.append(path)
    )
    desk = open_door(day.context)
    _page, pane = entering(desk)
    pane.print_requested.emit()
    desk.settle()
    assert shown[0].read_bytes().startswith(b"%PDF")
