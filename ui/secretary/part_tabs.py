"""The parts of a page as flat tabs: a state, a name, a count; the open one in a white box."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QWidget

from reviewer_app.core.messages import _
from ui.components import paint
from ui.components.flow import Flow
from ui.components.paint import LEFT, MIDDLE, outline, pen, write
from ui.look.fonts import Role
from ui.look.scaling import column
from ui.look.theme import look
from ui.secretary.prepare_views import PartTab

_HIGH, _ICON, _PAD, _GAP = 34, 16, 14, 7


class PartButton(QAbstractButton):
    """One part."""

    def __init__(self, tab: PartTab) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_tab(tab)

    def show_tab(self, tab: PartTab) -> None:
        """Show how the part stands."""
        self._tab = tab
        self.setText(tab.name)
        stands = _("in order") if tab.met else _("needs attention")
        self.setAccessibleName(" ".join(filter(None, (tab.name, tab.count, stands))))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room for shape, name and count; bold and plain take the same."""
        px = look().px
        wide = px(2 * _PAD + _ICON + _GAP) + paint.width(self._tab.name, Role.STRONG)
        if self._tab.count:
            wide += px(12) + paint.width(self._tab.count, Role.STRONG)
        return QSize(wide, px(_HIGH))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint box, shape, name and count."""
        painter, px, now = QPainter(self), look().px, self.isChecked()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        if now:
            outline(painter, rect, radius=6, border=pen("line"), fill=look().colour("surface"))
        elif self.underMouse():
            fill = look().colour("button_hover")
            outline(painter, rect, radius=6, border=pen("line"), fill=fill)
        icon = "circle-check" if self._tab.met else "triangle-alert"
        top = (self.height() - px(_ICON)) / 2
        box = QRectF(px(_PAD), top, px(_ICON), px(_ICON))
        look().draw_icon(painter, icon, box, "ok" if self._tab.met else "warn")
        ink, role = ("accent", Role.STRONG) if now else ("text_2", Role.BASE)
        left = px(_PAD + _ICON + _GAP)
        place = QRect(left, 0, self.width() - left, self.height())
        write(painter, place, self._tab.name, role, ink, LEFT | MIDDLE)
        if self._tab.count:
            place.setLeft(left + paint.width(self._tab.name, role) + px(12))
            write(painter, place, self._tab.count, role, ink, LEFT | MIDDLE)
        if self.hasFocus():
            outline(painter, rect, radius=6, border=pen("accent", 2), fill=None)


class PartTabs(QWidget):
    """All parts; ``chosen`` carries the key of the one asked for."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._flow = Flow(gap=2)
        self.setLayout(column(self._flow, margins=(20, 6, 20, 0)))
        self._buttons: dict[str, PartButton] = {}
        self._group = QButtonGroup(self)

    def show_tabs(self, tabs: Sequence[PartTab], current: str) -> None:
        """Show every part and which one is open."""
        if not self._buttons:
            for tab in tabs:
                button = PartButton(tab)
                button.clicked.connect(lambda _c=False, key=tab.key: self.chosen.emit(key))
                self._buttons[tab.key] = button
                self._group.addButton(button)
                self._flow.addWidget(button)
        for tab in tabs:
            self._buttons[tab.key].show_tab(tab)
        self._buttons[current].setChecked(True)

    def button(self, key: str) -> PartButton:
        """Return the button of a part."""
        return self._buttons[key]
