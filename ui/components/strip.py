"""The dimension strip: one segment per dimension, how many are done, a click jumps there."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QWidget

from ui.components import paint
from ui.components.paint import CENTRE, MIDDLE, outline, pen, tick, write
from ui.look.fonts import Role
from ui.look.scaling import empty, row
from ui.look.theme import look
from ui.views import GroupView

HEIGHT = 46


class DimensionTab(QAbstractButton):
    """One segment: name above, tick and count below; the current one underlined."""

    def __init__(self, view: GroupView) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_group(view)

    def show_group(self, view: GroupView) -> None:
        """Show how far the dimension is."""
        self._view = view
        name = f"{view.code} {view.title}".strip()
        self.setText(name)
        self.setAccessibleName(f"{name} {view.count()}")
        self.setToolTip(name)
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room for the name."""
        wide = paint.width(self.text(), Role.SMALL_STRONG) + look().px(14)
        return QSize(wide, look().px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Return a width at which the name wraps to two lines."""
        return QSize(look().px(40), look().px(HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint name, tick, count and the line below."""
        painter, px = QPainter(self), look().px
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = "button_hover" if self.underMouse() else "surface"
        painter.fillRect(self.rect(), look().colour(ground))
        now, view = self.isChecked(), self._view
        high = self.height()
        painter.fillRect(0, high - 1, self.width(), 1, look().colour("line"))
        painter.fillRect(self.width() - 1, 0, 1, high, look().colour("line"))
        if now:
            painter.fillRect(0, high - px(3), self.width(), px(3), look().colour("accent"))
        role, ink = (Role.SMALL_STRONG, "accent") if now else (Role.SMALL, "text_2")
        name = self._name(role)
        write(painter, QRect(0, px(5), self.width(), px(20)), name, role, ink, CENTRE | MIDDLE)
        self._paint_count(painter, view)
        if self.hasFocus():
            outline(painter, QRectF(self.rect()), radius=2, border=pen("accent", 2), fill=None)

    def _name(self, role: Role) -> str:
        """Return the whole name, or the title alone, or the code alone: never a cut word."""
        room = self.width() - 4
        for text in (self.text(), self._view.title):
            if paint.width(text, role) <= room:
                return text
        return self._view.code or self._view.title[:2]

    def _paint_count(self, painter: QPainter, view: GroupView) -> None:
        px, words = look().px, view.count()
        done = view.done == view.total and view.total > 0
        wide = paint.width(words, Role.SMALLEST) + (px(16) if done else 0)
        left = (self.width() - wide) // 2
        top = px(24)
        if done:
            box = QRectF(left, top + px(3), px(12), px(12))
            tick(painter, box, "ok", 1.6 * look().scale)
            left += px(16)
        place = QRect(left, top, self.width() - left, px(18))
        write(painter, place, words, Role.SMALLEST, "text_2", MIDDLE)


class DimensionStrip(QWidget):
    """All dimensions side by side; ``chosen`` carries the place of the one clicked."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._row = row(gap=0)
        self.setLayout(self._row)
        self._tabs: list[DimensionTab] = []
        self._group = QButtonGroup(self)

    def show_groups(self, groups: Sequence[GroupView], current: int) -> None:
        """Show the dimensions and which of them holds the open indicator."""
        if len(groups) != len(self._tabs):
            self._rebuild(groups)
        for tab, view in zip(self._tabs, groups, strict=True):
            tab.show_group(view)
        if 0 <= current < len(self._tabs):
            self._tabs[current].setChecked(True)

    def _rebuild(self, groups: Sequence[GroupView]) -> None:
        for tab in self._tabs:
            self._group.removeButton(tab)
        empty(self._row)
        self._tabs = [DimensionTab(view) for view in groups]
        for place, tab in enumerate(self._tabs):
            tab.clicked.connect(lambda _c=False, place=place: self.chosen.emit(place))
            self._group.addButton(tab)
            self._row.addWidget(tab, max(4, len(groups[place].title)))
