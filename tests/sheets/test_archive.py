"""The archive: one plain ZIP, the same bytes for the same contents, all of it or none."""

import hashlib
import json
import os
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from resources import archive_resource
from reviewer_app.core.errors import ArchiveError, StorageError
from reviewer_app.core.round import ExpertNumber
from reviewer_app.core.safe_zip import ZipLimits, open_zip
from reviewer_app.sheets import cbor, cose, json_text
from reviewer_app.sheets.archive import (
    ArchiveContents,
    ArchivedClosing,
    ArchivedSheet,
    read_archive,
    sheet_name,
    write_archive,
)
from reviewer_app.sheets.keys import fingerprint
from tests.sheets.making import BUREAU, NOON, OTHER, make_assignment, make_desk, make_roster


@pytest.fixture(scope="module")
def contents() -> ArchiveContents:
    desk = make_desk()
    other = make_assignment(desk.round)
    return ArchiveContents(
        round=desk.round,
        rosters=[make_roster(desk.round, desk.assignment)],
        assignments={ExpertNumber("02"): other.raw},
        sheets=[ArchivedSheet(ExpertNumber("02"), 1, 1, desk.seal())],
        log=b"{}\n",
        closing=ArchivedClosing(NOON, "", "0" * 64),
        results=b"{}",
        statistics=b"{}",
        marks=b"application,expert,indicator,score\n",
        papers={"纪要.pdf": b"%PDF"},
        scans={"scan 1.png": b"\x89PNG"},
        sealed=NOON,
    )


def test_what_is_written_is_read_back(contents: ArchiveContents, tmp_path: Path) -> None:
    path = tmp_path / "档案.zip"
    write_archive(path, contents, BUREAU)
    read = read_archive(path)
    assert read.names()[:5] == (
        "verify.py",
        "README.txt",
        "manifest.json",
        "manifest.cose",
        "round.cose",
    )
    assert list(read.names()[5:]) == [
        "assignments/02.cose",
        "log.jsonl",
        "marks.csv",
        "metadata.json",
        "papers/纪要.pdf",
        "results.json",
        "roster/01.cose",
        "scans/scan 1.png",
        "sheets/02-r1.scoresheet",
        "statistics.json",
    ]
    assert read.read("round.cose") == contents.round.raw
    assert read.read("sheets/02-r1.scoresheet") == contents.sheets[0].file
    assert read.read("verify.py") == archive_resource("verify.py").read_bytes()
    assert read.size("papers/纪要.pdf") == 4


