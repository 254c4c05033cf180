"""Every control of the start page and of the expert: a name, a way to it, a visible focus."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from reviewer_app.services.desk import Desk
from reviewer_app.services.desk_place import declare_free
from tests.ui.access import controls, nameless, out_of_reach, without_sign_of_focus
from tests.ui.conftest import Pack
from ui.expert.door import ExpertDoor
from ui.recent import RecentPack
from ui.window import Window


def check(page: QWidget, name: str) -> None:
    assert controls(page), f"{name} has no control at all"
    assert nameless(page) == [], name
    assert out_of_reach(page) == [], name
    assert without_sign_of_focus(page) == [], name


def test_the_start_page_and_what_lies_over_it(window: Window, desk: Desk, bot: QtBot) -> None:
    assert desk
    check(window._start, "start, empty")
    window.settings.remember(
        RecentPack(desk.folder.name, "t", "02", "2026-11-21T14:03:21", "01", 1, 3)
    )
    window.show_start()
    bot.waitUntil(lambda: not window.tasks.busy)
    assert len(window._start._recent.rows()) == 1
    check(window._start, "start")
    for name, show in (("help", window.show_help), ("backup", window.show_backup)):
        show()
        bot.waitUntil(lambda: not window.tasks.busy)
        page = window._stack.currentWidget()
        assert page is not None
        assert page is not window._start
        check(page, name)
        window.show_start()


@pytest.fixture
def door(window: Window, pack: Pack, desk: Desk, bot: QtBot) -> Iterator[ExpertDoor]:
    declare_free(desk, desk.assigned)
    window.open_pack(pack.path)
    opened = window._door
    assert isinstance(opened, ExpertDoor)
    check(opened.passcode, "passcode")
    opened.session.opened = desk
    opened._on_opened()
    yield opened
    bot.waitUntil(lambda: not window.tasks.busy)


def test_every_page_of_the_expert(door: ExpertDoor, window: Window, bot: QtBot) -> None:
    check(door.top, "top bar")
    check(door.identity, "identity")
    door._show_pledge()
    check(door.pledge, "pledge")
    door._show_conflicts()
    check(door.conflicts, "conflicts")
    door._begin_scoring()
    bot.waitUntil(lambda: not window.tasks.busy)
    check(door.score, "score")
    door._show_compare()
    check(door.compare, "compare")
    door._show_finish()
    check(door.finish, "finish")
