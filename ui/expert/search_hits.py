"""The hits of a search, by document: a title with a count, then each place in its words."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from reviewer_app.core.messages import _
from ui.components import paint
from ui.expert.search_presenter import Hit
from ui.look.fonts import Role
from ui.look.theme import look

Index = QModelIndex | QPersistentModelIndex
_ROW = Qt.ItemDataRole.UserRole + 1
_PAGE = 46


@dataclass(frozen=True, slots=True)
class Title:
    """A document of the list, and how many hits it has."""

    words: str
    count: int


@dataclass(frozen=True, slots=True)
class Found:
    """A hit of the list; ``place`` counts all hits."""

    place: int
    hit: Hit


class HitsModel(QAbstractListModel):
    """Titles and hits as rows, in the order of the documents."""

    def __init__(self) -> None:
        super().__init__()
        self._hits: list[Hit] = []
        self._rows: list[Title | Found] = []

    def show_hits(self, hits: Sequence[Hit]) -> None:
        """Show other hits; the same ones stay as they are."""
        if list(hits) == self._hits:
            return
        self.beginResetModel()
        self._hits, self._rows = list(hits), []
        numbered = enumerate(hits)
        for _tab, group in groupby(numbered, key=lambda each: each[1].tab):
            found = [Found(place, hit) for place, hit in group]
            self._rows += [Title(found[0].hit.tab.title, len(found)), *found]
        self.endResetModel()

    def row_of(self, place: int) -> int:
        """Return the row of a hit, −1 where it is not shown."""
        for number, row in enumerate(self._rows):
            if isinstance(row, Found) and row.place == place:
                return number
        return -1

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the row's words, or the row itself."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == _ROW:
            return row
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return _words(row)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that hits can be chosen and titles cannot."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if isinstance(self._rows[index.row()], Found):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.ItemIsEnabled


class HitsDelegate(QStyledItemDelegate):
    """Paints a title with its count, or a hit with its page at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return one line: the place is read in the document, not here."""
        del option, index
        return QSize(0, look().px(26))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the row."""
        rect, px, row = option.rect, look().px, index.data(_ROW)
        middle = paint.LEFT | paint.MIDDLE
        if isinstance(row, Title):
            painter.fillRect(rect, look().colour("window"))
            words = _("{title}, {count} places").format(title=row.words, count=row.count)
            inside = rect.adjusted(px(12), 0, -px(12), 0)
            paint.write(painter, inside, words, Role.SMALL_STRONG, "text", middle)
            return
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(rect, look().colour("accent_tint"))
        page = _("p. {page}").format(page=row.hit.page + 1) if row.hit.boxes else ""
        number = rect.adjusted(px(12), 0, 0, 0)
        number.setWidth(px(_PAGE))
        paint.write(painter, number, page, Role.SMALL, "text_2", middle)
        inside = rect.adjusted(px(12 + _PAGE), 0, -px(8), 0)
        room = inside.width()
        for part, role in (
            (_left(row.hit, room), Role.SMALL),
            (row.hit.match, Role.SMALL_STRONG),
            (f"{row.hit.after}…", Role.SMALL),
        ):
            ink = "accent" if chosen or role is Role.SMALL_STRONG else "text"
            paint.write(painter, inside, part, role, ink, middle)
            inside.setLeft(inside.left() + paint.width(part, role) + 1)


def _left(hit: Hit, room: int) -> str:
    """Return the words before a hit, fewer where the hit itself would leave the row."""
    before = f"…{hit.before}"
    needed = paint.width(hit.match, Role.SMALL_STRONG)
    while len(before) > 1 and paint.width(before, Role.SMALL) + needed > room:
        before = f"…{before[2:]}"
    return before


class HitsList(QListView):
    """The list beside the pages; ``asked`` carries the place of a hit."""

    asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Places found"))
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setItemDelegate(HitsDelegate(self))
        self._hits = HitsModel()
        self.setModel(self._hits)
        self._told = ""
        self.clicked.connect(self._on_asked)
        self.activated.connect(self._on_asked)

    def show_hits(self, hits: Sequence[Hit], here: int, told: str = "") -> None:
        """Show the hits, one of them marked as the one in sight; ``told`` where none are."""
        self._hits.show_hits(hits)
        self._told = told
        self.setAccessibleDescription(told)
        self.viewport().update()
        row = self._hits.row_of(here)
        if row >= 0:
            self.setCurrentIndex(self._hits.index(row))
        else:
            self.clearSelection()

    def forget(self) -> None:
        """Show nothing."""
        self._hits.show_hits(())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows, or in their place why there are none."""
        super().paintEvent(event)
        if self._told:
            inside = self.viewport().rect().adjusted(look().px(12), 0, -look().px(12), 0)
            ways = paint.CENTRE | paint.MIDDLE | paint.WRAP
            painter = QPainter(self.viewport())
            paint.write(painter, inside, self._told, Role.SMALL, "text_2", ways)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the words to the new width."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _on_asked(self, index: QModelIndex) -> None:
        row = index.data(_ROW)
        if isinstance(row, Found):
            self.asked.emit(row.place)


def _shown(row: Title | Found) -> str:
    if isinstance(row, Title):
        return row.words
    return f"…{row.hit.before}【{row.hit.match}】{row.hit.after}…"


def _words(row: Title | Found) -> str:
    """Return a row as a screen reader says it."""
    if isinstance(row, Title):
        return _("{title}, {count} places").format(title=row.words, count=row.count)
    return _("Page {page}: {words}").format(page=row.hit.page + 1, words=_shown(row))
