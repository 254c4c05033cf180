from PySide6.QtCore import Qt

from reviewer_app.core.votes import Ballots, CastVote, Choice
from reviewer_app.services.deliberating import record_opinion, votes_of
from reviewer_app.services.records import OpinionRecord
from reviewer_app.services.seating import load_seating
from reviewer_app.services.unrecorded import typed_before
from tests.services.day import NOON, Day, app
from tests.ui.hands import click, keys, press
from tests.ui.secretary.conftest import Desk, OpenDoor
from ui.secretary.deliberate_page import DeliberatePage


def deliberate_page(desk: Desk) -> DeliberatePage:
    page = desk.go("deliberate")
    assert isinstance(page, DeliberatePage)
    return page


def recorded(day: Day) -> tuple[CastVote | Ballots, ...]:
    with day.context.open_bureau() as unit:
        return votes_of(unit, load_seating(unit, day.round_id))


def vote(page: DeliberatePage, expert: str, steps: int) -> None:
    """Choose a vote by keys: 1 for, 2 against, 3 abstained."""
    for _step in range(steps):
        press(page.votes.choices[expert], Qt.Key.Key_Down)


def test_votes_are_taken_down_by_name(closed: Day, open_door: OpenDoor) -> None:
    desk = open_door(closed.context)
    page = deliberate_page(desk)
    assert not page.votes.record.isEnabled()
    for expert, steps in (("01", 1), ("02", 1), ("03", 1), ("04", 1), ("05", 2)):
        vote(page, expert, steps)
    click(page.votes.record)
    desk.settle()
    votes = {v.expert: v.vote.choice for v in recorded(closed) if isinstance(v, CastVote)}
    assert votes["04"] is Choice.APPROVE
    assert votes["05"] is Choice.REJECT
    assert not page.votes.record.isEnabled()
    page.opened.emit("02")
    vote(page, "01", 1)
    click(page.votes.record)
    desk.settle()
    assert {each.application for each in recorded(closed)} == {"01", "02"}


def test_paper_ballots_are_counted(closed: Day, open_door: OpenDoor) -> None:
    desk = open_door(closed.context)
    page = deliberate_page(desk)
    click(page.votes.paper)
    assert not page.votes.choices["01"].isVisible()
    for kind, count in (("approve", "4"), ("reject", "9")):
        keys(page.votes.ballots[kind], count)
    click(page.votes.record)
    desk.settle()
    assert recorded(closed) == ()
    assert page._notice.isVisible()
    press(page.votes.ballots["reject"], Qt.Key.Key_Backspace)
    keys(page.votes.ballots["reject"], "1")
    click(page.votes.record)
    desk.settle()
    assert recorded(closed) == (Ballots("01", 4, 1, 0),)
    assert "4" in page.votes._verdict.accessibleName()


def test_unanimity_is_written_only_where_it_is_true(closed: Day, open_door: OpenDoor) -> None:
    desk = open_door(closed.context)
    page = deliberate_page(desk)
    for part in ("problems", "advice"):
        page.fields[part].insertPlainText("示例")
    page.fields["overall"].insertPlainText("专家组一致同意通过（示例）")
    assert "not unanimous" in page._lacking.text()
    click(page.foot.primary)
    desk.settle()
    with closed.context.open_bureau() as unit:
        assert list(unit.opinions(closed.round_id)) == []
    for number in range(1, 6):
        vote(page, f"0{number}", 1)
    click(page.votes.record)
    desk.settle()
    assert page._lacking.text() == ""
    assert "一致同意" in page._conclusion.text()
    click(page.foot.primary)
    desk.settle()
    with closed.context.open_bureau() as unit:
        assert len(unit.opinions(closed.round_id)) == 1


def test_leader_and_interference_are_recorded(closed: Day, open_door: OpenDoor) -> None:
    desk = open_door(closed.context)
    page = deliberate_page(desk)
    click(page.to_people)
    pane = page.people
    assert pane.isVisible()
    press(pane.leader, Qt.Key.Key_Down)
    keys(pane.how, "show of hands")
    keys(pane.votes["01"], "4")
    keys(pane.votes["02"], "1")
    click(pane.none)
    click(pane.record)
    desk.settle()
    people = closed.people()
    assert people.election is not None
    assert people.election.leader == "01"
    assert people.election.votes == (("01", 4), ("02", 1))
    assert people.interference == ()
    keys(pane.fields["what"], "call")
    keys(pane.fields["when"], "9:10")
    click(pane.add)
    click(pane.record)
    desk.settle()
    met = closed.people().interference
    assert met is not None
    assert [(each.when, each.what) for each in met] == [("9:10", "call")]


def test_a_leader_with_fewer_votes_is_refused(closed: Day, open_door: OpenDoor) -> None:
    desk = open_door(closed.context)
    page = deliberate_page(desk)
    click(page.to_people)
    press(page.people.leader, Qt.Key.Key_Down)
    keys(page.people.votes["02"], "3")
    click(page.people.record)
    desk.settle()
    assert "more votes" in page.people._notice.text()
    assert closed.people().election is None


def test_what_is_half_written_is_there_after_a_restart(
    closed: Day, open_door: OpenDoor
) -> None:
    desk = open_door(closed.context)
    page = deliberate_page(desk)
    keys(page.fields["overall"], "half")
    vote(page, "02", 2)
    desk.door.shut()
    desk.tasks.close()
    again = deliberate_page(open_door(closed.context))
    assert again.fields["overall"].toPlainText() == "half"
    assert again.votes.choices["02"].currentData() == "reject"
    assert again.votes.record.isEnabled()


def test_two_secretaries_write_on_one_application(closed: Day, open_door: OpenDoor) -> None:
    desk = open_door(closed.context)
    page, bureau = deliberate_page(desk), closed.context.open_bureau
    for part in ("overall", "problems", "advice"):
        keys(page.fields[part], f"mine {part}")
    other = OpinionRecord(closed.round_id, app(1), "theirs", "p", "a")
    record_opinion(bureau, other, NOON)
    click(page.foot.primary)
    desk.settle()
    assert "theirs" in page.conflict.accessibleName()
    assert page.fields["overall"].toPlainText() == "mine overall"
    with bureau() as unit:
        assert list(unit.opinions(closed.round_id)) == [other]
    click(page.mine)
    assert not page.conflict.isVisible()
    click(page.foot.primary)
    desk.settle()
    with bureau() as unit:
        (kept,) = unit.opinions(closed.round_id)
    assert kept.overall == "mine overall"
    assert typed_before(bureau, closed.round_id, desk.door.bureau.machine) == {}
