import os
import shutil
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

import db
from db.engine import connect_file
from reviewer_app.core.errors import StorageError
from tests.db.conftest import KEY
from tests.db.examples import (
    DESK_AS_STORED,
    FIRST,
    HARD,
    MARKS,
    everything_on_desk,
    fill_desk,
)

PAGE = 4096


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """Return a closed desk of many pages."""
    path = tmp_path / "desk.db"
    database = db.open_desk(path, KEY)
    with database() as unit:
        fill_desk(unit)
        unit.set_setting("ballast", os.urandom(30 * PAGE))
        unit.commit()
    database.close()
    return path


def read(path: Path, key: bytes = KEY) -> list[object]:
    database = db.open_desk(path, key)
    try:
        with database() as unit:
            return everything_on_desk(unit)
    finally:
        database.close()


def test_nothing_in_the_files_can_be_read(tmp_path: Path) -> None:
    database = db.open_desk(tmp_path / "desk.db", KEY)
    with database() as unit:
        fill_desk(unit)
        unit.commit()
    written = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    database.close()
    assert len(written) > PAGE
    for trace in (b"SQLite format", b"CREATE TABLE", HARD.encode(), b"17/2", KEY, KEY.hex()):
        sought = trace if isinstance(trace, bytes) else trace.encode()
        assert sought not in written


@pytest.mark.skipif(os.name == "nt", reason="rights are the folder's there")
def test_only_the_owner_may_read_the_files(tmp_path: Path) -> None:
    database = db.open_desk(tmp_path / "desk.db", KEY)
    with database() as unit:
        fill_desk(unit)
        unit.commit()
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    database.close()
    assert modes == {"desk.db": 0o600, "desk.db-wal": 0o600, "desk.db-shm": 0o600}


def test_commits_are_synchronous_and_references_enforced(filled: Path) -> None:
    engine = connect_file(filled, KEY)
    with engine.connect() as connection:
        told = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }
    engine.dispose()
    assert told == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
    }


def test_tables_made_in_a_transaction_disappear_with_it(filled: Path) -> None:
    engine = connect_file(filled, KEY)
    with engine.connect() as connection:
        connection.execute(text("CREATE TABLE half (a TEXT)"))
        connection.rollback()
        found = connection.scalars(text("SELECT name FROM sqlite_master")).all()
    engine.dispose()
    assert "mark" in found
    assert "half" not in found


def test_another_key_opens_nothing_and_changes_nothing(
    filled: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    before = filled.read_bytes()
    with pytest.raises(StorageError, match="does not open with this key"):
        read(filled, bytes(32))
    assert filled.read_bytes() == before
    assert read(filled) == DESK_AS_STORED
    assert capfd.readouterr().err == ""


def test_a_short_key_is_a_bug(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        db.open_desk(tmp_path / "desk.db", b"short")


def test_a_flipped_bit_on_any_page_is_found_at_opening(
    filled: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    whole = filled.read_bytes()
    for place in range(PAGE // 2, len(whole), PAGE):
        damaged = bytearray(whole)
        damaged[place] ^= 0x10
        filled.write_bytes(damaged)
        with pytest.raises(StorageError, match="left as it is"):
            read(filled)
        assert filled.read_bytes() == damaged
    filled.write_bytes(whole)
    assert read(filled) == DESK_AS_STORED
    assert capfd.readouterr().err == ""


def test_damage_in_a_large_file_is_found_when_its_page_is_read(
    filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.engine.CHECKED_AT_OPENING", PAGE)
    whole = bytearray(filled.read_bytes())
    for place in range(len(whole) // 2, len(whole), PAGE):
        whole[place] ^= 1
    filled.write_bytes(whole)
    database = db.open_desk(filled, KEY)
    with database() as unit, pytest.raises(StorageError, match="is damaged"):
        unit.setting("ballast")
    database.close()
    with pytest.raises(StorageError, match="does not open with this key"):
        db.open_desk(filled, bytes(32))


def test_a_cut_off_file_is_found_at_opening(filled: Path) -> None:
    whole = filled.read_bytes()
    for size in (1, PAGE - 1, PAGE, 5 * PAGE, len(whole) - PAGE, len(whole) - 1):
        filled.write_bytes(whole[:size])
        with pytest.raises(StorageError, match="left as it is"):
            read(filled)


def test_a_file_of_another_kind_is_refused_untouched(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    path.write_bytes(b"%PDF-1.7 another kind of file..." * 512)
    with pytest.raises(StorageError, match="does not open with this key"):
        read(path)
    assert path.read_bytes().startswith(b"%PDF-1.7")


def test_a_folder_in_the_place_of_the_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="is a folder"):
        db.open_desk(tmp_path, KEY)


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="does not exist"):
        db.open_desk(tmp_path / "absent" / "desk.db", KEY)


def test_a_second_writer_is_told_to_wait(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.engine.BUSY_SECONDS", 0.05)
    database = db.open_desk(filled, KEY)
    with database() as first:
        first.put_note(FIRST, "first")
        with database() as second, pytest.raises(StorageError, match="is in use by another"):
            second.put_note(FIRST, "second")
        first.commit()
    with database() as unit:
        assert unit.note(FIRST) == "first"
    database.close()


def test_names_from_anywhere_are_fine(tmp_path: Path) -> None:
    path = tmp_path / "评审 100% ?mode=ro#x" / "专家's.db"
    path.parent.mkdir()
    database = db.open_desk(path, KEY)
    with database() as unit:
        fill_desk(unit)
        unit.commit()
    database.close()
    assert read(path) == DESK_AS_STORED
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Return a disk of 256 KiB; only root may mount one."""
    if os.name == "nt" or os.geteuid() != 0 or not shutil.which("mount"):
        pytest.skip("only root can mount a small disk")
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(place)]
    if subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("mounting is not allowed here")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_full_disk_is_said_and_nothing_acknowledged_is_lost(small_disk: Path) -> None:
    database = db.open_desk(small_disk / "desk.db", KEY)
    acknowledged = 0

    def write_until_it_is_full() -> None:
        nonlocal acknowledged
        for acknowledged in range(10_000):
            with database() as unit:
                unit.put_note(FIRST, f"{acknowledged:06d}" * 500)
                unit.commit()

    with pytest.raises(StorageError, match="full"):
        write_until_it_is_full()
    assert acknowledged > 0
    with database() as unit:
        assert unit.note(FIRST) == f"{acknowledged - 1:06d}" * 500
    database.close()
    database = db.open_desk(small_disk / "desk.db", KEY)  # room again: the log was folded in
    with database() as unit:
        unit.put_mark(MARKS[0])
        unit.commit()
        assert unit.note(FIRST) == f"{acknowledged - 1:06d}" * 500
    database.close()


def test_a_write_protected_disk_is_said(small_disk: Path, filled: Path) -> None:
    shutil.copy(filled, small_disk / "desk.db")
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with pytest.raises(StorageError, match="write-protected medium"):
        db.open_desk(small_disk / "desk.db", KEY)
