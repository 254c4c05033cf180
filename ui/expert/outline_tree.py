"""The outline of a document as a tree; its words wrap, its pages stand at the right."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
)

from reviewer_app.core.messages import _
from ui.components import paint
from ui.look.fonts import Role
from ui.look.theme import look

_PAGE_ROLE = Qt.ItemDataRole.UserRole + 1
_PAGE = 34
Index = QModelIndex | QPersistentModelIndex


class OutlineDelegate(QStyledItemDelegate):
    """Paints an entry of the outline: its words wrapped, its page at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of the wrapped words."""
        words = str(index.data() or "")
        tree = option.widget
        depth, parent = 1, index.parent()
        while parent.isValid():
            depth, parent = depth + 1, parent.parent()
        inside = tree.viewport().width() if isinstance(tree, QTreeView) else 0
        indent = depth * tree.indentation() if isinstance(tree, QTreeView) else 0
        room = inside - indent - look().px(_PAGE)
        return QSize(0, paint.height(words, Role.SMALL, room) + look().px(8))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the entry."""
        rect, px = option.rect, look().px
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(rect, look().colour("accent_tint"))
        role = Role.SMALL_STRONG if chosen else Role.SMALL
        ink = "accent" if chosen else "text"
        words = rect.adjusted(px(2), px(4), -px(_PAGE), 0)
        paint.write(painter, words, str(index.data() or ""), role, ink, paint.LEFT | paint.WRAP)
        page = index.data(_PAGE_ROLE)
        if isinstance(page, int) and page >= 0:
            place = rect.adjusted(0, px(4), -px(8), 0)
            paint.write(painter, place, str(page + 1), Role.SMALL, "text_2", paint.RIGHT)


class OutlineTree(QTreeView):
    """The document's outline; ``asked`` carries the page of an entry, from 0."""

    asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Outline"))
        self.setHeaderHidden(True)
        self.setUniformRowHeights(False)
        self.setIndentation(look().px(14))
        self.setItemDelegate(OutlineDelegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._model = QStandardItemModel(self)
        self.setModel(self._model)
        self.clicked.connect(self._on_asked)
        self.activated.connect(self._on_asked)

    def show_outline(self, entries: Sequence[tuple[int, str, int]]) -> None:
        """Show the entries of a document as (level, title, page), or none."""
        self._model.clear()
        path = [self._model.invisibleRootItem()]
        for level, title, page in entries:
            item = QStandardItem(title)
            item.setEditable(False)
            item.setData(page, _PAGE_ROLE)
            del path[min(level, len(path) - 1) + 1 :]
            path[-1].appendRow(item)
            path.append(item)
        self.expandAll()

    def show_page(self, page: int) -> None:
        """Mark the last entry that begins on or before a page, from 0."""
        found = QModelIndex()
        for index in self._walk(QModelIndex()):
            begins = index.data(_PAGE_ROLE)
            if isinstance(begins, int) and 0 <= begins <= page:
                found = index
        self.setCurrentIndex(found)

    def has_entries(self) -> bool:
        """Tell whether the document has an outline at all."""
        return self._model.rowCount() > 0

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the entries to the new width."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _walk(self, parent: QModelIndex) -> Iterator[QModelIndex]:
        for row in range(self._model.rowCount(parent)):
            index = self._model.index(row, 0, parent)
            yield index
            yield from self._walk(index)

    def _on_asked(self, index: QModelIndex) -> None:
        page = index.data(_PAGE_ROLE)
        if isinstance(page, int) and page >= 0:
            self.asked.emit(page)
