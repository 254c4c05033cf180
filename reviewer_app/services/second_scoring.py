"""The second scoring (复评): opened after discussion, handed in, ended once.

Opening needs no key, so that a second machine can collect, too; the feedback is signed by the
machine that issued the round.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from reviewer_app.core.atomic import disk_fault, make_folder, write_file
from reviewer_app.core.errors import InputError, NotFoundError, RoundStateError, StorageError
from reviewer_app.core.feedback import PanelFigures
from reviewer_app.core.messages import _
from reviewer_app.core.names import check_text
from reviewer_app.core.round import ExpertNumber, RoundId
from reviewer_app.services import bureau_log
from reviewer_app.services.bureau_key import bureau_key, require_own_key
from reviewer_app.services.closing import require_closing
from reviewer_app.services.kept import refuse_altered
from reviewer_app.services.ports import BureauUnit, OpenBureau
from reviewer_app.services.records import RoundState, SeatRecord
from reviewer_app.services.rounds import in_state
from reviewer_app.services.seating import Received, Seating, load_seating
from reviewer_app.services.second_figures import (
    as_opened,
    kept_first,
    panel_figures,
    scored_again,
)
from reviewer_app.services.stages import (
    ENDED,
    FEEDBACK,
    FIRST,
    OPENED,
    SECOND,
    SecondState,
    second_decides,
)
from reviewer_app.sheets import feedback as letters
from reviewer_app.sheets import json_text
from reviewer_app.sheets.keys import SigningKey
from reviewer_app.sheets.log import LogEntry, read_line
from reviewer_app.sheets.score_sheet import VerifiedSheet, sheet_file


@dataclass(frozen=True, slots=True)
class SecondSeat:
    """One serving expert in the second scoring; never a mark."""

    expert: ExpertNumber
    name: str
    first: str
    """Receipt of the sheet of the first scoring, empty where there is none."""
    second: str
    """Receipt of the sheet of the second scoring, empty where there is none."""
    by_file: bool
    """Whether feedback can travel as a file: the first sheet was signed on a laptop."""
    told: bool
    """Whether the feedback was written for this very first sheet."""


@dataclass(frozen=True, slots=True)
class SecondStanding:
    """How the second scoring of a round stands; ``state`` is None before it is opened."""

    state: SecondState | None
    foreseen: bool
    """Whether the signed rules foresee it; otherwise opening needs a reason."""
    second_counts: bool
    """Whether the second sheet makes the result; otherwise the first does."""
    seats: tuple[SecondSeat, ...]

    @property
    def received(self) -> int:
        """Return how many experts scored again."""
        return sum(bool(each.second) for each in self.seats)


@dataclass(frozen=True, slots=True)
class WrittenFeedback:
    """One expert's feedback file, written and read back."""

    expert: ExpertNumber
    path: Path


def second_standing(bureau: OpenBureau, round_id: RoundId) -> SecondStanding:
    """Return how the second scoring stands; raises RoundStateError before issue."""
    with bureau() as unit:
        seating = load_seating(unit, round_id)
        told = {
            str(each.details["first"])
            for each in _log(unit, round_id)
            if each.event == FEEDBACK
        }
    return SecondStanding(
        seating.second,
        seating.round.document.rules.second is not None,
        second_decides(seating.round.document.rules),
        tuple(_seat(seating, seat, told) for seat in seating.active),
    )


def open_second(bureau: OpenBureau, round_id: RoundId, reason: str, now: datetime) -> None:
    """Open the second scoring of a closed round, once.

    Raises InputError without a reason where the rules do not foresee it, RoundStateError
    before closing, after sealing and where it was opened before.
    """
    reason = check_text(reason.strip(), _("reason"))
    with bureau() as unit:
        in_state(unit, round_id, RoundState.CLOSED)
        closing, seating = require_closing(unit, round_id), load_seating(unit, round_id)
        if seating.second is not None:
            raise RoundStateError(
                _("The second scoring was opened before; a round has one at most")
            )
        if seating.round.document.rules.second is None and not reason:
            raise InputError(
                _("The rules of this round foresee no second scoring; say why one is held")
            )
        refuse_altered(unit, round_id, closing)
        figures = panel_figures(as_opened(seating, _log(unit, round_id)))
        bureau_log.append(
            unit,
            round_id,
            now,
            OPENED,
            stage=SECOND,
            reason=reason,
            figures=letters.figures_digest(figures),
        )
        unit.commit()


def write_feedback(
    bureau: OpenBureau, round_id: RoundId, out: Path, now: datetime, expert: str = ""
) -> list[WrittenFeedback]:
    """Write a feedback file into ``out`` for each expert with a signed sheet, or for one.

    Written again, an expert gets the same figures, and the first sheet that counts by then.
    Raises RoundStateError unless the second scoring is open, and on a machine that did not
    issue the round; NotFoundError for an expert who has no signed sheet.
    """
    make_folder(out)
    with bureau() as unit:
        in_state(unit, round_id, RoundState.CLOSED)
        seating, key = load_seating(unit, round_id), bureau_key(unit)
        second = require_open(seating)
        require_own_key(seating.round, key)
        figures = opened_figures(unit, seating)
        firsts = [
            (seat, sheet)
            for seat in seating.active
            if expert in {"", seat.expert} and (sheet := _signed_first(seating, seat.expert))
        ]
        if not firsts:
            raise NotFoundError(
                _("Expert {expert} has no signed sheet of the first scoring").format(
                    expert=expert or "—"
                )
            )
        written = []
        for seat, first in firsts:
            signed = _signed(seating, first, figures, second.opened, key)
            written.append(_write(out, seat, first, signed))
            _log_once(unit, seat, first, signed, now)
        unit.commit()
    return written


