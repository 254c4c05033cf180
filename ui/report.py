"""A bug, said once: one report that can be copied, and the same in the log."""

import platform
import sys
import traceback
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from reviewer_app import __version__
from reviewer_app.core.messages import _
from ui.components.button import Button
from ui.components.text import label
from ui.look.scaling import column, row
from ui.look.theme import look

LOG = "windows.log"
_MOST_BYTES = 1 << 20


class BugReport(QDialog):
    """What went wrong in the program itself, to be copied and sent on."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("A fault in the program"))
        self._words = QPlainTextEdit(text)
        self._words.setReadOnly(True)
        self._words.setAccessibleName(_("Report"))
        copy = Button(_("Copy the report"), kind="primary", icon="copy")
        copy.clicked.connect(self._copy)
        close = Button(_("Close and go on"))
        close.clicked.connect(self.accept)
        self.setLayout(
            column(
                label(
                    _("The program made a mistake. What you entered before is saved."), "strong"
                ),
                label(
                    _("Please hand this report to whoever looks after the program."),
                    "small",
                    "2",
                ),
                self._words,
                row(None, close, copy),
                margins=(20, 16, 20, 16),
                gap=10,
            )
        )
        self.resize(look().px(720), look().px(420))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._words.toPlainText())


def report_bugs(home: Path, parent: Callable[[], QWidget | None]) -> None:
    """Make every uncaught error write one report to ``home`` and show it once."""
    shown: list[BugReport] = []

    def handle(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        text = describe(kind, error, trace)
        _append(home / LOG, text)
        sys.stderr.write(text)
        if not any(report.isVisible() for report in shown):
            shown[:] = [BugReport(text, parent())]
            shown[0].show()

    sys.excepthook = handle


def describe(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> str:
    """Return the report of one error: versions, time, where it happened."""
    head = (
        f"reviewer-app {__version__}, Python {platform.python_version()}, Qt {qVersion()}, "
        f"{platform.platform()}\n{datetime.now().astimezone().isoformat(timespec='seconds')}\n"
    )
    return head + "".join(traceback.format_exception(kind, error, trace))


def _append(path: Path, text: str) -> None:
    try:
        if path.exists() and path.stat().st_size > _MOST_BYTES:
            path.replace(path.with_suffix(".old.log"))
        with path.open("a", encoding="utf-8") as log:
            log.write(text + "\n")
    except OSError as error:
        sys.stderr.write(f"{path}: {error}\n")
