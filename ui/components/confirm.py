"""What cannot be undone is asked in its place on the page, before it is done."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from reviewer_app.core.messages import _
from ui.components.button import Button
from ui.components.card import Card
from ui.components.text import Icon, label
from ui.look.scaling import row


class ConfirmCard(Card):
    """A question, what it means, and the way back; the page's next step is the yes.

    ``taken_back`` when the person does not want it yet.
    """

    taken_back = Signal()

    def __init__(self, icon: str, *parts: QWidget) -> None:
        self._ask, self._words = label("", "strong", wrap=True), label("", "small", wrap=True)
        title = row(Icon(icon, 18, "warn"), gap=8)
        title.addWidget(self._ask, 1)
        back = Button(_("Not now"), kind="quiet", key="Esc")
        title.addWidget(back)
        super().__init__(title, self._words, *parts, gap=6, state="warn")
        back.clicked.connect(self.taken_back)
        self.hide()

    def ask(self, question: str, words: str) -> None:
        """Show the question and what a yes means."""
        self._ask.setText(question)
        self._words.setText(words)
        self.setAccessibleName(f"{question} {words}")

    def text(self) -> str:
        """Return what it says."""
        return self.accessibleName()
