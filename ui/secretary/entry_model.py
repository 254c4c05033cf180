"""The boxes of a paper form as an item model: rows of indicators, a column an application."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from ui.secretary.entry_views import BoxesView

Index = QModelIndex | QPersistentModelIndex
_FLAGS = Qt.ItemFlag


class EntryModel(QAbstractTableModel):
    """What one person types; ``typed`` carries the box's place and its text."""

    typed = Signal(tuple, str)

    def __init__(self) -> None:
        super().__init__()
        self._view: BoxesView | None = None

    def show_boxes(self, view: BoxesView | None) -> None:
        """Show a form's boxes; where they stay, a box being edited keeps its text."""
        old, heads = self._view, (view.columns, view.rows) if view else None
        if old is None or (old.columns, old.rows) != heads:
            self.beginResetModel()
            self._view = view
            self.endResetModel()
            return
        self._view = view
        if view is None:
            return
        for row, (code, _title) in enumerate(view.rows):
            for column, (number, _name) in enumerate(view.columns):
                if old.cells.get((number, code)) != view.cells.get((number, code)):
                    index = self.index(row, column)
                    self.dataChanged.emit(index, index)

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many rows there are."""
        below = parent is not None and parent.isValid()
        return 0 if below or self._view is None else len(self._view.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return how many columns there are."""
        below = parent is not None and parent.isValid()
        return 0 if below or self._view is None else len(self._view.columns)

    def data(self, index: Index, role: int = 0) -> object:
        """Return what is typed in a box; a slash where there is none."""
        place = self._place(index)
        if place is None or self._view is None:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignCenter)
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return None
        return self._view.cells.get(place, "") if place in self._view.boxes else "／"

    def setData(self, index: Index, value: object, role: int = 2) -> bool:
        """Hand on what is typed."""
        place = self._place(index)
        if place is None or role != Qt.ItemDataRole.EditRole:
            return False
        self.typed.emit(place, str(value))
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return whether a box can be typed in."""
        place = self._place(index)
        usual = _FLAGS.ItemIsEnabled | _FLAGS.ItemIsSelectable
        if place is None or self._view is None:
            return _FLAGS.NoItemFlags
        return usual | _FLAGS.ItemIsEditable if place in self._view.boxes else usual

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        """Return the application's or the indicator's number and name."""
        if self._view is None or role not in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
        ):
            return None
        across = orientation is Qt.Orientation.Horizontal
        heads = self._view.columns if across else self._view.rows
        if not 0 <= section < len(heads):
            return None
        key, name = heads[section]
        if across and role == Qt.ItemDataRole.DisplayRole:
            return key
        return name if key == "*" else f"{key} {name}"

    def _place(self, index: Index) -> tuple[str, str] | None:
        view = self._view
        if view is None or not index.isValid() or index.row() >= len(view.rows):
            return None
        return view.columns[index.column()][0], view.rows[index.row()][0]
