"""Create, list and show rounds; the plan lives in the database until it is signed."""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from reviewer_app.core.errors import InputError, NotFoundError, RoundStateError, StorageError
from reviewer_app.core.messages import _
from reviewer_app.core.panel_checks import PanelCheck, check_panel
from reviewer_app.core.round import ApplicationNumber, RoundId, RoundPlan
from reviewer_app.core.round_data import plan_from_data, plan_to_data
from reviewer_app.services import bureau_log
from reviewer_app.services.ports import BureauUnit, OpenBureau
from reviewer_app.services.records import MaterialRecord, RoundRecord, RoundState

MaterialPaths = Mapping[tuple[ApplicationNumber, str], Path]


@dataclass(frozen=True, slots=True)
class RoundView:
    """A round as a list or page shows it."""

    id: RoundId
    title: str
    state: RoundState
    created: datetime
    plan: RoundPlan
    checks: tuple[PanelCheck, ...]


def create_round(
    bureau: OpenBureau, plan: RoundPlan, paths: MaterialPaths, now: datetime
) -> RoundView:
    """Keep a new round in preparation and return it; nothing is signed yet."""
    record = RoundRecord(
        RoundId(secrets.token_hex(8)), plan.title, RoundState.PREPARING, now, plan_text(plan)
    )
    materials = _materials(plan, paths, known=())
    with bureau() as unit:
        unit.add_round(record, materials)
        bureau_log.append(
            unit,
            record.id,
            now,
            "round-created",
            title=plan.title,
            applications=len(plan.applications),
            experts=len(plan.experts),
        )
        unit.commit()
    return view(record)


def change_plan(
    bureau: OpenBureau,
    round_id: RoundId,
    read: RoundPlan,
    plan: RoundPlan,
    now: datetime,
    paths: MaterialPaths | None = None,
) -> RoundView:
    """Replace the plan of a round that is still in preparation.

    ``read`` is the plan that was changed: of two who change the same one the second is refused
    with RoundStateError. ``paths`` says where materials new to the round lie; InputError
    without.
    """
    with bureau() as unit:
        record = in_state(unit, round_id, RoundState.PREPARING)
        if plan_of(record) != read:
            raise RoundStateError(
                _("Somebody else changed the plan meanwhile; look at it, then change it again")
            )
        known = unit.materials(round_id)
        unit.replace_materials(round_id, _materials(plan, paths or {}, known))
        changed = RoundRecord(
            record.id, plan.title, record.state, record.created, plan_text(plan)
        )
        unit.update_round(changed)
        bureau_log.append(unit, round_id, now, "plan-changed", title=plan.title)
        unit.commit()
    return view(changed)


def list_rounds(bureau: OpenBureau) -> list[RoundView]:
    """Return every round that is not put away, newest first."""
    with bureau() as unit:
        return [view(record) for record in reversed(_shown(unit))]


def show_round(bureau: OpenBureau, name: str) -> RoundView:
    """Return the round with this id, or whose id begins so; raises NotFoundError."""
    with bureau() as unit:
        return view(find_round(unit, name))


def find_round(unit: BureauUnit, name: str) -> RoundRecord:
    """Return the one round whose id begins with ``name``; raises NotFoundError."""
    found = [record for record in _shown(unit) if name and record.id.startswith(name)]
    if len(found) == 1:
        return found[0]
    if found:
        raise NotFoundError(
            _("“{name}” fits several rounds; type more of the id").format(name=name)
        )
    raise NotFoundError(
        _("There is no round “{name}”; “round list” shows them").format(name=name)
    )


def _shown(unit: BureauUnit) -> list[RoundRecord]:
    return [each for each in unit.rounds() if each.state is not RoundState.REMOVED]


def in_state(unit: BureauUnit, round_id: RoundId, *states: RoundState) -> RoundRecord:
    """Return the round, held until the unit ends; raises RoundStateError in any other state."""
    record = unit.round_locked(round_id)
    if record.state not in states:
        raise RoundStateError(
            _("Round “{title}” is {state}; this step needs it to be {wanted}").format(
                title=record.title,
                state=state_word(record.state),
                wanted=_(" or ").join(state_word(state) for state in states),
            )
        )
    return record


def state_word(state: RoundState) -> str:
    """Return the state in the reader's language."""
    return {
        RoundState.PREPARING: _("in preparation"),
        RoundState.ISSUED: _("issued"),
        RoundState.CLOSED: _("closed"),
        RoundState.SEALED: _("sealed"),
        RoundState.REMOVED: _("removed"),
    }[state]


def plan_of(record: RoundRecord) -> RoundPlan:
    """Return the plan a record keeps; raises StorageError where it was changed by hand."""
    try:
        return _plan(record.plan)
    except ValueError:
        raise StorageError(
            _(
                "The plan of round “{title}” cannot be read: the database was changed outside "
                "this program; go back to a backup"
            ).format(title=record.title)
        ) from None


@lru_cache(maxsize=8)
def _plan(text: str) -> RoundPlan:
    """Return the plan a text says; every page asks, and the text hardly ever is another."""
    return plan_from_data(json.loads(text))


def plan_text(plan: RoundPlan) -> str:
    """Return the plan as the database keeps it."""
    return json.dumps(plan_to_data(plan), ensure_ascii=False, sort_keys=True)


def view(record: RoundRecord) -> RoundView:
    """Return a record with its plan read and its checks made."""
    plan = plan_of(record)
    return RoundView(
        record.id, record.title, record.state, record.created, plan, tuple(check_panel(plan))
    )


def _materials(
    plan: RoundPlan, paths: MaterialPaths, known: Sequence[MaterialRecord]
) -> list[MaterialRecord]:
    """Return where the plan's materials lie: by ``paths``, else where they lay unchanged."""
    places = {(each.application, each.file, each.sha256): each.path for each in known}
    records = []
    for application in plan.applications:
        for material in application.materials:
            number, file, sha256 = application.number, material.file, material.sha256
            kept = None if (number, file) in paths else places.get((number, file, sha256))
            path = kept or str(_path_of(paths, number, file))
            records.append(MaterialRecord(number, file, path, sha256, material.size))
    return records


def _path_of(paths: MaterialPaths, application: ApplicationNumber, file: str) -> Path:
    try:
        return paths[application, file].absolute()
    except KeyError:
        raise InputError(
            _("Application {number}: the file “{file}” is missing").format(
                number=application, file=file
            )
        ) from None
