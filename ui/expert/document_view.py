"""One PDF from memory: pages, outline, search, zoom; nothing of it ever touches the disk."""

from collections.abc import Iterator

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QIODevice,
    QLoggingCategory,
    QMargins,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent, QWheelEvent
from PySide6.QtPdf import QPdfBookmarkModel, QPdfDocument, QPdfSearchModel
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from reviewer_app.core.messages import _
from ui.components import paint
from ui.look.fonts import Role
from ui.look.theme import look

_LEAST, _MOST = 0.25, 5.0
_STEP = 1.2
_PAGE = 34
Index = QModelIndex | QPersistentModelIndex


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


class OutlineDelegate(QStyledItemDelegate):
    """Paints an entry of the outline: its words wrapped, its page at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of the wrapped words."""
        words = str(index.data() or "")
        tree = option.widget
        depth, parent = 1, index.parent()
        while parent.isValid():
            depth, parent = depth + 1, parent.parent()
        inside = tree.viewport().width() if isinstance(tree, QTreeView) else 0
        indent = depth * tree.indentation() if isinstance(tree, QTreeView) else 0
        room = inside - indent - look().px(_PAGE)
        return QSize(0, paint.height(words, Role.SMALL, room) + look().px(8))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the entry."""
        rect, px = option.rect, look().px
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(rect, look().colour("accent_tint"))
        role = Role.SMALL_STRONG if chosen else Role.SMALL
        ink = "accent" if chosen else "text"
        words = rect.adjusted(px(2), px(4), -px(_PAGE), 0)
        paint.write(painter, words, str(index.data() or ""), role, ink, paint.LEFT | paint.WRAP)
        page = index.data(QPdfBookmarkModel.Role.Page.value)
        if isinstance(page, int):
            place = rect.adjusted(0, px(4), -px(8), 0)
            paint.write(painter, place, str(page + 1), Role.SMALL, "text_2", paint.RIGHT)


class OutlineTree(QTreeView):
    """The document's outline; ``asked`` carries the page of an entry, from 0."""

    asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Outline"))
        self.setProperty("ground", "rail")
        self.setHeaderHidden(True)
        self.setWordWrap(True)
        self.setUniformRowHeights(False)
        self.setIndentation(look().px(14))
        self.setItemDelegate(OutlineDelegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._model = QPdfBookmarkModel(self)
        self._nothing = QPdfDocument(self)
        self.setModel(self._model)
        self.clicked.connect(self._on_asked)
        self.activated.connect(self._on_asked)

    def show_document(self, document: QPdfDocument | None) -> None:
        """Show the outline of a document, or none."""
        self._model.setDocument(document or self._nothing)
        self.expandAll()

    def show_page(self, page: int) -> None:
        """Mark the last entry that begins on or before a page, from 0."""
        found = QModelIndex()
        for index in self._walk(QModelIndex()):
            begins = index.data(QPdfBookmarkModel.Role.Page.value)
            if isinstance(begins, int) and begins <= page:
                found = index
        self.setCurrentIndex(found)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the entries to the new width."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _walk(self, parent: QModelIndex) -> Iterator[QModelIndex]:
        for row in range(self._model.rowCount(parent)):
            index = self._model.index(row, 0, parent)
            yield index
            yield from self._walk(index)

    def has_entries(self) -> bool:
        """Tell whether the document has an outline at all."""
        return self._model.rowCount(QModelIndex()) > 0

    def _on_asked(self, index: QModelIndex) -> None:
        page = self._model.data(index, QPdfBookmarkModel.Role.Page.value)
        if isinstance(page, int):
            self.asked.emit(page)


class Finder:
    """Search in one document: hits, and the one shown."""

    def __init__(self, view: PageView, parent: QWidget) -> None:
        self._view = view
        self.model = QPdfSearchModel(parent)
        self._nothing = QPdfDocument(parent)
        self._place = -1
        view.setSearchModel(self.model)

    def look_for(self, words: str, document: QPdfDocument | None) -> None:
        """Begin to search."""
        self._place = -1
        self.model.setDocument(document or self._nothing)
        self.model.setSearchString(words)

    def hits(self) -> int:
        """Return how many hits there are so far."""
        return self.model.rowCount(QModelIndex())

    def go(self, step: int) -> None:
        """Show the next hit (+1) or the one before (−1), round the end."""
        hits = self.hits()
        if not hits:
            return
        self._place = (self._place + step) % hits
        self._view.setCurrentSearchResultIndex(self._place)
        link = self.model.resultAtIndex(self._place)
        self._view.pageNavigator().jump(link.page(), link.location(), 0)

    def words(self) -> str:
        """Return which hit of how many is shown."""
        hits = self.hits()
        return f"{self._place + 1}／{hits}" if hits else "0"
