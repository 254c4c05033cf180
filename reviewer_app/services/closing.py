"""Who has handed in, and the one-way closing of collection (封存)."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from reviewer_app.core.errors import RoundStateError
from reviewer_app.core.messages import _
from reviewer_app.core.people import RoundPeople
from reviewer_app.core.round import ExpertNumber, RoundId
from reviewer_app.services import bureau_log
from reviewer_app.services.ports import BureauUnit, OpenBureau
from reviewer_app.services.records import (
    ClosingRecord,
    RefusalRecord,
    RoundState,
    SheetRecord,
    SheetSource,
)
from reviewer_app.services.rounds import in_state, plan_of
from reviewer_app.services.seating import Seating, load_seating, signer_of
from reviewer_app.services.stages import FIRST
from reviewer_app.sheets.keys import fingerprint


class SeatState(StrEnum):
    """What the board shows for one expert; never a score."""

    MISSING = "missing"
    RECEIVED = "received"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class SeatStatus:
    """One expert's line of the board; ``superseded`` are the receipts of older revisions."""

    expert: ExpertNumber
    name: str
    state: SeatState
    revision: int | None
    receipt: str
    key_fingerprint: str
    source: str
    received: datetime | None
    superseded: tuple[str, ...]
    comments_pending: bool
    withdrawn: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How a round's collection stands."""

    round_id: RoundId
    title: str
    state: RoundState
    seats: tuple[SeatStatus, ...]
    refusals: tuple[RefusalRecord, ...]

    @property
    def missing(self) -> tuple[ExpertNumber, ...]:
        """Return the experts whose sheet is still expected."""
        return tuple(seat.expert for seat in self.seats if seat.state is SeatState.MISSING)


@dataclass(frozen=True, slots=True)
class ClosingStatement:
    """What the closing statement (封存单) says."""

    title: str
    organiser: str
    fingerprint: str
    bureau_fingerprint: str
    at: datetime
    reason: str
    log_head: str
    standing: Standing
    people: RoundPeople
    """Whose names stand under the lines to sign on."""


def standing(bureau: OpenBureau, round_id: RoundId) -> Standing:
    """Return who has handed in, without any score; raises RoundStateError before issue."""
    with bureau() as unit:
        return _standing(unit, load_seating(unit, round_id))


def close_round(
    bureau: OpenBureau, round_id: RoundId, now: datetime, reason: str = ""
) -> ClosingStatement:
    """Close collection for good and return what the closing statement says.

    Raises RoundStateError where sheets are missing and no reason is given, or with no sheet.
    """
    reason = reason.strip()
    with bureau() as unit:
        record = in_state(unit, round_id, RoundState.ISSUED)
        seating = load_seating(unit, round_id)
        board = _standing(unit, seating)
        _refuse_incomplete(board, reason)
        bureau_log.append(
            unit,
            round_id,
            now,
            "round-closed",
            reason=reason,
            expected=len(seating.active),
            received=len(seating.counted),
        )
        unit.set_closing(ClosingRecord(round_id, now, reason, bureau_log.head(unit, round_id)))
        unit.update_round(replace(record, state=RoundState.CLOSED))
        unit.commit()
    return closing_statement(bureau, round_id)


def closing_statement(bureau: OpenBureau, round_id: RoundId) -> ClosingStatement:
    """Return the statement of a closed round; raises RoundStateError before closing.

    It says what was there at closing: sheets that came later (封存后收到) are not on it.
    """
    with bureau() as unit:
        closing = require_closing(unit, round_id)
        seating = load_seating(unit, round_id)
        in_time = tuple(each for each in seating.records if _in_first_closing(seating, each))
        seating = replace(seating, records=in_time)
        return ClosingStatement(
            title=seating.round.document.title,
            organiser=seating.round.document.organiser,
            fingerprint=seating.round.fingerprint,
            bureau_fingerprint=fingerprint(seating.round.document.bureau_key),
            at=closing.at,
            reason=closing.reason,
            log_head=closing.log_head,
            standing=_standing(unit, seating),
            people=plan_of(unit.round(round_id)).people,
        )


def _in_first_closing(seating: Seating, record: SheetRecord) -> bool:
    """Tell whether a sheet was there when collection closed."""
    return not record.late_reason and (seating.second is None or record.stage == FIRST)


def require_closing(unit: BureauUnit, round_id: RoundId) -> ClosingRecord:
    """Return the closing of a round; before it, this program shows no score."""
    closing = unit.closing(round_id)
    if closing is None:
        raise RoundStateError(
            _("Results open after closing: run “round close” once every sheet is in")
        )
    return closing


def _refuse_incomplete(board: Standing, reason: str) -> None:
    if not any(seat.state is SeatState.RECEIVED for seat in board.seats):
        raise RoundStateError(_("No sheet has been received; there is nothing to close"))
    if board.missing and not reason:
        raise RoundStateError(
            _("Still missing: expert {experts}; collect, or close with a reason").format(
                experts=", ".join(board.missing)
            )
        )


def _standing(unit: BureauUnit, seating: Seating) -> Standing:
    document = seating.round.document
    return Standing(
        round_id=seating.round_id,
        title=document.title,
        state=seating.state,
        seats=tuple(
            _seat_status(seating, seat.expert, seat.withdrawn)
            for seat in sorted(seating.seats, key=lambda seat: seat.expert)
        ),
        refusals=tuple(unit.refusals(seating.round_id)),
    )


def _seat_status(seating: Seating, expert: ExpertNumber, withdrawn: str) -> SeatStatus:
    current = seating.current(expert)
    older = [
        each.sheet.receipt
        for each in seating.received[expert]
        if each is not current and current and each.record.stage == current.record.stage
    ]
    record = current.record if current else None
    return SeatStatus(
        expert=expert,
        name=seating.expert(expert).name,
        state=_state(record, withdrawn),
        revision=record.revision if record else None,
        receipt=current.sheet.receipt if current else "",
        key_fingerprint=signer_of(current.sheet) if current else "",
        source=record.source.value if record else "",
        received=record.received if record else None,
        superseded=tuple(older),
        comments_pending=_comments_pending(record),
        withdrawn=withdrawn,
    )


def _comments_pending(record: SheetRecord | None) -> bool:
    if record is None or record.source is SheetSource.REENTERED:  # a form has no comments
        return False
    return record.comments is None


def _state(current: SheetRecord | None, withdrawn: str) -> SeatState:
    if withdrawn:
        return SeatState.WITHDRAWN
    return SeatState.MISSING if current is None else SeatState.RECEIVED
