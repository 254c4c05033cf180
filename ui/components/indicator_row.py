"""A closed indicator: code, title, what was answered; and the head above a dimension."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.components import paint
from ui.components.paint import LEFT, MIDDLE, RIGHT, WRAP, pen, write
from ui.look.fonts import Role
from ui.look.theme import look
from ui.views import GroupView, RowState, RowView

LEAST = 36
_CODE = 13
_TITLE = 59
_EDGE = 14
_SCORE = 44
_ICON = 15


class IndicatorRow(QAbstractButton):
    """One indicator on one line, or more where its title is long; a click opens it."""

    def __init__(self, view: RowView) -> None:
        super().__init__()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.show_row(view)

    def show_row(self, view: RowView) -> None:
        """Show what was answered."""
        self._view = view
        self._heights: dict[tuple[int, float], int] = {}
        self.setText(view.title)
        self.setAccessibleName(view.spoken or f"{view.code} {view.title}")
        self.updateGeometry()
        self.update()

    def view(self) -> RowView:
        """Return what is shown."""
        return self._view

    def hasHeightForWidth(self) -> bool:
        """Say that a narrow row is higher."""
        return True

    def heightForWidth(self, wide: int) -> int:
        """Return the height that the wrapped title needs."""
        key = wide, look().scale
        if key not in self._heights:
            text = paint.height(self._view.title, Role.BASE, self._title_rect(wide).width())
            self._heights[key] = max(look().px(LEAST), text + look().px(12))
        return self._heights[key]

    def sizeHint(self) -> QSize:
        """Return the size at the width of now."""
        wide = self.width() if self.width() > 1 else look().px(380)
        return QSize(look().px(320), self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        """Return the least width; the height follows the title."""
        return QSize(look().px(220), self.heightForWidth(max(self.width(), look().px(220))))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for the height of the new width."""
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()
        super().resizeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the line."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = "button_hover" if self.underMouse() and not look().dark else "surface"
        painter.fillRect(self.rect(), look().colour(ground))
        view, px = self._view, look().px
        code = QRect(px(_CODE), 0, px(_TITLE - _CODE), self.height())
        write(painter, code, view.code, Role.BASE, "text_3", LEFT | MIDDLE)
        title = self._title_rect(self.width())
        write(painter, title, view.title, Role.BASE, "text", LEFT | MIDDLE | WRAP)
        self._paint_answer(painter)
        painter.fillRect(0, self.height() - 1, self.width(), 1, look().colour("line"))

    def _title_rect(self, wide: int) -> QRect:
        left = look().px(_TITLE)
        right = wide - look().px(_EDGE + _SCORE) - self._marks_width()
        return QRect(left, 0, max(look().px(60), right - left), self.height())

    def _words(self) -> list[tuple[str, str, str]]:
        """Return (icon, its token, word) left to right, before the score."""
        view = self._view
        parts = [("message-square-text", "text_2", "")] if view.commented else []
        if view.reason_missing:
            parts.append(("triangle-alert", "warn", view.reason_missing))
        if view.state is RowState.FORMULA:
            parts.append(("lock", "text_2", view.word))
        elif view.state is RowState.MISSING:
            parts.append(("circle-dashed", "line_strong", view.word))
        elif view.state is not RowState.SCORED:
            parts.append(("", "text_2", view.word))
        if view.level:
            parts.append(("", "text_2", view.level))
        return parts

    def _marks_width(self) -> int:
        px = look().px
        total = 0
        for icon, _token, word in self._words():
            total += (px(_ICON + 5) if icon else 0) + (
                paint.width(word, Role.SMALL) if word else 0
            )
            total += px(10)
        return total

    def _paint_answer(self, painter: QPainter) -> None:
        px = look().px
        right = self.width() - px(_EDGE)
        plain = self._view.state in (RowState.SCORED, RowState.FORMULA)
        role, token = (Role.STRONG, "text") if plain else (Role.BASE, "text_3")
        box = QRect(right - px(_SCORE), 0, px(_SCORE), self.height())
        write(painter, box, self._view.score, role, token, RIGHT | MIDDLE)
        x = right - px(_SCORE)
        for icon, colour, word in reversed(self._words()):
            if word:
                wide = paint.width(word, Role.SMALL)
                ink = "warn" if colour == "warn" else "text_2"
                place = QRect(x - wide, 0, wide + 2, self.height())
                write(painter, place, word, Role.SMALL, ink, LEFT | MIDDLE)
                x -= wide
            if icon:
                side = px(_ICON if icon != "circle-dashed" else _ICON - 3)
                x -= side + (px(6) if word else 0)
                box_ = QRectF(x, (self.height() - side) / 2, side, side)
                look().draw_icon(painter, icon, box_, colour)
            x -= px(10)


class GroupHead(QWidget):
    """The line above a dimension's rows: its name, its weight, how many are done."""

    def __init__(self, view: GroupView) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.show_group(view)

    def show_group(self, view: GroupView) -> None:
        """Show how far the dimension is."""
        self._view = view
        self.setAccessibleName(f"{view.code} {view.title} {view.weight} {view.count()}")
        self.update()

    def view(self) -> GroupView:
        """Return what is shown."""
        return self._view

    def sizeHint(self) -> QSize:
        """Return its height."""
        return QSize(look().px(220), look().px(30))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the line."""
        painter, view, px = QPainter(self), self._view, look().px
        painter.fillRect(self.rect(), look().colour("window"))
        painter.setPen(pen("line"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        left = self.rect().adjusted(px(_CODE), 0, -px(_EDGE), 0)
        name = f"{view.code}　{view.title}" if view.code else view.title
        write(painter, left, name, Role.SMALL_STRONG, "text", LEFT | MIDDLE)
        right = f"{view.weight}　{view.count()}"
        write(painter, left, right, Role.SMALL, "text_2", RIGHT | MIDDLE)
