"""F5–F8: system calls that fail, full disks, write protection, a stick pulled out."""

import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from reviewer_app.bootstrap import wire
from reviewer_app.core.errors import ReviewerError, StorageError
from reviewer_app.core.marks import scored
from reviewer_app.services import closing, transfer
from reviewer_app.services.closing_paper import write_closing_statement
from reviewer_app.services.desk import Desk
from reviewer_app.services.desk_excel import write_workbook
from reviewer_app.services.desk_scoring import put_mark
from reviewer_app.services.desk_signing import export_sheet
from reviewer_app.services.records import SignedRecord
from reviewer_app.services.sample import make_sample
from reviewer_app.sheets.score_sheet import Remark
from tests.faults import altering, forging
from tests.faults.conftest import Trials
from tests.faults.disks import Failing, can_mount, can_trace, fill, mounted, read_only, under
from tests.faults.merging import Merge, make_merge
from tests.services.day import NOON, Day
from tests.services.laptop import Laptop, Pack
from tests.sheets.making import app, make_desk

traced = pytest.mark.skipif(not can_trace(), reason="needs strace and the right to use it")
as_root = pytest.mark.skipif(not can_mount(), reason="needs the right to mount a small disk")
MAKER = make_desk()
NEW = MAKER.seal({app(1): {"6.1": Remark("好" * 20_000)}})
OLD = NEW[:-1]
"""What an earlier bad stick left; an intact other sheet would never be written over."""
NEW_RECORD = SignedRecord(1, NEW, "", NOON)
STEP = 4096
FAILURES = (
    ("write", "ENOSPC"), ("write", "EIO"), ("fsync,fdatasync", "EIO"),
    ("fsync,fdatasync", "ENOSPC"), ("rename,renameat,renameat2", "EIO"),
    ("openat", "EIO"), ("openat", "EACCES"), ("pwrite64", "ENOSPC"), ("pwrite64", "EIO"),
    ("ftruncate", "EIO"), ("fstat,newfstatat", "EIO"),
)  # fmt: skip


@pytest.fixture
def merge(day: Day, tmp_path: Path) -> Merge:
    return make_merge(day, tmp_path)


@pytest.fixture
def laptop(tmp_path: Path) -> Iterator[Laptop]:
    with Laptop(tmp_path / "laptop") as machine:
        yield machine


@pytest.fixture
def desk(laptop: Laptop, tmp_path: Path) -> Desk:
    return laptop.open(Pack(tmp_path, 8, 3))


def damaged_sheet(out: Path) -> Path:
    """Leave the damaged sheet where the next one goes."""
    out.mkdir(exist_ok=True)
    return forging.write(out / "08-r1.scoresheet", OLD)


@traced
def test_f5_an_export_that_fails_leaves_old_or_new(
    desk: Desk, tmp_path: Path, trials: Trials
) -> None:
    out = tmp_path / "usb"
    done = 0
    for calls, error in FAILURES[:: trials.step(4)]:
        for number in range(1, trials.count(60, 3) + 1):
            target = damaged_sheet(out)
            work = partial(export_sheet, desk, NEW_RECORD, out)
            told = under(Failing(calls, error, str(number)), work, tmp_path / "log")
            if not told.met:
                break
            assert target.read_bytes() in (OLD, NEW)
            assert told.sentence or target.read_bytes() == NEW
            assert not list(out.glob(".*.partial"))
            done += 1
    trials.survived("F5 export", done)


@traced
def test_f5_a_merge_that_fails_is_between_two_sheets(
    merge: Merge, tmp_path: Path, trials: Trials
) -> None:
    done = 0
    for calls, error in FAILURES[:: trials.step(5)]:
        step = trials.step(9)
        for number in range(1, trials.count(60, 10) + 1, step):
            merge.reset()
            told = under(Failing(calls, error, str(number)), merge.collect, tmp_path / "log")
            if not told.met:
                break
            merge.check_between()
            assert merge.finish() == merge.digest
            done += 1
    trials.survived("F5 merge", done)


@traced
def test_f5_a_mark_that_was_acknowledged_is_there(
    laptop: Laptop, desk: Desk, tmp_path: Path, trials: Trials
) -> None:
    acknowledged = tmp_path / "acknowledged"
    done = 0
    for calls, error in FAILURES[:: trials.step(4)]:
        for number in range(1, trials.count(40, 3) + 1):
            points = done % 100
            laptop.close()
            acknowledged.unlink(missing_ok=True)

            def save(points: int = points) -> None:
                put_mark(desk, app(1), "6.1", scored(points), NOON)
                acknowledged.touch()

            told = under(Failing(calls, error, str(number)), save, tmp_path / "log")
            if not told.met:
                break
            with desk.unit() as unit:
                kept = unit.mark(app(1), "6.1")
            assert told.sentence or acknowledged.exists()
            if acknowledged.exists():
                assert kept is not None
                assert kept.mark == scored(points)
            done += 1
    trials.survived("F5 save", done)


