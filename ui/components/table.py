"""Tables: row lines only, figures right, two-line cells, chips, dots, bands across.

Rows are found by key, never by number; sorting asks each cell's ``sort``, else its text.
"""

from collections.abc import Sequence

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QRect,
    QRectF,
    QSize,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
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
from ui.components.table_model import CELL, KEY, SORT, Index, TableModel
from ui.look.fonts import Role
from ui.look.theme import look
from ui.views import Cell, Column, TableRow

ROW, TWO_LINES = 36, 48
_PAD = 8
_ARROW = 4


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
        high = paint.height(cell.text, role, wide - 2 * look().px(_PAD)) if cell.text else 0
        least = ROW
        if cell.second:
            least = self._two_lines
            second = paint.height(cell.second, self._second, wide - 2 * look().px(_PAD))
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
        inner = rect.adjusted(px(_PAD), 0, -px(_PAD), 0)
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
            place = QRect(look().px(_PAD), option.rect.y(), wide, option.rect.height())
            painter.setClipRect(place)
            write(painter, place, row.band, Role.SMALL_STRONG, "text", LEFT | MIDDLE)


class Table(QTableView):
    """A table; ``chosen`` carries the key of the current row, ``opened`` of one asked for."""

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(
        self,
        name: str,
        columns: Sequence[Column],
        *,
        sortable: bool = True,
        dense: bool = False,
    ) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.rows = TableModel(columns)
        self._proxy = QSortFilterProxyModel(self)
        self._proxy.setSourceModel(self.rows)
        self._proxy.setSortRole(SORT)
        self._proxy.setFilterKeyColumn(-1)
        self._proxy.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setModel(self._proxy)
        self.setItemDelegate(TableDelegate(self, dense=dense))
        self.horizontalHeader().setVisible(not dense)
        self._columns = tuple(columns)
        self._dress(sortable=sortable)
        self.selectionModel().currentRowChanged.connect(self._on_current)
        self.doubleClicked.connect(self._on_open)
        self.activated.connect(self._on_open)

    def show_rows(self, rows: Sequence[TableRow]) -> None:
        """Show rows, keep the current one by its key."""
        key = self.current()
        blocked = self.selectionModel().blockSignals(True)  # noqa: FBT003 - Qt's own switch
        self.rows.show_rows(rows)
        self._span_bands(rows)
        self.select(key)
        self.selectionModel().blockSignals(blocked)
        self.resizeRowsToContents()

    def select(self, key: str) -> None:
        """Make the row with this key the current one, if it is there."""
        place = self.rows.row_of(key)
        if place < 0:
            return
        index = self._proxy.mapFromSource(self.rows.index(place, 0))
        flags = QItemSelectionModel.SelectionFlag
        how = flags.ClearAndSelect | flags.Rows
        self.selectionModel().setCurrentIndex(index, how)
        self.scrollTo(index)

    def current(self) -> str:
        """Return the key of the current row, "" if none is."""
        return str(self.currentIndex().data(KEY) or "")

    def filter(self, words: str) -> None:
        """Show only the rows in which ``words`` occur."""
        self._proxy.setFilterFixedString(words)
        self.resizeRowsToContents()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width among the columns, then let words wrap."""
        super().resizeEvent(event)
        self._share_width()
        self.resizeRowsToContents()

    def _dress(self, *, sortable: bool) -> None:
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setMinimumSectionSize(24)
        if sortable:
            self.setSortingEnabled(True)
            head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
            head.setSortIndicatorClearable(True)

    def _share_width(self) -> None:
        fixed = sum(_width(column) for column in self._columns)
        free = [i for i, column in enumerate(self._columns) if not column.width]
        rest = max(self.viewport().width() - fixed, look().px(120) * len(free))
        for place, column in enumerate(self._columns):
            wide = _width(column) or rest // max(1, len(free))
            self.setColumnWidth(place, wide)

    def _span_bands(self, rows: Sequence[TableRow]) -> None:
        self.clearSpans()
        for row in rows:
            if row.band:
                source = self.rows.index(self.rows.row_of(row.key), 0)
                place = self._proxy.mapFromSource(source).row()
                if place >= 0:
                    self.setSpan(place, 0, 1, len(self._columns))

    def _on_current(self, index: QModelIndex) -> None:
        key = index.data(KEY)
        if key:
            self.chosen.emit(str(key))

    def _on_open(self, index: QModelIndex) -> None:
        key = index.data(KEY)
        if key:
            self.opened.emit(str(key))


def _width(column: Column) -> int:
    """Return a column's width, no less than its head needs; 0 where it takes what is left."""
    if not column.width:
        return 0
    head = paint.width(column.title, Role.SMALL) + look().px(2 * _PAD + _ARROW)
    return max(look().px(column.width), head)


def _role(cell: Cell) -> Role:
    if cell.code:
        return Role.CODE
    return Role.STRONG if cell.strong else Role.BASE


def _is_right(index: Index) -> bool:
    flags = index.data(int(Qt.ItemDataRole.TextAlignmentRole))
    return isinstance(flags, int) and bool(flags & RIGHT)
