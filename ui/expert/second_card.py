"""The card of the second scoring on the finish page: the feedback is opened from here."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog

from reviewer_app.core.messages import _
from reviewer_app.sheets.feedback import SUFFIX
from ui.components.banner import Hint
from ui.components.button import Button
from ui.components.card import Card
from ui.components.text import Icon, label
from ui.expert.second_presenter import SecondView
from ui.look.scaling import row


class SecondCard(Card):
    """It hides while the first scoring goes on; ``chosen`` carries the feedback's file."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__(margins=(20, 10, 20, 12), gap=4)
        self._words = label("", "small", "2", wrap=True)
        self._hint = Hint()
        self.open = Button(_("Open the feedback"), icon="folder-open")
        self.open.clicked.connect(self._on_open)
        self._act = row(self.open, None)
        self.body.put(
            row(Icon("history", 18), label(_("Second scoring"), "card-title"), None, gap=8),
            self._words,
            self._act,
            self._hint,
        )
        self.hide()

    def show_second(self, view: SecondView) -> None:
        """Show how the second scoring stands."""
        self.setVisible(view.shown)
        self._words.setText("\n".join(view.words))
        self.open.setVisible(not view.begun)
        self._hint.say(view.message.text, view.message.tone, view.message.icon)

    def take(self, paths: list[Path]) -> None:
        """Take a file that was dropped, while a feedback can be opened."""
        if paths and self.isVisible() and self.open.isVisible():
            self.chosen.emit(paths[0])

    def _on_open(self) -> None:
        kinds = _("Feedback (*{suffix})").format(suffix=SUFFIX)
        name, _kind = QFileDialog.getOpenFileName(self, _("Open the feedback"), "", kinds)
        if name:
            self.chosen.emit(Path(name))
