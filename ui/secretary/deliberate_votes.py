"""Votes as they are being taken down: by name, or as counted paper ballots."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from reviewer_app.core.errors import InputError
from reviewer_app.core.messages import _
from reviewer_app.core.votes import Ballots, CastVote, Choice, Vote
from ui.secretary.deliberate_drafts import Shape

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


def votes_on(
    draft: VoteDraft, known: Sequence[CastVote | Ballots]
) -> tuple[CastVote | Ballots, ...]:
    """Return the votes of the draft; reservations of the ``known`` stay with their experts.

    Raises InputError for a count that is no number.
    """
    if draft.by_paper:
        counts = [_count(draft.ballots[kind]) for kind in KINDS]
        return (Ballots(draft.application, *counts),)
    said = {each.expert: each.vote.reservation for each in known if isinstance(each, CastVote)}
    return tuple(
        CastVote(draft.application, expert, Vote(Choice(choice), said.get(expert, "")))
        for expert, choice in draft.choices.items()
        if choice
    )


def _plain(draft: VoteDraft) -> object:
    return [dict(draft.choices), dict(draft.ballots), draft.by_paper]


def _read(number: str, plain: object) -> VoteDraft:
    match plain:
        case [dict(choices), dict(ballots), bool(by_paper)]:
            return VoteDraft(number, choices, ballots, by_paper)
    raise TypeError("no vote as it was kept")


VOTE_SHAPE = Shape("vote", _plain, _read)
"""How a vote being taken down is kept until it is recorded."""


def _count(text: str) -> int:
    plain = text.strip() or "0"
    if not (plain.isascii() and plain.isdigit() and len(plain) < 4):  # noqa: PLR2004 - 999 ballots
        raise InputError(_("“{text}” is no count of ballots").format(text=text.strip()))
    return int(plain)
