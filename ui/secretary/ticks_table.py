"""Who scores what as a table of ticks: applications down, experts across."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from reviewer_app.core.messages import _
from ui.components import paint
from ui.components.paint import CENTRE, LEFT, MIDDLE, WRAP, write
from ui.look.fonts import Role
from ui.look.theme import look
from ui.secretary.list_view import TickHead, TickRow

_NUMBER, _HIGH, _NAME, _WIDE, _CELL = 44, 32, 130, 190, 54
"""A name has at least ``_NAME``, and ``_WIDE`` where the experts leave so much."""
Index = QModelIndex | QPersistentModelIndex


class TicksModel(QAbstractTableModel):
    """The ticks; the last column counts the experts of an application."""

    def __init__(self) -> None:
        super().__init__()
        self.heads: tuple[TickHead, ...] = ()
        self.rows: tuple[TickRow, ...] = ()

    def show_ticks(self, heads: Sequence[TickHead], rows: Sequence[TickRow]) -> None:
        """Show who scores what."""
        same = len(heads) == len(self.heads) and len(rows) == len(self.rows)
        if same and rows:
            self.heads, self.rows = tuple(heads), tuple(rows)
            last = self.index(len(rows) - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)
            return
        self.beginResetModel()
        self.heads, self.rows = tuple(heads), tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many applications there are."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return number and name, the experts, the count."""
        return 0 if parent is not None and parent.isValid() else len(self.heads) + 3

    def tick(self, index: Index) -> bool | None:
        """Return whether a cell is ticked; None where nothing can be ticked."""
        place = index.column() - 2
        if not index.isValid() or not 0 <= place < len(self.heads):
            return None
        return self.rows[index.row()].ticks[place]

    def data(self, index: Index, role: int = 0) -> object:
        """Return what a cell says and what a screen reader says of it."""
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row, place = self.rows[index.row()], index.column() - 2
        if place < 0:
            text = row.name if place == -1 else row.number
        elif place == len(self.heads):
            text = str(sum(tick is True for tick in row.ticks))
        else:
            text = {True: "✓", False: "", None: _("recused")}[row.ticks[place]]
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == Qt.ItemDataRole.AccessibleTextRole and 0 <= place < len(self.heads):
            head = self.heads[place]
            said = text or _("not assigned")
            return f"{row.number} {row.name}，{head.number} {head.name}，{said}"
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        """Return the experts' numbers with how many applications each scores."""
        roles, place = Qt.ItemDataRole, section - 2
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == roles.TextAlignmentRole:
            return MIDDLE | (LEFT if place < 0 else CENTRE)
        if role not in (roles.DisplayRole, roles.ToolTipRole):
            return None
        if 0 <= place < len(self.heads):
            head = self.heads[place]
            return head.name if role == roles.ToolTipRole else f"{head.number} ({head.count})"
        return {-2: _("No."), -1: _("Application")}.get(place, _("Experts"))


class TicksDelegate(QStyledItemDelegate):
    """Paints ticks in the middle, recused ones in words."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a wrapped name; nothing else in a row is higher."""
        if index.column() != 1:
            return QSize(0, look().px(_HIGH))
        view = option.widget
        wide = view.columnWidth(index.column()) if isinstance(view, QTableView) else 0
        high = paint.height(str(index.data() or ""), Role.BASE, wide - look().px(12))
        return QSize(0, max(look().px(_HIGH), high + look().px(8)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        painter.save()
        rect, words = option.rect, str(index.data() or "")
        here = option.state & QStyle.StateFlag.State_HasFocus
        inner = rect.adjusted(look().px(6), 0, -look().px(6), 0)
        if index.column() < 2:  # noqa: PLR2004 - number and name
            write(painter, inner, words, Role.BASE, "text", LEFT | MIDDLE | WRAP)
        elif words == _("recused"):
            write(painter, inner, words, Role.SMALLEST, "text_2", CENTRE | MIDDLE)
        else:
            write(painter, inner, words, Role.STRONG, "text", CENTRE | MIDDLE)
        painter.fillRect(QRect(rect.x(), rect.bottom(), rect.width(), 1), look().colour("line"))
        if here:
            painter.setPen(paint.pen("accent", 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -2))
        painter.restore()


class TicksTable(QTableView):
    """The table; ``toggled`` carries the numbers of application and expert."""

    toggled = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Who scores what"))
        self.ticks = TicksModel()
        self.editable = False
        self.setModel(self.ticks)
        self.setItemDelegate(TicksDelegate(self))
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setMinimumSectionSize(24)  # Qt's own is wider than a number
        self.clicked.connect(self._toggle)

    def show_ticks(
        self, heads: Sequence[TickHead], rows: Sequence[TickRow], *, editable: bool
    ) -> None:
        """Show who scores what."""
        self.editable = editable
        names = [row.name for row in self.ticks.rows]
        self.ticks.show_ticks(heads, rows)
        if names != [row.name for row in rows]:
            self._share_width()
            self.resizeRowsToContents()
        self._share_width()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space sets or takes a tick."""
        if event.key() == Qt.Key.Key_Space:
            self._toggle(self.currentIndex())
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width among the columns."""
        super().resizeEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        px, count = look().px, len(self.ticks.heads) + 1
        rest = self.viewport().width() - px(_NUMBER)
        cell = min(px(2 * _CELL), max(px(_CELL), (rest - px(_WIDE)) // max(1, count)))
        self.setColumnWidth(0, px(_NUMBER))
        self.setColumnWidth(1, max(px(_NAME), rest - cell * count))
        for place in range(2, count + 2):
            self.setColumnWidth(place, cell)

    def _toggle(self, index: QModelIndex) -> None:
        if self.editable and self.ticks.tick(index) is not None:
            head = self.ticks.heads[index.column() - 2]
            self.toggled.emit(self.ticks.rows[index.row()].number, head.number)
