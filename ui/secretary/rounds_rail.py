"""The rail of rounds at the left: search, the list, history and log, the way back."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeySequence, QPainter, QShortcut
from PySide6.QtWidgets import (
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from reviewer_app.core.messages import _
from ui.components import paint
from ui.components.bars import TOP, Mark
from ui.components.button import Button, icon_button
from ui.components.card import Ground
from ui.components.paint import LEFT, MIDDLE, WRAP, write
from ui.components.text import label, rule
from ui.look.fonts import Role
from ui.look.scaling import bound, column, fix, row
from ui.look.theme import look
from ui.secretary.rounds_presenter import RoundItem

WIDE = 216
ITEM = int(Qt.ItemDataRole.UserRole)
_EDGE = 15
Index = QModelIndex | QPersistentModelIndex


class RoundsModel(QAbstractListModel):
    """The rounds, found by their ids."""

    def __init__(self) -> None:
        super().__init__()
        self._items: tuple[RoundItem, ...] = ()

    def show_items(self, items: Sequence[RoundItem]) -> None:
        """Show these rounds; where they stay, only what changed is repainted."""
        new = tuple(items)
        if [item.key for item in new] != [item.key for item in self._items]:
            self.beginResetModel()
            self._items = new
            self.endResetModel()
            return
        old, self._items = self._items, new
        for place, (before, after) in enumerate(zip(old, new, strict=True)):
            if before != after:
                self.dataChanged.emit(self.index(place), self.index(place))

    def place(self, key: str) -> QModelIndex:
        """Return where a round stands, an invalid index if it is not there."""
        for place, item in enumerate(self._items):
            if item.key == key:
                return self.index(place)
        return QModelIndex()

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many rounds there are."""
        return 0 if parent is not None and parent.isValid() else len(self._items)

    def data(self, index: Index, role: int = 0) -> object:
        """Return a round's title, the round itself, its sentence for a screen reader."""
        if not index.isValid() or index.row() >= len(self._items):
            return None
        item = self._items[index.row()]
        if role == ITEM:
            return item
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return item.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{item.title}，{item.line}"
        return None


class RoundsDelegate(QStyledItemDelegate):
    """Paints a round: its title wrapped, date and state below, an edge when it is open."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of the wrapped title and the line below."""
        item = index.data(ITEM)
        if not isinstance(item, RoundItem):
            return QSize()
        wide = option.widget.width() if option.widget else look().px(WIDE)
        text = paint.height(item.title, Role.CELL_STRONG, wide - 2 * look().px(_EDGE))
        return QSize(look().px(100), text + look().px(18 + 16))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the round."""
        item = index.data(ITEM)
        if not isinstance(item, RoundItem):
            return
        painter.save()
        rect: QRect = option.rect
        px, view = look().px, option.widget
        current = isinstance(view, QListView) and view.currentIndex() == index
        if current:
            painter.fillRect(rect, look().colour("accent_tint"))
            edge = QRect(rect.x(), rect.y(), px(3), rect.height())
            painter.fillRect(edge, look().colour("accent"))
        inner = rect.adjusted(px(_EDGE), px(8), -px(_EDGE), -px(8))
        title = inner.adjusted(0, 0, 0, -px(18))
        role = Role.CELL_STRONG if current else Role.CELL
        write(painter, title, item.title, role, "text", LEFT | WRAP)
        line = QRect(inner.x(), inner.bottom() - px(17), inner.width(), px(18))
        write(painter, line, item.line, Role.SMALLEST, "text_2", LEFT | MIDDLE)
        if option.state & QStyle.StateFlag.State_HasFocus and view.hasFocus():
            painter.setPen(paint.pen("accent", 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -1))
        painter.restore()


class RoundsList(QListView):
    """The list itself; ``chosen`` carries the id of the round asked for."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Rounds"))
        self.setProperty("ground", "rail")
        self.rounds = RoundsModel()
        self._proxy = QSortFilterProxyModel(self)
        self._proxy.setSourceModel(self.rounds)
        self._proxy.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setModel(self._proxy)
        self.setItemDelegate(RoundsDelegate(self))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.clicked.connect(self._on_asked)
        self.activated.connect(self._on_asked)

    def show_items(self, items: Sequence[RoundItem], current: str) -> None:
        """Show the rounds and which of them is open."""
        self.rounds.show_items(items)
        index = self._proxy.mapFromSource(self.rounds.place(current))
        if index.isValid() and index != self.currentIndex():
            self.setCurrentIndex(index)

    def filter(self, words: str) -> None:
        """Show only the rounds in whose title ``words`` occur."""
        self._proxy.setFilterFixedString(words)

    def _on_asked(self, index: QModelIndex) -> None:
        item = index.data(ITEM)
        if isinstance(item, RoundItem):
            self.chosen.emit(item.key)


