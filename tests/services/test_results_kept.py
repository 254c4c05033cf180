"""Results are worked out once, and again as soon as anything that they come from is another."""

from dataclasses import replace
from pathlib import Path

import pytest

from reviewer_app.core.errors import ReviewerError, StorageError
from reviewer_app.core.votes import Ballots
from reviewer_app.services.closing import close_round
from reviewer_app.services.deliberating import record_votes
from reviewer_app.services.records import VoteRecord
from reviewer_app.services.results import Results, results_of
from reviewer_app.services.seating import Seating, load_seating
from tests.services.day import NOON, Day, app


@pytest.fixture
def day(issued: Day, tmp_path: Path) -> Day:
    day = issued.copy(tmp_path)
    day.collect(*day.sign_all())
    close_round(day.context.open_bureau, day.round_id, NOON)
    return day


def found(day: Day) -> Results:
    return results_of(day.context.open_bureau, day.round_id)


def seating(day: Day) -> Seating:
    with day.context.open_bureau() as unit:
        return load_seating(unit, day.round_id)


def test_nothing_is_worked_out_twice(day: Day) -> None:
    assert found(day) is found(day)
    assert seating(day) is seating(day)


def test_a_new_sheet_is_noticed(day: Day) -> None:
    before = found(day)
    laptop = day.laptops["01"]
    newer = laptop.sign(day.folder, laptop.content({1: 90, 2: 70, 3: 60}))
    day.collect(newer, late_reason="笔误（示例）")
    after = found(day)
    assert after.digest != before.digest
    assert after.tally.of(app(1)).exact == 82
    assert before.tally.of(app(1)).exact == 80


def test_votes_are_noticed(day: Day) -> None:
    before = found(day)
    votes = [Ballots(app(1), 4, 1, 0)]
    record_votes(day.context.open_bureau, day.round_id, votes, NOON)
    vote = found(day).tally.of(app(1)).vote
    assert before.tally.of(app(1)).vote is None
    assert vote is not None
    assert vote.approve == 4


def test_a_key_that_is_another_is_noticed(day: Day) -> None:
    before = seating(day)
    with day.context.open_bureau() as unit:
        seat = unit.seats(day.round_id)[0]
        unit.update_seat(replace(seat, pinned_key=bytes(32)))
        unit.commit()
    after = seating(day)
    assert after is not before
    assert bytes(32) in {each.pinned_key for each in after.seats}


def test_rows_changed_by_hand_are_refused_though_results_were_shown(day: Day) -> None:
    found(day)
    with day.context.open_bureau() as unit:
        [first, *_others] = unit.sheets(day.round_id)
        unit.update_sheet(replace(first, comments=b'{"01":{}}'))
        unit.commit()
    with pytest.raises(ReviewerError):
        found(day)
    with day.context.open_bureau() as unit:
        unit.update_sheet(first)
        unit.replace_votes(day.round_id, [VoteRecord(day.round_id, app(1), "", 5, 0, 0)])
        unit.commit()
    with pytest.raises(StorageError, match="votes"):
        found(day)
