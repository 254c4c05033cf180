"""A paper of our own making, shown from memory: pages and zoom.

What others made is shown by ``page_canvas``, through the reading process.
"""

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QIODevice,
    QLoggingCategory,
    QMargins,
    QPointF,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QWheelEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView

from reviewer_app.core.messages import _
from ui.look.theme import look

_LEAST, _MOST = 0.25, 5.0
_STEP = 1.2


# /Fit targets have no place and no zoom; Qt warns of each, though we ask for the page alone
QLoggingCategory.setFilterRules("qt.pdf.bookmarks=false")


class MemoryDocument:
    """A PDF held in memory with the buffer that Qt reads it from."""

    def __init__(self, data: bytes) -> None:
        self.document = QPdfDocument()
        self._buffer = QBuffer()
        self._buffer.setData(QByteArray(data))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document.load(self._buffer)

    @property
    def sound(self) -> bool:
        """Tell whether Qt could read it."""
        return self.document.status() is QPdfDocument.Status.Ready

    @property
    def pages(self) -> int:
        """Return how many pages it has."""
        return self.document.pageCount()

    def close(self) -> None:
        """Let go of the bytes."""
        self.document.close()
        self._buffer.close()


class PageView(QPdfView):
    """The pages; dimmed in the dark, never inverted; Ctrl and the wheel zoom."""

    turned = Signal(int)
    zoomed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Document"))
        self.setPageMode(QPdfView.PageMode.MultiPage)
        self.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.setFrameShape(QPdfView.Shape.NoFrame)
        self.setDocumentMargins(QMargins(24, 14, 24, 14))
        self.setPageSpacing(12)
        self._nothing = QPdfDocument(self)
        self.pageNavigator().currentPageChanged.connect(self.turned)

    def show_nothing(self) -> None:
        """Let go of the document."""
        self.setDocument(self._nothing)

    def go(self, page: int) -> None:
        """Turn to a page, from 0."""
        document = self.document()
        if document and 0 <= page < document.pageCount():
            self.pageNavigator().jump(page, QPointF(), 0)

    def page(self) -> int:
        """Return the page at the top, from 0."""
        return self.pageNavigator().currentPage()

    def zoom(self, step: int) -> None:
        """Enlarge (+1) or reduce (−1); 0 fits the width again."""
        if not step:
            self.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        else:
            factor = self.shown_factor() * (_STEP if step > 0 else 1 / _STEP)
            self.setZoomMode(QPdfView.ZoomMode.Custom)
            self.setZoomFactor(max(_LEAST, min(_MOST, factor)))
        self.zoomed.emit()

    def zoom_words(self) -> str:
        """Return how large the pages are shown."""
        if self.zoomMode() is QPdfView.ZoomMode.FitToWidth:
            return _("Fit width")
        return f"{round(self.zoomFactor() * 100)}%"

    def shown_factor(self) -> float:
        """Return the zoom of now, also where the width decides it."""
        document = self.document()
        if self.zoomMode() is QPdfView.ZoomMode.Custom or document is None:
            return self.zoomFactor()
        points = document.pagePointSize(self.page()).width()
        inch = self.logicalDpiX() / 72
        return (self.viewport().width() - 48) / (points * inch) if points else 1.0

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl, scroll otherwise."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
            return
        super().wheelEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pages on the sunken ground, dimmed in the dark."""
        ground = look().colour("sunken")
        palette = self.palette()
        if palette.color(QPalette.ColorRole.Dark) != ground:
            palette.setColor(QPalette.ColorRole.Dark, ground)
            self.setPalette(palette)
        super().paintEvent(event)
        if look().dark:
            painter = QPainter(self.viewport())
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
            painter.fillRect(event.rect(), look().colour("page"))
