"""Pictures of pages: asked for one at a time, kept up to a limit, the oldest let go first."""

from collections import OrderedDict
from collections.abc import Callable, Sequence

from PySide6.QtGui import QImage

from reviewer_app.core.messages import _
from ui.reading.frames import Head
from ui.views import Act

Ask = Callable[[Head, Callable[[Head, bytes], None]], None]
"""Ask the reading process about the shown document."""
Wanted = tuple[int, int]
"""A page, and how wide its picture has to be, in pixels of the screen."""
KEPT_BYTES = 40 << 20
_FORMATS = {
    "argb": QImage.Format.Format_ARGB32,
    "rgba": QImage.Format.Format_RGBA8888,
}


class PagePictures:
    """The pictures of one document; ``changed`` when one more came, or a page failed."""

    def __init__(self, changed: Act) -> None:
        self._changed = changed
        self._ask: Ask | None = None
        self._kept: OrderedDict[int, tuple[int, QImage]] = OrderedDict()
        self._bad: dict[int, str] = {}
        self._asked: Wanted | None = None
        self._seen: range = range(0)

    def begin(self, ask: Ask | None) -> None:
        """Begin with another document, or none; the last one gets no answer any more."""
        self._ask, self._asked = ask, None
        self._kept.clear()
        self._bad.clear()

    def picture(self, page: int) -> QImage | None:
        """Return the picture of a page, if it was drawn."""
        return self._kept[page][1] if page in self._kept else None

    def trouble(self, page: int) -> str:
        """Return why a page has no picture, nothing if that is not known."""
        return self._bad.get(page, "")

    def want(self, wanted: Sequence[Wanted], seen: range) -> None:
        """Ask for the first that is missing; those ``seen`` are never let go."""
        self._seen = seen
        if self._ask is None or self._asked is not None:
            return
        for page, width in wanted:
            have = page in self._kept and self._kept[page][0] == width
            if not have and page not in self._bad:
                self._ask_for(self._ask, (page, width))
                return

    def _ask_for(self, ask: Ask, asked: Wanted) -> None:
        self._asked = asked
        head: Head = {"ask": "picture", "page": asked[0], "width": asked[1]}
        ask(head, lambda answer, data: self._on_picture(ask, asked, answer, data))

    def _on_picture(self, ask: Ask, asked: Wanted, head: Head, data: bytes) -> None:
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
        self._changed()

    def _keep(self, page: int, width: int, image: QImage) -> None:
        """Keep a picture; those used longest ago go, never one that can be seen."""
        self._kept.pop(page, None)
        self._kept[page] = width, image
        size = sum(each.sizeInBytes() for _width, each in self._kept.values())
        for old in [each for each in self._kept if each not in self._seen and each != page]:
            if size <= KEPT_BYTES:
                break
            size -= self._kept.pop(old)[1].sizeInBytes()
