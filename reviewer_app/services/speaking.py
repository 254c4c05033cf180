"""Drawing the order of speaking (汇报顺序): seed and order go into the log, and stay there."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from reviewer_app.core.errors import InputError, RoundStateError
from reviewer_app.core.messages import _
from reviewer_app.core.names import check_text
from reviewer_app.core.round import RoundId, RoundPlan
from reviewer_app.core.speaking import clean_seed, drawn, lot_of
from reviewer_app.services import bureau_log
from reviewer_app.services.ports import BureauUnit, OpenBureau
from reviewer_app.services.records import RoundState
from reviewer_app.services.rounds import in_state, plan_of
from reviewer_app.sheets import json_text
from reviewer_app.sheets.log import LogEntry, read_line

DRAWN = "order-drawn"
_MARK = b'"order-drawn"'


@dataclass(frozen=True, slots=True)
class Draw:
    """One draw as the log tells it; the last one holds."""

    number: int
    """Which draw of the round it is, from 1."""
    seed: str
    by: str
    """Who gave the seed; empty: the program drew it."""
    reason: str
    """Why it was drawn again; empty for the first."""
    at: datetime
    order: tuple[str, ...]

    def lots(self, round_id: str) -> tuple[str, ...]:
        """Return each application's lot, in the order of speaking."""
        return tuple(lot_of(self.seed, round_id, number) for number in self.order)


@dataclass(frozen=True, slots=True)
class Wish:
    """What the secretary asks for: a seed and who gave it, or neither; why again."""

    seed: str = ""
    by: str = ""
    reason: str = ""


def draw_order(bureau: OpenBureau, round_id: RoundId, wish: Wish, now: datetime) -> Draw:
    """Draw the order of speaking and return it; the program draws the seed where none is given.

    Raises InputError for a seed without its giver, or for another draw without a reason,
    RoundStateError after closing.
    """
    by, reason = wish.by.strip(), check_text(wish.reason.strip(), _("reason"))
    check_text(by, _("name"))
    if wish.seed.strip() and not by:
        raise InputError(_("Say who gave the seed, such as the supervisor"))
    seed = clean_seed(wish.seed) if wish.seed.strip() else secrets.token_hex(8)
    with bureau() as unit:
        record = in_state(unit, round_id, RoundState.PREPARING, RoundState.ISSUED)
        before = draws(unit, round_id)
        if before and not reason:
            raise InputError(
                _("The order was drawn before; drawing it again needs a reason, and both stay")
            )
        numbers = [each.number for each in plan_of(record).applications]
        if not numbers:
            raise RoundStateError(_("The round has no applications yet; nothing to draw"))
        order = drawn(seed, round_id, numbers)
        bureau_log.append(
            unit,
            round_id,
            now,
            DRAWN,
            draw=len(before) + 1,
            seed=seed,
            by=by if wish.seed.strip() else "",
            reason=reason if before else "",
            order=json_text.encode(list(order)).decode(),
        )
        unit.commit()
    return draws_of(bureau, round_id)[-1]


def draws_of(bureau: OpenBureau, round_id: RoundId) -> list[Draw]:
    """Return every draw of a round, the one that holds last."""
    with bureau() as unit:
        return draws(unit, round_id)


def draws(unit: BureauUnit, round_id: RoundId) -> list[Draw]:
    """Return every draw within a unit of work that is already open."""
    return draws_in(record.line for record in unit.log(round_id))


def draws_in(lines: Iterable[bytes]) -> list[Draw]:
    """Return every draw that log lines tell of."""
    return [draw_of(read_line(line).entry) for line in lines if _MARK in line]


def is_stale(draw: Draw, plan: RoundPlan) -> bool:
    """Tell whether applications came or went since the draw: it has to be drawn again."""
    return set(draw.order) != {str(each.number) for each in plan.applications}


def draw_of(entry: LogEntry) -> Draw:
    """Return the draw that one line tells of; KeyError or ValueError where it does not."""
    details = entry.details
    number, order = details["draw"], json_text.decode(_text(details, "order").encode())
    if type(number) is not int or not isinstance(order, list):
        raise ValueError(entry.event)
    if not all(isinstance(each, str) for each in order):
        raise ValueError(entry.event)
    seed, by, reason = (_text(details, key) for key in ("seed", "by", "reason"))
    return Draw(number, seed, by, reason, entry.at, tuple(order))


def _text(details: Mapping[str, str | int], key: str) -> str:
    value = details[key]
    if not isinstance(value, str):
        raise ValueError(key)  # noqa: TRY004 - one kind of error for a line that tells no draw
    return value
