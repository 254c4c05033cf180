"""Whether a round's papers wait for a second machine, and the code that machine came to.

Kept on this machine only: it says nothing about the results, only whether they were compared.
"""

from reviewer_app.core.round import RoundId
from reviewer_app.services.ports import OpenBureau

_ASKED = b"asked"


def wait_for_second(bureau: OpenBureau, round_id: RoundId, *, wanted: bool) -> None:
    """Let the export of papers wait for the second machine's results code, or no more."""
    with bureau() as unit:
        unit.set_setting(_key(round_id), _ASKED if wanted else b"")
        unit.commit()


def second_agreed(bureau: OpenBureau, round_id: RoundId, digest: str) -> None:
    """Keep that the second machine came to the same results digest."""
    with bureau() as unit:
        unit.set_setting(_key(round_id), digest.encode())
        unit.commit()


def waits(bureau: OpenBureau, round_id: RoundId, digest: str) -> tuple[bool, bool]:
    """Return whether a second machine is asked for, and whether it agreed on this digest."""
    with bureau() as unit:
        kept = unit.setting(_key(round_id)) or b""
    return bool(kept), kept.decode() == digest


def _key(round_id: RoundId) -> str:
    return f"second-machine:{round_id}"
