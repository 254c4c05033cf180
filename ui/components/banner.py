"""Banners: what happened and what to do, in the place where it happened, until solved."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from reviewer_app.core.messages import _
from ui.components.button import icon_button
from ui.components.text import Icon, label, set_tone
from ui.look.scaling import column, empty, row
from ui.look.theme import set_property

ICONS = {"": "info", "ok": "circle-check", "warn": "triangle-alert", "bad": "circle-x"}
_INK = {"": "accent", "ok": "ok", "warn": "warn", "bad": "bad"}


class Banner(QFrame):
    """A tinted box: icon, bold first sentence (what), second (what to do), buttons.

    ``tone``: "" for information, "ok", "warn", "bad". ``closed`` when the person closes it.
    """

    closed = Signal()

    def __init__(
        self, what: str = "", then: str = "", tone: str = "", *, closable: bool = False
    ) -> None:
        super().__init__()
        self.setProperty("kind", "banner")
        self._icon = Icon("info", 18, "accent", line=22)
        self._what = label("", "", wrap=True)
        self._then = label("", "small", wrap=True)
        self._buttons = row(gap=8)
        self._button_line = QWidget()
        self._button_line.setLayout(self._buttons)
        self._button_line.hide()
        self._close = icon_button("x", _("Close"))
        self._close.setVisible(closable)
        self._close.clicked.connect(self._dismiss)
        words = column(self._what, self._then, self._button_line, gap=3)
        body = row(margins=(14, 9, 8, 9), gap=12)
        body.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        body.addLayout(words, 1)
        body.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self.setLayout(body)
        self.say(what, then, tone)

    def say(self, what: str, then: str = "", tone: str = "") -> None:
        """Show another message."""
        set_property(self, "state", tone)
        self._icon.show_icon(ICONS[tone], _INK[tone])
        self._what.setText(what)
        set_property(self._what, "role", "strong" if then else "small")
        self._then.setText(then)
        self._then.setVisible(bool(then))
        set_tone(self._what, "")
        self.setAccessibleName(f"{what} {then}".strip())

    def add_button(self, button: QWidget) -> None:
        """Put a button under the words."""
        if not self._buttons.count():
            self._buttons.addStretch(1)
        self._buttons.insertWidget(self._buttons.count() - 1, button)
        self._button_line.show()

    def clear_buttons(self) -> None:
        """Take every button away."""
        empty(self._buttons)
        self._button_line.hide()

    def _dismiss(self) -> None:
        self.hide()
        self.closed.emit()


class Hint(QWidget):
    """One line of advice: a small shape and a sentence, both in the tone's colour.

    ``plain`` leaves the sentence in the colour of text.
    """

    def __init__(
        self, text: str = "", tone: str = "2", icon: str = "info", *, plain: bool = False
    ) -> None:
        super().__init__()
        self._plain = plain
        self._icon = Icon(icon, 16, _tone_ink(tone), line=20)
        self._words = label(text, "small", "" if plain else tone, wrap=True)
        line = row(gap=6)
        line.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._words, 1)
        self.setLayout(line)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def say(self, text: str, tone: str = "2", icon: str = "info") -> None:
        """Show another sentence, or hide the line if it is empty."""
        self._words.setText(text)
        set_tone(self._words, "" if self._plain else tone)
        self._icon.show_icon(icon, _tone_ink(tone))
        self.setAccessibleName(text)
        self.setVisible(bool(text))

    def text(self) -> str:
        """Return what it says."""
        return self._words.text()


def _tone_ink(tone: str) -> str:
    return {"": "text", "2": "text_2", "3": "text_3"}.get(tone, tone)
