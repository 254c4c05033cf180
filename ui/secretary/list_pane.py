"""The panes of lists that are edited in place, and of the ticks of who scores what."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from reviewer_app.core.messages import _
from ui.components.banner import Hint
from ui.components.button import Button
from ui.components.card import Card
from ui.components.choice import Choice
from ui.components.flow import Flow
from ui.components.text import label
from ui.look.scaling import row
from ui.secretary.list_model import ListColumn
from ui.secretary.list_table import ListTable
from ui.secretary.list_view import ListView, TickHead, TickRow
from ui.secretary.ticks_table import TicksTable


class ListPane(Card):
    """A list with its buttons; every wish leaves it as a signal."""

    typed = Signal(int, str, str)
    pasted = Signal(int, int, str)
    added = Signal()
    dropped = Signal(int)
    file_chosen = Signal(object)

    def __init__(self, title: str, columns: tuple[ListColumn, ...], *, folders: bool) -> None:
        super().__init__(margins=(8, 6, 8, 8), gap=4)
        self._first = (-1, "")
        self.table = ListTable(title, columns)
        self.table.list.typed.connect(self.typed)
        self.table.pasted.connect(self.pasted)
        self._count = label("", "small", "2")
        self.add = Button(_("Add a row"), icon="plus", size="compact")
        self.add.clicked.connect(self.added)
        self.drop = Button(_("Drop the row"), icon="x", size="compact")
        self.drop.clicked.connect(self._on_drop)
        self._file = Button(_("From Excel"), icon="file-up", size="compact")
        self._file.clicked.connect(self._on_file)
        self._folder = Button(_("From a folder"), icon="folder-open", size="compact")
        self._folder.clicked.connect(self._on_folder)
        self._has_folder = folders
        self._tools = QWidget()
        self._tools.setLayout(
            Flow(self._file, *([self._folder] if folders else []), self.add, self.drop)
        )
        head = QWidget()
        top = row(label(title, "card-title"), self._count, margins=(8, 4, 8, 4), gap=8)
        top.addWidget(self._tools, 100)
        top.addStretch(1)
        head.setLayout(top)
        self._fault = Hint()
        self._go = Button(_("Go to it"), kind="link")
        self._go.clicked.connect(self._on_go)
        self._keys = Hint(_("Enter or typing opens a cell; Ctrl+V pastes from Excel."), "3")
        self._line = QWidget()
        line = row(margins=(8, 2, 8, 2), gap=8)
        line.addWidget(self._fault, 1)
        line.put(self._go)
        self._line.setLayout(line)
        self.body.put(head)
        self.body.addWidget(self.table, 1)
        self.body.put(self._line, self._keys)

    def show_list(self, view: ListView, *, editable: bool) -> None:
        """Show the list as it is being typed."""
        self._first = view.first
        self.table.show_rows(view.rows, editable=editable)
        self._count.setText(str(len(view.rows)))
        self._tools.setVisible(editable)
        self._keys.setVisible(editable and not view.faulty)
        self._line.setVisible(bool(view.faulty))
        words = _("{count} cells cannot be taken yet; nothing is kept until they are right")
        count = words.format(count=view.faulty)
        said = "　".join(filter(None, (count, self._first_fault(view))))
        self._fault.say(said, "bad", "circle-x")

    def _first_fault(self, view: ListView) -> str:
        place, key = view.first
        if place < 0:
            return ""
        columns = {each.key: each.column.title for each in self.table.list.columns}
        row = view.rows[place]
        number = row.cells.get("number", "")
        return f"{number} {columns.get(key, key)}：{row.faults[key]}".strip()

    def _on_go(self) -> None:
        place, key = self._first
        if place >= 0:
            self.table.edit_cell(place, key)

    def _on_drop(self) -> None:
        self.dropped.emit(self.table.currentIndex().row())

    def _on_file(self) -> None:
        kinds = _("Lists (*.xlsx *.csv)")
        name, _kind = QFileDialog.getOpenFileName(self, _("From Excel"), "", kinds)
        if name:
            self.file_chosen.emit(Path(name))

    def _on_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, _("From a folder"))
        if name:
            self.file_chosen.emit(Path(name))


class TicksPane(Card):
    """Who scores what; every wish leaves it as a signal."""

    toggled = Signal(str, str)
    proposed = Signal(int)
    everyone = Signal()

    def __init__(self) -> None:
        super().__init__(margins=(8, 6, 8, 8), gap=4)
        self.table = TicksTable()
        self.table.toggled.connect(self.toggled)
        self.each = Choice(_("Experts for each application"))
        self.propose = Button(_("Propose by specialism"), size="compact")
        self.propose.clicked.connect(lambda: self.proposed.emit(int(self.each.currentData())))
        self.all = Button(_("Everybody scores everything"), size="compact")
        self.all.clicked.connect(self.everyone)
        self._tools = QWidget()
        self._tools.setLayout(Flow(self.all, self.each, self.propose))
        head = QWidget()
        top = row(label(_("Who scores what"), "card-title"), margins=(8, 4, 8, 4))
        top.addWidget(self._tools, 1)
        head.setLayout(top)
        self._keys = Hint(_("A click or Space sets and takes a tick; the heads count."), "3")
        self.body.put(head)
        self.body.addWidget(self.table, 1)
        self.body.put(self._keys)

    def show_ticks(
        self, heads: tuple[TickHead, ...], rows: tuple[TickRow, ...], *, editable: bool
    ) -> None:
        """Show the ticks."""
        now = str(self.each.currentData() or min(len(heads), 5))
        words = _("{count} experts each")
        counts = range(1, len(heads) + 1)
        self.each.offer([(str(n), words.format(count=n)) for n in counts], now)
        self.table.show_ticks(heads, rows, editable=editable)
        self._tools.setVisible(editable)
        self._keys.setVisible(editable)
