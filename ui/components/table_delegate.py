"""How a table paints its cells: words, a second line, a chip, dots, a band across."""

from functools import lru_cache

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui.components import paint
from ui.components.chip import HEIGHT as CHIP_HEIGHT
from ui.components.chip import chip_width, paint_chip
from ui.components.dots import paint_dots
from ui.components.paint import LEFT, MIDDLE, RIGHT, WRAP, write
from ui.components.table_model import CELL, Index
from ui.look.fonts import Role
from ui.look.theme import look
from ui.views import Cell, TableRow

ROW, TWO_LINES = 36, 48
PAD = 8


class TableDelegate(QStyledItemDelegate):
    """Paints one cell: words (second line below), a chip, or dots; the row's line under it.

    ``dense`` brings the second line up close: two lines in 40 px.
    """

    def __init__(self, parent: QWidget, *, dense: bool) -> None:
        super().__init__(parent)
        self._second = Role.SMALLEST if dense else Role.SMALL
        self._two_lines = 40 if dense else TWO_LINES
        self._lift = 5 if dense else 2

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height that wrapped words and a second line need."""
        cell = index.data(CELL)
        if not isinstance(cell, Cell):
            return QSize(0, look().px(ROW - 6))
        view = option.widget
        wide = view.columnWidth(index.column()) if isinstance(view, QTableView) else 0
        role = _role(cell)
        room = wide - 2 * look().px(PAD)
        high = _height(cell.text, role, room, look().scale) if cell.text else 0
        least = ROW
        if cell.second:
            least = self._two_lines
            second = _height(cell.second, self._second, room, look().scale)
            high += second - look().px(2 * self._lift)
        return QSize(0, max(look().px(least), high + look().px(8)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the cell."""
        cell, rect = index.data(CELL), option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(cell, TableRow):
            self._paint_band(painter, option, index, cell)
        elif isinstance(cell, Cell):
            if option.state & QStyle.StateFlag.State_Selected:
                painter.fillRect(rect, look().colour("accent_tint"))
            self._paint_edge(painter, option, index)
            self._paint_cell(painter, rect, cell, right=_is_right(index))
        line = QRect(rect.x(), rect.bottom(), rect.width(), 1)
        painter.fillRect(line, look().colour("line"))
        painter.restore()

    def _paint_edge(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Give the current row an edge while the keyboard is on the table."""
        view = option.widget
        if not isinstance(view, QTableView) or not view.hasFocus() or index.column():
            return
        if view.currentIndex().row() == index.row():
            edge = QRect(option.rect.topLeft(), QSize(look().px(3), option.rect.height()))
            painter.fillRect(edge, look().colour("accent"))

    def _paint_cell(self, painter: QPainter, rect: QRect, cell: Cell, *, right: bool) -> None:
        px = look().px
        inner = rect.adjusted(px(PAD), 0, -px(PAD), 0)
        side = RIGHT if right else LEFT
        if cell.dots:
            paint_dots(painter, QRectF(inner), cell.dots)
        elif cell.chip:
            high = px(CHIP_HEIGHT)
            top = rect.y() + (rect.height() - high) / 2
            paint_chip(painter, QRectF(inner.x(), top, chip_width(cell.chip), high), cell.chip)
        elif cell.second:
            second = paint.height(cell.second, self._second, inner.width())
            first = paint.height(cell.text, _role(cell), inner.width())
            lift = px(self._lift)
            top = rect.y() + (rect.height() - first - second + lift) // 2
            upper = QRect(inner.x(), top, inner.width(), first)
            lower = QRect(inner.x(), top + first - lift, inner.width(), second)
            write(painter, upper, cell.text, _role(cell), cell.tone or "text", side | WRAP)
            write(painter, lower, cell.second, self._second, "text_2", side | WRAP)
        else:
            flags = side | MIDDLE | (0 if right else WRAP)
            write(painter, inner, cell.text, _role(cell), cell.tone or "text", flags)

    def _paint_band(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, row: TableRow
    ) -> None:
        view = option.widget
        if not isinstance(view, QTableView):
            return
        painter.fillRect(option.rect, look().colour("warn_tint"))
        painter.fillRect(
            option.rect.adjusted(0, 0, 0, 2 - option.rect.height()), look().colour("warn")
        )
        if index.column() == 0:
            wide = view.viewport().width()
            place = QRect(look().px(PAD), option.rect.y(), wide, option.rect.height())
            painter.setClipRect(place)
            write(painter, place, row.band, Role.SMALL_STRONG, "text", LEFT | MIDDLE)


@lru_cache(maxsize=20_000)
def _height(text: str, role: Role, available: int, _scale: float) -> int:
    """Return how high wrapped words are; 300 rows are measured at every width they get."""
    return paint.height(text, role, available)


def _role(cell: Cell) -> Role:
    if cell.code:
        return Role.CODE
    return Role.STRONG if cell.strong else Role.BASE


def _is_right(index: Index) -> bool:
    flags = index.data(int(Qt.ItemDataRole.TextAlignmentRole))
    return isinstance(flags, int) and bool(flags & RIGHT)
