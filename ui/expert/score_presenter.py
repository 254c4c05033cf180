"""Scoring: which indicator is open, what is typed into it, what comes next.

A level and a number always agree; the one changed last wins, and nothing is ever filled in
beforehand. A typed text is a draft at once and a mark when it settles.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace

from reviewer_app.core.errors import InputError, MarkError, NumberError
from reviewer_app.core.levels import level_place
from reviewer_app.core.marks import MISSING, Mark, MarkState
from reviewer_app.core.messages import _
from reviewer_app.core.numbers import plain_text
from reviewer_app.core.scheme import Indicator
from reviewer_app.services.desk_place import Draft, kept_place
from reviewer_app.services.desk_scoring import Remarks
from ui.expert.history import Change, Kind, kind_words
from ui.expert.score_next import next_step
from ui.expert.score_parts import (
    clean,
    mark_of,
    mark_word,
    range_words,
    refusal,
)
from ui.expert.score_state import Open
from ui.expert.score_views import ScoreView, ScoreViews
from ui.expert.sitting import Sitting
from ui.views import NOTHING, Act, Message

Later = Callable[[Act], None]
"""How to do what can wait until the page is painted."""


class ScorePresenter:
    """Holds the open indicator; everything else lies in the sitting."""

    def __init__(self, sitting: Sitting) -> None:
        self.sitting = sitting
        self._open = Open()
        self._views = ScoreViews(sitting)
        self.changed: Act = lambda: None
        self.leaving: Act = lambda: None
        self.focus_levels: Act = lambda: None
        self.focus_score: Act = lambda: None
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

    def place(self) -> tuple[str, str]:
        """Return the open application and indicator."""
        return self._open.number, self._open.code

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

    # -- answering

    def choose_level(self, place: int) -> None:
        """Take a level; a number outside it is emptied, and Undo brings it back."""
        if self.sitting.locked:
            return
        mark, level = self._mark, self._leaf.levels[place]
        said = NOTHING
        with self._step(Kind.LEVEL):
            if mark.value is None or level_place(self._leaf, mark.value) != place:
                self.sitting.put(*self.place(), MISSING)
                self._keep_draft("", place)
                words = _("Now the score within {name} ({range})")
                said = Message(words.format(name=level.name, range=range_words(level)))
            else:
                self._drop_draft()
        self._open = replace(self._open, error="", said=said)
        self.changed()
        self.focus_score()

    def type_score(self, text: str) -> None:
        """Keep a text that is being typed; it is not a mark yet."""
        if not self.sitting.locked:
            draft = self.sitting.draft(*self.place())
            with self._step(Kind.SCORE):
                self._keep_draft(text, draft.level if draft else None)

    def settle_score(self, text: str) -> None:
        """Let a typed text count: store it, or say why it cannot be stored."""
        if self.sitting.locked:
            return
        before, said = self.chosen(), NOTHING
        with self._step(Kind.SCORE):
            try:
                self.sitting.put(*self.place(), mark_of(text))
                self._drop_draft()
                said = self._agreement(before)
            except (NumberError, MarkError):
                self._keep_draft(text, before)
        self.sitting.pause()
        self._show_trouble()
        self._open = replace(self._open, said=said)
        self.changed()

    def step_score(self, step: int) -> None:
        """Raise or lower the score by the indicator's step."""
        leaf, value, place = self._leaf, self._mark.value, self.chosen()
        if value is not None:
            target = value + step * leaf.step
        elif place is not None:
            target = leaf.levels[place].low if step > 0 else leaf.levels[place].high
        else:
            target = leaf.minimum if step > 0 else leaf.maximum
        if leaf.minimum <= target <= leaf.maximum:
            self.settle_score(plain_text(target))

    def choose_other(self, state: str) -> None:
        """Answer without a number: not applicable, abstained, or nothing yet."""
        if not self.sitting.locked:
            with self._step(Kind.STATE):
                self._drop_draft()
                self.sitting.put(*self.place(), Mark(MarkState(state)))
            self._open = replace(self._open, error="", said=NOTHING)
            self.changed()

    def write_comment(self, text: str) -> None:
        """Store the comment beside the mark."""
        self._put_remarks(Kind.COMMENT, replace(self._remarks(), comment=text))

    def write_reason(self, text: str) -> None:
        """Store the reason of a low mark or an abstention."""
        self._put_remarks(Kind.REASON, replace(self._remarks(), reason=text))

    def cite(self, file: str, page: int) -> None:
        """Cite a page of a document beside the mark, the document alone where ``page`` is 0."""
        text, kept = f"{file}#{page}" if page else file, self._remarks()
        if text not in kept.citations:
            cited = replace(kept, citations=(*kept.citations, text))
            self._put_remarks(Kind.CITATION, cited)

    def remove_citation(self, place: int) -> None:
        """Take a cited page back."""
        kept = self._remarks()
        left = tuple(text for i, text in enumerate(kept.citations) if i != place)
        self._put_remarks(Kind.CITATION, replace(kept, citations=left))

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

    def chosen(self) -> int | None:
        """Return the level that holds: of the stored score, else the one chosen before it."""
        place = level_place(self._leaf, self._mark.value)
        draft = self.sitting.draft(*self.place())
        return draft.level if draft and draft.level is not None else place

    @property
    def _leaf(self) -> Indicator:
        return self.sitting.leaf(*self.place())

    @property
    def _mark(self) -> Mark:
        return self.sitting.record(*self.place()).mark

    def _first(self, number: str) -> str:
        return (self.sitting.unfinished(number) or self.sitting.codes(number))[0]

    def _turn(self, number: str, code: str) -> None:
        """Open a place; a level chosen without its number does not stay behind."""
        left = self.sitting.draft(*self.place())
        if left and not left.text and self.place() != (number, code):
            self._drop_draft()
        note = self.sitting.note(number) if number != self._open.number else self._open.note
        self._open = Open(number, code, note=note)
        self.sitting.pause()
        self._show_trouble()
        self.later(lambda: self._keep_place(number, code))

    def _keep_place(self, number: str, code: str) -> None:
        if self.place() == (number, code):
            self.sitting.keep_place(number, code)

    def _show_trouble(self) -> None:
        """Say what is wrong with a typed text that is no mark, if there is one."""
        draft = self.sitting.draft(*self.place())
        error, advice = (
            refusal(self._leaf, clean(draft.text)) if draft and draft.text else ("", "")
        )
        self._open = replace(self._open, error=error, advice=advice)

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

    def _step(self, kind: Kind) -> AbstractContextManager[None]:
        return self.sitting.step(*self.place(), kind)

    def _keep_draft(self, text: str, level: int | None) -> None:
        self.sitting.put_draft(Draft(*self.place(), text, level))

    def _drop_draft(self) -> None:
        self.sitting.drop_draft(*self.place())

    def _agreement(self, before: int | None) -> Message:
        after = self.chosen()
        if after is None or before is None or after == before:
            return NOTHING
        level = self._leaf.levels[after]
        words = _("Level changed to {name} ({range}) to match the score")
        return Message(words.format(name=level.name, range=range_words(level)))

    def _remarks(self) -> Remarks:
        record = self.sitting.record(*self.place())
        return Remarks(record.comment, record.reason, record.citations)

    def _put_remarks(self, kind: Kind, remarks: Remarks) -> None:
        try:
            with self._step(kind):
                self.sitting.put_remarks(*self.place(), remarks)
        except InputError as error:
            self.sitting.save = Message(str(error), "bad", "circle-x")
        self.changed()
