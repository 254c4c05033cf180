"""A bureau's computer dies: its rounds come back from one file, on another computer."""

import json
import zipfile
from pathlib import Path

import pytest

from db.engine import connect_file
from reviewer_app.bootstrap import wire
from reviewer_app.core.errors import (
    ArchiveError,
    PasscodeError,
    ReviewerError,
    RoundStateError,
    StorageError,
)
from reviewer_app.services import backup, key_wrapping
from reviewer_app.services.backup import Backup, back_up, restore, rounds_here
from reviewer_app.services.key_wrapping import Stretching
from reviewer_app.sheets import json_text
from reviewer_app.sheets.passcode import new_passcode
from tests.services.day import NOON, Day

pytestmark = pytest.mark.file_only("a server is backed up by its own tools")


@pytest.fixture(autouse=True)
def _light_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stretch codes cheaply: the cost is tried where keys are tested."""
    cheap = Stretching("00" * 16, 64, 1, 4)
    monkeypatch.setattr(backup, "new_stretching", lambda: cheap)
    assert key_wrapping.stretch(b"code", cheap)


@pytest.fixture
def made(day: Day, tmp_path: Path) -> Backup:
    return back_up(day.context, tmp_path / "备份 1.reviewbackup", NOON)


def test_rounds_come_back_whole_on_another_computer(
    day: Day, made: Backup, tmp_path: Path
) -> None:
    other = wire(tmp_path / "other home")
    found = restore(other, made.path, made.code.lower(), NOON)
    assert (found.rounds, found.aside, found.made) == (1, None, NOON)
    with day.context.open_bureau() as was, other.open_bureau() as now:
        assert now.rounds() == was.rounds()
        assert now.log(day.round_id) == was.log(day.round_id)
        assert now.seats(day.round_id) == was.seats(day.round_id)
        assert now.setting("bureau-key") == was.setting("bureau-key")
    assert not [path for path in (tmp_path / "other home").iterdir() if "backup" in path.name]


def test_the_file_tells_nothing_without_its_code(day: Day, made: Backup) -> None:
    data = made.path.read_bytes()
    assert "示例市科学技术局".encode() not in data
    assert made.code.encode() not in data
    with day.context.open_bureau() as unit:
        key = unit.setting("bureau-key")
    assert key
    assert key not in data


def test_another_code_is_told_from_a_slip(made: Backup, tmp_path: Path) -> None:
    other = wire(tmp_path / "other")
    with pytest.raises(PasscodeError, match="typed correctly"):
        restore(other, made.path, new_passcode(), NOON)
    slip = ("2" if made.code[0] != "2" else "3") + made.code[1:]
    with pytest.raises(PasscodeError, match="group 1"):
        restore(other, made.path, slip, NOON)
    assert rounds_here(other) == 0


def test_rounds_that_are_here_are_kept_aside_and_only_when_asked(
    day: Day, made: Backup
) -> None:
    with day.context.open_bureau() as unit:
        unit.set_setting("written-after", b"the backup")
        unit.commit()
    with pytest.raises(RoundStateError, match="--replace"):
        restore(day.context, made.path, made.code, NOON)
    found = restore(day.context, made.path, made.code, NOON, replace=True)
    assert found.aside
    assert found.aside.exists()
    with day.context.open_bureau() as unit:
        assert unit.setting("written-after") is None
        assert len(unit.rounds()) == 1


def test_a_damaged_database_can_be_restored_over(day: Day, made: Backup) -> None:
    path = day.context.home / "bureau.db"
    fresh = wire(day.context.home)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    assert rounds_here(fresh) == 1
    restore(fresh, made.path, made.code, NOON, replace=True)
    with fresh.open_bureau() as unit:
        assert [each.id for each in unit.rounds()] == [day.round_id]


def test_an_existing_file_is_never_overwritten(day: Day, tmp_path: Path) -> None:
    path = tmp_path / "taken"
    path.write_bytes(b"mine")
    with pytest.raises(StorageError, match="exists already"):
        back_up(day.context, path, NOON)
    assert path.read_bytes() == b"mine"


def test_every_changed_byte_of_a_backup_is_noticed(made: Backup, tmp_path: Path) -> None:
    whole = made.path.read_bytes()
    other = wire(tmp_path / "other")
    for place in range(0, len(whole), max(1, len(whole) // 40)):
        changed = bytearray(whole)
        changed[place] ^= 0x10
        path = tmp_path / "changed.reviewbackup"
        path.write_bytes(changed)
        with pytest.raises(ReviewerError):
            restore(other, path, made.code, NOON)
    assert rounds_here(other) == 0


def test_other_files_are_no_backups(made: Backup, tmp_path: Path) -> None:
    other = tmp_path / "other.zip"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("backup.json", "{}")
        archive.writestr("bureau.db", b"x")
    cut = tmp_path / "cut"
    cut.write_bytes(made.path.read_bytes()[:-9])
    for path in (other, cut, tmp_path / "absent"):
        with pytest.raises(ArchiveError):
            restore(wire(tmp_path / "home"), path, made.code, NOON)


@pytest.mark.parametrize(
    "change",
    [
        {"made": "yesterday"},
        {"made": "2026-11-21T09:00:00"},
        {"stretching": {"salt": "00" * 16, "memory_kib": 64, "passes": 1, "lanes": -1}},
        {"stretching": {"salt": "00" * 16, "memory_kib": 64, "passes": 1, "lanes": 0}},
        {"stretching": {"salt": "", "memory_kib": 64, "passes": 1, "lanes": 4}},
        {"stretching": {"salt": "00" * 16, "memory_kib": 1 << 40, "passes": 1, "lanes": 4}},
        {"stretching": {"salt": "00" * 16, "memory_kib": "64", "passes": 1, "lanes": 4}},
        {"stretching": {"salt": 1, "memory_kib": 64, "passes": 1, "lanes": 4}},
    ],
)
def test_a_header_somebody_wrote_by_hand_is_refused_before_anything_changes(
    made: Backup, tmp_path: Path, change: dict[str, object]
) -> None:
    path = tmp_path / "changed.reviewbackup"
    with zipfile.ZipFile(made.path) as whole, zipfile.ZipFile(path, "w") as archive:
        header = json.loads(whole.read("backup.json"))
        archive.writestr("backup.json", json_text.encode({**header, **change}))
        archive.writestr("bureau.db", whole.read("bureau.db"))
    other = wire(tmp_path / "other")
    with pytest.raises(ArchiveError, match="nothing was changed"):
        restore(other, path, made.code, NOON)
    assert rounds_here(other) == 0


def test_a_backup_while_somebody_writes_is_of_one_moment(day: Day, tmp_path: Path) -> None:
    with day.context.open_bureau() as writing:
        writing.set_setting("half", b"not committed")
        made = back_up(day.context, tmp_path / "b.reviewbackup", NOON)
    other = wire(tmp_path / "other")
    restore(other, made.path, made.code, NOON)
    with other.open_bureau() as unit:
        assert unit.setting("half") is None


def test_a_backup_of_a_later_version_leaves_what_is_here(day: Day, tmp_path: Path) -> None:
    key, copy = bytes(32), tmp_path / "later.db"
    day.context.copy_bureau(copy, key)
    engine = connect_file(copy, key)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'bureau_9999'")
    engine.dispose()
    with pytest.raises(StorageError):
        day.context.restore_bureau(copy, key, tmp_path / "aside.db")
    assert not (tmp_path / "aside.db").exists()
    with day.context.open_bureau() as unit:
        assert [each.id for each in unit.rounds()] == [day.round_id]


def test_rounds_on_a_server_are_backed_up_by_the_server(tmp_path: Path) -> None:
    context = wire(tmp_path, "postgresql://nobody@localhost/none")
    with pytest.raises(RoundStateError, match="pg_dump"):
        context.copy_bureau(tmp_path / "x", bytes(32))
