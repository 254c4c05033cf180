import errno
import hashlib
import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from reviewer_app.core.errors import InputError, RoundStateError, StorageError
from reviewer_app.core.marks import ABSTAINED, NOT_APPLICABLE, scored
from reviewer_app.services.desk import Desk
from reviewer_app.services.desk_scoring import Remarks, begin_revision, put_mark, put_remarks
from reviewer_app.services.desk_signing import sign
from reviewer_app.services.desk_status import desk_status
from reviewer_app.services.recusal import recuse
from reviewer_app.services.sheet_paper import sheet_facts
from reviewer_app.sheets.codes import join
from reviewer_app.sheets.score_sheet import Remark, enrolled, verify_sheet
from tests.services.laptop import NOON, Laptop, Pack, score_all
from tests.sheets.making import app


@pytest.fixture
def laptop(tmp_path: Path) -> Iterator[Laptop]:
    with Laptop(tmp_path / "home") as machine:
        yield machine


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    return Pack(tmp_path)


@pytest.fixture
def desk(laptop: Laptop, pack: Pack) -> Desk:
    return laptop.open(pack)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    return tmp_path / "stick" / "deep"


def test_a_complete_desk_gives_a_sheet_that_the_bureau_accepts(
    desk: Desk, pack: Pack, stick: Path
) -> None:
    score_all(desk, 84)
    put_remarks(desk, app(3), "6.2", Remarks("好", "", ("建设方案.pdf#1",)), NOON)
    signed = sign(desk, stick, "", NOON)
    assert signed.new
    assert sorted(path.name for path in stick.iterdir()) == ["02-r1.pdf", "02-r1.scoresheet"]
    sheet = verify_sheet(signed.file.read_bytes(), pack.bureau.round, pack.bureau.assignment)
    assert sheet == signed.sheet
    assert enrolled(sheet, pack.bureau.secret)
    assert sheet.content.marks[app(1)] == {f"6.{each}": scored(84) for each in (1, 2, 3)}
    assert sheet.comments == {app(3): {"6.2": Remark("好", "", ("建设方案.pdf#1",))}}
    status = desk_status(desk)
    assert (status.revision, status.receipt, status.locked) == (1, sheet.receipt, True)
    assert signed.paper.read_bytes().startswith(b"%PDF")


def test_what_is_missing_is_listed_and_nothing_is_signed(desk: Desk, stick: Path) -> None:
    score_all(desk)
    put_mark(desk, app(2), "6.3", scored(59), NOON)
    with desk.unit() as unit:
        unit.remove_application(app(3))
        unit.commit()
    with pytest.raises(RoundStateError) as caught:
        sign(desk, stick, "", NOON)
    assert str(caught.value) == (
        "Cannot sign yet; marks are missing: 03/6.1, 03/6.2, 03/6.3; "
        "low marks without a reason: 02/6.3"
    )
    assert not stick.exists()
    assert desk_status(desk).revision == 0


def test_a_long_list_is_cut_and_counted(laptop: Laptop, tmp_path: Path, stick: Path) -> None:
    desk = laptop.open(Pack(tmp_path, 7, 6))
    with pytest.raises(RoundStateError, match=r"04/6\.3 and 6 more$"):
        sign(desk, stick, "", NOON)


def test_signing_again_writes_the_same_bytes(desk: Desk, stick: Path, tmp_path: Path) -> None:
    score_all(desk)
    first = sign(desk, stick, "", NOON)
    again = sign(desk, tmp_path / "other", "ignored", NOON + timedelta(hours=1))
    assert not again.new
    assert again.file.read_bytes() == first.file.read_bytes()
    assert desk_status(desk).revision == 1


def test_a_revision_needs_a_reason_and_names_the_one_before(desk: Desk, stick: Path) -> None:
    score_all(desk)
    first = sign(desk, stick, "", NOON)
    begin_revision(desk)
    put_mark(desk, app(1), "6.1", scored(90), NOON)
    with pytest.raises(InputError, match="needs a reason"):
        sign(desk, stick, "  ", NOON)
    second = sign(desk, stick, " 笔误 ", NOON)
    content = second.sheet.content
    assert (content.revision, content.reason) == (2, "笔误")
    assert content.previous == first.sheet.digest
    assert content.previous == hashlib.sha256(first.sheet.sheet).digest()
    assert second.sheet.public_key == first.sheet.public_key
    assert (stick / "02-r1.scoresheet").exists()
    begin_revision(desk)
    third = sign(desk, stick, "再次核对", NOON)
    assert third.sheet.content.previous == second.sheet.digest


