"""The round's append-only log, written in the same unit of work as what it records."""

from datetime import datetime

from reviewer_app.core.round import RoundId
from reviewer_app.services.ports import BureauUnit
from reviewer_app.services.records import LogRecord
from reviewer_app.sheets.log import LogEntry, check_log, next_line


def append(
    unit: BureauUnit, round_id: RoundId, at: datetime, event: str, **details: str | int
) -> None:
    """Add one entry that carries the hash of the one before; undone if the unit is."""
    last = unit.last_log(round_id)
    line = next_line(last.line if last else None, LogEntry(at, event, details))
    unit.append_log(LogRecord(round_id, last.sequence + 1 if last else 1, line))


def head(unit: BureauUnit, round_id: RoundId) -> str:
    """Return the hash of the last entry, after checking the whole chain."""
    return check_log([record.line for record in unit.log(round_id)])
