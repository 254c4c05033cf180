"""Collecting: take files in, show who handed in, refuse with a reason, close one-way."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from reviewer_app.core.errors import Refusal, ReviewerError
from reviewer_app.core.messages import _
from reviewer_app.core.round import ExpertNumber
from reviewer_app.services.admitting import FileVerdict
from reviewer_app.services.closing import (
    ClosingStatement,
    SeatState,
    SeatStatus,
    close_round,
)
from reviewer_app.services.closing_paper import write_closing_statement
from reviewer_app.services.collecting import collect
from reviewer_app.services.key_change import accept_next_key
from reviewer_app.services.records import RefusalRecord, RoundState
from ui.secretary.bureau import Bureau
from ui.secretary.collect_papers import CollectPapers
from ui.secretary.collect_views import (
    CollectView,
    RefusedView,
    collect_foot,
    refused_views,
    seat_rows,
    verdict_notes,
)
from ui.secretary.sample_hand_in import can_hand_in, hand_in
from ui.secretary.steps import RESULTS
from ui.views import NOTHING, Act, Message

if TYPE_CHECKING:
    from ui.tasks import Running


@dataclass
class _Said:
    """What happened last, in words."""

    notes: tuple[Message, ...] = ()
    trouble: Message = NOTHING
    second_keys: Mapping[str, str] = field(default_factory=dict)
    """The experts of files refused for a second key, by file name."""


class CollectPresenter:
    """Holds what is being written about closing and late sheets."""

    def __init__(self, bureau: Bureau) -> None:
        self.bureau = bureau
        self._round, self._working = "", ""
        self._reason, self._late = "", ""
        self._confirming = False
        self._keys: dict[str, str] = {}
        self._said = _Said()
        self._running: Running | None = None
        self.changed: Act = lambda: None
        self.progressed: Callable[[int, int, str], None] = lambda _d, _t, _w: None
        self.files_wanted: Act = lambda: None
        self.focus_reason: Act = lambda: None
        self.papers = CollectPapers(bureau, self._on_failed)

    def enter(self) -> None:
        """Show the open round's board."""
        if self._round != self.bureau.round_id:
            self._round = self.bureau.round_id
            self._reason, self._late, self._confirming = "", "", False
            self._said = _Said()
        self.changed()

    def take(self, paths: Sequence[Path]) -> None:
        """Read sheets and scans; every file gets its verdict."""
        if self._working or not paths:
            return
        bureau, now, late = self.bureau, self.bureau.now(), self._late.strip()
        round_id = bureau.round_id
        self._begin(_("Reading {count} files").format(count=len(paths)))
        self._running = bureau.tasks.run_long(
            lambda report: collect(bureau.open_bureau, round_id, paths, now, late, report),
            progress=self.progressed,
            done=self._on_taken,
            failed=self._on_failed,
        )

    def hand_in_sample(self) -> None:
        """Let the invented experts of the sample score, sign and hand in."""
        bureau = self.bureau
        round_id, plan, usual = bureau.round_id, bureau.plan, bureau.folder()
        missing = bureau.round.standing.missing if bureau.round.standing else ()
        self._begin(_("The sample's experts are scoring"))

        def work(report: Callable[[int, int, str], None]) -> list[FileVerdict]:
            sheets = hand_in(bureau.needs, round_id, plan, missing, usual, report)
            return collect(bureau.open_bureau, round_id, sheets, bureau.now())

        self._running = bureau.tasks.run_long(
            work,
            progress=self.progressed,
            done=self._on_taken,
            failed=self._on_failed,
        )

    def cancel(self) -> None:
        """Stop reading, or take back the wish to close."""
        if self._running and self._working:
            self._running.cancel()
        elif self._confirming:
            self._confirming = False
            self.changed()

    def type_reason(self, text: str) -> None:
        """Take over why collection is closed without every sheet."""
        self._reason = text
        self.changed()

    def type_late(self, text: str) -> None:
        """Take over why a sheet is taken after closing."""
        self._late = text
        self.changed()

    def type_key_reason(self, expert: str, text: str) -> None:
        """Take over why an expert's second key is accepted."""
        self._keys[expert] = text

    def accept_key(self, expert: str) -> None:
        """Let an expert's next sheet bring its new key, for the reason written."""
        bureau, reason, now = self.bureau, self._keys.get(expert, ""), self.bureau.now()
        number, round_id = ExpertNumber(expert), bureau.round_id

        def done(_nothing: None) -> None:
            words = _("The next sheet of expert {expert} may bring a new key; collect it now")
            self._said = _Said((Message(words.format(expert=expert), "ok", "key-round"),))
            self.bureau.reload()

        bureau.tasks.run(
            lambda: accept_next_key(bureau.open_bureau, round_id, number, reason, now),
            done=done,
            failed=self._on_failed,
        )

    def ask_close(self) -> None:
        """Say what closing does, before doing it."""
        self._confirming = True
        self.changed()
        if self._missing:
            self.focus_reason()

    def close(self) -> None:
        """Close collection for good and write the closing statement."""
        bureau, now, reason = self.bureau, self.bureau.now(), self._reason.strip()
        round_id, path = bureau.round_id, self.papers.statement

        def work() -> ClosingStatement:
            statement = close_round(bureau.open_bureau, round_id, now, reason)
            write_closing_statement(statement, path, now)
            return statement

        self._begin(_("Closing"))
        bureau.tasks.run(work, done=self._on_closed, failed=self._on_failed)

    def next(self) -> None:
        """Take the step that the primary button names."""
        if self._working:
            return
        if self._closed:
            self.bureau.go(RESULTS)
        elif self._confirming:
            self.close()
        elif self._missing:
            self.files_wanted()
        else:
            self.ask_close()

    def view(self) -> CollectView:
        """Return the page as it stands."""
        outline = self.bureau.round
        board = outline.standing
        seats = board.seats if board else ()
        refusals: tuple[RefusalRecord, ...] = board.refusals if board else ()
        usual = self.bureau.folder()
        return CollectView(
            rows=seat_rows(seats, self.bureau.plan),
            counts=_("{expected} due, {received} received, {missing} missing").format(
                expected=outline.expected,
                received=outline.received,
                missing=len(self._missing),
            ),
            share=outline.received / max(1, outline.expected),
            closed=self._closed,
            sealed=outline.state is RoundState.SEALED,
            confirming=self._confirming and not self._closed,
            missing=", ".join(self._names()),
            reason=self._reason,
            late=self._late,
            refused=self._refused(refusals),
            notes=self._said.notes,
            trouble=self._said.trouble,
            working=self._working,
            statement=str(self.papers.statement),
            sample=can_hand_in(self.bureau.plan, usual) and bool(self._missing),
            can_close=not self._closed and outline.received > 0,
            foot=collect_foot(
                self._names(),
                self._reason,
                working=self._working,
                closed=self._closed,
                confirming=self._confirming,
            ),
        )

    # -- what is said

    def _refused(self, refusals: tuple[RefusalRecord, ...]) -> tuple[RefusedView, ...]:
        return refused_views(refusals, self._said.second_keys)

    def _names(self) -> list[str]:
        return [f"{seat.expert} {seat.name}" for seat in self._missing]

    @property
    def _missing(self) -> list[SeatStatus]:
        board = self.bureau.round.standing
        return [s for s in (board.seats if board else ()) if s.state is SeatState.MISSING]

    @property
    def _closed(self) -> bool:
        return self.bureau.round.closed

    # -- what came of it

    def _begin(self, what: str) -> None:
        self._working, self._said = what, _Said()
        self.changed()

    def _on_taken(self, verdicts: list[FileVerdict]) -> None:
        self._working = ""
        second = {
            Path(each.file).name: each.expert
            for each in verdicts
            if each.refusal == Refusal.SECOND_KEY.value
        }
        self._said = _Said(verdict_notes(verdicts), second_keys=second)
        self.bureau.reload()

    def _on_closed(self, _statement: ClosingStatement) -> None:
        self._working, self._confirming = "", False
        self.bureau.reload()

    def _on_failed(self, error: ReviewerError) -> None:
        self._working = ""
        self._said = _Said(trouble=Message(str(error), "bad", "circle-x"))
        self.changed()
