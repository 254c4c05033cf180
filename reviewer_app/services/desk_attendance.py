"""Arrival and leaving of an expert, where the rules of the round ask for it (到场、离场).

The times are of the laptop's own clock, which nobody has checked. They help the expert to fill
in the sign-in sheet, on which ink counts; no score sheet carries them.
"""

from dataclasses import dataclass
from datetime import datetime

from reviewer_app.services.desk import Desk

ARRIVED, LEFT = "arrived", "left"


@dataclass(frozen=True, slots=True)
class Attendance:
    """When an expert came and left by this laptop's clock, as far as that is recorded."""

    arrived: datetime | None = None
    left: datetime | None = None


def asks_attendance(desk: Desk) -> bool:
    """Tell whether the rules of the round ask for arrival and leaving."""
    return desk.rules.panel.attendance


def note_arrival(desk: Desk, now: datetime) -> None:
    """Keep when the expert came, if the round asks; the first time stays."""
    if asks_attendance(desk) and attendance(desk).arrived is None:
        _keep(desk, ARRIVED, now)


def note_leaving(desk: Desk, now: datetime) -> None:
    """Keep when the expert left, if the round asks; the last time counts."""
    if asks_attendance(desk):
        _keep(desk, LEFT, now)


def attendance(desk: Desk) -> Attendance:
    """Return what is recorded."""
    with desk.unit() as unit:
        arrived, left = unit.setting(ARRIVED), unit.setting(LEFT)
    return Attendance(_moment(arrived), _moment(left))


def _keep(desk: Desk, name: str, now: datetime) -> None:
    with desk.unit() as unit:
        unit.lock()
        unit.set_setting(name, now.isoformat().encode())
        unit.commit()


def _moment(data: bytes | None) -> datetime | None:
    return datetime.fromisoformat(data.decode()) if data else None
