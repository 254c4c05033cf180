"""Carry an issued round to a second machine, which merges the sheets on its own.

The file holds the signed documents, the plan and the enrolment secrets; not the bureau's key,
no sheet and no score. Whoever holds it can make sheets as the bureau can: docs/security.md.
"""

from datetime import datetime
from itertools import pairwise
from pathlib import Path

from reviewer_app.core.atomic import replacing
from reviewer_app.core.errors import ArchiveError, DocumentError, RoundStateError
from reviewer_app.core.messages import _
from reviewer_app.core.round import ExpertNumber, PackId, RoundId
from reviewer_app.core.round_data import plan_from_data, plan_to_data
from reviewer_app.services import bureau_log
from reviewer_app.services.people import log_people
from reviewer_app.services.ports import OpenBureau
from reviewer_app.services.records import RosterRecord, RoundRecord, RoundState, SeatRecord
from reviewer_app.services.rounds import plan_of
from reviewer_app.services.seating import answer_roster, load_seating
from reviewer_app.sheets import cbor, json_text
from reviewer_app.sheets.bureau import (
    VerifiedRoster,
    VerifiedRound,
    verify_assignment,
    verify_roster,
    verify_round,
)
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

    Raises ArchiveError for any other file, RoundStateError where the round is here already.
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
            raise RoundStateError(
                _("Round {id} is on this machine already").format(id=record.id)
            )
        unit.add_round(record, [])
        for roster in rosters:
            unit.add_roster(roster)
        for seat in seats:
            unit.add_seat(seat)
        bureau_log.append(unit, record.id, now, "round-imported", title=record.title)
        log_people(unit, record.id, plan_of(record).people, now)
        unit.commit()
    return record.id


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
