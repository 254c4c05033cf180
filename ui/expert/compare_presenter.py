"""Comparing: all own marks side by side, what they imply as a ranking, what is missing."""

from reviewer_app.core.errors import MarkError, NumberError
from reviewer_app.core.messages import _
from ui.expert.compare_matrix import CompareMatrix
from ui.expert.compare_views import (
    CompareView,
    Counts,
    Gap,
    Order,
    Statuses,
    cell_card,
    foot,
    gaps_of,
    legend,
    listed,
    ranking,
    same_objects,
)
from ui.expert.history import Change, Kind
from ui.expert.score_parts import clean, mark_of, refusal
from ui.expert.sitting import Sitting
from ui.views import NOTHING, Act, Message, RankLine


class ComparePresenter:
    """Holds the current cell and the order; marks lie in the sitting."""

    def __init__(self, sitting: Sitting) -> None:
        self.sitting = sitting
        self._number = self._code = ""
        self._order, self._transposed = Order.NUMBER, False
        self._trouble = NOTHING
        self._matrix = CompareMatrix(sitting)
        self._ranked: tuple[Statuses, tuple[RankLine, ...]] = ((), ())
        self.changed: Act = lambda: None
        self.finish_wanted: Act = lambda: None
        self.item_wanted: Act = lambda: None

    def begin(self, number: str, code: str) -> None:
        """Start at one mark."""
        self._number, self._code = number, code
        self._trouble = NOTHING

    def place(self) -> tuple[str, str]:
        """Return application and indicator of the current cell."""
        return self._number, self._code

    def move(self, row: str, column: str) -> None:
        """Make a cell the current one."""
        self._number, self._code = (row, column) if self._transposed else (column, row)
        self.changed()

    def edit(self, row: str, column: str, text: str) -> None:
        """Store what was typed into a cell, or say why it cannot be stored."""
        number, code = (row, column) if self._transposed else (column, row)
        try:
            with self.sitting.step(number, code, Kind.SCORE):
                self.sitting.put(number, code, mark_of(text))
                self.sitting.drop_draft(number, code)
            self.sitting.pause()
            self._trouble = NOTHING
        except (NumberError, MarkError):
            why, _advice = refusal(self.sitting.leaf(number, code), clean(text))
            words = _("{code} not saved: {why}").format(code=f"{number} {code}", why=why)
            self._trouble = Message(words, "bad", "circle-x")
        self.changed()

    def order_by(self, order: Order) -> None:
        """Order applications by number or by own total."""
        self._order = order
        self.changed()

    def transpose(self, *, transposed: bool) -> None:
        """Put applications into rows, or indicators."""
        self._transposed = transposed
        self.changed()

    def undo(self) -> None:
        """Take the last step back."""
        self._travel(self.sitting.undo())

    def redo(self) -> None:
        """Do the step taken back last again."""
        self._travel(self.sitting.redo())

    def open_gap(self, number: str, code: str) -> None:
        """Go to one gap on the scoring page."""
        self._number, self._code = number, code
        self.item_wanted()

    def next_gap(self) -> None:
        """Go to the next gap; without one nothing happens."""
        gap = self._next_gap()
        if gap:
            self.open_gap(gap.number, gap.code)

    def next(self) -> None:
        """Take the step that the primary button names."""
        if self._next_gap():
            self.next_gap()
        else:
            self.finish_wanted()

    def view(self) -> CompareView:
        """Return the page as it stands."""
        statuses = self._statuses()
        counts, gaps = Counts.of(statuses), gaps_of(statuses)
        shown, more = listed(gaps)
        subtitle = _("my scores for {count} applications, seen by me alone")
        here = (self._code, self._number)
        row, column = reversed(here) if self._transposed else here
        save = self._trouble if self._trouble != NOTHING else self.sitting.save
        return CompareView(
            subtitle=subtitle.format(count=len(statuses)),
            matrix=self._matrix.view(statuses, self._order, transposed=self._transposed),
            levels=legend(self.sitting),
            number=self._number,
            row=row,
            column=column,
            card=cell_card(self.sitting, self._number, self._code),
            ranking=self._ranking(statuses),
            gaps=shown,
            more_gaps=more,
            gap_count=counts.to_do(),
            done=counts.done(),
            complete=not gaps,
            reasons=counts.reasons,
            others=counts.others(),
            order=self._order,
            transposed=self._transposed,
            can_undo=self.sitting.can_undo(),
            foot=foot(gaps[0] if gaps else None, save, locked=self.sitting.locked),
        )

    def _statuses(self) -> Statuses:
        return [self.sitting.status(number) for number in self.sitting.numbers()]

    def _next_gap(self) -> Gap | None:
        gaps = [] if self.sitting.locked else gaps_of(self._statuses())
        return gaps[0] if gaps else None

    def _ranking(self, statuses: Statuses) -> tuple[RankLine, ...]:
        """Return the ranking; the same value as before where no mark changed."""
        before, lines = self._ranked
        if not same_objects(before, statuses):
            lines = ranking(self.sitting, statuses)
            self._ranked = (statuses, lines)
        return lines

    def _travel(self, change: Change | None) -> None:
        if change:
            self._number, self._code = change.number, change.code
            self._trouble = NOTHING
            self.changed()
