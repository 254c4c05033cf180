"""The rows of a table as an item model, found by key; bands across, cells as plain values."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from ui.components.paint import LEFT, MIDDLE, RIGHT
from ui.views import Cell, Column, TableRow

CELL = int(Qt.ItemDataRole.UserRole)
SORT = CELL + 1
KEY = CELL + 2
Index = QModelIndex | QPersistentModelIndex


class TableModel(QAbstractTableModel):
    """Rows of plain values under columns of plain titles."""

    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self._rows: tuple[TableRow, ...] = ()

    def show_rows(self, rows: Sequence[TableRow]) -> None:
        """Show these rows; where the keys stay, only what changed is repainted."""
        new = tuple(rows)
        if [row.key for row in new] != [row.key for row in self._rows]:
            self.beginResetModel()
            self._rows = new
            self.endResetModel()
            return
        old, self._rows = self._rows, new
        for place, (before, after) in enumerate(zip(old, new, strict=True)):
            if before != after:
                last = len(self.columns) - 1
                self.dataChanged.emit(self.index(place, 0), self.index(place, last))

    def row_of(self, key: str) -> int:
        """Return where the row with this key stands, −1 if it is not there."""
        return next((i for i, row in enumerate(self._rows) if row.key == key), -1)

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many rows there are."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return how many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = 0) -> object:
        """Return what a cell says, the cell itself, its order, its row's key."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        cell = row.cells[index.column()] if index.column() < len(row.cells) else Cell()
        shown = {
            CELL: row if row.band else cell,
            KEY: row.key,
            SORT: cell.text if cell.sort is None else cell.sort,
            int(Qt.ItemDataRole.DisplayRole): row.band or cell.text or _chip_word(cell),
            int(Qt.ItemDataRole.AccessibleTextRole): row.band or _spoken(cell),
            int(Qt.ItemDataRole.TextAlignmentRole): self._alignment(index.column()),
        }
        return shown.get(role)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        """Return a column's title, aligned like its cells."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(section)
        return None

    def _alignment(self, column: int) -> int:
        return MIDDLE | (RIGHT if self.columns[column].right else LEFT)


def _spoken(cell: Cell) -> str:
    chip = _chip_word(cell)
    dots = cell.dots.spoken if cell.dots else ""
    return "，".join(filter(None, (cell.text, cell.second, chip, dots)))


def _chip_word(cell: Cell) -> str:
    return cell.chip.word if cell.chip else ""
