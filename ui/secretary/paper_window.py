"""A paper of this machine in its own window: pages, zoom, print."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QCloseEvent, QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from reviewer_app.core.errors import PaperError
from reviewer_app.core.messages import _
from ui.components.banner import Hint
from ui.components.button import Button, icon_button
from ui.components.text import label
from ui.expert.document_view import MemoryDocument, PageView
from ui.look.scaling import column, row
from ui.look.theme import look
from ui.printing import print_pdf


class PaperWindow(QWidget):
    """Shows a PDF from memory and prints it; ``printed`` once it went to the printer."""

    printed = Signal()

    def __init__(self, path: Path, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("ground", "window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(path.name)
        self._path = path
        self._document = MemoryDocument(path.read_bytes())
        self._pages = PageView()
        self._pages.setDocument(self._document.document)
        self._trouble = Hint()
        self._trouble.hide()
        printer = Button(_("Print"), kind="primary", icon="printer", key="Ctrl P")
        printer.clicked.connect(self.print_paper)
        smaller = icon_button("zoom-out", _("Smaller"))
        larger = icon_button("zoom-in", _("Larger"))
        smaller.clicked.connect(lambda: self._pages.zoom(-1))
        larger.clicked.connect(lambda: self._pages.zoom(1))
        folder = Button(_("Open the folder"), icon="folder-open")
        folder.clicked.connect(
            lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
        )
        bar = row(margins=(16, 8, 16, 8), gap=10)
        bar.put(
            label(path.name, "strong"), smaller, larger, self._trouble, None, folder, printer
        )
        body = column(bar)
        body.addWidget(self._pages, 1)
        self.setLayout(body)
        self.resize(look().px(900), look().px(760))
        QShortcut(QKeySequence("Ctrl+P"), self).activated.connect(self.print_paper)
        QShortcut(QKeySequence("Esc"), self).activated.connect(self.close)

    def print_paper(self) -> None:
        """Print every page."""
        try:
            if print_pdf(self._path, self):
                self.printed.emit()
        except PaperError as error:
            self._trouble.say(str(error), "bad", "circle-x")

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let go of the document."""
        self._pages.show_nothing()
        self._document.close()
        super().closeEvent(event)


def show_paper(
    path: Path, parent: QWidget, printed: Callable[[Path], None] | None = None
) -> None:
    """Show a paper; a list that is no PDF opens in the system's own program.

    ``printed`` is told the path once the paper went to the printer.
    """
    if path.suffix.lower() != ".pdf":
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
        return
    window = PaperWindow(path, parent)
    if printed:
        window.printed.connect(lambda: printed(path))
    window.show()
