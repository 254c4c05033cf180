"""Eyes for a finished PDF: its text, its ink, its codes, measured and not believed."""

import io
import shutil
import subprocess
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pikepdf
import pytest
import zxingcpp
from pikepdf import pdfa
from PIL import Image


def complaints(pdf: bytes, flavour: str = "2b") -> list[str]:
    """Return what a validator of PDF/A says against the file as it is, every glyph drawn."""
    report = pdfa.validate_written(io.BytesIO(pdf), flavour)
    return [] if report.passed else [str(finding) for finding in report.findings] or ["?"]


def text_of(pdf: bytes, page: int | None = None) -> str:
    """Return the text another program reads from the PDF, white space removed."""
    return "".join(_pdftotext(pdf, page, "-raw").split())


def lines_of(pdf: bytes, page: int) -> list[str]:
    """Return the lines of one page as another program sees them."""
    return [line for line in _pdftotext(pdf, page, "-layout").splitlines() if line.strip()]


@lru_cache(maxsize=256)
def _pdftotext(pdf: bytes, page: int | None, *options: str) -> str:
    _need("pdftotext")
    pages = ["-f", str(page), "-l", str(page)] if page else []
    command = ["pdftotext", *options, "-nopgbrk", *pages, "-", "-"]
    found = subprocess.run(command, input=pdf, capture_output=True, check=True)
    assert not found.stderr, found.stderr
    return found.stdout.decode("utf-8")


def page_count(pdf: bytes) -> int:
    """Return how many pages the PDF has."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return len(opened.pages)


def picture(pdf: bytes, page: int = 1, dpi: int = 150) -> Image.Image:
    """Return one page as a grey picture, drawn by another program."""
    _need("pdftoppm")
    command = ["pdftoppm", "-r", str(dpi), "-f", str(page), "-l", str(page), "-gray", "-"]
    found = subprocess.run(command, input=pdf, capture_output=True, check=True)
    return Image.open(io.BytesIO(found.stdout))


@dataclass(frozen=True)
class Ink:
    """How far from each edge of the page the nearest ink is, in millimetres."""

    left: float
    top: float
    right: float
    bottom: float


def ink(pdf: bytes, page: int = 1, dpi: int = 127) -> Ink:
    """Measure where the ink of one page begins and ends."""
    grey = picture(pdf, page, dpi)
    box = grey.point(lambda value: 255 if value < 128 else 0).getbbox()
    assert box, "the page is empty"
    mm = 25.4 / dpi
    return Ink(
        box[0] * mm, box[1] * mm, (grey.width - box[2]) * mm, (grey.height - box[3]) * mm
    )


def longest_rule(pdf: bytes, top_mm: float, bottom_mm: float, page: int = 1) -> float:
    """Return the length in millimetres of the longest unbroken horizontal line between."""
    dpi = 254
    grey = picture(pdf, page, dpi)
    longest = 0
    for y in range(int(top_mm * 10), int(bottom_mm * 10)):
        row = grey.crop((0, y, grey.width, y + 1)).tobytes()
        dark = "".join("#" if value < 160 else " " for value in row)
        longest = max([longest, *(len(part) for part in dark.split())])
    return longest / 10


def codes_in(image: Image.Image) -> list[str]:
    """Return the QR codes a reader finds in a picture."""
    return [code.text for code in zxingcpp.read_barcodes(image)]


def zbar_codes(image: Image.Image, folder: Path) -> list[str]:
    """Return the QR codes that zbarimg, an independent reader, finds."""
    _need("zbarimg")
    path = folder / "page.png"
    image.save(path)
    command = ["zbarimg", "--raw", "-q", str(path)]
    found = subprocess.run(command, capture_output=True, check=True)
    return found.stdout.decode("ascii").splitlines()


def converted(paths: list[Path], kind: str) -> Path:
    """Return the folder with the files as LibreOffice converts them; skip if there is none."""
    _need("soffice")
    folder = paths[0].parent
    command = [
        "soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
        "--convert-to", kind, "--outdir", str(folder / "converted"), *map(str, paths),
    ]  # fmt: skip
    subprocess.run(command, capture_output=True, check=True, timeout=200)
    return folder / "converted"


def _need(command: str) -> None:
    if shutil.which(command) is None:
        pytest.skip(f"{command} is not installed")
