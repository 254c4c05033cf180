"""One form on the secretary's table within a unit of work: its boxes, typings and entries."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from reviewer_app.core.errors import (
    InputError,
    NotFoundError,
    RoundStateError,
    SheetRefusedError,
    StorageError,
)
from reviewer_app.core.messages import _
from reviewer_app.core.round import ExpertNumber, RoundId
from reviewer_app.services import bureau_log
from reviewer_app.services.key_change import EVENT as ACCEPTED
from reviewer_app.services.ports import BureauUnit
from reviewer_app.services.records import (
    RoundState,
    SeatRecord,
    SheetRecord,
    SheetSource,
    TypingRecord,
)
from reviewer_app.services.reissuing import EVENT as REISSUED
from reviewer_app.services.rounds import in_state
from reviewer_app.services.seating import Seating, load_seating
from reviewer_app.services.stage_door import in_time, refuse_out_of_stage, stage_fault
from reviewer_app.sheets.bureau import VerifiedAssignment
from reviewer_app.sheets.chain import check_key, next_step
from reviewer_app.sheets.entry_cells import Cells, answers, cells_digest, from_data
from reviewer_app.sheets.log import read_line
from reviewer_app.sheets.paper_entry import (
    NO_KEY,
    EnteredSheet,
    EntryContent,
    Provenance,
    Resolution,
    Typed,
    read_entry,
    write_entry,
)
from reviewer_app.sheets.sheet_form import SheetForm, form_of

TYPED, ENTERED = "paper-typed", "paper-entered"
DRAFT = "entry-draft:{}:{}:{}"
"""The setting that holds a form while one person types it: of round, expert, stage."""


@dataclass(frozen=True)
class EntryTable:
    """Everything about one expert's form at one moment of one unit of work."""

    unit: BureauUnit
    seating: Seating
    seat: SeatRecord
    stage: int

    @property
    def round_id(self) -> RoundId:
        """Return the round."""
        return self.seating.round_id

    @property
    def assignment(self) -> VerifiedAssignment:
        """Return what the expert was given."""
        return self.seating.assignment_of[self.seat.expert]

    @property
    def form(self) -> SheetForm:
        """Return the boxes the form has."""
        return form_of(self.seating.round, self.assignment)

    @property
    def typings(self) -> list[TypingRecord]:
        """Return what was typed and is no entry yet."""
        mine = self.seat.expert, self.stage
        found = self.unit.typings(self.round_id)
        return [each for each in found if (each.expert, each.stage) == mine]

    def both(self) -> tuple[Cells, Cells]:
        """Return both typings; raises RoundStateError before there are two.

        Raises StorageError where they are not what the log says was typed.
        """
        typings = self.typings
        if len(typings) < 2:  # noqa: PLR2004 - two persons
            raise RoundStateError(
                _("The form of expert {expert} has not been typed by two persons").format(
                    expert=self.seat.expert
                )
            )
        first, second = (from_data(json.loads(each.cells)) for each in typings)
        salts = (each.salt for each in typings)
        if list(map(cells_digest, (first, second), salts)) != self._logged()[-2:]:
            raise StorageError(
                _(
                    "What is kept as typed from the form of expert {expert} is not what the "
                    "log says: the database was changed outside this program; begin anew"
                ).format(expert=self.seat.expert)
            )
        return first, second

    def refuse_closed_door(self) -> None:
        """Raise RoundStateError where no entry of this expert may count now."""
        in_state(self.unit, self.round_id, RoundState.ISSUED, RoundState.CLOSED)
        fault = stage_fault(self.seating, self.stage)
        if fault:
            raise RoundStateError(fault[0].upper() + fault[1:])
        if self.seat.withdrawn:
            raise RoundStateError(
                _("Expert {expert} has left the roster ({reason})").format(
                    expert=self.seat.expert, reason=self.seat.withdrawn
                )
            )
        current = self.seating.current(self.seat.expert)
        signed = current is not None and not isinstance(current.sheet, EnteredSheet)
        if self.seat.pinned_key == NO_KEY or not signed:
            return
        if self.seat.pinned_key is not None or not self._paper_accepted():
            raise RoundStateError(
                _(
                    "A signed sheet of expert {expert} counts (receipt {receipt}); a paper "
                    "form replaces it only after “round key” with a reason"
                ).format(
                    expert=self.seat.expert, receipt=current.sheet.receipt if current else ""
                )
            )

    def _paper_accepted(self) -> bool:
        """Tell whether the secretary said so last; a new pack asks for a sheet made from it."""
        entries = (read_line(record.line).entry for record in self.unit.log(self.round_id))
        said = [
            each.event
            for each in entries
            if each.event in {ACCEPTED, REISSUED} and each.details["expert"] == self.seat.expert
        ]
        return said[-1:] == [ACCEPTED]

    def keep_typing(self, record: TypingRecord) -> None:
        """Keep one typing, and its digest in the log."""
        turn = len(self.typings) + 1
        digest = cells_digest(from_data(json.loads(record.cells)), record.salt)
        self.unit.add_typing(record)
        draft = DRAFT.format(self.round_id, record.expert, record.stage)
        self.unit.set_setting(draft, b"")  # at once, or the second person might see it
        bureau_log.append(
            self.unit,
            self.round_id,
            record.at,
            TYPED,
            expert=record.expert,
            stage=record.stage,
            turn=turn,
            by=record.by,
            cells=digest,
            scan=record.scan_sha256,
            reason=record.reason,
        )

    def make_entry(self, resolved: Sequence[Resolution], now: datetime) -> None:
        """Make both typings the entry that counts; raises MarkError for what cannot stand."""
        cells = dict(self.both()[0])
        for each in resolved:
            cells.pop((each.application, each.indicator), None)
            if each.value:
                cells[each.application, each.indicator] = each.value
        answers(self.form, cells)
        sheet = self._written(cells, tuple(resolved))
        self._refuse_out_of_turn(sheet)
        reason = "" if in_time(self.seating, self.stage) else sheet.provenance.reason
        self.unit.add_sheet(self._record(sheet, now, reason))
        if self.seat.pinned_key is None:
            self.unit.update_seat(replace(self.seat, pinned_key=NO_KEY))
        self.unit.remove_typings(self.round_id, self.seat.expert, self.stage)
        self._log_entry(sheet, now, reason)

    def _written(self, cells: Cells, resolved: tuple[Resolution, ...]) -> EnteredSheet:
        first, second = self.typings
        earlier = self._earlier()
        if earlier and earlier[-1].cells == cells:
            raise InputError(_("This form says what the entry that counts says already"))
        content = EntryContent(
            self.seating.round.digest,
            self.assignment.digest,
            self.stage,
            earlier[-1].content.revision + 1 if earlier else 1,
            earlier[-1].digest if earlier else None,
            cells,
        )
        provenance = Provenance(
            (
                Typed(first.by, first.at, first.salt),
                Typed(second.by, second.at, second.salt),
            ),
            resolved,
            first.scan_file,
            first.scan_sha256,
            first.reason,
        )
        raw = write_entry(content, provenance)
        return read_entry(raw, self.seating.round, {self.assignment.digest: self.assignment})

    def _earlier(self) -> list[EnteredSheet]:
        mine = [each.sheet for each in self.seating.received[self.seat.expert]]
        return [
            each
            for each in mine
            if isinstance(each, EnteredSheet) and each.content.stage == self.stage
        ]

    def _refuse_out_of_turn(self, sheet: EnteredSheet) -> None:
        accepted = [each.sheet for each in self.seating.received[self.seat.expert]]
        try:
            refuse_out_of_stage(self.seating, sheet)
            check_key(sheet, self.seat.pinned_key)
            next_step(accepted, sheet)
        except SheetRefusedError as error:
            raise RoundStateError(str(error)) from None

    def _record(self, sheet: EnteredSheet, now: datetime, late: str) -> SheetRecord:
        return SheetRecord(
            self.round_id,
            self.seat.expert,
            self.stage,
            sheet.content.revision,
            sheet.digest,
            sheet.raw,
            None,
            SheetSource.REENTERED,
            now,
            late,
        )

    def _log_entry(self, sheet: EnteredSheet, now: datetime, late: str) -> None:
        first, second = sheet.provenance.typed
        bureau_log.append(
            self.unit,
            self.round_id,
            now,
            ENTERED,
            expert=self.seat.expert,
            stage=self.stage,
            revision=sheet.content.revision,
            receipt=sheet.receipt,
            digest=sheet.digest.hex(),
            document=sheet.document_digest,
            first=first.by,
            second=second.by,
            settled=len(sheet.provenance.resolved),
            scan=sheet.provenance.scan_sha256,
            reason=sheet.provenance.reason,
            late=late,
        )

    def _logged(self) -> list[str]:
        """Return the digests of everything typed of this form, as the log has them."""
        entries = [read_line(record.line).entry for record in self.unit.log(self.round_id)]
        mine = self.seat.expert, self.stage
        return [
            str(each.details["cells"])
            for each in entries
            if each.event == TYPED and (each.details["expert"], each.details["stage"]) == mine
        ]


def open_table(
    unit: BureauUnit,
    round_id: RoundId,
    expert: ExpertNumber,
    stage: int = 1,
    *,
    locked: bool = False,
) -> EntryTable:
    """Return one expert's form; ``locked`` holds the round against other writers.

    Raises NotFoundError where the expert has no seat, RoundStateError before issue.
    """
    if locked:
        unit.round_locked(round_id)
    seating = load_seating(unit, round_id)
    seat = next((each for each in seating.seats if each.expert == expert), None)
    if seat is None:
        raise NotFoundError(
            _("There is no expert {expert} in this round").format(expert=expert)
        )
    return EntryTable(unit, seating, seat, stage)


def open_tables(unit: BureauUnit, round_id: RoundId, stage: int = 1) -> Iterator[EntryTable]:
    """Yield the form of every serving expert, by number."""
    seating = load_seating(unit, round_id)
    for seat in seating.active:
        yield EntryTable(unit, seating, seat, stage)
