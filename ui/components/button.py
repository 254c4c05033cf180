"""Buttons: ordinary, primary, quiet, dangerous, link; with an icon and a key hint."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
)

from ui.components.paint import key_cap, key_cap_width
from ui.look.theme import look, set_property

_GAP = 8
_CAP_GAP = 10
_CHEVRON = 16


class Button(QPushButton):
    """A button that draws its icon, its words and the key that does the same.

    ``kind``: "" ordinary, "primary", "quiet", "danger", "link". ``size``: "" 32 px high,
    "tall" 40, "middle" 36, "compact" 28, "icon" square. Return presses the button that has
    the focus.
    """

    def __init__(
        self, text: str = "", *, kind: str = "", icon: str = "", key: str = "", size: str = ""
    ) -> None:
        super().__init__(text)
        self._icon, self._key, self._chevron = icon, key, False
        self.setProperty("kind", kind)
        self.setProperty("cut", size)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if kind == "link":
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        if key:
            self.setToolTip(key)

    def show_words(self, text: str, *, icon: str | None = None, key: str | None = None) -> None:
        """Change what the button says, and the icon and key beside it if given."""
        self.setText(text)
        self._icon = self._icon if icon is None else icon
        if key is not None:
            self._key = key
            self.setToolTip(key)
        self.updateGeometry()
        self.update()

    def add_chevron(self) -> None:
        """Show that the button opens a list of choices."""
        self._chevron = True
        self.updateGeometry()

    def set_kind(self, kind: str) -> None:
        """Change the button between ordinary, primary, quiet and dangerous."""
        set_property(self, "kind", kind)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return the room for icon, words and key hint inside the sheet's padding."""
        self.ensurePolished()
        option = QStyleOptionButton()
        self.initStyleOption(option)
        content = QSize(self._content_width(), self.fontMetrics().height())
        kind = QStyle.ContentsType.CT_PushButton
        return self.style().sizeFromContents(kind, option, content, self)

    def minimumSizeHint(self) -> QSize:
        """Return the same: words on a button are never cut."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Return press the button that has the focus."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the box by the style sheet, then icon, words and key hint."""
        painter = QStylePainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter.drawControl(QStyle.ControlElement.CE_PushButtonBevel, option)
        self._paint_content(painter)

    def _icon_size(self) -> int:
        return look().px(15 if self.property("cut") == "compact" else 18) if self._icon else 0

    def _content_width(self) -> int:
        parts = self._icon_size() + self._words_width()
        if self._icon and self.text():
            parts += look().px(_GAP)
        if self._key:
            parts += look().px(_CAP_GAP) + key_cap_width(self._key)
        if self._chevron:
            parts += look().px(_CHEVRON + 4)
        return parts

    def _words_width(self) -> int:
        """Return the room for the words; a segment takes that of its bold words always."""
        return QFontMetrics(self._face(bold=self._is_segment())).horizontalAdvance(
            self._words()
        )

    def _is_segment(self) -> bool:
        return bool(self.property("segment"))

    def _face(self, *, bold: bool) -> QFont:
        face = QFont(self.font())
        face.setBold(face.bold() or bold)
        return face

    def _words(self) -> str:
        return self.text().replace("&&", "\0").replace("&", "").replace("\0", "&")

    def _paint_content(self, painter: QPainter) -> None:
        kind = str(self.property("kind") or "")
        left = {"link": 2.0, "gap": float(look().px(4))}.get(kind)
        x = (self.width() - self._content_width()) / 2 if left is None else left
        ink = look().colour(self._ink())
        size = self._icon_size()
        if size:
            box = QRectF(x, (self.height() - size) / 2, size, size)
            look().draw_icon(painter, self._icon, box, self._ink())
            x += size + (look().px(_GAP) if self.text() else 0)
        painter.setFont(self._face(bold=self._is_segment() and self.isChecked()))
        painter.setPen(ink)
        wide = self._words_width()
        side = (
            Qt.AlignmentFlag.AlignHCenter if self._is_segment() else Qt.AlignmentFlag.AlignLeft
        )
        place = QRectF(x, 0, wide + (0 if self._is_segment() else 4), self.height())
        painter.drawText(place, int(side | Qt.AlignmentFlag.AlignVCenter), self._words())
        if self._key:
            self._paint_key(painter, x + wide + look().px(_CAP_GAP), ink)
        if self._chevron:
            size = look().px(_CHEVRON)
            box = QRectF(x + wide + look().px(4), (self.height() - size) / 2, size, size)
            look().draw_icon(painter, "chevron-down", box, self._ink())

    def _paint_key(self, painter: QPainter, x: float, ink: QColor) -> None:
        high = look().px(18)
        box = QRectF(x, (self.height() - high) / 2, key_cap_width(self._key), high)
        primary = self.property("kind") == "primary" and self.isEnabled()
        border = QColor(ink) if primary else look().colour("line")
        colour = (
            ink if primary else look().colour("text_3" if not self.isEnabled() else "text_2")
        )
        key_cap(painter, box, self._key, colour, border)

    def _ink(self) -> str:
        kind = str(self.property("kind") or "")
        if not self.isEnabled():
            return "text_3"
        if self.isChecked() and kind == "tab":
            return "text"
        if self.isChecked() and kind != "primary":
            return "accent"
        return {
            "primary": "on_accent",
            "quiet": "text_2",
            "tab": "text_2",
            "danger": "bad",
            "link": "accent",
        }.get(kind, "text_2" if self.property("segment") else "text")


def icon_button(icon: str, name: str, *, key: str = "") -> Button:
    """Return a quiet button with only an icon; ``name`` is read out and shown on hover."""
    button = Button(kind="quiet", icon=icon, size="icon")
    button.setAccessibleName(name)
    button.setToolTip(f"{name}  {key}" if key else name)
    return button
