"""F1 for drafts: kill -9 while they are written; a crash returns to the same indicator."""

import os
import shutil
import signal
import time
from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from reviewer_app.core.marks import scored
from reviewer_app.services.desk import Desk
from reviewer_app.services.desk_draft import Standing, continue_from, find_draft, write_draft
from reviewer_app.services.desk_place import Draft, kept_draft, kept_place, put_draft, put_place
from reviewer_app.services.desk_scoring import put_mark
from tests.faults import forging
from tests.faults.conftest import Trials
from tests.faults.processes import forked
from tests.services.laptop import NOON, Laptop, Pack
from tests.services.test_desk_crashes import INDICATORS, WORD, place_of, saves_on
from tests.sheets.making import make_scheme

pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs fork and SIGKILL")


def work_and_write(desk: Desk, stick: Path, first: int, pipe: int) -> None:
    """Open an indicator, score it, write a draft, tell that it is on the stick; for ever."""
    for save in range(first, first + 1_000_000):
        number, code = place_of(save)
        put_place(desk, number, code)
        put_draft(desk, Draft(number, code, str(save % 101)))
        put_mark(desk, number, code, scored(save % 101), NOON + timedelta(microseconds=save))
        write_draft(desk, stick, NOON)
        os.write(pipe, save.to_bytes(WORD))


def killed_at_it(desk: Desk, stick: Path, first: int, after: float) -> int:
    """Kill the work so long after its first draft; return how many it told to be written."""
    reading, writing = os.pipe()
    child = forked(partial(work_and_write, desk, stick, first, writing))
    os.close(writing)
    told = os.read(reading, WORD)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    _pid, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), "the work itself failed"
    with os.fdopen(reading, "rb") as stream:
        return len(told + stream.read()) // WORD


def test_f1_a_kill_while_a_draft_is_written(tmp_path: Path, trials: Trials) -> None:
    """What another laptop goes on from is whole and has all that was told to be in it."""
    pack = Pack(tmp_path, 8, 3, make_scheme(INDICATORS))
    stick, fresh = tmp_path / "stick", tmp_path / "fresh"
    stick.mkdir()
    kills, chance = trials.count(1000, 3), forging.chance(1)
    told: list[int] = []
    with Laptop(fresh) as other:
        other.open(pack).release()
    with Laptop(tmp_path / "a") as dying:
        desk = dying.open(pack)
        for kill in range(kills):
            dying.close()
            first = told[-1] + 2 if told else 0
            written = killed_at_it(desk, stick, first, chance.uniform(0, 0.12))
            told += range(first, first + written)
            check_place(desk, told[-1])
            home = shutil.copytree(fresh, tmp_path / f"b{kill}")
            check_draft(home, pack, stick, told)
            shutil.rmtree(home)
            for left in stick.glob(".*"):
                left.unlink()
    trials.survived("F1 draft killed", kills)


def check_place(desk: Desk, last: int) -> None:
    """Find the indicator open, and the text in it, that were so at the kill."""
    place, typed = kept_place(desk), kept_draft(desk)
    assert place in {place_of(last), place_of(last + 1)}
    assert typed is not None
    assert (typed.application, typed.indicator) in {place_of(last), place_of(last + 1)}


def check_draft(home: Path, pack: Pack, stick: Path, told: Sequence[int]) -> None:
    """Go on from the draft on another laptop, and find there every mark that was told."""
    laptop = Laptop(home)
    try:
        desk = laptop.open(pack)
        found = find_draft(desk, stick)
        assert found is not None
        assert found.standing is Standing.NEWER
        continue_from(desk, found.file)
        saves = saves_on(desk)
        assert max(saves.values()) in {told[-1], told[-1] + 1}
        assert all(saves[place_of(each)] >= each for each in told)
        desk.release()
    finally:
        laptop.close()
