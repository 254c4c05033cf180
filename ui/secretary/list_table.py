"""A list whose cells are edited in place: faults at their cell, rows added, dropped, pasted."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui.components import paint
from ui.components.paint import LEFT, MIDDLE, RIGHT, WRAP, outline, write
from ui.look.fonts import Role
from ui.look.theme import look
from ui.secretary.list_model import FAULT, NOTE, Index, ListColumn, ListModel
from ui.secretary.list_view import ListRow
from ui.views import Column

_HIGH, _PAD, _ROOM = 36, 8, 100


class ListDelegate(QStyledItemDelegate):
    """Paints wrapped words with the note or fault below; opens a plain field to type."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of the words and what stands below them."""
        view = option.widget
        wide = view.columnWidth(index.column()) if isinstance(view, QTableView) else 0
        inner = max(1, wide - 2 * look().px(_PAD))
        model = index.model()
        words = model.words(index) if isinstance(model, ListModel) else ("", "", "")
        high = paint.height(words[0], Role.BASE, inner) if words[0] else 0
        below = _below(words, inner)
        if below:
            high += paint.height(below, Role.SMALLEST, inner)
        return QSize(0, max(look().px(_HIGH), high + look().px(10)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the cell."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect, px = option.rect, look().px
        fault = str(index.data(FAULT) or "")
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, look().colour("accent_tint"))
        inner = rect.adjusted(px(_PAD), 0, -px(_PAD), 0)
        text = str(index.data() or "")
        below = _below((text, fault, str(index.data(NOTE) or "")), inner.width())
        flags = index.data(int(Qt.ItemDataRole.TextAlignmentRole))
        side = RIGHT if isinstance(flags, int) and flags & RIGHT else LEFT
        if below:
            second = paint.height(below, Role.SMALLEST, inner.width())
            first = QRect(inner.x(), inner.y(), inner.width(), inner.height() - second - px(4))
            last = QRect(inner.x(), rect.bottom() - second - px(4), inner.width(), second)
            write(painter, first, text, Role.BASE, "text", side | MIDDLE | WRAP)
            ink = "bad" if fault else "warn"
            write(painter, last, below, Role.SMALLEST, ink, side | WRAP)
        else:
            write(painter, inner, text, Role.BASE, "text", side | MIDDLE | WRAP)
        painter.fillRect(QRect(rect.x(), rect.bottom(), rect.width(), 1), look().colour("line"))
        focused = option.state & QStyle.StateFlag.State_HasFocus
        if fault or focused:
            pen = paint.pen("bad", 1) if fault else paint.pen("accent", 2)
            edge = QRectF(rect.adjusted(1, 1, -1, -2))
            outline(painter, edge, radius=4, border=pen, fill=None)
        painter.restore()

    def createEditor(
        self, parent: QWidget, _option: QStyleOptionViewItem, index: Index
    ) -> QWidget:
        """Return the field to type into."""
        field = QLineEdit(parent)
        field.setProperty("kind", "cell")
        field.setAccessibleName(str(index.data(int(Qt.ItemDataRole.AccessibleTextRole))))
        return field

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, _index: Index
    ) -> None:
        """Lay the field over its cell."""
        editor.setGeometry(option.rect.adjusted(0, 0, 0, -1))

    def eventFilter(self, editor: object, event: QEvent) -> bool:
        """Keep Enter to the cell: the page's next step waits for the next one."""
        done = super().eventFilter(editor, event)  # type: ignore[arg-type]
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return done or event.key() in keys
        return done

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Hand over what was typed."""
        if isinstance(editor, QLineEdit):
            model.setData(index, editor.text(), Qt.ItemDataRole.EditRole)


def _below(words: tuple[str, str, str], wide: int) -> str:
    """Return what stands under a cell's text; a narrow one leaves its fault to the page."""
    _shown, fault, note = words
    if fault:
        return fault if wide >= look().px(_ROOM) else ""
    return note


class ListTable(QTableView):
    """The list; ``pasted`` carries row, column and text, ``dropped`` the row to go."""

    pasted = Signal(int, int, str)
    dropped = Signal(int)

    def __init__(self, name: str, columns: Sequence[ListColumn]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.list = ListModel(columns)
        self.setModel(self.list)
        self.setItemDelegate(ListDelegate(self))
        # a page that is laid out in three steps measures its hundreds of rows once
        self._wrap = QTimer(self, singleShot=True, interval=0)
        self._wrap.timeout.connect(self.resizeRowsToContents)
        self._dress()

    def show_rows(self, rows: Sequence[ListRow], *, editable: bool) -> None:
        """Show rows with their faults."""
        places = self.list.show_rows(rows, editable=editable)
        if places is None:
            self._wrap.start()
        for place in places or ():
            self.resizeRowToContents(place)

    def edit_cell(self, row: int, key: str) -> None:
        """Go to a cell and open it."""
        place = [column.key for column in self.list.columns].index(key)
        index = self.list.index(row, place)
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self.setFocus()
        self.edit(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the cell, Delete empties it, pasting fills cells from here on."""
        index, keys = self.currentIndex(), (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.matches(QKeySequence.StandardKey.Paste) and self.list.editable:
            text = QGuiApplication.clipboard().text()
            self.pasted.emit(max(0, index.row()), max(0, index.column()), text)
        elif event.key() in keys and not event.modifiers() and self.list.editable:
            self.edit(index)
        elif event.key() == Qt.Key.Key_Delete and self.list.editable:
            self.list.setData(index, "", Qt.ItemDataRole.EditRole)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width among the columns, then let words wrap."""
        super().resizeEvent(event)
        before = self._widths()
        self._share_width()
        if self._widths() != before:
            self._wrap.start()

    def _widths(self) -> list[int]:
        return [self.columnWidth(place) for place in range(len(self.list.columns))]

    def _share_width(self) -> None:
        px, columns = look().px, [each.column for each in self.list.columns]
        widths = [self._width(each) for each in columns]
        free = [place for place, each in enumerate(columns) if not each.width]
        rest = max(self.viewport().width() - sum(widths), px(110) * len(free))
        for place, wide in enumerate(widths):
            self.setColumnWidth(place, wide or rest // max(1, len(free)))

    @staticmethod
    def _width(column: Column) -> int:
        if not column.width:
            return 0
        head = paint.width(column.title, Role.SMALL) + look().px(2 * _PAD + 4)
        return max(look().px(column.width), head)

    def _dress(self) -> None:
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(
            triggers.DoubleClicked | triggers.AnyKeyPressed | triggers.EditKeyPressed
        )
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setMinimumSectionSize(24)
