"""The head above a round's page: its title, the signed fingerprint, the button for the rail."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from reviewer_app.core.messages import _
from ui.components.bars import TOP
from ui.components.button import icon_button
from ui.components.chip import StateChip
from ui.components.text import label
from ui.look.scaling import bound, row
from ui.look.theme import set_property
from ui.views import State


class RoundHead(QFrame):
    """One line: the round's title and, once signed, the head of its fingerprint."""

    rail_requested = Signal()
    help_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "top-bar")
        bound(self, min_height=TOP, max_height=TOP)
        self.toggle = icon_button("panel-left-open", _("Show or hide the rounds"), key="F9")
        self.toggle.clicked.connect(self.rail_requested)
        self._title = label("", "card-title")
        self._chip = StateChip(State("", "shield-check"))
        self._who = label("", "small", "2")
        self._line = row(self.toggle, margins=(20, 0, 20, 0), gap=14)
        help_ = icon_button("circle-question-mark", _("Help"), key="F1")
        help_.clicked.connect(self.help_requested)
        self._line.put(self._title, self._chip, None, self._who, help_)
        self.setLayout(self._line)

    def show_round(self, title: str, fingerprint: str, who: str) -> None:
        """Show which round is open."""
        self._title.setText(title)
        self._title.setToolTip(title)
        words = _("rules signed {code}").format(code=fingerprint[:9])
        self._chip.show_state(State(words, "shield-check"))
        self._chip.setToolTip(fingerprint)
        self._chip.setVisible(bool(fingerprint))
        self._who.setText(who)

    def set_narrow(self, *, narrow: bool) -> None:
        """Leave out what there is no room for."""
        self._who.setVisible(not narrow)
        self._title.setWordWrap(narrow)
        set_property(self._title, "role", "small-strong" if narrow else "card-title")
        self._line.setStretch(1, int(narrow))
