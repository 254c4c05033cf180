"""A paper form typed into a list: ``application,indicator,score``, and what settles a cell.

An indicator ``*`` (回避) says that the expert is recused from the application; its score is the
ground. Which boxes a form has, and which texts they may hold, the caller knows.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from reviewer_app.core.errors import InputError
from reviewer_app.core.messages import _
from reviewer_app.core.recusal import grounds
from reviewer_app.inputs import columns
from reviewer_app.inputs.numbering import Numbering
from reviewer_app.inputs.tables import Column, Row, narrow, read_table
from reviewer_app.inputs.workbook import TableLimits

_LIMITS = TableLimits(file_bytes=2 << 20, part_bytes=16 << 20, rows=20_000, cells=200_000)
"""Three hundred applications of twenty-four indicators have 7,200 boxes."""
_APPLICATION = Column("application", columns.APPLICATION, required=True, filled=True, code=True)
_INDICATOR = Column("indicator", columns.INDICATOR, required=True, filled=True, code=True)
_SCORE = Column("score", columns.SCORE, required=True, filled=True, code=True)
_VALUE = Column("value", ("value", "取值"), required=True, code=True)
_REASON = Column("reason", ("reason", "理由"), required=True, filled=True)
_WORDS = {"不适用": "NA", "弃权": "AB"}
RECUSED = "*"
_SEPARATORS = re.compile(r"[\s,;，；、+]+")

Cell = tuple[str, str]
"""Application and indicator."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What holds for one cell, and why; an empty value: nothing stands there."""

    value: str
    reason: str


def read_typed(path: Path, applications: Numbering) -> dict[Cell, str]:
    """Return what was typed, by application and indicator; InputError names the line."""
    found: dict[Cell, str] = {}
    for row in read_table(path, (_APPLICATION, _INDICATOR, _SCORE), _LIMITS).rows:
        place = _place(row, applications)
        if place in found:
            row.refuse("indicator", _("this box stands there twice"))
        found[place] = typed_text(place[1], row["score"])
    if not found:
        raise InputError(_("{file}: there is no mark in it").format(file=path.name))
    return found


def read_settled(path: Path, applications: Numbering) -> dict[Cell, Settled]:
    """Return what settles each cell, from ``application,indicator,value,reason``."""
    found: dict[Cell, Settled] = {}
    for row in read_table(path, (_APPLICATION, _INDICATOR, _VALUE, _REASON), _LIMITS).rows:
        place = _place(row, applications)
        if place in found:
            row.refuse("indicator", _("this box stands there twice"))
        found[place] = Settled(typed_text(place[1], row["value"]), row["reason"])
    return found


def typed_text(indicator: str, text: str) -> str:
    """Return what is written in one box as files have it: a score, ``NA``, ``AB``, grounds.

    In a recusal's box the printed numbers of the grounds stand for them: ``4`` is ``kinship``.
    """
    plain = narrow(text)
    if indicator == RECUSED:
        known = [ground.key for ground in grounds()]
        parts = _SEPARATORS.split(plain)
        by_number = {str(number): key for number, key in enumerate(known, start=1)}
        named = [by_number.get(part, part) for part in parts if part]
        in_order = [key for key in known if key in named]
        return ",".join(in_order) if len(in_order) == len(named) else plain
    plain = plain.upper()
    return _WORDS.get(plain, plain)


def _place(row: Row, applications: Numbering) -> Cell:
    application = applications.find(row["application"], row.where("application"))
    indicator = row["indicator"]
    return application, RECUSED if indicator == "回避" else indicator
