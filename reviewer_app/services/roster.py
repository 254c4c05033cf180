"""Replace or withdraw an expert on the morning: a new roster version, at most one new pack.

The round's digest and everybody else's sheets stay as they are.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from reviewer_app.core.errors import InputError
from reviewer_app.core.messages import _
from reviewer_app.core.round import Expert, ExpertNumber, RoundId, RoundPlan
from reviewer_app.inputs.numbering import Numbering
from reviewer_app.inputs.roster_file import RosterChange, load_roster_changes
from reviewer_app.services import bureau_log
from reviewer_app.services.bureau_key import bureau_key, require_own_key
from reviewer_app.services.issuing import check_slips_place, member, write_packs
from reviewer_app.services.packing import (
    IssuedPack,
    PreparedPack,
    all_or_nothing,
    prepare_pack,
    seat,
    write_slips,
)
from reviewer_app.services.ports import BureauUnit, OpenBureau
from reviewer_app.services.records import RosterRecord, RoundState
from reviewer_app.services.rounds import in_state, plan_of, plan_text
from reviewer_app.services.seating import Seating, load_seating
from reviewer_app.sheets import bureau as documents
from reviewer_app.sheets.keys import SigningKey


@dataclass(frozen=True, slots=True)
class Places:
    """Where a new pack and its slip go; None: beside the roster file."""

    out: Path | None
    slips: Path | None


@dataclass(frozen=True, slots=True)
class RosterResult:
    """The new version, what changed in words, and the packs it needed."""

    version: int
    sentences: tuple[str, ...]
    packs: tuple[IssuedPack, ...]
    slips: Path | None


def change_roster(
    bureau: OpenBureau, round_id: RoundId, file: Path, places: Places, now: datetime
) -> RosterResult:
    """Apply a roster file to an issued round and write a pack for every new expert.

    Raises InputError where an expert is unknown, already gone or already seated.
    """
    with bureau() as unit:
        record = in_state(unit, round_id, RoundState.ISSUED)
        seating, key = load_seating(unit, round_id), bureau_key(unit)
        materials = unit.materials(round_id)
    require_own_key(seating.round, key)
    plan = plan_of(record)
    experts = Numbering(expert.number for expert in plan.experts)
    applications = Numbering(application.number for application in plan.applications)
    changes = load_roster_changes(file, experts, applications)
    plan = _with_replacements(plan, seating, changes)
    version = len(seating.rosters) + 1
    out = places.out or file.absolute().parent / f"packs-v{version}"
    slips = places.slips or file.absolute().parent / f"slips-v{version}.pdf"
    check_slips_place(out, slips)
    prepared = [
        prepare_pack(plan, expert, seating.round, key, materials, out)
        for expert in _newcomers(changes)
    ]
    with all_or_nothing() as written:
        packs = tuple(write_packs(prepared, written))
        if prepared:
            write_slips(slips, plan.title, seating.round, prepared)
            written.append(slips)
        with bureau() as unit:
            latest = in_state(unit, round_id, RoundState.ISSUED)
            plan = replace(plan, people=plan_of(latest).people)
            unit.update_round(replace(latest, plan=plan_text(plan)))
            _record(unit, _Next(seating, plan, key, changes, prepared, now))
            unit.commit()
    return RosterResult(
        version, tuple(_sentence(each) for each in changes), packs, slips if prepared else None
    )


@dataclass(frozen=True, slots=True)
class _Next:
    seating: Seating
    plan: RoundPlan
    key: SigningKey
    changes: Sequence[RosterChange]
    prepared: Sequence[PreparedPack]
    now: datetime


def _record(unit: BureauUnit, step: _Next) -> None:
    round_id = step.seating.round_id
    gone = {each.expert: each.reason for each in step.changes}
    for taken in unit.seats(round_id):
        if taken.expert in gone:
            unit.update_seat(replace(taken, withdrawn=gone[taken.expert]))
    for item in step.prepared:
        unit.add_seat(seat(round_id, item))
    document = _next_roster(step, gone)
    signed = documents.sign_roster(document, step.key)
    unit.add_roster(RosterRecord(round_id, document.version, signed))
    for each in step.changes:
        bureau_log.append(
            unit,
            round_id,
            step.now,
            "roster-changed",
            version=document.version,
            expert=each.expert,
            by=each.by.number if each.by else "",
            reason=each.reason,
            roster=hashlib.sha256(signed).hexdigest(),
        )


def _next_roster(step: _Next, gone: dict[ExpertNumber, str]) -> documents.RosterDocument:
    last = step.seating.rosters[-1]
    members = tuple(
        replace(member, withdrawn=gone.get(member.expert, member.withdrawn))
        for member in last.document.members
    )
    added = tuple(
        member(item.expert, step.plan, item.contents.assignment) for item in step.prepared
    )
    return replace(
        last.document,
        version=last.document.version + 1,
        previous=last.digest,
        reason="; ".join(dict.fromkeys(each.reason for each in step.changes)),
        at=step.now,
        members=members + added,
    )


def _newcomers(changes: Sequence[RosterChange]) -> tuple[Expert, ...]:
    return tuple(change.by for change in changes if change.by is not None)


def _with_replacements(
    plan: RoundPlan, seating: Seating, changes: Sequence[RosterChange]
) -> RoundPlan:
    serving = {seat.expert for seat in seating.active}
    assignment = dict(plan.assignment)
    for change in changes:
        if change.expert not in serving:
            raise InputError(
                _("Expert {expert} is not serving in this round").format(expert=change.expert)
            )
        if change.by is not None:
            assignment[change.by.number] = tuple(
                number
                for number in assignment[change.expert]
                if number not in change.by.recused
            )
    joining = {expert.number: expert for expert in (*plan.experts, *_newcomers(changes))}
    return replace(plan, experts=tuple(joining.values()), assignment=assignment)


def _sentence(change: RosterChange) -> str:
    if change.by is None:
        return _("Expert {expert} withdrawn: {reason}").format(
            expert=change.expert, reason=change.reason
        )
    return _("Expert {expert} replaced by {by} {name}: {reason}").format(
        expert=change.expert, by=change.by.number, name=change.by.name, reason=change.reason
    )
