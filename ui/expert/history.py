"""What was changed in this sitting, step by step, so that it can be taken back and done again.

Nothing typed is ever lost: who takes steps back and then does something else can still take
that back, and the taking back, until every earlier state has stood there again.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum

from reviewer_app.core.marks import Mark
from reviewer_app.core.messages import _
from reviewer_app.services.desk_place import Draft
from reviewer_app.services.desk_scoring import Remarks


class Kind(StrEnum):
    """What a step changed."""

    LEVEL = "level"
    SCORE = "score"
    STATE = "state"
    COMMENT = "comment"
    REASON = "reason"
    CITATION = "citation"


_TYPED = {Kind.SCORE, Kind.COMMENT, Kind.REASON}


@dataclass(frozen=True, slots=True)
class Answer:
    """What stands at one indicator, with what is being typed over it."""

    mark: Mark
    remarks: Remarks
    draft: Draft | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One step: what stood at an indicator before and after it."""

    number: str
    code: str
    kind: Kind
    before: Answer
    after: Answer

    def backwards(self) -> "Change":
        """Return the step that takes this one back."""
        return replace(self, before=self.after, after=self.before)


class History:
    """The steps of one sitting, oldest first, and those taken back."""

    def __init__(self) -> None:
        self._done: list[Change] = []
        self._undone: list[Change] = []
        self._typing = False

    def record(self, change: Change) -> None:
        """Remember a step; keys typed one after the other into one field are one step."""
        if change.before == change.after:
            return
        if self._typing and self._continues(change):
            merged = replace(self._done.pop(), after=change.after)
            self._typing = merged.before != merged.after
            self._done += [merged] if self._typing else []
            return
        forward = self._undone[::-1]
        self._undone = []
        self._done += [*forward, *(each.backwards() for each in forward[::-1]), change]
        self._typing = change.kind in _TYPED

    def pause(self) -> None:
        """Let what is typed next be a step of its own."""
        self._typing = False

    def unite(self) -> None:
        """Count a level chosen and the number typed after it as one step."""
        level, score = self._done[-2:] if len(self._done) > 1 else (None, None)
        if level is None or score is None or level.kind is not Kind.LEVEL:
            return
        if (level.number, level.code, Kind.SCORE) == (score.number, score.code, score.kind):
            self._done[-2:] = [replace(score, before=level.before)]

    def last(self) -> Change | None:
        """Return the step to be taken back next, if there is one."""
        return self._done[-1] if self._done else None

    def next(self) -> Change | None:
        """Return the step to be done again next, if there is one."""
        return self._undone[-1] if self._undone else None

    def back(self) -> None:
        """Count the last step as taken back."""
        self.pause()
        self._undone.append(self._done.pop())

    def forth(self) -> None:
        """Count the next step as done again."""
        self._done.append(self._undone.pop())

    def keep(self, numbers: Collection[str]) -> None:
        """Forget every step on an application that is not one of these."""
        self._done = [each for each in self._done if each.number in numbers]
        self._undone = [each for each in self._undone if each.number in numbers]

    def _continues(self, change: Change) -> bool:
        last = self._done[-1]
        here = (change.number, change.code, change.kind)
        return (last.number, last.code, last.kind) == here


def kind_words(kind: Kind) -> str:
    """Return what a step changed, in words."""
    return {
        Kind.LEVEL: _("the level"),
        Kind.SCORE: _("the score"),
        Kind.STATE: _("the answer"),
        Kind.COMMENT: _("the comment"),
        Kind.REASON: _("the reason"),
        Kind.CITATION: _("the cited page"),
    }[kind]