class RoundsRail(Ground):
    """The whole rail; every wish leaves it as a signal."""

    round_requested = Signal(str)
    new_requested = Signal()
    history_requested = Signal()
    log_requested = Signal()
    removed_requested = Signal()
    back_requested = Signal()
    help_requested = Signal()

    def __init__(self) -> None:
        super().__init__("rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        fix(self, width=WIDE)
        self.list = RoundsList()
        self.list.chosen.connect(self.round_requested)
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Find a round"))
        self.search.setAccessibleName(_("Find a round"))
        self.search.setProperty("kind", "small")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self.list.filter)
        self._none = label(_("No round yet"), "small", "2")
        self._none_box = QWidget()
        self._none_box.setLayout(column(self._none, margins=(14, 6, 14, 6)))
        self._search_box = QWidget()
        self._search_box.setLayout(column(self.search, margins=(12, 8, 12, 8)))
        self.body.put(self._make_head(), rule(), self._search_box, self._none_box)
        self.body.addWidget(self.list, 1)
        self.body.put(rule(), self._make_foot())
        self._find = QShortcut(QKeySequence("Ctrl+F"), self)
        self._find.activated.connect(self.search.setFocus)

    def show_rounds(self, items: Sequence[RoundItem], current: str, removed: int = 0) -> None:
        """Show the rounds, which of them is open, and how many were put away."""
        self._removed.setVisible(bool(removed))
        self._removed.show_words(_("Removed rounds ({count})").format(count=removed))
        self._none_box.setVisible(not items)
        self._help.setVisible(not items)
        self._search_box.setVisible(bool(items))
        self._log.setVisible(bool(current))
        self.list.show_items(items, current)

    def _make_head(self) -> QWidget:
        add = icon_button("plus", _("New round"), key="Ctrl N")
        add.clicked.connect(self.new_requested)
        self._help = icon_button("circle-question-mark", _("Help"), key="F1")
        self._help.clicked.connect(self.help_requested)
        head = QWidget()
        bound(head, min_height=TOP - 1, max_height=TOP - 1)
        head.setLayout(
            row(
                Mark(),
                label(_("Rounds"), "strong"),
                None,
                self._help,
                add,
                margins=(12, 0, 6, 0),
                gap=9,
            )
        )
        return head

    def _make_foot(self) -> QWidget:
        self._history = _foot_button("building-2", _("Results by unit"))
        self._history.clicked.connect(self.history_requested)
        self._log = _foot_button("scroll-text", _("Log of the round"))
        self._log.clicked.connect(self.log_requested)
        self._removed = _foot_button("archive-x", "")
        self._removed.clicked.connect(self.removed_requested)
        back = _foot_button("arrow-left", _("Back to the start"))
        back.clicked.connect(self.back_requested)
        foot = QWidget()
        foot.setLayout(
            column(self._history, self._log, self._removed, back, margins=(4, 2, 4, 4), gap=0)
        )
        return foot


def _foot_button(icon: str, words: str) -> Button:
    button = Button(words, kind="gap", icon=icon)
    button.setProperty("kind", "quiet")
    button.setProperty("cut", "compact")
    return button
