"""Rounds that were put away, each with the button that takes it back."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QWidget

from reviewer_app.core.messages import _
from ui.components.banner import Banner
from ui.components.button import Button
from ui.components.card import Card
from ui.components.text import label, rule
from ui.look.scaling import column, empty, row
from ui.secretary.aside_pages import AsidePage
from ui.secretary.page import held
from ui.secretary.removed_presenter import RemovedItem, RemovedView


class RemovedPage(AsidePage):
    """Nothing here is erased; ``restore_requested`` carries the id of a round."""

    restore_requested = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.buttons: dict[str, Button] = {}
        self._trouble = Banner(tone="bad")
        self._lines = column(gap=0)
        self._none = label(_("No round was put away"), "", "2")
        words = _("They keep everything: lists, sheets received and the log.")
        card = Card(
            label(_("Removed rounds"), "card-title"),
            label(words, "small", "2", wrap=True),
            self._none,
            self._lines,
            gap=6,
        )
        scroll = QScrollArea()
        scroll.setWidget(held(column(self._trouble, card, None, margins=(20, 16, 20, 12))))
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.lay(scroll)
        self._lay.setStretch(0, 1)

    def show_removed(self, view: RemovedView) -> None:
        """Show the rounds that were put away."""
        self._trouble.setVisible(bool(view.trouble))
        self._trouble.say(view.trouble, "", "bad")
        self._none.setVisible(not view.items)
        empty(self._lines)
        self.buttons.clear()
        for item in view.items:
            self._lines.addWidget(self._line(item))
        self.foot.show_foot(view.foot)

    def _line(self, item: RemovedItem) -> QWidget:
        button = Button(_("Take it back"), icon="archive-restore")
        button.setAccessibleName(f"{_('Take it back')} {item.title}")
        button.clicked.connect(lambda: self.restore_requested.emit(item.key))
        self.buttons[item.key] = button
        words = column(
            label(item.title, "", wrap=True), label(item.line, "small", "2", wrap=True), gap=1
        )
        line = row(margins=(0, 8, 0, 8), gap=12)
        line.addLayout(words, 1)
        line.addWidget(button)
        return held(column(line, rule()))
