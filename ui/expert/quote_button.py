"""The button that quotes chosen words, where the choice ends."""

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QWidget

from reviewer_app.core.messages import _
from ui.components.button import Button


class QuoteButton(Button):
    """Lies over the document; hidden while nothing is chosen."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(_("Quote"), icon="quote", size="compact")
        self.setParent(over)
        self.setToolTip("Shift+F6")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def stand_at(self, end: QRect, *, shown: bool) -> None:
        """Stand where chosen words end, kept inside the document, or hide."""
        self.setVisible(shown and not end.isEmpty())
        over = self.parentWidget()
        if not shown or over is None:
            return
        self.resize(self.sizeHint())
        size, room = self.size(), over.size()
        x = max(0, min(end.right() + 8, room.width() - size.width() - 16))
        y = max(0, min(end.bottom() + 6, room.height() - size.height() - 8))
        self.move(QPoint(x, y))
        self.raise_()
