import pytest

from reviewer_app.core.errors import RoundStateError
from reviewer_app.services import closing
from reviewer_app.services.closing import SeatState
from tests.services.day import NOON, Day


def test_the_statement_says_what_was_there_at_closing_whatever_comes_later(day: Day) -> None:
    paths = day.sign_all()
    day.collect(*paths[:4])
    signed = closing.close_round(
        day.context.open_bureau, day.round_id, NOON, "专家05 突发疾病（示例）"
    )
    laptop = day.laptops["01"]
    second = laptop.sign(day.folder, laptop.content({1: 81, 2: 70, 3: 60}))
    day.collect(paths[4], second, late_reason="U盘晚到（示例）")
    again = closing.closing_statement(day.context.open_bureau, day.round_id)
    assert again == signed
    now = closing.standing(day.context.open_bureau, day.round_id)
    assert (now.seats[0].revision, now.seats[4].state) == (2, SeatState.RECEIVED)


def test_blanks_are_no_reason(day: Day) -> None:
    paths = day.sign_all()
    day.collect(*paths[:4])
    with pytest.raises(RoundStateError, match="05"):
        closing.close_round(day.context.open_bureau, day.round_id, NOON, " \n")
    closing.close_round(day.context.open_bureau, day.round_id, NOON, "缺一份（示例）")
    (refused,) = day.collect(paths[4], late_reason="  ")
    assert refused.refusal == "after-closing"
