"""An idle desk is locked: nothing opens it but the passcode, and nothing is lost."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewer_app.bootstrap import wire
from reviewer_app.core.errors import PackError, PasscodeError, RoundStateError
from reviewer_app.services.desk import DESK_FILE, Desk
from reviewer_app.services.desk_lock import IdleWatch, is_locked, lock_desk
from reviewer_app.services.desk_opening import open_again, open_pack
from reviewer_app.services.desk_status import desk_status
from reviewer_app.sheets.passcode import new_passcode
from tests.services.laptop import NOON, Laptop, Pack, score_all


@pytest.fixture
def pack(tmp_path: Path) -> Iterator[Pack]:
    with Laptop(tmp_path / "stretching"):  # passcodes are stretched once in a run
        yield Pack(tmp_path)


def open_files() -> list[str]:
    folder = Path("/proc/self/fd")
    return [str(each.readlink()) for each in folder.iterdir() if each.exists()]


def holds(desk: Desk, secret: bytes | str) -> bool:
    """Tell whether the desk or its pack still has the secret among its fields."""
    fields = [*vars(desk).values()]
    fields += [getattr(desk.pack, name) for name in ("identity", "enrolment")]
    return any(value == secret for value in fields)


def test_a_locked_desk_knows_no_key_and_opens_with_the_passcode_alone(
    tmp_path: Path, pack: Pack
) -> None:
    context = wire(tmp_path / "home")
    desk = open_pack(context.home, pack.path, pack.passcode, context.open_desk, NOON)
    score_all(desk)
    before = desk_status(desk)
    place = desk.folder / DESK_FILE
    assert sys.platform != "linux" or str(place) in open_files()
    secrets: list[bytes | str] = [desk.key, desk._database_key, desk.pack.identity]
    secrets.append(desk.pack.enrolment)
    assert all(holds(desk, secret) for secret in secrets)
    assert lock_desk(desk, context.close_desk) == pack.pack_id
    assert is_locked(desk)
    assert not any(holds(desk, secret) for secret in secrets)
    if sys.platform == "linux":
        assert str(place) not in open_files()
    with pytest.raises(RoundStateError, match="locked"):
        desk_status(desk)
    with pytest.raises(PackError):
        desk.pack.material("0001")
    with pytest.raises(PasscodeError):
        open_again(context.home, pack.pack_id, new_passcode(), context.open_desk)
    again = open_again(context.home, pack.pack_id, pack.passcode, context.open_desk)
    assert desk_status(again) == before
    assert not is_locked(again)


def test_closing_one_desk_leaves_another_open(tmp_path: Path, pack: Pack) -> None:
    context = wire(tmp_path / "home")
    other = Pack(tmp_path, expert=3)
    first = open_pack(context.home, pack.path, pack.passcode, context.open_desk, NOON)
    second = open_pack(context.home, other.path, other.passcode, context.open_desk, NOON)
    lock_desk(first, context.close_desk)
    assert desk_status(second)


def test_the_watch_is_due_after_the_minutes_and_not_after_a_touch() -> None:
    moment = [100.0]
    watch = IdleWatch(10, lambda: moment[0])
    assert (watch.left, watch.due) == (600.0, False)
    moment[0] += 599
    assert not watch.due
    watch.touch()
    moment[0] += 599
    assert not watch.due
    moment[0] += 1
    assert watch.due
    moment[0] += 1000
    assert watch.left == 0
