"""Claimed figures in a file of their own (申报数据), for scoring by command."""

from pathlib import Path

from reviewer_app.core.errors import NumberError
from reviewer_app.core.numbers import parse_decimal
from reviewer_app.core.round import Fact
from reviewer_app.inputs.tables import Column, Row, read_table

_COLUMNS = (
    Column("application", ("序号", "编号", "number", "application"), code=True),
    Column(
        "about",
        ("指标或目标", "指标", "目标", "indicator", "target"),
        required=True,
        filled=True,
        code=True,
    ),
    Column("value", ("数值", "value", "score"), required=True, filled=True, code=True),
    Column("unit", ("单位", "计量单位", "unit")),
    Column("note", ("备注", "note"), lines=True),
    Column("source", ("出处", "source")),
)


def read_claims(path: Path) -> tuple[tuple[str, Fact], ...]:
    """Return (application, fact) for every row; an empty application means all of them.

    Facts name their input, target or formula item; whether the scheme has it is for the caller
    to check. Raises InputError naming the line or cell.
    """
    return tuple((row["application"], _fact(row)) for row in read_table(path, _COLUMNS).rows)


def _fact(row: Row) -> Fact:
    try:
        value = parse_decimal(row["value"])
    except NumberError as error:
        row.refuse("value", str(error))
    return Fact(value, row["unit"], target=row["about"], note=row["note"], source=row["source"])
