"""Issue: freeze the rules, sign round, roster and assignments, write one sealed pack an expert.

Files are written before the database says so: a failure removes what this run wrote, and the
round stays in preparation.
"""

import hashlib
import hmac
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from reviewer_app.core.atomic import write_file
from reviewer_app.core.errors import InputError, RoundStateError
from reviewer_app.core.messages import _
from reviewer_app.core.panel_checks import PanelCheck, check_panel
from reviewer_app.core.round import ApplicationNumber, Expert, PackId, RoundId, RoundPlan
from reviewer_app.papers.pdf import write_pdf
from reviewer_app.papers.slips import SlipFacts, SlipsFacts, slips_csv, slips_paper
from reviewer_app.services import bureau_log
from reviewer_app.services.ports import BureauUnit, OpenBureau
from reviewer_app.services.records import (
    MaterialRecord,
    RosterRecord,
    RoundRecord,
    RoundState,
    SeatRecord,
)
from reviewer_app.services.rounds import in_state, plan_of
from reviewer_app.sheets import bureau as documents
from reviewer_app.sheets.keys import SigningKey, fingerprint
from reviewer_app.sheets.pack import MaterialSource, PackContents, read_pack, write_pack
from reviewer_app.sheets.passcode import new_passcode, shown

PACK_SUFFIX = ".reviewpack"
Progress = Callable[[int, int, str], None]
"""Called with done, total and what; may raise CancelledError."""


@dataclass(frozen=True, slots=True)
class IssuedPack:
    """One pack as written and read back."""

    expert: Expert
    pack_id: PackId
    path: Path
    size: int


@dataclass(frozen=True, slots=True)
class Issue:
    """What an issue wrote, and the fingerprints printed on every slip."""

    packs: tuple[IssuedPack, ...]
    slips: Path
    fingerprint: str
    bureau_fingerprint: str


@dataclass(frozen=True, slots=True)
class PreparedPack:
    """A pack ready to be written, with the passcode that will open it."""

    expert: Expert
    contents: PackContents
    passcode: str
    path: Path


def bureau_key(unit: BureauUnit) -> SigningKey:
    """Return the bureau's signing key, made at its first use."""
    stored = unit.setting("bureau-key")
    if stored is None:
        key = SigningKey.generate()
        unit.set_setting("bureau-key", key.to_bytes())
        return key
    return SigningKey.from_bytes(stored)


def require_own_key(verified: documents.VerifiedRound, key: SigningKey) -> None:
    """Raise RoundStateError on a machine that did not issue the round: it lacks the key."""
    if verified.document.bureau_key != key.public:
        raise RoundStateError(
            _("Only the machine that issued this round can sign for it; go back to that one")
        )


def salt_of(key: SigningKey, round_id: RoundId, application: ApplicationNumber) -> bytes:
    """Return the 16-byte salt of an application's commitment, known to the bureau alone."""
    text = f"commitment {round_id} {application}".encode()
    return hmac.new(key.to_bytes(), text, hashlib.sha256).digest()[:16]


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
    _refuse_slips_inside(out, slips)
    with bureau() as unit:
        record = in_state(unit, round_id, RoundState.PREPARING)
        key, materials = bureau_key(unit), unit.materials(round_id)
        unit.commit()
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
    written: list[Path] = []
    try:
        packs = _write_packs(prepared, written, progress)
        write_slips(slips, plan.title, verified, prepared)
        written.append(slips)
        with bureau() as unit:
            _freeze(unit, record, round_bytes, roster, prepared, now)
            unit.commit()
    except BaseException:
        for path in written:
            path.unlink(missing_ok=True)
        raise
    return Issue(tuple(packs), slips, verified.fingerprint, fingerprint(key.public))


