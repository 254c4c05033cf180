"""A new pack for the same expert: the slip or the stick was lost, the assignment stays.

From then on only sheets made from the new pack are accepted. One received before counts until
the first sheet from the new pack comes, which supersedes it whatever its revision.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from reviewer_app.core.errors import InputError, NotFoundError
from reviewer_app.core.messages import _
from reviewer_app.core.round import ExpertNumber, RoundId
from reviewer_app.services import bureau_log
from reviewer_app.services.bureau_key import bureau_key, require_own_key
from reviewer_app.services.issuing import check_slips_place
from reviewer_app.services.packing import (
    IssuedPack,
    all_or_nothing,
    prepare_again,
    write_and_read_back,
    write_slips,
)
from reviewer_app.services.ports import BureauUnit, OpenBureau
from reviewer_app.services.records import RoundState, SeatRecord
from reviewer_app.services.rounds import in_state
from reviewer_app.services.seating import Seating, load_seating
from reviewer_app.sheets.log import read_line
from reviewer_app.sheets.pack import PackContents

EVENT = "pack-reissued"


@dataclass(frozen=True, slots=True)
class Reissue:
    """The new pack, its slip, and whether a sheet of the old one counts until then."""

    pack: IssuedPack
    slips: Path
    counting: str
    """The receipt of that sheet, empty where there is none."""


def reissue_pack(
    bureau: OpenBureau,
    round_id: RoundId,
    expert: ExpertNumber,
    reason: str,
    places: tuple[Path, Path],
    now: datetime,
) -> Reissue:
    """Write a new pack and slip to ``places`` (a folder, a file) and shut out the old pack.

    Raises InputError without a reason or where a file would be overwritten, NotFoundError for
    an expert who is not serving, RoundStateError after closing.
    """
    out, slips = places
    if not reason.strip():
        raise InputError(_("A new pack needs a written reason"))
    with bureau() as unit:
        in_state(unit, round_id, RoundState.ISSUED)
        seating, key = load_seating(unit, round_id), bureau_key(unit)
        materials = unit.materials(round_id)
    require_own_key(seating.round, key)
    taken = _serving(seating, expert)
    check_slips_place(out, slips)
    prepared = prepare_again(taken, seating.round, materials, out)
    with all_or_nothing() as written:
        pack = write_and_read_back(prepared)
        written.append(prepared.path)
        write_slips(slips, seating.round.document.title, seating.round, [prepared])
        written.append(slips)
        with bureau() as unit:
            in_state(unit, round_id, RoundState.ISSUED)
            latest = _serving(load_seating(unit, round_id), expert)
            _renew(unit, latest, prepared.contents, reason.strip(), now)
            unit.commit()
    current = seating.current(expert)
    return Reissue(pack, slips, current.sheet.receipt if current else "")


def _renew(
    unit: BureauUnit, taken: SeatRecord, contents: PackContents, reason: str, now: datetime
) -> None:
    again = replace(
        taken, pack_id=contents.pack_id, enrolment=contents.enrolment, pinned_key=None
    )
    unit.update_seat(again, taken.pack_id)
    log_new_pack(unit, (taken, again), reason, now)


def log_new_pack(
    unit: BureauUnit, seats: tuple[SeatRecord, SeatRecord], reason: str, now: datetime
) -> None:
    """Tell the log that a seat (as it was, as it is) has a new pack.

    From then on its sheets may have a new key, and the pack before is shut out for good.
    """
    old, new = seats
    bureau_log.append(
        unit,
        new.round_id,
        now,
        EVENT,
        expert=new.expert,
        pack=new.pack_id,
        instead_of=old.pack_id,
        reason=reason,
    )


def shut_out(unit: BureauUnit, round_id: RoundId) -> frozenset[str]:
    """Return the packs that newer ones took the place of, as the log has them."""
    entries = (read_line(record.line).entry for record in unit.log(round_id))
    return frozenset(str(e.details.get("instead_of")) for e in entries if e.event == EVENT)


def _serving(seating: Seating, expert: ExpertNumber) -> SeatRecord:
    for seat in seating.active:
        if seat.expert == expert:
            return seat
    raise NotFoundError(_("Expert {expert} is not serving in this round").format(expert=expert))
