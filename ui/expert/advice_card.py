"""What is worth a second look before signing, on a card that can be closed."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from reviewer_app.core.messages import _
from ui.components.button import Button
from ui.components.card import Card
from ui.components.check import LinkLine
from ui.components.text import label
from ui.expert.finish_advice import Advice
from ui.look.scaling import column, empty, row


class AdviceCard(Card):
    """Advice for the expert alone; it hides when there is none, and blocks nothing."""

    opened = Signal(str)
    dismissed = Signal()

    def __init__(self) -> None:
        super().__init__(margins=(20, 10, 20, 12), gap=2)
        self._shown: tuple[Advice, ...] = ()
        self._lines = column(gap=0)
        holder = QWidget()
        holder.setLayout(self._lines)
        seen = Button(_("Seen, they are as I mean them"), kind="quiet", size="compact")
        seen.clicked.connect(self.dismissed)
        promise = _("for you alone; changes no score, is not handed in")
        self.body.put(
            row(label(_("Worth a second look"), "card-title"), None, seen),
            label(promise, "small", "2", wrap=True),
            holder,
        )
        self.hide()

    def show_advice(self, advice: Sequence[Advice]) -> None:
        """Show these pieces of advice, or nothing at all."""
        self.setVisible(bool(advice))
        if tuple(advice) == self._shown:
            return
        self._shown = tuple(advice)
        empty(self._lines)
        for each in advice:
            line = LinkLine(each.words, "eye", "text_2")
            line.clicked.connect(lambda _c=False, number=each.number: self.opened.emit(number))
            self._lines.addWidget(line)
