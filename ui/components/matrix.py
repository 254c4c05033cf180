"""The matrix of own marks: level fills, totals frozen in the heads, editing in place."""

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QPainter, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui.components import paint
from ui.components.matrix_heads import MatrixCorner, MatrixHeadView
from ui.components.matrix_model import CELL, Index, MatrixModel, keys
from ui.components.paint import CENTRE, MIDDLE, RIGHT, write
from ui.components.score_field import ScoreField
from ui.look.fonts import Role
from ui.look.theme import look
from ui.matrix_views import MatrixCell, MatrixHead, MatrixView

ROW = 22


class MatrixDelegate(QStyledItemDelegate):
    """Paints a mark on its level's fill; what is missing is dashed and said in a word."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return one row's height."""
        return QSize(look().px(54), look().px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the cell."""
        cell = index.data(CELL)
        if not isinstance(cell, MatrixCell):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = option.rect
        token = "surface" if cell.level is None else f"level_{min(cell.level, 3) + 1}"
        painter.fillRect(rect.adjusted(0, 0, -1, -1), look().colour(token))
        painter.fillRect(QRect(rect.x(), rect.bottom(), rect.width(), 1), look().colour("line"))
        if cell.missing:
            self._paint_missing(painter, rect)
        if cell.word or cell.missing:
            ink = "warn" if cell.missing else "text_2"
            write(painter, rect, _fitting(cell, rect), Role.SMALLEST, ink, CENTRE | MIDDLE)
        else:
            inner = rect.adjusted(0, 0, -rect.width() // 2 + look().px(12), 0)
            write(painter, inner, cell.text, Role.CELL, "text", RIGHT | MIDDLE)
        if cell.reason_missing:
            self._paint_corner(painter, rect)
        head = index.model().headerData(index.row(), Qt.Orientation.Vertical, CELL)
        if isinstance(head, MatrixHead) and head.begins_group:
            line = QRectF(rect.x(), rect.y() - 0.5, rect.width(), 1.5)
            painter.fillRect(line, look().colour("line_strong"))
        if option.state & QStyle.StateFlag.State_Selected:
            held = option.widget is not None and option.widget.hasFocus()
            painter.setPen(paint.pen("accent" if held else "line_strong", 2 if held else 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(rect).adjusted(1, 1, -2, -2))
        painter.restore()

    def createEditor(
        self, parent: QWidget, _option: QStyleOptionViewItem, _index: Index
    ) -> QWidget:
        """Return the score field for one cell."""
        field = ScoreField("cell", width=0)
        field.setParent(parent)
        return field

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Put the mark of now into the field, selected, so that typing replaces it."""
        if isinstance(editor, QLineEdit):
            editor.setText(str(index.data(int(Qt.ItemDataRole.EditRole)) or ""))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Hand the text on if it changed anything."""
        before = str(index.data(int(Qt.ItemDataRole.EditRole)) or "")
        if isinstance(editor, QLineEdit) and editor.text() not in {"", before}:
            model.setData(index, editor.text())

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, _index: Index
    ) -> None:
        """Lay the field over its cell."""
        editor.setGeometry(option.rect.adjusted(0, 0, -1, -1))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Enter finish the edit and go down, Tab finish it and go right."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            hints = QAbstractItemDelegate.EndEditHint
            hint = {
                Qt.Key.Key_Return: hints.NoHint,
                Qt.Key.Key_Enter: hints.NoHint,
            }.get(Qt.Key(event.key()))
            if hint is not None and isinstance(watched, QWidget):
                self.commitData.emit(watched)
                watched.removeEventFilter(self)  # losing the focus would end it once more
                self.closeEditor.emit(watched, hint)
                view = self.parent()
                if isinstance(view, MatrixTable):
                    view.go(1, 0)
                return True
        return super().eventFilter(watched, event)

    def _paint_missing(self, painter: QPainter, rect: QRect) -> None:
        line = QPen(look().colour("warn"), 1)
        line.setDashPattern([3, 2])
        painter.setPen(line)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(rect).adjusted(0.5, 0.5, -2.5, -2.5))

    def _paint_corner(self, painter: QPainter, rect: QRect) -> None:
        side = look().px(8)
        right, top = rect.right(), rect.top()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look().colour("warn"))
        corner = [QPointF(right - side, top), QPointF(right, top), QPointF(right, top + side)]
        painter.drawPolygon(QPolygonF(corner))


def _fitting(cell: MatrixCell, rect: QRect) -> str:
    """Return the word of a cell, or its sign where the word would be cut."""
    if paint.width(cell.text, Role.SMALLEST) <= rect.width():
        return cell.text
    return "—" if cell.missing else "／"


class MatrixTable(QTableView):
    """The matrix; ``moved`` and ``opened`` carry (row key, column key)."""

    moved = Signal(str, str)
    opened = Signal(str, str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.matrix = MatrixModel()
        self.setHorizontalHeader(MatrixHeadView(Qt.Orientation.Horizontal, self))
        self.setVerticalHeader(MatrixHeadView(Qt.Orientation.Vertical, self))
        self.setModel(self.matrix)
        self.setItemDelegate(MatrixDelegate(self))
        self._corner = MatrixCorner(self, self.matrix)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.AnyKeyPressed | triggers.DoubleClicked)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.selectionModel().currentChanged.connect(self._on_current)

    def show_matrix(self, view: MatrixView) -> None:
        """Show the marks, keep the current cell."""
        if view is self.matrix.view:
            return
        self.matrix.show_matrix(view)
        self._measure()
        self._corner.update()

    def select(self, row: str, column: str) -> None:
        """Make the cell of these keys the current one."""
        view = self.matrix.view
        rows, columns = keys(view.rows), keys(view.columns)
        if row in rows and column in columns:
            self.setCurrentIndex(self.matrix.index(rows.index(row), columns.index(column)))

    def set_narrow(self, *, narrow: bool) -> None:
        """Leave the names of rows out where the window is narrow; tips still say them."""
        head = self.verticalHeader()
        if isinstance(head, MatrixHeadView) and head.narrow != narrow:
            head.narrow = narrow
            self.updateGeometries()
            self._measure()

    def open_current(self) -> None:
        """Ask for the item of the current cell."""
        self._emit(self.opened, self.currentIndex())

    def go(self, down: int, right: int) -> None:
        """Move the current cell."""
        now = self.currentIndex()
        index = self.matrix.index(now.row() + down, now.column() + right)
        if index.isValid():
            self.setCurrentIndex(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes down, Tab right, F5 opens the item; digits begin an edit."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.go(1, 0)
        elif event.key() == Qt.Key.Key_F5:
            self.open_current()
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Begin an edit with a figure that an input method hands over at once."""
        editing = self.state() is QAbstractItemView.State.EditingState
        index = self.currentIndex()
        if not event.commitString() or editing or not self._is_editable(index):
            super().inputMethodEvent(event)
            return
        self.edit(index)
        editor = self.findChild(ScoreField)
        if editor:
            editor.inputMethodEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width among the columns."""
        super().resizeEvent(event)
        self._measure()

    def changeEvent(self, event: QEvent) -> None:
        """Measure anew when the text size changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            QTimer.singleShot(0, self, self._measure)

    def updateGeometries(self) -> None:
        """Keep the corner over the row heads."""
        super().updateGeometries()
        self._corner.setGeometry(
            0, 0, self.verticalHeader().width(), self.horizontalHeader().height()
        )

    def _is_editable(self, index: QModelIndex) -> bool:
        return bool(self.matrix.flags(index) & Qt.ItemFlag.ItemIsEditable)

    def _measure(self) -> None:
        columns = len(self.matrix.view.columns)
        if not columns:
            return
        room = self.viewport().width()
        self.horizontalHeader().setDefaultSectionSize(max(look().px(44), room // columns))
        high = ROW if not self.matrix.view.transposed else ROW + 8
        self.verticalHeader().setDefaultSectionSize(look().px(high))

    def _on_current(self, index: QModelIndex) -> None:
        self._emit(self.moved, index)
        self.horizontalHeader().viewport().update()
        self.verticalHeader().viewport().update()

    def _emit(self, signal: object, index: QModelIndex) -> None:
        if index.isValid():
            view = self.matrix.view
            row, column = view.rows[index.row()].key, view.columns[index.column()].key
            getattr(signal, "emit")(row, column)  # noqa: B009 - PySide types a bound signal as object
