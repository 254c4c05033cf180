import os
import shutil
import stat
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from reviewer_app.core.errors import (
    KeyStoreError,
    NotFoundError,
    PackError,
    PasscodeError,
    StorageError,
)
from reviewer_app.services.desk import SIGNING_KEY, desk_folder, opened_packs
from reviewer_app.services.desk_key import FILE, database_key
from reviewer_app.services.desk_opening import accept_pledge, open_pack, unlock
from reviewer_app.services.desk_status import desk_status
from reviewer_app.sheets.passcode import new_passcode, shown
from tests.services.laptop import NOON, Laptop, Pack, bytes_under, score_all
from tests.sheets.making import app


@pytest.fixture
def laptop(tmp_path: Path) -> Iterator[Laptop]:
    with Laptop(tmp_path / "home") as machine:
        yield machine


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    return Pack(tmp_path)


def test_a_pack_opens_with_its_passcode_and_shows_whose_it_is(
    laptop: Laptop, pack: Pack
) -> None:
    desk = laptop.open(pack)
    assert desk.expert.name == "喆堃（示例）"
    assert desk.pack.round.fingerprint == pack.bureau.round.fingerprint
    assert list(desk.assigned) == [app(1), app(2), app(3)]
    assert opened_packs(laptop.home) == [pack.pack_id]
    assert desk.pack.material("0001").startswith(b"%PDF")


def test_a_later_start_needs_the_passcode_and_not_the_stick(laptop: Laptop, pack: Pack) -> None:
    first = desk_status(laptop.open(pack)).key_fingerprint
    pack.path.unlink()
    desk = laptop.open_again(pack, shown(pack.passcode).lower())
    assert desk_status(desk).key_fingerprint == first


def test_opening_the_same_file_again_goes_on_with_the_same_key_and_marks(
    laptop: Laptop, pack: Pack
) -> None:
    desk = laptop.open(pack)
    score_all(desk)
    before = desk_status(desk)
    laptop.close()
    assert desk_status(laptop.open(pack)) == before


def test_a_slip_in_typing_names_its_group_and_changes_nothing(
    laptop: Laptop, pack: Pack
) -> None:
    wrong = pack.passcode[:7] + ("A" if pack.passcode[7] != "A" else "B") + pack.passcode[8:]
    with pytest.raises(PasscodeError, match="group 2"):
        open_pack(laptop.home, pack.path, wrong, laptop.start, NOON)
    assert not laptop.home.exists()


def test_the_passcode_of_another_pack_is_told_apart(laptop: Laptop, pack: Pack) -> None:
    laptop.open(pack)
    with pytest.raises(PasscodeError, match="belongs to another pack"):
        laptop.open_again(pack, new_passcode())


def test_a_pack_that_was_never_opened_is_not_found(laptop: Laptop, pack: Pack) -> None:
    laptop.open(pack)
    for other in ("00000000000000ff", "../packs", "", "..", pack.pack_id.upper() + "x"):
        with pytest.raises(NotFoundError, match=f"opened: {pack.pack_id}"):
            desk_folder(laptop.home, other)


def test_another_pack_under_the_same_number_is_refused(
    laptop: Laptop, pack: Pack, tmp_path: Path
) -> None:
    laptop.open(pack)
    (tmp_path / "other").mkdir()
    other = Pack(tmp_path / "other", applications=2)
    with pytest.raises(PackError, match="not the pack that was opened under this number"):
        laptop.open(other)
    assert laptop.open_again(pack).expert.number == "02"


def test_two_experts_on_one_laptop_cannot_reach_each_others_data(
    laptop: Laptop, tmp_path: Path
) -> None:
    one, two = Pack(tmp_path, expert=1), Pack(tmp_path, expert=2)
    first, second = laptop.open(one), laptop.open(two)
    score_all(first, 91)
    assert desk_status(second).applications[0].scored == 0
    with pytest.raises(PasscodeError):
        laptop.open_again(one, two.passcode)
    laptop.close()
    for mine, other in ((first, second), (second, first)):
        with pytest.raises(StorageError, match="does not open with this key"):
            laptop.start(other.folder / "desk.db", database_key(mine.key))
    shutil.copy(first.folder / FILE, second.folder / FILE)
    with pytest.raises(KeyStoreError, match="does not open"):
        laptop.open_again(two)


def test_the_passcode_alone_is_not_enough(laptop: Laptop, pack: Pack) -> None:
    laptop.open(pack)
    for secret in (laptop.home / "keys").glob("desk-*.key"):
        secret.unlink()
    with pytest.raises(KeyStoreError, match="no longer has its half of the key"):
        laptop.open_again(pack)


