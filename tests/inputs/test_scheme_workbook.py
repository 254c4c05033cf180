"""A scheme survives Excel, and a clerk's mistake is named by sheet and cell."""

import io
from functools import cache
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

import resources
from reviewer_app.core.errors import InputError, ReviewerError
from reviewer_app.core.scheme import Scheme
from reviewer_app.core.scheme_data import load_scheme
from reviewer_app.inputs.scheme_workbook import read_scheme_workbook, scheme_workbook
from tests.core.scheme_tables import PUBLISHED

FILES = [
    *(resources.scheme_path(name) for name in resources.scheme_ids()),
    *sorted(PUBLISHED.glob("*.toml")),
]


def exported(scheme: Scheme, folder: Path) -> Path:
    path = folder / "表.xlsx"
    path.write_bytes(scheme_workbook(scheme))
    return path


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.stem)
def test_nothing_is_lost(file: Path, tmp_path: Path) -> None:
    scheme = load_scheme(file)
    assert read_scheme_workbook(exported(scheme, tmp_path)) == scheme


def test_opened_and_saved_by_a_spreadsheet_it_is_still_the_same(tmp_path: Path) -> None:
    scheme = load_scheme(PUBLISHED / "hnte-2016.toml")
    path = exported(scheme, tmp_path)
    load_workbook(path).save(path)
    assert read_scheme_workbook(path) == scheme


@cache
def workbook_of(name: str) -> bytes:
    return scheme_workbook(load_scheme(resources.scheme_path(name)))


def edited(tmp_path: Path, sheet: str, cell: str, value: object, name: str = "zj-tic") -> Path:
    path = tmp_path / "表.xlsx"
    book = load_workbook(io.BytesIO(workbook_of(name)))
    book[sheet][cell] = value
    book.save(path)
    return path


def column(path: Path, sheet: str, header: str) -> str:
    cells = next(load_workbook(path)[sheet].iter_rows(max_row=1))
    return str(next(cell.column_letter for cell in cells if cell.value == header))


def test_a_clerk_changes_two_weights(tmp_path: Path) -> None:
    path = edited(tmp_path, "指标", "H3", 6)
    assert column(path, "指标", "权重") == "H"
    book = load_workbook(path)
    book["指标"]["H4"] = "３"  # full-width, as typed in Chinese input
    book.save(path)
    weights = [leaf.weight for leaf in read_scheme_workbook(path).indicators()]
    assert weights[:3] == [6, 3, 5]


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "place", "words"),
    [
        ("指标", "H3", 6, "[方案] F2", "sum to 101"),
        ("指标", "H3", "五", "[指标] H3", "五"),
        ("指标", "H3", "=1+4", "[指标] H3", "formula"),
        ("指标", "H3", None, "[指标] H3", "missing"),
        ("指标", "G3", "明星", "[指标] G3", "计分"),
        ("指标", "F3", "也许", "[指标] F3", "是 or 否"),
        ("指标", "C3", "6.3", "[指标] C4", "twice"),
        ("指标", "B3", "66", "[指标] B3", "66"),
        ("指标", "B3", None, "[指标] B3", "heading"),
        ("指标", "Q3", "D3-T99", "[指标] Q3", "D3-T99"),
        ("指标", "S3", "{ kind = ", "[指标] S3", "docs/schemes.md"),
        ("指标", "S3", '{ kind = "luck" }', "[指标] S3", "luck"),
        ("指标", "A1", "类", "[指标] A1", "类"),
        ("档次", "C2", 89, "[档次]", "overlap"),
        ("档次", "A2", "6.99", "[档次] A2", "6.99"),
        ("目标", "C2", "大概", "[目标] C2", "大概"),
        ("门槛", "H2", '["Z9"]', "[门槛]", "Z9"),
        ("方案", "D2", "民间", "[方案] D2", "民间"),
        ("方案", "A2", None, "[方案] A2", "id"),
    ],
)
def test_a_mistake_is_named_by_sheet_and_cell(
    tmp_path: Path, sheet: str, cell: str, value: object, place: str, words: str
) -> None:
    path = edited(tmp_path, sheet, cell, value)
    with pytest.raises(InputError) as caught:
        read_scheme_workbook(path)
    assert f"表.xlsx {place}" in str(caught.value), str(caught.value)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_weights_by_category_that_miss_the_sum_are_placed(tmp_path: Path) -> None:
    path = edited(tmp_path, "类别权重", "C2", 16, "nb-itri")
    with pytest.raises(InputError, match=r"\[类别权重\] \w2.*sum to 101"):
        read_scheme_workbook(path)


def test_a_workbook_that_is_no_scheme_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    Workbook().save(path)
    with pytest.raises(InputError, match="方案"):
        read_scheme_workbook(path)
    path.write_bytes(b"PK\x03\x04 nonsense")
    with pytest.raises(ReviewerError, match="ZIP"):
        read_scheme_workbook(path)


def test_no_cell_can_become_a_formula(tmp_path: Path) -> None:
    scheme = load_scheme(PUBLISHED / "topic-7.toml")
    evil = type(scheme)(
        id=scheme.id,
        title="=HYPERLINK(1)",
        document="+1",
        weight_origin=scheme.weight_origin,
        dimensions=scheme.dimensions,
        maximum=scheme.maximum,
    )
    path = exported(evil, tmp_path)
    head = load_workbook(path)["方案"]
    assert [head["B2"].data_type, head["C2"].data_type] == ["s", "s"]
    assert read_scheme_workbook(path) == evil
