"""The open indicator on the desk: its scale, its mark, what is typed over it; no Qt."""

from contextlib import AbstractContextManager
from dataclasses import replace

from reviewer_app.core.levels import level_place
from reviewer_app.core.marks import Mark
from reviewer_app.core.scheme import Indicator
from reviewer_app.services.desk_place import Draft
from ui.expert.history import Kind
from ui.expert.score_parts import clean, refusal
from ui.expert.score_state import Open
from ui.expert.sitting import Sitting


class ScorePlace:
    """Holds which indicator is open; everything else lies in the sitting."""

    def __init__(self, sitting: Sitting) -> None:
        self.sitting = sitting
        self._open = Open()

    def place(self) -> tuple[str, str]:
        """Return the open application and indicator."""
        return self._open.number, self._open.code

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

    def _step(self, kind: Kind) -> AbstractContextManager[None]:
        return self.sitting.step(*self.place(), kind)

    def _keep_draft(self, text: str, level: int | None) -> None:
        self.sitting.put_draft(Draft(*self.place(), text, level))

    def _drop_draft(self) -> None:
        self.sitting.drop_draft(*self.place())

    def _show_trouble(self) -> None:
        """Say what is wrong with a typed text that is no mark, if there is one."""
        draft = self.sitting.draft(*self.place())
        error, advice = (
            refusal(self._leaf, clean(draft.text)) if draft and draft.text else ("", "")
        )
        self._open = replace(self._open, error=error, advice=advice)
