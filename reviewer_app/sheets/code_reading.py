"""QR codes read from what a scanner gives: PDF, pictures, or the text a hand scanner types.

Pictures are bounded before they are unpacked; a file that cannot be read is one clear line.
"""

import struct
import warnings
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import zxingcpp
from PIL import Image, ImageSequence

from reviewer_app.core.atomic import disk_fault
from reviewer_app.core.errors import CodeError
from reviewer_app.core.messages import _
from reviewer_app.sheets.code_pdf import pdf_pictures

MAX_FILE_BYTES = 200 << 20
MAX_PIXELS = 40_000_000
"""A4 at 600 dpi has 35 million."""
MAX_FRAMES = 300
_MAX_TEXT_BYTES = 4 << 20
_SHARP_ENOUGH = 6000
_COARSE = 2400
_QR = zxingcpp.barcode_formats_from_str("QRCode")
_FORMATS = ("PNG", "JPEG", "TIFF", "BMP")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"BM")
_UNREADABLE = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    IndexError,
    KeyError,
    TypeError,
    OverflowError,
    struct.error,
    zlib.error,
    Image.DecompressionBombError,
)
"""What Pillow raises for damaged pictures, format by format."""


def read_codes(path: Path) -> list[str]:
    """Return the texts of all QR codes in a PDF, PNG, JPEG, TIFF, BMP or text file, each once.

    Raises CodeError if it is none of these, damaged or too large; StorageError if the medium
    does not give it.
    """
    data = _content(path)
    if data.startswith(b"%PDF"):
        texts = list(_decoded(pdf_pictures(data, path.name, MAX_PIXELS)))
    elif data.startswith(_PICTURES):
        texts = list(_decoded(_frames(path)))
    else:
        texts = _typed(data, path)
    return list(dict.fromkeys(texts))


def _content(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise CodeError(_("“{file}” is not a file").format(file=path.name))
        if path.stat().st_size > MAX_FILE_BYTES:
            raise CodeError(
                _("“{file}” is larger than {limit} MiB; scan fewer pages at once").format(
                    file=path.name, limit=MAX_FILE_BYTES >> 20
                )
            )
        return path.read_bytes()
    except OSError as error:
        raise disk_fault(error, path) from None


def _frames(path: Path) -> Iterator[Image.Image]:
    try:
        with _quiet(), Image.open(path, formats=_FORMATS) as picture:
            for number, frame in enumerate(ImageSequence.Iterator(picture)):
                if number >= MAX_FRAMES or frame.width * frame.height > MAX_PIXELS:
                    raise CodeError(
                        _(
                            "“{file}” has too many pages or pixels; scan at 150 to 300 dpi"
                        ).format(file=path.name)
                    )
                yield frame.convert("L")
    except _UNREADABLE:
        raise CodeError(
            _("“{file}” is not a picture that can be read; scan it again").format(
                file=path.name
            )
        ) from None


def _quiet() -> "warnings.catch_warnings[None]":
    """Return a context in which Pillow's remarks on odd but readable files are not shown."""
    return warnings.catch_warnings(action="ignore")


def _decoded(pictures: Iterable[Image.Image]) -> Iterator[str]:
    for picture in pictures:
        for version in _versions(picture):
            for code in zxingcpp.read_barcodes(version, formats=_QR):
                yield code.text


def _versions(picture: Image.Image) -> Iterator[Image.Image]:
    """Yield the picture at a size worth looking at, and a coarse scan enlarged as well.

    At 150 dpi a module has less than three dots: of 120 noisy full codes 118 read as they are,
    all 120 enlarged.
    """
    shrink = -(-max(picture.size) // _SHARP_ENOUGH)
    yield picture.reduce(shrink) if shrink > 1 else picture
    if max(picture.size) < _COARSE:
        width, height = picture.size
        yield picture.resize((2 * width, 2 * height), Image.Resampling.BICUBIC)


def _typed(data: bytes, path: Path) -> list[str]:
    """Return the lines of a text file; a hand scanner ends every code with a new line."""
    try:
        text = data.decode("utf-8-sig") if len(data) <= _MAX_TEXT_BYTES else None
    except UnicodeDecodeError:
        text = None
    if text is None or "\0" in text:
        raise CodeError(
            _("“{file}” is no PDF, PNG, JPEG, TIFF or text of a scanner").format(file=path.name)
        )
    lines = (line.strip().upper() for line in text.splitlines())
    return [line for line in lines if line]
