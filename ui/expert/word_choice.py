"""Words chosen with the mouse on one page: the reading process says which lie between."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF

from ui.expert.page_pictures import Ask
from ui.reading.frames import Head
from ui.reading.words import joined
from ui.views import Act

Box = Sequence[float]


class WordChoice:
    """The chosen words and where they stand; ``changed`` whenever that is known anew."""

    def __init__(self, changed: Act) -> None:
        self._changed = changed
        self._ask: Ask | None = None
        self._from: tuple[int, QPointF] | None = None
        self._to: QPointF | None = None
        self._asking = False
        self.text = ""
        """The chosen words."""
        self.page = -1
        self.boxes: list[Box] = []

    def begin(self, ask: Ask | None) -> None:
        """Choose in another document, or none; the last one gets no answer any more."""
        self._ask, self._asking = ask, False
        self.clear()

    def clear(self) -> None:
        """Choose no words."""
        self._from = self._to = None
        self.text, self.page, self.boxes = "", -1, []
        self._changed()

    def start(self, place: tuple[int, QPointF] | None) -> None:
        """Begin to choose at a point of a page, in points."""
        self.clear()
        self._from = place

    def started_on(self) -> int | None:
        """Return the page on which choosing began, None where nothing is being chosen."""
        return self._from[0] if self._from else None

    def reach(self, point: QPointF) -> None:
        """Choose as far as a point of the same page."""
        self._to = point
        self._look()

    def _look(self) -> None:
        """Ask which words lie between the two places; one question at a time."""
        if self._ask is None or self._from is None or self._to is None or self._asking:
            return
        self._asking = True
        (page, start), end, ask = self._from, self._to, self._ask
        head: Head = {
            "ask": "chosen",
            "page": page,
            "start": [start.x(), start.y()],
            "end": [end.x(), end.y()],
        }
        ask(head, lambda answer, _data: self._on_found(ask, page, end, answer))

    def _on_found(self, ask: Ask, page: int, end: QPointF, answer: Head) -> None:
        if ask is not self._ask:
            return
        self._asking = False
        if self._from is None or "error" in answer:
            return
        self.text = joined(str(answer["text"]))
        self.page, self.boxes = page, answer["boxes"]
        self._changed()
        if self._to is not None and self._to != end:
            self._look()
