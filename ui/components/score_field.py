"""The score field: digits and one point, no spin buttons, a draft before it is a mark."""

from PySide6.QtCore import QEvent, QRegularExpression, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QRegularExpressionValidator,
)
from PySide6.QtWidgets import QLineEdit

from ui.components.shortcuts import takes_back
from ui.look.scaling import fix
from ui.look.theme import set_property

SETTLE_MS = 600
_PLAIN = str.maketrans("０１２３４５６７８９．。－", "0123456789..-")
"""What a Chinese input method types for digits, point and minus."""


class ScoreField(QLineEdit):
    """A field for one score.

    ``typed`` carries every text at once (a draft to store); ``settled`` follows after Enter,
    Tab, leaving the field, or 600 ms without a key: only then the text counts, so that "8" on
    the way to "84" is neither a low mark nor lost. ``stepped`` carries +1 or −1 for ↑ and ↓.
    """

    typed = Signal(str)
    settled = Signal(str)
    stepped = Signal(int)

    def __init__(self, kind: str = "score", width: int = 84) -> None:
        super().__init__()
        self.setProperty("kind", kind)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)
        self.setValidator(
            QRegularExpressionValidator(QRegularExpression(r"-?\d{0,12}\.?\d{0,12}"), self)
        )
        if width:
            fix(self, width=width)
        self._waiting = QTimer(self)
        self._waiting.setSingleShot(True)
        self._waiting.setInterval(SETTLE_MS)
        self._waiting.timeout.connect(self._settle)
        self._pending = False
        self.textEdited.connect(self._on_edited)

    def show_score(self, text: str, state: str = "") -> None:
        """Show a score and how it stands: "" as usual, "warn", "error".

        A text that is still being typed is left alone.
        """
        if not self._pending and self.text() != text:
            self.setText(text)
        set_property(self, "state", state)

    def settle(self) -> None:
        """Make what is being typed count now."""
        if self._pending:
            self._settle()

    def begin(self, text: str) -> None:
        """Take the keyboard and go on from ``text``, in place of what stood."""
        if self.isReadOnly():
            return
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.setText(text)
        self._on_edited(text)

    def retype(self, text: str) -> None:
        """Put another text in the place of what is being typed; it goes on being typed."""
        self.setText(text)

    def drop(self) -> None:
        """Forget that a text is being typed: another indicator is shown."""
        self._pending = False
        self._waiting.stop()

    def event(self, event: QEvent) -> bool:
        """Leave undo to the page, which takes back marks; a cell of a table keeps its own."""
        if self.property("kind") == "score" and takes_back(event):
            event.ignore()
            return False
        return super().event(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Take what an input method types; while it is at it the text does not settle."""
        plain = QInputMethodEvent(event.preeditString(), event.attributes())
        plain.setCommitString(
            event.commitString().translate(_PLAIN),
            event.replacementStart(),
            event.replacementLength(),
        )
        super().inputMethodEvent(plain)
        if event.preeditString():
            self._waiting.stop()
        elif self._pending:
            self._waiting.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step with ↑ and ↓; Enter settles and goes on to the page."""
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if step is not None and not event.modifiers():
            self.settle()
            self.stepped.emit(step)
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.settle()
            event.ignore()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving the field settles what was typed."""
        self.settle()
        super().focusOutEvent(event)

    def _on_edited(self, text: str) -> None:
        self._pending = True
        self._waiting.start()
        self.typed.emit(text)

    def _settle(self) -> None:
        self._waiting.stop()
        self._pending = False
        self.settled.emit(self.text())
