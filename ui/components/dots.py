"""Dots on a scale: every expert, the mean, who deviates; drawn in a cell or on its own."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.components.paint import CENTRE, MIDDLE, write
from ui.look.fonts import Role
from ui.look.theme import look
from ui.views import Dots

RADIUS = 4


def paint_dots(painter: QPainter, rect: QRectF, view: Dots) -> None:
    """Draw scale, ticks, dots, the mean's bar and the triangles of who deviates."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    radius = RADIUS * look().scale
    line = rect.adjusted(radius + 1, 0, -radius - 1, 0)
    middle = line.center().y()
    painter.setPen(QPen(look().colour("line"), 1.5))
    painter.drawLine(QPointF(line.left(), middle), QPointF(line.right(), middle))
    painter.setPen(QPen(look().colour("line_strong"), 1))
    for tick in view.ticks:
        x = line.left() + tick * line.width()
        painter.drawLine(QPointF(x, middle - radius), QPointF(x, middle + radius))
    fill = QColor(look().colour("accent"))
    fill.setAlphaF(0.45)
    painter.setPen(QPen(look().colour("accent"), 1))
    painter.setBrush(fill)
    for dot in view.dots:
        painter.drawEllipse(QPointF(line.left() + dot * line.width(), middle), radius, radius)
    for place, dot in enumerate(view.deviating):
        centre = QPointF(line.left() + dot * line.width(), middle)
        _triangle(painter, centre, radius * 1.4)
        if place < len(view.names):
            _name(painter, centre, view.names[place], radius)
    if view.mean is not None:
        x = line.left() + view.mean * line.width()
        painter.setPen(QPen(look().colour("text"), 2))
        painter.drawLine(QPointF(x, middle - 2 * radius), QPointF(x, middle + 2 * radius))
    painter.restore()


def _triangle(painter: QPainter, centre: QPointF, size: float) -> None:
    painter.setPen(QPen(look().colour("warn"), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    x, y = centre.x(), centre.y()
    corners = [
        QPointF(x, y - size),
        QPointF(x + size, y + size * 0.8),
        QPointF(x - size, y + size * 0.8),
    ]
    painter.drawPolygon(QPolygonF(corners))


def _name(painter: QPainter, centre: QPointF, name: str, radius: float) -> None:
    """Write who it is above a triangle."""
    wide, high = 6 * radius, 4 * radius
    left = max(0.0, centre.x() - wide / 2)
    box = QRectF(left, centre.y() - 1.4 * radius - high, wide, high)
    write(painter, box.toRect(), name, Role.SMALLEST, "warn", CENTRE | MIDDLE)


class DotStrip(QWidget):
    """A dot strip standing on its own."""

    def __init__(self, view: Dots) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_dots(view)

    def show_dots(self, view: Dots) -> None:
        """Show other marks."""
        self._view = view
        self.updateGeometry()
        self.setAccessibleName(view.spoken)
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of a results row."""
        return QSize(look().px(180), look().px(40 if self._view.names else 24))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the strip."""
        paint_dots(QPainter(self), QRectF(self.rect()), self._view)
