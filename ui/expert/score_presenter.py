"""Scoring: which indicator is open, what is typed into it, what comes next.

A level and a number always agree; the one changed last wins, and nothing is ever filled in
beforehand. A typed text is a draft at once and a mark when it settles.
"""

from dataclasses import replace

from reviewer_app.core.errors import InputError, MarkError, NumberError
from reviewer_app.core.marks import MISSING, Mark, MarkState, scored
from reviewer_app.core.messages import _
from reviewer_app.core.numbers import parse_decimal, plain_text
from reviewer_app.core.scheme import Indicator
from reviewer_app.services.desk_place import Draft, kept_draft, kept_place, put_place
from reviewer_app.services.desk_scoring import Remarks
from ui.expert.score_parts import level_place, mark_word, range_words, refusal
from ui.expert.score_state import Open, Step
from ui.expert.score_views import ScoreView, score_view
from ui.expert.sitting import Sitting
from ui.views import NOTHING, Act, Message


class ScorePresenter:
    """Holds the open indicator; everything else lies in the sitting."""

    def __init__(self, sitting: Sitting) -> None:
        self.sitting = sitting
        self._open = Open()
        self.changed: Act = lambda: None
        self.leaving: Act = lambda: None
        self.focus_levels: Act = lambda: None
        self.focus_score: Act = lambda: None
        self.focus_reason: Act = lambda: None
        self.compare_wanted: Act = lambda: None

    def begin(self) -> None:
        """Return to the indicator and the draft of last time."""
        sitting = self.sitting
        number, code = kept_place(sitting.desk)
        draft = kept_draft(sitting.desk)
        if draft and draft.indicator in sitting.codes(draft.application):
            number, code = draft.application, draft.indicator
        numbers = sitting.numbers()
        if number not in numbers:
            number, code = sitting.next_incomplete("") or numbers[0], ""
        self._turn(number, code or self._first(number))
        here = draft and (draft.application, draft.indicator) == self.place()
        self._open = replace(self._open, draft=draft if here else None)
        if draft and here and draft.text:
            self.settle_score(draft.text)

    def view(self) -> ScoreView:
        """Return the page as it stands."""
        return score_view(self.sitting, self._open, self.next_step())

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
            level = self._open.draft.level if self._open.draft else None
            self._keep_draft(text, level)

    def settle_score(self, text: str) -> None:
        """Let a typed text count: store it, or say why it cannot be stored."""
        if self.sitting.locked:
            return
        before, clean = self.chosen(), text.strip().removesuffix(".")
        try:
            mark = scored(parse_decimal(clean)) if clean else MISSING
            self.sitting.put(*self.place(), mark)
        except (NumberError, MarkError):
            self._keep_draft(text, before)
            error, advice = refusal(self._leaf, clean)
            self._open = replace(self._open, error=error, advice=advice, said=NOTHING)
            self.changed()
            return
        self._drop_draft()
        self._open = replace(self._open, error="", said=self._agreement(before))
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
            self._drop_draft()
            self.sitting.put(*self.place(), Mark(MarkState(state)))
            self._open = replace(self._open, error="", said=NOTHING)
            self.changed()

    def write_comment(self, text: str) -> None:
        """Store the comment beside the mark."""
        self._put_remarks(replace(self._remarks(), comment=text))

    def write_reason(self, text: str) -> None:
        """Store the reason of a low mark or an abstention."""
        self._put_remarks(replace(self._remarks(), reason=text))

    def cite(self, file: str, page: int) -> None:
        """Cite a page of a document beside the mark."""
        text, kept = f"{file}#{page}", self._remarks()
        if text not in kept.citations:
            self._put_remarks(replace(kept, citations=(*kept.citations, text)))

    def remove_citation(self, place: int) -> None:
        """Take a cited page back."""
        kept = self._remarks()
        left = tuple(text for i, text in enumerate(kept.citations) if i != place)
        self._put_remarks(replace(kept, citations=left))

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
        """Bring the last changed mark back, and show where it is."""
        last = self.sitting.undo()
        if last is None:
            return
        self._drop_draft()
        self._turn(last.number, last.code)
        mark = last.before
        shown = mark_word(mark) if mark.value is None else plain_text(mark.value)
        words = _("Brought back: {mark}").format(mark=shown)
        self._open = replace(self._open, said=Message(words, "2", "undo-2"))
        self.changed()

    def retry(self) -> None:
        """Try again to store what the disk refused."""
        self.sitting.retry()
        self.changed()

    # -- what comes next

    def next_step(self) -> Step:
        """Return what the primary button does."""
        number, code = self.place()
        if self.sitting.locked:
            return Step("compare")
        return self._step_here(number, code) or self._step_onward(number, code)

    def _step_here(self, number: str, code: str) -> Step | None:
        """Return what the open indicator still needs at once."""
        draft = self._open.draft
        if self._open.error:
            return Step("fix", number, code)
        if draft and draft.level is not None:
            return Step("number", number, code)
        if code in self.sitting.status(number).reasons_missing:
            return Step("reason", number, code)
        return None

    def _step_onward(self, number: str, code: str) -> Step:
        """Return the next gap: below, above, here, in another application, or none."""
        codes, left = self.sitting.codes(number), self.sitting.unfinished(number)
        start = codes.index(code) + 1
        onward = [each for each in codes[start:] + codes[: start - 1] if each in left]
        if onward:
            return Step("item", number, onward[0])
        if code in left:
            return Step("here", number, code)
        following = self.sitting.next_incomplete(number)
        return Step("application", following) if following else Step("compare")

    def next(self) -> None:
        """Take the step that the primary button names."""
        step = self.next_step()
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
        """Go to the next gap anywhere; on a complete desk nothing happens."""
        if self.next_step().kind != "compare":
            self.next()

    def chosen(self) -> int | None:
        """Return the level that holds: of the stored score, else the one chosen before it."""
        place = level_place(self._leaf, self._mark.value)
        draft = self._open.draft
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
        if self._open.draft and not self._open.draft.text:
            self._drop_draft()
        note = self.sitting.note(number) if number != self._open.number else self._open.note
        self._open = Open(number, code, note=note)
        put_place(self.sitting.desk, number, code)

    def _keep_draft(self, text: str, level: int | None) -> None:
        draft = Draft(*self.place(), text, level)
        self._open = replace(self._open, draft=draft)
        self.sitting.put_draft(draft)

    def _drop_draft(self) -> None:
        if self._open.draft:
            self._open = replace(self._open, draft=None)
            self.sitting.put_draft(None)

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

    def _put_remarks(self, remarks: Remarks) -> None:
        try:
            self.sitting.put_remarks(*self.place(), remarks)
        except InputError as error:
            self.sitting.save = Message(str(error), "bad", "circle-x")
        self.changed()
