"""Votes and opinions after the results are open; the program counts, the panel decides."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from reviewer_app.core.errors import ConflictError, InputError
from reviewer_app.core.messages import _
from reviewer_app.core.round import ApplicationNumber, ExpertNumber, RoundId
from reviewer_app.core.votes import Ballots, CastVote, Choice, Vote, VoteCount, count_votes
from reviewer_app.services import bureau_log
from reviewer_app.services.closing import require_closing
from reviewer_app.services.kept import opinion_digest, votes_digest
from reviewer_app.services.ports import BureauUnit, OpenBureau
from reviewer_app.services.records import OpinionRecord, RoundState, VoteRecord
from reviewer_app.services.rounds import in_state
from reviewer_app.services.seating import Seating, load_seating


@dataclass(frozen=True, slots=True)
class VoteChange:
    """The vote on one application as taken down, and the votes it was begun over."""

    application: str
    votes: tuple[CastVote | Ballots, ...]
    over: tuple[CastVote | Ballots, ...]


def record_votes(
    bureau: OpenBureau, round_id: RoundId, votes: Sequence[CastVote | Ballots], now: datetime
) -> dict[ApplicationNumber, VoteCount]:
    """Replace the round's votes by these and return the count of each application.

    Raises InputError for an unknown application or expert, a vote of a recused expert, or more
    votes than may be cast.
    """
    with bureau() as unit:
        seating = _closed(unit, round_id)
        for vote in votes:
            _check_vote(seating, vote)
        counts = _replace(unit, seating, [_record(round_id, vote) for vote in votes], now)
        unit.commit()
    return counts


def record_vote(
    bureau: OpenBureau, round_id: RoundId, change: VoteChange, now: datetime
) -> None:
    """Record the vote on one application; those on the others stay as they are.

    Raises ConflictError where another vote was recorded meanwhile than the one that the change
    was begun over, InputError as ``record_votes`` does.
    """
    number = change.application
    with bureau() as unit:
        seating = _closed(unit, round_id)
        known = [vote for vote in votes_of(unit, seating) if vote.application == number]
        if set(known) != set(change.over):
            raise ConflictError(
                _("Meanwhile another vote on {number} was recorded: look at it").format(
                    number=number
                )
            )
        for vote in change.votes:
            _check_vote(seating, vote)
        others = [each for each in unit.votes(round_id) if each.application != number]
        mine = [_record(round_id, vote) for vote in change.votes]
        _replace(unit, seating, [*others, *mine], now)
        unit.commit()


def record_opinion(bureau: OpenBureau, opinion: OpinionRecord, now: datetime) -> None:
    """Keep the opinion on one application; overall, problems and advice must be there."""
    _refuse_empty(opinion)
    with bureau() as unit:
        _keep(unit, opinion, now)
        unit.commit()


def revise_opinion(
    bureau: OpenBureau, opinion: OpinionRecord, over: OpinionRecord | None, now: datetime
) -> None:
    """Keep an opinion that was begun over another one, or over none.

    Raises ConflictError where a different one was recorded meanwhile, InputError as
    ``record_opinion`` does.
    """
    _refuse_empty(opinion)
    with bureau() as unit:
        in_state(unit, opinion.round_id, RoundState.CLOSED)
        known = {each.application: each for each in unit.opinions(opinion.round_id)}
        if known.get(opinion.application) not in (over, opinion):
            raise ConflictError(
                _("Meanwhile another opinion on {number} was recorded: compare the two").format(
                    number=opinion.application
                )
            )
        _keep(unit, opinion, now)
        unit.commit()


def _closed(unit: BureauUnit, round_id: RoundId) -> Seating:
    in_state(unit, round_id, RoundState.CLOSED)
    require_closing(unit, round_id)
    return load_seating(unit, round_id)


def _replace(
    unit: BureauUnit, seating: Seating, records: Sequence[VoteRecord], now: datetime
) -> dict[ApplicationNumber, VoteCount]:
    unit.replace_votes(seating.round_id, records)
    counts = vote_counts(unit, seating)
    bureau_log.append(
        unit,
        seating.round_id,
        now,
        "votes-recorded",
        votes=len(records),
        digest=votes_digest(records),
    )
    return counts


def _keep(unit: BureauUnit, opinion: OpinionRecord, now: datetime) -> None:
    round_id, number = opinion.round_id, opinion.application
    _check_application(_closed(unit, round_id), number)
    unit.put_opinion(opinion)
    digest = opinion_digest(opinion)
    bureau_log.append(
        unit, round_id, now, "opinion-recorded", application=number, digest=digest
    )


def _refuse_empty(opinion: OpinionRecord) -> None:
    for text, name in (
        (opinion.overall, _("overall opinion")),
        (opinion.problems, _("problems")),
        (opinion.advice, _("advice")),
    ):
        if not text.strip():
            raise InputError(
                _(
                    "Application {number}: “{part}” is empty; the opinion cannot be finished"
                ).format(number=opinion.application, part=name)
            )


def vote_counts(unit: BureauUnit, seating: Seating) -> dict[ApplicationNumber, VoteCount]:
    """Return the decided vote of every application that was voted on."""
    by_application: dict[str, list[CastVote | Ballots]] = {}
    for vote in votes_of(unit, seating):
        by_application.setdefault(vote.application, []).append(vote)
    decision = seating.round.document.rules.decision
    return {
        ApplicationNumber(number): count_votes(votes, len(entitled(seating, number)), decision)
        for number, votes in by_application.items()
    }


def votes_of(unit: BureauUnit, seating: Seating) -> tuple[CastVote | Ballots, ...]:
    """Return the votes as recorded; where none were, those of the signed sheets that count.

    The vote of an expert whose recusal came after it has fallen.
    """
    recorded = tuple(_vote(record) for record in unit.votes(seating.round_id))
    standing = tuple(
        vote
        for vote in recorded
        if isinstance(vote, Ballots) or vote.expert in entitled(seating, vote.application)
    )
    return standing + sheet_votes(seating, {vote.application for vote in standing})


def sheet_votes(seating: Seating, besides: Collection[str] = ()) -> tuple[CastVote, ...]:
    """Return the votes on the sheets that count, except those on some applications."""
    return tuple(
        CastVote(application, expert, vote)
        for expert, sheet in sorted(seating.counted.items())
        for application, vote in sheet.content.votes.items()
        if application not in besides and application not in seating.stepped_back[expert]
    )


def entitled(seating: Seating, application: str) -> list[ExpertNumber]:
    """Return the experts who may vote on an application: on the roster and not recused."""
    return list(seating.judges.get(ApplicationNumber(application), ()))


def _check_application(seating: Seating, application: str) -> None:
    if application not in seating.round.document.applications:
        raise InputError(_("There is no application {number}").format(number=application))


def _check_vote(seating: Seating, vote: CastVote | Ballots) -> None:
    _check_application(seating, vote.application)
    if isinstance(vote, CastVote) and vote.expert not in entitled(seating, vote.application):
        raise InputError(
            _("Expert {expert} has no vote on application {number}").format(
                expert=vote.expert, number=vote.application
            )
        )


def _record(round_id: RoundId, vote: CastVote | Ballots) -> VoteRecord:
    number = ApplicationNumber(vote.application)
    if isinstance(vote, Ballots):
        return VoteRecord(round_id, number, "", vote.approve, vote.reject, vote.abstain)
    counts = {choice: int(choice is vote.vote.choice) for choice in Choice}
    return VoteRecord(
        round_id,
        number,
        vote.expert,
        counts[Choice.APPROVE],
        counts[Choice.REJECT],
        counts[Choice.ABSTAIN],
        vote.vote.reservation,
    )


def _vote(record: VoteRecord) -> CastVote | Ballots:
    if not record.expert:
        return Ballots(record.application, record.approve, record.reject, record.abstain)
    choice = (
        Choice.APPROVE if record.approve else Choice.REJECT if record.reject else Choice.ABSTAIN
    )
    return CastVote(record.application, record.expert, Vote(choice, record.reservation))
