"""An issued round as its signed documents tell it: round, assignments, roster, sheets."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from reviewer_app.core.errors import RoundStateError, StorageError
from reviewer_app.core.messages import _
from reviewer_app.core.round import (
    Application,
    ApplicationNumber,
    Expert,
    ExpertNumber,
    RoundId,
)
from reviewer_app.services.ports import BureauUnit
from reviewer_app.services.records import RoundState, SeatRecord, SheetRecord, SheetSource
from reviewer_app.services.stages import SecondState, last_that_counts, read_second
from reviewer_app.sheets.bureau import (
    VerifiedAssignment,
    VerifiedRoster,
    VerifiedRound,
    verify_assignment,
    verify_roster,
    verify_round,
)
from reviewer_app.sheets.chain import counting
from reviewer_app.sheets.keys import fingerprint
from reviewer_app.sheets.paper_entry import NO_KEY, CountedSheet, EnteredSheet, read_entry
from reviewer_app.sheets.score_sheet import (
    Recusal,
    VerifiedSheet,
    sheet_file,
    verify_sheet,
    verify_sheet_bytes,
)
from reviewer_app.sheets.signed_sheet import MAX_STAGE


@dataclass(frozen=True, slots=True)
class Received:
    """An accepted sheet: the bureau's record and what its bytes say."""

    record: SheetRecord
    sheet: CountedSheet


@dataclass(frozen=True, eq=False)
class Seating:
    """Everything signed in a round, verified again from its bytes.

    The same rows give the same object as long as it is kept, so that what was worked out of it
    can be kept with it.
    """

    round_id: RoundId
    state: RoundState
    round: VerifiedRound
    rosters: tuple[VerifiedRoster, ...]
    seats: tuple[SeatRecord, ...]
    records: tuple[SheetRecord, ...]
    """In the order of their arrival."""
    second: SecondState | None = None
    """The second scoring, once it was opened."""
    most: int | None = None
    """Only scorings up to this one count; None: those that count by rules and log."""

    @cached_property
    def assignment_of(self) -> Mapping[ExpertNumber, VerifiedAssignment]:
        """Return every assignment by the expert it was made for."""
        verified = [_assignment(seat.assignment, self.round.raw) for seat in self.seats]
        return {assignment.document.expert.number: assignment for assignment in verified}

    @cached_property
    def assignments(self) -> Mapping[bytes, VerifiedAssignment]:
        """Return every assignment by its digest."""
        return {assignment.digest: assignment for assignment in self.assignment_of.values()}

    @cached_property
    def active(self) -> tuple[SeatRecord, ...]:
        """Return the seats that must answer, in the order of expert numbers."""
        return tuple(sorted((s for s in self.seats if not s.withdrawn), key=lambda s: s.expert))

    @cached_property
    def received(self) -> Mapping[ExpertNumber, tuple[Received, ...]]:
        """Return every accepted sheet by expert, in the order of arrival, verified again."""
        found: dict[ExpertNumber, list[Received]] = {seat.expert: [] for seat in self.seats}
        for record in self.records:
            assignment = self.assignment_of[record.expert].raw
            sheet = _counted(record, self.round.raw, assignment)
            found[record.expert].append(Received(record, sheet))
        return {expert: tuple(each) for expert, each in found.items()}

    def seat_of(self, sheet: VerifiedSheet) -> SeatRecord:
        """Return the seat whose assignment the sheet answers."""
        expert = sheet.assignment.document.expert.number
        return next(seat for seat in self.seats if seat.expert == expert)

    def current(self, expert: ExpertNumber) -> Received | None:
        """Return the sheet that counts: the highest revision of the key accepted last."""
        rules = self.round.document.rules
        return self.at_stage(expert, self.most or last_that_counts(self.second, rules))

    def at_stage(self, expert: ExpertNumber, most: int) -> Received | None:
        """Return the sheet that would count if no scoring after ``most`` had been held."""
        mine = self.received[expert]
        sheet = counting([each.sheet for each in mine], most)
        return next((each for each in mine if each.sheet is sheet), None)

    @cached_property
    def counted(self) -> Mapping[ExpertNumber, CountedSheet]:
        """Return the sheet that counts for every serving expert who handed one in."""
        found = {seat.expert: self.current(seat.expert) for seat in self.active}
        return {expert: each.sheet for expert, each in found.items() if each is not None}

    @cached_property
    def stepped_back(self) -> Mapping[ExpertNumber, Mapping[ApplicationNumber, Recusal]]:
        """Return what every counted expert stepped back from, on a later scoring's sheet, too.

        Where the first sheet decides, an application recused on the second counts no more.
        """
        found = {}
        for expert, sheet in self.counted.items():
            last = self.at_stage(expert, self.most or MAX_STAGE)
            later = last.sheet.content.recusals if last is not None else {}
            found[expert] = {**sheet.content.recusals, **later}
        return found

    def expert(self, number: ExpertNumber) -> Expert:
        """Return an expert as named in the signed assignment."""
        return self.assignment_of[number].document.expert

    def assigned(self, expert: ExpertNumber) -> tuple[ApplicationNumber, ...]:
        """Return the applications an expert was given, in order."""
        given = self.assignment_of[expert].document.applications
        return tuple(each.application.number for each in given)

    @cached_property
    def judges(self) -> Mapping[ApplicationNumber, Sequence[ExpertNumber]]:
        """Return by application who may judge it: given it, serving, not recused since."""
        found: dict[ApplicationNumber, list[ExpertNumber]] = {}
        for seat in self.active:
            recused = self.stepped_back.get(seat.expert, {})
            for number in self.assigned(seat.expert):
                if number not in recused:
                    found.setdefault(number, []).append(seat.expert)
        return found

    @cached_property
    def applications(self) -> Mapping[ApplicationNumber, Application]:
        """Return every application that some expert was given, as signed."""
        return {
            each.application.number: each.application
            for assignment in self.assignment_of.values()
            for each in assignment.document.applications
        }


