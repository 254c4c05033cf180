"""Which of the four lists a workbook or CSV file is, told by its heads."""

from pathlib import Path

from reviewer_app.core.errors import ReviewerError
from reviewer_app.inputs.lists import APPLICATION_COLUMNS, EXPERT_COLUMNS, FACT_COLUMNS
from reviewer_app.inputs.tables import Grid, header_key, read_grids

_WITHIN = 10
_COLUMNS = {
    "专家名册": EXPERT_COLUMNS,
    "申报数据": FACT_COLUMNS,
    "申报清单": APPLICATION_COLUMNS,
}
_NUMBERS = {"序号", "编号", "number"}


def list_kind(path: Path) -> str:
    """Return 申报清单, 专家名册, 申报数据 or 任务分配; "" for a file that is none of them."""
    try:
        grids = read_grids(path)
    except ReviewerError:
        return ""
    return next(filter(None, map(_kind, grids)), "")


def _kind(grid: Grid) -> str:
    for row in grid.rows[:_WITHIN]:
        heads = {header_key(cell.text) for cell in row}
        if not heads & _NUMBERS:
            continue
        for name, columns in _COLUMNS.items():
            needed = [column.names for column in columns if column.required]
            if all(heads & {header_key(each) for each in names} for names in needed):
                return name
        return "任务分配"
    return ""
