"""The matrix of own marks as one value; what did not change is taken over."""

from fractions import Fraction

from reviewer_app.core.levels import level_place
from reviewer_app.core.marks import MarkState
from reviewer_app.core.messages import _
from reviewer_app.core.numbers import plain_text
from reviewer_app.core.scheme import Indicator
from reviewer_app.services.desk_status import ApplicationStatus
from ui.expert.compare_views import Order, Statuses, same_objects
from ui.expert.score_parts import mark_word
from ui.expert.sitting import Sitting
from ui.matrix_views import MatrixCell, MatrixHead, MatrixView

Line = tuple[ApplicationStatus, bool, MatrixHead, tuple[MatrixCell, ...]]
"""One application: what its head and cells were made from, and these."""
Key = tuple[object, ...]
Shown = tuple[Indicator, str, int]
"""An indicator, a score of it as text, and the place of its level."""


class CompareMatrix:
    """Makes the matrix of all own marks."""

    def __init__(self, sitting: Sitting) -> None:
        self._sitting = sitting
        self._lines: dict[str, Line] = {}
        self._codes: tuple[str, ...] = ()
        self._key: Key = ()
        self._statuses: Statuses = ()
        self._shown: dict[tuple[int, Fraction], Shown] = {}
        self._view = MatrixView((), (), (), "", "")

    def view(self, statuses: Statuses, order: Order, *, transposed: bool) -> MatrixView:
        """Return the matrix; the same value as before where no mark changed."""
        key = (order, transposed, self._sitting.locked)
        if key != self._key or not same_objects(statuses, self._statuses):
            self._codes = tuple(self._asked())
            self._view = self._made(self._ordered(statuses, order), transposed=transposed)
            self._key, self._statuses = key, statuses
        return self._view

    def _made(self, statuses: Statuses, *, transposed: bool) -> MatrixView:
        lines = [self._line(status) for status in statuses]
        applications = tuple(head for _status, _locked, head, _cells in lines)
        by_application = tuple(cells for *_made_from, cells in lines)
        indicators = self._indicator_heads()
        if transposed:
            rows, columns, cells = applications, indicators, by_application
        else:
            rows, columns = indicators, applications
            cells = tuple(zip(*by_application, strict=True))
        return MatrixView(
            rows,
            columns,
            cells,
            _("Application") if transposed else _("Indicator (weight)"),
            _("Weighted total (missing left out)"),
            transposed,
        )

    def _ordered(self, statuses: Statuses, order: Order) -> Statuses:
        if order is Order.NUMBER:
            return statuses
        return sorted(statuses, key=lambda s: (s.total is None, -(s.total or Fraction(0))))

    def _asked(self) -> list[str]:
        """Return every indicator that is asked for anywhere, in printed order."""
        sitting = self._sitting
        asked = {code for number in sitting.numbers() for code in sitting.codes(number)}
        scheme = sitting.desk.pack.round.document.scheme
        return [leaf.code for leaf in scheme.indicators() if leaf.code in asked]

    def _line(self, status: ApplicationStatus) -> Line:
        number, locked = status.application.number, self._sitting.locked
        kept = self._lines.get(number)
        fresh = kept is None or kept[0] is not status or kept[1] is not locked
        if kept is None or fresh or len(kept[3]) != len(self._codes):
            asked = frozenset(self._sitting.codes(number))
            cells = tuple(self._cell(status, code, code in asked) for code in self._codes)
            kept = self._lines[number] = (status, locked, _application_head(status), cells)
        return kept

    def _indicator_heads(self) -> tuple[MatrixHead, ...]:
        heads, scheme = [], self._sitting.desk.pack.round.document.scheme
        for place, dimension in enumerate(scheme.dimensions):
            first = True
            for leaf in dimension.indicators():
                if leaf.code not in self._codes:
                    continue
                begins, first = first and place > 0, False
                weight = plain_text(leaf.weight)
                heads.append(
                    MatrixHead(leaf.code, leaf.code, leaf.title, weight, "", leaf.title, begins)
                )
        return tuple(heads)

    def _cell(self, status: ApplicationStatus, code: str, asked: bool) -> MatrixCell:  # noqa: FBT001 - one of three facts
        if not asked:
            return MatrixCell("／", word=True, editable=False)
        number = status.application.number
        mark, editable = self._sitting.record(number, code).mark, not self._sitting.locked
        if mark.state is MarkState.MISSING:
            return MatrixCell(mark_word(mark), missing=True, editable=editable)
        if mark.value is None:
            words = _("N/A") if mark.state is MarkState.NOT_APPLICABLE else mark_word(mark)
            return MatrixCell(words, word=True, editable=editable)
        _leaf, text, place = self._scored(self._sitting.leaf(number, code), mark.value)
        return MatrixCell(
            text,
            place,
            reason_missing=code in status.reasons_missing,
            editable=editable,
        )

    def _scored(self, leaf: Indicator, value: Fraction) -> Shown:
        """Return how a score is shown; of one indicator there are few different ones."""
        key = (id(leaf), value)
        if key not in self._shown:  # which keeps the indicator, so that its id stays its own
            place = level_place(leaf, value)
            self._shown[key] = (leaf, plain_text(value), 2 if place is None else place)
        return self._shown[key]


def _application_head(status: ApplicationStatus) -> MatrixHead:
    figure, tone = status.shown or "—", ""
    if status.missing:
        figure, tone = _("{count} left").format(count=len(status.missing)), "warn"
    each = status.application
    return MatrixHead(each.number, each.number, each.short_name, figure, tone, each.name)
