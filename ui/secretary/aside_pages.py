"""The pages beside the rounds: results by unit over the years, the log of a round."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from reviewer_app.core.messages import _
from ui.components.banner import Banner
from ui.components.card import Card
from ui.components.table import Table
from ui.components.text import label
from ui.look.scaling import column, empty, fix, row
from ui.secretary.aside_presenters import HistoryView, LogView
from ui.secretary.page import StepPage
from ui.views import Column


class _AsidePage(StepPage):
    """A page that Esc leaves."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the round."""
        if event.key() == Qt.Key.Key_Escape:
            self.next_requested.emit()
            return
        super().keyPressEvent(event)


class HistoryPage(_AsidePage):
    """Units at the left, one unit's results and their consequences at the right."""

    unit_requested = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.units = Table(_("Units"), (Column(_("Unit")),))
        self.units.chosen.connect(self.unit_requested)
        self.table = Table(
            _("Results by unit"),
            (
                Column(_("Date"), 100),
                Column(_("Occasion"), 120),
                Column(_("Round and application")),
                Column(_("Result"), 80, right=True),
                Column(_("Rank"), 60, right=True),
                Column(_("Band"), 80),
            ),
        )
        left = Card(margins=(6, 6, 6, 6), gap=0)
        left.body.addWidget(self.units, 1)
        fix(left, width=280)
        self._title, self._words = label("", "card-title"), label("", "", "2", wrap=True)
        right = Card(self._title, self._words, margins=(12, 10, 12, 8), gap=6)
        right.body.addWidget(self.table, 1)
        self._proposals = column(gap=8)
        lane = column(gap=12)
        lane.addWidget(right, 1)
        lane.addLayout(self._proposals)
        body = row(left, margins=(20, 16, 20, 12), gap=16)
        body.addLayout(lane, 1)
        holder = QWidget()
        holder.setLayout(body)
        self.lay(holder)
        self._lay.setStretch(0, 1)

    def show_history(self, view: HistoryView) -> None:
        """Show the units and one unit's results."""
        self.units.show_rows(view.units)
        self.units.select(view.unit)
        self._title.setText(view.unit)
        self._words.setText(view.words)
        self._words.setVisible(bool(view.words))
        self.table.show_rows(view.rows)
        empty(self._proposals)
        for what, quote in view.proposals:
            words = _("The documents foresee: {what}").format(what=what)
            self._proposals.addWidget(Banner(words, quote, "warn"))
        self.foot.show_foot(view.foot)

    def begin(self) -> None:
        """Give the keyboard to the units."""
        self.units.setFocus(Qt.FocusReason.OtherFocusReason)


class LogPage(_AsidePage):
    """Everything that happened in a round, newest first."""

    def __init__(self) -> None:
        super().__init__()
        self.table = Table(
            _("Log of the round"),
            (
                Column(_("No."), 56, right=True),
                Column(_("Time"), 172),
                Column(_("What happened"), 150),
                Column(_("Details")),
            ),
        )
        card = Card(label(_("Log of the round"), "card-title"), margins=(12, 10, 12, 8), gap=6)
        card.body.addWidget(self.table, 1)
        holder = QWidget()
        lane = column(margins=(20, 16, 20, 12))
        lane.addWidget(card, 1)
        holder.setLayout(lane)
        self.lay(holder)
        self._lay.setStretch(0, 1)

    def show_log(self, view: LogView) -> None:
        """Show the lines."""
        self.table.show_rows(view.rows)
        self.foot.show_foot(view.foot)
