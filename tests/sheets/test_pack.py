import io
import os
import shutil
import subprocess
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reviewer_app.core.errors import (
    CancelledError,
    PackError,
    PasscodeError,
    ReviewerError,
    StorageError,
)
from reviewer_app.core.round import Application
from reviewer_app.sheets import age, json_text
from reviewer_app.sheets.bureau import commitment, sign_roster
from reviewer_app.sheets.pack import (
    MaterialSource,
    OpenPack,
    SealedPack,
    read_pack,
    write_pack,
)
from reviewer_app.sheets.passcode import new_passcode, shown
from tests.sheets.making import (
    BUREAU,
    SECRET,
    Desk,
    document_bytes,
    make_application,
    make_assignment,
    make_desk,
    make_expert,
    make_round,
    pack_contents,
    roster_document,
    salt,
)

CODE = "VJWEAY0GMK45D6SRAZ84"
DESK = make_desk()
Entries = dict[str, bytes]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("packs") / "02.reviewpack"
    write_pack(path, pack_contents(DESK), CODE)
    return path


@pytest.fixture(scope="module")
def identity(path: Path) -> str:
    return read_pack(path).unlock(CODE).identity


@pytest.fixture(scope="module")
def opened(path: Path, identity: str) -> OpenPack:
    return read_pack(path).unlock_with(identity)


@pytest.fixture
def entries(path: Path) -> Entries:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rewritten(entries: Entries, folder: Path) -> SealedPack:
    changed = folder / "changed.reviewpack"
    with zipfile.ZipFile(changed, "w") as archive:
        for name, data in entries.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return read_pack(changed)


def test_a_pack_gives_back_what_was_packed(opened: OpenPack) -> None:
    assert opened.pack_id == "ffeeddccbbaa9988"
    assert opened.round == DESK.round
    assert opened.assignment == DESK.assignment
    assert opened.enrolment == SECRET
    for number, assigned in enumerate(opened.assignment.document.materials, start=1):
        assert opened.material(assigned.entry) == document_bytes(number)


def test_the_passcode_is_taken_as_people_type_it(path: Path, identity: str) -> None:
    assert read_pack(path).unlock(shown(CODE).lower().replace("-", " ")).identity == identity


def test_names_and_metadata_tell_nothing(path: Path, entries: Entries) -> None:
    assert list(entries) == [
        "pack.json",
        "round.age",
        "assignment.age",
        "enrolment.age",
        "materials/0001.age",
        "materials/0002.age",
        "materials/0003.age",
    ]
    whole = path.read_bytes()
    for secret in ("建设方案", "中心", "喆堃", "PDF", "application"):
        assert secret.encode() not in whole
    with zipfile.ZipFile(path) as archive:
        assert {info.compress_type for info in archive.infolist()} == {zipfile.ZIP_STORED}
        assert {info.date_time[0] for info in archive.infolist()} == {1980}


def test_progress_is_told_and_may_stop_the_writing(tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []
    write_pack(tmp_path / "a", pack_contents(DESK), CODE, lambda *step: told.append(step))
    assert told == [(1, 3, "建设方案.pdf"), (2, 3, "建设方案.pdf"), (3, 3, "建设方案.pdf")]

    def stop(_done: int, _total: int, _what: str) -> None:
        raise CancelledError("stopped")

    with pytest.raises(CancelledError):
        write_pack(tmp_path / "b", pack_contents(DESK), CODE, stop)
    assert [each.name for each in tmp_path.iterdir()] == ["a"]


def test_a_pack_takes_the_place_of_another_whole(tmp_path: Path) -> None:
    target = tmp_path / "a.reviewpack"
    target.write_bytes(b"older")
    changed = replace(
        pack_contents(DESK), materials=(MaterialSource("0001", 1, lambda: b"x"),) * 3
    )
    with pytest.raises((PackError, ValueError)):
        write_pack(target, changed, CODE)
    assert target.read_bytes() == b"older"
    assert [each.name for each in tmp_path.iterdir()] == ["a.reviewpack"]


def test_a_document_that_changed_since_is_refused_by_name(tmp_path: Path) -> None:
    contents = pack_contents(DESK)
    spoilt = replace(contents.materials[1], read=lambda: b"other")
    materials = (contents.materials[0], spoilt, contents.materials[2])
    with pytest.raises(PackError, match=r"Application 02: “建设方案.pdf” has changed"):
        write_pack(tmp_path / "x", replace(contents, materials=materials), CODE)
    assert not list(tmp_path.iterdir())


def test_a_place_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="does not exist"):
        write_pack(tmp_path / "none" / "x", pack_contents(DESK), CODE)


# --- passcodes and identities


