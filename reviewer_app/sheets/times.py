"""Times as signed bytes carry them: whole seconds, believed by nobody, ordering nothing."""

from datetime import UTC, datetime

LAST_SECOND = 253_402_300_799
"""The end of the year 9999."""


def to_seconds(moment: datetime) -> int:
    """Return whole seconds since 1970 in UTC; a clock before that counts as its start."""
    return max(0, int(moment.timestamp()))


def from_seconds(seconds: int) -> datetime:
    """Return the moment that ``to_seconds`` wrote."""
    return datetime.fromtimestamp(seconds, UTC)
