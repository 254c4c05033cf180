"""The laptop dies: a draft on the stick, any other laptop, one sheet at the bureau."""

import csv
import errno
import os
import signal
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from db.tables import DeskTable
from reviewer_app.core.errors import DraftError, StorageError
from reviewer_app.core.marks import ABSTAINED, NOT_APPLICABLE, scored
from reviewer_app.services.admitting import Verdict
from reviewer_app.services.desk import Desk
from reviewer_app.services.desk_draft import (
    Standing,
    continue_from,
    draft_name,
    find_draft,
    look_at,
    write_draft,
)
from reviewer_app.services.desk_opening import accept_pledge, open_pack
from reviewer_app.services.desk_place import declare_free, declared_free, put_place
from reviewer_app.services.desk_scoring import (
    Remarks,
    begin_revision,
    put_mark,
    put_note,
    put_remarks,
)
from reviewer_app.services.desk_signing import sign
from reviewer_app.services.desk_status import desk_status
from reviewer_app.services.recusal import recuse
from reviewer_app.sheets import age
from reviewer_app.sheets.draft import open_draft, seal_draft
from tests.faults.processes import forked
from tests.services.day import Day
from tests.services.day import plan as day_plan
from tests.services.laptop import NOON, Laptop, Pack, bytes_under, score_all
from tests.sheets.making import app


@pytest.fixture
def first(tmp_path: Path) -> Iterator[Laptop]:
    with Laptop(tmp_path / "home-a") as machine:
        yield machine


@pytest.fixture
def second(tmp_path: Path, first: Laptop) -> Iterator[Laptop]:
    machine = Laptop(tmp_path / "home-b")
    assert first is not machine
    yield machine
    machine.close()


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    return Pack(tmp_path)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    return tmp_path / "stick"


def everything(desk: Desk) -> tuple[object, ...]:
    """Return all that a desk holds and that has to travel."""
    with desk.unit() as unit:
        notes = [unit.note(number) for number in desk.assigned]
        own = {"signing-key", "draft-states", "opened"}
        settings = {k: v for k, v in unit.settings().items() if k not in own}
        key = desk.signing_key(unit).to_bytes()
        return key, unit.marks(), unit.recusals(), notes, unit.signed(), settings


def test_everything_on_the_desk_travels(
    first: Laptop, second: Laptop, pack: Pack, stick: Path
) -> None:
    desk = first.open(pack)
    accept_pledge(desk, NOON)
    declare_free(desk, [app(1), app(2)])
    put_mark(desk, app(1), "6.1", scored(84), NOON)
    put_mark(desk, app(1), "6.2", NOT_APPLICABLE, NOON)
    put_mark(desk, app(1), "6.3", ABSTAINED, NOON)
    put_remarks(desk, app(1), "6.1", Remarks("好", "理由", ("方案.pdf#4",)), NOON)
    put_note(desk, app(2), "私人备注")
    put_place(desk, app(2), "6.1")
    recuse(desk, "03", ["office"], "顾问", NOON)
    written = write_draft(desk, stick, NOON)
    assert (written.complete, written.applications) == (1, 2)
    assert written.file.name == f"02-{pack.pack_id}.reviewdraft"
    other = second.open(pack)
    found = continue_from(other, written.file)
    assert found.standing is Standing.NEWER
    assert (found.complete, found.applications, found.revision) == (1, 2, 0)
    assert everything(other) == everything(desk)
    assert declared_free(other) == {"01", "02"}
    assert find_draft(other, stick) == replace(found, standing=Standing.SAME)
    assert {table.name for table in DeskTable.metadata.sorted_tables} == {
        "setting", "mark", "recusal", "note", "signed", "feedback",
    }, "a new table has to travel in the draft as well"  # fmt: skip


