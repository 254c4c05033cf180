"""A unit's results over the years, and what the documents foresee from them; never decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from reviewer_app.core.errors import ReviewerError
from reviewer_app.core.messages import _, ngettext
from reviewer_app.services.history import (
    Proposal,
    UnitHistory,
    history_of,
    known_units,
    source_of,
)
from reviewer_app.services.history_import import TakenIn, take_in_archive
from reviewer_app.services.records import HistoryRecord
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
        self._said = NOTHING
        self.changed: Act = lambda: None

    def enter(self) -> None:
        """Read what the units of every round reached."""
        self._said = NOTHING
        self._read()

    def _read(self) -> None:
        open_bureau = self.bureau.open_bureau

        def work() -> dict[str, UnitHistory]:
            units = {
                application.unit: None
                for view in list_rounds(open_bureau)
                for application in view.plan.applications
                if application.unit
            }
            units |= dict.fromkeys(known_units(open_bureau))  # those of archives too
            return {unit: history_of(open_bureau, unit) for unit in units}

        self.bureau.tasks.run(work, done=self._on_units, failed=self._on_failed)

    def take_in(self, archives: Sequence[Path]) -> None:
        """Verify archives of earlier years and keep their results."""
        open_bureau = self.bureau.open_bureau
        self._said = Message(_("Verifying archives …"), "2", "loader")
        self.changed()
        self.bureau.tasks.run(
            lambda: [take_in_archive(open_bureau, path) for path in archives],
            done=self._on_taken_in,
            failed=self._on_refused,
        )

    def open(self, unit: str) -> None:
        """Look at a unit."""
        self._unit = unit
        self.changed()

    def view(self) -> HistoryView:
        """Return the page as it stands."""
        found = self._units.get(self._unit)
        rows = _rows(found) if found else ()
        empty = _(
            "Results are kept with the unit once a round is archived. "
            "Those of earlier years are in their archives: take them in here."
        )
        words = _("The program proposes with the rule's words; the organiser decides")
        left = self._said if self._said.text else Message(words, "2", "info")
        return HistoryView(
            units=tuple(_unit(each) for each in self._units.values()),
            unit=self._unit,
            rows=rows,
            proposals=tuple(_proposal(p) for p in (found.proposals if found else ())),
            words="" if rows else empty,
            foot=FootView(_("Back to the round"), "Esc", left=left),
        )

    def _on_units(self, units: dict[str, UnitHistory]) -> None:
        self._units = units
        if self._unit not in units:
            foreseen = (name for name, each in units.items() if each.proposals)
            known = (name for name, each in units.items() if each.results)
            self._unit = next(foreseen, next(known, next(iter(units), "")))
        self.changed()

    def _on_failed(self, error: ReviewerError) -> None:
        self._said = Message(str(error), "bad", "circle-x")
        self.changed()

    def _on_refused(self, error: ReviewerError) -> None:
        self._said = Message(str(error), "bad", "circle-x")
        self._read()  # archives before the one that was refused were kept

    def _on_taken_in(self, taken: Sequence[TakenIn]) -> None:
        self._said = Message(_taken_in(taken), "ok", "circle-check")
        self._read()


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
                Cell(record.date, record.kind, tone="text_2"),
                Cell(record.round_title, _name(record)),
                Cell(record.published, strong=True),
                Cell(str(record.rank or "—")),
                Cell(record.band or "—"),
            ),
        )
        for record in reversed(found.results)
    )


def _name(record: HistoryRecord) -> str:
    """Return the application, and the archive where the result came from one."""
    return f"{record.name}　{source_of(record)}" if record.archive else record.name


def _taken_in(taken: Sequence[TakenIn]) -> str:
    fresh = [each for each in taken if each.new]
    if not fresh:
        return _("These archives were known already; nothing was changed")
    count = sum(each.results for each in fresh)
    words = ngettext("{count} result taken in", "{count} results taken in", count)
    keys = ", ".join(sorted({each.bureau_key for each in fresh}))
    compare = _("compare the key with the minutes: {keys}").format(keys=keys)
    return f"{words.format(count=count)}; {compare}"


def _proposal(each: Proposal) -> ProposalView:
    rests = _("Rests on: {rounds}").format(rounds="；".join(each.evidence))
    return ProposalView(each.proposal, f"“{each.quote}”", each.source, rests)
