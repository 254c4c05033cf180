"""Start the windows: dress the program, show the window, then let it look at its data."""

import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from reviewer_app.core.messages import Language
from reviewer_app.core.messages import language as installed
from ui.language import speak
from ui.look import theme
from ui.needs import Needs
from ui.report import report_bugs
from ui.settings import Settings
from ui.window import Window


def run(needs: Needs, pack: Path | None = None) -> int:
    """Show the window until it is closed and return the exit status.

    The language was installed by ``bootstrap``; one chosen in the window wins.
    """
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        application = QApplication(sys.argv[:1])
    application.setApplicationName("Reviewer")
    window = make_window(application, needs)
    window.show()
    QTimer.singleShot(0, window, lambda: window.begin(pack))
    return application.exec()


def make_window(application: QApplication, needs: Needs) -> Window:
    """Return the window, dressed as this machine was left, not shown yet."""
    settings = Settings(needs.home)
    chosen = settings.language()
    if chosen:
        speak(chosen)
    theme.apply(application, settings.mode(), settings.text_size("start"))
    language = chosen or installed()
    if not chosen and language is Language.CHINESE:
        speak(language)
    window = Window(needs, settings, language)
    report_bugs(needs.home, lambda: window if window.isVisible() else None)
    return window
