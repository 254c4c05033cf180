"""What the minutes of an archive carry: both verifiers hold it against the archive's own."""

import hashlib
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from reviewer_app.papers.model import Document, PageSetup, Paragraph
from reviewer_app.papers.pdf import archival_bytes
from tests.archive.making import make_archive
from tests.archive.test_log_twisted import Files, relogged, told
from tests.archive.verifying import both, files_of, resealed, rezip

MINUTES = "papers/03-评审会议纪要.pdf"
OTHER = b'{"a":1}'


def minutes(data: bytes | None) -> bytes:
    document = Document("纪要（示例）", PageSetup(), (Paragraph("纪要"),))
    return archival_bytes(document, None if data is None else {"results.json": data})


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Files:
    return files_of(make_archive(tmp_path_factory.mktemp("attached") / "a.zip"))


@pytest.fixture(scope="module")
def good(plain: Files) -> bytes:
    return minutes(plain["results.json"])


def named(files: Files, pdf: bytes, present: bytes | None = None) -> Files:
    """Return an archive whose log names minutes, and in which these or others lie."""
    digest = hashlib.sha256(pdf).hexdigest()
    papers = {MINUTES: present or pdf}
    return relogged(files | papers, told("round-sealed", minutes=digest))


def refilled(pdf: bytes, data: bytes) -> bytes:
    """Put other data in the place of what is attached, the PDF's table left as it was."""
    start = pdf.index(b"/Type /EmbeddedFile")
    head = pdf.index(b"stream\n", start) + len(b"stream\n")
    end = pdf.index(b"\nendstream", head)
    packed = zlib.compress(data)
    words = b"/Type /EmbeddedFile /Length %d /Filter /FlateDecode >>\nstream\n" % len(packed)
    return pdf[:start] + words + packed + pdf[end:]


WAYS: dict[str, Callable[[Files, bytes], Files]] = {
    "other data": lambda files, _pdf: named(files, minutes(OTHER)),
    "other data in an older archive": lambda files, _pdf: files | {MINUTES: minutes(OTHER)},
    "other data, the same length": lambda files, pdf: named(
        files, refilled(pdf, files["results.json"].replace(b"1", b"2"))
    ),
    "more data": lambda files, pdf: named(files, refilled(pdf, files["results.json"] + b" ")),
    "a bomb": lambda files, pdf: named(files, refilled(pdf, b" " * (64 << 20))),
    "nothing attached": lambda files, _pdf: named(files, minutes(None)),
    "no minutes": lambda files, pdf: relogged(
        files, told("round-sealed", minutes=hashlib.sha256(pdf).hexdigest())
    ),
    "other minutes": lambda files, pdf: named(files, pdf + b"\n", pdf),
    "changed afterwards": lambda files, pdf: named(files, pdf + b"\nstartxref\n0\n%%EOF\n"),
    "two of them": lambda files, pdf: named(files, pdf + b"/Type /EmbeddedFile"),
}


def test_minutes_with_the_archives_own_results_pass_both(
    plain: Files, good: bytes, tmp_path: Path
) -> None:
    for files in (
        named(plain, good),
        plain | {MINUTES: good},
        plain | {MINUTES: minutes(None)},
    ):
        first, second = both(rezip(tmp_path / "a.zip", resealed(files)))
        assert first.ok, first.text
    assert "results.json" in second.text


@pytest.mark.parametrize("way", WAYS)
def test_minutes_with_other_results_fail_both(
    way: str, plain: Files, good: bytes, tmp_path: Path
) -> None:
    changed = WAYS[way](plain, good)
    first, second = both(rezip(tmp_path / "a.zip", resealed(changed)))
    assert first.failed == second.failed == {"attached"}
