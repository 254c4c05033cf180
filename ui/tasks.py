"""Run service calls off the window's thread, one at a time, with progress and a way to stop."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from reviewer_app.core.errors import CancelledError, ReviewerError
from reviewer_app.core.messages import _
from ui.work import Report, Running, Tasks

__all__ = ["Report", "Running", "TaskRunner", "Tasks"]

T = TypeVar("T")


class TaskRunner(QObject):
    """One worker thread, one queue; callbacks arrive on the window's thread.

    The worker touches no QObject but this one, and only to emit, so nothing of Qt's is ever
    destroyed on the wrong thread. Tasks start from pages that live as long as the window.
    """

    _finished = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="work")
        self._closed = False
        self._waiting = 0
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Callable[[], T],
        *,
        done: Callable[[T], None],
        failed: Callable[[ReviewerError], None],
    ) -> None:
        """Call ``work`` in the background, then one callback on the window's thread.

        Only a ReviewerError reaches ``failed``; a bug is raised for the excepthook.
        """

        def deliver(future: Future[T]) -> None:
            self._waiting -= 1
            error = future.exception()
            if isinstance(error, ReviewerError):
                failed(error)
            else:
                done(future.result())

        self._waiting += 1
        future = self._pool.submit(work)
        future.add_done_callback(lambda f: self._finished.emit(lambda: deliver(f)))

    def run_long(
        self,
        work: Callable[[Report], T],
        *,
        progress: Report,
        done: Callable[[T], None],
        failed: Callable[[ReviewerError], None],
    ) -> Running:
        """Call ``work`` with a way to report; what it reports reaches ``progress``."""
        running = Running()

        def report(count: int, total: int, what: str) -> None:
            if running.cancelled:
                raise CancelledError(_("Stopped; finished parts stay"))
            self._finished.emit(lambda: progress(count, total, what))

        self.run(lambda: work(report), done=done, failed=failed)
        return running

    @property
    def busy(self) -> bool:
        """Tell whether anything is under way or waiting."""
        return self._waiting > 0

    def close(self) -> None:
        """Finish the running task, drop the rest, deliver nothing more."""
        self._closed = True
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _deliver(self, call: Callable[[], None]) -> None:
        if not self._closed:
            call()
