"""The second scoring at the secretary's desk: opened, handed out, taken in, ended."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from reviewer_app.core.errors import ReviewerError
from reviewer_app.core.messages import _
from reviewer_app.core.round import RoundId
from reviewer_app.services import second_paper, second_scoring
from reviewer_app.services.collecting import FileVerdict, Verdict, collect
from reviewer_app.services.records import RoundState
from reviewer_app.services.second_scoring import SecondSeat, SecondStanding
from ui.secretary.bureau import Bureau
from ui.views import NOTHING, Act, Message, State, state

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class SecondLine:
    """One expert's line."""

    expert: str
    name: str
    state: State
    receipt: str


@dataclass(frozen=True, slots=True)
class SecondView:
    """The pane as it stands; ``step`` is ``before``, ``open``, ``ended`` or ``archived``."""

    step: str
    words: str
    rule: str
    reason: str
    reason_needed: bool
    lines: tuple[SecondLine, ...]
    notice: Message


class SecondPresenter:
    """Holds the reason being typed; everything else lies in the database."""

    def __init__(self, bureau: Bureau) -> None:
        self.bureau = bureau
        self._round = RoundId("")
        self._standing: SecondStanding | None = None
        self._reason, self._notice = "", NOTHING
        self.changed: Act = lambda: None

    def enter(self) -> None:
        """Read how the second scoring stands."""
        if self._round != self.bureau.round_id:
            self._round, self._standing = self.bureau.round_id, None
            self._reason, self._notice = "", NOTHING
        bureau, round_id = self.bureau, self._round

        def done(standing: SecondStanding) -> None:
            self._standing = standing
            self.changed()

        bureau.tasks.run(
            lambda: second_scoring.second_standing(bureau.open_bureau, round_id),
            done=done,
            failed=self._on_failed,
        )

    def type(self, text: str) -> None:
        """Take over why it is held."""
        self._reason = text

    def open(self) -> None:
        """Open the second scoring, once."""
        bureau, round_id, reason = self.bureau, self._round, self._reason
        now = bureau.now()
        self._run(
            lambda: second_scoring.open_second(bureau.open_bureau, round_id, reason, now),
            lambda _none: _("The second scoring is open. Write the feedback files next."),
        )

    def hand_out(self, folder: Path) -> None:
        """Write every expert's feedback into a folder, and the figures on paper."""
        bureau, round_id, now = self.bureau, self._round, self.bureau.now()

        def work() -> int:
            written = second_scoring.write_feedback(bureau.open_bureau, round_id, folder, now)
            second_paper.write_feedback_paper(bureau.open_bureau, round_id, folder, now)
            return len(written)

        self._run(
            work,
            lambda count: _("{count} feedback files and the paper are in {folder}").format(
                count=count, folder=folder
            ),
        )

    def take_in(self, files: Sequence[Path]) -> None:
        """Take in sheets of the second scoring."""
        bureau, round_id, now = self.bureau, self._round, self.bureau.now()
        self._run(lambda: collect(bureau.open_bureau, round_id, files, now), _taken)

    def end(self, statement: Path) -> None:
        """End the second scoring for good and write its statement."""
        bureau, round_id, now = self.bureau, self._round, self.bureau.now()

        def work() -> None:
            second_scoring.end_second(bureau.open_bureau, round_id, "", now)
            second_paper.write_second_statement(bureau.open_bureau, round_id, statement, now)

        self._run(
            work,
            lambda _none: _("The second scoring has ended. Statement to sign: {file}").format(
                file=statement
            ),
        )

    def view(self) -> SecondView | None:
        """Return the pane as it stands, None before it was read."""
        standing = self._standing
        if standing is None:
            return None
        return SecondView(
            step=self._step(standing),
            words=_words(standing),
            rule=_rule(standing),
            reason=self._reason,
            reason_needed=not standing.foreseen,
            lines=tuple(_line(standing, seat) for seat in standing.seats),
            notice=self._notice,
        )

    def _step(self, standing: SecondStanding) -> str:
        if standing.state is not None and not standing.state.is_open:
            return "ended"
        if self.bureau.state is not RoundState.CLOSED:
            return "archived"
        return "open" if standing.state else "before"

    def _run(self, work: Callable[[], T], words: Callable[[T], str]) -> None:
        def done(result: T) -> None:
            self._notice = Message(words(result), "ok", "circle-check")
            self.enter()
            self.bureau.reload()

        self.bureau.tasks.run(work, done=done, failed=self._on_failed)

    def _on_failed(self, error: ReviewerError) -> None:
        self._notice = Message(str(error), "bad", "circle-x")
        self.changed()


def _taken(verdicts: Sequence[FileVerdict]) -> str:
    refused = [each.sentence for each in verdicts if each.verdict is Verdict.REFUSED]
    taken = len(verdicts) - len(refused)
    return "\n".join([_("{count} sheets taken in").format(count=taken), *refused])


def _words(standing: SecondStanding) -> str:
    now = standing.state
    if now is None:
        return _(
            "After the discussion the experts may score once more on their laptops. Each gets "
            "the panel's medians without names and goes on from the own first sheet."
        )
    if now.is_open:
        words = _(
            "Open since {time}: {count} of {of} have scored again. Until it ends the results "
            "are those of the first scoring; ending is for good."
        )
        opened = f"{now.opened.astimezone():%H:%M}"
        return words.format(time=opened, count=standing.received, of=len(standing.seats))
    words = _("Ended: {count} of {of} have scored again; the others keep the first sheet.")
    return words.format(count=standing.received, of=len(standing.seats))


def _rule(standing: SecondStanding) -> str:
    if standing.second_counts:
        return _("Who scores again counts with the new sheet.")
    return _("By the rules the first sheet decides; the second goes on record.")


def _line(standing: SecondStanding, seat: SecondSeat) -> SecondLine:
    if seat.second:
        shown = state("done", _("Scored again"))
    elif not seat.first:
        shown = state("missing", _("No first sheet"))
    elif standing.state is not None and not standing.state.is_open:
        shown = state("superseded", _("First sheet counts"))
    else:
        words = _("Feedback written") if seat.told else _("Not yet")
        shown = state("working" if seat.told else "missing", words)
    return SecondLine(seat.expert, seat.name, shown, seat.second or seat.first)
