"""What if: the ranking under another rule, other weights or without somebody; never kept."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction

from reviewer_app.core.errors import ReviewerError
from reviewer_app.core.messages import _
from reviewer_app.core.numbers import plain_text
from reviewer_app.core.round import ExpertNumber
from reviewer_app.core.rules import Method
from reviewer_app.services.results import Results
from reviewer_app.services.what_if import Move, Trial, moves, try_out
from ui.secretary.bureau import Bureau
from ui.secretary.results_views import CUT, short_name
from ui.views import NOTHING, Act, Cell, FootView, Message, State, TableRow

STEP, MOST = Fraction(1, 20), Fraction(1, 2)
"""How far one press moves a dimension's weight, and how far it may go."""
FROZEN = "frozen"


@dataclass(frozen=True, slots=True)
class WeightLine:
    """One dimension: its weight by the rules, and in the trial."""

    code: str
    title: str
    frozen: str
    change: str


@dataclass(frozen=True, slots=True)
class TrialView:
    """The whole pane."""

    rows: tuple[TableRow, ...]
    methods: tuple[tuple[str, str], ...]
    method: str
    weights: tuple[WeightLine, ...]
    experts: tuple[tuple[str, str], ...]
    without: str
    summary: Message
    working: bool
    foot: FootView


class TrialPresenter:
    """Holds what is otherwise, as long as the pane is open; it writes nothing anywhere."""

    def __init__(self, bureau: Bureau, results: Callable[[], Results]) -> None:
        self.bureau, self._results = bureau, results
        self._factors: dict[str, Fraction] = {}
        self._trial = Trial()
        self._asked = 0
        self._shown: tuple[Move, ...] = ()
        self._trouble = NOTHING
        self.is_open = False
        self.changed: Act = lambda: None

    def open(self) -> None:
        """Begin with everything as it is."""
        self.is_open = True
        self.reset()

    def close(self) -> None:
        """Forget the trial."""
        self.is_open, self._shown = False, ()
        self.changed()

    def next(self) -> None:
        """Go back to the ranking, which is all that comes next."""
        self.close()

    def reset(self) -> None:
        """Take back everything that is otherwise."""
        self._factors.clear()
        self._try(Trial())

    def choose_method(self, key: str) -> None:
        """Combine the sheets in another way; FROZEN is the rules' own."""
        self._try(replace(self._trial, method=None if key == FROZEN else Method(key)))

    def leave_out(self, expert: str) -> None:
        """Leave one expert out; "" nobody."""
        self._try(replace(self._trial, without=(expert,) if expert else ()))

    def weigh(self, code: str, steps: int) -> None:
        """Let a dimension weigh more or less by so many steps; the others give or take."""
        factor = self._factors.get(code, Fraction(1)) + steps * STEP
        self._factors[code] = min(max(factor, 1 - MOST), 1 + MOST)
        changed = tuple((key, each) for key, each in self._factors.items() if each != 1)
        self._try(replace(self._trial, weights=changed))

    def view(self) -> TrialView:
        """Return the pane as it stands."""
        results, trial = self._results(), self._trial
        rules = results.tally.rules
        experts = [(e.expert, _expert(results, e.expert)) for e in results.panel.sheets]
        return TrialView(
            rows=_rows(results, self._shown),
            methods=(
                (FROZEN, _("As the rules say")),
                *((m.value, _method(m)) for m in Method if m is not rules.aggregation.method),
            ),
            method=trial.method.value if trial.method else FROZEN,
            weights=tuple(self._weight(results)),
            experts=(("", _("nobody")), *experts),
            without=trial.without[0] if trial.without else "",
            summary=self._trouble if self._trouble.text else _summary(results, self._shown),
            working=not self._shown,
            foot=FootView(
                _("Back to the ranking"),
                left=Message(
                    _("A trial: no conclusion of the review"), "warn", "flask-conical"
                ),
            ),
        )

    def _weight(self, results: Results) -> list[WeightLine]:
        lines = []
        for dimension in results.seating.round.document.scheme.dimensions:
            factor = self._factors.get(dimension.code, Fraction(1))
            change = "—" if factor == 1 else f"{float(factor - 1):+.0%}".replace("-", "−")
            weight = plain_text(dimension.full_weight)
            lines.append(WeightLine(dimension.code, dimension.title, weight, change))
        return lines

    def _try(self, trial: Trial) -> None:
        """Try it out in the background; only the answer asked for last is shown."""
        self._trial, self._trouble = trial, NOTHING
        self._asked += 1
        asked, results = self._asked, self._results()

        def done(found: tuple[Move, ...]) -> None:
            if asked == self._asked and self.is_open:
                self._shown = found
                self.changed()

        def failed(error: ReviewerError) -> None:
            if asked == self._asked and self.is_open:
                self._trouble = Message(str(error), "bad", "circle-x")
                self.changed()

        self.bureau.tasks.run(
            lambda: moves(results, try_out(results, trial)), done=done, failed=failed
        )
        self.changed()


def _rows(results: Results, found: tuple[Move, ...]) -> tuple[TableRow, ...]:
    rows, above = [], None
    for each in found:
        if above and each.then_above is False:
            rows.append(TableRow(CUT, band=_("Cut line in the trial")))
        above = each.then_above
        rows.append(TableRow(each.number, _cells(results, each)))
    return tuple(rows)


def _cells(results: Results, each: Move) -> tuple[Cell, ...]:
    name = f"{each.number}　{short_name(results, each.number)}"
    return (
        Cell(str(each.then or "—"), strong=True),
        Cell(name),
        Cell(each.then_published or "—", strong=True),
        Cell(str(each.rank or "—"), tone="text_2"),
        Cell(each.published or "—", tone="text_2"),
        _change(each),
    )


def _change(each: Move) -> Cell:
    if each.above is not each.then_above:
        entered = bool(each.then_above)
        words = _("would be listed") if entered else _("would not be listed")
        return Cell(chip=State(words, "arrow-up" if entered else "arrow-down", "warn"))
    if each.rank is None or each.then is None or each.rank == each.then:
        return Cell("")
    step = each.rank - each.then
    words = _("up {count}") if step > 0 else _("down {count}")
    return Cell(words.format(count=abs(step)), tone="text_2")


def _summary(results: Results, found: tuple[Move, ...]) -> Message:
    if not found:
        return NOTHING
    crossing = [each for each in found if each.above is not each.then_above]
    if crossing:
        names = "、".join(f"{e.number} {short_name(results, e.number)}" for e in crossing)
        return Message(_("Would cross the line: {names}").format(names=names), "warn", "scale")
    if any(each.rank != each.then for each in found):
        return Message(_("Places change, the list does not"), "2", "info")
    return Message(_("No place changes"), "ok", "circle-check")


def _expert(results: Results, number: str) -> str:
    return f"{number} {results.seating.expert(ExpertNumber(number)).name}"


def _method(method: Method) -> str:
    return {
        Method.MEAN: _("Mean"),
        Method.TRIMMED: _("Without highest and lowest"),
        Method.MEDIAN: _("Median"),
    }[method]
