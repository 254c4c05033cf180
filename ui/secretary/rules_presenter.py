"""Editing the rules: every field is read as it is typed and kept when it is left."""

import copy
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from reviewer_app.core.round import RoundPlan
from reviewer_app.core.rules_data import load_rules, rules_to_data
from reviewer_app.core.rules_values import NONE
from reviewer_app.services.rules_editing import (
    RulesData,
    put_value,
    read_rules,
    save_rules,
    value_of,
)
from ui.secretary.plan_desk import PlanDesk
from ui.secretary.rules_view import RulesView, reader_of, rules_view
from ui.views import Act, Message

if TYPE_CHECKING:
    from reviewer_app.core.rules import ReviewRules

_CHOICES = {"yes": True, "no": False}
_FLAGS = ("panel.odd", "panel.attendance")


class RulesPresenter:
    """Holds the fields as typed; the rules themselves lie in the plan."""

    def __init__(self, desk: PlanDesk) -> None:
        self.desk = desk
        self._data: RulesData | None = None
        self._kept: ReviewRules | None = None
        self.changed: Act = lambda: None

    def enter(self) -> None:
        """Show the plan's rules; what is typed with a fault stays until it is put right."""
        rules = self.desk.plan.rules
        if rules != self._kept:
            self._kept, self._data = rules, None

    def forget(self) -> None:
        """Leave what was typed: another round is open."""
        self._data, self._kept = None, None

    @property
    def faulty(self) -> int:
        """Return how many fields hold what cannot be read."""
        return len(read_rules(self._data).faults) if self._data else 0

    def type(self, name: str, text: str) -> None:
        """Take over a field as it is being typed."""
        value = reader_of(name)(text)
        put_value(self._edit(), name, _CHOICES[text] if name in _FLAGS else value)
        self.changed()

    def choose(self, name: str, value: str) -> None:
        """Take over a choice and keep it."""
        self.type(name, value)
        self.keep()

    def limit(self, name: str, relation: str, figure: str) -> None:
        """Take over a limit with its strictness; no figure, no limit."""
        table, key = name.split(".")
        self._edit()[table][key] = _limit(relation, figure)
        self.changed()

    def band(self, place: int, line: tuple[str, str, str]) -> None:
        """Take over one band: name, relation, figure."""
        name, relation, figure = line
        bands = self._edit()["decision"]["bands"]
        bands[place] = [name.strip(), _limit(relation, figure)]
        self.changed()

    def add_band(self) -> None:
        """Begin one more band at the end."""
        self._edit()["decision"]["bands"].append(["", ">="])
        self.changed()

    def drop_band(self, place: int) -> None:
        """Take a band away."""
        del self._edit()["decision"]["bands"][place]
        self.keep()
        self.changed()

    def add_tie(self, criterion: str) -> None:
        """Compare one thing more among equals, last."""
        self._edit()["ranking"]["ties"].append(criterion)
        self.keep()
        self.changed()

    def drop_tie(self, criterion: str) -> None:
        """Compare one thing less."""
        self._edit()["ranking"]["ties"].remove(criterion)
        self.keep()
        self.changed()

    def keep(self) -> None:
        """Keep the rules as typed, when no field has a fault."""
        rules = read_rules(self._fields()).rules
        if rules is None or not self.desk.editable or rules == self.desk.plan.rules:
            return

        def change(plan: RoundPlan) -> RoundPlan:
            return replace(plan, rules=rules)

        self._kept = rules
        self.desk.change(change)

    def load(self, path: Path) -> None:
        """Take the rules of a file."""

        def change(plan: RoundPlan) -> RoundPlan:
            return replace(plan, rules=load_rules(path))

        self._data = None
        self.desk.change(change)

    def save(self, path: Path) -> None:
        """Write the rules that are kept as a file; what hinders is shown in the foot."""
        rules, desk = self.desk.plan.rules, self.desk

        def done(_none: None) -> None:
            desk.saved = Message(str(path), "ok", "hard-drive")
            self.changed()

        desk.bureau.tasks.run(
            lambda: save_rules(rules, path), done=done, failed=desk.show_trouble
        )

    def view(self) -> RulesView:
        """Return the part as it stands."""
        read = read_rules(self._fields())
        plan = self.desk.plan
        return rules_view(
            plan,
            self._fields(),
            read.faults,
            read.rules or plan.rules,
            editable=self.desk.editable,
        )

    def _fields(self) -> RulesData:
        return self._data or rules_to_data(self.desk.plan.rules)

    def _edit(self) -> RulesData:
        if self._data is None:
            self._data = copy.deepcopy(rules_to_data(self.desk.plan.rules))
        return self._data


def _limit(relation: str, figure: str) -> str:
    """Return a limit as a rules file writes it; without a relation there is none."""
    if not relation:
        return NONE
    return f"{relation}{value_of(figure)}" if figure.strip() else relation
