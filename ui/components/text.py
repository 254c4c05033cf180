"""Words on a page: labels by role and tone, key hints, codes, icons, rules."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from ui.look.scaling import fix
from ui.look.theme import look, set_property


def label(text: str = "", role: str = "", tone: str = "", *, wrap: bool = False) -> QLabel:
    """Return plain text; ``role`` is its size, ``tone`` its colour (see ``look.sheet``)."""
    result = QLabel(text)
    result.setTextFormat(Qt.TextFormat.PlainText)
    result.setProperty("role", role)
    result.setProperty("tone", tone)
    result.setWordWrap(wrap)
    if wrap:
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        result.setSizePolicy(policy)
    return result


def set_tone(widget: QWidget, tone: str) -> None:
    """Colour a label anew: "", "2", "3", "accent", "ok", "warn" or "bad"."""
    set_property(widget, "tone", tone)


def key(text: str) -> QLabel:
    """Return a key hint in its little box."""
    result = label(text, "key")
    result.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return result


def code(text: str = "") -> QLabel:
    """Return a code or fingerprint: monospaced, selectable, read out group by group."""
    result = label(text, "code")
    result.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    result.setCursor(Qt.CursorShape.IBeamCursor)
    return result


def rule(*, strong: bool = False) -> QFrame:
    """Return a horizontal hairline."""
    result = QFrame()
    result.setProperty("kind", "rule-strong" if strong else "rule")
    return result


def post(height: int = 0) -> QFrame:
    """Return a vertical hairline, ``height`` pixels at 100 % or as high as its row."""
    result = QFrame()
    result.setProperty("kind", "post")
    if height:
        fix(result, width=1, height=height)
    return result


class Icon(QWidget):
    """An icon of the text's colour that keeps its place at every text size.

    ``line`` is the height of the line of text it stands in, so that both have one middle.
    """

    def __init__(
        self, name: str, size: int = 16, colour: str = "text_2", *, line: int = 0
    ) -> None:
        super().__init__()
        self._name, self._size, self._colour, self._line = name, size, colour, line
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_icon(self, name: str, colour: str = "") -> None:
        """Change the drawing and, if given, its token colour."""
        self._name, self._colour = name, colour or self._colour
        self.update()

    def sizeHint(self) -> QSize:
        """Return the icon's size at the text size of now."""
        return QSize(look().px(self._size), look().px(self._line or self._size))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the icon."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = look().px(self._size)
        left, top = (self.width() - side) / 2, (self.height() - side) / 2
        look().draw_icon(painter, self._name, QRectF(left, top, side, side), self._colour)
