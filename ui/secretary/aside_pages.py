"""The page beside the rounds that shows the log of a round."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from reviewer_app.core.messages import _
from ui.components.card import Card
from ui.components.table import Table
from ui.components.text import label
from ui.look.scaling import column
from ui.secretary.aside_presenters import LogView
from ui.secretary.page import StepPage
from ui.views import Column


class AsidePage(StepPage):
    """A page that Esc leaves."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the round."""
        if event.key() == Qt.Key.Key_Escape:
            self.next_requested.emit()
            return
        super().keyPressEvent(event)


class LogPage(AsidePage):
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
