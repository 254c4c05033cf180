"""Small things every own-painted widget draws: outlines, wrapped text, ticks, key hints."""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPolygonF

from ui.look import fonts
from ui.look.fonts import Role
from ui.look.theme import look

WRAP = int(Qt.TextFlag.TextWordWrap)
LEFT = int(Qt.AlignmentFlag.AlignLeft)
RIGHT = int(Qt.AlignmentFlag.AlignRight)
CENTRE = int(Qt.AlignmentFlag.AlignHCenter)
TOP = int(Qt.AlignmentFlag.AlignTop)
MIDDLE = int(Qt.AlignmentFlag.AlignVCenter)


def pen(token: str, width: float = 1, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    """Return a pen in a token's colour; lines keep their width at every text size."""
    return QPen(look().colour(token), width, style)


def outline(
    painter: QPainter, rect: QRectF, *, radius: float, border: QPen, fill: QColor | None
) -> None:
    """Draw a rounded box whose border lies wholly inside ``rect``."""
    inset = border.widthF() / 2
    painter.setPen(border)
    painter.setBrush(fill or Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius, radius)


def write(
    painter: QPainter, rect: QRect, text: str, role: Role, token: str, flags: int
) -> None:
    """Draw ``text`` in ``rect`` in a role's font and a token's colour."""
    painter.setFont(look().font(role))
    painter.setPen(look().colour(token))
    painter.drawText(rect, flags, text)


def width(text: str, role: Role) -> int:
    """Return how wide ``text`` is on one line."""
    return metrics(role).horizontalAdvance(text)


def height(text: str, role: Role, available: int) -> int:
    """Return how high ``text`` is when wrapped into ``available`` pixels."""
    box = QRect(0, 0, max(1, available), 100_000)
    return metrics(role).boundingRect(box, WRAP | LEFT | TOP, text).height()


def metrics(role: Role) -> QFontMetrics:
    """Return the measures of a role's font."""
    return fonts.metrics(role, look().scale)


def tick(painter: QPainter, rect: QRectF, token: str, thickness: float) -> None:
    """Draw a tick inside ``rect``."""
    line = QPen(look().colour(token), thickness)
    line.setCapStyle(Qt.PenCapStyle.RoundCap)
    line.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(line)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    shares = ((0.18, 0.53), (0.41, 0.76), (0.82, 0.28))
    points = [
        QPointF(rect.x() + x * rect.width(), rect.y() + y * rect.height()) for x, y in shares
    ]
    painter.drawPolyline(QPolygonF(points))


def key_cap(painter: QPainter, rect: QRectF, text: str, colour: QColor, border: QColor) -> None:
    """Draw a key hint in its little box."""
    painter.setPen(QPen(border, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    font = QFont(look().font(Role.SMALLEST))
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)


def key_cap_width(text: str) -> int:
    """Return how wide a key hint is with its box."""
    return width(text, Role.SMALLEST) + 2 * look().px(6)
