from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from reviewer_app.core.errors import InputError, StorageError
from reviewer_app.core.marks import MISSING, scored
from reviewer_app.services.desk import Desk
from reviewer_app.services.desk_excel import import_marks, write_workbook
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
    assert (done.rows, done.changed, done.unknown_columns) == (9, 8, ())
    assert desk_status(desk).complete
    assert import_marks(desk, path, NOON).changed == 0


def test_one_bad_row_and_nothing_is_taken(desk: Desk, tmp_path: Path) -> None:
    path = marks_csv(tmp_path, "01,6.1,80", "01,6.2,81", "02,6.1,101")
    with pytest.raises(InputError, match=r"line 4, column 3: 6\.1: 101 is outside 0–100"):
        import_marks(desk, path, NOON)
    with desk.unit() as unit:
        assert unit.marks() == []


def test_an_unknown_indicator_is_named_with_its_row(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"line 2, column 3: There is no indicator 9\.9"):
        import_marks(desk, marks_csv(tmp_path, "01,9.9,80"), NOON)


def test_rows_replace_marks_and_leave_remarks_alone(desk: Desk, tmp_path: Path) -> None:
    put_mark(desk, app(1), "6.1", scored(70), NOON)
    put_mark(desk, app(1), "6.2", scored(71), NOON)
    put_remarks(desk, app(1), "6.1", Remarks("评语"), NOON)
    done = import_marks(desk, marks_csv(tmp_path, "01,6.1,", "01,6.3,72"), NOON)
    assert done.changed == 2
    with desk.unit() as unit:
        answers = answers_of(unit)[app(1)]
    assert (answers["6.1"].mark, answers["6.1"].comment) == (MISSING, "评语")
    assert answers["6.2"].mark == scored(71)
    assert answers["6.3"].mark == scored(72)


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
