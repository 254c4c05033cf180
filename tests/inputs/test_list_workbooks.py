import io
from pathlib import Path

import openpyxl
import pytest

from reviewer_app.inputs.list_workbooks import LIST_NAMES, blank_list, filled_list
from reviewer_app.inputs.lists import (
    APPLICATION_COLUMNS,
    EXPERT_COLUMNS,
    FACT_COLUMNS,
    read_experts,
)
from reviewer_app.inputs.numbering import AS_TYPED
from reviewer_app.inputs.tables import read_table


@pytest.mark.parametrize("name", LIST_NAMES)
def test_a_blank_list_is_the_same_every_day_and_explains_itself(name: str) -> None:
    data = blank_list(name)
    assert blank_list(name) == data
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == [name, "说明"]
    assert len(list(book["说明"].values)) >= 3


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("申报清单", APPLICATION_COLUMNS),
        ("专家名册", EXPERT_COLUMNS),
        ("申报数据", FACT_COLUMNS),
    ],
)
def test_a_blank_list_has_every_column_its_reader_knows(
    tmp_path: Path, name: str, columns: tuple[object, ...]
) -> None:
    path = tmp_path / "blank.xlsx"
    path.write_bytes(blank_list(name))
    table = read_table(path, columns)  # type: ignore[arg-type]  # the three are tuples of Column
    assert (table.rows, table.unknown) == ((), ())
    assert sum(bool(cell.text) for cell in table.grid.rows[0]) == len(columns)


def test_a_filled_list_is_read_back_and_holds_no_formula(tmp_path: Path) -> None:
    rows = [("03", "=1+1", "@SUM(A1)", "", "技术", "否", "", "")]
    path = tmp_path / "e.xlsx"
    path.write_bytes(filled_list("专家名册", rows))
    (expert,), _notes = read_experts(path, AS_TYPED)
    assert (expert.number, expert.name, expert.employer) == ("03", "=1+1", "@SUM(A1)")
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert {cell.data_type for cell in sheet[2]} <= {"s", "n", "inlineStr"}
