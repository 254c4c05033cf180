"""A new pack for one expert: what it shuts out, the reason, the button."""

from PySide6.QtCore import Signal

from reviewer_app.core.messages import _
from ui.components.banner import Hint
from ui.components.button import Button
from ui.components.card import Card
from ui.components.lines import WordsField
from ui.components.text import Icon, label
from ui.look.scaling import row
from ui.secretary.reissue_presenter import ReissueView


class ReissueCard(Card):
    """Shown for an issued round; ``asked`` when a new pack is wanted."""

    typed = Signal(str)
    asked = Signal()

    def __init__(self) -> None:
        super().__init__(gap=6)
        self._title = label(_("A new pack"), "strong", wrap=True)
        head = row(Icon("refresh-cw", 18), gap=8)
        head.addWidget(self._title, 1)
        self._effects = label("", "small", "2", wrap=True)
        self.reason = WordsField(_("Reason, kept in the log"), 1, 3)
        self.reason.typed.connect(self.typed)
        self.button = Button("", icon="refresh-cw", kind="danger", size="compact")
        self.button.clicked.connect(self.asked)
        self._said = Hint()
        self.body.put(head, self._effects, self.reason, row(self.button, None), self._said)

    def show_reissue(self, view: ReissueView) -> None:
        """Show for whom a new pack would be written and what it shuts out."""
        self.setVisible(view.offered)
        self._effects.setText("\n".join(view.effects))
        self.reason.show_words(view.reason)
        self.button.show_words(_("Write a new pack for {number}").format(number=view.expert))
        self.button.setEnabled(view.ready)
        self._said.say(view.said.text, view.said.tone, view.said.icon)
