from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewer_app.core.errors import NotFoundError
from reviewer_app.services.desk import opened_packs
from reviewer_app.services.desk_status import desk_status
from reviewer_app.services.desk_wiping import wipe
from tests.services.laptop import Laptop, Pack, bytes_under, score_all


@pytest.fixture
def laptop(tmp_path: Path) -> Iterator[Laptop]:
    with Laptop(tmp_path / "home") as machine:
        yield machine


def test_a_wipe_removes_one_expert_and_says_what(laptop: Laptop, tmp_path: Path) -> None:
    one, two = Pack(tmp_path, expert=1), Pack(tmp_path, expert=2)
    first, second = laptop.open(one), laptop.open(two)
    score_all(first)
    score_all(second)
    laptop.close()
    sizes = {path.name: path.stat().st_size for path in first.folder.iterdir()}
    assert sizes.pop("desk.lock") == 0
    wiped = wipe(laptop.home, one.pack_id)
    assert {file.name: file.size for file in wiped.files} == sizes
    assert set(sizes) == {"desk.db", "desk.json", "pack.reviewpack"}
    assert wiped.secret_place == "file"
    assert not first.folder.exists()
    assert opened_packs(laptop.home) == [two.pack_id]
    assert len(list((laptop.home / "keys").glob("desk-*"))) == 1
    assert one.pack_id.encode() not in bytes_under(laptop.home)
    assert desk_status(laptop.open_again(two)).complete
    with pytest.raises(NotFoundError):
        laptop.open_again(one)


def test_a_copy_of_the_folder_is_worthless_after_the_wipe(
    laptop: Laptop, tmp_path: Path
) -> None:
    pack = Pack(tmp_path)
    desk = laptop.open(pack)
    laptop.close()
    copy = tmp_path / "copy"
    desk.folder.rename(copy)
    copy_of_copy = laptop.home / "packs" / pack.pack_id
    copy.rename(copy_of_copy)
    kept = {path.name: path.read_bytes() for path in copy_of_copy.iterdir()}
    wipe(laptop.home, pack.pack_id)
    copy_of_copy.mkdir()
    for name, data in kept.items():
        (copy_of_copy / name).write_bytes(data)
    with pytest.raises(Exception, match="no longer has its half of the key"):
        laptop.open_again(pack)


def test_after_a_wipe_the_pack_opens_anew_with_another_key(
    laptop: Laptop, tmp_path: Path
) -> None:
    pack = Pack(tmp_path)
    before = desk_status(laptop.open(pack)).key_fingerprint
    laptop.close()
    wipe(laptop.home, pack.pack_id)
    after = desk_status(laptop.open(pack))
    assert after.key_fingerprint != before
    assert after.applications[0].scored == 0


def test_an_interrupted_wipe_is_finished_by_the_next(laptop: Laptop, tmp_path: Path) -> None:
    pack = Pack(tmp_path)
    folder = laptop.open(pack).folder
    laptop.close()
    (folder / "pack.reviewpack").unlink()
    wipe(laptop.home, pack.pack_id)
    assert not folder.exists()


@pytest.mark.parametrize("name", ["00000000000000ff", "..", "../keys", "", "."])
def test_what_was_never_opened_cannot_be_wiped(
    laptop: Laptop, tmp_path: Path, name: str
) -> None:
    laptop.open(Pack(tmp_path))
    before = bytes_under(laptop.home)
    with pytest.raises(NotFoundError):
        wipe(laptop.home, name)
    assert bytes_under(laptop.home) == before
