"""No text that leaves in a spreadsheet or CSV can act as a formula."""

import io

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer_app.core.errors import PaperError
from reviewer_app.papers.escape import ACTIVE, harmless, writable
from reviewer_app.papers.xlsx import (
    Figure,
    Formula,
    Line,
    Worksheet,
    sheet_titles,
    workbook_bytes,
)

PAYLOADS = (
    "=1+1", "=cmd|' /C calc'!A0", '=HYPERLINK("file:///","x")', '=WEBSERVICE("a")',
    '=IMPORTXML(A1,"//a")', '=DDE("a";"b";"c")', "+1+1", "+cmd|'/C calc'!A0",
    "-1+1", "-2+3+cmd|' /C calc'!A0", "@SUM(1+1)*cmd|' /C calc'!A0", "@A1", "\t=1+1",
    "\r=1+1", "\n=1+1", "＝1+1", "＋1+1", "－1+1", "＠SUM(A1)", " =1+1", "\u00a0=1+1",
    "\u3000＝1", "\u200b=1+1", "\ufeff=1+1", "=\u0001evil()", "#N/A", "#REF!", "{=1+1}",
)  # fmt: skip


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_payload_is_a_formula_when_reopened(payload: str) -> None:
    sheet = Worksheet("表", (Line((payload, Figure(1))),), (10,))  # type: ignore[arg-type]  # 1 is exact
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes((sheet,), payload, payload)))
    cell = book["表"]["A1"]
    assert cell.data_type == "s"
    assert not str(cell.value).startswith(tuple(ACTIVE))
    assert payload.strip().strip("\u200b\ufeff\u0001")[-3:] in str(cell.value)


@given(st.text())
def test_harmless_text_begins_with_nothing_active_and_keeps_every_word(text: str) -> None:
    shown = harmless(text)
    assert shown.endswith(text)
    assert len(shown) - len(text) <= 1
    bare = shown.lstrip(" \u00a0\u3000\ufeff\u200b\u200c\u200d\u2060")
    assert not bare or bare[0] not in ACTIVE
    assert harmless(shown) == shown


@given(st.text(st.characters()))
def test_what_xml_cannot_carry_is_shown_by_its_code_point(text: str) -> None:
    shown = writable(text)
    assert writable(shown) == shown
    if "\x00" in text:
        assert "[U+0000]" in shown


def test_only_our_own_formulas_are_formulas() -> None:
    sheet = Worksheet("表", (Line(("=A1", Formula("1+1", 2))),), (10,))
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes((sheet,), "题")))
    assert book["表"]["A1"].data_type == "s"
    assert (book["表"]["B1"].data_type, book["表"]["B1"].value) == ("f", "=1+1")
    assert book["表"]["B1"].number_format == "0.00"


def test_a_text_too_long_for_a_cell_is_refused_rather_than_cut() -> None:
    sheet = Worksheet("表", (Line(("长" * 32768,)),), (10,))
    with pytest.raises(PaperError, match="32768"):
        workbook_bytes((sheet,), "题")


def test_sheet_titles_are_short_clean_and_all_different() -> None:
    wanted = ["01", "01", "a/b:c", "A_B_C", "", "长" * 40, "长" * 40, "[x]'s"]
    titles = sheet_titles(wanted)
    assert len({title.casefold() for title in titles}) == len(wanted)
    assert all(0 < len(title) <= 31 and not set(title) & set("[]:*?/\\'") for title in titles)
    assert titles[0] == "01"
