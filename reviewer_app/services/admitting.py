"""Admit one sheet to a round, or refuse it with its reason; the rules of collection.

Everything happens inside the unit of work that the caller opened: the record, the pinned key,
the refusal and the log line stand or fall together.
"""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from reviewer_app.core.errors import Refusal, SheetRefusedError
from reviewer_app.core.messages import _
from reviewer_app.core.round import RoundId
from reviewer_app.services import bureau_log
from reviewer_app.services.ports import BureauUnit
from reviewer_app.services.records import (
    RefusalRecord,
    SeatRecord,
    SheetRecord,
    SheetSource,
)
from reviewer_app.services.seating import Seating, load_seating
from reviewer_app.services.stage_door import in_time, refuse_out_of_stage
from reviewer_app.sheets.chain import Step, check_key, next_step
from reviewer_app.sheets.score_sheet import (
    VerifiedSheet,
    enrolled,
    verify_sheet,
    verify_sheet_bytes,
)

_KEEP_REFUSED = 1 << 20


class Verdict(StrEnum):
    """What became of one file or one sheet found in it."""

    RECEIVED = "received"
    SUPERSEDES = "supersedes"
    DUPLICATE = "duplicate"
    COMMENTS_ADDED = "comments-added"
    INCOMPLETE_CODES = "incomplete-codes"
    REFUSED = "refused"
    SKIPPED = "skipped"
    """A file of a folder in which no code of ours can be read; nothing is kept of it."""


@dataclass(frozen=True, slots=True)
class FileVerdict:
    """One file's outcome with the sentence the secretary reads."""

    file: str
    verdict: Verdict
    sentence: str
    expert: str = ""
    revision: int | None = None
    receipt: str = ""
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Bytes that may be a sheet: a file's, or those that printed codes carried."""

    file: str
    data: bytes
    from_paper: bool
    also: tuple[str, ...] = ()
    """Other scans that carried some of its codes."""


