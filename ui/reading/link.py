"""The window's side of the reading process: questions in turn, answers on the window's thread.

A question that is not answered in time, or at which the process dies, is answered with
``error``: the process is started anew and the window never waits.
"""

import sys
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QProcess, QTimer

from ui.reading.frames import Gathering, Head, framed_head
from ui.reading.unreadable import SLOW

Answered = Callable[[Head, bytes], None]
READ_PAGES = "--read-pages"
PATIENCE_MS = 2_000
"""What opening a small document may take; drawing a page of a large plan takes longer."""
_START_MS = 8_000
"""What the start of the process may take on an old laptop."""
_PIECE = 1 << 20
_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class _Question:
    head: Head
    payload: bytes
    answered: Answered

    @property
    def patience(self) -> int:
        """Return how long its answer may take, in milliseconds."""
        longer = self.head["ask"] in {"picture", "find"}
        usual = 3 * PATIENCE_MS if longer else PATIENCE_MS
        return usual + (len(self.payload) >> 14)


class ReaderLink(QObject):
    """One reading process for the whole program; made at the first question."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process: QProcess | None = None
        self._gathering = Gathering()
        self._urgent: deque[_Question] = deque()
        self._patient: deque[_Question] = deque()
        self._asked: _Question | None = None
        self._left = memoryview(b"")
        self._fresh = True
        self.starts = 0
        """How often the process was started: what an earlier one had open is gone."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._give_up)
        application = QCoreApplication.instance()
        if application:
            application.aboutToQuit.connect(self.stop)

    def ask(
        self,
        head: Head,
        answered: Answered,
        payload: bytes = b"",
        *,
        urgent: bool = True,
    ) -> None:
        """Ask; what is urgent goes before what is not."""
        queue = self._urgent if urgent else self._patient
        queue.append(_Question(head, payload, answered))
        self._next()

    def warm_up(self) -> None:
        """Start the process before the first question, so that its answer comes at once."""
        self._running()

    def stop(self) -> None:
        """End the process; what was asked is answered no more."""
        self._urgent.clear()
        self._patient.clear()
        self._asked = None
        self._timer.stop()
        self._drop()

    def _running(self) -> QProcess:
        if self._process is None:
            self._process = QProcess(self)
            self._process.setProcessChannelMode(
                QProcess.ProcessChannelMode.ForwardedErrorChannel
            )
            self._process.readyReadStandardOutput.connect(self._on_data)
            self._process.bytesWritten.connect(lambda _count: self._write_on())
            self._process.finished.connect(self._on_ended)
            self._process.errorOccurred.connect(self._on_ended)
            self._gathering = Gathering()
            self.starts += 1
            self._fresh = True
            program, words = _command()
            self._process.setWorkingDirectory(str(_ROOT))
            self._process.start(program, words)
        return self._process

    def _next(self) -> None:
        if self._asked is not None or not (self._urgent or self._patient):
            return
        self._asked = (self._urgent or self._patient).popleft()
        process = self._running()
        self._timer.start(self._asked.patience + (_START_MS if self._fresh else 0))
        process.write(framed_head(self._asked.head, len(self._asked.payload)))
        self._left = memoryview(self._asked.payload)
        self._write_on()

    def _write_on(self) -> None:
        """Hand over the next piece of a document, so that it never lies here twice."""
        if self._process is None:
            return
        while len(self._left) and self._process.bytesToWrite() < _PIECE:
            self._process.write(bytes(self._left[:_PIECE]))
            self._left = self._left[_PIECE:]

    def _on_data(self) -> None:
        if self._process is None:
            return
        piece = bytes(self._process.readAllStandardOutput().data())
        for head, payload in self._gathering.add(piece):
            self._answer(head, payload)

    def _answer(self, head: Head, payload: bytes) -> None:
        asked, self._asked, self._fresh = self._asked, None, False
        self._timer.stop()
        if asked is not None:
            asked.answered(head, payload)
        self._next()

    def _give_up(self) -> None:
        self._drop()
        self._answer({"error": SLOW, "words": ""}, b"")

    def _on_ended(self) -> None:
        if self._process is not None and self.sender() is self._process:
            self._drop()
            self._answer({"error": "damaged", "words": ""}, b"")

    def _drop(self) -> None:
        process, self._process, self._left = self._process, None, memoryview(b"")
        if process is not None:
            process.blockSignals(True)  # noqa: FBT003 - Qt takes no keyword
            process.kill()
            process.waitForFinished(500)
            process.deleteLater()


_LINKS: list[ReaderLink] = []


def reader_link() -> ReaderLink:
    """Return the one link of the program, made at the first call."""
    application = QCoreApplication.instance()
    if not _LINKS:
        _LINKS.append(ReaderLink(application))
    return _LINKS[0]


def _command() -> tuple[str, list[str]]:
    """Return what starts the reading process, from a build as from the sources."""
    if getattr(sys, "frozen", False):
        program = Path(sys.executable)
        return str(program.with_name(f"reviewer-app{program.suffix}")), [READ_PAGES]
    return sys.executable, ["-m", "ui.reading.child"]
