"""Rounds that are put away and taken back, and an issue that is made void to begin anew.

Nothing is erased: a removed round keeps its plan, sheets and log, is shown in no list, and no
step can be taken in it until it is restored.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from reviewer_app.core.errors import InputError, NotFoundError
from reviewer_app.core.messages import _
from reviewer_app.core.round import RoundId
from reviewer_app.services import bureau_log
from reviewer_app.services.bureau_key import bureau_key, require_own_key
from reviewer_app.services.ports import BureauUnit, OpenBureau
from reviewer_app.services.records import RoundRecord, RoundState
from reviewer_app.services.rounds import RoundView, in_state, plan_of, plan_text, view
from reviewer_app.services.seating import load_seating
from reviewer_app.sheets.log import LogEntry

REMOVED, RESTORED, VOIDED = "round-removed", "round-restored", "round-voided"
CREATED = "round-created"


@dataclass(frozen=True, slots=True)
class Voiding:
    """What making an issue void would shut out: packs, and sheets that came in already."""

    packs: int
    sheets: int


@dataclass(frozen=True, slots=True)
class VoidIssue:
    """An issue that was made void, as a log tells it."""

    before: str
    """The round whose place this one takes; empty: this very round, taken back since."""
    reason: str
    received: str = ""
    """How many sheets it had received; empty where the log does not tell."""


def remove_round(bureau: OpenBureau, round_id: RoundId, now: datetime) -> None:
    """Put a round in preparation away; raises RoundStateError for one that was issued."""
    with bureau() as unit:
        record = in_state(unit, round_id, RoundState.PREPARING)
        _put_away(unit, record)
        bureau_log.append(unit, round_id, now, REMOVED)
        unit.commit()


def restore_round(bureau: OpenBureau, name: str, now: datetime) -> RoundView:
    """Take a removed round back to the state it had; ``name`` is its id or how that begins.

    Raises NotFoundError where no removed round fits.
    """
    with bureau() as unit:
        found = [each.id for each in _removed(unit) if name and each.id.startswith(name)]
        if len(found) != 1:
            raise NotFoundError(
                _(
                    "There is no removed round “{name}”; “round list --removed” shows them"
                ).format(name=name)
            )
        record = in_state(unit, found[0], RoundState.REMOVED)
        state = RoundState.ISSUED if record.document else RoundState.PREPARING
        restored = replace(record, state=state)
        unit.update_round(restored)
        bureau_log.append(unit, record.id, now, RESTORED)
        unit.commit()
    return view(restored)


def removed_rounds(bureau: OpenBureau) -> list[RoundView]:
    """Return the rounds that are put away, newest first."""
    with bureau() as unit:
        return [view(record) for record in reversed(_removed(unit))]


def voiding(bureau: OpenBureau, round_id: RoundId) -> Voiding:
    """Return what ``void_issue`` would shut out; nothing is changed."""
    with bureau() as unit:
        in_state(unit, round_id, RoundState.ISSUED)
        packs = sum(not seat.withdrawn for seat in unit.seats(round_id))
        return Voiding(packs, len(unit.sheets(round_id)))


def void_issue(bureau: OpenBureau, round_id: RoundId, reason: str, now: datetime) -> RoundView:
    """Make an issue void and return the round that takes its place, in preparation.

    The new round has the old one's plan and materials and an id of its own, so that sheets
    from the old packs are refused as another round's. The old one is put away with everything
    it received. Raises InputError without a reason, RoundStateError after closing or on a
    machine that did not issue it.
    """
    if not reason.strip():
        raise InputError(_("Making an issue void needs a written reason"))
    with bureau() as unit:
        record = in_state(unit, round_id, RoundState.ISSUED)
        require_own_key(load_seating(unit, round_id).round, bureau_key(unit))
        plan = plan_of(record)
        again = replace(plan, people=replace(plan.people, election=None))
        fresh = RoundRecord(
            RoundId(secrets.token_hex(8)),
            plan.title,
            RoundState.PREPARING,
            now,
            plan_text(again),
        )
        unit.add_round(fresh, unit.materials(round_id))
        _put_away(unit, record)
        details = {"reason": reason.strip(), "successor": fresh.id}
        bureau_log.append(unit, round_id, now, VOIDED, **details)
        bureau_log.append(
            unit,
            fresh.id,
            now,
            CREATED,
            title=plan.title,
            instead_of=round_id,
            reason=reason.strip(),
            received=len(unit.sheets(round_id)),
        )
        unit.commit()
    return view(fresh)


def void_before(entries: Iterable[LogEntry]) -> tuple[VoidIssue, ...]:
    """Return the issues made void that a round's log tells of: the one it replaces, its own."""
    found = []
    for each in entries:
        told = each.details
        if each.event == CREATED and "instead_of" in told:
            before, count = str(told["instead_of"]), str(told.get("received", ""))
            found.append(VoidIssue(before, str(told.get("reason", "")), count))
        elif each.event == VOIDED:
            found.append(VoidIssue("", str(told.get("reason", ""))))
    return tuple(found)


def _put_away(unit: BureauUnit, record: RoundRecord) -> None:
    unit.update_round(replace(record, state=RoundState.REMOVED))


def _removed(unit: BureauUnit) -> list[RoundRecord]:
    return [each for each in unit.rounds() if each.state is RoundState.REMOVED]
