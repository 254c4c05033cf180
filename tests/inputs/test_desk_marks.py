import io
import re
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from reviewer_app.core.errors import InputError
from reviewer_app.core.marks import ABSTAINED, MISSING, NOT_APPLICABLE, scored
from reviewer_app.inputs.desk_marks import DeskMark, DeskMarks, read_desk_marks
from reviewer_app.inputs.desk_workbook import WorkbookRow, desk_workbook
from tests.sheets.making import make_scheme

NUMBERS = ("01", "02")
LEAF = make_scheme().indicator("6.1")


def read(path: Path) -> DeskMarks:
    return read_desk_marks(path, "02", NUMBERS)


def csv_file(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "marks.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_the_plain_list_is_read_with_every_state(tmp_path: Path) -> None:
    text = "application,indicator,score\n01,6.1,84\n1,6.2,\n02,6.1,NA\n2,6.2,ab\n02,6.3,0.5\n"
    found = read(csv_file(tmp_path, text))
    assert [(row.application, row.indicator, row.mark) for row in found.rows] == [
        ("01", "6.1", scored(84)),
        ("01", "6.2", MISSING),
        ("02", "6.1", NOT_APPLICABLE),
        ("02", "6.2", ABSTAINED),
        ("02", "6.3", scored(Fraction(1, 2))),
    ]
    assert {(row.reason, row.comment, row.citations) for row in found.rows} == {
        (None, None, None)
    }


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_chinese_headers_and_remarks_are_read(tmp_path: Path, encoding: str) -> None:
    text = (
        "对象编号,指标,分值,专家编号,低分理由,评语,出处,备注\n"
        '０１,6.1,５０,2,"理由","评语","方案.pdf#4\n附件.pdf#1",x\n'
    )
    found = read(csv_file(tmp_path, text, encoding))
    assert found.unknown_columns == ("备注",)
    (row,) = found.rows
    assert (row.application, row.mark) == ("01", scored(50))
    assert (row.reason, row.comment) == ("理由", "评语")
    assert row.citations == ("方案.pdf#4", "附件.pdf#1")


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ("01,6.1,八十", r"marks\.csv line 2, column 3: “八十” is not a plain decimal"),
        ("01,6.1,1e2", "line 2, column 3: “1e2” is not a plain decimal"),
        ("01,6.1,-0", "line 2, column 3"),
        ("01,6.1,NaN", "line 2, column 3"),
        ("07,6.1,80", "line 2, column 1: there is no application 07 on this desk"),
        (",6.1,80", "line 2, column 1: “application” is empty"),
        ("01,,80", "line 2, column 2: “indicator” is empty"),
        ("01,6.1,80\n1,6.1,81", "line 3, column 2: this indicator stands there twice"),
    ],
)
def test_a_fault_names_its_line(tmp_path: Path, rows: str, sentence: str) -> None:
    (fault,) = read(csv_file(tmp_path, f"application,indicator,score\n{rows}\n")).faults
    assert re.search(sentence, fault)


def test_every_fault_of_a_file_is_told_with_its_line(tmp_path: Path) -> None:
    rows = "01,6.1,八十\n01,6.2,80\n07,6.1,80\n,6.3,80\n1,6.2,81"
    found = read(csv_file(tmp_path, f"application,indicator,score\n{rows}\n"))
    assert [(row.application, row.indicator) for row in found.rows] == [("01", "6.2")]
    lines = [re.search(r"line (\d)", fault) for fault in found.faults]
    assert sorted(line[1] for line in lines if line) == ["2", "4", "5", "6"]


def test_a_list_without_rows_is_none(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no mark in it"):
        read(csv_file(tmp_path, "application,indicator,score\n"))


def test_marks_of_another_expert_are_refused(tmp_path: Path) -> None:
    path = csv_file(tmp_path, "application,expert,indicator,score\n01,3,6.1,80\n")
    (fault,) = read(path).faults
    assert "marks are of expert “3”; this is the desk of expert 02" in fault


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "marks.docx"
    path.write_bytes(b"PK")
    with pytest.raises(InputError, match="XLSX or CSV"):
        read(path)


ROWS = (
    WorkbookRow("01", "=HYPERLINK(1)", LEAF, MISSING),
    WorkbookRow("02", "中心", LEAF, scored(50), "=1+1", "+评语", ("方案.pdf#4", "@附件")),
)


def test_the_workbook_reads_back_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "marks.xlsx"
    path.write_bytes(desk_workbook("评审会", ROWS))
    found = read(path)
    assert found.unknown_columns == ()
    assert [
        (row.application, row.indicator, row.mark, row.reason, row.comment, row.citations)
        for row in found.rows
    ] == [
        ("01", "6.1", MISSING, "", "", ()),
        ("02", "6.1", scored(50), "=1+1", "+评语", ("方案.pdf#4", "@附件")),
    ]


def test_only_the_cells_to_fill_in_can_be_typed_into() -> None:
    sheet = load_workbook(io.BytesIO(desk_workbook("评审会", ROWS))).active
    assert sheet is not None
    assert sheet.protection.sheet
    header = [cell.value for cell in sheet[3]]
    for row in sheet.iter_rows(min_row=4):
        free = {header[cell.column - 1] for cell in row if not cell.protection.locked}
        assert free == {"分值", "低分理由", "评语", "出处"}
    kinds = {cell.data_type for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
    (rule,) = sheet.data_validations.dataValidation
    assert str(rule.sqref) == "I4:I5"
    assert "<=100" in rule.formula1


def typed(change: Callable[[Workbook], None], path: Path) -> Path:
    book = load_workbook(io.BytesIO(desk_workbook("评审会", ROWS)))
    change(book)
    book.save(path)
    return path


def test_what_excel_makes_of_typed_scores_is_understood(tmp_path: Path) -> None:
    def type_scores(book: Workbook) -> None:
        book.active["I4"], book.active["I5"] = 84, " na "
        book.active["A4"], book.active["A5"] = 1, "２"

    found = read(typed(type_scores, tmp_path / "typed.xlsx"))
    assert [(row.application, row.mark) for row in found.rows] == [
        ("01", scored(84)),
        ("02", NOT_APPLICABLE),
    ]


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("=90+5", "it holds a formula"),
        ("#REF!", "I4"),
        ("84 分", "“84 分” is not a plain decimal"),
        (True, "I4"),
    ],
)
def test_a_cell_that_is_no_score_is_named(tmp_path: Path, value: object, sentence: str) -> None:
    def type_it(book: Workbook) -> None:
        book.active["I4"] = value

    (fault,) = read(typed(type_it, tmp_path / "typed.xlsx")).faults
    assert re.search(sentence, fault)
    assert "typed.xlsx [评分] I4" in fault


def test_a_row_says_where_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "marks.xlsx"
    path.write_bytes(desk_workbook("评审会", ROWS))
    row: DeskMark = read(path).rows[1]
    assert row.where == "marks.xlsx [评分] I5"
