"""Votes as they are being taken down: by name, or as counted paper ballots."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from reviewer_app.core.errors import InputError
from reviewer_app.core.messages import _
from reviewer_app.core.votes import Ballots, CastVote, Choice, Vote

KINDS = ("approve", "reject", "abstain")


@dataclass(frozen=True, slots=True)
class VoteDraft:
    """The vote on one application as it stands on the page.

    ``choices`` are by expert, "" where nothing is said; ``ballots`` are the counts as typed.
    """

    application: str
    choices: Mapping[str, str]
    ballots: Mapping[str, str]
    by_paper: bool = False


def draft_of(
    application: str, votes: Sequence[CastVote | Ballots], may_vote: Sequence[str]
) -> VoteDraft:
    """Return the vote on one application as it is recorded."""
    choices, ballots = dict.fromkeys(may_vote, ""), dict.fromkeys(KINDS, "")
    by_paper = False
    for vote in votes:
        if vote.application != application:
            continue
        if isinstance(vote, Ballots):
            by_paper = True
            ballots = {kind: str(getattr(vote, kind)) for kind in KINDS}
        else:
            choices[vote.expert] = vote.vote.choice.value
    return VoteDraft(application, choices, ballots, by_paper)


def with_choice(draft: VoteDraft, expert: str, choice: str) -> VoteDraft:
    """Return the draft with one expert's vote as said."""
    return replace(draft, choices={**draft.choices, expert: choice})


def with_count(draft: VoteDraft, kind: str, text: str) -> VoteDraft:
    """Return the draft with one count of paper ballots as typed."""
    return replace(draft, ballots={**draft.ballots, kind: text})


def votes_with(
    draft: VoteDraft, votes: Sequence[CastVote | Ballots]
) -> tuple[CastVote | Ballots, ...]:
    """Return the round's votes with those of the draft in the place of the earlier ones.

    Reservations stay with their experts. Raises InputError for a count that is no number.
    """
    others = tuple(each for each in votes if each.application != draft.application)
    if draft.by_paper:
        counts = [_count(draft.ballots[kind]) for kind in KINDS]
        return (*others, Ballots(draft.application, *counts))
    said = {
        each.expert: each.vote.reservation
        for each in votes
        if isinstance(each, CastVote) and each.application == draft.application
    }
    mine = tuple(
        CastVote(draft.application, expert, Vote(Choice(choice), said.get(expert, "")))
        for expert, choice in draft.choices.items()
        if choice
    )
    return (*others, *mine)


def _count(text: str) -> int:
    plain = text.strip() or "0"
    if not (plain.isascii() and plain.isdigit() and len(plain) < 4):  # noqa: PLR2004 - 999 ballots
        raise InputError(_("“{text}” is no count of ballots").format(text=text.strip()))
    return int(plain)
