"""Accept a second key of an expert: a new laptop, a wiped one; never without a reason."""

from dataclasses import replace
from datetime import datetime

from reviewer_app.core.errors import InputError, NotFoundError
from reviewer_app.core.messages import _
from reviewer_app.core.round import ExpertNumber, RoundId
from reviewer_app.services import bureau_log
from reviewer_app.services.ports import OpenBureau
from reviewer_app.services.records import RoundState
from reviewer_app.services.rounds import in_state

EVENT = "key-accepted"


def accept_next_key(
    bureau: OpenBureau, round_id: RoundId, expert: ExpertNumber, reason: str, now: datetime
) -> None:
    """Let the expert's next sheet pin its key; until it comes, the earlier sheet counts."""
    if not reason.strip():
        raise InputError(_("A second key needs a written reason"))
    with bureau() as unit:
        in_state(unit, round_id, RoundState.ISSUED, RoundState.CLOSED)
        seat = next((seat for seat in unit.seats(round_id) if seat.expert == expert), None)
        if seat is None:
            raise NotFoundError(
                _("There is no expert {expert} in this round").format(expert=expert)
            )
        unit.update_seat(replace(seat, pinned_key=None))
        bureau_log.append(unit, round_id, now, EVENT, expert=expert, reason=reason)
        unit.commit()
