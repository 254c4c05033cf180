"""A PNG, JPEG, TIFF or BMP as pages; a TIFF may have several."""

import io
import warnings
from typing import Any

from PIL import Image, ImageOps

from ui.reading.unreadable import DAMAGED, TOO_LARGE, UnreadableError

_FORMATS = ("PNG", "JPEG", "TIFF", "BMP")
_MOST_PIXELS = 80_000_000
"""A page of A3 at 600 dpi has 70 million."""
_MOST_PAGES = 500
_POINTS = 0.75
"""A pixel as points on a screen of 96 dpi."""
_BROKEN = (
    # what Pillow raises on files that are not what they say
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    OSError,
    OverflowError,
    SyntaxError,
    TypeError,
    ValueError,
    Image.DecompressionBombError,
)


class PicturePages:
    """One open picture file, in memory."""

    def __init__(self, data: bytes) -> None:
        warnings.simplefilter("ignore")
        try:
            self._picture = Image.open(io.BytesIO(data), formats=_FORMATS)
            frames = getattr(self._picture, "n_frames", 1)
            self._sizes = [self._size(frame) for frame in range(min(frames, _MOST_PAGES))]
        except _BROKEN:
            raise UnreadableError(DAMAGED) from None

    def close(self) -> None:
        """Let go of the bytes."""
        self._picture.close()

    def described(self) -> dict[str, Any]:
        """Return sizes of the pages, in points as if a pixel were one of a screen."""
        sizes = [[wide * _POINTS, high * _POINTS] for wide, high in self._sizes]
        return {"kind": "pages", "sizes": sizes, "outline": []}

    def picture(self, page: int, width: int) -> tuple[dict[str, Any], bytes]:
        """Return a page as a picture of at most ``width`` pixels across."""
        wide, high = self._sizes[page]
        target = (min(width, wide), max(1, round(min(width, wide) * high / wide)))
        try:
            self._picture.seek(page)
            frame = ImageOps.exif_transpose(self._picture.copy())
            shown = _whole(frame).resize(target, Image.Resampling.BILINEAR, reducing_gap=2.0)
        except _BROKEN:
            raise UnreadableError(DAMAGED) from None
        return {"width": target[0], "height": target[1], "format": "rgba"}, shown.tobytes()

    def find(self, words: str, page: int) -> list[dict[str, Any]]:
        """Return nothing: a picture has no words to look for."""
        del words, page
        return []

    def chosen(self, page: int, start: list[float], end: list[float]) -> dict[str, Any]:
        """Return nothing, as ``find``."""
        del page, start, end
        return {"text": "", "boxes": []}

    def _size(self, frame: int) -> tuple[int, int]:
        self._picture.seek(frame)
        wide, high = self._picture.size
        if wide * high > _MOST_PIXELS:
            raise UnreadableError(TOO_LARGE)
        turned = self._picture.getexif().get(0x0112, 1) in {5, 6, 7, 8}
        return (high, wide) if turned else (wide, high)


def _whole(frame: Image.Image) -> Image.Image:
    """Return the picture in colours that can be shown, also of 16 bits or with a palette."""
    if frame.mode.startswith("I") or frame.mode == "F":
        top = frame.getextrema()[1]
        scale = 255 / float(top) if isinstance(top, int | float) and top else 1.0
        frame = frame.point(lambda value: value * scale).convert("L")
    return frame.convert("RGBA")