def test_a_reason_given_for_the_first_signature_is_left_out(desk: Desk, stick: Path) -> None:
    score_all(desk)
    assert sign(desk, stick, "no need", NOON).sheet.content.reason == ""


def test_a_stick_that_fails_loses_nothing(
    desk: Desk, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    score_all(desk)
    stick.mkdir(parents=True)

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as failing:
        failing.setattr("reviewer_app.core.atomic.os.fsync", full)
        with pytest.raises(StorageError, match=r"no room left for .*02-r1\.scoresheet"):
            sign(desk, stick, "", NOON)
    assert list(stick.iterdir()) == []
    assert desk_status(desk).revision == 1
    assert not sign(desk, stick, "", NOON).new


def test_a_folder_that_is_a_file_is_said(desk: Desk, tmp_path: Path) -> None:
    score_all(desk)
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StorageError, match="is a file, not a folder"):
        sign(desk, tmp_path / "file", "", NOON)


def test_the_paper_says_what_was_signed(desk: Desk, stick: Path) -> None:
    score_all(desk, 80)
    put_mark(desk, app(1), "6.1", scored(55), NOON)
    put_remarks(desk, app(1), "6.1", Remarks("看过现场", "设备未到位。", ("附件.pdf#3",)), NOON)
    put_mark(desk, app(1), "6.2", NOT_APPLICABLE, NOON)
    put_mark(desk, app(1), "6.3", ABSTAINED, NOON)
    put_remarks(desk, app(1), "6.3", Remarks(reason="不熟悉该领域"), NOON)
    recuse(desk, "02", ["office"], "曾任顾问。", NOON)
    sheet = sign(desk, stick, "", NOON).sheet
    facts = sheet_facts(sheet, desk.pack.round, NOON)
    assert (facts.expert_number, facts.expert_name, facts.revision) == ("02", "喆堃（示例）", 1)
    assert [(each.number, each.total) for each in facts.applications] == [
        ("01", "55.00"),
        ("03", "80.00"),
    ]
    assert facts.marks == (("*55", "80"), ("不适用", "80"), ("弃权", "80"))
    assert [each.code for each in facts.indicators] == ["6.1", "6.2", "6.3"]
    assert [each.ends_dimension for each in facts.indicators] == [False, False, True]
    assert [(note.application, note.indicator, note.text) for note in facts.reasons] == [
        ("01", "6.1", "设备未到位。")
    ]
    assert [note.text for note in facts.abstentions] == ["不熟悉该领域"]
    assert facts.comments == (), "comments travel by file; the paper says how many"
    assert "评语 1 条，随评分表文件提交。" in facts.notes
    (recused,) = facts.recusals
    assert recused.startswith("02")
    assert "近三年内担任其董事、监事、顾问" in recused
    assert "曾任顾问" in recused
    assert facts.receipt == sheet.receipt
    assert facts.round_fingerprint == desk.pack.round.fingerprint
    assert facts.key_fingerprint == desk_status(desk).key_fingerprint
    assert [whole.sheet for whole in join(facts.codes).whole] == [sheet.sheet]


def test_another_sheet_of_the_same_name_is_never_overwritten(
    desk: Desk, pack: Pack, stick: Path, tmp_path: Path
) -> None:
    score_all(desk, 84)
    first = sign(desk, stick, "", NOON).file.read_bytes()
    with Laptop(tmp_path / "other") as machine:
        other = machine.open(pack)
        score_all(other, 70)
        with pytest.raises(InputError, match="another sheet"):
            sign(other, stick, "", NOON)
        assert (stick / "02-r1.scoresheet").read_bytes() == first
        assert sign(other, tmp_path / "another stick", "", NOON).file.is_file()


def test_a_damaged_copy_is_written_anew(desk: Desk, stick: Path) -> None:
    score_all(desk, 84)
    file = sign(desk, stick, "", NOON).file
    whole = file.read_bytes()
    file.write_bytes(whole[:-1])
    sign(desk, stick, "", NOON)
    assert file.read_bytes() == whole
