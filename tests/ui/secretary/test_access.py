"""Every control of the secretary's pages: a name, a way to it, a visible focus."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from reviewer_app.bootstrap import wire
from tests.services.day import Day
from tests.ui.access import controls, nameless, out_of_reach, without_sign_of_focus
from tests.ui.secretary.conftest import OpenDoor
from ui.secretary.part_tabs import PartButton


def check(page: QWidget, name: str) -> None:
    assert controls(page), f"{name} has no control at all"
    assert nameless(page) == [], name
    assert out_of_reach(page) == [], name
    assert without_sign_of_focus(page) == [], name


def test_the_pages_around_a_round(fresh: Day, open_door: OpenDoor, tmp_path: Path) -> None:
    empty = open_door(wire(tmp_path / "empty"))
    check(empty.door, "no round yet")
    desk = open_door(fresh.context)
    for part in desk.door.findChildren(PartButton):
        part.click()
        desk.settle()
        check(desk.door, f"prepare, {part.accessibleName()}")
    for key in ("new", "history", "log"):
        desk.door._extra(key)
        desk.settle()
        check(desk.door.pages.page(key), key)


def test_the_steps_of_the_day(closed: Day, open_door: OpenDoor) -> None:
    desk = open_door(closed.context)
    for step in ("issue", "collect", "results", "deliberate", "minutes", "seal"):
        check(desk.go(step), step)
