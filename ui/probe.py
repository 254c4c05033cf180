"""What Qt can do on this machine, for the self-check."""

import os
import sys

from PySide6.QtCore import qVersion
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtWidgets import QApplication

from reviewer_app.core.errors import ReviewerError
from reviewer_app.core.messages import _


def has_display() -> bool:
    """Tell whether there is a screen that windows could open on."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def describe() -> list[tuple[str, str]]:
    """Return (what, sentence) for windows, documents and printing; raises ReviewerError.

    Without a display Qt is tried off the screen, because its own plugin would end the process.
    """
    if not has_display():
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication(["reviewer-app"])
    if application is None:
        raise ReviewerError(_("Qt cannot start here"))
    platform = QApplication.platformName()
    shown = QPdfDocument()
    printers = len(QPrinterInfo.availablePrinterNames())
    found = [
        ("qt", _("Qt {version} on {platform}").format(version=qVersion(), platform=platform)),
        ("documents", _("PDF documents can be shown")),
        ("printing", _("Printers found: {count}; PDF always works").format(count=printers)),
    ]
    shown.close()
    return found
