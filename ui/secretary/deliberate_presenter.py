"""Deliberating: the vote and one opinion an application, kept as they are typed."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from reviewer_app.core.errors import ConflictError, ReviewerError
from reviewer_app.core.messages import _
from reviewer_app.core.round import ApplicationNumber, RoundId
from reviewer_app.services.deliberating import record_vote, revise_opinion
from reviewer_app.services.records import RoundState
from reviewer_app.services.unrecorded import keep_typed
from ui.secretary.bureau import Bureau
from ui.secretary.deliberate_intake import take_opinions, take_votes
from ui.secretary.deliberate_known import Known, following, read_known
from ui.secretary.deliberate_views import (
    PARTS,
    DeliberateView,
    archived_foot,
    conclusion,
    deliberate_foot,
    missing_part,
    opinion_items,
    seat_votes,
    verdict,
    vote_line,
)
from ui.secretary.deliberate_votes import VoteDraft, with_choice, with_count
from ui.secretary.deliberate_writing import Writing
from ui.secretary.sample import FOLDER, sample_title
from ui.secretary.steps import MINUTES
from ui.views import NOTHING, Act, Message

T = TypeVar("T")


class DeliberatePresenter:
    """Holds which application is open; what is typed is in the database at once."""

    def __init__(self, bureau: Bureau) -> None:
        self.bureau = bureau
        self._round, self._number = RoundId(""), ""
        self._writing: Writing | None = None
        self._notice, self._saved = NOTHING, NOTHING
        self.changed: Act = lambda: None
        self.part_wanted: Act = lambda: None

    def enter(self) -> None:
        """Read votes and opinions of the open round."""
        if self._round != self.bureau.round_id:
            self._round, self._writing, self._number = self.bureau.round_id, None, ""
            self._notice, self._saved = NOTHING, NOTHING
        bureau, round_id = self.bureau, self._round
        bureau.tasks.run(
            lambda: read_known(bureau.open_bureau, round_id, bureau.machine),
            done=self._on_read,
            failed=self._on_failed,
        )

    @property
    def ready(self) -> bool:
        """Tell whether votes and opinions have been read."""
        return self._writing is not None

    def open(self, number: str) -> None:
        """Write the opinion on another application; what is whole is recorded first."""
        self.keep()
        self._number = number
        self.changed()

    def type(self, part: str, text: str) -> None:
        """Take over what is being written; ``part`` is a field of the opinion."""
        self._notice = NOTHING
        self._now.write(self._number, part, text)
        self.changed()

    def keep(self) -> None:
        """Record the opinion being written, if its three parts are there."""
        if self._writing is None or not self._editable:
            return
        writing, number = self._writing, self._number
        found = writing.unrecorded_opinion(number)
        if found is None or missing_part(found[0]) or self._trouble:
            return
        bureau, now = self.bureau, self.bureau.now()
        self._run(
            lambda: revise_opinion(bureau.open_bureau, *found, now),
            lambda _nothing: writing.opinion_recorded(number),
        )

    def vote(self, expert: str, choice: str) -> None:
        """Take over one expert's vote on the open application."""
        self._take_down(with_choice(self._vote, expert, choice))

    def count(self, kind: str, text: str) -> None:
        """Take over a count of paper ballots."""
        self._take_down(with_count(self._vote, kind, text))

    def by_paper(self, *, wanted: bool) -> None:
        """Take the vote down as counted paper ballots, or by name."""
        self._take_down(replace(self._vote, by_paper=wanted))

    def record(self) -> None:
        """Record the vote on the open application; those on the others stay."""
        bureau, now, number = self.bureau, self.bureau.now(), self._number
        writing, round_id = self._now, self._round
        try:
            change = writing.change(number)
        except ReviewerError as error:
            self._on_failed(error)
            return
        self._run(
            lambda: record_vote(bureau.open_bureau, round_id, change, now),
            lambda _nothing: writing.vote_recorded(number),
        )

    def settle(self, *, mine: bool) -> None:
        """Let what is written stand over what was recorded meanwhile, or take that."""
        self._now.settle(self._number, mine=mine)
        self.changed()

    def take_votes(self, path: Path) -> None:
        """Replace the votes by those of a list."""
        self._run(lambda: take_votes(self.bureau, path), self._say)

    def take_opinions(self, folder: Path) -> None:
        """Keep every opinion of a folder of text files."""
        self._run(lambda: take_opinions(self.bureau, folder), self._say)

    def sample_folder(self) -> Path | None:
        """Return where the sample's votes and opinions lie, None for any other round."""
        folder = self.bureau.needs.home / FOLDER
        mine = self.bureau.plan.title == sample_title() and folder.is_dir()
        return folder if mine else None

    def next(self) -> None:
        """Take the step that the primary button names."""
        if not self._editable:
            self.bureau.go(MINUTES)
            return
        if missing_part(self._now.opinion(self._number)) or self._trouble:
            self.part_wanted()
            return
        self.keep()
        following = self._following
        if following:
            self._number = following
            self.changed()
            self.part_wanted()
        else:
            self.bureau.go(MINUTES)

    def view(self) -> DeliberateView:
        """Return the page as it stands; only once it has been read."""
        writing, known, number = self._now, self._now.known, self._number
        opinion, draft = writing.opinion(number), self._vote
        count = known.counts.get(ApplicationNumber(number))
        application = known.results.seating.applications.get(ApplicationNumber(number))
        foot = archived_foot()
        if self._editable:
            foot = deliberate_foot(opinion, self._trouble, self._following, self._saved)
        return DeliberateView(
            items=opinion_items(known.results, writing.opinions(), number),
            written=_("opinions {written}/{count}").format(
                written=len(known.opinions), count=len(self.bureau.plan.applications)
            ),
            number=number,
            title=f"{number}　{application.name if application else ''}",
            votes=seat_votes(known.results, draft),
            ballots=draft.ballots,
            by_paper=draft.by_paper,
            unrecorded=writing.unrecorded_vote(number),
            vote_line=vote_line(count),
            verdict=verdict(count),
            parts={part: getattr(opinion, part) for part in PARTS},
            lacking=missing_part(opinion) if self._editable else "",
            claim=writing.claim(number),
            conflict=writing.conflict(number),
            conclusion=conclusion(count, self.bureau.plan.kind),
            editable=self._editable,
            sample=self.sample_folder() is not None and self._editable,
            notice=self._notice,
            foot=foot,
        )

    # -- what is known

    @property
    def _editable(self) -> bool:
        return self.bureau.state is RoundState.CLOSED

    @property
    def _now(self) -> Writing:
        if self._writing is None:
            raise RuntimeError("nothing has been read yet")
        return self._writing

    @property
    def _vote(self) -> VoteDraft:
        return self._now.vote(self._number)

    @property
    def _trouble(self) -> str:
        """Return why a whole opinion cannot be recorded as it stands; "" for nothing."""
        number = self._number
        conflict = self._now.conflict(number) and _("Decide which of the two stays")
        return self._now.claim(number) or conflict

    @property
    def _following(self) -> str:
        return following(self._now.known, self._now.opinions(), self._number)

    # -- doing

    def _take_down(self, draft: VoteDraft) -> None:
        self._now.take_down(draft)
        self.changed()

    def _keep_typed(self, typed: dict[str, object]) -> None:
        """Keep what is typed at once; what hinders that is said on the page."""
        try:
            keep_typed(self.bureau.open_bureau, self._round, self.bureau.machine, typed)
        except ReviewerError as error:
            self._notice = Message(str(error), "bad", "circle-x")

    def _run(self, work: Callable[[], T], then: Callable[[T], None]) -> None:
        """Record something in the background, then look at everything anew."""

        def done(result: T) -> None:
            words = _("Saved {time}").format(time=self.bureau.local_time())
            self._saved, self._notice = Message(words, "ok", "hard-drive"), NOTHING
            then(result)
            self.bureau.reload()

        number = self._number

        def failed(error: ReviewerError) -> None:
            if isinstance(error, ConflictError):
                self._number = number  # where the two texts are to be compared
                self.bureau.reload()
            self._on_failed(error)

        self.bureau.tasks.run(work, done=done, failed=failed)

    def _say(self, message: Message) -> None:
        self._notice = message

    def _on_read(self, known: Known) -> None:
        if self._writing is None:
            self._writing = Writing(self._round, known, self._keep_typed)
        self._writing.known = known
        if not self._number:
            self._number = known.results.tally.ranked()[0].number
            if not missing_part(self._now.opinion(self._number)) and self._following:
                self._number = self._following
        self.changed()

    def _on_failed(self, error: ReviewerError) -> None:
        self._notice = Message(str(error), "bad", "circle-x")
        self.changed()