@traced
def test_f8_a_stick_pulled_out_gives_one_line_in_time(
    desk: Desk, tmp_path: Path, trials: Trials
) -> None:
    """Every call from the k-th on fails, as when the medium is gone."""
    out = tmp_path / "usb"
    done = 0
    kinds = ("write,fsync,rename,unlink", "openat,write,fsync,rename,unlink,fstat,newfstatat")
    for calls in kinds:
        for number in range(1, trials.count(50, 4) + 1):
            target = damaged_sheet(out)
            work = partial(export_sheet, desk, NEW_RECORD, out)
            begun = time.monotonic()
            told = under(Failing(calls, "EIO", f"{number}+"), work, tmp_path / "log")
            assert time.monotonic() - begun < 10
            if not told.met:
                break
            assert told.sentence or target.read_bytes() == NEW, number
            assert target.read_bytes() in (OLD, NEW)
            done += 1
    trials.survived("F8 stick pulled", done)


@as_root
def test_f6_a_full_disk_while_merging(merge: Merge, tmp_path: Path, trials: Trials) -> None:
    """Every free size in steps of 4 KiB; then room is made and everything goes on."""
    done, most = 0, 800 * 1024
    disk = tmp_path / "disk"
    disk.mkdir()
    merge.reset()
    with mounted(disk, 8 << 20):
        home = disk / "home"
        home.mkdir()
        for path in merge.home.iterdir():
            if path.is_file():
                (home / path.name).write_bytes(path.read_bytes())
        keys = home / "keys"
        keys.mkdir(mode=0o700)
        for path in (merge.home / "keys").iterdir():
            (keys / path.name).write_bytes(path.read_bytes())
        moved = MovedMerge(merge, home)
        for free in range(0, most, STEP * trials.step(40)):
            moved.reset()
            filler = fill(disk, free)
            try:
                moved.collect()
                told = ""
            except StorageError as error:
                told = str(error)
            filler.unlink()
            assert "\n" not in told
            count = moved.check_between()
            assert told or count == 15
            assert moved.finish() == merge.digest
            done += 1
            if not told:
                break
    trials.survived("F6 full disk", done)


class MovedMerge(Merge):
    """The same merge with its database elsewhere."""

    def __init__(self, merge: Merge, home: Path) -> None:
        super().__init__(
            merge.day, merge.stick, merge.empty, merge.digest, merge.revisions, merge.seconds
        )
        self._home = home

    @property
    def home(self) -> Path:
        return self._home


@as_root
def test_f6_a_full_disk_while_exporting(desk: Desk, tmp_path: Path, trials: Trials) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    done = 0
    with mounted(disk, 1 << 20):
        for free in range(0, 2 * len(NEW) + STEP, STEP * trials.step(6)):
            target = damaged_sheet(disk)
            filler = fill(disk, free)
            told = ""
            try:
                export_sheet(desk, NEW_RECORD, disk)
            except StorageError as error:
                told = str(error)
            filler.unlink()
            assert target.read_bytes() == (OLD if told else NEW)
            assert not told or str(target) in told
            assert sorted(disk.iterdir()) == [target]
            done += 1
    trials.survived("F6 full stick", done)


@as_root
def test_f7_write_protection_is_told_with_the_path(
    day: Day, desk: Desk, tmp_path: Path, trials: Trials
) -> None:
    """Everything that writes a file, into a folder and into a new one below it."""
    disk = tmp_path / "disk"
    disk.mkdir()
    bureau, round_id = day.context.open_bureau, day.round_id
    day.collect(*day.sign_all())
    statement = closing.close_round(bureau, round_id, NOON)
    done = 0
    with mounted(disk, 1 << 20):
        read_only(disk)
        for place in (disk, disk / "new" / "folder"):
            works: list[Callable[[], object]] = [
                partial(export_sheet, desk, NEW_RECORD, place),
                partial(transfer.export_round, bureau, round_id, place / "x.round"),
                partial(write_closing_statement, statement, place / "x.pdf", NOON),
                partial(day.seal, place / "x.zip"),
                wire(place / "home").open_bureau,
                partial(write_workbook, desk, place / "x.xlsx"),
                partial(make_sample, place),
            ]
            for work in works:
                with pytest.raises(ReviewerError) as caught:
                    work()
                assert "\n" not in str(caught.value)
                assert str(disk) in str(caught.value)
                done += 1
    altering.close(day)
    trials.survived("F7 write protection", done)
