"""The pages of one document, drawn by the reading process as they come into sight.

Only what can be seen is asked for, then the pages next to it; pictures are kept up to a limit.
Words are chosen with the mouse, hits are marked, and in the dark the pages are dimmed.
"""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame

from reviewer_app.core.messages import _
from ui.components import paint
from ui.expert.page_layout import PageLayout, Sizes, zoomed
from ui.expert.page_pictures import Ask, PagePictures
from ui.expert.word_choice import Box, WordChoice
from ui.look.fonts import Role
from ui.look.theme import look

_STEP = 1.2
_NOTCH = 120
"""What a mouse wheel reports for one notch; a trackpad reports less, and more often."""
_SETTLE_MS = 30


class PageCanvas(QAbstractScrollArea):
    """Pages one under the other; ``turned`` carries the page at the top, from 0."""

    turned = Signal(int)
    zoomed = Signal()
    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Document"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self._ask: Ask | None = None
        self._sizes: Sizes = ()
        self._zoom: float | None = None
        self._layout = PageLayout((), 100, None, 96)
        self._pictures = PagePictures(self._on_picture)
        self._page = 0
        self._marks: Mapping[int, Sequence[Box]] = {}
        self._here: tuple[int, Sequence[Box]] = (-1, [])
        self._words = WordChoice(self._on_chosen)
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(_SETTLE_MS)
        self._settling.timeout.connect(self._want)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    # -- what is shown

    def show_pages(self, sizes: Sizes, ask: Ask) -> None:
        """Show another document, from its first page on."""
        self.show_nothing()
        self._sizes, self._ask = sizes, ask
        self._pictures.begin(ask)
        self._words.begin(ask)
        self._lay_out()
        self.verticalScrollBar().setValue(0)
        self._want()

    def show_nothing(self) -> None:
        """Let go of the document."""
        self._sizes, self._ask = (), None
        self._pictures.begin(None)
        self._words.begin(None)
        self._marks, self._here = {}, (-1, [])
        self._page = 0
        self._lay_out()

    def mark(self, boxes: Mapping[int, Sequence[Box]]) -> None:
        """Mark hits by page."""
        self._marks, self._here = boxes, (-1, [])
        self.viewport().update()

    def go(self, page: int) -> None:
        """Turn to a page, from 0."""
        if 0 <= page < len(self._layout.boxes):
            self._page = page
            self.verticalScrollBar().setValue(self._layout.boxes[page].y - 8)
            self._turn(page)

    def go_hit(self, page: int, boxes: Sequence[Box]) -> None:
        """Show one hit, in the upper third of the view."""
        if not 0 <= page < len(self._layout.boxes) or not boxes:
            return
        self._here = (page, boxes)
        y = self._layout.boxes[page].y + boxes[0][1] * self._layout.scale
        self.verticalScrollBar().setValue(round(y - self.viewport().height() / 3))
        x = self._layout.boxes[page].x + boxes[0][0] * self._layout.scale
        self.horizontalScrollBar().setValue(round(x - self.viewport().width() / 2))
        self._turn(page)
        self.viewport().update()

    def page(self) -> int:
        """Return the page that is read, from 0."""
        return self._page

    def count(self) -> int:
        """Return how many pages there are."""
        return len(self._layout.boxes)

    def zoom(self, step: int) -> None:
        """Enlarge (+1) or reduce (−1); 0 fits the width again."""
        self.zoom_by(_STEP if step > 0 else 1 / _STEP if step else 0)

    def zoom_by(self, change: float) -> None:
        """Enlarge by a factor, the same place in sight; 0 fits the width again."""
        place = self._offset()
        self._zoom = zoomed(self._layout.factor, change) if change else None
        self._lay_out()
        self._restore(place)
        self.zoomed.emit()

    def zoom_words(self) -> str:
        """Return how large the pages are shown."""
        return _("Fit width") if self._zoom is None else f"{round(self._zoom * 100)}%"

    def drawn(self, page: int) -> bool:
        """Tell whether a page has its picture."""
        return self._pictures.picture(page) is not None

    @property
    def choice(self) -> str:
        """Return the chosen words."""
        return self._words.text

    def clear_choice(self) -> None:
        """Choose no words."""
        self._words.clear()

    def choice_end(self) -> QRect:
        """Return where the chosen words end, in the viewport; empty where none are."""
        boxes = self._words.boxes
        return self._shown(self._words.page, boxes[-1]).toRect() if boxes else QRect()

    # -- events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the pages out anew, the same page in sight."""
        super().resizeEvent(event)
        share = self._offset()
        self._lay_out()
        self._restore(share)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl, as much as wheel or fingers turn; scroll otherwise, to the pixel."""
        fine, turned = event.pixelDelta(), event.angleDelta().y()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(_STEP ** (turned / _NOTCH))
            event.accept()
        elif not fine.isNull():
            for bar, by in (
                (self.horizontalScrollBar(), fine.x()),
                (self.verticalScrollBar(), fine.y()),
            ):
                bar.setValue(bar.value() - by)
            event.accept()
        else:
            super().wheelEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Zoom with two fingers."""
        pinch = Qt.NativeGestureType.ZoomNativeGesture
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == pinch:
            self.zoom_by(max(0.2, 1 + event.value()))
            return True
        return super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy the chosen words; Esc lets them go."""
        if event.matches(QKeySequence.StandardKey.Copy) and self.choice:
            QGuiApplication.clipboard().setText(self.choice)
        elif event.key() == Qt.Key.Key_Escape and self.choice:
            self.clear_choice()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to choose words."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._words.start(self._place(event.position()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Choose words as far as the mouse goes, on one page."""
        page = self._words.started_on()
        if page is not None and event.buttons() & Qt.MouseButton.LeftButton:
            self._words.reach(self._on_page(page, event.position()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pages in sight on the sunken ground, dimmed in the dark."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), look().colour("sunken"))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for page in self._in_sight():
            self._paint_page(painter, page)
        if look().dark:
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
            painter.fillRect(event.rect(), look().colour("page"))
        painter.end()

    def _paint_page(self, painter: QPainter, page: int) -> None:
        rect = self._page_rect(page)
        painter.fillRect(rect, Qt.GlobalColor.white)
        picture, trouble = self._pictures.picture(page), self._pictures.trouble(page)
        if picture is not None:
            painter.drawImage(rect, picture)
        elif trouble:
            words = rect.adjusted(24, 24, -24, 0)
            ink = "text" if not look().dark else "on_accent"
            paint.write(painter, words, trouble, Role.BASE, ink, paint.WRAP)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        for box in self._marks.get(page, ()):
            painter.fillRect(self._shown(page, box), look().colour("search"))
        if page == self._words.page:
            for box in self._words.boxes:
                painter.fillRect(self._shown(page, box), look().colour("search"))
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        if page == self._here[0]:
            painter.setPen(look().colour("warn"))
            for box in self._here[1]:
                painter.drawRect(self._shown(page, box).adjusted(-1, -1, 1, 1))

    # -- places

    def _lay_out(self) -> None:
        room, inch = self.viewport().width(), float(self.logicalDpiX())
        self._layout = PageLayout(self._sizes, room, self._zoom, inch)
        view = self.viewport().size()
        down, across = self.verticalScrollBar(), self.horizontalScrollBar()
        down.setRange(0, max(0, self._layout.height - view.height()))
        down.setPageStep(max(1, view.height() - 40))
        down.setSingleStep(48)
        across.setRange(0, max(0, self._layout.width - view.width()))
        across.setPageStep(view.width())
        self._settling.start()
        self.viewport().update()

    def _offset(self) -> tuple[int, float]:
        """Return the page in sight and how far down in it the view begins."""
        if not self._layout.boxes:
            return 0, 0.0
        top = self.verticalScrollBar().value()
        page = self._layout.page_at(top + 8)
        box = self._layout.boxes[page]
        return page, (top - box.y) / box.height

    def _restore(self, place: tuple[int, float]) -> None:
        page, share = place
        if page < len(self._layout.boxes):
            box = self._layout.boxes[page]
            self.verticalScrollBar().setValue(round(box.y + share * box.height))

    def _in_sight(self) -> range:
        top = self.verticalScrollBar().value()
        return self._layout.pages_in(top, top + self.viewport().height())

    def _page_rect(self, page: int) -> QRect:
        box = self._layout.boxes[page]
        x = box.x - self.horizontalScrollBar().value()
        return QRect(x, box.y - self.verticalScrollBar().value(), box.width, box.height)

    def _shown(self, page: int, box: Box) -> QRectF:
        rect, scale = self._page_rect(page), self._layout.scale
        return QRectF(
            rect.x() + box[0] * scale, rect.y() + box[1] * scale, box[2] * scale, box[3] * scale
        )

    def _place(self, point: QPointF) -> tuple[int, QPointF] | None:
        if not self._layout.boxes:
            return None
        page = self._layout.page_at(point.y() + self.verticalScrollBar().value())
        return page, self._on_page(page, point)

    def _on_page(self, page: int, point: QPointF) -> QPointF:
        """Return a point of the viewport in points of a page, kept on it."""
        rect, scale = self._page_rect(page), self._layout.scale
        x = min(max(point.x() - rect.x(), 0), rect.width()) / scale
        y = min(max(point.y() - rect.y(), 0), rect.height()) / scale
        return QPointF(x, y)

    # -- asking

    def _on_scrolled(self) -> None:
        pages = self._in_sight()
        if pages:
            top = self.verticalScrollBar().value() + self.viewport().height() // 3
            self._turn(min(self._layout.page_at(top), len(self._layout.boxes) - 1))
        self._settling.start()
        self.viewport().update()

    def _turn(self, page: int) -> None:
        if page != self._page:
            self._page = page
        self.turned.emit(page)

    def _want(self) -> None:
        """Ask for the pages in sight, then for those beside them."""
        ratio, seen = self.devicePixelRatioF(), self._in_sight()
        boxes = self._layout.boxes
        beside = (seen.stop, seen.start - 1) if seen else ()
        pages = [page for page in (*seen, *beside) if 0 <= page < len(boxes)]
        self._pictures.want([(page, round(boxes[page].width * ratio)) for page in pages], seen)

    def _on_picture(self) -> None:
        self.viewport().update()
        self._want()

    def _on_chosen(self) -> None:
        self.chosen.emit()
        self.viewport().update()
