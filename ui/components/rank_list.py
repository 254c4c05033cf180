"""A ranking in one column: place, name, where it lies on the scale, total, gap to the next."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.components import paint
from ui.components.dots import paint_dots
from ui.components.paint import LEFT, MIDDLE, RIGHT, WRAP, write
from ui.components.table_model import Index
from ui.look.fonts import Role
from ui.look.theme import look
from ui.views import RankLine

LINE = int(Qt.ItemDataRole.UserRole)
ROW = 26
_RANK, _NAME, _DOTS, _TOTAL, _GAP, _SPACE = 20, 25, 44, 46, 40, 4


class RankModel(QAbstractListModel):
    """The lines in order."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: tuple[RankLine, ...] = ()

    def show_lines(self, lines: Sequence[RankLine]) -> None:
        """Show these lines."""
        self.beginResetModel()
        self.lines = tuple(lines)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many lines there are."""
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = 0) -> object:
        """Return the line itself, or its sentence."""
        if not index.isValid() or index.row() >= len(self.lines):
            return None
        line = self.lines[index.row()]
        words = {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}
        if role in words:
            return f"{line.rank} {line.number} {line.name} {line.total} {line.gap}".strip()
        return line if role == LINE else None


class RankDelegate(QStyledItemDelegate):
    """Paints one line; the name wraps."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.current = ""
        self._heights: dict[tuple[str, int, float], int] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of the wrapped name."""
        line = index.data(LINE)
        wide = option.widget.width() if option.widget else look().px(324)
        return QSize(0, self.height(line, wide) if isinstance(line, RankLine) else 0)

    def height(self, line: RankLine, wide: int) -> int:
        """Return how high a line is in a list so wide."""
        key = (line.name, wide, look().scale)
        if key not in self._heights:
            name = self._name_rect(QRect(0, 0, wide, 0)).width()
            text = paint.height(f"{line.number} {line.name}", Role.STRONG, name)
            self._heights[key] = max(look().px(ROW), text + look().px(4))
        return self._heights[key]

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the line."""
        line, rect = index.data(LINE), option.rect
        if not isinstance(line, RankLine):
            return
        px, now = look().px, line.number == self.current
        role, tone = (Role.STRONG, "accent") if now else (Role.BASE, "text")
        rank = QRect(rect.x(), rect.y(), px(_RANK), rect.height())
        write(painter, rank, str(line.rank), Role.SMALL, "text_2", RIGHT | MIDDLE)
        words = f"{line.number} {line.name}"
        write(painter, self._name_rect(rect), words, role, tone, LEFT | MIDDLE | WRAP)
        right = rect.right()
        gap = QRect(right - px(_GAP), rect.y(), px(_GAP), rect.height())
        ink = "warn" if line.close else "text_2"
        write(painter, gap, line.gap, Role.SMALLEST, ink, RIGHT | MIDDLE)
        total = QRect(gap.x() - px(_TOTAL), rect.y(), px(_TOTAL), rect.height())
        write(painter, total, line.total, role, tone, RIGHT | MIDDLE)
        left = total.x() - px(_DOTS + _SPACE)
        paint_dots(painter, QRectF(left, rect.y(), px(_DOTS), rect.height()), line.dots)

    def _name_rect(self, rect: QRect) -> QRect:
        px = look().px
        after = px(_DOTS + _TOTAL + _GAP + 2 * _SPACE)
        return rect.adjusted(px(_NAME), 0, -after, 0)


class RankList(QListView):
    """The ranking, as high as its lines; what is around it scrolls."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setProperty("ground", "rail")
        self._model, self._delegate = RankModel(), RankDelegate(self)
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_lines(self, lines: Sequence[RankLine], current: str) -> None:
        """Show the ranking and which application is the current one."""
        if tuple(lines) != self._model.lines:
            self._model.show_lines(lines)
            self.updateGeometry()
        if current != self._delegate.current:
            self._delegate.current = current
            self.viewport().update()

    def sizeHint(self) -> QSize:
        """Return the height of all lines at the width of now."""
        high = sum(self._delegate.height(line, self.width()) for line in self._model.lines)
        return QSize(look().px(280), high)

    def minimumSizeHint(self) -> QSize:
        """Return the same height."""
        return QSize(look().px(200), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the names anew."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.scheduleDelayedItemsLayout()
            self.updateGeometry()
