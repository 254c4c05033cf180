"""Verify: any file of a review by its content, line by line; what is none of them is 1."""

import gettext
import json
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from reviewer_app.__main__ import main
from reviewer_app.core import messages
from reviewer_app.core.errors import ReviewerError
from reviewer_app.services.verification import FileKind, kind_of, verify_file
from reviewer_app.sheets.codes import draw, split
from reviewer_app.sheets.keys import fingerprint
from reviewer_app.sheets.pack import write_pack
from reviewer_app.sheets.passcode import new_passcode
from reviewer_app.sheets.score_sheet import open_sheet_file
from tests.archive.making import BUREAU, make_archive
from tests.archive.verifying import files_of, rezip
from tests.sheets.making import EXPERT, make_desk, pack_contents

DESK = make_desk()
SHEET = DESK.seal()


@pytest.fixture
def _english_afterwards() -> Iterator[None]:
    """Undo the choice of language that a command makes for its process."""
    yield
    messages.install(gettext.NullTranslations())


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    path = tmp_path / "02.reviewpack"
    write_pack(path, pack_contents(DESK), new_passcode())
    return path


def draw_page(path: Path, *texts: str) -> Path:
    """Write a white page with the codes of ``texts`` below each other."""
    page = Image.new("L", (900, 900 * len(texts)), 255)
    for place, text in enumerate(texts):
        matrix = draw(text)
        size = len(matrix)
        code = Image.new("L", (size, size), 255)
        for y, row in enumerate(matrix):
            for x, dark in enumerate(row):
                code.putpixel((x, y), 0 if dark else 255)
        scale = 780 // size
        big = code.resize((size * scale, size * scale), Image.Resampling.NEAREST)
        page.paste(big, (50, 50 + 900 * place))
    page.save(path)
    return path


def test_a_lone_sheet_is_intact_and_its_signer_is_not_vouched_for(tmp_path: Path) -> None:
    path = tmp_path / "anything.bin"
    path.write_bytes(SHEET)
    report = verify_file(path)
    assert (report.kind, report.ok) == (FileKind.SHEET, True)
    assert fingerprint(EXPERT.public) in report.checks[0].detail
    assert "was not checked" in report.notes[0]


def test_every_shortened_or_altered_sheet_fails(tmp_path: Path) -> None:
    path = tmp_path / "02-r1.scoresheet"
    for length in range(0, len(SHEET), 7):
        path.write_bytes(SHEET[:length])
        assert not verify_file(path).ok, length
    for place in range(0, len(SHEET), 7):
        changed = bytearray(SHEET)
        changed[place] ^= 1
        path.write_bytes(changed)
        assert not verify_file(path).ok, place


def test_a_pack_is_checked_without_its_passcode(pack: Path) -> None:
    report = verify_file(pack)
    assert (report.kind, report.ok) == (FileKind.PACK, True)
    assert "encrypted" in report.notes[0]


def test_a_damaged_pack_fails(pack: Path, tmp_path: Path) -> None:
    files = files_of(pack)
    for name in files:
        without = {n: d for n, d in files.items() if n != name}
        assert not verify_file(rezip(tmp_path / "less.reviewpack", without)).ok, name
    opened = files | {"round.age": DESK.round.raw}
    report = verify_file(rezip(tmp_path / "plain.reviewpack", opened))
    assert "round.age is not an age file" in report.checks[-1].detail


def test_a_scan_is_read_and_its_signature_checked(tmp_path: Path) -> None:
    texts = split(open_sheet_file(SHEET)[0])
    report = verify_file(draw_page(tmp_path / "scan.png", *texts))
    assert (report.kind, report.ok) == (FileKind.SCAN, True)
    assert [check.check for check in report.checks] == ["codes", "signature"]
    assert "not on paper" in report.notes[0]


def test_a_scan_with_a_page_missing_names_it(tmp_path: Path) -> None:
    texts = split(random.Random(1).randbytes(2500))  # noqa: S311 - bytes that do not shrink
    assert len(texts) > 1
    report = verify_file(draw_page(tmp_path / "scan.png", texts[0]))
    assert not report.ok
    assert f"of {len(texts)} are missing" in report.checks[-1].detail


def test_a_picture_without_codes_fails(tmp_path: Path) -> None:
    Image.new("L", (200, 200), 255).save(tmp_path / "blank.png")
    report = verify_file(tmp_path / "blank.png")
    assert (report.kind, report.ok) == (FileKind.SCAN, False)


def test_an_archive_is_verified_with_and_without_the_fingerprint(tmp_path: Path) -> None:
    path = make_archive(tmp_path / "a.zip")
    plain = verify_file(path)
    assert (plain.kind, plain.ok) == (FileKind.ARCHIVE, True)
    assert plain.notes[-1].startswith("Intact under key")
    own = fingerprint(BUREAU.public)
    assert (
        verify_file(path, own.replace(" ", "")).notes[-1].startswith("Intact under the bureau")
    )
    wrong = verify_file(path, "0" * 16)
    assert [check.check for check in wrong.checks if not check.ok] == ["bureau-key"]
    assert wrong.notes[-1] == "Not intact, or altered"


def test_what_is_none_of_these_is_named_and_fails(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("sehr geehrte", "utf-8")
    (tmp_path / "empty").write_bytes(b"")
    rezip(tmp_path / "other.zip", {"a.txt": b"1"})
    for name in ("letter.txt", "empty", "other.zip"):
        report = verify_file(tmp_path / name)
        assert (report.kind, report.ok) == (FileKind.UNKNOWN, False)
        assert name in report.checks[0].detail
    assert not verify_file(tmp_path / "absent").ok
    with pytest.raises(ReviewerError):
        kind_of(tmp_path / "absent")


def test_the_hostile_corpus_is_one_line_each(fixtures: Path) -> None:
    for path in sorted((fixtures / "corpora" / "zip").iterdir()):
        report = verify_file(path)
        assert not report.ok
        assert all("\n" not in check.detail for check in report.checks)


@pytest.mark.usefixtures("_english_afterwards")
def test_the_command_tells_all_and_ends_with_1_if_one_fails(
    tmp_path: Path, pack: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    archive = make_archive(tmp_path / "a.zip")
    sheet = tmp_path / "s.scoresheet"
    sheet.write_bytes(SHEET)
    files = [str(archive), str(pack), str(sheet)]
    assert main(["--language", "en", "verify", *files]) == 0
    printed = capsys.readouterr().out
    assert printed.count("[pass]") > 15
    assert "FAIL" not in printed
    assert main(["verify", "--json", *files, str(tmp_path / "absent")]) == 1
    document = json.loads(capsys.readouterr().out)
    assert [entry["kind"] for entry in document["files"]] == [
        "archive",
        "pack",
        "sheet",
        "unknown",
    ]
    assert [entry["ok"] for entry in document["files"]] == [True, True, True, False]
    assert set(document["files"][0]["checks"][0]) == {"check", "ok", "detail"}


@pytest.mark.usefixtures("_english_afterwards")
def test_a_fingerprint_that_is_none_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["verify", str(tmp_path), "--bureau-key", "not a key"])
    assert caught.value.code == 2