def end_second(bureau: OpenBureau, round_id: RoundId, reason: str, now: datetime) -> None:
    """End the second scoring for good; who has not scored again keeps the first sheet.

    Raises RoundStateError unless it is open.
    """
    reason = check_text(reason.strip(), _("reason"))
    with bureau() as unit:
        in_state(unit, round_id, RoundState.CLOSED)
        seating = load_seating(unit, round_id)
        require_open(seating)
        kept = kept_first(seating)
        bureau_log.append(
            unit,
            round_id,
            now,
            ENDED,
            stage=SECOND,
            reason=reason,
            received=len(scored_again(seating)),
            kept=json_text.encode(kept).decode(),
        )
        unit.commit()


def require_open(seating: Seating) -> SecondState:
    """Return the second scoring while its sheets are awaited; raises RoundStateError."""
    if seating.second is None:
        raise RoundStateError(_("No second scoring has been opened; open it first"))
    if not seating.second.is_open:
        raise RoundStateError(_("The second scoring has ended; it does not open again"))
    return seating.second


def opened_figures(unit: BureauUnit, seating: Seating) -> tuple[PanelFigures, ...]:
    """Return the figures as they were at opening; StorageError where the log says others."""
    figures = panel_figures(as_opened(seating, _log(unit, seating.round_id)))
    second = seating.second
    if second is None or letters.figures_digest(figures) != second.figures:
        raise StorageError(
            _(
                "The figures of the first scoring are not those its log names: the database "
                "was changed outside this program; go back to a backup"
            )
        )
    return figures


def _log(unit: BureauUnit, round_id: RoundId) -> list[LogEntry]:
    return [read_line(record.line).entry for record in unit.log(round_id)]


def _signed_first(seating: Seating, expert: ExpertNumber) -> VerifiedSheet | None:
    found = seating.at_stage(expert, FIRST)
    return found.sheet if found and isinstance(found.sheet, VerifiedSheet) else None


def _second(seating: Seating, expert: ExpertNumber) -> Received | None:
    found = seating.at_stage(expert, SECOND)
    return found if found and found.sheet.content.stage == SECOND else None


def _seat(seating: Seating, seat: SeatRecord, told: set[str]) -> SecondSeat:
    first, again = seating.at_stage(seat.expert, FIRST), _second(seating, seat.expert)
    return SecondSeat(
        seat.expert,
        seating.expert(seat.expert).name,
        first.sheet.receipt if first else "",
        again.sheet.receipt if again else "",
        by_file=first is not None and isinstance(first.sheet, VerifiedSheet),
        told=first is not None and first.sheet.digest.hex() in told,
    )


def _signed(
    seating: Seating,
    first: VerifiedSheet,
    figures: Sequence[PanelFigures],
    opened: datetime,
    key: SigningKey,
) -> bytes:
    mine = first.content.marks
    return letters.sign_feedback(
        letters.FeedbackDocument(
            seating.round.digest,
            first.assignment.digest,
            SECOND,
            first.digest,
            tuple(each for each in figures if each.application in mine),
            opened,
        ),
        key,
    )


def _write(out: Path, seat: SeatRecord, first: VerifiedSheet, signed: bytes) -> WrittenFeedback:
    """Write one file and read it back as the expert's laptop will."""
    comments = first.comments_bytes
    own = b"" if comments is None else sheet_file(first.sheet, comments)
    path = out / f"{seat.expert}-{seat.pack_id}{letters.SUFFIX}"
    write_file(path, letters.seal_feedback(signed, own, seat.enrolment))
    try:
        plain = letters.open_feedback(path.read_bytes(), seat.enrolment)
    except OSError as error:
        raise disk_fault(error, path) from None
    if letters.parts_of(plain) != (signed, own):
        raise StorageError(
            _("“{file}” does not read back as written; use another stick").format(file=path)
        )
    return WrittenFeedback(seat.expert, path)


def _log_once(
    unit: BureauUnit, seat: SeatRecord, first: VerifiedSheet, signed: bytes, now: datetime
) -> None:
    """Tell the log of feedback for this pack and first sheet, unless it has it already."""
    told = {
        "expert": seat.expert,
        "pack": seat.pack_id,
        "first": first.digest.hex(),
        "digest": letters.feedback_digest(signed),
    }
    known = (each.details for each in _log(unit, seat.round_id) if each.event == FEEDBACK)
    if told not in [dict(each) for each in known]:
        bureau_log.append(unit, seat.round_id, now, FEEDBACK, **told)
