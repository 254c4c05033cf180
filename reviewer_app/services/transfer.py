"""Carry an issued round to a second machine, which merges the sheets on its own.

The file holds the signed documents, the plan and the enrolment secrets; not the bureau's key,
no sheet and no score. Whoever holds it can make sheets as the bureau can: docs/security.md.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from pathlib import Path

from reviewer_app.core.atomic import replacing
from reviewer_app.core.errors import ArchiveError, DocumentError, RoundStateError
from reviewer_app.core.messages import _
from reviewer_app.core.round import ExpertNumber, PackId, RoundId
from reviewer_app.core.round_data import plan_from_data, plan_to_data
from reviewer_app.services import bureau_log
from reviewer_app.services.kept import overrides_digest
from reviewer_app.services.people import log_people
from reviewer_app.services.ports import BureauUnit, OpenBureau
from reviewer_app.services.records import RosterRecord, RoundRecord, RoundState, SeatRecord
from reviewer_app.services.reissuing import log_new_pack, shut_out
from reviewer_app.services.rounds import in_state, plan_of, plan_text
from reviewer_app.services.seating import answer_roster, load_seating
from reviewer_app.sheets import cbor, json_text
from reviewer_app.sheets.bureau import (
    VerifiedRoster,
    VerifiedRound,
    verify_assignment,
    verify_roster,
    verify_round,
)
from reviewer_app.sheets.keys import SigningKey
from reviewer_app.sheets.payload import Payload
from reviewer_app.sheets.roster_document import check_succession

FILE_TYPE = "reviewer-app/round-export/1"
_LIMIT = 64 << 20


def export_round(bureau: OpenBureau, round_id: RoundId, path: Path) -> None:
    """Write an issued round for a second machine; raises RoundStateError before issue."""
    with bureau() as unit:
        record, seating = unit.round(round_id), load_seating(unit, round_id)
        rosters = sorted(unit.rosters(round_id), key=lambda roster: roster.version)
    payload: cbor.Plain = {
        0: FILE_TYPE,
        1: seating.round.raw,
        2: [roster.document for roster in rosters],
        3: [
            {
                1: seat.expert,
                2: seat.pack_id,
                3: seat.assignment,
                4: seat.enrolment,
                5: seat.withdrawn,
            }
            for seat in seating.seats
        ],
        4: json_text.encode(plan_to_data(plan_of(record))).decode(),
    }
    with replacing(path) as stream:
        stream.write(cbor.encode(payload))


def import_round(bureau: OpenBureau, path: Path, now: datetime) -> RoundId:
    """Take in an exported round, every signature checked, and return its id.

    Taken in again after the roster changed or a pack was issued anew, the round gets what is
    new and keeps every sheet. Raises ArchiveError for any other file, RoundStateError where
    this machine issued the round, closed it, or knows all of it already.
    """
    try:
        record, rosters, seats = _read(path, now)
    except DocumentError as error:
        raise ArchiveError(
            _("“{name}” is not an intact round of this program: {why}").format(
                name=path.name, why=error
            )
        ) from None
    with bureau() as unit:
        if any(each.id == record.id for each in unit.rounds()):
            _take_again(unit, record, rosters, seats, now)
        else:
            _take_new(unit, record, rosters, seats, now)
        unit.commit()
    return record.id


def _take_new(
    unit: BureauUnit,
    record: RoundRecord,
    rosters: Sequence[RosterRecord],
    seats: Sequence[SeatRecord],
    now: datetime,
) -> None:
    unit.add_round(record, [])
    for roster in rosters:
        unit.add_roster(roster)
    for seat in seats:
        unit.add_seat(seat)
    plan = plan_of(record)
    bureau_log.append(
        unit,
        record.id,
        now,
        "round-imported",
        title=record.title,
        overrides=overrides_digest(plan.overrides),
    )
    log_people(unit, record.id, plan.people, now)


def _take_again(
    unit: BureauUnit,
    record: RoundRecord,
    rosters: Sequence[RosterRecord],
    seats: Sequence[SeatRecord],
    now: datetime,
) -> None:
    """Add what came since the last import: rosters, seats, new packs; sheets stay."""
    known = in_state(unit, record.id, RoundState.ISSUED)
    _refuse_own(unit, record)
    before = unit.rosters(record.id)
    seated = {seat.expert: seat for seat in unit.seats(record.id)}
    gone = shut_out(unit, record.id)
    older = any(seat.pack_id in gone for seat in seats)
    if known.document != record.document or list(rosters[: len(before)]) != before or older:
        raise RoundStateError(
            _("The file is older than what is here, or of another round {id}").format(
                id=record.id
            )
        )
    changed = [seat for seat in seats if not _same_seat(seated.get(seat.expert), seat)]
    if len(rosters) == len(before) and not changed:
        raise RoundStateError(
            _("Round {id} is on this machine already; nothing is new").format(id=record.id)
        )
    for roster in rosters[len(before) :]:
        unit.add_roster(roster)
    for seat in changed:
        _renew_seat(unit, seated.get(seat.expert), seat, now)
    plan = replace(plan_of(record), people=plan_of(known).people)
    unit.update_round(replace(known, plan=plan_text(plan)))
    version = rosters[-1].version
    bureau_log.append(unit, record.id, now, "round-imported-again", roster=version)


def _refuse_own(unit: BureauUnit, record: RoundRecord) -> None:
    """Raise RoundStateError on the machine that issued the round: it knows best."""
    stored = unit.setting("bureau-key")
    own = SigningKey.from_bytes(stored).public if stored else None
    if record.document is not None and verify_round(record.document).document.bureau_key == own:
        raise RoundStateError(
            _("Round {id} is on this machine already, which issued it").format(id=record.id)
        )


def _same_seat(known: SeatRecord | None, seat: SeatRecord) -> bool:
    return known is not None and replace(known, pinned_key=None) == seat


def _renew_seat(
    unit: BureauUnit, known: SeatRecord | None, seat: SeatRecord, now: datetime
) -> None:
    """Keep a new seat, or what changed in one; a new pack lets its first sheet pin the key."""
    if known is None:
        unit.add_seat(seat)
        return
    pinned = known.pinned_key if known.enrolment == seat.enrolment else None
    unit.update_seat(replace(seat, pinned_key=pinned), known.pack_id)
    if known.enrolment != seat.enrolment:
        log_new_pack(unit, (known, seat), _("taken over with the round"), now)


def _read(
    path: Path, now: datetime
) -> tuple[RoundRecord, list[RosterRecord], list[SeatRecord]]:
    if not path.is_file() or path.stat().st_size > _LIMIT:
        raise DocumentError(_("there is no such file, or it is too large"))
    fields = Payload.typed(path.read_bytes(), FILE_TYPE, 4)
    verified = verify_round(fields.bytes(1))
    round_id = verified.document.round_id
    rosters = _rosters(fields, verified)
    seats = []
    for each in fields.maps(3, 5):
        assignment = verify_assignment(each.bytes(3), verified)
        if assignment.document.expert.number != each.text(1):
            fields.refuse(_("an assignment was made for another expert"))
        seats.append(
            SeatRecord(
                round_id,
                ExpertNumber(each.text(1)),
                PackId(each.text(2)),
                each.bytes(3),
                each.bytes(4, 32),
                withdrawn=each.text(5),
            )
        )
    if not answer_roster(rosters[-1], seats):
        fields.refuse(_("its seats are not those of its roster"))
    plan_from_data(fields.json(4))
    record = RoundRecord(
        round_id, verified.document.title, RoundState.ISSUED, now, fields.text(4), verified.raw
    )
    kept = [RosterRecord(round_id, each.document.version, each.raw) for each in rosters]
    return record, kept, seats


def _rosters(fields: Payload, verified: VerifiedRound) -> list[VerifiedRoster]:
    """Return every version of the roster, at least one, each continuing the one before."""
    rosters: list[VerifiedRoster] = []
    for item in fields.items(2):
        if not isinstance(item, bytes):
            fields.refuse(_("a roster is not a document"))
        rosters.append(verify_roster(item, verified))
    if not rosters or rosters[0].document.version != 1:
        fields.refuse(_("the first version of its roster is missing"))
    for older, newer in pairwise(rosters):
        check_succession(older, newer)
    return rosters