def score_until_killed(laptop: Laptop, pack: Path, passcode: str, stick: Path) -> None:
    """Score six applications, a draft after each; die in the middle of the seventh."""
    desk = open_pack(laptop.home, pack, passcode, laptop.start, NOON)
    for number in range(1, 7):
        for leaf in desk.asked(app(number)):
            put_mark(desk, app(number), leaf.code, scored(70 + number), NOON)
        write_draft(desk, stick, NOON)
    put_mark(desk, app(7), "6.1", scored(50), NOON)
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.skipif(os.name == "nt", reason="needs fork and SIGKILL")
def test_a_laptop_dies_at_application_7_and_the_bureau_gets_one_sheet(
    first: Laptop, second: Laptop, stick: Path, tmp_path: Path
) -> None:
    day = Day.start(tmp_path, day_plan(8, 3))
    issue = day.issue()
    with (tmp_path / "slips.csv").open(encoding="utf-8-sig", newline="") as stream:
        passcodes = {row["评审包"]: row["口令"] for row in csv.DictReader(stream)}
    path = issue.packs[0].path
    passcode = passcodes[path.name]
    child = forked(partial(score_until_killed, first, path, passcode, stick))
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    desk = open_pack(second.home, path, passcode, second.start, NOON)
    found = find_draft(desk, stick)
    assert found is not None
    assert (found.standing, found.complete, found.applications) == (Standing.NEWER, 6, 8)
    continue_from(desk, found.file)
    for number in (7, 8):
        for leaf in desk.asked(app(number)):
            put_mark(desk, app(number), leaf.code, scored(77), NOON)
    one = sign(desk, stick, "", NOON)
    assert [each.verdict for each in day.collect(one.file)] == [Verdict.RECEIVED]
    begin_revision(desk)
    put_mark(desk, app(7), "6.1", scored(80), NOON)
    two = sign(desk, stick, "笔误（示例）", NOON)
    assert [each.verdict for each in day.collect(two.file)] == [Verdict.SUPERSEDES]
    with day.context.open_bureau() as unit:
        sheets = unit.sheets(day.round_id)
    assert [(sheet.expert, sheet.revision) for sheet in sheets] == [("01", 1), ("01", 2)]
    again = open_pack(first.home, path, passcode, first.start, NOON)
    with pytest.raises(DraftError, match="it would be lost"):
        continue_from(again, write_draft(desk, stick, NOON).file)
    assert desk_status(again).applications[6].scored == 1


def test_revisions_go_on_under_the_same_key_and_come_back(
    first: Laptop, second: Laptop, pack: Pack, stick: Path
) -> None:
    desk = first.open(pack)
    score_all(desk)
    one = sign(desk, stick, "", NOON)
    write_draft(desk, stick, NOON)
    other = second.open(pack)
    assert continue_from(other, stick / draft_name(other)).revision == 1
    begin_revision(other)
    put_mark(other, app(1), "6.1", scored(90), NOON)
    two = sign(other, stick, "笔误", NOON)
    assert two.sheet.content.previous == one.sheet.digest
    assert two.sheet.public_key == one.sheet.public_key
    write_draft(other, stick, NOON)
    found = find_draft(desk, stick)
    assert found is not None
    assert (found.standing, found.revision) == (Standing.NEWER, 2)
    continue_from(desk, found.file)
    assert everything(desk) == everything(other)


def test_an_older_draft_never_replaces_newer_work(
    first: Laptop, second: Laptop, pack: Pack, stick: Path, tmp_path: Path
) -> None:
    desk = first.open(pack)
    put_mark(desk, app(1), "6.1", scored(84), NOON)
    early = write_draft(desk, tmp_path / "early", NOON).file
    put_mark(desk, app(1), "6.1", scored(85), NOON)
    write_draft(desk, stick, NOON - timedelta(days=900))  # clocks count for nothing
    assert look_at(desk, early).standing is Standing.OLDER
    with pytest.raises(DraftError, match="is older than what is on this computer"):
        continue_from(desk, early)
    other = second.open(pack)
    continue_from(other, early)
    put_mark(other, app(1), "6.2", scored(70), NOON)
    with pytest.raises(DraftError, match="holds work of another computer"):
        write_draft(other, stick, NOON)
    kept = (stick / draft_name(desk)).read_bytes()
    assert look_at(desk, stick / draft_name(desk)).standing is Standing.SAME
    with pytest.raises(DraftError, match="it would be lost"):
        continue_from(other, stick / draft_name(desk))
    assert (stick / draft_name(desk)).read_bytes() == kept
    with other.unit() as unit:
        assert [str(each.mark.value) for each in unit.marks()] == ["84", "70"]


def test_what_was_taken_back_here_is_no_work_of_another_computer(
    first: Laptop, pack: Pack, stick: Path
) -> None:
    desk = first.open(pack)
    put_note(desk, app(1), "按错了")
    file = write_draft(desk, stick, NOON).file
    put_note(desk, app(1), "")
    assert look_at(desk, file).standing is Standing.OLDER
    with pytest.raises(DraftError, match="older"):
        continue_from(desk, file)
    write_draft(desk, stick, NOON)
    assert look_at(desk, file).standing is Standing.SAME


