"""A round is renamed, put away and taken back; an issue is made void and begun anew."""

from dataclasses import replace
from pathlib import Path

import pytest

from reviewer_app.core.errors import InputError, NotFoundError, RoundStateError
from reviewer_app.services import closing, removing, rounds
from reviewer_app.services.closed_round import load_closed
from reviewer_app.services.minutes_paper import minutes_facts
from reviewer_app.services.records import RoundState
from reviewer_app.services.round_basics import basics_faults, basics_of, with_basics
from tests.services.day import NOON, Day, plan


def test_what_is_typed_is_checked_and_put_into_the_plan() -> None:
    before = plan()
    typed = replace(basics_of(before), title=" 验收会（示例） ", kind="验收", date="2026-12-01")
    after = with_basics(before, typed)
    assert (after.title, after.kind.value) == ("验收会（示例）", "验收")
    assert basics_of(after).date == "2026-12-01"
    wrong = replace(typed, title=" ", date="12月1日", kind="?", place="a\x07b")
    assert set(basics_faults(wrong)) == {"title", "date", "kind", "place"}
    with pytest.raises(InputError, match="title"):
        with_basics(before, wrong)


def test_a_removed_round_is_nowhere_until_it_is_restored(tmp_path: Path) -> None:
    prepared = Day.start(tmp_path)
    bureau, round_id = prepared.context.open_bureau, prepared.round_id
    removing.remove_round(bureau, round_id, NOON)
    assert not rounds.list_rounds(bureau)
    with pytest.raises(NotFoundError):
        rounds.show_round(bureau, round_id)
    with pytest.raises(RoundStateError):
        prepared.issue()
    assert [each.id for each in removing.removed_rounds(bureau)] == [round_id]
    restored = removing.restore_round(bureau, round_id[:6], NOON)
    assert restored.state is RoundState.PREPARING
    assert rounds.show_round(bureau, round_id) == restored
    with pytest.raises(NotFoundError):
        removing.restore_round(bureau, round_id, NOON)


def test_an_issued_round_is_not_simply_removed(day: Day) -> None:
    with pytest.raises(RoundStateError):
        removing.remove_round(day.context.open_bureau, day.round_id, NOON)


def test_a_void_issue_begins_anew_and_keeps_what_came_in(day: Day) -> None:
    bureau, old = day.context.open_bureau, day.round_id
    laptop = day.laptops["01"]
    day.collect(laptop.sign(day.folder, laptop.content({1: 80, 2: 70, 3: 60})))
    assert removing.voiding(bureau, old) == removing.Voiding(packs=5, sheets=1)
    with pytest.raises(InputError):
        removing.void_issue(bureau, old, "  ", NOON)
    fresh = removing.void_issue(bureau, old, "权重写错（示例）", NOON)
    with bureau() as unit:
        assert unit.materials(fresh.id) == unit.materials(old)
    assert (fresh.state, fresh.plan) == (RoundState.PREPARING, plan())
    assert [each.id for each in rounds.list_rounds(bureau)] == [fresh.id]
    with pytest.raises(RoundStateError):
        removing.voiding(bureau, old)
    assert removing.restore_round(bureau, old, NOON).state is RoundState.ISSUED
    assert closing.standing(bureau, old).seats[0].receipt


def test_the_minutes_of_a_round_begun_anew_say_what_it_takes_the_place_of(day: Day) -> None:
    bureau, old = day.context.open_bureau, day.round_id
    laptop = day.laptops["01"]
    day.collect(laptop.sign(day.folder, laptop.content({1: 80, 2: 70, 3: 60})))
    fresh = removing.void_issue(bureau, old, "权重写错（示例）", NOON)
    again = replace(day, round_id=fresh.id, folder=day.folder / "again", laptops={})
    again.folder.mkdir()
    again.issue()
    again.collect(*again.sign_all())
    closing.close_round(bureau, fresh.id, NOON)
    said = minutes_facts(load_closed(bureau, fresh.id)).overrides
    assert any(old in text and "1张" in text and "权重写错（示例）" in text for text in said)
