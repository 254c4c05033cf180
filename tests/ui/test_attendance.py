"""Arrival and leaving, where the round asks for them and only there."""

from dataclasses import replace
from datetime import datetime, timedelta

from pytestqt.qtbot import QtBot

from reviewer_app.services.desk import Desk
from reviewer_app.services.desk_attendance import attendance, note_arrival
from reviewer_app.sheets.round_document import sign_round, verify_round
from tests.sheets.making import BUREAU
from tests.ui.conftest import Pack
from tests.ui.hands import click
from tests.ui.making import Machine
from tests.ui.test_drafts import button
from tests.ui.test_expert_day import at_scoring
from ui.window import Window


def asking(desk: Desk) -> Desk:
    """Return the desk of the same round, whose rules ask for arrival and leaving."""
    document = desk.pack.round.document
    panel = replace(document.rules.panel, attendance=True)
    rules = replace(document.rules, panel=panel)
    signed = verify_round(sign_round(replace(document, rules=rules), BUREAU))
    return replace(desk, pack=replace(desk.pack, round=signed))


def test_both_are_recorded_by_this_clock_and_shown_for_the_sign_in_sheet(
    window: Window, machine: Machine, pack: Pack, desk: Desk, bot: QtBot
) -> None:
    desk = asking(desk)
    door = at_scoring(window, pack, desk, bot)
    came = machine.now
    door._on_opened()
    facts = dict(door.identity._view.facts) if door.identity._view else {}
    assert facts["Arrival"].startswith(f"{came.astimezone():%H:%M} by this computer's clock")
    click(door.identity.foot.primary)
    machine.now += timedelta(hours=3)
    note_arrival(desk, machine.now)
    door._show_finish()
    assert door.finish.attendance.isVisible()
    click(button(door.finish.attendance, "Record that I leave now"))
    known = attendance(desk)
    assert (known.arrived, known.left) == (came, machine.now)
    shown = door.finish.attendance._times.text()
    assert shown == f"Arrived {hour(came)}　Left {hour(machine.now)}"


def test_nothing_is_asked_where_the_rules_do_not(
    window: Window, pack: Pack, desk: Desk, bot: QtBot
) -> None:
    door = at_scoring(window, pack, desk, bot)
    door._on_opened()
    click(door.identity.foot.primary)
    door._show_finish()
    assert not door.finish.attendance.isVisible()
    assert attendance(desk).arrived is None


def hour(moment: datetime) -> str:
    return f"{moment.astimezone():%H:%M}"
