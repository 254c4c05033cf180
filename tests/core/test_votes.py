"""Votes are decided by whole numbers, and 一致同意 must be true."""

from fractions import Fraction

import pytest

from reviewer_app.core.errors import InputError
from reviewer_app.core.rules import Decision, VoteBase
from reviewer_app.core.votes import (
    Ballots,
    CastVote,
    Choice,
    Vote,
    count_votes,
    votes_needed,
)


def cast(*choices: Choice, reservation: str = "") -> list[CastVote]:
    return [
        CastVote("1", str(expert), Vote(choice, reservation if expert == 0 else ""))
        for expert, choice in enumerate(choices)
    ]


YES, NO, AWAY = Choice.APPROVE, Choice.REJECT, Choice.ABSTAIN


@pytest.mark.parametrize(
    ("present", "needed"), [(5, 4), (6, 4), (7, 5), (8, 6), (9, 6), (11, 8), (15, 10)]
)
def test_two_thirds_of_the_vector(present: int, needed: int) -> None:
    """domain.md G, vector 4."""
    assert votes_needed(present, Fraction(2, 3)) == needed
    passes = count_votes([Ballots("1", needed, present - needed, 0)], present, Decision())
    fails = count_votes(
        [Ballots("1", needed - 1, present - needed + 1, 0)], present, Decision()
    )
    assert passes.needed == needed
    assert (passes.passed, fails.passed) == (True, False)


@pytest.mark.parametrize(("present", "needed"), [(5, 4), (7, 6), (9, 7), (15, 12)])
def test_three_quarters_of_the_vector(present: int, needed: int) -> None:
    assert votes_needed(present, Fraction(3, 4)) == needed


def test_an_abstention_is_present_but_no_approval() -> None:
    count = count_votes(cast(YES, YES, AWAY), 3, Decision())
    assert (count.present, count.needed, count.passed, count.unanimous) == (3, 2, True, False)


def test_a_quorum_is_of_all_who_may_vote() -> None:
    below = count_votes(cast(YES, YES, YES, YES), 7, Decision())
    enough = count_votes(cast(YES, YES, YES, YES, YES), 7, Decision())
    assert (below.quorate, below.passed, below.unanimous) == (False, False, False)
    assert (enough.quorate, enough.passed, enough.unanimous) == (True, True, True)


def test_a_majority_may_be_of_all_who_may_vote() -> None:
    votes = cast(YES, YES, YES, YES, NO)
    assert count_votes(votes, 7, Decision()).passed
    entitled = count_votes(votes, 7, Decision(majority_of=VoteBase.ENTITLED))
    assert (entitled.needed, entitled.passed) == (5, False)


def test_a_reservation_spoils_unanimity_and_is_kept() -> None:
    count = count_votes(cast(YES, YES, YES, reservation="预算偏高"), 3, Decision())
    assert (count.passed, count.unanimous) == (True, False)
    assert count.reservations == (("0", "预算偏高"),)


def test_nobody_present_decides_nothing() -> None:
    count = count_votes([Ballots("1", 0, 0, 0)], 0, Decision())
    assert (count.quorate, count.passed, count.unanimous) == (False, False, False)


def test_at_least_one_approval_is_needed() -> None:
    count = count_votes(cast(AWAY), 1, Decision(majority=Fraction(1, 100)))
    assert (count.needed, count.passed) == (1, False)


@pytest.mark.parametrize(
    ("votes", "entitled", "sentence"),
    [
        (cast(YES, YES), 1, "2 votes, 1 may vote"),
        ([*cast(YES), *cast(NO)], 5, "expert 0 voted twice"),
        ([*cast(YES), Ballots("1", 1, 0, 0)], 5, "counted once and entered again"),
        ([Ballots("1", 1, 0, 0), Ballots("1", 1, 0, 0)], 5, "counted once and entered again"),
        ([Ballots("1", 1, -1, 0)], 5, "below zero"),
    ],
)
def test_impossible_votes_are_refused(
    votes: list[CastVote | Ballots], entitled: int, sentence: str
) -> None:
    with pytest.raises(InputError, match=f"Application 1: .*{sentence}"):
        count_votes(votes, entitled, Decision())
