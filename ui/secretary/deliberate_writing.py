"""What is written about each application so far, beside what is recorded about it."""

from collections.abc import Callable
from typing import TypeVar

from reviewer_app.core.messages import _
from reviewer_app.core.round import ApplicationNumber, RoundId
from reviewer_app.core.votes import Ballots, CastVote
from reviewer_app.services.deliberating import VoteChange, entitled
from reviewer_app.services.records import OpinionRecord
from ui.secretary.deliberate_drafts import Drafts
from ui.secretary.deliberate_known import Known
from ui.secretary.deliberate_views import false_claim, opinion_shape, opinion_words, with_part
from ui.secretary.deliberate_votes import VOTE_SHAPE, VoteDraft, draft_of, votes_on

T = TypeVar("T")
Keep = Callable[[dict[str, object]], None]


class Writing:
    """Opinions and votes of one round as they stand on the page."""

    def __init__(self, round_id: RoundId, known: Known, keep: Keep) -> None:
        self.known = known
        self._round = round_id
        self._opinions = Drafts(opinion_shape(round_id), keep)
        self._votes = Drafts(VOTE_SHAPE, keep)
        self._opinions.load(known.typed)
        self._votes.load(known.typed)

    # -- opinions

    def opinion(self, number: str) -> OpinionRecord:
        """Return the opinion as written, or as recorded."""
        return self._opinions.get(number) or self._recorded_opinion(number)

    def opinions(self) -> dict[str, OpinionRecord]:
        """Return every opinion as written or as recorded, by application."""
        recorded = {str(key): each for key, each in self.known.opinions.items()}
        return recorded | self._opinions.all()

    def unrecorded_opinion(
        self, number: str
    ) -> tuple[OpinionRecord, OpinionRecord | None] | None:
        """Return what is written and what it was begun over; None if all is recorded."""
        draft, over = self._opinions.get(number), self._recorded_opinion(number)
        if draft is None:
            return None
        return draft, over if any(opinion_words(over)) else None

    def write(self, number: str, part: str, text: str) -> None:
        """Take over one part of an opinion as typed."""
        draft = with_part(self.opinion(number), part, text)
        self._opinions.put(number, draft, self._recorded_opinion(number))

    def opinion_recorded(self, number: str) -> None:
        """Forget a draft that has been recorded."""
        self._opinions.drop(number)

    def claim(self, number: str) -> str:
        """Return what to mend where the opinion says a unanimity that is not there."""
        return false_claim(
            self.opinion(number), self.known.counts.get(ApplicationNumber(number))
        )

    # -- votes

    def vote(self, number: str) -> VoteDraft:
        """Return the vote as taken down, or as recorded."""
        return self._votes.get(number) or self._recorded_vote(number)

    def unrecorded_vote(self, number: str) -> bool:
        """Tell whether votes are taken down that are not recorded."""
        return self._votes.get(number) is not None

    def take_down(self, draft: VoteDraft) -> None:
        """Take over the vote on an application as it is taken down."""
        number = draft.application
        self._votes.put(number, draft, self._recorded_vote(number))

    def vote_recorded(self, number: str) -> None:
        """Forget a vote that has been recorded."""
        self._votes.drop(number)

    def change(self, number: str) -> VoteChange:
        """Return the vote to be recorded; raises InputError for a count that is none."""
        known = self._votes_on(number)
        return VoteChange(number, votes_on(self.vote(number), known), known)

    # -- what others recorded meanwhile

    def conflict(self, number: str) -> str:
        """Return in words what was recorded elsewhere since writing began; "" for nothing."""
        recorded = self._recorded_opinion(number)
        if self._opinions.conflicts(number, recorded):
            words = _("Recorded meanwhile elsewhere: {words}")
            return words.format(words="　".join(filter(None, opinion_words(recorded))))
        if self._votes.conflicts(number, self._recorded_vote(number)):
            return _("Another vote on {number} was recorded meanwhile").format(number=number)
        return ""

    def settle(self, number: str, *, mine: bool) -> None:
        """Let what is written here stand over what was recorded meanwhile, or take that."""
        _settle(self._opinions, number, self._recorded_opinion(number), mine=mine)
        _settle(self._votes, number, self._recorded_vote(number), mine=mine)

    def _recorded_opinion(self, number: str) -> OpinionRecord:
        key = ApplicationNumber(number)
        return self.known.opinions.get(key) or OpinionRecord(self._round, key, "", "", "")

    def _recorded_vote(self, number: str) -> VoteDraft:
        may = [str(each) for each in entitled(self.known.results.seating, number)]
        return draft_of(number, self.known.votes, may)

    def _votes_on(self, number: str) -> tuple[CastVote | Ballots, ...]:
        return tuple(each for each in self.known.votes if each.application == number)


def _settle(drafts: Drafts[T], number: str, recorded: T, *, mine: bool) -> None:
    if not drafts.conflicts(number, recorded):
        return
    if mine:
        drafts.rebase(number, recorded)
    else:
        drafts.drop(number)
