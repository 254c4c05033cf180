"""The reminder list (催收单) and the list of receipts (回执单) as PDF, while sheets come in."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from reviewer_app.core.atomic import make_folder
from reviewer_app.core.errors import RoundStateError
from reviewer_app.core.messages import _
from reviewer_app.core.round import RoundId
from reviewer_app.papers.collection import (
    CollectionFacts,
    CollectionRow,
    receipts_paper,
    reminder_paper,
)
from reviewer_app.papers.model import Document
from reviewer_app.papers.pdf import write_pdf
from reviewer_app.services import printed
from reviewer_app.services.closing import SeatState, SeatStatus, standing
from reviewer_app.services.ports import OpenBureau
from reviewer_app.services.rounds import show_round

_STATES = {SeatState.RECEIVED: "已收", SeatState.MISSING: "未收"}


def write_reminder(bureau: OpenBureau, round_id: RoundId, path: Path, now: datetime) -> int:
    """Write who is still to hand in, and return how many they are.

    Raises RoundStateError where nobody is missing.
    """
    seats = _serving(bureau, round_id)
    missing = [each for each in seats if each.state is SeatState.MISSING]
    if not missing:
        raise RoundStateError(_("Every sheet is in: there is nobody to remind"))
    _write(bureau, round_id, (path, now), (seats, missing), reminder_paper)
    return len(missing)


def write_receipts(bureau: OpenBureau, round_id: RoundId, path: Path, now: datetime) -> None:
    """Write every serving expert's receipt, for them to compare and sign."""
    seats = _serving(bureau, round_id)
    _write(bureau, round_id, (path, now), (seats, seats), receipts_paper)


def _serving(bureau: OpenBureau, round_id: RoundId) -> list[SeatStatus]:
    seats = standing(bureau, round_id).seats
    return [each for each in seats if each.state is not SeatState.WITHDRAWN]


def _write(
    bureau: OpenBureau,
    round_id: RoundId,
    place: tuple[Path, datetime],
    seats: tuple[list[SeatStatus], list[SeatStatus]],
    paper: Callable[[CollectionFacts], Document],
) -> None:
    """Write a paper on ``seats``: all who serve, and those who stand on it."""
    (path, now), (serving, shown) = place, seats
    plan = show_round(bureau, round_id).plan
    employers = {each.number: each.employer for each in plan.experts}
    facts = CollectionFacts(
        round_title=plan.title,
        organiser=plan.organiser,
        expected=len(serving),
        received=sum(each.state is SeatState.RECEIVED for each in serving),
        rows=tuple(_row(each, employers.get(each.expert, "")) for each in shown),
        printed_at=printed.moment(now),
    )
    make_folder(path.parent)
    write_pdf(paper(facts), path)


def _row(seat: SeatStatus, employer: str) -> CollectionRow:
    return CollectionRow(
        seat.expert,
        seat.name,
        employer,
        _STATES[seat.state],
        str(seat.revision or ""),
        seat.receipt,
    )
