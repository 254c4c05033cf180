"""Places on a page: where files are dropped, where long work shows, where nothing is yet."""

import time
from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QProgressBar, QWidget

from reviewer_app.core.messages import _
from ui.components.button import Button
from ui.components.card import Card
from ui.components.text import Icon, label, rule
from ui.look.scaling import column, empty, row
from ui.look.theme import set_property

_CENTRE = Qt.AlignmentFlag.AlignHCenter
_FORETELL_AFTER_S = 3.0


def dropped_paths(data: QMimeData) -> list[Path]:
    """Return the files and folders of this machine that are being dragged."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


class DropCatcher(QObject):
    """Lets a whole page take dropped files; ``dropped`` carries their paths."""

    hovered = Signal(int)
    dropped = Signal(list)

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        page.setAcceptDrops(True)
        page.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take drags of files; leave everything else alone."""
        if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            self.hovered.emit(0)
            self.dropped.emit(dropped_paths(event.mimeData()))
            event.acceptProposedAction()
            return True
        if isinstance(event, QDragEnterEvent) and event.type() == QEvent.Type.DragEnter:
            paths = dropped_paths(event.mimeData())
            self.hovered.emit(len(paths))
            if paths:
                event.acceptProposedAction()
            return True
        if isinstance(event, QDragLeaveEvent):
            self.hovered.emit(0)
            return True
        return False


class DropZone(QFrame):
    """A dashed box that says what to drop, with the two buttons that do the same.

    ``watch`` makes a whole page accept drops; ``dropped`` carries the paths.
    """

    dropped = Signal(list)

    def __init__(self, words: str, kinds: str, *buttons: Button) -> None:
        super().__init__()
        self.setProperty("kind", "drop")
        self._words_text = words
        self._icon = Icon("file-down", 28, "accent")
        self._words = label(words, "", wrap=True)
        self._words.setAlignment(_CENTRE)
        kinds_label = label(kinds, "small", "2", wrap=True)
        kinds_label.setAlignment(_CENTRE)
        body = column(margins=(16, 14, 16, 14), gap=6)
        body.addWidget(self._icon, 0, _CENTRE)
        body.put(self._words, kinds_label)
        body.addLayout(row(None, *buttons, None, gap=8))
        self.setLayout(body)
        self.setAccessibleName(f"{words} {kinds}")

    def watch(self, page: QWidget) -> None:
        """Accept drops anywhere on ``page``."""
        catcher = DropCatcher(page)
        catcher.hovered.connect(self._on_hover)
        catcher.dropped.connect(self.dropped)

    def _on_hover(self, count: int) -> None:
        set_property(self, "state", "over" if count else "")
        words = _("Release to read {count} files").format(count=count)
        self._words.setText(words if count else self._words_text)


class ProgressCard(Card):
    """What is being done, how far, how long still, and the button that stops it.

    ``cancelled`` when the person stops it (Esc does the same where the page says so).
    """

    cancelled = Signal()

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(margins=(20, 16, 20, 16), gap=10)
        self._clock, self._began = clock, 0.0
        self._what = label("", "card-title", wrap=True)
        self._time = label("", "small", "2")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._count = label("", "strong")
        self._keeps = label("", "small", "2", wrap=True)
        self.cancel = Button(_("Cancel"), icon="x", key="Esc")
        self.cancel.clicked.connect(self.cancelled)
        head = row(gap=12)
        head.addWidget(self._what, 1)
        head.addWidget(self._time)
        line = row(gap=14)
        line.addWidget(self._bar, 1)
        line.put(self._count, self.cancel)
        self.body.put(head, line, self._keeps)

    def begin(self, what: str, keeps: str, *, cancellable: bool = True) -> None:
        """Show that ``what`` has begun; ``keeps`` says what cancelling leaves."""
        self._began = self._clock()
        self._what.setText(what)
        self._keeps.setText(keeps)
        self._keeps.setVisible(bool(keeps))
        self.cancel.setVisible(cancellable)
        self.show_progress(0, 0)
        self.show()

    def show_progress(self, done: int, total: int, unit: str = "") -> None:
        """Show how many are done of how many; a total of 0 is not known yet."""
        self._bar.setRange(0, max(total, 0))
        self._bar.setValue(done)
        self._count.setText(f"{done}／{total} {unit}".strip() if total else "")
        spent = self._clock() - self._began
        words = _("{spent} so far").format(spent=_clock_words(spent)) if spent >= 1 else ""
        if done and total and spent > _FORETELL_AFTER_S:
            rest = spent * (total - done) / done
            words = _("{spent} so far, about {rest} to go").format(
                spent=_clock_words(spent), rest=_clock_words(rest)
            )
        self._time.setText(words)
        self.setAccessibleName(f"{self._what.text()} {self._count.text()} {words}".strip())


class EmptyState(Card):
    """Nothing is here yet: one sentence, and what may be done."""

    def __init__(self, icon: str, title: str, words: str, *buttons: QWidget) -> None:
        super().__init__(margins=(24, 28, 24, 28), gap=6)
        self.body.addWidget(Icon(icon, 34), 0, _CENTRE)
        for text in (label(title, "card-title", wrap=True), label(words, "", "2", wrap=True)):
            text.setAlignment(_CENTRE)
            self.body.addWidget(text)
        line = row(None, *buttons, None, gap=12)
        self.body.put(6, line)


class Checklist(QWidget):
    """Points to be met, each with a shape, a sentence and its detail below."""

    def __init__(self, *, ruled: bool = False) -> None:
        super().__init__()
        self._ruled = ruled
        self._body = column(gap=0)
        self.setLayout(self._body)

    def show_points(self, points: Iterable[tuple[str, str, str, str]]) -> None:
        """Show (icon, tone, sentence, detail) for every point."""
        empty(self._body)
        for place, point in enumerate(points):
            if place and self._ruled:
                self._body.addWidget(rule())
            self._body.addWidget(_point(*point))


def _point(icon: str, tone: str, sentence: str, detail: str) -> QWidget:
    point = QWidget()
    words = column(label(sentence, "", wrap=True), gap=0)
    if detail:
        words.addWidget(label(detail, "small", "2", wrap=True))
    line = row(Icon(icon, 20, tone or "text_2"), margins=(0, 3, 0, 3), gap=12)
    line.addLayout(words, 1)
    point.setLayout(line)
    point.setAccessibleName(f"{sentence} {detail}")
    return point


def _clock_words(seconds: float) -> str:
    whole = max(0, round(seconds))
    return f"{whole // 60}:{whole % 60:02d}"