def test_a_mistyped_passcode_names_its_group(path: Path) -> None:
    with pytest.raises(PasscodeError, match="group 3 has a typing slip"):
        read_pack(path).unlock("VJWEA-Y0GMK-45D6T-RAZ84")


def test_the_passcode_of_another_pack_is_told_apart(path: Path) -> None:
    with pytest.raises(PasscodeError, match="typed correctly but belongs to another pack"):
        read_pack(path).unlock(new_passcode())


def test_the_identity_of_another_pack_is_refused(path: Path) -> None:
    other = age.derive_identity(CODE, bytes(16))
    with pytest.raises(PasscodeError, match="another pack"):
        read_pack(path).unlock_with(other)
    with pytest.raises(PasscodeError, match="not complete"):
        read_pack(path).unlock_with("AGE-SECRET-KEY-1")


@pytest.mark.skipif(shutil.which("age") is None, reason="the age command is not installed")
def test_the_age_command_opens_every_file_of_a_pack(
    identity: str, entries: Entries, tmp_path: Path
) -> None:
    key = tmp_path / "key.txt"
    key.write_text(identity)

    def decrypted(name: str) -> bytes:
        run = ["age", "-d", "-i", str(key)]
        return subprocess.run(run, input=entries[name], capture_output=True, check=True).stdout

    assert decrypted("round.age") == DESK.round.raw
    assert decrypted("assignment.age") == DESK.assignment.raw
    assert decrypted("enrolment.age") == SECRET
    assert decrypted("materials/0002.age") == document_bytes(2)


# --- damage and malice


def drop(name: str) -> Callable[[Entries], object]:
    return lambda entries: entries.pop(name)


def put(name: str, data: bytes) -> Callable[[Entries], object]:
    return lambda entries: entries.update({name: data})


def header(**changes: object) -> Callable[[Entries], object]:
    def change(entries: Entries) -> None:
        content = json_text.decode(entries["pack.json"]) | changes
        entries["pack.json"] = json_text.encode(content)

    return change


@pytest.mark.parametrize(
    "change",
    [
        drop("pack.json"),
        drop("round.age"),
        drop("enrolment.age"),
        drop("materials/0002.age"),
        put("materials/0004.age", b"x"),
        put("materials/../../evil", b"x"),
        put("/etc/passwd", b"x"),
        put("README.txt", b"x"),
        put("pack.json", b"{}"),
        put("pack.json", b"[]"),
        put("pack.json", b"\xff"),
        put("pack.json", bytes(5000)),
        header(format="reviewer-app/pack/2"),
        header(format="zip"),
        header(kdf="argon2id m=9999999 t=3 p=4"),
        header(salt="00"),
        header(salt=7),
        header(salt="AB" * 16),
        header(pack="../../x"),
        header(entries=4),
        header(entries=10**9),
        header(entries=-1),
        header(entries=True),
        header(recipient=7),
        header(more=1),
    ],
)
def test_a_pack_in_any_other_form_is_refused_before_the_passcode(
    change: Callable[[Entries], object], entries: Entries, tmp_path: Path
) -> None:
    change(entries)
    with pytest.raises(PackError) as caught:
        rewritten(entries, tmp_path)
    assert "\n" not in str(caught.value)


def test_a_pack_of_a_later_version_says_so(entries: Entries, tmp_path: Path) -> None:
    header(format="reviewer-app/pack/2")(entries)
    with pytest.raises(PackError, match="later version"):
        rewritten(entries, tmp_path)


@pytest.mark.parametrize("name", ["round.age", "assignment.age", "enrolment.age"])
def test_damaged_documents_are_refused(
    name: str, identity: str, entries: Entries, tmp_path: Path
) -> None:
    whole = entries[name]
    for damaged in (
        whole[:-1],
        whole[:200] + bytes([whole[200] ^ 1]) + whole[201:],
        b"",
        bytes(6 << 20),
        entries["materials/0001.age"],
    ):
        with pytest.raises(PackError):
            rewritten(entries | {name: damaged}, tmp_path).unlock_with(identity)


def test_documents_of_another_pack_cannot_be_slipped_in(
    identity: str, entries: Entries, tmp_path: Path
) -> None:
    to = age.recipient_of(identity)
    other = make_round(title="另一场")
    foreign = make_assignment(other)
    for name, data in (
        ("assignment.age", foreign.raw),
        ("round.age", other.raw),
        ("enrolment.age", bytes(31)),
    ):
        changed = entries | {name: age.encrypt(data, to)}
        with pytest.raises(PackError):
            rewritten(changed, tmp_path).unlock_with(identity)


