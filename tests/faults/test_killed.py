"""F1–F4, F14: kill -9 at any moment, and two secretaries at once: nothing is lost or halved."""

import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

import db
from db.upgrade import HEADS, MIGRATIONS
from reviewer_app.bootstrap import wire
from reviewer_app.core.errors import StorageError
from reviewer_app.services import closing, closing_paper, collecting
from reviewer_app.services.desk_signing import export_sheet
from reviewer_app.services.records import SignedRecord
from reviewer_app.sheets.score_sheet import Remark, verify_sheet
from tests.db import test_upgrade as upgrades
from tests.db.conftest import KEY
from tests.faults import altering, forging
from tests.faults.conftest import Trials
from tests.faults.merging import Merge, make_merge
from tests.faults.processes import killed, together
from tests.services import test_desk_crashes as crashes
from tests.services.day import NOON, Day
from tests.services.laptop import Laptop, Pack, score_all
from tests.sheets.making import app, make_desk, make_scheme

pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs fork and SIGKILL")
next_version = upgrades.next_version
NOW = HEADS["desk"]


@pytest.fixture
def laptop(tmp_path: Path) -> Iterator[Laptop]:
    with Laptop(tmp_path / "laptop") as machine:
        yield machine


def test_f1_a_kill_loses_no_acknowledged_mark(
    laptop: Laptop, tmp_path: Path, trials: Trials, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The test of the desk, as often as asked; its own count runs with the services."""
    if not trials.full:
        pytest.skip("a sample runs with the services")
    kills = trials.count(1000, 30)
    monkeypatch.setattr(crashes, "KILLS", kills)
    pack = Pack(tmp_path, 8, 3, make_scheme(crashes.INDICATORS))
    crashes.test_no_acknowledged_mark_is_lost_by_a_kill(laptop, pack)
    trials.survived("F1 save killed", kills)


def test_f2_a_kill_leaves_no_half_sheet(laptop: Laptop, tmp_path: Path, trials: Trials) -> None:
    """The file is absent, the old one or the new one; what lies beside it holds no key."""
    desk = laptop.open(Pack(tmp_path, 8, 3))
    score_all(desk)
    with desk.unit() as unit:
        secrets = [desk.signing_key(unit).to_bytes(), desk.key, desk.pack.enrolment]
    laptop.close()
    maker = make_desk()
    record = SignedRecord(1, maker.seal({app(1): {"6.1": Remark("好" * 5000)}}), "", NOON)
    damaged = record.file[:-1]
    out = tmp_path / "usb"
    target = out / f"{desk.expert.number}-r1.scoresheet"
    luck = forging.chance(2)
    kills, cut = trials.count(500, 12), 0
    for _kill in range(kills):
        target.unlink(missing_ok=True)
        if luck.random() < 0.7:
            out.mkdir(exist_ok=True)
            target.write_bytes(damaged)

        def write_again_and_again() -> None:
            for _turn in range(1_000_000):
                export_sheet(desk, record, out)

        cut += killed(write_again_and_again, luck.uniform(0, 0.03))
        if target.exists() and target.read_bytes() != damaged:
            verify_sheet(target.read_bytes(), maker.round, maker.assignment)
        for left in out.glob(".*") if out.exists() else ():
            data = left.read_bytes()
            assert not [each for each in secrets if each in data or each.hex().encode() in data]
            left.unlink()
    assert cut == kills
    trials.survived("F2 export killed", kills)


@pytest.fixture
def merge(day: Day, tmp_path: Path) -> Merge:
    return make_merge(day, tmp_path)


def test_f3_a_kill_during_merging_is_between_two_sheets(merge: Merge, trials: Trials) -> None:
    kills, luck = trials.count(500, 6), forging.chance(3)
    seen: set[int] = set()
    for _kill in range(kills):
        merge.reset()
        killed(merge.collect, luck.uniform(0, 1.1 * merge.seconds))
        seen.add(merge.check_between())
        assert merge.finish() == merge.digest
    assert seen <= set(range(16))
    assert not trials.full or len(seen) > 3
    trials.survived("F3 merge killed", kills)


def test_f14_two_secretaries_merge_the_same_stick(merge: Merge, trials: Trials) -> None:
    races = trials.count(200, 4)
    for _race in range(races):
        merge.reset()
        assert together(merge.collect, merge.collect) == [0, 0]
        assert merge.check_between() == 15
        assert merge.finish() == merge.digest
    trials.survived("F14 two secretaries", races)


def test_f4_a_kill_during_the_first_start(tmp_path: Path, trials: Trials) -> None:
    """Keys, file and tables come to be, or the next start makes them; it always opens."""
    kills, luck = trials.count(200, 4), forging.chance(4)
    for kill in range(kills):
        home = tmp_path / f"{kill}"

        def start(home: Path = home) -> None:
            with wire(home).open_bureau() as unit:
                unit.set_setting("bureau-key", b"x")
                unit.commit()

        killed(start, luck.uniform(0, 0.25))
        start()
        with wire(home).open_bureau() as unit:
            assert unit.setting("bureau-key") == b"x"
    trials.survived("F4 first start", kills)


def test_f4_a_kill_during_migration_and_its_backup(
    tmp_path: Path, next_version: Path, trials: Trials
) -> None:
    """The next start migrates once; the copy from before is whole or not there."""
    assert next_version.exists()
    old = NOW
    original = tmp_path / "original.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(HEADS, "desk", old)
        patch.setattr("db.upgrade.MIGRATIONS", MIGRATIONS)
        upgrades.make_desk(original)
        _revision, before = upgrades.desk_at(original)
    kills, luck = trials.count(200, 4), forging.chance(5)
    for kill in range(kills):
        path = tmp_path / f"{kill}" / "desk.db"
        path.parent.mkdir()
        path.write_bytes(original.read_bytes())
        path.chmod(0o600)
        killed(partial(open_and_close, path), luck.uniform(0, 0.4))
        for copy in path.parent.glob("*.before-*.db"):
            assert upgrades.desk_at(copy) == (old, before)
        open_and_close(path)
        revision, tables = upgrades.desk_at(path)
        assert (revision, set(tables) - set(before)) == (HEADS["desk"], {"later"})
    trials.survived("F4 migration", kills)


def open_and_close(path: Path) -> None:
    db.open_desk(path, KEY).close()


def test_f4_a_kill_while_a_paper_is_written(
    merge: Merge, tmp_path: Path, trials: Trials
) -> None:
    day = merge.fresh()
    statement = closing.closing_statement(day.context.open_bureau, day.round_id)
    altering.close(day)
    paper = tmp_path / "papers" / "封存单.pdf"
    paper.parent.mkdir()
    write = partial(closing_paper.write_closing_statement, statement, paper, NOON)
    write()
    paper.unlink()
    kills, luck = trials.count(200, 4), forging.chance(6)
    for _kill in range(kills):
        killed(write, luck.uniform(0, 0.3))
        if paper.exists():
            data = paper.read_bytes()
            assert data.startswith(b"%PDF")
            assert data.rstrip().endswith(b"%%EOF")
    trials.survived("F4 paper", kills)


def test_a_busy_database_is_one_line(day: Day) -> None:
    """F14: while another program holds the file for good, the sentence says so."""
    with day.context.open_bureau() as held:
        held.round_locked(day.round_id)
        other = wire(day.folder / "home")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("db.engine.BUSY_SECONDS", 0.2)
            with pytest.raises(StorageError, match="another window or program"):
                collecting.collect(other.open_bureau, day.round_id, day.sign_all(), NOON)
