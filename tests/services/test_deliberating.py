from pathlib import Path

import pytest

from reviewer_app.core.errors import InputError
from reviewer_app.core.votes import CastVote, Choice, Vote
from reviewer_app.services import closing, deliberating, results
from tests.services.day import NOON, Day, app


def votes(*experts: str, choice: Choice = Choice.APPROVE) -> list[CastVote]:
    return [CastVote("01", expert, Vote(choice)) for expert in experts]


def closed(day: Day, paths: list[Path]) -> None:
    day.collect(*paths)
    closing.close_round(day.context.open_bureau, day.round_id, NOON, "示例")


def test_a_recused_expert_has_no_vote(day: Day) -> None:
    paths = [
        each.sign(
            day.folder,
            each.content({1: 80, 2: 70, 3: 60}, recused=(1,) if number == "05" else ()),
        )
        for number, each in day.laptops.items()
    ]
    closed(day, paths)
    with pytest.raises(InputError, match="05 has no vote"):
        deliberating.record_votes(day.context.open_bureau, day.round_id, votes("05"), NOON)


def test_a_vote_falls_with_a_recusal_that_comes_after_it(day: Day) -> None:
    closed(day, day.sign_all())
    counts = deliberating.record_votes(
        day.context.open_bureau, day.round_id, votes("01", "02", "03", "05"), NOON
    )
    assert (counts[app(1)].approve, counts[app(1)].entitled) == (4, 5)
    laptop = day.laptops["05"]
    recused = laptop.sign(day.folder, laptop.content({1: 80, 2: 70, 3: 60}, recused=(1,)))
    day.collect(recused, late_reason="事后发现关联（示例）")
    vote = results.results_of(day.context.open_bureau, day.round_id).tally.of("01").vote
    assert vote is not None
    assert (vote.approve, vote.entitled) == (3, 4)
