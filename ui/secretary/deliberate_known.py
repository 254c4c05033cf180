"""What is read for deliberating: results, votes, opinions, who may vote."""

from collections.abc import Mapping
from dataclasses import dataclass

from reviewer_app.core.round import ApplicationNumber, RoundId
from reviewer_app.core.votes import Ballots, CastVote, VoteCount
from reviewer_app.services.deliberating import vote_counts, votes_of
from reviewer_app.services.records import OpinionRecord
from reviewer_app.services.results import Results, load_results
from reviewer_app.services.unrecorded import typed_before
from ui.secretary.deliberate_views import missing_part
from ui.secretary.outline import OpenUnit


@dataclass(frozen=True, slots=True)
class Known:
    """Everything the page reads, in one go."""

    results: Results
    votes: tuple[CastVote | Ballots, ...]
    counts: Mapping[ApplicationNumber, VoteCount]
    opinions: Mapping[ApplicationNumber, OpinionRecord]
    typed: Mapping[str, object]
    """What this machine kept of what was typed and not recorded."""


def read_known(open_bureau: OpenUnit, round_id: RoundId, machine: str) -> Known:
    """Return votes and opinions of a closed round."""
    typed = typed_before(open_bureau, round_id, machine)
    with open_bureau() as unit:
        results = load_results(unit, round_id)
        return Known(
            results,
            votes_of(unit, results.seating),
            vote_counts(unit, results.seating),
            {each.application: each for each in unit.opinions(round_id)},
            typed,
        )


def following(known: Known, opinions: Mapping[str, OpinionRecord], number: str) -> str:
    """Return the next application by rank whose opinion is not whole; "" if none is."""
    ranked = [each.number for each in known.results.tally.ranked()]
    place = ranked.index(number) if number in ranked else -1
    for each in (*ranked[place + 1 :], *ranked[: place + 1]):
        opinion = opinions.get(each)
        if each != number and (opinion is None or missing_part(opinion)):
            return each
    return ""
