"""The workbook for experts who prefer Excel: everything locked but the cells to fill in.

``desk_marks`` reads it back. Every text is stored as text, so that none becomes a formula.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from reviewer_app.core.marks import Mark, MarkState
from reviewer_app.core.numbers import plain_text
from reviewer_app.core.scheme import Indicator
from reviewer_app.inputs.desk_marks import (
    APPLICATION,
    CITATIONS,
    COMMENT,
    INDICATOR,
    REASON,
    SCORE,
    SHOWN,
)

_HEADER = (APPLICATION, SHOWN[0], INDICATOR, *SHOWN[1:], SCORE, REASON, COMMENT, CITATIONS)
_WIDTHS = (10, 24, 8, 34, 7, 8, 7, 7, 9, 30, 30, 24)
_SCORE_COLUMN = _HEADER.index(SCORE) + 1
_TITLE_ROWS = 2
_STATE_WORDS = {
    MarkState.MISSING: "",
    MarkState.NOT_APPLICABLE: "NA",
    MarkState.ABSTAINED: "AB",
}
_GUIDE = (
    "只填黄色格：分值、低分理由、评语、出处。不适用填 NA，弃权填 AB；"
    "留空的格不改动本机已有的内容；出处每行一条。"
)
_YELLOW = PatternFill("solid", fgColor="FFF7D6")
_GREY = PatternFill("solid", fgColor="EEF1F5")


@dataclass(frozen=True, slots=True)
class WorkbookRow:
    """One indicator of one application, with what the desk already has for it."""

    application: str
    name: str
    indicator: Indicator
    mark: Mark
    reason: str = ""
    comment: str = ""
    citations: tuple[str, ...] = ()


def desk_workbook(title: str, rows: Sequence[WorkbookRow]) -> bytes:
    """Return the workbook of these rows, under ``title``, as the bytes of an XLSX file."""
    book = Workbook()
    sheet = book.active
    sheet.title = "评分"
    _put(sheet, 1, 1, title).font = Font(bold=True, size=14)
    _put(sheet, 2, 1, _GUIDE)
    header = _TITLE_ROWS + 1
    for column, (name, width) in enumerate(zip(_HEADER, _WIDTHS, strict=True), start=1):
        cell = _put(sheet, header, column, name)
        cell.font, cell.fill = Font(bold=True), _GREY
        sheet.column_dimensions[get_column_letter(column)].width = width
    for index, row in enumerate(rows, start=header + 1):
        _put_row(sheet, index, row)
    _guard_scores(sheet, header + 1, rows)
    sheet.freeze_panes = sheet.cell(header + 1, 4)
    sheet.protection.sheet = True
    sheet.protection.formatColumns = False
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _put_row(sheet: Any, index: int, row: WorkbookRow) -> None:  # noqa: ANN401 - openpyxl has no types
    leaf, value = row.indicator, row.mark.value
    numbers = (leaf.weight, leaf.minimum, leaf.maximum, leaf.step)
    fixed = (row.application, row.name, leaf.code, leaf.title, *map(plain_text, numbers))
    for column, text in enumerate(fixed, start=1):
        _put(sheet, index, column, text)
    score = _STATE_WORDS[row.mark.state] if value is None else plain_text(value)
    filled = (score, row.reason, row.comment, "\n".join(row.citations))
    for column, text in enumerate(filled, start=_SCORE_COLUMN):
        cell = _put(sheet, index, column, text)
        cell.protection, cell.fill = Protection(locked=False), _YELLOW


def _put(sheet: Any, row: int, column: int, text: str) -> Any:  # noqa: ANN401 - openpyxl has no types
    """Write a text that stays a text, whatever it begins with; whole scores become numbers."""
    cell = sheet.cell(row, column)
    cell.alignment = Alignment(vertical="top", wrap_text=row > _TITLE_ROWS)
    cell.number_format = "@"
    if text:
        cell.value = text
        cell.data_type = "s"
    return cell


def _guard_scores(sheet: Any, first: int, rows: Sequence[WorkbookRow]) -> None:  # noqa: ANN401 - openpyxl has no types
    """Make Excel itself refuse a score beyond its scale: one rule for each scale."""
    rules: dict[tuple[str, str], DataValidation] = {}
    column = get_column_letter(_SCORE_COLUMN)
    scales = [
        (plain_text(row.indicator.minimum), plain_text(row.indicator.maximum)) for row in rows
    ]
    for (low, high), group in groupby(enumerate(scales, start=first), key=itemgetter(1)):
        places = [f"{column}{index}" for index, _scale in group]
        if (low, high) not in rules:
            rules[low, high] = _score_rule(places[0], low, high)
            sheet.add_data_validation(rules[low, high])
        rules[low, high].add(f"{places[0]}:{places[-1]}")


def _score_rule(place: str, low: str, high: str) -> DataValidation:
    """Return a rule as it reads for the first cell it is laid on."""
    return DataValidation(
        "custom",
        formula1=f'OR(UPPER({place})="NA",UPPER({place})="AB",'
        f"IFERROR(AND(VALUE({place})>={low},VALUE({place})<={high}),FALSE))",
        allow_blank=True,
        error=f"请填 {low}–{high} 之间的分值，或 NA、AB",
        errorTitle=SCORE,
        showErrorMessage=True,
    )
