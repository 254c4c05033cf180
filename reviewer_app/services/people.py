"""The people of the day: who runs it, whom the panel elected, what interference was met."""

from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from reviewer_app.core.errors import ConflictError, InputError
from reviewer_app.core.messages import _
from reviewer_app.core.people import RoundPeople, check_election, people_to_data
from reviewer_app.core.round import RoundId
from reviewer_app.services import bureau_log
from reviewer_app.services.kept import PEOPLE, people_digest
from reviewer_app.services.ports import BureauUnit, OpenBureau
from reviewer_app.services.records import RoundRecord, RoundState
from reviewer_app.services.rounds import in_state, plan_of, plan_text
from reviewer_app.services.seating import load_seating
from reviewer_app.sheets import json_text


def record_people(
    bureau: OpenBureau, round_id: RoundId, people: RoundPeople, now: datetime
) -> None:
    """Keep who runs the day, the leader's election and what interference was met.

    Replaces what was recorded before; the log keeps every version. Raises InputError for a
    leader the panel could not elect, RoundStateError once the round is sealed.
    """
    with bureau() as unit:
        _keep(unit, _open(unit, round_id), people, now)
        unit.commit()


def change_people(
    bureau: OpenBureau,
    round_id: RoundId,
    change: tuple[RoundPeople, RoundPeople],
    now: datetime,
) -> None:
    """Keep what differs between the two of ``change``, before and after; all else stays.

    Raises ConflictError where one of these facts was recorded otherwise meanwhile, and as
    ``record_people`` does.
    """
    with bureau() as unit:
        record = _open(unit, round_id)
        _keep(unit, record, _merged(plan_of(record).people, *change), now)
        unit.commit()


def changed_facts(before: RoundPeople, after: RoundPeople) -> dict[str, Any]:
    """Return the facts that differ, by their names, as they are after."""
    return {
        each.name: getattr(after, each.name)
        for each in fields(RoundPeople)
        if getattr(after, each.name) != getattr(before, each.name)
    }


def _merged(known: RoundPeople, before: RoundPeople, after: RoundPeople) -> RoundPeople:
    changed = changed_facts(before, after)
    for name, value in changed.items():
        if getattr(known, name) not in (getattr(before, name), value):
            raise ConflictError(
                _("Meanwhile something else was recorded there; look, then record again")
            )
    return replace(known, **changed)


def _open(unit: BureauUnit, round_id: RoundId) -> RoundRecord:
    return in_state(unit, round_id, RoundState.PREPARING, RoundState.ISSUED, RoundState.CLOSED)


def _keep(unit: BureauUnit, record: RoundRecord, people: RoundPeople, now: datetime) -> None:
    _check_leader(unit, record.id, people, issued=record.document is not None)
    plan = replace(plan_of(record), people=people)
    unit.update_round(replace(record, plan=plan_text(plan)))
    if record.state is RoundState.PREPARING:
        bureau_log.append(unit, record.id, now, "plan-changed", title=plan.title)
    else:
        _log(unit, record.id, people, now)


def log_people(unit: BureauUnit, round_id: RoundId, people: RoundPeople, now: datetime) -> None:
    """Begin the log of a round with the people its plan names, if it names anybody."""
    if people != RoundPeople():
        _log(unit, round_id, people, now)


def _log(unit: BureauUnit, round_id: RoundId, people: RoundPeople, now: datetime) -> None:
    text = json_text.encode(people_to_data(people)).decode()
    digest = people_digest(people)
    bureau_log.append(unit, round_id, now, PEOPLE, people=text, digest=digest)


def _check_leader(
    unit: BureauUnit, round_id: RoundId, people: RoundPeople, *, issued: bool
) -> None:
    if people.election is None:
        return
    if not issued:
        raise InputError(_("The panel elects its leader after the packs are issued"))
    seating = load_seating(unit, round_id)
    serving = {seat.expert: seating.expert(seat.expert).from_bureau for seat in seating.active}
    check_election(people.election, {str(number): staff for number, staff in serving.items()})
