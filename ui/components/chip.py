"""State chips: a shape and a word on a tint; never clickable."""

from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.components.paint import LEFT, MIDDLE, outline, pen, width, write
from ui.look.fonts import Role
from ui.look.theme import look
from ui.views import State

HEIGHT = 22
ICON = 14


def chip_width(state: State) -> int:
    """Return how wide a chip of ``state`` is."""
    return 3 * look().px(6) - look().px(2) + look().px(ICON) + width(state.word, Role.SMALL)


def paint_chip(painter: QPainter, rect: QRectF, state: State) -> None:
    """Draw a chip into ``rect``."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    tint = f"{state.tone}_tint" if state.tone else "surface"
    border = pen(tint if state.tone else "line")
    outline(painter, rect, radius=4, border=border, fill=look().colour(tint))
    side, edge = look().px(ICON), look().px(6)
    top = rect.y() + (rect.height() - side) / 2
    ink = state.tone or "text_2"
    look().draw_icon(painter, state.icon, QRectF(rect.x() + edge, top, side, side), ink)
    left = round(rect.x()) + edge + side + look().px(4)
    place = QRect(left, round(rect.y()), round(rect.right()) - left, round(rect.height()))
    write(painter, place, state.word, Role.SMALL, ink, LEFT | MIDDLE)


class StateChip(QWidget):
    """A chip standing on its own."""

    def __init__(self, state: State) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_state(state)

    def show_state(self, state: State) -> None:
        """Show another state."""
        self._state = state
        self.setAccessibleName(state.word)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room for icon and word."""
        return QSize(chip_width(self._state), look().px(HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the chip."""
        paint_chip(QPainter(self), QRectF(self.rect()), self._state)


class StateLine(StateChip):
    """A state without a box: the shape, then the word, in the state's colour."""

    def sizeHint(self) -> QSize:
        """Return the room for icon and word."""
        wide = look().px(16) + look().px(5) + width(self._state.word, Role.SMALL)
        return QSize(wide + 2, max(look().px(20), look().px(16)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the shape and the word."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side, ink = look().px(16), self._state.tone or "text_2"
        box = QRectF(0, (self.height() - side) / 2, side, side)
        look().draw_icon(painter, self._state.icon, box, ink)
        place = self.rect().adjusted(side + look().px(5), 0, 0, 0)
        write(painter, place, self._state.word, Role.SMALL, ink, LEFT | MIDDLE)
