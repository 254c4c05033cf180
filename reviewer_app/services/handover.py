"""Which passcode slips lie in which file, which are printed, and which were handed over.

Kept by pack, so that a new pack for the same expert begins with a slip of its own. No passcode
is kept: it stands on its slip alone.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from reviewer_app.core.round import PackId, RoundId
from reviewer_app.services.ports import BureauUnit, OpenBureau


class SlipState(StrEnum):
    """How far one slip has come on its way to the expert."""

    WRITTEN = "written"
    PRINTED = "printed"
    HANDED = "handed"


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip: its state, and the file it stands in; no file means the issue's own."""

    state: SlipState = SlipState.WRITTEN
    file: Path | None = None


def slips_of(unit: BureauUnit, round_id: RoundId) -> Mapping[PackId, Slip]:
    """Return the slips of which more is known than that the issue wrote them."""
    stored = unit.setting(_name(round_id))
    kept: dict[str, list[str]] = json.loads(stored) if stored else {}
    return {
        PackId(pack): Slip(SlipState(state), Path(file) if file else None)
        for pack, (state, file) in kept.items()
    }


def mark_slips(
    bureau: OpenBureau,
    round_id: RoundId,
    packs: Iterable[PackId],
    state: SlipState,
    file: Path | None = None,
) -> None:
    """Record how far these slips have come; ``file`` where they lie elsewhere than before."""
    with bureau() as unit:
        unit.round_locked(round_id)
        known = dict(slips_of(unit, round_id))
        for pack in packs:
            known[pack] = Slip(state, file or known.get(pack, Slip()).file)
        data = {pack: [slip.state.value, str(slip.file or "")] for pack, slip in known.items()}
        unit.set_setting(_name(round_id), json.dumps(data, ensure_ascii=False).encode())
        unit.commit()


def _name(round_id: RoundId) -> str:
    return f"slip-states:{round_id}"
