"""A drop-down whose chevron is drawn like every other icon."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

from ui.look.theme import look

_SIDE, _EDGE = 16, 9


class Choice(QComboBox):
    """One of several named values; the wheel scrolls the page, never the choice."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)

    def offer(self, items: list[tuple[str, str]], current: str) -> None:
        """Offer (key, words) in this order and show ``current``, telling nobody."""
        keys = [self.itemData(place) for place in range(self.count())]
        if keys != [key for key, _words in items]:
            self.clear()
            for key, words in items:
                self.addItem(words, key)
        place = self.findData(current)
        if place >= 0:
            self.setCurrentIndex(place)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the field by the style sheet, then the chevron."""
        super().paintEvent(event)
        painter, px = QPainter(self), look().px
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = (self.height() - px(_SIDE)) / 2
        box = QRectF(self.width() - px(_SIDE + _EDGE), top, px(_SIDE), px(_SIDE))
        ink = "text_2" if self.isEnabled() else "text_3"
        look().draw_icon(painter, "chevron-down", box, ink)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll."""
        event.ignore()
