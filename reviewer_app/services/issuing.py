"""Issue: freeze the rules, sign round, roster and assignments, write one sealed pack an expert.

Files are written before the database says so: a failure removes what this run wrote, and the
round stays in preparation.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from reviewer_app.core.errors import InputError, RoundStateError
from reviewer_app.core.messages import _
from reviewer_app.core.panel_checks import PanelCheck, check_panel
from reviewer_app.core.round import Expert, RoundId, RoundPlan
from reviewer_app.services import bureau_log
from reviewer_app.services.bureau_key import bureau_key, salt_of
from reviewer_app.services.kept import overrides_digest
from reviewer_app.services.packing import (
    IssuedPack,
    PreparedPack,
    all_or_nothing,
    prepare_pack,
    seat,
    write_and_read_back,
    write_slips,
)
from reviewer_app.services.people import log_people
from reviewer_app.services.ports import BureauUnit, OpenBureau
from reviewer_app.services.records import (
    RosterRecord,
    RoundRecord,
    RoundState,
)
from reviewer_app.services.rounds import in_state, plan_of
from reviewer_app.sheets import bureau as documents
from reviewer_app.sheets.keys import SigningKey, fingerprint

Progress = Callable[[int, int, str], None]
"""Called with done, total and what; may raise CancelledError."""


@dataclass(frozen=True, slots=True)
class Issue:
    """What an issue wrote, and the fingerprints printed on every slip."""

    packs: tuple[IssuedPack, ...]
    slips: Path
    fingerprint: str
    bureau_fingerprint: str


def refuse_failed_checks(checks: Sequence[PanelCheck]) -> None:
    """Raise RoundStateError naming every check that neither holds nor is overridden."""
    failed = [check.sentence for check in checks if check.blocks]
    if failed:
        raise RoundStateError(_("Cannot issue: {list}").format(list="; ".join(failed)))


def issue(
    bureau: OpenBureau,
    round_id: RoundId,
    out: Path,
    slips: Path,
    now: datetime,
    progress: Progress = lambda _done, _total, _what: None,
) -> Issue:
    """Write a pack an expert into ``out``, the slips to ``slips``, and freeze the round.

    Raises RoundStateError where a check fails, InputError where the slips would lie beside the
    packs or a file would be overwritten.
    """
    with bureau() as unit:
        record = in_state(unit, round_id, RoundState.PREPARING)
        key, materials = bureau_key(unit), unit.materials(round_id)
        unit.commit()
    check_slips_place(out, slips)
    plan = plan_of(record)
    refuse_failed_checks(check_panel(plan))
    round_bytes = documents.sign_round(_round_document(record, plan, key), key)
    verified = documents.verify_round(round_bytes)
    prepared = [
        prepare_pack(plan, expert, verified, key, materials, out) for expert in plan.experts
    ]
    roster = documents.sign_roster(
        first_roster(plan, verified, key, record.id, prepared, now), key
    )
    with all_or_nothing() as written:
        packs = write_packs(prepared, written, progress)
        write_slips(slips, plan.title, verified, prepared)
        written.append(slips)
        with bureau() as unit:
            _freeze(unit, record, round_bytes, roster, prepared, now)
            unit.commit()
    return Issue(tuple(packs), slips, verified.fingerprint, fingerprint(key.public))


def first_roster(
    plan: RoundPlan,
    verified: documents.VerifiedRound,
    key: SigningKey,
    round_id: RoundId,
    prepared: Sequence[PreparedPack],
    now: datetime,
) -> documents.RosterDocument:
    """Return version 1 of who must answer for what, with a commitment to every application."""
    return documents.RosterDocument(
        round_digest=verified.digest,
        version=1,
        previous=None,
        reason="",
        at=now,
        members=tuple(member(p.expert, plan, p.contents.assignment) for p in prepared),
        commitments=tuple(
            (a.number, documents.commitment(a, salt_of(key, round_id, a.number)))
            for a in plan.applications
        ),
    )


def member(expert: Expert, plan: RoundPlan, assignment: bytes) -> documents.RosterMember:
    """Return an expert's line of the roster."""
    return documents.RosterMember(
        expert=expert.number,
        name=expert.name,
        employer=expert.employer,
        assignment_digest=hashlib.sha256(assignment).digest(),
        applications=plan.assignment[expert.number],
        withdrawn="",
    )


def _freeze(
    unit: BureauUnit,
    record: RoundRecord,
    round_bytes: bytes,
    roster: bytes,
    prepared: Sequence[PreparedPack],
    now: datetime,
) -> None:
    if in_state(unit, record.id, RoundState.PREPARING) != record:
        raise RoundStateError(
            _("The plan was changed while the packs were written; look at it, then issue again")
        )
    unit.update_round(replace(record, state=RoundState.ISSUED, document=round_bytes))
    unit.add_roster(RosterRecord(record.id, 1, roster))
    for item in prepared:
        unit.add_seat(seat(record.id, item))
    digest = hashlib.sha256(round_bytes).hexdigest()
    _log_issue(unit, record, digest, prepared, now)


def _log_issue(
    unit: BureauUnit,
    record: RoundRecord,
    digest: str,
    prepared: Sequence[PreparedPack],
    now: datetime,
) -> None:
    plan = plan_of(record)
    for check in check_panel(plan):
        if not check.ok:
            bureau_log.append(
                unit, record.id, now, "check-set-aside", check=check.id, reason=check.reason
            )
    bureau_log.append(
        unit,
        record.id,
        now,
        "round-issued",
        round=digest,
        packs=len(prepared),
        overrides=overrides_digest(plan.overrides),
    )
    log_people(unit, record.id, plan.people, now)
    for item in prepared:
        bureau_log.append(
            unit,
            record.id,
            now,
            "pack-issued",
            expert=item.expert.number,
            pack=item.contents.pack_id,
            assignment=hashlib.sha256(item.contents.assignment).hexdigest(),
        )


def write_packs(
    prepared: Sequence[PreparedPack],
    written: list[Path],
    progress: Progress = lambda _done, _total, _what: None,
) -> list[IssuedPack]:
    """Write the packs one by one, each noted in ``written`` as soon as it is there."""
    packs = []
    for done, item in enumerate(prepared, start=1):
        packs.append(write_and_read_back(item))
        written.append(item.path)
        progress(done, len(prepared), item.path.name)
    return packs


def _round_document(
    record: RoundRecord, plan: RoundPlan, key: SigningKey
) -> documents.RoundDocument:
    return documents.RoundDocument(
        round_id=record.id,
        title=plan.title,
        kind=plan.kind,
        organiser=plan.organiser,
        date=plan.date,
        place=plan.place,
        scheme=plan.scheme,
        rules=plan.rules,
        weights_confirmed_by=plan.weights_confirmed_by,
        bureau_key=key.public,
        applications=tuple(a.number for a in plan.applications),
    )


def check_slips_place(out: Path, slips: Path) -> None:
    """Refuse slips beside the packs, of an unknown kind, or in the place of other slips.

    A passcode stands on its slip and nowhere else: to overwrite one is to lose its pack.
    """
    if slips.absolute().resolve().is_relative_to(out.absolute().resolve()):
        raise InputError(
            _("The slips must not lie with the packs: choose a place outside “{out}”").format(
                out=out
            )
        )
    if slips.suffix.lower() not in {".pdf", ".csv"}:
        raise InputError(
            _("Slips are written as .pdf or .csv, not “{name}”").format(name=slips.name)
        )
    if slips.exists():
        raise InputError(
            _("“{path}” exists already; give the slips another name").format(path=slips)
        )
