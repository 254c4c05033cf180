from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest

from reviewer_app.core.errors import InputError, NotFoundError, RoundStateError
from reviewer_app.core.marks import scored
from reviewer_app.services.desk import Desk
from reviewer_app.services.desk_excel import write_workbook
from reviewer_app.services.desk_place import (
    Draft,
    declare_free,
    declared_free,
    kept_draft,
    kept_flags,
    kept_place,
    put_draft,
    put_flags,
    put_place,
)
from reviewer_app.services.desk_scoring import Remarks, put_mark, put_note, put_remarks
from reviewer_app.services.desk_signing import sign
from reviewer_app.services.desk_status import desk_status
from reviewer_app.services.records import DeskRecusal
from reviewer_app.services.recusal import Effect, effect_of, recuse, take_back
from reviewer_app.services.sheet_paper import sheet_facts
from reviewer_app.sheets.score_sheet import Recusal
from tests.services.laptop import NOON, Laptop, Pack, score_all
from tests.sheets.making import app


@pytest.fixture
def laptop(tmp_path: Path) -> Iterator[Laptop]:
    with Laptop(tmp_path / "home") as machine:
        yield machine


@pytest.fixture
def desk(laptop: Laptop, tmp_path: Path) -> Desk:
    return laptop.open(Pack(tmp_path))


def test_a_recused_application_is_gone_from_everything_but_the_sheet(
    desk: Desk, tmp_path: Path
) -> None:
    score_all(desk, 50)
    for number in (1, 2, 3):
        for code in ("6.1", "6.2", "6.3"):
            put_remarks(desk, app(number), code, Remarks("评语", "理由"), NOON)
    put_note(desk, app(2), "private")
    assert not recuse(desk, "02", ["kinship", "office"], " 2023 年任顾问 ", NOON)
    status = desk_status(desk)
    assert [each.application.number for each in status.applications] == ["01", "03"]
    assert status.recused == 1
    assert status.complete
    with desk.unit() as unit:
        assert {record.application for record in unit.marks()} == {"01", "03"}
        assert unit.recusals() == [DeskRecusal(app(2), "office,kinship", "2023 年任顾问", NOON)]
    with pytest.raises(NotFoundError, match="no application 02 on this desk"):
        put_mark(desk, app(2), "6.1", scored(80), NOON)
    signed = sign(desk, tmp_path / "out", "", NOON).sheet
    assert signed.content.recusals == {app(2): Recusal("office,kinship", "2023 年任顾问")}
    assert set(signed.content.marks) == {"01", "03"}
    assert set(signed.comments or {}) == {"01", "03"}


def test_recusing_twice_or_what_is_not_there_is_refused(desk: Desk) -> None:
    recuse(desk, "02", ["office"], "", NOON)
    for number in ("02", "99", ""):
        with pytest.raises(NotFoundError):
            recuse(desk, number, ["office"], "", NOON)


@pytest.mark.parametrize(
    ("grounds", "note"),
    [([], ""), (["friend"], ""), (["other"], ""), (["office"], "a\x00b")],
)
def test_an_incomplete_declaration_leaves_the_application(
    desk: Desk, grounds: list[str], note: str
) -> None:
    put_mark(desk, app(2), "6.1", scored(80), NOON)
    with pytest.raises(InputError):
        recuse(desk, "02", grounds, note, NOON)
    assert desk_status(desk).applications[1].scored == 1


def test_a_conflict_found_after_signing_needs_a_new_revision(
    desk: Desk, tmp_path: Path
) -> None:
    score_all(desk)
    sign(desk, tmp_path, "", NOON)
    assert recuse(desk, "03", ["involvement"], "", NOON)
    assert not desk_status(desk).locked
    revised = sign(desk, tmp_path, "发现利害关系", NOON)
    assert revised.sheet.content.revision == 2
    assert set(revised.sheet.content.marks) == {"01", "02"}


def test_every_application_can_be_recused(desk: Desk, tmp_path: Path) -> None:
    for number in ("01", "02", "03"):
        recuse(desk, number, ["office"], "", NOON)
    assert desk_status(desk).applications == ()
    assert sign(desk, tmp_path, "", NOON).sheet.content.marks == {}


def test_a_mistake_is_taken_back_until_the_first_mark(desk: Desk) -> None:
    recuse(desk, "02", ["office"], "", NOON)
    take_back(desk, app(2))
    assert desk_status(desk).recused == 0
    with pytest.raises(NotFoundError):
        take_back(desk, app(2))
    recuse(desk, "02", ["office"], "", NOON)
    put_mark(desk, app(1), "6.1", scored(80), NOON)
    with pytest.raises(RoundStateError, match="Scoring has begun"):
        take_back(desk, app(2))
    assert desk_status(desk).recused == 1


def test_what_stepping_back_takes_along_is_known_beforehand(desk: Desk, tmp_path: Path) -> None:
    assert effect_of(desk, app(2)) == Effect(0, 0, note=False, begun=False, revision=0)
    score_all(desk)
    put_remarks(desk, app(2), "6.1", Remarks("评语", "理由"), NOON)
    put_note(desk, app(2), "private")
    assert effect_of(desk, app(2)) == Effect(3, 2, note=True, begun=True, revision=0)
    sign(desk, tmp_path / "out", "", NOON)
    assert effect_of(desk, app(1)) == Effect(3, 0, note=False, begun=True, revision=2)
    assert desk_status(desk).recused == 0


def test_nothing_on_the_desk_names_a_recused_application_any_more(desk: Desk) -> None:
    declare_free(desk, [app(1), app(2)])
    put_draft(desk, Draft("02", "6.1", "8"))
    put_place(desk, "02", "6.1")
    put_flags(desk, ["01", "02"])
    recuse(desk, "02", ["office"], "", NOON)
    assert kept_draft(desk) is None
    assert kept_place(desk) == ("", "")
    assert kept_flags(desk) == {"01"}
    assert declared_free(desk) == {"01"}


def test_private_notes_leave_with_nothing_that_is_handed_in(desk: Desk, tmp_path: Path) -> None:
    score_all(desk)
    put_note(desk, app(1), "entre-nous")
    signed = sign(desk, tmp_path / "out", "", NOON)
    write_workbook(desk, tmp_path / "out" / "marks.xlsx")
    assert b"entre-nous" not in signed.file.read_bytes()
    assert "entre-nous" not in repr(sheet_facts(signed.sheet, desk.pack.round, NOON))
    with ZipFile(tmp_path / "out" / "marks.xlsx") as book:
        assert not any(b"entre-nous" in book.read(name) for name in book.namelist())
    with desk.unit() as unit:
        assert unit.note(app(1)) == "entre-nous"
