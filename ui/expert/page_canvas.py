"""The pages of one document, drawn by the reading process as they come into sight.

Only what can be seen is asked for, then the pages next to it; pictures are kept up to a limit.
Words are chosen with the mouse, hits are marked, and in the dark the pages are dimmed.
"""

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame

from reviewer_app.core.messages import _
from ui.components import paint
from ui.expert.page_layout import PageLayout, Sizes, zoomed
from ui.look.fonts import Role
from ui.look.theme import look
from ui.reading.frames import Head
from ui.reading.words import joined

Ask = Callable[[Head, Callable[[Head, bytes], None]], None]
"""Ask the reading process about the shown document."""
Box = Sequence[float]
_KEPT_BYTES = 40 << 20
_STEP = 1.2
_SETTLE_MS = 30
_FORMATS = {
    "argb": QImage.Format.Format_ARGB32,
    "rgba": QImage.Format.Format_RGBA8888,
}


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
        self._pictures: OrderedDict[int, tuple[int, QImage]] = OrderedDict()
        self._bad: dict[int, str] = {}
        self._asked: tuple[int, int] | None = None
        self._page = 0
        self._marks: Mapping[int, Sequence[Box]] = {}
        self._here: tuple[int, Sequence[Box]] = (-1, [])
        self._from: tuple[int, QPointF] | None = None
        self._to: QPointF | None = None
        self._choosing = False
        self.choice = ""
        """The chosen words."""
        self.choice_page = -1
        self._choice_boxes: list[Box] = []
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
        self._lay_out()
        self.verticalScrollBar().setValue(0)
        self._want()

    def show_nothing(self) -> None:
        """Let go of the document."""
        self._sizes, self._ask = (), None
        self._pictures.clear()
        self._bad.clear()
        self._asked, self._choosing = None, False  # no answer comes any more
        self._marks, self._here = {}, (-1, [])
        self.clear_choice()
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
        change = _STEP if step > 0 else 1 / _STEP
        self._zoom = zoomed(self._layout.factor, change) if step else None
        page = self._page
        self._lay_out()
        self.go(page)
        self.zoomed.emit()

    def zoom_words(self) -> str:
        """Return how large the pages are shown."""
        return _("Fit width") if self._zoom is None else f"{round(self._zoom * 100)}%"

    def drawn(self, page: int) -> bool:
        """Tell whether a page has its picture."""
        return page in self._pictures

    def clear_choice(self) -> None:
        """Choose no words."""
        self._from = self._to = None
        self.choice, self.choice_page, self._choice_boxes = "", -1, []
        self.chosen.emit()
        self.viewport().update()

    def choice_end(self) -> QRect:
        """Return where the chosen words end, in the viewport; empty where none are."""
        if not self._choice_boxes:
            return QRect()
        return self._shown(self.choice_page, self._choice_boxes[-1]).toRect()

    # -- events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the pages out anew, the same page in sight."""
        super().resizeEvent(event)
        share = self._offset()
        self._lay_out()
        self._restore(share)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl, scroll otherwise."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
            return
        super().wheelEvent(event)

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
            self.clear_choice()
            self._from = self._place(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Choose words as far as the mouse goes, on one page."""
        if self._from is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        page = self._from[0]
        self._to = self._on_page(page, event.position())
        self._choose()

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
        if page in self._pictures:
            painter.drawImage(rect, self._pictures[page][1])
        elif page in self._bad:
            words = rect.adjusted(24, 24, -24, 0)
            ink = "text" if not look().dark else "on_accent"
            paint.write(painter, words, self._bad[page], Role.BASE, ink, paint.WRAP)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        for box in self._marks.get(page, ()):
            painter.fillRect(self._shown(page, box), look().colour("search"))
        if page == self.choice_page:
            for box in self._choice_boxes:
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
        """Ask for the page that is needed most, one at a time."""
        if self._ask is None or self._asked is not None:
            return
        ratio = self.devicePixelRatioF()
        seen = self._in_sight()
        beside = (seen.stop, seen.start - 1) if seen else ()
        for page in (*seen, *beside):
            if not 0 <= page < len(self._layout.boxes) or page in self._bad:
                continue
            width = round(self._layout.boxes[page].width * ratio)
            if page in self._pictures and self._pictures[page][0] == width:
                continue
            self._ask_picture(self._ask, (page, width))
            return

    def _ask_picture(self, ask: Ask, asked: tuple[int, int]) -> None:
        self._asked = asked
        head: Head = {"ask": "picture", "page": asked[0], "width": asked[1]}
        ask(head, lambda answer, data: self._on_picture(ask, asked, answer, data))

    def _on_picture(self, ask: Ask, asked: tuple[int, int], head: Head, data: bytes) -> None:
        if ask is not self._ask or asked != self._asked:
            return
        self._asked = None
        page, width = asked
        if "error" in head:
            self._bad[page] = _("This page cannot be drawn; ask the secretary for it on paper.")
        else:
            wide, high = head["width"], head["height"]
            image = QImage(data, wide, high, 4 * wide, _FORMATS[head["format"]]).copy()
            self._keep(page, width, image)
        self.viewport().update()
        self._want()

    def _keep(self, page: int, width: int, image: QImage) -> None:
        """Keep a picture; those used longest ago go, never one that can be seen."""
        self._pictures.pop(page, None)
        self._pictures[page] = width, image
        kept = sum(each.sizeInBytes() for _width, each in self._pictures.values())
        seen = self._in_sight()
        for old in [each for each in self._pictures if each not in seen and each != page]:
            if kept <= _KEPT_BYTES:
                break
            kept -= self._pictures.pop(old)[1].sizeInBytes()

    def _choose(self) -> None:
        """Ask which words lie between the two places of the mouse; one question at a time."""
        if self._ask is None or self._from is None or self._to is None or self._choosing:
            return
        self._choosing = True
        (page, start), end, ask = self._from, self._to, self._ask
        head: Head = {
            "ask": "chosen",
            "page": page,
            "start": [start.x(), start.y()],
            "end": [end.x(), end.y()],
        }
        ask(head, lambda answer, _data: self._on_chosen(ask, page, end, answer))

    def _on_chosen(self, ask: Ask, page: int, end: QPointF, answer: Head) -> None:
        self._choosing = False
        if ask is not self._ask or self._from is None or "error" in answer:
            return
        self.choice = joined(str(answer["text"]))
        self.choice_page, self._choice_boxes = page, answer["boxes"]
        self.chosen.emit()
        self.viewport().update()
        if self._to is not None and self._to != end:
            self._choose()
