"""A correction in four steps: point, wait for the expert's new sheet, compare, print."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from reviewer_app.core.errors import MarkError, ReviewerError
from reviewer_app.core.marks import scored
from reviewer_app.core.messages import _
from reviewer_app.core.numbers import parse_decimal
from reviewer_app.core.round import ApplicationNumber, ExpertNumber
from reviewer_app.core.scoring import check_mark
from reviewer_app.core.tally import Tally
from reviewer_app.services.admitting import FileVerdict, Verdict
from reviewer_app.services.collecting import collect
from reviewer_app.services.correction_slip import write_slip
from reviewer_app.services.corrections import (
    Correction,
    CorrectionState,
    Wish,
    keep_mark,
    open_correction,
    state_of,
)
from reviewer_app.services.results import Results
from reviewer_app.services.what_if import OtherMark, Trial, try_out
from ui.secretary.bureau import Bureau
from ui.secretary.correction_choices import (
    application_choices,
    expert_choices,
    fitting,
    indicator_choices,
)
from ui.secretary.correction_foot import Typed, correction_chip, correction_foot
from ui.secretary.correction_views import (
    CorrectionView,
    correction_steps,
    effect_lines,
    effect_words,
    leaf_of,
    new_box,
    old_box,
    other_changes,
)
from ui.views import NOTHING, Act, Message

Known = tuple[Results, tuple[Correction, ...]]


@dataclass
class _Said:
    """What happened last, and the estimate asked for last."""

    notice: Message = NOTHING
    note: Message = NOTHING
    then: Tally | None = None
    asked: int = 0


class CorrectionPresenter:
    """Holds which correction is open and what is being written; scores come from sheets."""

    def __init__(self, bureau: Bureau, known: Callable[[], Known]) -> None:
        self.bureau, self._known = bureau, known
        self._number, self._typed, self._said = 0, Typed(), _Said()
        self.working = ""
        self._printed: set[int] = set()
        self.is_open = False
        self.changed: Act = lambda: None
        self.sheet_wanted: Act = lambda: None
        self.keep_wanted: Act = lambda: None
        self.print_wanted: Callable[[Path], None] = lambda _path: None

    def begin(self, wish: Wish) -> None:
        """Prepare a new correction; ``wish`` is what the finding points at."""
        self._number, self._typed, self._said = 0, Typed(wish), _Said()
        self.is_open = True
        self.changed()

    def show(self, number: int) -> None:
        """Show a correction that was opened before."""
        self._number, self._typed, self._said = number, Typed(), _Said()
        self.is_open = True
        self.changed()

    def close(self) -> None:
        """Go back to the ranking; an opened correction stays."""
        self.is_open = False
        self.changed()

    # -- writing

    def choose(self, name: str, key: str) -> None:
        """Take over application, expert or indicator."""
        wish = self._typed.wish
        if name == "application":
            wish = replace(wish, application=ApplicationNumber(key))
        elif name == "expert":
            wish = replace(wish, expert=ExpertNumber(key))
        else:
            wish = replace(wish, indicator=key)
        self._typed.wish = fitting(self._known()[0], wish)
        self.try_mark(self._typed.trial)

    def type(self, name: str, text: str) -> None:
        """Take over the ground, the note to the expert, or why the mark is kept."""
        if name == "keep":
            self._typed.keep_reason = text
        elif name == "ground":
            self._typed.wish = replace(self._typed.wish, ground=text)
        else:
            self._typed.wish = replace(self._typed.wish, note=text)
        self.changed()

    def try_mark(self, text: str) -> None:
        """Estimate what another mark would change; nothing is stored."""
        self._typed.trial = text
        said, results, wish = self._said, self._known()[0], self._wish
        said.note, said.then, said.asked = NOTHING, None, said.asked + 1
        leaf, asked = leaf_of(results, wish), said.asked
        if not text.strip() or leaf is None:
            self.changed()
            return
        try:
            mark = scored(parse_decimal(text.strip()))
            check_mark(leaf, mark)
        except (MarkError, ValueError) as error:
            said.note = Message(str(error), "bad", "circle-x")
            self.changed()
            return
        trial = Trial(mark=OtherMark(wish.expert, wish.application, wish.indicator, mark))

        def done(then: Tally) -> None:
            if asked == said.asked:
                said.then = then
                self.changed()

        self.bureau.tasks.run(
            lambda: try_out(results, trial), done=done, failed=self._on_failed
        )
        self.changed()

    # -- acts

    def ask_keep(self) -> None:
        """Begin to write why the expert keeps the mark, or take the wish back."""
        self._typed.keeping = not self._typed.keeping
        self.changed()
        if self._typed.keeping:
            self.keep_wanted()

    def take(self, paths: Sequence[Path]) -> None:
        """Take in the expert's new sheet; it comes after closing, for this correction."""
        opened = self._opened
        if opened is None or self.working or not paths:
            return
        bureau, now, round_id = self.bureau, self.bureau.now(), self.bureau.round_id
        reason = _("Correction {number}: {ground}").format(
            number=opened.number, ground=opened.wish.ground
        )
        self._begin(_("Reading the new sheet"))
        bureau.tasks.run(
            lambda: collect(bureau.open_bureau, round_id, paths, now, reason),
            done=self._on_taken,
            failed=self._on_failed,
        )

    def next(self) -> None:
        """Take the step that the primary button names."""
        opened = self._opened
        if self.working:
            return
        if opened is None:
            self._open()
        elif self._typed.keeping and not opened.kept:
            self._keep(opened)
        elif state_of(opened, self._known()[0].seating) is CorrectionState.OPEN:
            self.sheet_wanted()
        elif opened.number not in self._printed and not opened.kept:
            self._print(opened)
        else:
            self.close()

    # -- showing

    def view(self) -> CorrectionView:
        """Return the pane as it stands."""
        results, corrections = self._known()
        opened, wish, typed = self._opened, self._wish, self._typed
        state = state_of(opened, results.seating) if opened else None
        then = self._said.then
        number = opened.number if opened else len(corrections) + 1
        return CorrectionView(
            title=_("Correction {number}").format(number=number),
            chip=correction_chip(state, wish),
            steps=correction_steps(state, printed=number in self._printed),
            editable=opened is None,
            applications=application_choices(results),
            experts=expert_choices(results, wish),
            indicators=indicator_choices(results, wish),
            wish=wish,
            old=old_box(results, wish, opened),
            new=new_box(results, opened),
            others=other_changes(results, opened) if opened else NOTHING,
            trial=typed.trial,
            trial_note=effect_words(results, then) if then else self._said.note,
            effect=effect_lines(results, wish, then) if then else (),
            keeping=typed.keeping and state is CorrectionState.OPEN,
            keep_reason=typed.keep_reason,
            notice=self._said.notice,
            foot=correction_foot(
                opened, state, typed, self.working, printed=number in self._printed
            ),
        )

    @property
    def _opened(self) -> Correction | None:
        return next((each for each in self._known()[1] if each.number == self._number), None)

    @property
    def _wish(self) -> Wish:
        opened = self._opened
        return opened.wish if opened else self._typed.wish

    # -- what comes of it

    def _open(self) -> None:
        bureau, now, wish = self.bureau, self.bureau.now(), self._typed.wish
        round_id = bureau.round_id
        if not wish.ground.strip():
            return

        def done(opened: Correction) -> None:
            self._number, self.working = opened.number, ""
            bureau.reload()

        self._begin(_("Opening the correction"))
        bureau.tasks.run(
            lambda: open_correction(bureau.open_bureau, round_id, wish, now),
            done=done,
            failed=self._on_failed,
        )

    def _keep(self, opened: Correction) -> None:
        bureau, now, reason = self.bureau, self.bureau.now(), self._typed.keep_reason
        round_id = bureau.round_id

        def done(_nothing: None) -> None:
            self._typed.keeping, self.working = False, ""
            bureau.reload()

        self._begin(_("Recording why the mark is kept"))
        bureau.tasks.run(
            lambda: keep_mark(bureau.open_bureau, round_id, opened.number, reason, now),
            done=done,
            failed=self._on_failed,
        )

    def _print(self, opened: Correction) -> None:
        bureau, now, round_id = self.bureau, self.bureau.now(), self.bureau.round_id
        path = bureau.folder() / "papers" / f"更正单-{opened.number}.pdf"

        def done(written: Path) -> None:
            self._printed.add(opened.number)
            self.working = ""
            self.changed()
            self.print_wanted(written)

        self._begin(_("Making the correction slip"))
        bureau.tasks.run(
            lambda: write_slip(bureau.open_bureau, round_id, opened.number, path, now),
            done=done,
            failed=self._on_failed,
        )

    def _on_taken(self, verdicts: list[FileVerdict]) -> None:
        self.working = ""
        taken = (Verdict.RECEIVED, Verdict.SUPERSEDES)
        bad = any(each.verdict not in taken for each in verdicts)
        words = "　".join(each.sentence for each in verdicts) or _("No sheet found there")
        tone = "warn" if bad or not verdicts else "ok"
        self._said.notice = Message(words, tone, "info")
        self.bureau.reload()

    def _begin(self, what: str) -> None:
        self.working, self._said.notice = what, NOTHING
        self.changed()

    def _on_failed(self, error: ReviewerError) -> None:
        self.working = ""
        self._said.notice = Message(str(error), "bad", "circle-x")
        self.changed()
