"""A PDF as pages: sizes, outline, pictures of pages, words and where they stand."""

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QIODevice,
    QLoggingCategory,
    QModelIndex,
    QPointF,
    QSize,
)
from PySide6.QtPdf import QPdfBookmarkModel, QPdfDocument

from ui.reading.unreadable import DAMAGED, LOCKED, TOO_LARGE, UnreadableError
from ui.reading.words import places_of, snippet

MOST_PAGES = 5_000
_MOST_PIXELS = 30_000_000
_LONGEST_SIDE = 14_400.0
_MOST_ENTRIES, _DEEPEST = 2_000, 8

# /Fit targets have no place and no zoom; Qt warns of each, though we ask for the page alone
QLoggingCategory.setFilterRules("qt.pdf.*=false")


class PdfPages:
    """One open PDF, in memory; lengths are in points from the top left of a page."""

    def __init__(self, data: bytes) -> None:
        self._document = QPdfDocument()
        self._buffer = QBuffer()
        self._buffer.setData(QByteArray(data))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document.load(self._buffer)
        if self._document.error() is QPdfDocument.Error.IncorrectPassword:
            raise UnreadableError(LOCKED)
        ready = self._document.status() is QPdfDocument.Status.Ready
        if not ready or not self._document.pageCount():
            raise UnreadableError(DAMAGED)
        if self._document.pageCount() > MOST_PAGES:
            raise UnreadableError(TOO_LARGE)
        self._lines: tuple[int, list[list[float]]] = (-1, [])

    def close(self) -> None:
        """Let go of the bytes."""
        self._document.close()
        self._buffer.close()

    def described(self) -> dict[str, Any]:
        """Return sizes of the pages and the outline as (level, title, page)."""
        sizes = []
        for page in range(self._document.pageCount()):
            size = self._document.pagePointSize(page)
            sizes.append([_side(size.width()), _side(size.height())])
        return {"kind": "pages", "sizes": sizes, "outline": list(self._outline())}

    def picture(self, page: int, width: int) -> tuple[dict[str, Any], bytes]:
        """Return a page as a picture, ``width`` pixels wide or less where it is very large."""
        size = self._document.pagePointSize(page)
        across, down = _side(size.width()), _side(size.height())
        wide = max(1, min(width, int((_MOST_PIXELS * across / down) ** 0.5)))
        high = max(1, round(wide * down / across))
        image = self._document.render(page, QSize(wide, high))
        if image.isNull():
            raise UnreadableError(DAMAGED)
        head = {"width": image.width(), "height": image.height(), "format": "argb"}
        return head, bytes(image.constBits())

    def find(self, words: str, page: int) -> list[dict[str, Any]]:
        """Return where ``words`` stand on a page, as ``words.places_of`` finds them."""
        text = self._document.getAllText(page).text()
        hits: list[dict[str, Any]] = []
        for first, end in places_of(words, text):
            bounds = self._document.getSelectionAtIndex(page, first, end - first).bounds()
            boxes = [_box(polygon.boundingRect()) for polygon in bounds]
            hits.append({"page": page, "boxes": boxes} | snippet(text, first, end))
        return hits

    def chosen(self, page: int, start: list[float], end: list[float]) -> dict[str, Any]:
        """Return the words between two places of a page, and where they stand.

        A place beside the words counts as the nearest end of the nearest line.
        """
        lines = self._lines_of(page)
        if not lines:
            return {"text": "", "boxes": []}
        first, last = sorted((snapped(lines, *start), snapped(lines, *end)))
        for left, right in zip(_reaches(1), _reaches(-1), strict=True):
            selection = self._document.getSelection(
                page, QPointF(first[1] + left, first[2]), QPointF(last[1] + right, last[2])
            )
            if selection.isValid() and selection.text():
                boxes = [_box(polygon.boundingRect()) for polygon in selection.bounds()]
                return {"text": selection.text(), "boxes": boxes}
        return {"text": "", "boxes": []}

    def _lines_of(self, page: int) -> list[list[float]]:
        """Return the boxes of all words of a page, line by line; the last page is kept."""
        if self._lines[0] != page:
            bounds = self._document.getAllText(page).bounds()
            boxes = [_box(polygon.boundingRect()) for polygon in bounds]
            self._lines = page, [box for box in boxes if box[2] > 0 and box[3] > 0]
        return self._lines[1]

    def _outline(self) -> Iterator[list[Any]]:
        model = QPdfBookmarkModel()
        model.setDocument(self._document)
        left = _MOST_ENTRIES

        def walk(parent: QModelIndex, level: int) -> Iterator[list[Any]]:
            nonlocal left
            for row in range(model.rowCount(parent)):
                index = model.index(row, 0, parent)
                page = index.data(QPdfBookmarkModel.Role.Page.value)
                if left <= 0 or level > _DEEPEST:
                    return
                left -= 1
                yield [level, str(index.data() or ""), page if isinstance(page, int) else -1]
                yield from walk(index, level + 1)

        yield from walk(QModelIndex(), 0)


def snapped(lines: list[list[float]], x: float, y: float) -> tuple[int, float, float]:
    """Return the nearest line, and the place in it that is nearest to (x, y)."""

    def far(box: list[float]) -> float:
        beside = max(box[0] - x, 0, x - box[0] - box[2])
        above = max(box[1] - y, 0, y - box[1] - box[3])
        return above * 10 + beside

    place = min(range(len(lines)), key=lambda each: far(lines[each]))
    left, top, wide, high = lines[place]
    return place, min(max(x, left + 0.5), left + wide - 0.5), top + high / 2


def _reaches(way: int) -> list[float]:
    """Return how far inwards to look for a letter: between words there is none."""
    return [way * each for each in (0, 4, 8, 16, 24, 36)]


def _side(length: float) -> float:
    return min(max(length, 1.0), _LONGEST_SIDE) if length == length else 1.0  # noqa: PLR0124 - NaN


def _box(rect: Any) -> list[float]:  # noqa: ANN401 - a QRectF
    return [rect.x(), rect.y(), rect.width(), rect.height()]
