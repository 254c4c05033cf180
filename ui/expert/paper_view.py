"""A paper of our own, shown page under page; the reading process draws it, not the window."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget

from reviewer_app.core.atomic import disk_fault
from ui.components.text import label
from ui.expert.open_documents import Failed, OpenDocuments, Taken
from ui.expert.page_canvas import PageCanvas
from ui.expert.score_views import DocumentTab
from ui.reading.described import Described
from ui.reading.link import reader_link


class PaperView(QStackedWidget):
    """Shows one PDF file from the disk, or says why it cannot be shown."""

    def __init__(self) -> None:
        super().__init__()
        self._documents = OpenDocuments(_read, reader_link())
        self.pages = PageCanvas()
        self._words = label("", "", "2", wrap=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.addWidget(self.pages)
        self.addWidget(self._words)

    def show_paper(self, file: Path) -> None:
        """Show a file as it is on the disk now."""
        self.forget()
        tab = DocumentTab(str(file), file.stem, file.name)
        self._documents.describe(tab, lambda described: self._on_described(tab, described))

    def forget(self) -> None:
        """Let go of the file."""
        self.pages.show_nothing()
        self._documents.forget()
        self.setCurrentWidget(self.pages)

    def _on_described(self, tab: DocumentTab, described: Described) -> None:
        if described.trouble:
            self._words.setText(described.trouble)
            self.setCurrentWidget(self._words)
            return
        self.pages.show_pages(
            described.sizes, lambda head, told: self._documents.ask(tab, head, told)
        )


def _read(entry: str, done: Taken, failed: Failed) -> None:
    try:
        data = Path(entry).read_bytes()
    except OSError as error:
        failed(disk_fault(error, Path(entry)))
        return
    done(data)
