"""What the rail and the step bar must know of one round: how far it is, in plain values."""

from collections.abc import Callable
from dataclasses import dataclass

from reviewer_app.core.recheck import Flag
from reviewer_app.core.round import RoundId
from reviewer_app.services.closing import SeatState, Standing, standing
from reviewer_app.services.ports import BureauUnit
from reviewer_app.services.records import RoundState
from reviewer_app.services.results import results_of
from reviewer_app.services.rounds import RoundView, show_round
from reviewer_app.services.seating import load_seating
from ui.secretary.results_views import open_flags

OpenUnit = Callable[[], BureauUnit]


@dataclass(frozen=True, slots=True)
class RoundOutline:
    """One round with what its seven steps have reached."""

    view: RoundView
    fingerprint: str = ""
    standing: Standing | None = None
    flags: tuple[Flag, ...] = ()
    opinions: int = 0
    scans: int = 0
    log_lines: int = 0
    """How long the log is: it grows with whatever is recorded."""

    @property
    def state(self) -> RoundState:
        """Return how far the round has come."""
        return self.view.state

    @property
    def open_checks(self) -> int:
        """Return how many checks still block issuing."""
        return sum(check.blocks for check in self.view.checks)

    @property
    def received(self) -> int:
        """Return how many sheets are in."""
        seats = self.standing.seats if self.standing else ()
        return sum(seat.state is SeatState.RECEIVED for seat in seats)

    @property
    def expected(self) -> int:
        """Return how many sheets are due."""
        seats = self.standing.seats if self.standing else ()
        return sum(seat.state is not SeatState.WITHDRAWN for seat in seats)

    @property
    def closed(self) -> bool:
        """Tell whether collection is closed, so that scores may be seen."""
        return self.state in (RoundState.CLOSED, RoundState.SEALED)


def load_outline(open_bureau: OpenUnit, round_id: RoundId) -> RoundOutline:
    """Return how far a round is; no score is looked at before it is closed."""
    view = show_round(open_bureau, round_id)
    if view.state is RoundState.PREPARING:
        return RoundOutline(view)
    board = standing(open_bureau, round_id)
    with open_bureau() as unit:
        fingerprint = load_seating(unit, round_id).round.fingerprint
        opinions, scans = len(unit.opinions(round_id)), len(unit.attachments(round_id))
        last = unit.last_log(round_id)
    if view.state is RoundState.ISSUED:
        return RoundOutline(view, fingerprint, board)
    flags = open_flags(results_of(open_bureau, round_id))
    lines = last.sequence if last else 0
    return RoundOutline(view, fingerprint, board, flags, opinions, scans, lines)
