"""The card of the order of speaking, beside the list of applications and on the issue page."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from reviewer_app.core.messages import _
from ui.components.banner import Hint
from ui.components.button import Button
from ui.components.card import Card
from ui.components.flow import Flow
from ui.components.lines import Field
from ui.components.text import Icon, label
from ui.look.scaling import row
from ui.secretary.order_presenter import BY, NOT_OFFERED, REASON, SEED, OrderView

_FILE = "汇报顺序表.pdf"


class OrderCard(Card):
    """Every wish leaves it as a signal; ``typed`` carries the field and its text.

    The fields open when they are asked for, or when a draw was refused for want of them.
    """

    typed = Signal(str, str)
    draw_requested = Signal()
    place_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__(gap=6)
        self._allowed, self._opened, self._view = True, False, NOT_OFFERED
        head = row(Icon("dices", 18), label(_("Order of speaking"), "strong"), None, gap=8)
        self._words = label("", "small", "2", wrap=True)
        self.fields: dict[str, Field] = {}
        for key, words in (
            (SEED, _("Seed; empty: the program draws one")),
            (BY, _("Who gives the seed")),
            (REASON, _("Why it is drawn again")),
        ):
            field = Field()
            field.setPlaceholderText(words)
            field.setAccessibleName(words)
            field.textEdited.connect(lambda text, key=key: self.typed.emit(key, text))
            self.fields[key] = field
        self.draw = Button("", icon="dices", size="compact")
        self.draw.clicked.connect(self.draw_requested)
        self.write = Button(_("Save as PDF"), icon="printer", size="compact")
        self.write.clicked.connect(self._on_write)
        self.more = Button("", kind="link")
        self.more.clicked.connect(self._on_more)
        self._said = Hint()
        acts = QWidget()
        acts.setLayout(Flow(self.draw, self.write, self.more))
        self.body.put(head, self._words, *self.fields.values(), acts, self._said)

    def show_order(self, view: OrderView) -> None:
        """Show the order that holds, and what a draw needs."""
        self._view = view
        self._opened = self._opened or view.said.tone == "bad"
        self.setVisible(view.offered and self._allowed)
        self._words.setText("\n".join(view.words))
        for key, field in self.fields.items():
            if field.text() != view.typed[key]:
                field.setText(view.typed[key])
            field.setVisible(self._opened and (view.drawn or key != REASON))
        self.more.show_words(_("Give a reason") if view.drawn else _("Give a seed"))
        self.more.setVisible(not self._opened)
        self.draw.show_words(_("Draw again") if view.drawn else _("Draw the order"))
        self.write.setVisible(view.drawn)
        self._said.say(view.said.text, view.said.tone, view.said.icon)

    def allow(self, *, here: bool) -> None:
        """Show the card only where it belongs."""
        self._allowed = here
        self.show_order(self._view)

    def _on_more(self) -> None:
        self._opened = True
        self.show_order(self._view)
        self.fields[REASON if self._view.drawn else SEED].setFocus()

    def _on_write(self) -> None:
        title = _("Save as PDF")
        name, _kind = QFileDialog.getSaveFileName(self, title, _FILE, "PDF (*.pdf)")
        if name:
            self.place_chosen.emit(Path(name))
