"""The left column of the scoring page: how many are complete, the rail, what was recused."""

from PySide6.QtWidgets import QWidget

from reviewer_app.core.messages import _
from ui.components.rail import NARROW, WIDE, RailList, RecusedLine
from ui.components.text import label
from ui.expert.score_views import ScoreView
from ui.look.scaling import column, fix, row


class RailColumn(QWidget):
    """The applications with their head and foot; shrinks to rings with numbers."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "rail")
        self.list = RailList(_("Applications"))
        self._count = label("", "small", "2")
        self._recused = RecusedLine()
        self._words = ""
        self._head = QWidget()
        title = label(_("Applications"), "strong")
        self._head.setLayout(row(title, None, self._count, margins=(12, 6, 12, 5)))
        body = column(self._head)
        body.addWidget(self.list, 1)
        body.addWidget(self._recused)
        self.setLayout(body)
        self.set_narrow(narrow=False)

    def show_rail(self, view: ScoreView) -> None:
        """Show the applications, which is open, how many are complete."""
        self.list.show_items(view.rail, view.number)
        self._count.setText(view.rail_count)
        self._words = view.recused
        self._show_recused()

    def set_narrow(self, *, narrow: bool) -> None:
        """Shrink to rings with numbers, or show names again."""
        self.list.set_narrow(narrow=narrow)
        self._head.setVisible(not narrow)
        fix(self, width=NARROW if narrow else WIDE)
        self._show_recused()

    def _show_recused(self) -> None:
        self._recused.say(self._words if not self._head.isHidden() else "")
