"""Icons tinted in the colour of the text beside them, crisp at every size and screen."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from resources.icons import icon_svg

_FINE = 18


@lru_cache(maxsize=256)
def _renderer(name: str, colour: str, *, fine: bool) -> QSvgRenderer:
    width = "1.75" if fine else "2"
    svg = icon_svg(name).replace("currentColor", colour)
    svg = svg.replace('stroke-width="2"', f'stroke-width="{width}"')
    return QSvgRenderer(QByteArray(svg.encode()))


def draw_icon(painter: QPainter, name: str, rect: QRectF, colour: str) -> None:
    """Draw the icon into ``rect`` with ``colour``: 1.75 px strokes from 18 px on, 2 below."""
    _renderer(name, colour, fine=rect.width() >= _FINE).render(painter, rect)


@lru_cache(maxsize=512)
def _pixmap(name: str, size: int, colour: str, ratio: float) -> QPixmap:
    renderer = _renderer(name, colour, fine=size >= _FINE)  # a fault must not meet a painter
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap


def pixmap(name: str, size: int, colour: str, ratio: float = 0) -> QPixmap:
    """Return the icon as a picture of ``size`` logical pixels.

    ``ratio`` is the screen's device pixel ratio; 0 takes the finest screen's.
    """
    return _pixmap(name, size, colour, ratio or _finest())


def icon(name: str, size: int, colour: str) -> QIcon:
    """Return the icon for a button or a menu."""
    return QIcon(pixmap(name, size, colour))


def _finest() -> float:
    application = QGuiApplication.instance()
    return application.devicePixelRatio() if isinstance(application, QGuiApplication) else 1.0
