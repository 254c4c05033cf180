"""F9: the current fails at any moment; what was acknowledged is there, nothing is half."""

import os
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from reviewer_app.core.errors import DocumentError
from reviewer_app.core.marks import scored
from reviewer_app.services.desk import Desk
from reviewer_app.services.desk_scoring import put_mark
from reviewer_app.services.desk_signing import export_sheet
from reviewer_app.services.records import SignedRecord
from reviewer_app.sheets.score_sheet import Remark, verify_sheet
from tests.faults import forging
from tests.faults.conftest import Trials
from tests.faults.disks import can_trace
from tests.faults.merging import Merge, make_merge
from tests.faults.power import crashes
from tests.faults.recording import ACKNOWLEDGED, Name, Recording, Write, record
from tests.services import test_desk_crashes as saving
from tests.services.day import NOON, Day
from tests.services.laptop import Laptop, Pack
from tests.sheets.making import app, make_desk, make_scheme

pytestmark = pytest.mark.skipif(not can_trace(), reason="needs strace and the right to use it")
MAKER = make_desk()
SHEET = MAKER.seal({app(1): {"6.1": Remark("好" * 3_000)}})
RECORD = SignedRecord(1, SHEET, "", NOON)
OLD = SHEET[:-1]


def tell(root: Path, words: bytes) -> None:
    """Note in the recording what the user has been told."""
    descriptor = os.open(root / ACKNOWLEDGED, os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    os.write(descriptor, words)
    os.close(descriptor)


@pytest.fixture
def laptop(tmp_path: Path) -> Iterator[Laptop]:
    with Laptop(tmp_path / "laptop") as machine:
        yield machine


def test_f9_no_acknowledged_mark_is_lost(
    laptop: Laptop, tmp_path: Path, trials: Trials
) -> None:
    """Enough marks that the write-ahead log is folded in between; then the desk is closed."""
    desk = laptop.open(Pack(tmp_path, 8, 3, make_scheme(saving.INDICATORS)))
    laptop.close()
    marks = trials.count(180, 30)

    def save() -> None:
        for number in range(marks):
            place, moment = saving.place_of(number), NOON + timedelta(microseconds=number)
            put_mark(desk, *place, scored(number % 101), moment)
            tell(laptop.home, number.to_bytes(saving.WORD))
        laptop.close()

    recording = record(laptop.home, save, tmp_path / "log")
    states, moments = trials.count(300, 6), set()
    for crash in crashes(recording, states, forging.chance(9)):
        found = saving.saves_on(desk)
        laptop.close()
        told = {int.from_bytes(words) for words in crash.told}
        for place, number in {saving.place_of(each): each for each in sorted(told)}.items():
            assert found[place] in {number, len(told)}, crash
        assert set(found.values()) <= told | {len(told)}, crash
        moments.add(len(told))
    assert len(moments) > 2
    trials.survived("F9 save", states)


@pytest.fixture
def desk(laptop: Laptop, tmp_path: Path) -> Desk:
    return laptop.open(Pack(tmp_path, 8, 3))


@pytest.mark.parametrize("place", ["", "a/new/folder"])
def test_f9_an_exported_sheet_is_whole_or_not_there(
    desk: Desk, tmp_path: Path, trials: Trials, place: str
) -> None:
    root = tmp_path / "usb"
    root.mkdir()
    target = root / place / "08-r1.scoresheet"
    if not place:
        target.write_bytes(OLD)

    def export() -> None:
        export_sheet(desk, RECORD, target.parent)
        tell(root, b"exported")

    recording = record(root, export, tmp_path / "log")
    states = trials.count(150, 6)
    for crash in crashes(recording, states, forging.chance(10)):
        if crash.told:
            assert target.read_bytes() == SHEET, crash
        if target.exists() and target.read_bytes() != OLD:
            verify_sheet(target.read_bytes(), MAKER.round, MAKER.assignment)
    trials.survived("F9 export", states)


@pytest.fixture
def merge(day: Day, tmp_path: Path) -> Merge:
    return make_merge(day, tmp_path)


def test_f9_a_merge_is_between_two_sheets(merge: Merge, tmp_path: Path, trials: Trials) -> None:
    merge.reset()

    def work() -> None:
        merge.collect()
        tell(merge.home, b"merged")

    recording = record(merge.home, work, tmp_path / "log")
    states = trials.count(300, 4)
    for crash in crashes(recording, states, forging.chance(11)):
        count = merge.check_between()
        assert count == 15 if crash.told else count <= 15, crash
        assert merge.finish() == merge.digest
    trials.survived("F9 merge", states)


@pytest.mark.parametrize("careless", ["no flush", "no folder flush", "in place"])
def test_f9_the_method_finds_a_careless_saver(tmp_path: Path, careless: str) -> None:
    """Three ways of saving that kill -9 forgives and a power loss does not."""
    root = tmp_path / "disk"
    root.mkdir()
    target, beside = root / "sheet", root / "beside"
    target.write_bytes(OLD)

    def save() -> None:
        place = target if careless == "in place" else beside
        with place.open("wb") as stream:
            stream.write(SHEET)
            if careless != "no flush":
                stream.flush()
                os.fsync(stream.fileno())
        if careless != "in place":
            beside.replace(target)
        tell(root, b"saved")

    recording = record(root, save, tmp_path / "log")
    assert any(isinstance(step, Name | Write) for step in recording.steps)
    assert not all(map(partial(_holds, target), _states(recording)))


def _states(recording: Recording) -> Iterator[tuple[bytes, ...]]:
    for crash in crashes(recording, 60, forging.chance(12)):
        yield crash.told


def _holds(target: Path, told: tuple[bytes, ...]) -> bool:
    """Tell whether the rule of the tests above is kept."""
    data = target.read_bytes() if target.exists() else b""
    if told:
        return data == SHEET
    if data in (OLD, b""):
        return data == OLD
    try:
        verify_sheet(data, MAKER.round, MAKER.assignment)
    except DocumentError:
        return False
    return True
