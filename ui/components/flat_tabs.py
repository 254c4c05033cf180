"""The steps in the top bar as flat tabs, ticked when done."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from reviewer_app.core.messages import _
from ui.components import paint
from ui.components.paint import LEFT, MIDDLE, outline, pen, tick, write
from ui.look.fonts import Role
from ui.look.scaling import empty
from ui.look.theme import look
from ui.views import Tab

HEIGHT = 48


class FlatTab(QAbstractButton):
    """One step in the top bar: its number or a tick, its name, a line below when current."""

    def __init__(self, tab: Tab) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._narrow = False
        self.show_tab(tab)

    def show_tab(self, tab: Tab) -> None:
        """Show the step's state."""
        self._tab = tab
        self.setText(tab.name)
        done = _("done") if tab.done else ""
        self.setAccessibleName(" ".join(filter(None, (tab.number, tab.name, done))))
        self.setEnabled(tab.enabled)
        self.setToolTip(tab.why)
        self.updateGeometry()
        self.update()

    def set_narrow(self, *, narrow: bool) -> None:
        """Use the short name without its number where the window is narrow."""
        if narrow != self._narrow:
            self._narrow = narrow
            self.updateGeometry()

    def full_width(self) -> int:
        """Return the room with number and whole name."""
        return look().px(26 + 21) + paint.width(self._tab.name, Role.STRONG)

    def sizeHint(self) -> QSize:
        """Return the room for sign and name; bold and plain take the same."""
        wide = 2 * self._edge() + self._sign_width() + paint.width(self._name(), Role.STRONG)
        return QSize(wide, look().px(HEIGHT) - 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint sign, name and line."""
        painter, px, now = QPainter(self), look().px, self.isChecked()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() and not now and self.isEnabled():
            painter.fillRect(self.rect(), look().colour("button_hover"))
        x = self._edge()
        ink = "accent" if now else "text_2" if self.isEnabled() else "text_3"
        if self._tab.done and not now:
            side = px(15)
            tick(painter, QRectF(x, (self.height() - side) / 2, side, side), "ok", px(1.6))
        elif not self._narrow:
            place = QRect(x, 0, self._sign_width(), self.height())
            sign = Role.SMALL_STRONG if now else Role.SMALL
            write(painter, place, self._tab.number, sign, ink, LEFT | MIDDLE)
        place = self.rect().adjusted(x + self._sign_width(), 0, 0, 0)
        write(painter, place, self._name(), Role.STRONG if now else Role.BASE, ink, MIDDLE)
        if now:
            line = QRect(0, self.height() - px(3), self.width(), px(3))
            painter.fillRect(line, look().colour("accent"))
        if self.hasFocus():
            outline(painter, QRectF(self.rect()), radius=4, border=pen("accent", 2), fill=None)

    def _edge(self) -> int:
        return look().px(7 if self._narrow else 13)

    def _name(self) -> str:
        return self._tab.short if self._narrow and self._tab.short else self._tab.name

    def _sign_width(self) -> int:
        if self._tab.done and not self.isChecked():
            return look().px(21)
        return 0 if self._narrow else look().px(15)


class FlatTabs(QWidget):
    """The steps in the top bar; ``chosen`` carries the key of the one asked for."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._tabs: dict[str, FlatTab] = {}
        self._group = QButtonGroup(self)
        self._narrow = False

    def show_tabs(self, tabs: Sequence[Tab], current: str) -> None:
        """Show the steps and which of them is open."""
        if [tab.key for tab in tabs] != list(self._tabs):
            self._rebuild(tabs)
        for tab in tabs:
            self._tabs[tab.key].show_tab(tab)
        if current in self._tabs:
            self._tabs[current].setChecked(True)

    def set_narrow(self, *, narrow: bool) -> None:
        """Use short names where the window is narrow."""
        self._narrow = narrow
        for tab in self._tabs.values():
            tab.set_narrow(narrow=narrow)

    def full_width(self) -> int:
        """Return the room the tabs take with their whole names."""
        return sum(tab.full_width() for tab in self._tabs.values())

    def tab(self, key: str) -> FlatTab:
        """Return one tab."""
        return self._tabs[key]

    def _rebuild(self, tabs: Sequence[Tab]) -> None:
        for old in self._tabs.values():
            self._group.removeButton(old)
        empty(self._row)
        self._tabs = {tab.key: FlatTab(tab) for tab in tabs}
        for key, tab in self._tabs.items():
            tab.set_narrow(narrow=self._narrow)
            tab.clicked.connect(lambda _c=False, key=key: self.chosen.emit(key))
            self._group.addButton(tab)
            self._row.addWidget(tab)
