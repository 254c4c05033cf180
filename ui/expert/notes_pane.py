"""Private notes: always one key away; nothing carries them but the encrypted draft."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QPlainTextEdit

from reviewer_app.core.messages import _
from ui.components.button import Button
from ui.components.text import Icon, key, label
from ui.look.scaling import bound, column, row

_SETTLE_MS = 400


class NotesPane(QFrame):
    """The private margin; folded to one line, or open. ``typed`` carries the whole note."""

    typed = Signal(str)
    folded = Signal()

    def __init__(self, *, beside: bool) -> None:
        super().__init__()
        self.setProperty("ground", "rail")
        self._beside = beside
        self._waiting = QTimer(self)
        self._waiting.setSingleShot(True)
        self._waiting.setInterval(_SETTLE_MS)
        self._waiting.timeout.connect(self.settle)
        self.field = QPlainTextEdit()
        self.field.setProperty("kind", "bare")
        self.field.setAccessibleName(_("Private notes"))
        self.field.setPlaceholderText(_("Only for you"))
        self.field.setTabChangesFocus(True)
        self.field.textChanged.connect(self._on_changed)
        self._showing = self._pending = False
        self._fold = Button(
            _("Private notes"), kind="quiet", icon="notebook-pen", size="compact"
        )
        self._fold.clicked.connect(self.folded)
        self._count = label("", "small", "2")
        self._promise = label(
            _("For you alone: never printed or submitted; only the locked draft has them"),
            "smallest",
            "2",
            wrap=beside,
        )
        self._short = label(_("for you alone, not printed, not submitted"), "small", "3")
        if beside:
            self._short.hide()
        head = row(self._fold, self._count, self._short, None, key("F4"), margins=(2, 2, 12, 2))
        self._lock = QFrame()
        line = row(Icon("lock", 14), margins=(12, 0, 12, 8), gap=6)
        line.addWidget(self._promise, 1)
        self._lock.setLayout(line)
        body = column(head)
        body.addWidget(self.field, 1)
        body.addWidget(self._lock)
        self.setLayout(body)
        self._fit()

    def show_note(self, text: str) -> None:
        """Show the note of another application."""
        if not self._pending and self.field.toPlainText() != text:
            self._showing = True
            self.field.setPlainText(text)
            self._showing = False
        lines = len([line for line in text.splitlines() if line.strip()])
        self._count.setText(_("{count} lines").format(count=lines) if lines else "")

    def set_open(self, *, shown: bool) -> None:
        """Unfold the margin, or fold it to its line."""
        self.field.setVisible(shown)
        self._lock.setVisible(shown)
        self._short.setVisible(not shown)
        self._fit()

    def is_open(self) -> bool:
        """Tell whether it is unfolded."""
        return not self.field.isHidden()

    def focus(self) -> None:
        """Give the keyboard to the note."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def settle(self) -> None:
        """Let what is being typed be stored now."""
        self._waiting.stop()
        if self._pending:
            self._pending = False
            self.typed.emit(self.field.toPlainText())

    def _on_changed(self) -> None:
        if not self._showing:
            self._pending = True
            self._waiting.start()

    def _fit(self) -> None:
        if self._beside:
            bound(self, min_width=200, max_width=280)
        else:
            high = 132 if self.is_open() else 32
            bound(self, min_height=high, max_height=high)
