from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from reviewer_app.core.errors import FaultsError, InputError, StorageError
from reviewer_app.core.marks import MISSING, Mark, scored
from reviewer_app.services.desk import Desk
from reviewer_app.services.desk_excel import import_marks, take_back, write_workbook
from reviewer_app.services.desk_scoring import Remarks, put_mark, put_remarks
from reviewer_app.services.desk_signing import sign
from reviewer_app.services.desk_status import answers_of, desk_status
from reviewer_app.services.recusal import recuse
from tests.services.laptop import NOON, Laptop, Pack, score_all
from tests.sheets.making import app


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Laptop(tmp_path / "home") as machine:
        yield machine.open(Pack(tmp_path))


def marks_csv(folder: Path, *rows: str) -> Path:
    path = folder / "marks.csv"
    path.write_text("\n".join(["application,indicator,score", *rows]), "utf-8")
    return path


def test_a_workbook_filled_in_excel_completes_the_desk(desk: Desk, tmp_path: Path) -> None:
    put_mark(desk, app(1), "6.1", scored(70), NOON)
    path = tmp_path / "评分.xlsx"
    assert write_workbook(desk, path) == 9
    book = load_workbook(path)
    sheet = book.active
    assert sheet is not None
    assert sheet["I4"].value == "70"
    for row in range(5, 13):
        sheet[f"I{row}"] = 59 if row == 12 else 90
    sheet["J12"] = "没有材料"
    book.save(path)
    done = import_marks(desk, path, NOON)
    assert (done.rows, len(done.records), done.unknown_columns) == (9, 8, ())
    assert desk_status(desk).complete
    assert import_marks(desk, path, NOON).records == ()


def test_one_bad_row_and_nothing_is_taken(desk: Desk, tmp_path: Path) -> None:
    path = marks_csv(tmp_path, "01,6.1,80", "01,6.2,81", "02,6.1,101")
    with pytest.raises(InputError, match=r"line 4, column 3: 6\.1: 101 is outside 0–100"):
        import_marks(desk, path, NOON)
    with desk.unit() as unit:
        assert unit.marks() == []


def test_an_unknown_indicator_is_named_with_its_row(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"line 2, column 3: There is no indicator 9\.9"):
        import_marks(desk, marks_csv(tmp_path, "01,9.9,80"), NOON)


def test_every_cell_at_fault_is_named_at_once(desk: Desk, tmp_path: Path) -> None:
    rows = ("01,6.1,101", "01,6.2,80", "09,6.1,80", "02,6.1,x", "02,7.7,80")
    with pytest.raises(FaultsError, match=r"\(and 3 more\)") as caught:
        import_marks(desk, marks_csv(tmp_path, *rows), NOON)
    lines = sorted(fault.split("line ")[1][0] for fault in caught.value.faults)
    assert lines == ["2", "4", "5", "6"]
    with desk.unit() as unit:
        assert unit.marks() == []


def test_an_empty_cell_leaves_the_mark_unless_clearing_is_asked_for(
    desk: Desk, tmp_path: Path
) -> None:
    put_mark(desk, app(1), "6.1", scored(70), NOON)
    put_mark(desk, app(1), "6.2", scored(71), NOON)
    put_remarks(desk, app(1), "6.1", Remarks("评语"), NOON)
    file = marks_csv(tmp_path, "01,6.1,", "01,6.3,72")
    done = import_marks(desk, file, NOON)
    assert (len(done.records), done.kept, done.cleared) == (1, 1, 0)
    assert marks_of(desk) == {"6.1": scored(70), "6.2": scored(71), "6.3": scored(72)}
    done = import_marks(desk, file, NOON, clear=True)
    assert (len(done.records), done.kept, done.cleared) == (1, 0, 1)
    assert marks_of(desk) == {"6.1": MISSING, "6.2": scored(71), "6.3": scored(72)}
    with desk.unit() as unit:
        assert answers_of(unit)[app(1)]["6.1"].comment == "评语"


def test_words_stay_where_their_cells_are_empty(desk: Desk, tmp_path: Path) -> None:
    put_mark(desk, app(1), "6.1", scored(50), NOON)
    kept = Remarks("评语", "理由", ("方案.pdf#4",))
    put_remarks(desk, app(1), "6.1", kept, NOON)
    path = tmp_path / "marks.csv"
    path.write_text("对象编号,指标,分值,低分理由,评语,出处\n01,6.1,51,,,\n", "utf-8")
    for clear, expected in ((False, kept), (True, Remarks())):
        import_marks(desk, path, NOON, clear=clear)
        with desk.unit() as unit:
            found = answers_of(unit)[app(1)]["6.1"]
        assert found.mark == scored(51)
        assert Remarks(found.comment, found.reason, found.citations) == expected


def test_what_was_taken_over_can_be_put_back(desk: Desk, tmp_path: Path) -> None:
    put_mark(desk, app(1), "6.1", scored(70), NOON)
    done = import_marks(desk, marks_csv(tmp_path, "01,6.1,90", "01,6.2,91"), NOON)
    take_back(desk, done, NOON)
    assert marks_of(desk) == {"6.1": scored(70), "6.2": MISSING}


def marks_of(desk: Desk) -> dict[str, Mark]:
    with desk.unit() as unit:
        return {code: each.mark for code, each in answers_of(unit)[app(1)].items()}


def test_a_recused_application_is_neither_written_nor_read(desk: Desk, tmp_path: Path) -> None:
    recuse(desk, "02", ["office"], "", NOON)
    assert write_workbook(desk, tmp_path / "a.xlsx") == 6
    shown = {row[0].value for row in load_workbook(tmp_path / "a.xlsx").active.iter_rows(4)}
    assert shown == {"01", "03"}
    with pytest.raises(InputError, match="line 2, column 1: there is no application 02"):
        import_marks(desk, marks_csv(tmp_path, "02,6.1,80"), NOON)


def test_a_change_after_signing_begins_a_revision_and_none_does_not(
    desk: Desk, tmp_path: Path
) -> None:
    score_all(desk, 80)
    sign(desk, tmp_path, "", NOON)
    import_marks(desk, marks_csv(tmp_path, "01,6.1,80"), NOON)
    assert desk_status(desk).locked
    import_marks(desk, marks_csv(tmp_path, "01,6.1,81"), NOON)
    assert not desk_status(desk).locked


def test_a_workbook_into_nowhere_is_said(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="does not exist"):
        write_workbook(desk, tmp_path / "absent" / "a.xlsx")
