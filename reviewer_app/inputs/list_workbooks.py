"""Blank and filled workbooks for the secretary's lists, with the columns the readers know.

Every cell is text, so that ``03`` stays ``03`` and nothing typed becomes a formula; the file is
the same byte for byte whenever it is written.
"""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from reviewer_app.core.round import Specialism
from reviewer_app.inputs.lists import APPLICATION_COLUMNS, EXPERT_COLUMNS, FACT_COLUMNS
from reviewer_app.inputs.tables import Column

_WIDTHS = {"number": 8, "from_bureau": 14, "value": 10, "about": 14, "specialism": 10}
_WIDTH = 28
_FORMATTED_ROWS = 200
_EPOCH = (1980, 1, 1, 0, 0, 0)
_TIMES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_EXPLAIN = "说明"
_EXPLANATIONS: Mapping[str, tuple[str, ...]] = {
    "申报清单": (
        "一行一个申报对象；带 * 的列必须填写。",
        "序号按答辩顺序填写，如 01、02；本场内不能重复。",
        "材料文件夹填写与本表放在一起的文件夹名或 ZIP 文件名。",
        "简称不填时，由程序去掉各名称相同的部分后提出建议。",
    ),
    "专家名册": (
        "一行一位专家；带 * 的列必须填写。",
        "专业类别填写：技术、管理、财务、投资。",
        "是否主管部门填写：是、否；不填按“否”。",
        "手机可以不填，不打印、不进入评审包。",
        "回避对象填写已知须回避的申报序号，多个用顿号隔开，如 03、07。",
    ),
    "申报数据": (
        "一行一个申报数值；带 * 的列必须填写。",
        "指标或目标填写指标代码（如 10.2）或目标编号（如 D3-T08）。",
        "数值只填数字，不用百分号和千分号；单位另填。",
        "出处写材料名和页码，如 建设方案.pdf#47。",
    ),
    "任务分配": (
        "行为申报对象，列为专家；需要评分的打 ✓，不评的空着。",
        "不提供本表时，每位专家评全部对象，已知回避的除外。",
        "列标题写专家编号，后面可以跟姓名，如 02 沈知行。",
    ),
}
_COLUMNS: Mapping[str, tuple[Column, ...]] = {
    "申报清单": APPLICATION_COLUMNS,
    "专家名册": EXPERT_COLUMNS,
    "申报数据": FACT_COLUMNS,
}
LIST_NAMES = tuple(_EXPLANATIONS)
"""申报清单, 专家名册, 申报数据, 任务分配."""


def blank_list(name: str) -> bytes:
    """Return one of the ``LIST_NAMES`` as an empty workbook with a sheet of instructions."""
    return filled_list(name, ())


def filled_list(name: str, rows: Sequence[Sequence[str]]) -> bytes:
    """Return the list with these rows, their cells in the order of its columns.

    A 任务分配 begins with number and name; the columns of the experts are for people to add.
    """
    headers = [_header(column) for column in _COLUMNS.get(name, ())] or ["序号 *", "名称"]
    book = Workbook()
    sheet = book.active
    sheet.title = name
    for row in (headers, *rows):
        sheet.append([None] * len(row))
        for column, text in enumerate(row, start=1):
            cell = sheet.cell(sheet.max_row, column)
            cell.number_format = "@"
            if text:
                cell.value, cell.data_type = text, "s"
    _dress(sheet, name, len(headers))
    explain = book.create_sheet(_EXPLAIN)
    explain.column_dimensions["A"].width = 90
    for text in _EXPLANATIONS[name]:
        explain.append([text])
    return _fixed(book)


def _header(column: Column) -> str:
    return f"{column.names[0]} *" if column.filled else column.names[0]


def _dress(sheet: Any, name: str, columns: int) -> None:  # noqa: ANN401 - openpyxl ships no types
    """Give the sheet a readable header, text cells to type into, and its choices."""
    sheet.freeze_panes = "A2"
    keys = [column.key for column in _COLUMNS.get(name, ())]
    for position in range(1, columns + 1):
        letter = get_column_letter(position)
        key = keys[position - 1] if position <= len(keys) else "number"
        sheet.column_dimensions[letter].width = _WIDTHS.get(key, _WIDTH)
        head = sheet[f"{letter}1"]
        head.font = Font(bold=True)
        head.fill = PatternFill("solid", fgColor="DCE6F1")
        head.alignment = Alignment(vertical="center")
        for row in range(sheet.max_row + 1, _FORMATTED_ROWS):
            sheet.cell(row, position).number_format = "@"
    choices = {"specialism": ",".join(Specialism), "from_bureau": "是,否"}
    for key in choices.keys() & set(keys):
        letter = get_column_letter(keys.index(key) + 1)
        rule = DataValidation(type="list", formula1=f'"{choices[key]}"', allow_blank=True)
        rule.add(f"{letter}2:{letter}{_FORMATTED_ROWS}")
        sheet.add_data_validation(rule)


def _fixed(book: Workbook) -> bytes:
    """Return the workbook without the time of its making."""
    raw, out = io.BytesIO(), io.BytesIO()
    book.save(raw)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            data = _TIMES.sub(rb"\g<1>2026-03-20T09:00:00Z", source.read(name))
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, data)
    return out.getvalue()
