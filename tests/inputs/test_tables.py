import datetime as dt
import time
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.styles.numbers import BUILTIN_FORMATS

from reviewer_app.core.errors import InputError, ReviewerError
from reviewer_app.inputs.tables import Column, Grid, narrow, read_grids, read_table
from reviewer_app.inputs.workbook import TableLimits
from tests.inputs.files import csv, patched_xlsx, xlsx

COLUMNS = (
    Column("number", ("序号", "number"), required=True, filled=True, code=True),
    Column("name", ("名称",), required=True),
    Column("value", ("数值",), code=True),
)


def rows(path: Path) -> list[tuple[str, str, str]]:
    return [
        (row["number"], row["name"], row["value"]) for row in read_table(path, COLUMNS).rows
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_list_is_read_in_the_encodings_offices_use(tmp_path: Path, encoding: str) -> None:
    path = csv(tmp_path / "a.csv", "序号,名称,数值", "01, 陆喆堃（示例） ,6", encoding=encoding)
    assert rows(path) == [("01", "陆喆堃（示例）", "6")]


def test_an_excel_list_is_read_like_a_csv_list(tmp_path: Path) -> None:
    path = xlsx(
        tmp_path / "a.xlsx", ["序号", "名称", "数值"], [1, "甲", 12.5], ["02", "乙", "0.10"]
    )
    assert rows(path) == [("1", "甲", "12.5"), ("02", "乙", "0.10")]


def test_full_width_digits_are_forgiven_in_codes_and_kept_in_names(tmp_path: Path) -> None:
    path = csv(tmp_path / "a.csv", "序号（必填）,名 称,数值", "０１,名称（２０２６）,－３．５")
    assert rows(path) == [("01", "名称（２０２６）", "-3.5")]


def test_a_title_above_and_blank_rows_below_do_no_harm(tmp_path: Path) -> None:
    path = xlsx(
        tmp_path / "a.xlsx",
        ["申报清单"],
        [],
        ["备注", "名称 *", "序号:"],
        [],
        ["x", "甲", "1"],
        [None],
        ["y", None, None],
    )
    assert rows(path) == [("1", "甲", "")]


def test_columns_nobody_asked_for_are_reported(tmp_path: Path) -> None:
    path = csv(tmp_path / "a.csv", "序号,名称,联系人,,电话", "1,甲,x,,y")
    assert read_table(path, COLUMNS).unknown == ("联系人", "电话")


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    path = csv(tmp_path / "a.csv", "名称,数值", "甲,1")
    with pytest.raises(InputError, match=r"a\.csv: no header row with the column 序号$"):
        read_table(path, COLUMNS)


def test_a_column_given_twice_is_refused(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", ["序号", "名称", "number"], [1, "甲", 2])
    with pytest.raises(InputError, match=r"\[Sheet\] C1: the column “number” occurs twice"):
        read_table(path, COLUMNS)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("=1+1", "formula"),
        ("#N/A", "error #N/A"),
        (dt.date(2026, 3, 1), "date"),
        (12345678901234567, "15 digits"),
        ("一\n二", r"U\+000A"),
    ],
)
def test_a_cell_that_cannot_be_taken_is_named(tmp_path: Path, value: object, said: str) -> None:
    path = xlsx(tmp_path / "a.xlsx", ["序号", "名称"], [1, value], title="名册")
    with pytest.raises(InputError, match=rf"a\.xlsx \[名册\] B2: .*{said}"):
        read_table(path, COLUMNS)


