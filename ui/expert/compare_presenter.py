"""Comparing: all own marks side by side, what they imply as a ranking, what is missing."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from reviewer_app.core.errors import MarkError, NumberError
from reviewer_app.core.levels import level_place
from reviewer_app.core.marks import MarkState
from reviewer_app.core.messages import _
from reviewer_app.core.numbers import plain_text, publish
from reviewer_app.core.round import ApplicationNumber
from ui.expert.history import Change, Kind
from ui.expert.score_parts import (
    clean,
    mark_of,
    mark_text,
    mark_word,
    range_words,
    refusal,
)
from ui.expert.sitting import Sitting
from ui.views import (
    NOTHING,
    Act,
    Dots,
    FootView,
    MatrixCell,
    MatrixHead,
    MatrixView,
    Message,
)

_CLOSE = Fraction(1, 2)
_MINUS = "−"


class Order(StrEnum):
    """How applications are ordered in the matrix."""

    NUMBER = "number"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class CellCard:
    """The current cell in words."""

    application: str
    indicator: str
    level: str
    comment: str
    citations: str


@dataclass(frozen=True, slots=True)
class RankLine:
    """One application in the order of own totals; ``close`` marks a small difference."""

    rank: int
    number: str
    name: str
    total: str
    gap: str
    close: bool
    current: bool
    dots: Dots


@dataclass(frozen=True, slots=True)
class Gap:
    """What an application still needs."""

    number: str
    code: str
    words: str
    icon: str


@dataclass(frozen=True, slots=True)
class CompareView:
    """The whole page."""

    subtitle: str
    matrix: MatrixView
    levels: tuple[str, ...]
    row: str
    column: str
    card: CellCard
    ranking: tuple[RankLine, ...]
    gaps: tuple[Gap, ...]
    gap_count: str
    done: str
    reasons: int
    others: str
    order: Order
    transposed: bool
    can_undo: bool
    foot: FootView


class ComparePresenter:
    """Holds the current cell and the order; marks lie in the sitting."""

    def __init__(self, sitting: Sitting) -> None:
        self.sitting = sitting
        self._number = self._code = ""
        self._order, self._transposed = Order.NUMBER, False
        self._trouble = NOTHING
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

    def next(self) -> None:
        """Take the step that the primary button names."""
        gaps = self._gaps()
        if gaps and not self.sitting.locked:
            self.open_gap(gaps[0].number, gaps[0].code)
        else:
            self.finish_wanted()

    def view(self) -> CompareView:
        """Return the page as it stands."""
        gaps = self._gaps()
        statuses = [self.sitting.status(number) for number in self.sitting.numbers()]
        given = sum(s.scored + s.not_applicable + s.abstained for s in statuses)
        missing = sum(len(s.missing) for s in statuses)
        reasons = sum(len(s.reasons_missing) for s in statuses)
        skipped, abstained = (
            sum(s.not_applicable for s in statuses),
            sum(s.abstained for s in statuses),
        )
        others = [
            _("not applicable {count}").format(count=skipped) if skipped else "",
            _("abstained {count}").format(count=abstained) if abstained else "",
        ]
        count = _("{missing} missing, {reasons} reasons missing")
        subtitle = _("my scores for {count} applications, seen by me alone")
        row, column = (
            (self._number, self._code)
            if self._transposed
            else (
                self._code,
                self._number,
            )
        )
        return CompareView(
            subtitle=subtitle.format(count=len(statuses)),
            matrix=self._matrix(),
            levels=self._legend(),
            row=row,
            column=column,
            card=self._card(),
            ranking=self._ranking(),
            gaps=tuple(gaps),
            gap_count=count.format(missing=missing, reasons=reasons)
            if missing or reasons
            else _("nothing missing"),
            done=_("Marked {done}／{total}").format(done=given, total=given + missing),
            reasons=reasons,
            others="　".join(filter(None, others)),
            order=self._order,
            transposed=self._transposed,
            can_undo=self.sitting.can_undo(),
            foot=self._foot(gaps),
        )

    def _travel(self, change: Change | None) -> None:
        if change:
            self._number, self._code = change.number, change.code
            self._trouble = NOTHING
            self.changed()

    # -- the matrix

    def _numbers(self) -> list[str]:
        numbers = self.sitting.numbers()
        if self._order is Order.TOTAL:
            totals = {number: self.sitting.status(number).total for number in numbers}
            numbers.sort(key=lambda n: (totals[n] is None, -(totals[n] or Fraction(0)), n))
        return numbers

    def _codes(self) -> list[str]:
        """Return every indicator that is asked for anywhere, in printed order."""
        order = [
            leaf.code for leaf in self.sitting.desk.pack.round.document.scheme.indicators()
        ]
        asked = {
            code for number in self.sitting.numbers() for code in self.sitting.codes(number)
        }
        return [code for code in order if code in asked]

    def _matrix(self) -> MatrixView:
        numbers, codes = self._numbers(), self._codes()
        applications = tuple(self._application_head(number) for number in numbers)
        indicators = self._indicator_heads(codes)
        if self._transposed:
            cells = tuple(tuple(self._cell(n, c) for c in codes) for n in numbers)
            rows, columns = applications, indicators
        else:
            cells = tuple(tuple(self._cell(n, c) for n in numbers) for c in codes)
            rows, columns = indicators, applications
        return MatrixView(
            rows,
            columns,
            cells,
            _("Application") if self._transposed else _("Indicator (weight)"),
            _("Weighted total (missing left out)"),
            self._transposed,
        )

    def _application_head(self, number: str) -> MatrixHead:
        status = self.sitting.status(number)
        figure, tone = status.shown or "—", ""
        if status.missing:
            figure = _("{count} missing").format(count=len(status.missing))
            tone = "warn"
        application = status.application
        return MatrixHead(
            number, number, application.short_name, figure, tone, application.name
        )

    def _indicator_heads(self, codes: list[str]) -> tuple[MatrixHead, ...]:
        heads, scheme = [], self.sitting.desk.pack.round.document.scheme
        for place, dimension in enumerate(scheme.dimensions):
            first = True
            for leaf in dimension.indicators():
                if leaf.code in codes:
                    begins, first = first and place > 0, False
                    weight = plain_text(leaf.weight)
                    heads.append(
                        MatrixHead(
                            leaf.code, leaf.code, leaf.title, weight, "", leaf.title, begins
                        )
                    )
        return tuple(heads)

    def _cell(self, number: str, code: str) -> MatrixCell:
        if code not in self.sitting.codes(number):
            return MatrixCell("／", word=True, editable=False)
        mark, editable = self.sitting.record(number, code).mark, not self.sitting.locked
        if mark.state is MarkState.MISSING:
            return MatrixCell(mark_word(mark), missing=True, editable=editable)
        if mark.value is None:
            return MatrixCell(mark_word(mark), word=True, editable=editable)
        place = level_place(self.sitting.leaf(number, code), mark.value)
        lacking = code in self.sitting.status(number).reasons_missing
        return MatrixCell(
            mark_text(mark),
            2 if place is None else place,
            reason_missing=lacking,
            editable=editable,
        )

    def _legend(self) -> tuple[str, ...]:
        """Return the levels of the fills, where all indicators have the same."""
        leaves = self.sitting.desk.pack.round.document.scheme.indicators()
        scales = {tuple((each.name, each.low) for each in leaf.levels) for leaf in leaves}
        if len(scales) != 1:
            return ()
        levels = scales.pop()
        return (
            *(f"{name} {plain_text(low)}+" for name, low in levels[:-1]),
            *(name for name, _low in levels[-1:]),
        )

    # -- at the right

    def _card(self) -> CellCard:
        number, code = self.place()
        application = self.sitting.desk.assigned.get(ApplicationNumber(number))
        if application is None or code not in self.sitting.codes(number):
            return CellCard(number, "", "", "", "")
        leaf, record = self.sitting.leaf(number, code), self.sitting.record(number, code)
        place = level_place(leaf, record.mark.value)
        level = ""
        if place is not None:
            level = f"{leaf.levels[place].name} {range_words(leaf.levels[place])}"
        return CellCard(
            f"{number} {application.short_name}",
            f"{code} {leaf.title}",
            level or mark_word(record.mark),
            f"“{record.comment}”" if record.comment else "",
            "　".join(record.citations),
        )

    def _ranking(self) -> tuple[RankLine, ...]:
        whole = [
            (status.total, number)
            for number in self.sitting.numbers()
            if (status := self.sitting.status(number)).total is not None and not status.missing
        ]
        whole.sort(key=lambda pair: (-(pair[0] or Fraction(0)), pair[1]))
        totals = [total for total, _number in whole if total is not None]
        low, high = (min(totals), max(totals)) if totals else (Fraction(0), Fraction(1))
        spread = (high - low) or Fraction(1)
        rounding = self.sitting.desk.rules.rounding
        lines: list[RankLine] = []
        rank, before = 0, None
        for place, (total, number) in enumerate(whole, start=1):
            if total is None:
                continue
            rank = rank if total == before else place
            gap = None if before is None else before - total
            words = "" if gap is None else publish(gap, rounding.result_digits, rounding.mode)
            status = self.sitting.status(number)
            lines.append(
                RankLine(
                    rank,
                    number,
                    status.application.short_name,
                    status.shown or "",
                    f"{_MINUS}{words}" if words else "",
                    close=gap is not None and gap < _CLOSE,
                    current=number == self._number,
                    dots=Dots((float((total - low) / spread),)),
                )
            )
            before = total
        return tuple(lines)

    def _gaps(self) -> list[Gap]:
        gaps = []
        for number in self.sitting.numbers():
            status = self.sitting.status(number)
            name = f"{number} {status.application.short_name}"
            if status.missing:
                codes = "、".join(status.missing)
                gaps.append(Gap(number, status.missing[0], f"{name}　{codes}", "circle-dashed"))
            if status.reasons_missing:
                words = _("{count} reasons for low marks")
                text = words.format(count=len(status.reasons_missing))
                code = status.reasons_missing[0]
                gaps.append(Gap(number, code, f"{name}　{text}", "triangle-alert"))
        return gaps

    def _foot(self, gaps: list[Gap]) -> FootView:
        save = self._trouble if self._trouble != NOTHING else self.sitting.save
        if self.sitting.locked or not gaps:
            return FootView(_("Finish"), "Enter", save=save)
        gap = gaps[0]
        if gap.icon == "circle-dashed":
            words = _("Score {code} of {number}")
        else:
            words = _("Reason for {code} of {number}")
        return FootView(words.format(code=gap.code, number=gap.number), "F8", save=save)
