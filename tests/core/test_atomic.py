import errno
import os
import stat
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from reviewer_app.core.atomic import (
    create_file,
    disk_fault,
    private_folder,
    replacing,
    write_file,
)
from reviewer_app.core.errors import StorageError


def test_a_file_takes_the_place_of_the_old_one_alone(tmp_path: Path) -> None:
    path = tmp_path / "评分.scoresheet"
    write_file(path, b"old")
    write_file(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]
    if os.name != "nt":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def write_with(path: Path, midway: Callable[[], object]) -> None:
    with replacing(path) as stream:
        stream.write(b"half")
        midway()
        stream.write(b"done")


@pytest.mark.parametrize("step", ["write", "fsync", "replace"])
def test_a_fault_at_any_step_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    path = tmp_path / "file"
    write_file(path, b"old")

    def fail(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    targets = {"fsync": "reviewer_app.core.atomic.os.fsync", "replace": "pathlib.Path.replace"}
    if step in targets:
        monkeypatch.setattr(targets[step], fail)
    with pytest.raises(StorageError, match=r"no room left for .*file"):
        write_with(path, fail if step == "write" else lambda: None)
    monkeypatch.undo()
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_bug_inside_the_block_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "file"
    write_file(path, b"old")
    with pytest.raises(ZeroDivisionError):
        write_with(path, lambda: 1 / 0)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="does not exist"):
        write_file(tmp_path / "absent" / "file", b"")
    with pytest.raises(StorageError, match="does not exist"):
        create_file(tmp_path / "absent" / "file", b"")


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (errno.ENOSPC, "no room left"),
        (errno.EDQUOT, "no room left"),
        (errno.EROFS, "write-protected"),
        (errno.EACCES, "is denied"),
        (errno.ENOENT, "does not exist"),
        (errno.EIO, "pulled out"),
        (errno.ENAMETOOLONG, "name is too long"),
    ],
)
def test_every_fault_names_the_path_and_a_way_out(code: int, sentence: str) -> None:
    fault = disk_fault(OSError(code, os.strerror(code)), Path("/media/USB/x"))
    assert "/media/USB/x" in str(fault)
    assert sentence in str(fault)


def test_of_many_who_create_one_file_exactly_one_wins(tmp_path: Path) -> None:
    path, start = tmp_path / "file", threading.Barrier(8)
    won: list[bytes] = []

    def create(mine: bytes) -> None:
        start.wait()
        try:
            create_file(path, mine)
        except FileExistsError:
            return
        won.append(mine)

    threads = [threading.Thread(target=create, args=(bytes([n]) * 9,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert won == [path.read_bytes()]
    assert list(tmp_path.iterdir()) == [path]


def test_a_stick_without_links_is_served_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_arguments: object) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr("reviewer_app.core.atomic.os.link", no_links)
    path = tmp_path / "file"
    create_file(path, b"one")
    with pytest.raises(FileExistsError):
        create_file(path, b"two")
    assert path.read_bytes() == b"one"


@pytest.mark.skipif(os.name == "nt", reason="rights are the folder's there")
def test_private_folders_are_private_all_the_way(tmp_path: Path) -> None:
    folder = private_folder(tmp_path / "a" / "b")
    assert private_folder(folder) == folder
    for each in (folder, folder.parent):
        assert stat.S_IMODE(each.stat().st_mode) == 0o700


def test_a_file_where_a_folder_should_be_is_said(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"")
    with pytest.raises(StorageError, match="is a file, not a folder"):
        private_folder(tmp_path / "a" / "b")