def test_exchanged_and_altered_materials_are_refused(
    identity: str, entries: Entries, tmp_path: Path
) -> None:
    first, second = entries["materials/0001.age"], entries["materials/0002.age"]
    swapped = entries | {"materials/0001.age": second, "materials/0002.age": first}
    to = age.recipient_of(identity)
    bomb = age.encrypt(bytes(3 << 20), to)
    for changed in (
        swapped,
        entries | {"materials/0001.age": first[:-1]},
        entries | {"materials/0001.age": age.encrypt(b"other", to)},
        entries | {"materials/0001.age": bomb},
    ):
        pack = rewritten(changed, tmp_path).unlock_with(identity)
        with pytest.raises(PackError):
            pack.material("0001")
    with pytest.raises(PackError, match="no document 0009"):
        rewritten(entries, tmp_path).unlock_with(identity).material("0009")


def test_a_stick_that_was_pulled_is_one_line(path: Path, identity: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy.reviewpack"
    shutil.copy(path, copy)
    pack = read_pack(copy).unlock_with(identity)
    copy.unlink()
    with pytest.raises(PackError, match=r"copy\.reviewpack"):
        pack.material("0001")


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_pack_with_any_byte_changed_is_refused_or_unharmed(
    data: st.DataObject, path: Path, identity: str, opened: OpenPack, tmp_path: Path
) -> None:
    whole = path.read_bytes()
    place = data.draw(st.integers(0, len(whole) - 1))
    changed = bytearray(whole)
    changed[place] ^= data.draw(st.integers(1, 255))
    copy = tmp_path / "changed"
    copy.write_bytes(changed)
    try:
        pack = read_pack(copy).unlock_with(identity)
        documents = [pack.material(m.entry) for m in pack.assignment.document.materials]
    except ReviewerError:
        return
    assert (pack.round, pack.assignment) == (opened.round, opened.assignment)
    assert documents == [document_bytes(number) for number in (1, 2, 3)]


def test_hostile_zips_are_one_line_in_no_time(fixtures: Path) -> None:
    files = sorted((fixtures / "corpora" / "zip").iterdir())
    assert len(files) > 20
    for file in files:
        started = time.monotonic()
        with pytest.raises(PackError) as caught:
            read_pack(file)
        assert "\n" not in str(caught.value)
        assert time.monotonic() - started < 2, file.name


def test_bombs_are_refused(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.reviewpack"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("pack.json", "round.age"):
            archive.writestr(name, bytes(50 << 20))
    with pytest.raises(PackError):
        read_pack(bomb)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_what_is_no_file_does_not_hang(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path in (pipe, tmp_path, tmp_path / "none"):
        with pytest.raises(PackError):
            read_pack(path)


# --- known conflicts


@dataclass(frozen=True)
class Issued:
    """What a bureau signs when expert 02 is known to be recused from application 2."""

    pack: tuple[bytes, bytes]
    others_assignment: bytes
    roster: bytes


def issued(second: Application) -> Issued:
    everything = (make_application(1), second, make_application(3))
    round_ = make_round(len(everything))
    recused = make_assignment(round_, (everything[0], everything[2]))
    other = make_assignment(round_, everything, make_expert(3))
    document = replace(
        roster_document(round_, recused, other),
        commitments=tuple((a.number, commitment(a, salt(int(a.number)))) for a in everything),
    )
    return Issued((round_.raw, recused.raw), other.raw, sign_roster(document, BUREAU))


@settings(max_examples=30)
@given(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip),
    st.binary(max_size=50),
    st.integers(0, 5),
)
def test_a_pack_does_not_depend_on_an_application_its_expert_does_not_get(
    name: str, document: bytes, facts: int
) -> None:
    usual = make_application(2)
    hidden = replace(usual, name=name, unit=document.hex(), facts=usual.facts * facts)
    one, two = issued(usual), issued(hidden)
    assert one.pack == two.pack
    assert one.others_assignment != two.others_assignment
    assert one.roster != two.roster


def test_a_pack_with_no_documents_opens(tmp_path: Path) -> None:
    application = replace(make_application(1), materials=())
    desk = Desk(DESK.round, make_assignment(DESK.round, (application,)))
    write_pack(tmp_path / "x", pack_contents(desk), CODE)
    assert read_pack(tmp_path / "x").unlock(CODE).assignment == desk.assignment


def test_reading_needs_no_more_than_the_directory(path: Path) -> None:
    """Truncated packs are refused at once, whatever is left of them."""
    whole = path.read_bytes()
    copy = path.parent / "short"
    for length in range(0, len(whole), 211):
        copy.write_bytes(whole[:length])
        with pytest.raises(PackError):
            read_pack(copy)
    assert zipfile.is_zipfile(io.BytesIO(whole))
