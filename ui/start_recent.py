"""What was used last on the start page: a line a pack or round, the sample below."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QWidget

from reviewer_app.core.messages import _
from ui.components.button import Button
from ui.components.card import Card
from ui.components.chip import StateChip, StateLine
from ui.components.text import Icon, label, rule
from ui.look.scaling import column, empty, row
from ui.start_presenter import RecentView


class RecentRow(QFrame):
    """One pack or round used before; a click, Enter or its button goes on with it."""

    asked = Signal(str)
    stepped = Signal(int)

    def __init__(self, view: RecentView, *, first: bool) -> None:
        super().__init__()
        self.key = view.key
        self.setProperty("kind", "recent")
        self.setProperty("state", "current" if view.action and first else "")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"{view.title}，{view.line}，{view.state.word}")
        title = label(view.title, "", wrap=True)
        words = column(title, label(view.line, "smallest", "2", wrap=True), gap=0)
        line = row(Icon(view.icon, 20), margins=(16, 7, 16, 7), gap=12)
        line.addLayout(words, 1)
        if view.action:
            line.addWidget(StateLine(view.state))
            button = Button(view.action, key="Enter", size="middle")
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda: self.asked.emit(self.key))
            line.put(8, button)
        else:
            line.put(StateChip(view.state), Icon("chevron-right", 18))
        self.setLayout(line)
        self.button = button if view.action else None

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Go on with it."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.asked.emit(self.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on with it, ↑ and ↓ move."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.asked.emit(self.key)
        elif event.key() == Qt.Key.Key_Down:
            self.stepped.emit(1)
        elif event.key() == Qt.Key.Key_Up:
            self.stepped.emit(-1)
        else:
            super().keyPressEvent(event)


class RecentCard(Card):
    """The list of what was used last, and below it the sample round."""

    asked = Signal(str)
    sample_requested = Signal()

    def __init__(self) -> None:
        super().__init__(margins=(0, 0, 0, 0), gap=0)
        self._rows: list[RecentRow] = []
        self._views: tuple[RecentView, ...] = ()

    def show_recent(self, views: Sequence[RecentView]) -> None:
        """Show the list anew; the line that has the keyboard keeps it."""
        if tuple(views) == self._views:
            return
        held = next((old.key for old in self._rows if old.hasFocus()), None)
        self._views, self._rows = tuple(views), []
        empty(self.body)
        self.body.put(_head(), rule(strong=True))
        for view in views:
            line = RecentRow(view, first=not self._rows)
            line.asked.connect(self.asked)
            line.stepped.connect(self._step)
            self._rows.append(line)
            self.body.put(line, rule())
            line.show()
            if line.key == held:
                line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.body.addWidget(self._sample_row())

    def rows(self) -> list[RecentRow]:
        """Return the lines, the last used first."""
        return self._rows

    def going_on(self) -> RecentRow | None:
        """Return the pack in work, if there is one: going on with it is the next step."""
        return self._rows[0] if self._rows and self._rows[0].button else None

    def fill_first(self, *, filled: bool) -> None:
        """Fill the button of the pack in work, or none."""
        for place, line in enumerate(self._rows):
            if line.button:
                line.button.set_kind("primary" if filled and not place else "")

    def _step(self, step: int) -> None:
        """Go to the line before or after the one that has the keyboard; the ends are ends."""
        held = next(place for place, line in enumerate(self._rows) if line.hasFocus())
        place = min(max(held + step, 0), len(self._rows) - 1)
        self._rows[place].setFocus(Qt.FocusReason.TabFocusReason)

    def _sample_row(self) -> QWidget:
        sample = QWidget()
        button = Button(_("Open the sample"), icon="play", size="middle")
        button.clicked.connect(self.sample_requested)
        words = _("Invented applications and experts. Try anything; real data stay untouched.")
        texts = column(
            label(_("The sample round")), label(words, "smallest", "2", wrap=True), gap=0
        )
        line = row(Icon("flask-conical", 20, "accent"), margins=(16, 8, 16, 8), gap=12)
        line.addLayout(texts, 1)
        line.addWidget(button)
        sample.setLayout(line)
        return sample


def _head() -> QWidget:
    head = QWidget()
    head.setLayout(
        row(
            label(_("Recent"), "strong"),
            None,
            label(_("last used first"), "small", "2"),
            margins=(16, 8, 16, 8),
        )
    )
    return head
