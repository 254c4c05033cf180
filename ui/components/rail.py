"""The rail of applications: ring, number, short name, state; the current one on a tint."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.components import paint
from ui.components.paint import CENTRE, LEFT, MIDDLE, WRAP, write
from ui.components.ring import RING, paint_ring
from ui.components.text import Icon, label, rule
from ui.look.fonts import Role
from ui.look.scaling import column, row
from ui.look.theme import look
from ui.views import RailItem

WIDE, NARROW = 236, 56
_TEXT = 50
Index = QModelIndex | QPersistentModelIndex
ITEM = int(Qt.ItemDataRole.UserRole)


class RailModel(QAbstractListModel):
    """The applications as a list; found by number, never by row."""

    def __init__(self) -> None:
        super().__init__()
        self._items: tuple[RailItem, ...] = ()

    def show_items(self, items: Sequence[RailItem]) -> None:
        """Show these applications; only what changed is repainted."""
        new = tuple(items)
        if [item.number for item in new] != [item.number for item in self._items]:
            self.beginResetModel()
            self._items = new
            self.endResetModel()
            return
        old, self._items = self._items, new
        for place, (before, after) in enumerate(zip(old, new, strict=True)):
            if before != after:
                index = self.index(place)
                self.dataChanged.emit(index, index)

    def place(self, number: str) -> QModelIndex:
        """Return the index of the application with this number, invalid if it is not there."""
        for row_, item in enumerate(self._items):
            if item.number == number:
                return self.index(row_)
        return QModelIndex()

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many applications there are."""
        return 0 if parent is not None and parent.isValid() else len(self._items)

    def data(self, index: Index, role: int = 0) -> object:
        """Return the item itself, its full name as a tip, its sentence for a screen reader."""
        if not index.isValid() or index.row() >= len(self._items):
            return None
        item = self._items[index.row()]
        if role == ITEM:
            return item
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{item.number} {item.full_name}\n{item.unit}".strip()
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{item.number} {item.full_name}，{item.line}"
        return item.name if role == Qt.ItemDataRole.DisplayRole else None


class RailDelegate(QStyledItemDelegate):
    """Paints an application of the rail, whole or as a ring with its number."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.narrow = False
        self._heights: dict[tuple[str, int, Role, float], int] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height that the wrapped name and the lines below need."""
        item = index.data(ITEM)
        px = look().px
        if self.narrow or not isinstance(item, RailItem):
            return QSize(px(NARROW), px(46))
        wide = option.widget.width() if option.widget else px(WIDE)
        current = self._is_current(option, index)
        high = self._name_height(item, wide, current=current)
        lines = 2 if current and item.unit else 1
        return QSize(px(NARROW), max(px(46), high + lines * px(18) + px(8)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the application."""
        item = index.data(ITEM)
        if not isinstance(item, RailItem):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect: QRect = option.rect
        current = self._is_current(option, index)
        if current:
            painter.fillRect(rect, look().colour("accent_tint"))
            edge = QRect(rect.x(), rect.y(), look().px(3), rect.height())
            painter.fillRect(edge, look().colour("accent"))
        if self.narrow:
            self._paint_narrow(painter, rect, item, current=current)
        else:
            self._paint_wide(painter, rect, item, current=current)
        if option.state & QStyle.StateFlag.State_HasFocus and option.widget.hasFocus():
            painter.setPen(paint.pen("accent", 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(1, 1, -1, -1))
        painter.restore()

    def _is_current(self, option: QStyleOptionViewItem, index: Index) -> bool:
        view = option.widget
        return isinstance(view, QListView) and view.currentIndex() == index

    def _name_height(self, item: RailItem, wide: int, *, current: bool) -> int:
        role = Role.STRONG if current else Role.BASE
        text = f"{item.number}  {item.name}"
        key = (text, wide, role, look().scale)
        if key not in self._heights:
            self._heights[key] = paint.height(text, role, wide - look().px(_TEXT + 30))
        return self._heights[key]

    def _paint_narrow(
        self, painter: QPainter, rect: QRect, item: RailItem, *, current: bool
    ) -> None:
        px = look().px
        box = QRectF(rect.center().x() - px(13) + 0.5, rect.y() + px(3), px(26), px(26))
        paint_ring(painter, box, item.progress, item.done, item.total)
        place = QRect(rect.x(), rect.y() + px(29), rect.width(), px(16))
        role = Role.SMALL_STRONG if current else Role.SMALL
        write(
            painter, place, item.number, role, "text" if current else "text_2", CENTRE | MIDDLE
        )

    def _paint_wide(
        self, painter: QPainter, rect: QRect, item: RailItem, *, current: bool
    ) -> None:
        px = look().px
        top = rect.y() + (rect.height() - px(RING)) / 2
        paint_ring(
            painter,
            QRectF(px(12), top, px(RING), px(RING)),
            item.progress,
            item.done,
            item.total,
        )
        role = Role.STRONG if current else Role.BASE
        wide = rect.width() - px(_TEXT + 30)
        high = self._name_height(item, rect.width(), current=current)
        y = rect.y() + px(4)
        number = f"{item.number}  "
        lead = paint.width(number, Role.BASE)
        name = QRect(px(_TEXT) + lead, y, wide - lead + px(8), high)
        write(painter, QRect(px(_TEXT), y, lead, high), number, Role.BASE, "text_2", LEFT)
        write(painter, name, item.name, role, "text", LEFT | WRAP)
        y += high - px(2)
        ink = "warn" if item.attention else "text_2"
        line = QRect(px(_TEXT), y, rect.width() - px(_TEXT + 8), px(18))
        write(painter, line, item.line, Role.SMALL, ink, LEFT | MIDDLE)
        if current and item.unit:
            unit = line.translated(0, px(18))
            write(painter, unit, item.unit, Role.SMALL, "text_2", LEFT | MIDDLE)
        if item.flagged:
            flag = QRectF(rect.right() - px(27), rect.y() + px(11), px(15), px(15))
            look().draw_icon(painter, "flag", flag, "accent")


class RailList(QListView):
    """The list itself; ``chosen`` carries the number of the application asked for."""

    chosen = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setProperty("ground", "rail")
        self._model, self._delegate = RailModel(), RailDelegate(self)
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.clicked.connect(self._on_asked)
        self.activated.connect(self._on_asked)

    def show_items(self, items: Sequence[RailItem], current: str) -> None:
        """Show the applications and which of them is open."""
        self._model.show_items(items)
        index = self._model.place(current)
        if index.isValid() and index != self.currentIndex():
            self.setCurrentIndex(index)
            self.scheduleDelayedItemsLayout()

    def set_narrow(self, *, narrow: bool) -> None:
        """Shrink to rings with numbers, or show names again."""
        if self._delegate.narrow != narrow:
            self._delegate.narrow = narrow
            self.scheduleDelayedItemsLayout()

    def _on_asked(self, index: QModelIndex) -> None:
        item = index.data(ITEM)
        if isinstance(item, RailItem):
            self.chosen.emit(item.number)


class RecusedLine(QWidget):
    """What stays of recused applications: how many there were, without number or name."""

    def __init__(self) -> None:
        super().__init__()
        self._words = label("", "small", "2", wrap=True)
        self.setLayout(
            column(
                rule(),
                row(Icon("eye-off", 16), self._words, margins=(12, 8, 8, 10), gap=8),
            )
        )

    def say(self, text: str) -> None:
        """Show the sentence, or nothing."""
        self._words.setText(text)
        self.setVisible(bool(text))
