"""An issued round as its signed documents tell it: round, assignments, roster, counted sheets."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from reviewer_app.core.errors import RoundStateError
from reviewer_app.core.messages import _
from reviewer_app.core.round import Expert, ExpertNumber, RoundId
from reviewer_app.services.ports import BureauUnit, RoundState, SeatRecord, SheetRecord
from reviewer_app.sheets.bureau import (
    VerifiedAssignment,
    VerifiedRoster,
    VerifiedRound,
    verify_assignment,
    verify_roster,
    verify_round,
)
from reviewer_app.sheets.score_sheet import VerifiedSheet, verify_sheet_bytes


@dataclass(frozen=True)
class Seating:
    """Everything signed in a round, verified again from its bytes."""

    round_id: RoundId
    state: RoundState
    round: VerifiedRound
    rosters: tuple[VerifiedRoster, ...]
    seats: tuple[SeatRecord, ...]
    records: tuple[SheetRecord, ...]

    @cached_property
    def assignments(self) -> Mapping[bytes, VerifiedAssignment]:
        """Return every assignment by its digest."""
        verified = [verify_assignment(seat.assignment, self.round) for seat in self.seats]
        return {assignment.digest: assignment for assignment in verified}

    @cached_property
    def assignment_by_expert(self) -> Mapping[ExpertNumber, VerifiedAssignment]:
        """Return every assignment by the expert it was made for."""
        return {a.document.expert.number: a for a in self.assignments.values()}

    def seat_of(self, sheet: VerifiedSheet) -> SeatRecord:
        """Return the seat whose assignment the sheet answers."""
        expert = self.assignments[sheet.content.assignment_digest].document.expert.number
        return next(seat for seat in self.seats if seat.expert == expert)

    def expert(self, number: ExpertNumber) -> Expert:
        """Return an expert as named in the signed assignment."""
        return self.assignment_by_expert[number].document.expert

    def verified(self, record: SheetRecord) -> VerifiedSheet:
        """Return a stored sheet, verified again from its bytes."""
        return verify_sheet_bytes(record.sheet, self.round, self.assignments)

    @property
    def active(self) -> tuple[SeatRecord, ...]:
        """Return the seats that must answer, in the order of expert numbers."""
        return tuple(sorted((s for s in self.seats if not s.withdrawn), key=lambda s: s.expert))

    def counted_record(self, expert: ExpertNumber) -> SheetRecord | None:
        """Return the newest revision of an expert's sheet, which is the one that counts."""
        mine = [record for record in self.records if record.expert == expert]
        return max(mine, key=lambda record: (record.stage, record.revision), default=None)

    @cached_property
    def counted(self) -> Mapping[ExpertNumber, VerifiedSheet]:
        """Return the sheet that counts for every active expert who handed one in."""
        found = {seat.expert: self.counted_record(seat.expert) for seat in self.active}
        return {e: self.verified(record) for e, record in found.items() if record is not None}


def load_seating(unit: BureauUnit, round_id: RoundId) -> Seating:
    """Return the issued round, its signatures checked; raises RoundStateError before issue."""
    record = unit.round(round_id)
    if record.document is None:
        raise RoundStateError(
            _("Round “{title}” has not been issued yet").format(title=record.title)
        )
    verified = verify_round(record.document)
    rosters = sorted(unit.rosters(round_id), key=lambda roster: roster.version)
    return Seating(
        round_id=round_id,
        state=record.state,
        round=verified,
        rosters=tuple(verify_roster(roster.document, verified) for roster in rosters),
        seats=tuple(unit.seats(round_id)),
        records=tuple(unit.sheets(round_id)),
    )
