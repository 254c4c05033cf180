"""Boxes to tick, rows to pick and lines to follow, whose words wrap."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from ui.components import paint
from ui.components.chip import HEIGHT, chip_width, paint_chip
from ui.components.paint import LEFT, MIDDLE, WRAP, outline, pen, tick, write
from ui.look.fonts import Role
from ui.look.theme import look
from ui.views import State

_BOX = 18
_GAP = 9
_LINK = 30


class WrappingButton(QAbstractButton):
    """A button as wide as there is room, and as high as its wrapped words need."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setText(text)
        self.setAccessibleName(text)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """Say that narrow words are higher."""
        return True

    def minimumSizeHint(self) -> QSize:
        """Return the least width; the height follows the words."""
        least = look().px(120)
        return QSize(least, self.heightForWidth(max(self.width(), least)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for the height of the new width."""
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()
        super().resizeEvent(event)


class TickBox(WrappingButton):
    """A box with words beside it; a click anywhere or Space ticks it."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setCheckable(True)

    def heightForWidth(self, wide: int) -> int:
        """Return the height of the wrapped words."""
        text = paint.height(self.text(), Role.BASE, wide - look().px(_BOX + _GAP) - 4)
        return max(look().px(_BOX), text) + look().px(6)

    def sizeHint(self) -> QSize:
        """Return the size at the width of now."""
        one = paint.width(self.text(), Role.BASE) + look().px(_BOX + _GAP) + 6
        return QSize(one, self.heightForWidth(self.width() if self.width() > _BOX else one))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint box, tick and words."""
        painter, px = QPainter(self), look().px
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        first = paint.metrics(Role.BASE).height()
        box = QRectF(2, px(3) + (first - px(_BOX)) / 2, px(_BOX), px(_BOX))
        self._paint_box(painter, box)
        words = self.rect().adjusted(px(_BOX + _GAP) + 2, px(3), 0, 0)
        ink = "text" if self.isEnabled() or self.isChecked() else "text_3"
        write(painter, words, self.text(), Role.BASE, ink, LEFT | WRAP)
        if self.hasFocus():
            outline(painter, QRectF(self.rect()), radius=4, border=pen("accent", 2), fill=None)

    def _paint_box(self, painter: QPainter, box: QRectF) -> None:
        if self.isChecked():
            fill = look().colour("accent")
            outline(painter, box, radius=4, border=pen("accent"), fill=fill)
            tick(painter, box.adjusted(2, 2, -2, -2), "on_accent", 1.8 * look().scale)
        else:
            fill = look().colour("field")
            outline(painter, box, radius=4, border=pen("line_strong"), fill=fill)


class LinkLine(WrappingButton):
    """An icon and words that lead somewhere; a click or Return goes there."""

    def __init__(self, text: str, icon: str, tone: str) -> None:
        super().__init__(text)
        self._icon, self._tone = icon, tone
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def heightForWidth(self, wide: int) -> int:
        """Return the height of the wrapped words."""
        text = paint.height(self.text(), Role.BASE, wide - look().px(_LINK + 4))
        return max(look().px(28), text + look().px(6))

    def sizeHint(self) -> QSize:
        """Return the least width; it takes what there is."""
        return self.minimumSizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Return go there, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint icon and words, and the ground below the pointer."""
        painter, px, rect = QPainter(self), look().px, QRectF(self.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus() or self.underMouse():
            fill = look().colour("button_hover") if self.underMouse() else None
            border = pen("accent", 2) if self.hasFocus() else pen("button_hover")
            outline(painter, rect, radius=6, border=border, fill=fill)
        box = QRectF(px(4), px(3) + (px(22) - px(18)) / 2, px(18), px(18))
        look().draw_icon(painter, self._icon, box, self._tone)
        words = self.rect().adjusted(px(_LINK), px(3), -px(4), 0)
        write(painter, words, self.text(), Role.BASE, "text", LEFT | WRAP)


class PickRow(WrappingButton):
    """One place among several: radio, icon, two lines, its state at the right."""

    def __init__(self, first: str, second: str, icon: str, state: State) -> None:
        super().__init__(first)
        self._second, self._icon = second, icon
        self.setToolTip(first)
        self.setCheckable(True)
        self.show_state(state)

    def show_state(self, state: State) -> None:
        """Show how the place stands."""
        self._state = state
        self.setAccessibleName(f"{self.text()}，{self._second}，{state.word}")
        self.update()

    def heightForWidth(self, wide: int) -> int:
        """Return the height of the first line and the wrapped second."""
        room = wide - look().px(78 + 8 + 13) - chip_width(self._state)
        second = paint.height(self._second, Role.SMALL, max(room, look().px(80)))
        return max(look().px(52), look().px(5 + 22 + 6) + second)

    def sizeHint(self) -> QSize:
        """Return the size at the width of now."""
        wide = max(self.width(), look().px(240))
        return QSize(look().px(240), self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        """Return the least width; the height follows the words."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Return go on to the page; Space picks."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the row."""
        painter, px, on = QPainter(self), look().px, self.isChecked()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        border = pen("accent", 2) if on or self.hasFocus() else pen("line")
        fill = look().colour("accent_tint" if on else "surface")
        outline(painter, QRectF(self.rect()), radius=6, border=border, fill=fill)
        self._paint_radio(painter, QRectF(px(13), (self.height() - px(18)) / 2, px(18), px(18)))
        ink = "accent" if on else "text_2"
        box = QRectF(px(43), (self.height() - px(24)) / 2, px(24), px(24))
        look().draw_icon(painter, self._icon, box, ink)
        right = self._paint_state(painter)
        wide = right - px(78) - px(8)
        second_high = paint.height(self._second, Role.SMALL, wide)
        top = (self.height() - px(21) - second_high) // 2
        first = QRect(px(78), top, wide, px(22))
        tone = "text" if self.isEnabled() else "text_2"
        words = paint.metrics(Role.BASE).elidedText(
            self.text(), Qt.TextElideMode.ElideMiddle, first.width()
        )
        write(painter, first, words, Role.BASE, tone, LEFT | MIDDLE)
        second = QRect(px(78), top + px(21), wide, second_high)
        write(painter, second, self._second, Role.SMALL, "text_2", LEFT | WRAP)

    def _paint_radio(self, painter: QPainter, box: QRectF) -> None:
        on = self.isChecked()
        painter.setPen(pen("accent" if on else "line_strong", 1.5))
        painter.setBrush(look().colour("field"))
        painter.drawEllipse(box.adjusted(1, 1, -1, -1))
        if on:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look().colour("accent"))
            painter.drawEllipse(box.adjusted(5, 5, -5, -5))

    def _paint_state(self, painter: QPainter) -> int:
        wide, high = chip_width(self._state), look().px(HEIGHT)
        left = self.width() - look().px(13) - wide
        paint_chip(painter, QRectF(left, (self.height() - high) / 2, wide, high), self._state)
        return left
