"""The head where one pane has room only: which pane, of which application, which dimension."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from reviewer_app.core.messages import _
from ui.components.button import Button
from ui.components.segments import Segments
from ui.components.text import key, label, rule
from ui.expert.score_views import ScoreView
from ui.look.scaling import column, row
from ui.views import GroupView


class PaneHead(QWidget):
    """Materials or scores, and the dimensions as a menu."""

    pane_chosen = Signal(str)
    group_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "surface")
        panes = [("materials", _("Materials")), ("form", _("Scores"))]
        self._panes = Segments(_("Pane"), panes)
        self._panes.chosen.connect(self.pane_chosen)
        self._title = label("", "strong")
        self._dimension = Button("", kind="quiet")
        self._dimension.add_chevron()
        self._menu = QMenu(self)
        self._dimension.setMenu(self._menu)
        line = row(self._panes, key("F9"), margins=(10, 3, 10, 3), gap=8)
        line.addWidget(self._title, 1)
        line.addWidget(self._dimension)
        self.setLayout(column(line, rule()))
        self.choose("form")
        self.hide()

    def choose(self, pane: str) -> None:
        """Show which pane is open; dimensions belong to the scores."""
        self._panes.choose(pane)
        self._dimension.setVisible(pane == "form")

    def show_head(self, view: ScoreView) -> None:
        """Show the open application and dimension."""
        self._title.setText(f"{view.number} {view.short_name}")
        now = view.groups[view.group] if view.group < len(view.groups) else None
        self._dimension.show_words(_group_words(now) if now else "")
        words = [_group_words(group) for group in view.groups]
        if words == [action.text() for action in self._menu.actions()]:
            return
        self._menu.clear()
        for place, group in enumerate(view.groups):
            action = self._menu.addAction(_group_words(group))
            action.triggered.connect(lambda _c=False, i=place: self.group_chosen.emit(i))


def _group_words(group: GroupView) -> str:
    return f"{group.code} {group.title}　{group.count()}"
