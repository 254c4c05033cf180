from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from reviewer_app.core.errors import InputError
from reviewer_app.core.rules import Aggregation
from reviewer_app.core.votes import Ballots
from reviewer_app.services.closing import close_round
from reviewer_app.services.deliberating import record_votes
from tests.services.day import NOON, RULES, Day, plan
from tests.ui.hands import CONTROL, click, keys, press
from tests.ui.secretary.conftest import Desk, OpenDoor
from ui.expert.document_view import MemoryDocument
from ui.secretary.minutes_page import MinutesPage
from ui.secretary.minutes_pages import page_numbers


def minutes_page(desk: Desk) -> MinutesPage:
    page = desk.go("minutes")
    assert isinstance(page, MinutesPage)
    return page


def words_of(page: MinutesPage) -> str:
    name = next(each for each in page._view.papers if "纪要" in each)  # type: ignore[union-attr]
    page.selected.emit(name)
    kept = MemoryDocument(page._data)
    pages = range(kept.pages)
    return "".join(kept.document.getAllText(place).text() for place in pages)


def test_what_is_written_stands_in_the_minutes(closed: Day, open_door: OpenDoor) -> None:
    desk = open_door(closed.context)
    page = minutes_page(desk)
    assert not page.side.write.isEnabled()
    field = page.side.fields["hours"]
    field.setFocus()
    keys(field, "8:30-16:40")
    click(page.side.write)
    desk.settle()
    people = closed.people()
    assert people.hours == "8:30-16:40"
    assert "8:30" in words_of(page)
    assert not page.side.write.isEnabled()


def test_export_waits_for_the_second_machine(
    open_door: OpenDoor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = replace(RULES, aggregation=Aggregation(machines=2))
    day = Day.start(tmp_path, plan(applications=1, experts=3, rules=rules))
    day.issue()
    day.collect(*day.sign_all({number: {1: 80} for number in day.laptops}))
    close_round(day.context.open_bureau, day.round_id, NOON)
    out = tmp_path / "out"
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_a: str(out))
    desk = open_door(day.context)
    page = minutes_page(desk)
    assert not page.side.export["docx"].isEnabled()
    click(page.foot.primary)
    assert page.side.other.hasFocus()
    press(page, "e", CONTROL)
    desk.settle()
    assert not out.exists()
    code = page.side.code.text().replace(" ", "").lower()
    keys(page.side.other, code)
    desk.settle()
    click(page.side.export["docx"])
    desk.settle()
    assert {each.suffix for each in out.iterdir()} == {".docx"}
    ballots = [Ballots("01", 3, 0, 0)]
    record_votes(day.context.open_bureau, day.round_id, ballots, NOON)
    desk.go("results")
    again = minutes_page(desk)
    assert again.side.code.text().replace(" ", "").lower() == code
    assert again.side.export["pdf"].isEnabled()


def test_chosen_pages_are_printed(
    closed: Day, open_door: OpenDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[tuple[int, ...]] = []

    def printer(_data: bytes, _name: str, pages: tuple[int, ...], _page: object) -> bool:
        printed.append(pages)
        return True

    monkeypatch.setattr("ui.secretary.minutes_page.print_pages", printer)
    desk = open_door(closed.context)
    page = minutes_page(desk)
    keys(page.side.pages, "1-2")
    press(page.side.pages, "p", CONTROL)
    assert printed == [(0, 1)]
    keys(page.side.pages, "99")
    press(page.side.pages, "p", CONTROL)
    assert "1-299" in page._notice.accessibleName()
    assert len(printed) == 1


@pytest.mark.parametrize(
    ("typed", "pages"), [("", (0, 1, 2)), ("2", (1,)), ("3，1", (2, 0)), ("1–2, 3", (0, 1, 2))]
)
def test_pages_are_read(typed: str, pages: tuple[int, ...]) -> None:
    assert page_numbers(typed, 3) == pages


@pytest.mark.parametrize("typed", ["0", "4", "2-1", "a", "1-9", "1,,2"])
def test_what_is_no_page_is_refused(typed: str) -> None:
    with pytest.raises(InputError, match="1–3"):
        page_numbers(typed, 3)
