"""A unit's results over the years, and what the documents foresee from them; never decided."""

from dataclasses import dataclass

from reviewer_app.core.errors import ReviewerError
from reviewer_app.core.messages import _, ngettext
from reviewer_app.services.history import Proposal, UnitHistory, history_of
from reviewer_app.services.rounds import list_rounds
from ui.secretary.bureau import Bureau
from ui.views import NOTHING, Act, Cell, FootView, Message, State, TableRow


@dataclass(frozen=True, slots=True)
class ProposalView:
    """One consequence: what, the rule's own words, where they stand, what it rests on."""

    what: str
    quote: str
    source: str
    evidence: str


@dataclass(frozen=True, slots=True)
class HistoryView:
    """The units, and one unit's results with what the documents foresee."""

    units: tuple[TableRow, ...]
    unit: str
    rows: tuple[TableRow, ...]
    proposals: tuple[ProposalView, ...]
    words: str
    foot: FootView


class HistoryPresenter:
    """Holds what every unit reached, and which unit is looked at."""

    def __init__(self, bureau: Bureau) -> None:
        self.bureau = bureau
        self._units: dict[str, UnitHistory] = {}
        self._unit = ""
        self._trouble = NOTHING
        self.changed: Act = lambda: None

    def enter(self) -> None:
        """Read what the units of every round reached."""
        open_bureau = self.bureau.open_bureau

        def work() -> dict[str, UnitHistory]:
            units = {
                application.unit: None
                for view in list_rounds(open_bureau)
                for application in view.plan.applications
                if application.unit
            }
            return {unit: history_of(open_bureau, unit) for unit in units}

        self.bureau.tasks.run(work, done=self._on_units, failed=self._on_failed)

    def open(self, unit: str) -> None:
        """Look at a unit."""
        self._unit = unit
        self.changed()

    def view(self) -> HistoryView:
        """Return the page as it stands."""
        found = self._units.get(self._unit)
        rows = _rows(found) if found else ()
        empty = _("Results are kept with the unit once a round is archived.")
        words = _("The program proposes with the rule's words; the organiser decides")
        left = self._trouble if self._trouble.text else Message(words, "2", "info")
        return HistoryView(
            units=tuple(_unit(each) for each in self._units.values()),
            unit=self._unit,
            rows=rows,
            proposals=tuple(_proposal(p) for p in (found.proposals if found else ())),
            words="" if rows else empty,
            foot=FootView(_("Back to the round"), "Esc", left=left),
        )

    def _on_units(self, units: dict[str, UnitHistory]) -> None:
        self._units, self._trouble = units, NOTHING
        if self._unit not in units:
            foreseen = (name for name, each in units.items() if each.proposals)
            known = (name for name, each in units.items() if each.results)
            self._unit = next(foreseen, next(known, next(iter(units), "")))
        self.changed()

    def _on_failed(self, error: ReviewerError) -> None:
        self._trouble = Message(str(error), "bad", "circle-x")
        self.changed()


def _unit(found: UnitHistory) -> TableRow:
    chip = State(_("foreseen"), "triangle-alert", "warn") if found.proposals else None
    count = len(found.results)
    words = ngettext("{count} result", "{count} results", count).format(count=count)
    years = words if count else _("no result yet")
    return TableRow(found.unit, (Cell(found.unit, years), Cell(chip=chip)))


def _rows(found: UnitHistory) -> tuple[TableRow, ...]:
    return tuple(
        TableRow(
            f"{record.round_id} {record.application}",
            (
                Cell(record.date, tone="text_2"),
                Cell(record.kind),
                Cell(record.round_title, record.name),
                Cell(record.published, strong=True),
                Cell(str(record.rank or "—")),
                Cell(record.band or "—"),
            ),
        )
        for record in reversed(found.results)
    )


def _proposal(each: Proposal) -> ProposalView:
    rests = _("Rests on: {rounds}").format(rounds="；".join(each.evidence))
    return ProposalView(each.proposal, f"“{each.quote}”", each.source, rests)
