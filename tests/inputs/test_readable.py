"""Word and Excel documents as text: what they say, and what hostile ones get."""

import io
import time
from contextlib import suppress
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from openpyxl import Workbook

from reviewer_app.core.errors import ReviewerError
from reviewer_app.inputs import readable
from reviewer_app.inputs.readable import Block, read_blocks


def test_a_word_document_is_read_in_order() -> None:
    made, data = Document(), io.BytesIO()
    made.add_heading("第一章", 1)
    made.add_paragraph("正文。")
    table = made.add_table(2, 3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "合并"
    table.cell(1, 2).text = "末格"
    made.add_paragraph("结尾。")
    made.save(data)
    assert read_blocks(data.getvalue(), "a.docx") == (
        Block("heading", "第一章"),
        Block("paragraph", "正文。"),
        Block("table", rows=(("合并", "", ""), ("", "", "末格"))),
        Block("paragraph", "结尾。"),
    )


def test_a_workbook_is_read_sheet_by_sheet_as_people_see_it() -> None:
    made, data = Workbook(), io.BytesIO()
    sheet = made.active
    assert sheet is not None
    sheet.title = "经费"
    sheet.append(["日期", "金额", "备注"])
    sheet.append([date(2026, 3, 20), 1200.5, None])
    sheet.append([None, None, None])
    hidden = made.create_sheet("隐藏")
    hidden.sheet_state = "hidden"
    hidden.append(["secret"])
    made.save(data)
    assert read_blocks(data.getvalue(), "b.xlsx") == (
        Block("heading", "经费"),
        Block("table", rows=(("日期", "金额", "备注"), ("2026-03-20", "1200.5", ""))),
    )


def test_what_is_too_long_is_refused_never_shown_in_part(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made, data = Workbook(), io.BytesIO()
    sheet = made.active
    assert sheet is not None
    for _row in range(30):
        sheet.append([1, 2, 3])
    made.save(data)
    assert len(read_blocks(data.getvalue(), "c.xlsx")) == 2
    monkeypatch.setattr(readable, "_MOST_CELLS", 80)
    with pytest.raises(ReviewerError, match="too large"):
        read_blocks(data.getvalue(), "c.xlsx")
    monkeypatch.setattr(readable, "_MOST_CELLS", 90)
    monkeypatch.setattr(readable, "_MOST_CHARACTERS", 60)
    with pytest.raises(ReviewerError, match="too long"):
        read_blocks(data.getvalue(), "c.xlsx")


def altered(data: io.BytesIO, part: str, old: bytes, new: bytes) -> bytes:
    """Return a document with something else in one of its parts."""
    result = io.BytesIO()
    with ZipFile(data) as source, ZipFile(result, "w") as target:
        for name in source.namelist():
            whole = source.read(name)
            assert name != part or old in whole
            target.writestr(name, whole.replace(old, new, 1) if name == part else whole)
    return result.getvalue()


def test_counts_that_would_take_forever_are_refused_at_once() -> None:
    book, data = Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = 1
    book.save(data)
    rows = altered(data, "xl/worksheets/sheet1.xml", b'<row r="1"', b'<row r="2000000000"')
    with pytest.raises(ReviewerError, match="too long"):
        read_blocks(rows, "e.xlsx")
    made, data = Document(), io.BytesIO()
    made.add_table(1, 2)
    made.save(data)
    span = b'<w:tcPr><w:gridSpan w:val="50000000"/>'
    with pytest.raises(ReviewerError, match="too long"):
        read_blocks(altered(data, "word/document.xml", b"<w:tcPr>", span), "f.docx")


def test_document_types_and_broken_parts_are_refused_in_one_line() -> None:
    made, data = Document(), io.BytesIO()
    made.add_paragraph("正文。")
    made.save(data)
    for old, new in (
        (
            b"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>",
            b'<!DOCTYPE a [<!ENTITY b "c">]>',
        ),
        (b"</w:body>", b"</w:bod>"),
    ):
        with pytest.raises(ReviewerError) as caught:
            read_blocks(altered(data, "word/document.xml", old, new), "d.docx")
        assert "\n" not in str(caught.value)


@pytest.mark.parametrize("kind", ["zip", "xlsx", "xml"])
def test_hostile_files_are_refused_quickly(fixtures: Path, kind: str) -> None:
    for path in sorted((fixtures / "corpora" / kind).iterdir()):
        if not path.is_file():
            continue
        name = path.name if path.suffix == ".xlsx" else f"{path.name}.docx"
        began = time.process_time()
        with suppress(ReviewerError):  # anything else is a bug and fails
            read_blocks(path.read_bytes(), name)
        assert time.process_time() - began < 2, path.name
