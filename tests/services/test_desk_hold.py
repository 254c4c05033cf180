"""Two programs on one pack: real processes, a real lock, a real kill."""

import errno
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from reviewer_app.core.errors import StorageError
from reviewer_app.services.desk_hold import LOCK_FILE, hold_desk, require_free
from reviewer_app.services.desk_status import desk_status
from reviewer_app.services.desk_wiping import wipe
from tests.services.laptop import Laptop, Pack

HOLDER = """
import sys, time
from pathlib import Path
from reviewer_app.services.desk_hold import hold_desk
hold = hold_desk(Path(sys.argv[1]))
print("held", flush=True)
time.sleep(60)
"""


@contextmanager
def another_program(folder: Path) -> Iterator["subprocess.Popen[str]"]:
    """Run a program that has the desk open until it is killed."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(folder)], stdout=subprocess.PIPE, text=True
    ) as program:
        try:
            assert program.stdout is not None
            assert program.stdout.readline() == "held\n"
            yield program
        finally:
            program.kill()


def test_the_second_program_is_refused_and_a_kill_leaves_nothing(tmp_path: Path) -> None:
    pack = Pack(tmp_path)
    with Laptop(tmp_path / "home") as laptop:
        desk = laptop.open(pack)
        desk.release()
        laptop.close()
        with another_program(desk.folder) as program:
            for attempt in (laptop.open, laptop.open_again):
                with pytest.raises(StorageError, match="open in another window or program"):
                    attempt(pack)
            with pytest.raises(StorageError, match="open in another window or program"):
                require_free(desk.folder)
            with pytest.raises(StorageError, match="open in another window or program"):
                wipe(laptop.home, pack.pack_id)
            assert (desk.folder / "desk.db").exists()
            program.kill()
            program.wait()
        assert (desk.folder / LOCK_FILE).exists()
        assert desk_status(laptop.open_again(pack)).revision == 0


def test_one_program_shares_its_hold_and_gives_it_back(tmp_path: Path) -> None:
    hold = hold_desk(tmp_path)
    assert hold_desk(tmp_path) is hold
    hold.release()
    assert not hold.held
    with another_program(tmp_path), pytest.raises(StorageError):
        hold_desk(tmp_path)
    assert hold_desk(tmp_path).held


def test_a_desk_never_opened_is_free(tmp_path: Path) -> None:
    require_free(tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no flock")
def test_a_file_system_without_locks_is_told_as_a_fault_of_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_locks(_descriptor: int, _how: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("fcntl.flock", no_locks)
    with pytest.raises(StorageError):
        hold_desk(tmp_path)
