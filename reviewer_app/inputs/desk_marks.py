"""What one expert typed into Excel or CSV: marks with reasons, comments and citations.

Takes the workbook that ``desk_workbook`` writes, and the plain ``application,indicator,score``
list of MARKS.csv. ``NA`` (不适用) is not applicable, ``AB`` (弃权) an abstention; an empty
score says nothing. Every fault is told with its cell or line.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from reviewer_app.core.errors import InputError, NumberError
from reviewer_app.core.marks import Mark, scored
from reviewer_app.core.messages import _
from reviewer_app.core.numbers import parse_decimal
from reviewer_app.inputs import columns
from reviewer_app.inputs.numbering import Numbering
from reviewer_app.inputs.tables import Column, Row, narrow, read_table
from reviewer_app.inputs.workbook import TableLimits

APPLICATION, INDICATOR, SCORE = "对象编号", "指标", "分值"
REASON, COMMENT, CITATIONS = "低分理由", "评语", "出处"
SHOWN = ("对象名称", "指标名称", "权重", "最低分", "满分", "步长")
"""Columns of the workbook that are there to be read by people."""
_COLUMNS = (
    Column("application", columns.APPLICATION, required=True, filled=True, code=True),
    Column("indicator", columns.INDICATOR, required=True, filled=True, code=True),
    Column("score", columns.SCORE, required=True, code=True),
    Column("expert", columns.EXPERT, code=True),
    Column("reason", (REASON, "reason"), lines=True),
    Column("comment", (COMMENT, "comment"), lines=True),
    Column("citations", (CITATIONS, "citations"), lines=True),
    *(Column(name, (name,)) for name in SHOWN),
)
_LIMITS = TableLimits(file_bytes=64 << 20, part_bytes=96 << 20, rows=200_000, cells=3_000_000)


@dataclass(frozen=True, slots=True)
class DeskMark:
    """One row: the mark, missing where its cell is empty, and what stands beside it.

    None where the file has no such column.
    """

    application: str
    indicator: str
    mark: Mark
    reason: str | None
    comment: str | None
    citations: tuple[str, ...] | None
    where: str


@dataclass(frozen=True, slots=True)
class DeskMarks:
    """The rows of a file that can be read, what is wrong with the others, columns left out."""

    rows: tuple[DeskMark, ...]
    unknown_columns: tuple[str, ...]
    faults: tuple[str, ...] = ()


def read_desk_marks(path: Path, expert: str, applications: Iterable[str]) -> DeskMarks:
    """Return what a file says about these applications, and every fault with its cell.

    A column ``expert``, where there is one, must name this expert in every row. Raises
    InputError where there is no such list in the file.
    """
    faults: list[str] = []
    table = read_table(path, _COLUMNS, _LIMITS, faults)
    numbering, own = Numbering(applications), Numbering([expert])
    rows: dict[tuple[str, str], DeskMark] = {}
    for row in table.rows:
        try:
            _require_own(row, own, expert)
            mark = _desk_mark(row, numbering)
            first = rows.setdefault((mark.application, mark.indicator), mark)
            if first is not mark:
                words = _("this indicator stands there twice ({first})")
                row.refuse("indicator", words.format(first=first.where))
        except InputError as error:
            faults.append(str(error))
    if not rows and not faults:
        raise InputError(_("{file}: there is no mark in it").format(file=path.name))
    return DeskMarks(tuple(rows.values()), table.unknown, tuple(faults))


def _require_own(row: Row, own: Numbering, expert: str) -> None:
    if "expert" in row.columns and not own.has(row["expert"]):
        row.refuse(
            "expert",
            _(
                "these marks are of expert “{other}”; this is the desk of expert {expert}"
            ).format(other=row["expert"][:40], expert=expert),
        )


def _desk_mark(row: Row, numbering: Numbering) -> DeskMark:
    number = row["application"]
    if not numbering.has(number):
        row.refuse(
            "application",
            _("there is no application {number} on this desk").format(number=number[:40]),
        )
    return DeskMark(
        application=numbering.find(number, row.where("application")),
        indicator=row["indicator"],
        mark=_mark(row),
        reason=row["reason"] if "reason" in row.columns else None,
        comment=row["comment"] if "comment" in row.columns else None,
        citations=_citations(row) if "citations" in row.columns else None,
        where=row.where("score"),
    )


def _mark(row: Row) -> Mark:
    text = narrow(row["score"])
    if text.upper() in columns.STATES:
        return columns.STATES[text.upper()]
    try:
        return scored(parse_decimal(text))
    except NumberError as error:
        row.refuse(
            "score",
            _("{error}; NA is not applicable, AB abstained").format(error=error),
        )


def _citations(row: Row) -> tuple[str, ...]:
    return tuple(line.strip() for line in row["citations"].splitlines() if line.strip())
