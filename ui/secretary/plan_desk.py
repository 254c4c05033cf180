"""The open round's plan while it is changed: one change after the other, and their undoing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reviewer_app.core.errors import ReviewerError
from reviewer_app.core.messages import _
from reviewer_app.core.round import ApplicationNumber, RoundPlan
from reviewer_app.services.records import RoundState
from reviewer_app.services.rounds import change_plan
from ui.secretary.bureau import Bureau
from ui.views import NOTHING, Act, Message

if TYPE_CHECKING:
    from ui.secretary.outline import RoundOutline

Paths = Mapping[tuple[ApplicationNumber, str], Path]
ChangePlan = Callable[[RoundPlan], RoundPlan]
Loads = Callable[[RoundPlan], tuple[RoundPlan, Paths]]


@dataclass(frozen=True, slots=True)
class _Before:
    """A plan as it was before a change, and where its materials lay."""

    plan: RoundPlan
    paths: Paths


class PlanDesk:
    """Changes are made in their order; each reads the plan that the one before it left."""

    def __init__(self, bureau: Bureau) -> None:
        self.bureau = bureau
        self._round = ""
        self._read: RoundOutline | None = None
        self._latest: RoundPlan | None = None
        self._before: list[_Before] = []
        self._waiting = 0
        self.trouble, self.saved = NOTHING, NOTHING
        self.changed: Act = lambda: None

    def enter(self) -> None:
        """Begin with the open round as it was read; what was done to another is forgotten."""
        if self._round != self.bureau.round_id:
            self._round = self.bureau.round_id
            self._before.clear()
            self.trouble, self.saved = NOTHING, NOTHING
        if not self._waiting and self._read is not self.bureau.round:
            self._read = self.bureau.round
            self._latest = self.bureau.plan

    @property
    def plan(self) -> RoundPlan:
        """Return the plan with every change made so far."""
        return self._latest or self.bureau.plan

    @property
    def editable(self) -> bool:
        """Tell whether the round is still in preparation."""
        return self.bureau.state is RoundState.PREPARING

    @property
    def can_undo(self) -> bool:
        """Tell whether there is a change to take back."""
        return self.editable and bool(self._before)

    def change(self, change: ChangePlan, done: Act | None = None) -> None:
        """Change the plan and keep it; what hinders stands in ``trouble``."""
        self.load(lambda plan: (change(plan), {}), done)

    def load(self, change: Loads, done: Act | None = None) -> None:
        """Change the plan with materials that are new to the round."""
        if not self.editable:
            return
        bureau, round_id, now = self.bureau, self.bureau.round_id, self.bureau.now()

        def work() -> _Before | None:
            read = self.plan
            changed, paths = change(read)
            if changed == read:
                return None
            with bureau.open_bureau() as unit:
                known = unit.materials(round_id)
            change_plan(bureau.open_bureau, round_id, read, changed, now, paths)
            self._latest = changed
            places = {(each.application, each.file): Path(each.path) for each in known}
            return _Before(read, places)

        self._run(work, lambda before: self._on_changed(before, done))

    def undo(self) -> None:
        """Take the last change back."""
        if not self.can_undo:
            return
        before = self._before.pop()
        bureau, round_id, now = self.bureau, self.bureau.round_id, self.bureau.now()

        def work() -> None:
            change_plan(bureau.open_bureau, round_id, self.plan, before.plan, now, before.paths)
            self._latest = before.plan

        self._run(work, lambda _none: self._settled(_("Undone {time}")))

    def _run(self, work: Callable[[], object], done: Callable[..., None]) -> None:
        self._waiting += 1
        self.trouble = NOTHING
        self.bureau.tasks.run(work, done=done, failed=self._failed)

    def _on_changed(self, before: _Before | None, done: Act | None) -> None:
        if before:
            self._before.append(before)
        if done:
            done()
        self._settled(_("Saved {time}"))

    def _settled(self, words: str) -> None:
        self._waiting -= 1
        self.saved = Message(words.format(time=self.bureau.local_time()), "ok", "hard-drive")
        self.bureau.reload()

    def _failed(self, error: ReviewerError) -> None:
        self._waiting -= 1
        self.show_trouble(error)
        self.bureau.reload()

    def show_trouble(self, error: ReviewerError) -> None:
        """Say what hindered a change."""
        self.trouble = Message(str(error), "bad", "circle-x")
        self.changed()
