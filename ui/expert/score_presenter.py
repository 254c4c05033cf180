"""Scoring: which indicator is open and what comes next; ``score_answers`` is what it takes."""

from collections.abc import Callable
from dataclasses import replace

from reviewer_app.core.errors import InputError
from reviewer_app.core.marks import MISSING
from reviewer_app.core.messages import _
from reviewer_app.core.numbers import plain_text
from reviewer_app.services.desk_place import kept_place
from ui.expert.history import Change, kind_words
from ui.expert.score_answers import ScoreAnswers
from ui.expert.score_next import next_step
from ui.expert.score_parts import mark_word
from ui.expert.score_state import Open
from ui.expert.score_views import ScoreView, ScoreViews
from ui.expert.sitting import Sitting
from ui.views import Act, Message

Later = Callable[[Act], None]
"""How to do what can wait until the page is painted."""


class ScorePresenter(ScoreAnswers):
    """Goes from indicator to indicator, and knows what comes next."""

    def __init__(self, sitting: Sitting) -> None:
        super().__init__(sitting)
        self._views = ScoreViews(sitting)
        self.leaving: Act = lambda: None
        self.focus_levels: Act = lambda: None
        self.focus_reason: Act = lambda: None
        self.compare_wanted: Act = lambda: None
        self.later: Later = lambda act: act()

    def begin(self) -> None:
        """Return to the indicator and the draft of last time."""
        sitting = self.sitting
        number, code = kept_place(sitting.desk)
        draft = sitting.last_draft()
        if draft and draft.indicator in sitting.codes(draft.application):
            number, code = draft.application, draft.indicator
        numbers = sitting.numbers()
        if number not in numbers:
            number, code = sitting.next_incomplete("") or numbers[0], ""
        self._turn(number, code or self._first(number))
        if draft and draft.text and sitting.draft(*self.place()):
            self.settle_score(draft.text)

    def view(self) -> ScoreView:
        """Return the page as it stands."""
        return self._views.view(self._open, next_step(self.sitting, self._open))

    # -- going about

    def open_application(self, number: str) -> None:
        """Open another application, at its first gap."""
        if number in self.sitting.numbers():
            self.open_at(number, self._first(number))

    def open_indicator(self, code: str) -> None:
        """Open another indicator of the same application."""
        self.open_at(self._open.number, code)

    def open_at(self, number: str, code: str) -> None:
        """Open one indicator of one application."""
        known = number in self.sitting.numbers() and code in self.sitting.codes(number)
        if known and (number, code) != self.place():
            self.leaving()
            self._turn(number, code)
            self.changed()
        if known:
            self.focus_levels()

    def open_group(self, place: int) -> None:
        """Jump to a dimension: its first gap, else its first indicator."""
        number = self._open.number
        dimension = self.sitting.scheme(number).dimensions[place]
        asked = self.sitting.codes(number)
        mine = [leaf.code for leaf in dimension.indicators() if leaf.code in asked]
        gaps = [code for code in self.sitting.unfinished(number) if code in mine]
        for code in (gaps or mine)[:1]:
            self.open_indicator(code)

    def step_indicator(self, step: int) -> None:
        """Go to the indicator above or below."""
        codes = self.sitting.codes(self._open.number)
        place = codes.index(self._open.code) + step
        if 0 <= place < len(codes):
            self.open_indicator(codes[place])

    def step_application(self, step: int) -> None:
        """Go to the application above or below."""
        numbers = self.sitting.numbers()
        place = numbers.index(self._open.number) + step
        if 0 <= place < len(numbers):
            self.open_application(numbers[place])

    # -- beside the marks

    def write_note(self, text: str) -> None:
        """Store the private note on the open application."""
        self._open = replace(self._open, note=text)
        try:
            self.sitting.put_note(self._open.number, text)
        except InputError as error:
            self.sitting.save = Message(str(error), "bad", "circle-x")
        self.changed()

    def toggle_flag(self) -> None:
        """Flag the open application for oneself, or take the flag away."""
        self.sitting.toggle_flag(self._open.number)
        self.changed()

    def undo(self) -> None:
        """Take the last step back, and show where it was."""
        self._travel(self.sitting.undo(), _("Undone: {what}"), "undo-2")

    def redo(self) -> None:
        """Do the step taken back last again, and show where it is."""
        self._travel(self.sitting.redo(), _("Done again: {what}"), "redo-2")

    def retry(self) -> None:
        """Try again to store what the disk refused."""
        self.sitting.retry()
        self.changed()

    # -- what comes next

    def next(self) -> None:
        """Take the step that the primary button names."""
        step = next_step(self.sitting, self._open)
        acts = {
            "fix": self.focus_score,
            "number": self.focus_score,
            "reason": self.focus_reason,
            "here": self.focus_levels,
            "compare": self.compare_wanted,
        }
        if step.kind == "item":
            self.open_indicator(step.code)
        elif step.kind == "application":
            self.open_application(step.application)
        else:
            acts[step.kind]()

    def next_gap(self) -> None:
        """Go to the next gap anywhere; on a complete desk say that there is none."""
        if next_step(self.sitting, self._open).kind != "compare":
            self.next()
            return
        said = Message(_("Nothing is missing any more."), "ok", "circle-check")
        self._open = replace(self._open, said=said)
        self.changed()

    def _first(self, number: str) -> str:
        return (self.sitting.unfinished(number) or self.sitting.codes(number))[0]

    def _turn(self, number: str, code: str) -> None:
        """Open a place; a level chosen without its number does not stay behind."""
        left = self.sitting.draft(*self.place())
        if left and not left.text and self.place() != (number, code):
            self._drop_draft()
        note = self.sitting.note(number) if number != self._open.number else self._open.note
        self._open, self._lead = Open(number, code, note=note), None
        self.sitting.pause()
        self._show_trouble()
        self.later(lambda: self._keep_place(number, code))

    def _keep_place(self, number: str, code: str) -> None:
        if self.place() == (number, code):
            self.sitting.keep_place(number, code)

    def _travel(self, change: Change | None, words: str, icon: str) -> None:
        if change is None:
            return
        self._turn(change.number, change.code)
        before, mark = change.before.mark, change.after.mark
        if mark not in {before, MISSING}:
            shown = mark_word(mark) if mark.value is None else plain_text(mark.value)
            words = _("Brought back: {mark}").format(mark=shown)
        else:
            words = words.format(what=kind_words(change.kind))
        self._open = replace(self._open, said=Message(words, "2", icon))
        self.changed()