def test_equal_contents_give_equal_bytes(contents: ArchiveContents, tmp_path: Path) -> None:
    write_archive(tmp_path / "1.zip", contents, BUREAU)
    shuffled = replace(contents, papers=dict(reversed(list(contents.papers.items()))))
    write_archive(tmp_path / "2.zip", shuffled, BUREAU)
    assert (tmp_path / "1.zip").read_bytes() == (tmp_path / "2.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "1.zip") as plain:
        infos = plain.infolist()
    assert {info.date_time for info in infos} == {(1980, 1, 1, 0, 0, 0)}
    assert {info.compress_type for info in infos} == {zipfile.ZIP_DEFLATED}
    assert not any(info.flag_bits & 1 for info in infos)


def test_the_manifest_lists_every_other_file_and_is_signed(
    contents: ArchiveContents, tmp_path: Path
) -> None:
    write_archive(tmp_path / "a.zip", contents, BUREAU)
    read = read_archive(tmp_path / "a.zip")
    manifest = read.read("manifest.json")
    listed = {line["path"]: line for line in json.loads(manifest)["files"]}
    assert set(listed) == set(read.names()) - {"manifest.json", "manifest.cose"}
    for name, line in listed.items():
        data = read.read(name)
        assert (line["size"], line["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
    payload = cbor.decode(cose.verify(read.read("manifest.cose"), BUREAU.public))
    digest = hashlib.sha256(manifest).digest()
    assert payload == {0: "reviewer-app/manifest/1", 1: contents.round.digest, 2: digest}


def test_metadata_say_what_the_round_says(contents: ArchiveContents, tmp_path: Path) -> None:
    closing = ArchivedClosing(NOON, "专家 05 未到会", "ab" * 32)
    write_archive(tmp_path / "a.zip", replace(contents, closing=closing), BUREAU)
    metadata = json_text.decode(read_archive(tmp_path / "a.zip").read("metadata.json"))
    assert metadata["title"] == contents.round.document.title
    assert metadata["bureau_key"] == BUREAU.public.hex()
    assert metadata["sealed"] == "2026-11-21T04:00:00Z"
    assert metadata["closing"] == {
        "at": "2026-11-21T04:00:00Z",
        "log_head": "ab" * 32,
        "reason": "专家 05 未到会",
    }


def test_sheets_are_named_by_expert_stage_revision_and_key() -> None:
    taken: dict[str, bytes] = {}
    for stage, revision in ((1, 1), (1, 2), (2, 1), (1, 1)):
        taken[sheet_name(ArchivedSheet(ExpertNumber("07"), stage, revision, b""), taken)] = b""
    assert list(taken) == [
        "sheets/07-r1.scoresheet",
        "sheets/07-r2.scoresheet",
        "sheets/07-s2-r1.scoresheet",
        "sheets/07-r1-k2.scoresheet",
    ]


def test_another_key_is_a_mistake_of_ours(contents: ArchiveContents, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="another bureau key"):
        write_archive(tmp_path / "a.zip", contents, OTHER)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "name", ["", "../x.pdf", "a\\b.pdf", ".hidden", "a:b.pdf", "con\n.pdf"]
)
def test_an_unsafe_name_of_a_paper_leaves_the_old_archive(
    name: str, contents: ArchiveContents, tmp_path: Path
) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(b"old")
    with pytest.raises(ArchiveError) as caught:
        write_archive(path, replace(contents, papers={name: b""}), BUREAU)
    assert "\n" not in str(caught.value)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_names_that_collide_are_refused(contents: ArchiveContents, tmp_path: Path) -> None:
    papers = {"A.pdf": b"1", "a.pdf": b"2"}
    with pytest.raises(ArchiveError, match="occurs twice"):
        write_archive(tmp_path / "a.zip", replace(contents, papers=papers), BUREAU)


def test_a_blank_scan_is_no_bomb(contents: ArchiveContents, tmp_path: Path) -> None:
    blank = bytes(9 << 20)
    write_archive(tmp_path / "a.zip", replace(contents, scans={"blank.tif": blank}), BUREAU)
    assert read_archive(tmp_path / "a.zip").read("scans/blank.tif") == blank


def test_more_than_a_reader_would_take_is_not_written(
    contents: ArchiveContents, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reviewer_app.sheets.archive.LIMITS", ZipLimits(entry_bytes=150_000))
    with pytest.raises(ArchiveError, match=r"scans/big\.png is too large"):
        write_archive(
            tmp_path / "a.zip", replace(contents, scans={"big.png": bytes(150_001)}), BUREAU
        )
    monkeypatch.setattr("reviewer_app.sheets.archive.LIMITS", ZipLimits(entries=3))
    with pytest.raises(ArchiveError, match="would be too large"):
        write_archive(tmp_path / "a.zip", contents, BUREAU)


def test_a_folder_that_is_gone_is_one_clear_line(
    contents: ArchiveContents, tmp_path: Path
) -> None:
    with pytest.raises(StorageError, match="does not exist"):
        write_archive(tmp_path / "gone" / "a.zip", contents, BUREAU)


def unpacked(contents: ArchiveContents, folder: Path) -> Path:
    write_archive(folder / "a.zip", contents, BUREAU)
    zipped = open_zip(folder / "a.zip")
    out = folder / "out"
    for name in zipped.names():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_bytes(zipped.read(name))
    return out


def test_a_folder_is_read_like_its_zip(contents: ArchiveContents, tmp_path: Path) -> None:
    folder = unpacked(contents, tmp_path)
    (folder / "Thumbs.db").write_bytes(b"left by the system")
    zipped, read = read_archive(tmp_path / "a.zip"), read_archive(folder)
    assert set(read.names()) == set(zipped.names())
    assert all(read.read(name) == zipped.read(name) for name in read.names())
    with pytest.raises(ArchiveError, match="no file absent"):
        read.read("absent")
    (folder / "round.cose").unlink()
    with pytest.raises(ArchiveError, match="cannot be read"):
        read.read("round.cose")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_links_and_pipes_in_a_folder_are_refused(
    contents: ArchiveContents, tmp_path: Path
) -> None:
    folder = unpacked(contents, tmp_path)
    (folder / "papers" / "link").symlink_to("/etc/passwd")
    with pytest.raises(ArchiveError, match="papers/link is a link or a device"):
        read_archive(folder)
    (folder / "papers" / "link").unlink()
    os.mkfifo(folder / "papers" / "pipe")
    with pytest.raises(ArchiveError, match="papers/pipe is a link or a device"):
        read_archive(folder)


@pytest.mark.skipif(
    not all(map(shutil.which, ("openssl", "perl", "od"))), reason="the tools are not here"
)
def test_the_recipe_of_the_readme_works(contents: ArchiveContents, tmp_path: Path) -> None:
    folder = unpacked(contents, tmp_path)
    before = read_archive(folder).names()
    text = (folder / "README.txt").read_text("utf-8")
    script = text.partition("于本文件夹内：")[2].partition("manifest.json 写着")[0]
    done = subprocess.run(
        ["sh", "-c", f"set -e\n{script}"],
        cwd=folder,
        capture_output=True,
        check=False,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert "Verified OK" in done.stdout
    digest = hashlib.sha256((folder / "manifest.json").read_bytes()).hexdigest()
    assert done.stdout.count(digest) == 2
    own = fingerprint(BUREAU.public).replace(" ", "").lower()
    assert done.stdout.startswith(own)
    assert read_archive(folder).names() == before