def prepare_pack(
    plan: RoundPlan,
    expert: Expert,
    verified: documents.VerifiedRound,
    key: SigningKey,
    materials: Sequence[MaterialRecord],
    out: Path,
) -> PreparedPack:
    """Return one expert's pack, ready to be written; it knows nothing of other applications."""
    applications = {a.number: a for a in plan.applications}
    wanted = [applications[number] for number in plan.assignment[expert.number]]
    paths = {(m.application, m.file): m for m in materials}
    document = documents.AssignmentDocument(
        round_digest=verified.digest,
        expert=expert,
        applications=tuple(
            documents.AssignedApplication(a, salt_of(key, verified.document.round_id, a.number))
            for a in wanted
        ),
    )
    sources = [
        _source(m.entry, paths[m.application, m.material.file]) for m in document.materials
    ]
    contents = PackContents(
        pack_id=PackId(secrets.token_hex(8)),
        round=verified.raw,
        assignment=documents.sign_assignment(document, key),
        enrolment=secrets.token_bytes(32),
        materials=tuple(sources),
    )
    path = out / f"{expert.number}-{contents.pack_id}{PACK_SUFFIX}"
    return PreparedPack(expert, contents, new_passcode(), path)


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


def seat(round_id: RoundId, prepared: PreparedPack) -> SeatRecord:
    """Return the bureau's own record of a pack it issued."""
    contents = prepared.contents
    return SeatRecord(
        round_id,
        prepared.expert.number,
        contents.pack_id,
        contents.assignment,
        contents.enrolment,
    )


def _freeze(
    unit: BureauUnit,
    record: RoundRecord,
    round_bytes: bytes,
    roster: bytes,
    prepared: Sequence[PreparedPack],
    now: datetime,
) -> None:
    in_state(unit, record.id, RoundState.PREPARING)
    unit.update_round(replace(record, state=RoundState.ISSUED, document=round_bytes))
    unit.add_roster(RosterRecord(record.id, 1, roster))
    for item in prepared:
        unit.add_seat(seat(record.id, item))
    digest = hashlib.sha256(round_bytes).hexdigest()
    for check in check_panel(plan_of(record)):
        if not check.ok:
            bureau_log.append(
                unit, record.id, now, "check-set-aside", check=check.id, reason=check.reason
            )
    bureau_log.append(unit, record.id, now, "round-issued", round=digest, packs=len(prepared))
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


def _write_packs(
    prepared: Sequence[PreparedPack], written: list[Path], progress: Progress
) -> list[IssuedPack]:
    packs = []
    for done, item in enumerate(prepared, start=1):
        packs.append(write_and_read_back(item))
        written.append(item.path)
        progress(done, len(prepared), item.path.name)
    return packs


def write_and_read_back(item: PreparedPack) -> IssuedPack:
    """Write a pack and open it again with its passcode; raises PackError if they differ."""
    if item.path.exists():
        raise InputError(
            _("“{path}” exists already; choose an empty folder").format(path=item.path)
        )
    item.path.parent.mkdir(parents=True, exist_ok=True)
    write_pack(item.path, item.contents, item.passcode)
    opened = read_pack(item.path).unlock(item.passcode)
    if opened.round.raw != item.contents.round or opened.enrolment != item.contents.enrolment:
        raise InputError(_("“{path}” does not read back as written").format(path=item.path))
    return IssuedPack(item.expert, item.contents.pack_id, item.path, item.path.stat().st_size)


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


def _source(entry: str, record: MaterialRecord) -> MaterialSource:
    def read() -> bytes:
        data = Path(record.path).read_bytes()
        if hashlib.sha256(data).hexdigest() != record.sha256:
            raise InputError(
                _(
                    "“{path}” was changed after the round was created; create the round again"
                ).format(path=record.path)
            )
        return data

    return MaterialSource(entry, record.size, read)


def write_slips(
    path: Path,
    title: str,
    verified: documents.VerifiedRound,
    prepared: Sequence[PreparedPack],
) -> None:
    """Write the passcode slips as PDF or CSV; the passcodes stand nowhere else."""
    facts = SlipsFacts(
        round_title=title,
        round_fingerprint=verified.fingerprint,
        slips=tuple(
            SlipFacts(
                item.expert.number,
                item.expert.name,
                item.path.name,
                tuple(shown(item.passcode).split("-")),
            )
            for item in prepared
        ),
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix.lower() == ".csv":
        write_file(path, slips_csv(facts).encode("utf-8-sig"))
    else:
        write_pdf(slips_paper(facts), path)


def _refuse_slips_inside(out: Path, slips: Path) -> None:
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
