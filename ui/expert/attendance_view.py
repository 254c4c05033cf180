"""Arrival and leaving as pages show them; plain values, no Qt."""

from dataclasses import dataclass
from datetime import datetime

from reviewer_app.services.desk import Desk
from reviewer_app.services.desk_attendance import asks_attendance, attendance


@dataclass(frozen=True, slots=True)
class AttendanceView:
    """Both times as they are shown; empty where they are not recorded yet."""

    arrived: str = ""
    left: str = ""


def attendance_view(desk: Desk) -> AttendanceView | None:
    """Return what is recorded, None where the round does not ask."""
    if not asks_attendance(desk):
        return None
    known = attendance(desk)
    return AttendanceView(clock_words(known.arrived), clock_words(known.left))


def clock_words(moment: datetime | None) -> str:
    """Return a time of day by this computer's clock, nothing for none."""
    return f"{moment.astimezone():%H:%M}" if moment else ""
