"""What if, in the ranking's place: rules and weights at the right, both rankings left."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from reviewer_app.core.messages import _
from ui.components.banner import Banner, Hint
from ui.components.button import Button, icon_button
from ui.components.card import Card
from ui.components.choice import Choice
from ui.components.table import Table
from ui.components.text import label
from ui.look.scaling import column, empty, row
from ui.secretary.page import TwoColumns, held, side
from ui.secretary.results_trial import TrialView, WeightLine
from ui.views import Column


class TrialPane(QWidget):
    """Stamped as no conclusion; there is no way to store, print or export it."""

    back_requested = Signal()
    method_chosen = Signal(str)
    expert_chosen = Signal(str)
    weighed = Signal(str, int)
    reset_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._summary, self._weights = Hint(), column(gap=2)
        columns = (
            Column(_("Then"), 52, right=True),
            Column(_("Application")),
            Column(_("Result then"), 84, right=True),
            Column(_("Rank now"), 70, right=True),
            Column(_("Result now"), 84, right=True),
            Column(_("Change"), 146),
        )
        self.table = Table(_("Ranking in the trial"), columns, sortable=False)
        left = self._make_left()
        self.setLayout(column(TwoColumns(left, self._make_side(), 356, [self.table])))

    def show_trial(self, view: TrialView) -> None:
        """Show what is otherwise and what would come of it."""
        self.table.show_rows(view.rows)
        self._summary.say(view.summary.text, view.summary.tone, view.summary.icon)
        self.method.offer(list(view.methods), view.method)
        self.expert.offer(list(view.experts), view.without)
        focused = self._focused_weight()
        empty(self._weights)
        for each in view.weights:
            self._weights.addWidget(self._weight(each, focused))

    # -- building

    def _make_left(self) -> QWidget:
        back = Button(_("Ranking"), kind="quiet", icon="arrow-left", key="Esc")
        back.clicked.connect(self.back_requested)
        head = row(back, label(_("What if"), "card-title"), None, gap=10)
        self.stamp = Banner(
            _("No conclusion of the review (不作为评审结论)"),
            _("The result follows from the frozen rules alone; nothing here is kept."),
            "warn",
        )
        card = Card(self._summary, margins=(8, 10, 8, 6), gap=6)
        card.body.addWidget(self.table, 1)
        lane = column(head, self.stamp, gap=10)
        lane.addWidget(card, 1)
        return held(lane)

    def _make_side(self) -> QWidget:
        self.method = Choice(_("How sheets are combined"))
        self.method.activated.connect(
            lambda place: self.method_chosen.emit(str(self.method.itemData(place)))
        )
        self.expert = Choice(_("Leave one expert out"))
        self.expert.activated.connect(
            lambda place: self.expert_chosen.emit(str(self.expert.itemData(place)))
        )
        again = Button(_("As it was"), icon="undo-2")
        again.clicked.connect(self.reset_requested)
        rules = Card(
            label(_("How sheets are combined"), "strong"),
            self.method,
            label(_("Leave one expert out"), "strong"),
            self.expert,
            gap=6,
        )
        words = _("The other dimensions give or take, the sum stays.")
        weights = Card(
            label(_("Weights"), "strong"),
            label(words, "small", "2", wrap=True),
            self._weights,
            row(again, None),
            gap=6,
        )
        return side(rules, weights)

    def _weight(self, each: WeightLine, focused: tuple[str, int]) -> QWidget:
        line = row(margins=(0, 2, 0, 2), gap=6)
        line.addWidget(label(f"{each.code} {each.title}", "small", wrap=True), 1)
        line.addWidget(label(f"{each.frozen}　{each.change}", "small"))
        for icon, words, step in (
            ("minus", _("{name} weighs less"), -1),
            ("plus", _("{name} weighs more"), 1),
        ):
            button = icon_button(icon, words.format(name=each.title))
            button.setProperty("weight", f"{each.code} {step}")
            button.clicked.connect(
                lambda _c=False, step=step: self.weighed.emit(each.code, step)
            )
            line.addWidget(button)
            if focused == (each.code, step):
                button.setFocus()
        return held(line, f"{each.code} {each.title} {each.frozen} {each.change}")

    def _focused_weight(self) -> tuple[str, int]:
        """Return which button has the keyboard, so that it keeps it when the list is new."""
        code, _space, step = str(self._focus_name()).partition(" ")
        return code, int(step or 0)

    def _focus_name(self) -> object:
        widget = self.focusWidget()
        return (widget.property("weight") if widget else None) or ""
