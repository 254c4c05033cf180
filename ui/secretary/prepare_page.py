"""The prepare page: its parts at the left, the checks always at the right."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from reviewer_app.core.messages import _
from ui.components.button import Button
from ui.components.card import Card
from ui.components.lines import WordsField
from ui.components.text import Icon, label, rule
from ui.look.scaling import column, empty, row
from ui.secretary.basics_pane import BasicsPane
from ui.secretary.list_model import ListColumn
from ui.secretary.list_pane import ListPane, TicksPane
from ui.secretary.order_card import OrderCard
from ui.secretary.page import StepPage, TwoColumns, side
from ui.secretary.part_tabs import PartTabs
from ui.secretary.prepare_views import (
    APPLICATIONS,
    ASSIGNMENT,
    BASICS,
    EXPERTS,
    PARTS,
    RULES,
    WEIGHTS,
    CheckLine,
    PrepareView,
)
from ui.secretary.rules_pane import RulesPane, RulesSide
from ui.secretary.side_stack import SideStack
from ui.secretary.weights_pane import WeightsPane, WeightsSide
from ui.views import Column

if TYPE_CHECKING:
    from ui.secretary.gates_view import GatesView


class PreparePage(StepPage):
    """Everything that is decided before issue; every wish leaves it as a signal."""

    part_requested = Signal(str)
    check_requested = Signal(str)
    reason_typed = Signal(str)
    issue_requested = Signal()
    undo_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.tabs = PartTabs()
        self._checked: tuple[tuple[CheckLine, ...], GatesView] | None = None
        self.tabs.chosen.connect(self.part_requested)
        self.basics = BasicsPane()
        self.weights, self.weights_side = WeightsPane(), WeightsSide()
        self.rules, self.rules_side = RulesPane(), RulesSide()
        self.lists = {
            APPLICATIONS: ListPane(_("Applications"), application_columns(), folders=True),
            EXPERTS: ListPane(_("List of experts"), expert_columns(), folders=False),
        }
        self.ticks = TicksPane()
        self._parts, self._sides = QStackedWidget(), SideStack()
        self._make_parts()
        left = QWidget()
        lane = column(gap=0)
        lane.addWidget(self._parts, 1)
        lane.addWidget(self._make_override())
        left.setLayout(lane)
        self._issue = Button(_("Freeze and issue"), icon="lock", size="tall")
        self._issue.clicked.connect(self.issue_requested)
        self._undo = Button(_("Undo"), icon="undo-2", key="Ctrl Z", size="tall")
        self._undo.clicked.connect(self.undo_requested)
        self.key("Ctrl+Z", self._undo.click)
        for button in (self._undo, self._issue):
            self.foot.add_button(button)
        self.lay(self.tabs, TwoColumns(left, self._sides))
        self._lay.setStretch(1, 1)

    def show_prepare(self, view: PrepareView) -> None:
        """Show the page as it stands."""
        self.tabs.show_tabs(view.tabs, view.part)
        self._parts.setCurrentIndex(PARTS.index(view.part))
        places = {WEIGHTS: 1, RULES: 2}
        self._sides.setCurrentIndex(places.get(view.part, 0))
        self.order.allow(here=view.part == APPLICATIONS)
        self._show_part(view)
        self._show_checks(view)
        asks = bool(view.override_id) and view.part in (EXPERTS, ASSIGNMENT, APPLICATIONS)
        self._override.setVisible(asks)
        self._override_title.setText(view.override_title)
        self.reason.show_words(view.reason)
        self._undo.setVisible(view.undo)
        self._issue.setVisible(view.editable and not view.ready)
        self._issue.setEnabled(view.ready)
        self.foot.show_foot(view.foot)

    def begin(self) -> None:
        """Give the keyboard to the next step; where it waits for a name, to the name."""
        waits = not self.foot.primary.isEnabled()
        if waits and self._parts.currentWidget() is self.weights:
            self.focus_name()
            return
        super().begin()

    def focus_reason(self) -> None:
        """Give the keyboard to the reason."""
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_name(self) -> None:
        """Give the keyboard to the name of who confirms the weights."""
        self.weights_side.name.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- building

    def _make_parts(self) -> None:
        panes: dict[str, QWidget] = {**self.lists, ASSIGNMENT: self.ticks, BASICS: self.basics}
        panes |= {WEIGHTS: self.weights, RULES: self.rules}
        for key in PARTS:
            self._parts.addWidget(panes[key])
        self._checks_line = label("", "small", "2")
        self._checks = column(gap=0)
        checks = Card(
            row(label(_("Checks before issue"), "card-title"), None, self._checks_line),
            self._checks,
            gap=4,
        )
        self._gates_line, self._gates = label("", "small", "2"), column(gap=0)
        self.gates = Card(
            row(label(_("Gates"), "card-title"), None, self._gates_line), self._gates, gap=4
        )
        self.order = OrderCard()
        ahead = side(self.order, checks, self.gates)
        for widget in (ahead, self.weights_side, self.rules_side):
            self._sides.addWidget(widget)

    def _make_override(self) -> QFrame:
        self._override_title = label("", "strong", wrap=True)
        self.reason = WordsField(_("Reason, printed in the minutes"), 1, 3)
        self.reason.typed.connect(self.reason_typed)
        title = row(Icon("triangle-alert", 18, "warn"), gap=8)
        title.addWidget(self._override_title, 1)
        words = label(_("To keep it as it is, write a reason; it is printed."), "small", "2")
        self._override = QFrame()
        self._override.setLayout(
            column(title, words, self.reason, margins=(2, 10, 2, 2), gap=4)
        )
        return self._override

    # -- showing

    def _show_part(self, view: PrepareView) -> None:
        part, editable = view.open, view.editable
        if part.basics:
            self.basics.show_basics(part.basics)
        if part.list:
            self.lists[view.part].show_list(part.list, editable=editable)
        if part.ticks:
            self.ticks.show_ticks(*part.ticks, editable=editable)
        if part.weights:
            weights, scheme = part.weights
            self.weights.show_weights(weights, editable=editable)
            self.weights.show_scheme(scheme, editable=editable)
            self.weights_side.show_weights(weights, editable=editable)
        if part.rules:
            self.rules.show_rules(part.rules)
            self.rules_side.show_rules(part.rules)

    def _show_checks(self, view: PrepareView) -> None:
        if (view.checks, view.gates) == self._checked:
            return
        self._checked = view.checks, view.gates
        self._checks_line.setText(view.checks_line)
        self.gates.setVisible(bool(view.gates.count))
        self._gates_line.setText(view.gates.count)
        empty(self._gates)
        for gate in view.gates.lines:
            words = (gate.check, gate.icon, gate.tone, gate.sentence, gate.detail)
            self._gates.addWidget(self._check(CheckLine(*words, asks=gate.asks)))
        empty(self._checks)
        for check in view.checks:
            self._checks.addWidget(self._check(check))

    def _check(self, check: CheckLine) -> QWidget:
        words = column(label(check.sentence, "", wrap=True), gap=1)
        if check.detail:
            words.addWidget(label(check.detail, "small", "2", wrap=True))
        if check.asks:
            link = Button(_("Write a reason"), kind="link")
            link.setAccessibleName(f"{_('Write a reason')} {check.sentence}")
            link.clicked.connect(lambda: self.check_requested.emit(check.id))
            words.addWidget(link)
        line = row(margins=(0, 6, 0, 6), gap=8)
        line.addWidget(Icon(check.icon, 18, check.tone, line=22), 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        result = QWidget()
        result.setAccessibleName(f"{check.sentence} {check.detail}")
        result.setLayout(column(line, rule()))
        return result


def application_columns() -> tuple[ListColumn, ...]:
    """Return the columns of the list of applications."""
    return (
        ListColumn("number", Column(_("No."), 48)),
        ListColumn("name", Column(_("Application name"))),
        ListColumn("short_name", Column(_("Short name"), 104)),
        ListColumn("unit", Column(_("Unit"), 132)),
        ListColumn("recommender", Column(_("Recommended by"), 108)),
        ListColumn("class", Column(_("Class"), 52)),
        ListColumn("folder", Column(_("Materials"), 92)),
    )


def expert_columns() -> tuple[ListColumn, ...]:
    """Return the columns of the list of experts."""
    return (
        ListColumn("number", Column(_("No."), 48)),
        ListColumn("name", Column(_("Name"), 132)),
        ListColumn("employer", Column(_("Employer"))),
        ListColumn("title", Column(_("Title"), 92)),
        ListColumn("specialism", Column(_("Specialism"), 56)),
        ListColumn("from_bureau", Column(_("Bureau staff"), 70)),
        ListColumn("recused", Column(_("Recused"), 64)),
        ListColumn("given", Column(_("Scores"), 48, right=True), fixed=True),
    )
