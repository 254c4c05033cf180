from pathlib import Path

import pytest
from openpyxl import load_workbook

from reviewer_app.core.errors import InputError
from reviewer_app.core.round import ApplicationNumber
from reviewer_app.inputs.assignment import everyone_everything, read_assignment
from reviewer_app.inputs.list_workbooks import filled_list
from tests.core.plans import application, expert
from tests.inputs.files import csv, xlsx

GIVEN = tuple(application(number) for number in (1, 2, 3))
PANEL = (expert(1), expert(2, recused=frozenset({ApplicationNumber("03")})))


def test_without_a_table_everyone_scores_everything_but_known_conflicts() -> None:
    assert everyone_everything(GIVEN, PANEL) == {"01": ("01", "02", "03"), "02": ("01", "02")}


def test_ticks_say_who_scores_what(tmp_path: Path) -> None:
    path = xlsx(
        tmp_path / "任务分配.xlsx",
        ["任务分配"],
        ["序号", "名称", "01 专家甲", 2],
        [3, "丙", "√", None],
        [1, "甲", "✓", "是"],
        [2, "乙", None, "1"],
    )
    assert read_assignment(path, GIVEN, PANEL) == {"01": ("01", "03"), "02": ("01", "02")}


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (["序号,01,02", "01,✓,✓", "02,✓,✓"], "says nothing about 03"),
        (["序号,01", "01,✓", "02,✓", "03,✓"], "says nothing about 02"),
        (
            ["序号,01,02", "01,✓,✓", "02,✓,✓", "03,✓,✓"],
            "line 4, column 3: expert 02 is recused from 03",
        ),
        (["序号,01,02", "01,✓,✓", "02,✓,x", "03,✓,"], "line 3, column 3: tick with ✓"),
        (
            ["序号,01,02", "01,✓,✓", "1,✓,✓", "02,✓,✓"],
            "line 3, column 1: application 01 has two rows",
        ),
        (["序号,01,02,1 甲", "01,✓,✓,"], "expert 01 has two columns"),
        (["序号,01,02,09", "01,✓,✓,"], "no number “09”"),
        (["序号,01,02", "07,✓,✓"], "no number “07”"),
        (["对象,01,02", "01,✓,✓"], "no header row with the column 序号"),
    ],
)
def test_a_faulty_table_names_the_cell(tmp_path: Path, rows: list[str], said: str) -> None:
    with pytest.raises(InputError, match=said):
        read_assignment(csv(tmp_path / "a.csv", *rows), GIVEN, PANEL)


def test_the_workbook_we_offer_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "任务分配.xlsx"
    rows = [(each.number, each.name) for each in GIVEN]
    path.write_bytes(filled_list("任务分配", rows))
    book = load_workbook(path)
    for column, header in ((3, "01 专家甲"), (4, "02 专家乙")):
        for row, text in enumerate((header, *("✓" for _each in GIVEN)), start=1):
            book["任务分配"].cell(row, column, text)
    book.save(path)
    panel = (expert(1), expert(2))
    assert read_assignment(path, GIVEN, panel) == everyone_everything(GIVEN, panel)
