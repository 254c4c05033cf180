"""The bars that frame every page: the top bar with its tabs, the foot with its next step."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QWidget,
)

from reviewer_app.core.messages import _
from ui.components import paint
from ui.components.button import Button
from ui.components.paint import LEFT, MIDDLE, outline, pen, tick, write
from ui.components.text import Icon, label, post, set_tone
from ui.look import fonts
from ui.look.fonts import Role
from ui.look.scaling import Part, bound, column, empty, row
from ui.look.theme import look, set_property
from ui.views import FootView, Message, Tab

TOP, FOOT = 48, 60


class Mark(QWidget):
    """The program's mark: the character 评 on a blue square."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return 26 px at the text size of now."""
        return QSize(look().px(26), look().px(26))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the mark."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill = look().colour("accent")
        outline(painter, QRectF(self.rect()), radius=5, border=pen("accent"), fill=fill)
        font = QFont(fonts.serif_family())
        font.setPixelSize(look().px(18))
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(look().colour("on_accent"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, "评")


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
        self._narrow = narrow
        self.updateGeometry()

    def full_width(self) -> int:
        """Return the room with number and whole name."""
        return look().px(26 + 21) + paint.width(self._tab.name, Role.STRONG)

    def sizeHint(self) -> QSize:
        """Return the room for sign and name; bold and plain take the same."""
        wide = look().px(26) + self._sign_width() + paint.width(self._name(), Role.STRONG)
        return QSize(wide, look().px(TOP) - 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint sign, name and line."""
        painter, px, now = QPainter(self), look().px, self.isChecked()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() and not now and self.isEnabled():
            painter.fillRect(self.rect(), look().colour("button_hover"))
        x = px(13)
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


class TopBar(QFrame):
    """Mark, title in two lines, tabs, and what a page or the window puts at the right."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "top-bar")
        bound(self, min_height=TOP, max_height=TOP)
        self._title = label("", "small-strong")
        self._below = label("", "smallest", "2")
        self._words = QWidget()
        self._words.setLayout(column(None, self._title, self._below, None, gap=0))
        self.tabs = FlatTabs()
        self._who = label("", "small", "2")
        self._narrow = False
        self._right, self._left = row(gap=16), row(gap=16)
        self.setLayout(
            row(
                Mark(),
                self._words,
                self._left,
                None,
                self.tabs,
                None,
                self._who,
                self._right,
                margins=(16, 0, 16, 0),
                gap=16,
            )
        )

    def show_title(self, title: str, below: str = "", who: str = "") -> None:
        """Show whose round it is, who organises it, and who sits here."""
        self._title.setText(title)
        self._title.setProperty("role", "small-strong" if below else "strong")
        self._title.style().polish(self._title)
        self._below.setText(below)
        self._below.setVisible(bool(below))
        self._who.setText(who)
        self.fit()

    def add_left(self, *parts: QWidget) -> None:
        """Put something beside the title."""
        for part in parts:
            self._left.addWidget(part)

    def add_right(self, *parts: QWidget) -> None:
        """Put controls at the right end."""
        for part in parts:
            self._right.addWidget(part)

    def set_narrow(self, *, narrow: bool) -> None:
        """Give the room of title and person to the tabs where the window is narrow."""
        self._narrow = narrow
        self._words.setVisible(not narrow)
        self._who.setVisible(not narrow)
        self.fit()

    def fit(self) -> None:
        """Use short names of the tabs where the whole ones do not fit."""
        taken = [self._words, self._who] if not self._narrow else []
        rest = sum(part.sizeHint().width() for part in taken)
        rest += self._right.sizeHint().width() + self._left.sizeHint().width()
        rest += look().px(6 * 16 + 2 * 16 + 26)
        self.tabs.set_narrow(narrow=self.tabs.full_width() + rest > self.width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the tabs into the new width."""
        super().resizeEvent(event)
        self.fit()


class SaveLine(QWidget):
    """Whether the last keystroke is on the disk: a shape, a sentence, a time."""

    def __init__(self) -> None:
        super().__init__()
        self._icon = Icon("hard-drive", 16, "ok")
        self._words = label("", "small", "2")
        self.setLayout(row(self._icon, self._words, gap=7))
        self.say(Message())

    def say(self, message: Message) -> None:
        """Show how saving stands; an empty text hides the line."""
        self.setVisible(bool(message.text))
        ink = "text_2" if message.tone in {"", "2"} else message.tone
        self._icon.show_icon(message.icon, ink)
        self._words.setText(message.text)
        set_tone(self._words, message.tone if message.tone in {"warn", "bad"} else "2")
        self.setAccessibleName(message.text)


class FootBar(QFrame):
    """What is missing at the left, saving in the middle, the next step at the right.

    ``asked`` when the person takes the next step.
    """

    asked = Signal()

    def __init__(self, *left: Part) -> None:
        super().__init__()
        self.setProperty("kind", "foot-bar")
        bound(self, min_height=FOOT)
        self._icon = Icon("info", 18)
        self._words = label("", "", wrap=True)
        self.save = SaveLine()
        self.primary = Button("", kind="primary")
        self.primary.clicked.connect(self.asked)
        self._ordinary = row(gap=12)
        self._post = post(30)
        line = row(margins=(16, 9, 16, 9), gap=12)
        self._left = row(*left, gap=9)
        line.put(self._left, self._icon)
        line.addWidget(self._words, 1 if not left else 0)
        line.put(self._post, self.save)
        if left:
            line.addStretch(1)
        line.put(self._ordinary, 8, self.primary)
        self.setLayout(line)

    def insert(self, part: QWidget) -> None:
        """Put one more thing at the end of the left part."""
        self._left.addWidget(part)

    def add_button(self, button: QWidget) -> None:
        """Put the one ordinary button before the primary."""
        self._ordinary.addWidget(button)

    def show_foot(self, view: FootView) -> None:
        """Show what is missing, how saving stands, and the next step."""
        ink = {"": "text", "2": "text_2"}.get(view.left.tone, view.left.tone)
        self._icon.setVisible(bool(view.left.text))
        self._words.setVisible(bool(view.left.text))
        self._icon.show_icon(view.left.icon, ink)
        self._words.setText(view.left.text)
        set_property(self._words, "role", "small" if view.left.tone == "2" else "")
        set_tone(self._words, "2" if view.left.tone == "2" else "")
        self._post.setVisible(bool(view.save.text))
        self.save.say(view.save)
        if (self.primary.text(), self.primary.toolTip()) != (view.primary, view.key):
            self.primary.show_words(view.primary, key=view.key)
        self.primary.setVisible(bool(view.primary))
        self.primary.setEnabled(view.enabled)
