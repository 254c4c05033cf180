"""Tables: row lines only, figures right, two-line cells, chips, dots, bands across.

Rows are found by key, never by number; sorting asks each cell's ``sort``, else its text.
"""

from collections.abc import Sequence

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QSortFilterProxyModel,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QScrollArea,
    QTableView,
    QWidget,
)

from ui.components import paint
from ui.components.table_delegate import PAD, TableDelegate
from ui.components.table_model import KEY, SORT, TableModel
from ui.look.fonts import Role
from ui.look.theme import look
from ui.views import Column, TableRow

_ARROW = 4
_HIGHEST = (1 << 24) - 1
"""What Qt takes as no limit to a widget's height."""


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
        self._shown: tuple[TableRow, ...] = ()
        self._whole = False
        self._measured: tuple[object, ...] = ()
        self._filtered, self._changes = "", 0
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._measure)
        self._dress(sortable=sortable)
        self.selectionModel().currentRowChanged.connect(self._on_current)
        self.doubleClicked.connect(self._on_open)
        self.activated.connect(self._on_open)

    def show_rows(self, rows: Sequence[TableRow]) -> None:
        """Show rows, keep the current one by its key; the same again changes nothing."""
        if rows and tuple(rows) == self._shown:
            return
        key, self._shown = self.current(), tuple(rows)
        self._changes += 1
        blocked = self.selectionModel().blockSignals(True)  # noqa: FBT003 - Qt's own switch
        self.rows.show_rows(rows)
        self._span_bands(rows)
        self.select(key)
        self.selectionModel().blockSignals(blocked)
        self._measure()

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
        self._filtered = words
        self._proxy.setFilterFixedString(words)
        self._measure()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width among the columns; once it stays so, let words wrap."""
        super().resizeEvent(event)
        self._share_width()
        self._later.start()

    def changeEvent(self, event: QEvent) -> None:
        """Measure anew when the text size changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._later.start()

    def show_whole(self, *, whole: bool) -> None:
        """Be as high as all rows, for a page that scrolls, or scroll by itself again."""
        self._whole = whole
        policies = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(
            policies.ScrollBarAlwaysOff if whole else policies.ScrollBarAsNeeded
        )
        self._measure()

    def _measure(self) -> None:
        """Let words wrap, and the table be as high as its rows where it shows them all.

        300 rows take a tenth of a second, so nothing is measured twice at one width.
        """
        widths = tuple(map(self.columnWidth, range(len(self._columns))))
        now = (widths, look().scale, self._filtered, self._changes)
        if now != self._measured:
            self._measured = now
            self.resizeRowsToContents()
        high = self.horizontalHeader().sizeHint().height() + self.verticalHeader().length()
        if self._whole:
            self.setFixedHeight(high + 2 * self.frameWidth())
        elif self.minimumHeight():
            self.setMinimumHeight(0)
            self.setMaximumHeight(_HIGHEST)

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
            self._reveal(index)
            self.chosen.emit(str(key))

    def _reveal(self, index: QModelIndex) -> None:
        """Let the page that scrolls show the row."""
        area: QWidget | None = self.parentWidget() if self._whole else None
        while area and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        page = area.widget() if isinstance(area, QScrollArea) else None
        if isinstance(area, QScrollArea) and page:
            row = self.visualRect(index)
            place = self.viewport().mapTo(page, row.center())
            area.ensureVisible(0, place.y(), 0, row.height())

    def _on_open(self, index: QModelIndex) -> None:
        key = index.data(KEY)
        if key:
            self.opened.emit(str(key))


def _width(column: Column) -> int:
    """Return a column's width, no less than its head needs; 0 where it takes what is left."""
    if not column.width:
        return 0
    head = paint.width(column.title, Role.SMALL) + look().px(2 * PAD + _ARROW)
    return max(look().px(column.width), head)