def load_seating(unit: BureauUnit, round_id: RoundId) -> Seating:
    """Return the issued round, its signatures checked; raises RoundStateError before issue."""
    record = unit.round(round_id)
    if record.document is None:
        raise RoundStateError(
            _("Round “{title}” has not been issued yet").format(title=record.title)
        )
    rosters = sorted(unit.rosters(round_id), key=lambda roster: roster.version)
    rows = _Rows(
        round_id=round_id,
        state=record.state,
        document=record.document,
        rosters=tuple(roster.document for roster in rosters),
        seats=tuple(unit.seats(round_id)),
        records=tuple(unit.sheets(round_id)),
        second=read_second(unit, round_id),
    )
    return _seated(rows)


def signer_of(sheet: CountedSheet) -> str:
    """Return the fingerprint of the key that signed, or nothing for an entry from paper."""
    return "" if sheet.public_key == NO_KEY else fingerprint(sheet.public_key)


def answer_roster(roster: VerifiedRoster, seats: Sequence[SeatRecord]) -> bool:
    """Tell whether the seats are exactly those that the roster signs."""
    signed = sorted(
        (each.expert, each.assignment_digest, each.withdrawn)
        for each in roster.document.members
    )
    kept = sorted(
        (each.expert, hashlib.sha256(each.assignment).digest(), each.withdrawn)
        for each in seats
    )
    return signed == kept


def _refuse_altered(seating: Seating) -> None:
    """Raise StorageError unless the seats are those of the last signed roster."""
    strangers = {each.expert for each in seating.records} - {
        each.expert for each in seating.seats
    }
    answered = seating.rosters and answer_roster(seating.rosters[-1], seating.seats)
    if not answered or strangers or len(seating.assignment_of) != len(seating.seats):
        raise StorageError(
            _(
                "The seats of round “{title}” are not those of its signed roster: the database "
                "was changed outside this program; go back to a backup"
            ).format(title=seating.round.document.title)
        )


# What bytes say never changes: each is verified once a process, however often a page asks.


class _Rows(NamedTuple):
    """All that a seating is made of, as it stands in the database: every byte of it."""

    round_id: RoundId
    state: RoundState
    document: bytes
    rosters: tuple[bytes, ...]
    seats: tuple[SeatRecord, ...]
    records: tuple[SheetRecord, ...]
    second: SecondState | None


@lru_cache(maxsize=8)
def _seated(rows: _Rows) -> Seating:
    verified = _round(rows.document)
    seating = Seating(
        round_id=rows.round_id,
        state=rows.state,
        round=verified,
        rosters=tuple(verify_roster(each, verified) for each in rows.rosters),
        seats=rows.seats,
        records=rows.records,
        second=rows.second,
    )
    _refuse_altered(seating)
    return seating


@lru_cache(maxsize=16)
def _round(raw: bytes) -> VerifiedRound:
    return verify_round(raw)


@lru_cache(maxsize=256)
def _assignment(raw: bytes, round_raw: bytes) -> VerifiedAssignment:
    return verify_assignment(raw, _round(round_raw))


def _counted(record: SheetRecord, round_raw: bytes, assignment_raw: bytes) -> CountedSheet:
    if record.source is SheetSource.REENTERED:
        return _entry(record.sheet, round_raw, assignment_raw)
    return _sheet(record.sheet, record.comments, round_raw, assignment_raw)


@lru_cache(maxsize=256)
def _entry(raw: bytes, round_raw: bytes, assignment_raw: bytes) -> EnteredSheet:
    assignment = _assignment(assignment_raw, round_raw)
    return read_entry(raw, _round(round_raw), {assignment.digest: assignment})


@lru_cache(maxsize=256)
def _sheet(
    raw: bytes, comments: bytes | None, round_raw: bytes, assignment_raw: bytes
) -> VerifiedSheet:
    round_ = _round(round_raw)
    assignment = _assignment(assignment_raw, round_raw)
    if comments is None:
        return verify_sheet_bytes(raw, round_, assignment)
    return verify_sheet(sheet_file(raw, comments), round_, assignment)
