"""What Qt can do on this machine, for the self-check."""

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinterInfo

from reviewer_app.core.errors import ReviewerError
from reviewer_app.core.messages import _


def describe() -> list[tuple[str, str]]:
    """Return (what, sentence) for windows, documents and printing; raises ReviewerError."""
    application = QGuiApplication.instance() or QGuiApplication(["reviewer-app"])
    if application is None:
        raise ReviewerError(_("Qt cannot start here"))
    platform = QGuiApplication.platformName()
    shown = QPdfDocument()
    printers = len(QPrinterInfo.availablePrinterNames())
    found = [
        ("qt", _("Qt {version} on {platform}").format(version=qVersion(), platform=platform)),
        ("documents", _("PDF documents can be shown")),
        ("printing", _("Printers found: {count}; PDF always works").format(count=printers)),
    ]
    shown.close()
    return found
