"""The progress ring: dashed and empty, an arc with its count, or closed with a tick."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from ui.components.paint import tick
from ui.look.fonts import Role
from ui.look.theme import look
from ui.views import Progress

RING = 28


def paint_ring(
    painter: QPainter, rect: QRectF, progress: Progress, done: int = 0, total: int = 1
) -> None:
    """Draw a ring into ``rect``; never only colour tells: dash, count or tick differ."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    thick = rect.width() * 3 / RING
    inset = thick / 2 + rect.width() / RING
    circle = rect.adjusted(inset, inset, -inset, -inset)
    if progress is Progress.NOT_BEGUN:
        _dashed(painter, circle)
    elif progress is Progress.DONE:
        painter.setPen(QPen(look().colour("ok"), thick))
        painter.drawEllipse(circle)
        side = rect.width() * 0.5
        box = QRectF(rect.center().x() - side / 2, rect.center().y() - side / 2, side, side)
        tick(painter, box, "ok", thick * 0.75)
    else:
        _arc(painter, circle, thick, done / total if total else 0)
        painter.setFont(look().font(Role.RING))
        painter.setPen(look().colour("text"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, str(done))
    painter.restore()


def _dashed(painter: QPainter, circle: QRectF) -> None:
    line = QPen(look().colour("line_strong"), 1.5)
    line.setDashPattern([2.0, 2.0])
    painter.setPen(line)
    painter.drawEllipse(circle)


def _arc(painter: QPainter, circle: QRectF, thick: float, share: float) -> None:
    painter.setPen(QPen(look().colour("line"), thick))
    painter.drawEllipse(circle)
    line = QPen(look().colour("accent"), thick)
    line.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(line)
    painter.drawArc(circle, 90 * 16, -round(share * 360 * 16))
