"""Answering the open indicator: a level, a number, or neither; what is written beside it.

A level and a number always agree; the one changed last wins, and nothing is ever filled in
beforehand. A typed text is a draft at once and a mark when it settles.
"""

from collections.abc import Callable
from dataclasses import replace

from reviewer_app.core.errors import InputError, MarkError, NumberError
from reviewer_app.core.levels import level_place
from reviewer_app.core.marks import MISSING, Mark, MarkState
from reviewer_app.core.messages import _
from reviewer_app.core.numbers import plain_text
from reviewer_app.services.desk_scoring import Remarks
from ui.expert.history import Kind
from ui.expert.lead_key import LeadKey, lead_with, read
from ui.expert.score_parts import mark_of, range_words
from ui.expert.score_place import ScorePlace
from ui.expert.sitting import Sitting
from ui.views import NOTHING, Act, Message

Retype = Callable[[str], None]
"""How to put another text in the place of what is being typed."""


class ScoreAnswers(ScorePlace):
    """Stores what the expert answers at the open indicator."""

    def __init__(self, sitting: Sitting) -> None:
        super().__init__(sitting)
        self._lead: LeadKey | None = None
        self.focus_score: Act = lambda: None
        self.changed: Act = lambda: None
        self.retype: Retype = lambda _text: None

    def choose_level(self, place: int) -> None:
        """Take a level; a number outside it is emptied, and Undo brings it back."""
        if self.sitting.locked:
            return
        self._lead = None
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

    def press_level(self, place: int) -> None:
        """Take a level by its digit, which may turn out to be the first one of a score."""
        self.choose_level(place)
        self._lead = lead_with(place, self.sitting.session.now())

    def type_score(self, text: str) -> None:
        """Keep a text that is being typed; it is not a mark yet."""
        if self.sitting.locked:
            return
        draft, now = self.sitting.draft(*self.place()), self.sitting.session.now()
        found = read(self._lead, text, draft.level if draft else None, now, self._leaf)
        self._lead = found.lead
        with self._step(Kind.SCORE):
            self._keep_draft(found.text, found.level)
        if found.text != text:
            self.retype(found.text)

    def settle_score(self, text: str) -> None:
        """Let a typed text count: store it, or say why it cannot be stored."""
        if self.sitting.locked:
            return
        before, said = self.chosen(), None
        with self._step(Kind.SCORE):
            try:
                self.sitting.put(*self.place(), mark_of(text))
                self._drop_draft()
                said = self._agreement(before)
            except (NumberError, MarkError):
                self._keep_draft(text, before)
        read_as = self._unite(text)
        self.sitting.pause()
        self._show_trouble()
        self._open = replace(self._open, said=said or read_as)
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

    def _agreement(self, before: int | None) -> Message | None:
        after = self.chosen()
        if after is None or before is None or after == before:
            return None
        level = self._leaf.levels[after]
        words = _("Level changed to {name} ({range}) to match the score")
        return Message(words.format(name=level.name, range=range_words(level)))

    def _unite(self, text: str) -> Message:
        """Say how a number after a level's digit was read; what the digit began is one step."""
        if self._lead is None or not self._lead.joined:
            return NOTHING
        if not self._lead.rest:
            self.sitting.unite()
        return self._lead.message(self._leaf, text)

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
