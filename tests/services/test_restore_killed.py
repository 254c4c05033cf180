"""A restore that is killed at any of its calls: the rounds are all there at the next start."""

import itertools
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from reviewer_app.bootstrap import wire
from reviewer_app.core.errors import StorageError
from reviewer_app.services import backup, desk_hold, key_wrapping
from reviewer_app.services.backup import Backup, back_up, restore
from reviewer_app.services.key_wrapping import Stretching
from tests.faults.processes import forked
from tests.services.day import NOON, Day

pytestmark = [
    pytest.mark.skipif(os.name == "nt", reason="needs fork and SIGKILL"),
    pytest.mark.file_only("a server is backed up by its own tools"),
]
CALLS = ("rename", "unlink")
MOVES = 20
"""More than a restore has of either."""


@pytest.fixture(autouse=True)
def _light_work(monkeypatch: pytest.MonkeyPatch) -> None:
    cheap = Stretching("00" * 16, 64, 1, 4)
    monkeypatch.setattr(backup, "new_stretching", lambda: cheap)
    assert key_wrapping.stretch(b"code", cheap)


@pytest.fixture
def made(day: Day, tmp_path: Path) -> Backup:
    found = back_up(day.context, tmp_path / "b.reviewbackup", NOON)
    with day.context.open_bureau() as unit:
        unit.set_setting("written-after", b"the backup")
        unit.commit()
    return found


def killed_at(home: Path, made: Backup, call: str, number: int, *, after: bool) -> bool:
    """Restore in a process that is killed at its k-th rename or unlink; tell if it was."""
    real, seen = getattr(os, call), 0

    def counting(*arguments: object, **named: object) -> object:
        nonlocal seen
        seen += 1
        if seen == number and not after:
            os.kill(os.getpid(), signal.SIGKILL)
        try:
            return real(*arguments, **named)
        finally:
            if seen == number:
                os.kill(os.getpid(), signal.SIGKILL)

    def work() -> None:
        setattr(os, call, counting)
        restore(wire(home), made.path, made.code, NOON, replace=True)

    child = forked(work)
    _pid, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)


@pytest.mark.parametrize("call", CALLS)
def test_a_restore_killed_at_any_step_loses_no_round(
    day: Day, made: Backup, tmp_path_factory: pytest.TempPathFactory, call: str
) -> None:
    """Then the old rounds are there, or the restored ones with the old ones kept beside."""
    found: list[str] = []
    original = tmp_path_factory.mktemp("original") / "home"
    shutil.copytree(day.context.home, original)
    home, moments = day.context.home, itertools.product(range(1, MOVES), (False, True))
    for number, after in moments:
        if not killed_at(home, made, call, number, after=after):
            break
        found.append(state_after(day))
        shutil.rmtree(home)
        shutil.copytree(original, home)
    assert len(found) >= 4
    assert {*found} >= ({"old", "new"} if call == "rename" else {"old"})


def state_after(day: Day) -> str:
    """Return which rounds a new start finds; where the new ones, the old lie aside."""
    context = wire(day.context.home)
    with context.open_bureau() as unit:
        assert [record.id for record in unit.rounds()] == [day.round_id]
        restored = unit.setting("written-after") is None
    if restored:
        (aside,) = context.home.glob("bureau.before-restore-*.db")
        (context.home / "bureau.db").unlink()
        aside.rename(context.home / "bureau.db")
        with wire(context.home).open_bureau() as unit:
            assert unit.setting("written-after") == b"the backup"
    assert not list(context.home.glob("*.restored"))
    return "new" if restored else "old"


HOLDER = """
import sys, time
from pathlib import Path
from reviewer_app.bootstrap import wire
context = wire(Path(sys.argv[1]))
context.hold_bureau()
print("held", flush=True)
time.sleep(60)
"""


def test_a_second_window_on_the_same_rounds_is_told_and_a_kill_leaves_nothing(
    day: Day, made: Backup
) -> None:
    home = day.context.home
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(home)], stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "held\n"
        for attempt in (
            wire(home).hold_bureau,
            lambda: restore(wire(home), made.path, made.code, NOON, replace=True),
        ):
            with pytest.raises(StorageError, match="open in another window"):
                attempt()
        with wire(home).open_bureau() as unit:  # a command looks and changes at once
            assert unit.rounds()
        program.kill()
        program.wait()
    assert (home / desk_hold.BUREAU_LOCK).exists()
    wire(home).hold_bureau()
    assert restore(wire(home), made.path, made.code, NOON, replace=True).rounds == 1


def test_rounds_on_a_server_are_for_several_windows(tmp_path: Path) -> None:
    wire(tmp_path / "home", "postgresql://nobody@localhost/none").hold_bureau()
    assert not (tmp_path / "home").exists()
