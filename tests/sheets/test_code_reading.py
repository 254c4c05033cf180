"""Codes as scanners give them: pictures of printed pages, PDFs, typed text, and rubbish."""

import io
import random
import time
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageFilter
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from reviewer_app.core.errors import CodeError, ReviewerError
from reviewer_app.core.marks import scored
from reviewer_app.sheets.codes import draw, join, read_codes, split
from reviewer_app.sheets.score_sheet import open_sheet_file
from tests.sheets.making import make_desk

CHANCE = random.Random(5)  # noqa: S311 - the same marks every time


def random_sheet() -> bytes:
    desk = make_desk(12, 24)
    marks = {
        number: {code: scored(CHANCE.randint(40, 99)) for code in row}
        for number, row in desk.content().marks.items()
    }
    return open_sheet_file(desk.seal(marks=marks))[0]


SHEET = random_sheet()
TEXTS = split(SHEET)
NOISE = CHANCE.randbytes(5000)
SIX = split(NOISE)


def page(texts: list[str], dpi: int, side_mm: float = 60) -> Image.Image:
    """Return an A4 page in grey with the codes in two columns, as a perfect printer does."""
    dots = dpi / 25.4
    picture = Image.new("L", (round(210 * dots), round(297 * dots)), 255)
    for place, text in enumerate(texts):
        matrix = draw(text)
        side = round(side_mm * dots * len(matrix) / (len(matrix) + 8))
        code = Image.new("L", (len(matrix), len(matrix)))
        code.putdata([0 if dark else 255 for row in matrix for dark in row])
        left, top = 25 + 80 * (place % 2), 25 + 80 * (place // 2)
        picture.paste(
            code.resize((side, side), Image.Resampling.BOX),
            (round(left * dots), round(top * dots)),
        )
    return picture


def scanned(picture: Image.Image, degrees: float = 2) -> Image.Image:
    """Return the page as a cheap scanner sees it: rotated, blurred, noisy."""
    turned = picture.rotate(
        degrees, Image.Resampling.BICUBIC, expand=degrees == 90, fillcolor=255
    )
    blurred = turned.filter(ImageFilter.GaussianBlur(0.6))
    return Image.blend(blurred, Image.effect_noise(blurred.size, 60), 0.12)


def vector_pdf(texts: list[str], path: Path, *, form: bool = False) -> Path:
    """Write the codes as filled rectangles, as our own papers do, a few to a page."""
    canvas = Canvas(str(path))
    for place, text in enumerate(texts):
        if form:
            canvas.beginForm(f"code{place}")
        matrix = draw(text)
        module = 60 * mm / (len(matrix) + 8)
        outline = canvas.beginPath()
        for down, row in enumerate(matrix):
            for right, dark in enumerate(row):
                if dark:
                    x, y = 20 * mm + right * module, 200 * mm - down * module
                    outline.rect(x, y, module, module)
        canvas.drawPath(outline, stroke=0, fill=1)
        if form:
            canvas.endForm()
            canvas.doForm(f"code{place}")
        canvas.showPage()
    canvas.save()
    return path


def test_a_page_at_150_dpi_turned_noisy_and_squeezed_reads(tmp_path: Path) -> None:
    assert len(TEXTS) == 1
    picture = scanned(page(TEXTS, 150))
    for name in ("page.jpg", "page.png", "page.tif", "page.bmp", "page.pdf"):
        picture.save(tmp_path / name, quality=40)
        assert read_codes(tmp_path / name) == TEXTS, name


@pytest.mark.parametrize(
    ("dpi", "degrees"), [(150, -2), (150, 2), (150, 90), (150, 178), (200, 2), (300, 2)]
)
def test_full_codes_read_at_every_resolution(dpi: int, degrees: int, tmp_path: Path) -> None:
    assert len(SIX) == 6
    scanned(page(SIX, dpi), degrees).save(tmp_path / "page.jpg", quality=60)
    result = join(read_codes(tmp_path / "page.jpg"))
    assert [each.sheet for each in result.whole] == [NOISE]


def test_all_pages_of_a_scan_are_read(tmp_path: Path) -> None:
    pages = [scanned(page(SIX[:3], 150)), scanned(page(SIX[3:], 150))]
    for name in ("scan.tif", "scan.pdf"):
        pages[0].save(tmp_path / name, save_all=True, append_images=pages[1:])
        assert [each.sheet for each in join(read_codes(tmp_path / name)).whole] == [NOISE]


@pytest.mark.parametrize("form", [False, True])
def test_a_pdf_with_drawn_codes_is_read(tmp_path: Path, *, form: bool) -> None:
    path = vector_pdf(SIX[:2], tmp_path / "paper.pdf", form=form)
    assert read_codes(path) == SIX[:2]


def test_what_a_hand_scanner_types_is_read(tmp_path: Path) -> None:
    path = tmp_path / "codes.txt"
    for text in (
        "\n".join(SIX),
        "\r\n".join(SIX) + "\r\n",
        "\ufeff  " + "  \n\n".join(SIX).lower(),
    ):
        path.write_text(text, encoding="utf-8", newline="")
        assert read_codes(path) == SIX


def test_other_codes_and_pages_without_any_are_no_error(tmp_path: Path, fixtures: Path) -> None:
    page([], 100).save(tmp_path / "blank.png")
    assert read_codes(tmp_path / "blank.png") == []
    texts = read_codes(fixtures / "corpora" / "qr" / "qrcode-7" / "01-01.png")
    assert len(texts) == 1
    assert join(texts).foreign == tuple(texts)


# --- rubbish and malice


def cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


def as_bytes(kind: str) -> bytes:
    stream = io.BytesIO()
    page(TEXTS, 60).save(stream, kind)
    return stream.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG",
        b"\x89PNG\r\n\x1a\n" + bytes(100),
        b"\xff\xd8\xff" + bytes(100),
        b"II*\0" + bytes(100),
        b"BM" + bytes(100),
        b"%PDF-1.7\n",
        b"\0\1\2",
        b"\xff\xfe" + "RVS1".encode("utf-16-le"),
        cut(as_bytes("PNG")),
        as_bytes("PNG")[:-50],
        cut(as_bytes("TIFF")),
    ],
)
def test_what_cannot_be_read_is_one_line(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "scan"
    path.write_bytes(data)
    with pytest.raises(CodeError, match="“scan”") as caught:
        read_codes(path)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "BMP", "PDF"])
