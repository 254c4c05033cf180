"""What every page of a step has: a foot with its next step, keys, and a place when locked."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QLayout, QScrollArea, QSizePolicy, QWidget

from reviewer_app.core.messages import _
from ui.components.bars import FootBar
from ui.components.button import Button
from ui.components.places import EmptyState
from ui.components.table import Table
from ui.look.scaling import Box, Part, column, row
from ui.look.theme import look

_SIDE_FROM, _NARROW, _BELOW, _LEFT_HIGH = 1000, 1120, 740, 300


class StepPage(QWidget):
    """A page with a body and a foot; ``next_requested`` is the foot's primary button."""

    next_requested = Signal()
    wants_room = False
    """Whether the rail should make room while this page is open."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "window")
        self.foot = FootBar()
        self.foot.asked.connect(self.next_requested)
        self._lay = column()
        self.setLayout(self._lay)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            self.key(keys, self.foot.primary.click)

    def key(self, keys: str, act: object) -> None:
        """Let keys do something while this page is open."""
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)

    def begin(self) -> None:
        """Give the keyboard to the next step."""
        self.foot.primary.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the next step."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.foot.primary.click()
            return
        super().keyPressEvent(event)

    def settle_focus(self, stop: QWidget, *, before: str, now: str) -> None:
        """Give the keyboard to the stop button while work runs, back to the next step after."""
        if now and not before:
            QTimer.singleShot(0, stop.setFocus)
        elif before and not now:
            QTimer.singleShot(0, self.begin)

    def lay(self, *parts: Part) -> None:
        """Put the body and, below it, the foot."""
        for part in parts:
            self._lay.put(part)
        self._lay.addWidget(self.foot)


class TwoColumns(QScrollArea):
    """A wide column and a narrow one beside it; where there is no room, one below the other.

    Beside each other the narrow one scrolls by itself; below each other the page scrolls, and
    ``tables`` are then as high as their rows, so that nothing scrolls within what scrolls.
    """

    def __init__(
        self, left: QWidget, right: QWidget, side: int = 340, tables: Sequence[Table] = ()
    ) -> None:
        super().__init__()
        self._tables = tuple(tables)
        self._left, self._right, self._side = left, right, side
        self._beside = _scroller()
        self._row = row(margins=(20, 12, 20, 12), gap=16)
        self._row.addWidget(left, 1)
        self._row.addWidget(self._beside)
        inside = QWidget()
        for each in (inside, right):
            each.setProperty("ground", "window")
        inside.setLayout(self._row)
        self._beside.setWidget(right)
        _dress(self)
        self.setWidget(inside)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the side its width, or the place below."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Look again what there is room for when the text size changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        px, wide = look().px, self.width()
        below = self.window().width() < px(_SIDE_FROM) or wide < px(_BELOW)
        self._turn(below=below)
        self._left.setMinimumHeight(px(_LEFT_HIGH) if below and not self._tables else 0)
        if not below:
            narrow = max(px(250), round(wide * 0.29))
            self._beside.setFixedWidth(narrow if wide < px(_NARROW) else px(self._side))

    def _turn(self, *, below: bool) -> None:
        if below == self._beside.isHidden():
            return
        ways = QBoxLayout.Direction
        self._row.setDirection(ways.TopToBottom if below else ways.LeftToRight)
        for table in self._tables:
            table.show_whole(whole=below)
        self._beside.setHidden(below)
        if below:
            self._row.addWidget(self._beside.takeWidget())
        else:
            self._row.removeWidget(self._right)
            self._beside.setWidget(self._right)
        self._right.show()


def _scroller() -> QScrollArea:
    area = QScrollArea()
    _dress(area)
    area.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Ignored)
    return area


def _dress(area: QScrollArea) -> None:
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)


def side(*cards: Part, gap: int = 12) -> QWidget:
    """Return cards below each other, for the narrow column."""
    result = QWidget()
    body: Box = column(*cards, gap=gap)
    body.addStretch(1)
    result.setLayout(body)
    return result


def held(layout: QLayout, name: str = "") -> QWidget:
    """Return a widget that holds a layout; ``name`` is what a screen reader says of it."""
    holder = QWidget()
    holder.setAccessibleName(name)
    holder.setLayout(layout)
    return holder


class LockedPage(StepPage):
    """The page of a step that is not reached: what is missing, and the way there."""

    def __init__(self) -> None:
        super().__init__()
        self._go = Button("", size="middle")
        self._go.clicked.connect(self.next_requested)
        self._holder = column(margins=(20, 60, 20, 20))
        self._empty: EmptyState | None = None
        body = QWidget()
        body.setLayout(self._holder)
        self.lay(body)
        self._lay.setStretch(0, 1)
        self.foot.hide()

    def show_locked(self, title: str, words: str, button: str) -> None:
        """Say what this step waits for."""
        self._go = Button(button, kind="primary", size="middle", key="Enter")
        self._go.clicked.connect(self.next_requested)
        fresh = EmptyState("lock", title, words, self._go)
        if self._empty:
            self._holder.removeWidget(self._empty)
            self._empty.deleteLater()
            self._holder.takeAt(0)
        self._empty = fresh
        self._holder.addWidget(fresh)
        self._holder.addStretch(1)

    def begin(self) -> None:
        """Give the keyboard to the way there."""
        self._go.setFocus(Qt.FocusReason.OtherFocusReason)


def locked_words() -> str:
    """Return what stands below the name of a step that is not reached."""
    return _("This step opens when the one before is finished.")