def test_a_draft_of_another_pack_is_refused_in_one_line(
    first: Laptop, pack: Pack, stick: Path, tmp_path: Path
) -> None:
    other = first.open(Pack(tmp_path, expert=3))
    put_mark(other, app(1), "6.1", scored(84), NOON)
    foreign = write_draft(other, stick, NOON).file
    desk = first.open(pack)
    with pytest.raises(DraftError, match="the draft of another pack or expert") as caught:
        continue_from(desk, foreign)
    assert "\n" not in str(caught.value)
    assert not desk_status(desk).applications[0].scored
    moved = open_draft(foreign.read_bytes(), other.pack.identity)
    foreign.write_bytes(seal_draft(moved, desk.pack.identity))
    with pytest.raises(DraftError, match="the draft of another pack or expert"):
        continue_from(desk, foreign)


def test_every_cut_and_every_flipped_bit_is_refused(
    first: Laptop, second: Laptop, pack: Pack, stick: Path
) -> None:
    desk = first.open(pack)
    put_mark(desk, app(1), "6.1", scored(84), NOON)
    file = write_draft(desk, stick, NOON).file
    whole = file.read_bytes()
    other = second.open(pack)
    before = everything(other)
    for length in range(0, len(whole), 7):
        file.write_bytes(whole[:length])
        with pytest.raises(DraftError, match="damaged"):
            look_at(other, file)
    for bit in range(0, 8 * len(whole), 13):
        altered = bytearray(whole)
        altered[bit // 8] ^= 1 << bit % 8
        file.write_bytes(altered)
        with pytest.raises(DraftError, match="damaged"):
            look_at(other, file)
    with pytest.raises(DraftError, match="damaged"):
        continue_from(other, file)
    assert everything(other) == before


def test_a_draft_made_without_the_passcode_is_refused(
    first: Laptop, pack: Pack, stick: Path
) -> None:
    desk = first.open(pack)
    put_mark(desk, app(1), "6.1", scored(84), NOON)
    file = write_draft(desk, stick, NOON).file
    plain = age.decrypt(file.read_bytes(), desk.pack.identity)
    forged = plain.replace(b'"84"', b'"99"')
    assert forged != plain
    file.write_bytes(age.encrypt(forged, age.recipient_of(desk.pack.identity)))
    with pytest.raises(DraftError, match="not made with the passcode"):
        continue_from(desk, file)


def test_nothing_of_a_draft_can_be_read_on_the_stick(
    first: Laptop, pack: Pack, stick: Path
) -> None:
    desk = first.open(pack)
    put_remarks(desk, app(1), "6.1", Remarks("very telling words"), NOON)
    write_draft(desk, stick, NOON)
    with desk.unit() as unit:
        key = desk.signing_key(unit).to_bytes()
    found = bytes_under(stick)
    assert found.startswith(b"age-encryption.org/v1\n")
    for secret in (b"telling", key, key.hex().encode(), b"6.1"):
        assert secret not in found


def test_a_stick_that_fails_keeps_the_draft_before(
    first: Laptop, pack: Pack, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = first.open(pack)
    put_mark(desk, app(1), "6.1", scored(84), NOON)
    before = write_draft(desk, stick, NOON).file.read_bytes()
    put_mark(desk, app(1), "6.2", scored(84), NOON)

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as failing:
        failing.setattr("reviewer_app.core.atomic.os.fsync", full)
        with pytest.raises(StorageError, match="no room left"):
            write_draft(desk, stick, NOON)
    assert [path.read_bytes() for path in stick.iterdir()] == [before]
    write_draft(desk, stick, NOON)
    assert look_at(desk, stick / draft_name(desk)).standing is Standing.SAME


def test_a_damaged_draft_on_the_stick_is_replaced(
    first: Laptop, pack: Pack, stick: Path
) -> None:
    desk = first.open(pack)
    put_mark(desk, app(1), "6.1", scored(84), NOON)
    file = write_draft(desk, stick, NOON).file
    file.write_bytes(file.read_bytes()[:-1])
    write_draft(desk, stick, NOON)
    assert look_at(desk, file).standing is Standing.SAME
