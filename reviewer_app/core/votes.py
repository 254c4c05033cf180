"""Votes on an application: counted as whole numbers, decided by integer comparison.

With a majority of two thirds, 4 of 5, 5 of 7 and 6 of 9 pass: 3 × approvals ≥ 2 × present.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from reviewer_app.core.errors import InputError
from reviewer_app.core.messages import _
from reviewer_app.core.rules import Decision, VoteBase


class Choice(StrEnum):
    """What a member of the panel can vote."""

    APPROVE = "approve"
    REJECT = "reject"
    ABSTAIN = "abstain"


@dataclass(frozen=True, slots=True)
class Vote:
    """One vote with the reservation its expert wants on record, if any."""

    choice: Choice
    reservation: str = ""


@dataclass(frozen=True, slots=True)
class CastVote:
    """Who voted what about which application."""

    application: str
    expert: str
    vote: Vote


@dataclass(frozen=True, slots=True)
class Ballots:
    """Counted paper ballots of one application; they carry no names and no reservations."""

    application: str
    approve: int
    reject: int
    abstain: int


@dataclass(frozen=True, slots=True)
class VoteCount:
    """The vote on one application; ``entitled`` are the experts not recused from it."""

    approve: int
    reject: int
    abstain: int
    entitled: int
    needed: int
    """Approvals that pass, at the number present."""
    quorate: bool
    passed: bool
    reservations: tuple[tuple[str, str], ...] = ()
    """(expert, reservation) as handed in."""

    @property
    def present(self) -> int:
        """Return how many voted; an abstention is a vote."""
        return self.approve + self.reject + self.abstain

    @property
    def unanimous(self) -> bool:
        """Tell whether papers may say 一致同意: all approve and nobody has a reservation."""
        everybody = self.passed and self.approve == self.present
        return everybody and not self.reservations


def votes_needed(number: int, share: Fraction) -> int:
    """Return the smallest count that is at least ``share`` of ``number``, in whole numbers."""
    return -(-number * share.numerator // share.denominator)


def count_votes(
    votes: Sequence[CastVote | Ballots], entitled: int, decision: Decision
) -> VoteCount:
    """Return the decided vote of one application; ``votes`` are those about it alone.

    Raises InputError for a second vote of the same expert, named votes mixed with counted
    ballots, or more votes than experts who may vote.
    """
    named = [vote for vote in votes if isinstance(vote, CastVote)]
    ballots = [vote for vote in votes if isinstance(vote, Ballots)]
    _check_votes(named, ballots)
    choices = [cast.vote.choice for cast in named]
    approve, reject, abstain = (
        choices.count(choice) + sum(getattr(ballot, choice.value) for ballot in ballots)
        for choice in Choice
    )
    present = approve + reject + abstain
    if present > entitled:
        raise InputError(
            _("Application {application}: {present} votes, {entitled} may vote").format(
                application=votes[0].application, present=present, entitled=entitled
            )
        )
    base = present if decision.majority_of is VoteBase.PRESENT else entitled
    needed = max(votes_needed(base, decision.majority), 1)
    quorate = present > 0 and present >= votes_needed(entitled, decision.quorum)
    return VoteCount(
        approve=approve,
        reject=reject,
        abstain=abstain,
        entitled=entitled,
        needed=needed,
        quorate=quorate,
        passed=quorate and approve >= needed,
        reservations=tuple(
            (cast.expert, cast.vote.reservation) for cast in named if cast.vote.reservation
        ),
    )


def _check_votes(named: Sequence[CastVote], ballots: Sequence[Ballots]) -> None:
    if (named and ballots) or len(ballots) > 1:
        raise InputError(
            _("Application {application}: ballots were counted once and entered again").format(
                application=ballots[0].application
            )
        )
    seen: set[str] = set()
    for cast in named:
        if cast.expert in seen:
            raise InputError(
                _("Application {application}: expert {expert} voted twice").format(
                    application=cast.application, expert=cast.expert
                )
            )
        seen.add(cast.expert)
    if any(min(ballot.approve, ballot.reject, ballot.abstain) < 0 for ballot in ballots):
        raise InputError(
            _("Application {application}: a count of ballots is below zero").format(
                application=ballots[0].application
            )
        )
