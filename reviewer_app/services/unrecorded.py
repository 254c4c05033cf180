"""What a secretary has typed and not recorded yet: kept in the database until it is.

Kept for each machine by itself: two secretaries at one server do not meet here. Nothing of it
counts, is printed, or goes into an archive.
"""

import json

from reviewer_app.core.round import RoundId
from reviewer_app.services.ports import OpenBureau


def keep_typed(
    bureau: OpenBureau, round_id: RoundId, machine: str, typed: dict[str, object]
) -> None:
    """Keep what was typed under its names, in the place of what was kept under the same.

    Under a name with None nothing is kept any more.
    """
    with bureau() as unit:
        kept = _read(unit.setting(_name(round_id, machine)))
        now = {key: value for key, value in {**kept, **typed}.items() if value is not None}
        if now != kept:
            text = json.dumps(now, ensure_ascii=False) if now else ""
            unit.set_setting(_name(round_id, machine), text.encode())
            unit.commit()


def typed_before(bureau: OpenBureau, round_id: RoundId, machine: str) -> dict[str, object]:
    """Return what this machine kept of a round by its names."""
    with bureau() as unit:
        return _read(unit.setting(_name(round_id, machine)))


def _read(stored: bytes | None) -> dict[str, object]:
    kept: dict[str, object] = json.loads(stored) if stored else {}
    return kept


def _name(round_id: RoundId, machine: str) -> str:
    return f"typed:{machine}:{round_id}"