def test_the_secret_of_another_machine_is_not_enough(laptop: Laptop, pack: Pack) -> None:
    laptop.open(pack)
    for secret in (laptop.home / "keys").glob("desk-*.key"):
        secret.write_bytes(bytes(32))
    with pytest.raises(KeyStoreError, match="does not open"):
        laptop.open_again(pack)


@pytest.mark.parametrize("content", [b"", b"{}", b"not json", b'{"pack": 1}', b"[]"])
def test_a_damaged_key_file_is_said(laptop: Laptop, pack: Pack, content: bytes) -> None:
    (laptop.open(pack).folder / FILE).write_bytes(content)
    with pytest.raises(KeyStoreError, match="missing or damaged"):
        laptop.open_again(pack)


def test_a_desk_that_lost_its_content_is_not_begun_anew(laptop: Laptop, pack: Pack) -> None:
    folder = laptop.open(pack).folder
    laptop.close()
    (folder / "desk.db").write_bytes(b"")
    with pytest.raises(StorageError, match="has lost its content"):
        laptop.open_again(pack)
    laptop.close()
    with pytest.raises(StorageError, match="has lost its content"):
        laptop.open(pack)


def test_a_first_opening_that_was_interrupted_is_made_good(
    laptop: Laptop, pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cut the power after each step of the set-up, then open again."""
    steps = ("_copy", "make_desk_key", "_set_up")
    for step in steps:

        def cut(*_arguments: object) -> None:
            raise KeyboardInterrupt

        with monkeypatch.context() as power:
            power.setattr(f"reviewer_app.services.desk_opening.{step}", cut)
            with pytest.raises(KeyboardInterrupt):
                laptop.open(pack)
        laptop.close()
    desk = laptop.open(pack)
    score_all(desk)
    assert desk_status(desk).complete


def test_a_damaged_copy_is_said(laptop: Laptop, pack: Pack) -> None:
    copy = laptop.open(pack).folder / "pack.reviewpack"
    copy.write_bytes(copy.read_bytes()[:-1])
    with pytest.raises(PackError):
        laptop.open_again(pack)


def test_no_secret_byte_lies_in_any_file_or_message(
    laptop: Laptop, pack: Pack, capfd: pytest.CaptureFixture[str]
) -> None:
    desk = laptop.open(pack)
    score_all(desk)
    with desk.unit() as unit:
        private = desk.signing_key(unit).to_bytes()
        sealed = unit.setting(SIGNING_KEY) or b""
    laptop.close()
    written = bytes_under(laptop.home)
    sought = {
        "private key": private,
        "desk key": desk.key,
        "database key": database_key(desk.key),
        "sealed signing key": sealed,
        "enrolment secret": pack.bureau.secret,
        "passcode": pack.passcode.encode(),
        "identity": desk.pack.identity.encode(),
        "material": b"%PDF-1.7 application",
        "name": "喆堃".encode(),
    }
    told = capfd.readouterr()
    said = (told.out + told.err + repr(desk)).encode()
    for what, secret in sought.items():
        assert secret not in written, what
        assert secret.hex().encode() not in written, what
    for secret in (private, desk.key, desk.pack.enrolment):
        assert secret.hex().encode() not in said
        assert repr(secret).encode() not in said
    assert desk.pack.identity.encode() not in said


@pytest.mark.skipif(os.name == "nt", reason="rights are the folder's there")
def test_everything_in_the_home_is_the_users_alone(laptop: Laptop, pack: Pack) -> None:
    score_all(laptop.open(pack))
    for path in laptop.home.rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


def test_the_first_pledge_stays(laptop: Laptop, pack: Pack) -> None:
    desk = laptop.open(pack)
    assert desk_status(desk).pledge_accepted is None
    accept_pledge(desk, NOON)
    assert accept_pledge(desk, NOON + timedelta(hours=1)) == NOON
    assert desk_status(desk).pledge_accepted == NOON


def test_the_identity_is_had_from_the_file_and_from_the_opened_pack(
    laptop: Laptop, pack: Pack
) -> None:
    from_file = unlock(laptop.home, pack.path, pack.passcode).identity
    laptop.open(pack)
    pack.path.unlink()
    assert unlock(laptop.home, Path(pack.pack_id), pack.passcode).identity == from_file
    assert from_file.startswith("AGE-SECRET-KEY-1")
