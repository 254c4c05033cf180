"""The bars that frame every page: the top bar with its tabs, the foot with its next step."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QPlainTextEdit, QSizePolicy, QWidget

from ui.components.button import Button
from ui.components.flat_tabs import HEIGHT, FlatTabs
from ui.components.paint import outline, pen
from ui.components.text import Icon, label, post, set_tone
from ui.look import fonts
from ui.look.scaling import Part, bound, column, row
from ui.look.theme import look, set_property
from ui.views import FootView, Message

TOP, FOOT = HEIGHT, 60


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
        self.fit()

    def fit(self) -> None:
        """Use short names of the tabs where the whole ones do not fit, then leave words out."""
        rest = self._right.sizeHint().width() + self._left.sizeHint().width()
        rest += look().px(5 * 16 + 2 * 16 + 26)
        who, words = (part.sizeHint().width() for part in (self._who, self._words))
        long = self.tabs.full_width() + rest + who + words <= self.width() and not self._narrow
        self.tabs.set_narrow(narrow=not long)
        room = self.width() - rest - self.tabs.sizeHint().width()
        self._words.setVisible(not self._narrow and words <= room)
        self._who.setVisible(not self._narrow and words + who <= room)

    def event(self, event: QEvent) -> bool:
        """Fit anew when a part has come to need more room or less."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.fit()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the tabs into the new width."""
        super().resizeEvent(event)
        self.fit()


class SaveLine(QWidget):
    """Whether the last keystroke is on the disk: a shape, a sentence, a time."""

    def __init__(self) -> None:
        super().__init__()
        self._icon = Icon("hard-drive", 16, "ok")
        self._words = label("", "small", "2", wrap=True)
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
        self._key, self._in_lines = "", False
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus)

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
        self._key = view.key
        self._show_primary(view.primary)
        self.primary.setVisible(bool(view.primary))
        self.primary.setEnabled(view.enabled)

    def _show_primary(self, words: str) -> None:
        """Show the next step and its key: Enter makes a line in a box whose text has lines."""
        key = "Ctrl Enter" if self._in_lines and self._key == "Enter" else self._key
        if (self.primary.text(), self.primary.toolTip()) != (words, key):
            self.primary.show_words(words, key=key)

    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        page = self.parentWidget()
        within = now is not None and page is not None and page.isAncestorOf(now)
        self._in_lines = within and isinstance(now, QPlainTextEdit)
        self._show_primary(self.primary.text())
