"""Where the pages of a document stand in its view; plain numbers, no Qt."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

Sizes = Sequence[Sequence[float]]
_SIDE, _TOP, _GAP = 24, 14, 12
_LEAST, _MOST = 0.1, 8.0


@dataclass(frozen=True, slots=True)
class PageBox:
    """The place of one page in pixels, from the top left of the whole document."""

    x: int
    y: int
    width: int
    height: int


class PageLayout:
    """The places of all pages for one width of the view and one zoom."""

    def __init__(self, sizes: Sizes, room: int, zoom: float | None, inch: float) -> None:
        """``zoom`` None fits the widest page into ``room`` pixels; ``inch`` in pixels."""
        widest = max((size[0] for size in sizes), default=1.0)
        fit = max(room - 2 * _SIDE, 50) / widest
        self.scale = fit if zoom is None else zoom * inch / 72
        """Pixels a point."""
        self.factor = self.scale * 72 / inch
        self.boxes: list[PageBox] = []
        y, across = _TOP, round(widest * self.scale) + 2 * _SIDE
        self.width = max(room, across)
        for wide, high in sizes:
            w, h = max(1, round(wide * self.scale)), max(1, round(high * self.scale))
            self.boxes.append(PageBox((self.width - w) // 2, y, w, h))
            y += h + _GAP
        self.height = y - _GAP + _TOP if sizes else 0
        self._tops = [box.y for box in self.boxes]

    def page_at(self, y: float) -> int:
        """Return the page at a height, the one before where there is a gap."""
        return max(0, bisect_right(self._tops, y) - 1)

    def pages_in(self, top: float, bottom: float) -> range:
        """Return the pages that can be seen between two heights."""
        if not self.boxes:
            return range(0)
        return range(self.page_at(top), self.page_at(bottom) + 1)


def zoomed(factor: float, step: float) -> float:
    """Return another zoom, kept within what is useful."""
    return max(_LEAST, min(_MOST, factor * step))