def test_a_percentage_is_refused_because_35_percent_is_stored_as_035(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", ["序号", "名称", "数值"], [1, "甲", 0.35])
    book = openpyxl.load_workbook(path)
    book.active["C2"].number_format = BUILTIN_FORMATS[10]
    book.save(path)
    with pytest.raises(InputError, match=r"C2: .*percentage"):
        read_table(path, COLUMNS)


def test_a_fault_in_a_column_nobody_reads_is_no_fault(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", ["序号", "名称", "合计"], [1, "甲", "=SUM(A1:A2)"])
    assert rows(path) == [("1", "甲", "")]


def test_an_empty_cell_where_one_must_be_filled_is_named(tmp_path: Path) -> None:
    path = csv(tmp_path / "a.csv", "序号,名称", '1,"甲', '乙"', ",丙")
    with pytest.raises(InputError, match=r"line 2, column 2: U\+000D|line 3"):
        read_table(path, COLUMNS)
    path = csv(tmp_path / "b.csv", "序号,名称", ",丙")
    with pytest.raises(InputError, match=r"b\.csv line 2, column 1: “序号” is empty"):
        read_table(path, COLUMNS)


def test_merged_cells_are_refused_below_the_title(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", ["标题"], ["序号", "名称"], [1, "甲"], [None, "乙"])
    book = openpyxl.load_workbook(path)
    book.active.merge_cells("A1:B1")
    book.save(path)
    assert len(read_grids(path)) == 1
    with pytest.raises(InputError, match=r"A4.*“序号” is empty"):
        read_table(path, COLUMNS)
    book.active.merge_cells("A3:A4")
    book.save(path)
    with pytest.raises(InputError, match=r"\[Sheet\] A3:A4: merged cells"):
        read_table(path, COLUMNS)


def test_the_first_visible_sheet_with_the_header_is_taken(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", ["说明文字"], title="说明")
    book = openpyxl.load_workbook(path)
    for title, name in (("旧", "旧名"), ("新", "新名")):
        sheet = book.create_sheet(title)
        sheet.append(["序号", "名称"])
        sheet.append(["1", name])
    book["旧"].sheet_state = "hidden"
    book.save(path)
    assert rows(path) == [("1", "新名", "")]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.xls", b"\xd0\xcf\x11\xe0", "XLSX or CSV"),
        ("a.xlsx", b"not a zip", "whole ZIP"),
        ("a.csv", "序号,名称".encode("utf-16"), "UTF-16"),
        ("a.csv", b"\xff\xff\xff\xff,\x80\x00", "neither UTF-8 nor GB 18030"),
        ("a.csv", b'"1,2\n3', "line .* is not CSV"),
        ("a.csv", b"", "no header row"),
    ],
)
def test_a_file_of_another_kind_gets_one_line(
    tmp_path: Path, name: str, data: bytes, said: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(ReviewerError, match=said) as caught:
        read_table(path, COLUMNS)
    assert "\n" not in str(caught.value)


def test_what_is_no_file_is_refused_without_waiting(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not exist; check the name"):
        read_table(tmp_path / "absent.csv", COLUMNS)
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(InputError, match="not a file"):
        read_table(tmp_path / "folder.csv", COLUMNS)


def test_limits_are_refusals_not_truncations(tmp_path: Path) -> None:
    small = TableLimits(rows=3, columns=4, file_bytes=100_000)
    path = csv(tmp_path / "a.csv", "序号,名称", *(f"{n},甲" for n in range(3)))
    with pytest.raises(InputError, match="more than 3 rows or 4 columns"):
        read_table(path, COLUMNS, small)
    path = xlsx(tmp_path / "b.xlsx", ["序号", "名称", *"abcde"])
    with pytest.raises(InputError, match="more than 3 rows or 4 columns"):
        read_table(path, COLUMNS, small)
    (tmp_path / "c.csv").write_bytes(b"x" * 200_000)
    with pytest.raises(InputError, match="larger than"):
        read_table(tmp_path / "c.csv", COLUMNS, small)


def test_hostile_workbooks_get_one_line_within_two_seconds(fixtures: Path) -> None:
    for path in sorted((fixtures / "corpora/xlsx").iterdir()):
        start = time.monotonic()
        with pytest.raises(ReviewerError) as caught:
            read_grids(path)
        assert "\n" not in str(caught.value)
        assert time.monotonic() - start < 2, path.name


@pytest.mark.parametrize(
    "part", ["xl/sharedStrings.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"]
)
def test_hostile_xml_inside_a_workbook_is_refused(
    fixtures: Path, tmp_path: Path, part: str
) -> None:
    good = xlsx(tmp_path / "good.xlsx", ["序号", "名称"], ["1", "甲"])
    for hostile in sorted((fixtures / "corpora/xml").iterdir()):
        if hostile.name.startswith("defusedxml-simple"):
            continue
        path = patched_xlsx(good, tmp_path / "bad.xlsx", {part: hostile.read_bytes()})
        start = time.monotonic()
        with pytest.raises(ReviewerError):
            read_table(path, COLUMNS)
        assert time.monotonic() - start < 2, hostile.name


@pytest.mark.parametrize("part", ["xl/vbaProject.bin", "xl/xmlMaps.xml", "xl/connections.xml"])
def test_macros_and_foreign_data_are_refused(tmp_path: Path, part: str) -> None:
    good = xlsx(tmp_path / "good.xlsx", ["序号", "名称"], ["1", "甲"])
    path = patched_xlsx(good, tmp_path / "bad.xlsx", {part: b"<x/>"})
    with pytest.raises(InputError, match="foreign data"):
        read_table(path, COLUMNS)


def test_a_row_at_the_end_of_the_sheet_costs_no_million_rows(tmp_path: Path) -> None:
    good = xlsx(tmp_path / "good.xlsx", ["序号", "名称"], ["1", "甲"])
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    )
    path = patched_xlsx(good, tmp_path / "far.xlsx", {"xl/worksheets/sheet1.xml": sheet})
    start = time.monotonic()
    with pytest.raises(InputError, match="more than"):
        read_grids(path)
    assert time.monotonic() - start < 2


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, 10**6), byte=st.integers(0, 255))
def test_a_damaged_workbook_never_crashes(tmp_path: Path, place: int, byte: int) -> None:
    path = tmp_path / "good.xlsx"
    if not path.exists():
        xlsx(path, ["序号", "名称", "数值"], [1, "甲", 12.5], ["02", "乙", "0.10"])
    data = bytearray(path.read_bytes())
    data[place % len(data)] ^= byte
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(data)
    try:
        read_table(bad, COLUMNS)
    except ReviewerError as error:
        said = str(error)
    else:
        said = ""
    assert "\n" not in said


cells = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=cells)
def test_names_survive_both_kinds_of_list_unchanged(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.csv"
    quoted = name.replace('"', '""')
    csv(path, "序号,名称", f'1,"{quoted}"')
    try:
        found = rows(path)
    except InputError:
        found = []
    assert found in ([], [("1", name.strip(), "")])
    assert found or any(0xFDD0 <= ord(c) <= 0xFDEF or ord(c) & 0xFFFE == 0xFFFE for c in name)


def test_narrow_leaves_everything_but_wide_characters() -> None:
    assert narrow("　０３，Ａ－１ 中（二）") == "03,A-1 中(二)"


def test_places_are_told_as_people_find_them(tmp_path: Path) -> None:
    (grid,) = read_grids(csv(tmp_path / "a.csv", "x", "y,z"))
    assert isinstance(grid, Grid)
    assert grid.where(1, 1) == "a.csv line 2, column 2"
    assert grid.text(1, 9) == ""
    (sheet,) = read_grids(xlsx(tmp_path / "a.xlsx", ["x"], title="表"))
    assert sheet.where(0, 27) == "a.xlsx [表] AB1"
