"""The pictures on the pages of a PDF: scans as they are embedded, printed codes drawn anew.

A scanner's PDF holds photographs of pages. A PDF straight from this program (or printed to a
file) holds codes as filled rectangles, which are drawn into a picture here: no renderer of
whole pages is needed.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pikepdf
from pikepdf import settings
from PIL import Image

from reviewer_app.core.errors import CodeError
from reviewer_app.core.messages import _
from reviewer_app.sheets.code_drawing import drawn_rectangles

MAX_PAGES = 300
_UNREADABLE = (
    pikepdf.PikepdfError,
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    NotImplementedError,
    OverflowError,
)
"""What pikepdf and Pillow raise for damaged files and images: all of it means not readable."""


def pdf_pictures(data: bytes, name: str, max_pixels: int) -> Iterator[Image.Image]:
    """Yield grey pictures of everything on the pages that may hold codes; raises CodeError."""
    with _limits(max_pixels), _opened(data, name) as pdf:
        if len(pdf.pages) > MAX_PAGES:
            raise CodeError(
                _("“{file}” has more than {limit} pages").format(file=name, limit=MAX_PAGES)
            )
        for page in pdf.pages:
            yield from _scans(page, max_pixels)
            yield from _drawn(page)


@contextmanager
def _opened(data: bytes, name: str) -> Iterator[pikepdf.Pdf]:
    try:
        pdf = pikepdf.open(io.BytesIO(data))
    except _UNREADABLE:
        raise CodeError(
            _("“{file}” is not a PDF that can be read; scan it again").format(file=name)
        ) from None
    with pdf:
        yield pdf


@contextmanager
def _limits(max_pixels: int) -> Iterator[None]:
    """Bound what a hostile PDF may unpack to."""
    names = [name for name in settings.get_qpdf_limits() if name.endswith("_max_memory")]
    bounds: dict[str, Any] = dict.fromkeys(names, 3 * max_pixels)
    before: dict[str, Any] = settings.set_qpdf_limits(**bounds)
    try:
        yield
    finally:
        settings.set_qpdf_limits(**before)


def _scans(page: pikepdf.Page, max_pixels: int) -> Iterator[Image.Image]:
    """Yield the embedded images of a page that can be read; the others are as if not there."""
    try:
        images = list(page.get_images().values())
    except _UNREADABLE:
        return
    for image in images:
        try:
            if isinstance(image, pikepdf.Stream) and _pixels(image) <= max_pixels:
                yield pikepdf.PdfImage(image).as_pil_image().convert("L")
        except _UNREADABLE:
            continue


def _pixels(image: pikepdf.Stream) -> int:
    return int(image.Width) * int(image.Height)


def _drawn(page: pikepdf.Page) -> Iterator[Image.Image]:
    """Yield the page's printed codes, if it holds any and can be read."""
    try:
        picture = drawn_rectangles(page)
    except _UNREADABLE:
        return
    if picture is not None:
        yield picture
