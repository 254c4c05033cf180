"""The marks of the matrix as an item model, found by their keys."""

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from ui.components.paint import MIDDLE, RIGHT
from ui.matrix_views import MatrixHead, MatrixView

CELL = int(Qt.ItemDataRole.UserRole)
Index = QModelIndex | QPersistentModelIndex


class MatrixModel(QAbstractTableModel):
    """Marks by indicator and application (or the other way round), found by their keys.

    ``edited`` carries (row key, column key, text) of a finished edit.
    """

    edited = Signal(str, str, str)

    def __init__(self) -> None:
        super().__init__()
        self.view = MatrixView((), (), (), "", "")

    def show_matrix(self, view: MatrixView) -> None:
        """Show these marks; only what changed is repainted."""
        old = self.view
        if view is old:
            return
        same = keys(old.rows) == keys(view.rows) and keys(old.columns) == keys(view.columns)
        if not same or old.transposed != view.transposed:
            self.beginResetModel()
            self.view = view
            self.endResetModel()
            return
        self.view = view
        for place, (before, after) in enumerate(zip(old.cells, view.cells, strict=True)):
            if before != after:
                last = len(view.columns) - 1
                self.dataChanged.emit(self.index(place, 0), self.index(place, last))
        if view.columns and old.columns != view.columns:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(view.columns) - 1)
        if view.rows and old.rows != view.rows:
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, len(view.rows) - 1)

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many rows there are."""
        return 0 if parent is not None and parent.isValid() else len(self.view.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return how many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(self.view.columns)

    def data(self, index: Index, role: int = 0) -> object:
        """Return a mark's text, the cell itself, its sentence for a screen reader."""
        if not index.isValid():
            return None
        cell = self.view.cells[index.row()][index.column()]
        if role == CELL:
            return cell
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return "" if role == Qt.ItemDataRole.EditRole and cell.level is None else cell.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            row, column = self.view.rows[index.row()], self.view.columns[index.column()]
            return f"{row.code} {row.name}，{column.code} {column.name}，{cell.text}"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT | MIDDLE
        return None

    def setData(self, index: Index, value: object, role: int = 0) -> bool:
        """Hand a finished edit on; the presenter decides what becomes of it."""
        if role not in (0, Qt.ItemDataRole.EditRole) or not index.isValid():
            return False
        row, column = self.view.rows[index.row()].key, self.view.columns[index.column()].key
        self.edited.emit(row, column, str(value))
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Say which cells can be edited."""
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        cell = self.view.cells[index.row()][index.column()]
        return usual | Qt.ItemFlag.ItemIsEditable if cell.editable else usual

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        """Return the head itself, its words, its full name as a tip."""
        across = orientation is Qt.Orientation.Horizontal
        heads = self.view.columns if across else self.view.rows
        if not 0 <= section < len(heads):
            return None
        head = heads[section]
        if role == CELL:
            return head
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{head.code} {head.full or head.name}"
        return f"{head.code} {head.name}" if role == Qt.ItemDataRole.DisplayRole else None


def keys(heads: tuple[MatrixHead, ...]) -> list[str]:
    """Return the keys of heads in order."""
    return [head.key for head in heads]
