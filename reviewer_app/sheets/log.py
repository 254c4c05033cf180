"""The round's log: JSON lines that each carry the hash of the one before.

Nothing in it can be changed, removed or slipped in without changing the head, which the closing
statement prints and people sign (docs/formats.md, section 9).
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from reviewer_app.core.errors import ArchiveError, DocumentError
from reviewer_app.core.messages import _
from reviewer_app.sheets import json_text

EMPTY_HEAD = "0" * 64
MAX_LINE_BYTES = 1 << 20
_SHORT = 1 << 12
_KEYS = {"at", "details", "event", "previous", "sequence"}
_TIME = "%Y-%m-%dT%H:%M:%SZ"


@dataclass(frozen=True, slots=True)
class LogEntry:
    """What happened and when; ``details`` are texts and whole numbers."""

    at: datetime
    event: str
    details: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line as it stands in the log."""

    sequence: int
    previous: str
    entry: LogEntry


def next_line(previous: bytes | None, entry: LogEntry) -> bytes:
    """Return the line, without its end, that continues a log ending with ``previous``."""
    return json_text.encode(
        {
            "at": entry.at.astimezone(UTC).strftime(_TIME),
            "details": dict(entry.details),
            "event": entry.event,
            "previous": EMPTY_HEAD if previous is None else line_hash(previous),
            "sequence": 1 if previous is None else read_line(previous).sequence + 1,
        }
    )


def line_hash(line: bytes) -> str:
    """Return the hash of a line, hexadecimal: of the last one it is the head."""
    return hashlib.sha256(line).hexdigest()


def read_line(line: bytes, where: str = "") -> LogLine:
    """Return what a line says; ArchiveError, beginning with ``where``, if it is no line."""
    found = _read_once(line) if len(line) <= _SHORT else _read(line)
    if found is None:
        where = where or _("Log line")
        raise ArchiveError(_("{where}: it is not a line of the log").format(where=where))
    return found


def _read(line: bytes) -> LogLine | None:
    try:
        content = json_text.decode(line, MAX_LINE_BYTES)
        sound = isinstance(content, dict) and set(content) == _KEYS
        return _line(content) if sound else None
    except (DocumentError, ValueError):
        return None


_read_once = lru_cache(maxsize=512)(_read)
"""A log is read whole for every page, and its lines never change."""


def check_log(lines: Sequence[bytes]) -> str:
    """Return the head of an unbroken log; raises ArchiveError naming the first broken line."""
    head = EMPTY_HEAD
    for number, data in enumerate(lines, start=1):
        where = _("Log line {number}").format(number=number)
        line = read_line(data, where)
        if line.previous != head or line.sequence != number:
            raise ArchiveError(
                _("{where}: a line before it was changed or removed").format(where=where)
            )
        head = line_hash(data)
    return head


def _line(content: dict[str, Any]) -> LogLine:
    """Return the line of a JSON object with the right keys; ValueError for wrong kinds."""
    sequence, details, event = content["sequence"], content["details"], content["event"]
    sound = (
        type(sequence) is int
        and isinstance(details, dict)
        and all(isinstance(value, str) or type(value) is int for value in details.values())
        and all(isinstance(content[key], str) for key in ("at", "event", "previous"))
    )
    if not sound:
        raise ValueError(event)
    at = datetime.strptime(content["at"], _TIME).replace(tzinfo=UTC)
    if at.strftime(_TIME) != content["at"]:
        raise ValueError(content["at"])
    return LogLine(sequence, content["previous"], LogEntry(at, event, details))