@dataclass(frozen=True)
class Intake:
    """One unit of work's view of the round, at one moment."""

    unit: BureauUnit
    seating: Seating
    now: datetime
    late_reason: str = ""

    def admit(self, candidate: Candidate) -> FileVerdict:
        """Return what became of the candidate; a refusal is kept with its sentence."""
        expert = ""
        try:
            sheet, seat = self._identify(candidate)
            expert = seat.expert
            known = self._known(sheet, seat)
            if known is not None:
                return self._again(candidate, sheet, known)
            self._check_enrolled(sheet, seat)
            return self._accept(candidate, sheet, seat)
        except SheetRefusedError as error:
            sentence = _("Refused: {why}").format(why=error)
            verdict = FileVerdict(
                candidate.file, Verdict.REFUSED, sentence, expert, refusal=error.refusal.value
            )
            self.keep_refused(verdict, candidate.data)
            return verdict

    def keep_refused(self, verdict: FileVerdict, data: bytes) -> None:
        """Keep a refused file and its reason, once."""
        digest, round_id = hashlib.sha256(data).hexdigest(), self.seating.round_id
        name = verdict.file.replace("\\", "/").rsplit("/", 1)[-1]
        if self.unit.has_refusal(round_id, digest, verdict.refusal):
            return
        self.unit.add_refusal(
            RefusalRecord(
                round_id,
                name,
                digest,
                data[:_KEEP_REFUSED],
                verdict.refusal,
                verdict.sentence,
                self.now,
            )
        )
        bureau_log.append(
            self.unit,
            round_id,
            self.now,
            "sheet-refused",
            file=name,
            sha256=digest,
            refusal=verdict.refusal,
        )

    def _identify(self, candidate: Candidate) -> tuple[VerifiedSheet, SeatRecord]:
        verify = verify_sheet_bytes if candidate.from_paper else verify_sheet
        sheet = verify(candidate.data, self.seating.round, self.seating.assignments)
        return sheet, self.seating.seat_of(sheet)

    def _known(self, sheet: VerifiedSheet, seat: SeatRecord) -> SheetRecord | None:
        """Return the record of a sheet that is here already: it stays what it is."""
        mine = self.seating.received[seat.expert]
        return next((e.record for e in mine if e.sheet.digest == sheet.digest), None)

    def _check_enrolled(self, sheet: VerifiedSheet, seat: SeatRecord) -> None:
        if not enrolled(sheet, seat.enrolment):
            raise SheetRefusedError(
                Refusal.NOT_ENROLLED,
                _(
                    "it was not made from the pack that expert {expert} was given last; have "
                    "it made again from that pack"
                ).format(expert=seat.expert),
            )

    def _accept(
        self, candidate: Candidate, sheet: VerifiedSheet, seat: SeatRecord
    ) -> FileVerdict:
        accepted = self.seating.received[seat.expert]
        self._check_serving(seat)
        refuse_out_of_stage(self.seating, sheet)
        check_key(sheet, seat.pinned_key)
        step = next_step([each.sheet for each in accepted], sheet)
        self._check_in_time(sheet, seat)
        self._record(candidate, sheet, seat)
        supersedes = step is Step.SUPERSEDES
        return _verdict(
            candidate, Verdict.SUPERSEDES if supersedes else Verdict.RECEIVED, sheet
        )

    def _again(
        self, candidate: Candidate, sheet: VerifiedSheet, known: SheetRecord
    ) -> FileVerdict:
        if known.comments is None and sheet.comments_bytes is not None:
            self.unit.update_sheet(replace(known, comments=sheet.comments_bytes))
            return _verdict(candidate, Verdict.COMMENTS_ADDED, sheet)
        return _verdict(candidate, Verdict.DUPLICATE, sheet)

    def _record(self, candidate: Candidate, sheet: VerifiedSheet, seat: SeatRecord) -> None:
        timely = in_time(self.seating, sheet.content.stage)
        self.unit.add_sheet(
            SheetRecord(
                round_id=self.seating.round_id,
                expert=seat.expert,
                stage=sheet.content.stage,
                revision=sheet.content.revision,
                digest=sheet.digest,
                sheet=sheet.sheet,
                comments=sheet.comments_bytes,
                source=SheetSource.PAPER if candidate.from_paper else SheetSource.FILE,
                received=self.now,
                late_reason="" if timely else self.late_reason,
            )
        )
        if seat.pinned_key is None:
            self.unit.update_seat(replace(seat, pinned_key=sheet.public_key))
        bureau_log.append(
            self.unit,
            self.seating.round_id,
            self.now,
            "sheet-received",
            expert=seat.expert,
            stage=sheet.content.stage,
            revision=sheet.content.revision,
            receipt=sheet.receipt,
            digest=sheet.digest.hex(),
            late="" if timely else self.late_reason,
        )

    def _check_serving(self, seat: SeatRecord) -> None:
        if seat.withdrawn:
            raise SheetRefusedError(
                Refusal.WITHDRAWN,
                _("expert {expert} has left the roster ({reason})").format(
                    expert=seat.expert, reason=seat.withdrawn
                ),
            )

    def _check_in_time(self, sheet: VerifiedSheet, seat: SeatRecord) -> None:
        if not in_time(self.seating, sheet.content.stage) and not self.late_reason:
            raise SheetRefusedError(
                Refusal.CLOSED,
                _(
                    "collection is closed; revision {revision} of expert {expert} is taken "
                    "only with a reason (--late-reason)"
                ).format(revision=sheet.content.revision, expert=seat.expert),
            )


def open_intake(
    unit: BureauUnit, round_id: RoundId, now: datetime, late_reason: str = ""
) -> Intake:
    """Return the intake of a round, held against other writers until the unit ends."""
    unit.round_locked(round_id)
    return Intake(unit, load_seating(unit, round_id), now, late_reason.strip())


def _verdict(candidate: Candidate, verdict: Verdict, sheet: VerifiedSheet) -> FileVerdict:
    expert = sheet.assignment.document.expert.number
    sentence = {
        Verdict.RECEIVED: _(
            "Received: expert {expert}, revision {revision}, receipt {receipt}"
        ),
        Verdict.SUPERSEDES: _(
            "Replaces the earlier one: expert {expert}, revision {revision}, receipt {receipt}"
        ),
        Verdict.DUPLICATE: _(
            "Already received; not counted twice: expert {expert}, receipt {receipt}"
        ),
        Verdict.COMMENTS_ADDED: _("Comments added to the paper sheet of expert {expert}"),
    }[verdict]
    revision = sheet.content.revision
    return FileVerdict(
        candidate.file,
        verdict,
        sentence.format(expert=expert, revision=revision, receipt=sheet.receipt),
        expert,
        revision,
        sheet.receipt,
    )
