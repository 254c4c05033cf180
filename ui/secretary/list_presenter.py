"""Editing a list: every change is checked at once; without a fault it is kept at once."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from reviewer_app.core.messages import _
from reviewer_app.core.names import employer_key
from reviewer_app.core.round import RoundPlan
from reviewer_app.services.list_editing import (
    ListLine,
    Paths,
    application_lines,
    applications_from,
    expert_lines,
    experts_from,
    pasted,
    read_applications,
    read_experts,
    with_applications,
    with_experts,
)
from ui.secretary.list_view import ListRow, ListView
from ui.secretary.plan_desk import PlanDesk
from ui.secretary.prepare_views import APPLICATIONS, EXPERTS, megabytes

if TYPE_CHECKING:
    from ui.views import Act

UNPACKED = "unpacked"
COLUMNS = {
    APPLICATIONS: ("number", "name", "short_name", "unit", "recommender", "class", "folder"),
    EXPERTS: (
        "number",
        "name",
        "employer",
        "title",
        "specialism",
        "from_bureau",
        "recused",
    ),
}
"""What is typed, in the order it stands and is pasted in."""


class ListPresenter:
    """Holds the lines of one list as typed; the list itself lies in the plan."""

    def __init__(self, desk: PlanDesk, kind: str) -> None:
        self.desk, self.kind = desk, kind
        self._lines: tuple[ListLine, ...] | None = None
        self._checked: tuple[tuple[ListLine, ...], list[Mapping[str, str]]] = ((), [])
        self.changed: Act = lambda: None

    def forget(self) -> None:
        """Leave what was typed: another round is open, or a change was taken back."""
        self._lines = None

    @property
    def lines(self) -> tuple[ListLine, ...]:
        """Return the lines as typed, else as the plan has them."""
        if self._lines is not None:
            return self._lines
        read = application_lines if self.kind == APPLICATIONS else expert_lines
        return read(self.desk.plan)

    def type(self, row: int, key: str, text: str) -> None:
        """Take over one cell."""
        lines = list(self.lines)
        lines[row] = replace(lines[row], cells={**lines[row].cells, key: text.strip()})
        self._take(lines)

    def add(self) -> None:
        """Begin one more row at the end."""
        blank = ListLine("", dict.fromkeys(COLUMNS[self.kind], ""))
        self._lines = (*self.lines, blank)
        self.changed()

    def drop(self, row: int) -> None:
        """Take a row away; taking it back is one Undo."""
        lines = list(self.lines)
        if 0 <= row < len(lines):
            del lines[row]
            self._take(lines)

    def paste(self, row: int, column: int, text: str) -> None:
        """Lay cells of Excel over the list from a cell on."""
        self._take(pasted(self.lines, (row, column), COLUMNS[self.kind], text))

    def load(self, path: Path) -> None:
        """Take the whole list of an Excel or CSV file, or a folder of packages."""
        self._lines = None
        folder = self.desk.bureau.folder() / UNPACKED
        if self.kind == APPLICATIONS:
            self.desk.load(lambda plan: applications_from(plan, path, folder))
        else:
            self.desk.change(lambda plan: experts_from(plan, path))

    @property
    def typing(self) -> bool:
        """Tell whether something is typed that is not kept yet."""
        return self._lines is not None

    @property
    def faulty(self) -> bool:
        """Tell whether something typed cannot be taken yet."""
        return self.typing and any(self._faults())

    def view(self) -> ListView:
        """Return the list as it stands."""
        lines, faults = self.lines, self._faults()
        notes, shown = self._notes(), self._shown()
        rows = tuple(
            ListRow(
                str(place),
                line.cells,
                faults[place],
                notes.get(line.was, {}),
                shown.get(line.was, {}),
            )
            for place, line in enumerate(lines)
        )
        first = next(
            ((place, key) for place, each in enumerate(faults) for key in each), (-1, "")
        )
        return ListView(rows, sum(len(each) for each in faults), first)

    def _take(self, lines: Sequence[ListLine]) -> None:
        self._lines = tuple(lines)
        kept = tuple(line for line in lines if any(line.cells.values()))
        if any(self._faults()) or not self.desk.editable:
            self.changed()
            return
        folder = self.desk.bureau.folder() / UNPACKED

        def change(plan: RoundPlan) -> tuple[RoundPlan, Paths]:
            if self.kind == APPLICATIONS:
                return with_applications(plan, kept, folder)
            return with_experts(plan, kept), {}

        self.desk.load(change, self.forget)
        self.changed()

    def _faults(self) -> list[Mapping[str, str]]:
        """Return the faults of every line; lines of the plan were checked when it was made."""
        lines = self._lines
        if lines is None:
            return [{} for _line in self.lines]
        if self._checked[0] is not lines:
            self._checked = lines, self._check(lines)
        return self._checked[1]

    def _check(self, lines: Sequence[ListLine]) -> list[Mapping[str, str]]:
        if self.kind == APPLICATIONS:
            return [read.faults for read in read_applications(lines)]
        return [read.faults for read in read_experts(self.desk.plan, lines)]

    def _shown(self) -> Mapping[str, Mapping[str, str]]:
        """Return what is counted and not typed, by the number a line was read with."""
        plan = self.desk.plan
        if self.kind != APPLICATIONS:
            given = plan.assignment.items()
            return {str(number): {"given": str(len(each))} for number, each in given}
        words, found = _("{count} files, {size}"), {}
        for each in plan.applications:
            if each.materials:
                size = megabytes(sum(material.size for material in each.materials))
                text = words.format(count=len(each.materials), size=size)
                found[str(each.number)] = {"folder": text}
        return found

    def _notes(self) -> dict[str, dict[str, str]]:
        if self.kind == APPLICATIONS:
            lacking = _("no material")
            each = self.desk.plan.applications
            return {a.number: {"folder": lacking} for a in each if not a.materials}
        most = self.desk.plan.rules.panel.same_employer
        experts = [e for e in self.desk.plan.experts if e.employer]
        keys = [employer_key(expert.employer) for expert in experts]
        words = _("{count} from one employer")
        return {
            expert.number: {"employer": words.format(count=keys.count(key))}
            for expert, key in zip(experts, keys, strict=True)
            if keys.count(key) > most
        }
