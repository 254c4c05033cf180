"""Fields for words: a text box that grows with what is written, chips for cited pages."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit, QSizePolicy

from reviewer_app.core.messages import _
from ui.components import paint
from ui.components.paint import LEFT, MIDDLE, outline, pen, write
from ui.components.shortcuts import is_redo, takes_back
from ui.look.fonts import Role
from ui.look.theme import look, set_property


class Field(QLineEdit):
    """A field whose Enter is its own: it does not also take the page's next step."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep Enter here."""
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()


class WordsField(QPlainTextEdit):
    """A text box of one line that grows to ``most`` lines; Tab leaves it, Ctrl+Enter goes on.

    ``typed`` carries what the person wrote, never what ``show_words`` set.
    """

    typed = Signal(str)

    def __init__(self, name: str, least: int = 1, most: int = 5) -> None:
        super().__init__()
        self._least, self._most = least, most
        self._showing = False
        self.setAccessibleName(name)
        self.setPlaceholderText(name)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(2)
        self.textChanged.connect(self._on_changed)

    def show_words(self, text: str, state: str = "") -> None:
        """Show a text, unless it stands there already, and how it is: "", "warn", "error"."""
        if self.toPlainText() != text:
            self._showing = True
            self.setPlainText(text)
            self._showing = False
        set_property(self, "state", state)

    def forget_steps(self) -> None:
        """Forget what could be taken back: the field shows another text's place now."""
        self.document().clearUndoRedoStacks()

    def event(self, event: QEvent) -> bool:
        """Take back words typed here; where none are left, leave undo to the page."""
        if takes_back(event):
            document = self.document()
            mine = document.isRedoAvailable() if is_redo(event) else document.isUndoAvailable()
            event.setAccepted(mine)
            return mine
        return super().event(event)

    def sizeHint(self) -> QSize:
        """Return room for the lines written, between least and most."""
        lines = max(self._least, min(self._most, self._lines()))
        high = lines * self.fontMetrics().lineSpacing() + look().px(14)
        return QSize(look().px(120), high)

    def minimumSizeHint(self) -> QSize:
        """Return the same height."""
        return QSize(look().px(60), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Ctrl+Enter, Ctrl+↑ and Ctrl+↓ go on to the page; Ctrl+Y is redo everywhere."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if control and event.key() == Qt.Key.Key_Y:
            self.redo()
            return
        onward = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Up, Qt.Key.Key_Down)
        if control and event.key() in onward:
            event.ignore()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Put the cursor after the last word when the keyboard comes by Tab."""
        super().focusInEvent(event)
        self.ensureCursorVisible()

    def _lines(self) -> int:
        document = self.document()
        block, lines = document.begin(), 0
        while block.isValid():
            layout = block.layout()
            lines += max(1, layout.lineCount() if layout else 1)
            block = block.next()
        return lines

    def _on_changed(self) -> None:
        needed = self._lines() > self._most
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAsNeeded if needed else policy.ScrollBarAlwaysOff
        )
        self.updateGeometry()
        if not self._showing:
            self.typed.emit(self.toPlainText())


class CitationChip(QAbstractButton):
    """A cited page: a click opens it, the cross takes the citation back."""

    removed = Signal()

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setText(text)
        self.setAccessibleName(_("Cited: {page}; Delete removes it").format(page=text))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(_("Open this page; the cross or Delete removes the citation"))

    def sizeHint(self) -> QSize:
        """Return the room for mark, words and cross."""
        px = look().px
        wide = px(6 + 15 + 4 + 6 + 13 + 5) + paint.width(self.text(), Role.SMALL)
        return QSize(wide, px(22))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete takes the citation back, Return opens the page."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the citation back where the cross stands."""
        if event.position().x() > self.width() - look().px(13 + 8):
            self.removed.emit()
            return
        super().mousePressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint tint, mark, words and cross."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        px, rect = look().px, QRectF(self.rect())
        border = pen("accent", 2) if self.hasFocus() else pen("accent_tint")
        outline(painter, rect, radius=4, border=border, fill=look().colour("accent_tint"))
        top = (self.height() - px(15)) / 2
        look().draw_icon(painter, "quote", QRectF(px(6), top, px(15), px(15)), "accent")
        words = self.rect().adjusted(px(25), 0, 0, 0)
        write(painter, words, self.text(), Role.SMALL, "accent", LEFT | MIDDLE)
        cross = QRectF(self.width() - px(18), (self.height() - px(13)) / 2, px(13), px(13))
        look().draw_icon(painter, "x", cross, "accent")