def test_damage_anywhere_never_crashes(kind: str, tmp_path: Path) -> None:
    whole = as_bytes(kind)
    chance = random.Random(kind)  # noqa: S311 - the same damage every time
    path = tmp_path / "scan"
    for _each in range(25):
        damaged = bytearray(whole)
        for _wound in range(chance.randint(1, 8)):
            damaged[chance.randrange(min(len(damaged), 2000))] = chance.randrange(256)
        path.write_bytes(damaged)
        try:
            read_codes(path)
        except CodeError as error:
            sentence = str(error)
            assert "\n" not in sentence


def pixel_bomb() -> bytes:
    """Return a PNG whose head promises 60,000 × 60,000 pixels."""
    stream = io.BytesIO()
    Image.new("1", (10, 10)).save(stream, "PNG")
    data = bytearray(stream.getvalue())
    data[16:24] = (60_000).to_bytes(4) * 2
    return bytes(data)


def pdf_with_stream(data: bytes) -> bytes:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.pages[0].Contents = pdf.make_stream(data)
    stream = io.BytesIO()
    pdf.save(stream, compress_streams=True)
    return stream.getvalue()


@pytest.mark.parametrize(
    "make",
    [
        pixel_bomb,
        lambda: pdf_with_stream(b"0 0 1 1 re f\n" * 1_000_000),
        lambda: pdf_with_stream(b" " * (130 << 20)),
        lambda: pdf_with_stream(b"q " * 100_000),
        lambda: pdf_with_stream(b"0 0 1 re f\n" * 200),
        lambda: pdf_with_stream(b"(x) (y) cm f\n" * 200),
        lambda: pdf_with_stream(b"/X Do\n" * 200),
        lambda: pdf_with_stream(b"1e300 1e300 1e300 1e300 re f\n" * 200),
    ],
)
def test_bombs_and_nonsense_end_soon(make: Callable[[], bytes], tmp_path: Path) -> None:
    path = tmp_path / "scan"
    path.write_bytes(make())
    started = time.monotonic()
    try:
        assert read_codes(path) == []
    except CodeError as error:
        sentence = str(error)
        assert "“scan”" in sentence
    assert time.monotonic() - started < 4


def test_hostile_pdfs_never_crash(fixtures: Path) -> None:
    files = sorted((fixtures / "corpora" / "pdf").glob("*.pdf"))
    assert len(files) > 50
    for file in files:
        started = time.monotonic()
        try:
            assert isinstance(read_codes(file), list)
        except ReviewerError as error:
            sentence = str(error)
            assert "\n" not in sentence
        assert time.monotonic() - started < 4, file.name


def test_what_is_no_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(CodeError, match="is not a file"):
        read_codes(tmp_path)
    with pytest.raises(CodeError, match="is not a file"):
        read_codes(tmp_path / "none.pdf")
