"""Deliberating: votes from a file, one opinion an application with three mandatory parts."""

from dataclasses import replace
from pathlib import Path

from reviewer_app.core.errors import ReviewerError
from reviewer_app.core.messages import _
from reviewer_app.core.round import ApplicationNumber
from reviewer_app.inputs.numbering import Numbering
from reviewer_app.inputs.opinion_files import load_opinions
from reviewer_app.inputs.votes_file import load_votes
from reviewer_app.services.deliberating import entitled, record_opinion, record_votes
from reviewer_app.services.records import OpinionRecord, RoundState
from ui.secretary.bureau import Bureau
from ui.secretary.deliberate_known import Known, following, read_known
from ui.secretary.deliberate_views import (
    PARTS,
    DeliberateView,
    conclusion,
    false_claim,
    missing_part,
    opinion_items,
    part_name,
    seat_votes,
    verdict,
    vote_line,
    with_part,
)
from ui.secretary.deliberate_votes import (
    VoteDraft,
    draft_of,
    votes_with,
    with_choice,
    with_count,
)
from ui.secretary.sample import FOLDER, sample_title
from ui.secretary.steps import MINUTES
from ui.views import NOTHING, Act, FootView, Message


class DeliberatePresenter:
    """Holds the opinion being written; what is finished lies in the database."""

    def __init__(self, bureau: Bureau) -> None:
        self.bureau = bureau
        self._round, self._number = "", ""
        self._known: Known | None = None
        self._drafts: dict[str, OpinionRecord] = {}
        self._votes: dict[str, VoteDraft] = {}
        self._notice, self._saved = NOTHING, NOTHING
        self.changed: Act = lambda: None
        self.part_wanted: Act = lambda: None

    def enter(self) -> None:
        """Read votes and opinions of the open round."""
        if self._round != self.bureau.round_id:
            self._round, self._known, self._number = self.bureau.round_id, None, ""
            self._drafts.clear()
            self._votes.clear()
            self._notice, self._saved = NOTHING, NOTHING
        open_bureau, round_id = self.bureau.open_bureau, self.bureau.round_id
        self.bureau.tasks.run(
            lambda: read_known(open_bureau, round_id),
            done=self._on_read,
            failed=self._on_failed,
        )

    @property
    def ready(self) -> bool:
        """Tell whether votes and opinions have been read."""
        return self._known is not None

    def open(self, number: str) -> None:
        """Write the opinion on another application; what is whole is kept first."""
        self.keep()
        self._number = number
        self.changed()

    def type(self, part: str, text: str) -> None:
        """Take over what is being written; ``part`` is a field of the opinion."""
        self._drafts[self._number] = with_part(self._opinion(), part, text)
        self.changed()

    def keep(self) -> None:
        """Keep the opinion being written, if its three parts are there."""
        draft = self._drafts.get(self._number)
        if draft is None or missing_part(draft) or not self._editable or self._claim():
            return
        bureau, now, kept = self.bureau, self.bureau.now(), self._saved_of(self._number)
        if draft == kept:
            return

        def done(_nothing: None) -> None:
            words = _("Saved {time}").format(time=bureau.local_time())
            self._saved = Message(words, "ok", "hard-drive")
            bureau.reload()

        bureau.tasks.run(
            lambda: record_opinion(bureau.open_bureau, draft, now),
            done=done,
            failed=self._on_failed,
        )

    def vote(self, expert: str, choice: str) -> None:
        """Take over one expert's vote on the open application."""
        self._votes[self._number] = with_choice(self._draft(), expert, choice)
        self.changed()

    def count(self, kind: str, text: str) -> None:
        """Take over a count of paper ballots."""
        self._votes[self._number] = with_count(self._draft(), kind, text)
        self.changed()

    def by_paper(self, *, wanted: bool) -> None:
        """Take the vote down as counted paper ballots, or by name."""
        self._votes[self._number] = replace(self._draft(), by_paper=wanted)
        self.changed()

    def record(self) -> None:
        """Record the votes on the open application; those on the others stay."""
        bureau, now, number = self.bureau, self.bureau.now(), self._number
        round_id, draft, kept = bureau.round_id, self._draft(), self._read_known().votes

        def done(_counts: object) -> None:
            self._votes.pop(number, None)
            words = _("Saved {time}").format(time=bureau.local_time())
            self._saved, self._notice = Message(words, "ok", "hard-drive"), NOTHING
            bureau.reload()

        bureau.tasks.run(
            lambda: record_votes(bureau.open_bureau, round_id, votes_with(draft, kept), now),
            done=done,
            failed=self._on_failed,
        )

    def take_votes(self, path: Path) -> None:
        """Replace the votes by those of a list."""
        bureau, now = self.bureau, self.bureau.now()
        round_id, plan = bureau.round_id, bureau.plan

        def work() -> int:
            votes = load_votes(
                path,
                Numbering(each.number for each in plan.applications),
                Numbering(each.number for each in plan.experts),
            )
            return len(record_votes(bureau.open_bureau, round_id, votes, now))

        def done(count: int) -> None:
            words = _("Votes on {count} applications recorded").format(count=count)
            self._notice = Message(words, "ok", "circle-check")
            bureau.reload()

        bureau.tasks.run(work, done=done, failed=self._on_failed)

    def take_opinions(self, folder: Path) -> None:
        """Keep every opinion of a folder of text files."""
        bureau, now = self.bureau, self.bureau.now()
        round_id, plan = bureau.round_id, bureau.plan

        def work() -> int:
            texts = load_opinions(folder, Numbering(a.number for a in plan.applications))
            for text in texts:
                number = ApplicationNumber(text.application)
                parts = (text.overall, text.problems, text.advice, text.dissent)
                record_opinion(bureau.open_bureau, OpinionRecord(round_id, number, *parts), now)
            return len(texts)

        def done(count: int) -> None:
            self._drafts.clear()
            words = _("{count} opinions taken in").format(count=count)
            self._notice = Message(words, "ok", "circle-check")
            bureau.reload()

        bureau.tasks.run(work, done=done, failed=self._on_failed)

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
        if missing_part(self._opinion()) or self._claim():
            self.part_wanted()
            return
        self.keep()
        following = self._following()
        if following:
            self._number = following
            self.changed()
            self.part_wanted()
        else:
            self.bureau.go(MINUTES)

    def view(self) -> DeliberateView:
        """Return the page as it stands; only once it has been read."""
        known = self._read_known()
        opinion, number = self._opinion(), ApplicationNumber(self._number)
        count, draft = known.counts.get(number), self._draft()
        application = known.results.seating.applications.get(number)
        return DeliberateView(
            items=opinion_items(known.results, self._all(), self._number),
            written=_("opinions {written}/{count}").format(
                written=len(known.opinions), count=len(self.bureau.plan.applications)
            ),
            number=self._number,
            title=f"{number}　{application.name if application else ''}",
            votes=seat_votes(known.results, draft),
            ballots=draft.ballots,
            by_paper=draft.by_paper,
            unrecorded=draft != self._recorded(),
            vote_line=vote_line(count),
            verdict=verdict(count),
            parts={part: getattr(opinion, part) for part in PARTS},
            lacking=missing_part(opinion) if self._editable else "",
            claim=self._claim(),
            conclusion=conclusion(count, self.bureau.plan.kind),
            editable=self._editable,
            sample=self.sample_folder() is not None and self._editable,
            notice=self._notice,
            foot=self._foot(opinion),
        )

    # -- what is known

    @property
    def _editable(self) -> bool:
        return self.bureau.state is RoundState.CLOSED

    def _read_known(self) -> Known:
        if self._known is None:
            raise RuntimeError("nothing has been read yet")
        return self._known

    def _saved_of(self, number: str) -> OpinionRecord | None:
        return self._read_known().opinions.get(ApplicationNumber(number))

    def _recorded(self) -> VoteDraft:
        known = self._read_known()
        may = entitled(known.results.seating, self._number)
        return draft_of(self._number, known.votes, [str(each) for each in may])

    def _draft(self) -> VoteDraft:
        return self._votes.get(self._number) or self._recorded()

    def _opinion(self) -> OpinionRecord:
        number = ApplicationNumber(self._number)
        blank = OpinionRecord(self.bureau.round_id, number, "", "", "")
        return self._drafts.get(self._number) or self._saved_of(self._number) or blank

    def _all(self) -> dict[str, OpinionRecord]:
        finished = {str(key): each for key, each in self._read_known().opinions.items()}
        return finished | self._drafts

    def _claim(self) -> str:
        count = self._read_known().counts.get(ApplicationNumber(self._number))
        return false_claim(self._opinion(), count)

    def _following(self) -> str:
        return following(self._read_known(), self._all(), self._number)

    def _foot(self, opinion: OpinionRecord) -> FootView:
        if not self._editable:
            left = Message(_("Archived; opinions cannot be changed."), "2", "lock")
            return FootView(_("Minutes and papers"), left=left)
        lacking = missing_part(opinion)
        if lacking:
            name = part_name(lacking)
            words = _("{number}: “{part}” is missing").format(number=self._number, part=name)
            step = _("Write “{part}” of {number}").format(part=name, number=self._number)
            left = Message(words, "warn", "circle-dashed")
            return FootView(step, "Ctrl Enter", left=left, save=self._saved)
        if self._claim():
            left = Message(self._claim(), "warn", "triangle-alert")
            return FootView(_("Mend the opinion"), "Ctrl Enter", left=left, save=self._saved)
        following = self._following()
        left = Message(_("The three parts are written"), "ok", "circle-check")
        step = _("Finish, next {number}").format(number=following)
        words = step if following else _("Finish, minutes and papers")
        return FootView(words, "Ctrl Enter", left=left, save=self._saved)

    def _on_read(self, known: Known) -> None:
        self._known = known
        if not self._number:
            self._number = known.results.tally.ranked()[0].number
            if missing_part(self._opinion()) == "" and self._following():
                self._number = self._following()
        self.changed()

    def _on_failed(self, error: ReviewerError) -> None:
        self._notice = Message(str(error), "bad", "circle-x")
        self.changed()
