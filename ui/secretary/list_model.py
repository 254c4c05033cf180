"""A list as rows that are typed: texts, faults and notes by cell, for the table to show."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from reviewer_app.core.messages import _
from ui.components.paint import LEFT, MIDDLE, RIGHT
from ui.secretary.list_view import ListRow
from ui.views import Column

FAULT = int(Qt.ItemDataRole.UserRole)
NOTE = FAULT + 1
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column of a list; ``fixed`` ones are shown and not typed."""

    key: str
    column: Column
    fixed: bool = False


class ListModel(QAbstractTableModel):
    """The rows of a list; ``typed`` carries row, column key and the text typed."""

    typed = Signal(int, str, str)

    def __init__(self, columns: Sequence[ListColumn]) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self.rows: tuple[ListRow, ...] = ()
        self.editable = False

    def show_rows(self, rows: Sequence[ListRow], *, editable: bool) -> list[int] | None:
        """Show these rows; where their number stays, the open editor stays too.

        Returns the places that read otherwise now, None where all are new.
        """
        new, old = tuple(rows), self.rows
        if len(new) == len(old) and editable == self.editable:
            self.rows = new
            places = [place for place, row in enumerate(new) if row != old[place]]
            for place in places:
                last = self.index(place, len(self.columns) - 1)
                self.dataChanged.emit(self.index(place, 0), last)
            return places
        self.beginResetModel()
        self.rows, self.editable = new, editable
        self.endResetModel()
        return None

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many rows there are."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return how many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return whether a cell can be typed into."""
        flags = super().flags(index)
        if index.isValid() and self.editable and not self.columns[index.column()].fixed:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = 0) -> object:
        """Return a cell's text, its fault, its note, what a screen reader says of it."""
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        roles, column = Qt.ItemDataRole, self.columns[index.column()].column
        if role == roles.EditRole:
            key = self.columns[index.column()].key
            return self.rows[index.row()].cells.get(key, "")
        if role == roles.TextAlignmentRole:
            return int((RIGHT if column.right else LEFT) | MIDDLE)
        shown, fault, note = self.words(index)
        if role == roles.AccessibleTextRole:
            return "，".join(filter(None, (column.title, shown or _("empty"), note, fault)))
        said: dict[int, object] = {
            int(roles.DisplayRole): shown,
            int(roles.ToolTipRole): fault or None,
            FAULT: fault,
            NOTE: note,
        }
        return said.get(role)

    def words(self, index: Index) -> tuple[str, str, str]:
        """Return what a cell shows, its fault, its note."""
        row, key = self.rows[index.row()], self.columns[index.column()].key
        shown = row.cells.get(key, "") or row.shown.get(key, "")
        return shown, row.faults.get(key, ""), row.notes.get(key, "")

    def setData(self, index: Index, value: object, role: int = 2) -> bool:
        """Tell what was typed; whoever keeps the list shows it anew."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        key = self.columns[index.column()].key
        if str(value) == self.rows[index.row()].cells.get(key, ""):
            return False
        self.typed.emit(index.row(), key, str(value))
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        """Return a column's title, aligned like its cells."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section].column
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return MIDDLE | (RIGHT if column.right else LEFT)
        return None
