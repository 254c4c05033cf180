"""The draft on the stick: written after each application, continued on any laptop.

A draft names the digests of every state it grew from. So a desk knows without any clock
whether a draft is newer than what lies on it, older, or work of its own that parted from it.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from reviewer_app.core.atomic import disk_fault, make_folder, write_file
from reviewer_app.core.errors import DraftError, StorageError
from reviewer_app.core.messages import _
from reviewer_app.services.desk import SIGNING_KEY, SIGNING_PURPOSE, Desk
from reviewer_app.services.desk_draft_check import check_work
from reviewer_app.services.desk_draft_data import (
    DeskWork,
    bytes_of,
    from_data,
    lay_down,
    text_of,
    to_data,
    work_of,
)
from reviewer_app.services.desk_status import application_status
from reviewer_app.services.key_wrapping import seal
from reviewer_app.services.ports import DeskUnit
from reviewer_app.sheets.draft import (
    MAX_BYTES,
    SUFFIX,
    Draft,
    open_draft,
    seal_draft,
    state_of,
)

_STATES, _FOLDER = "draft-states", "draft-folder"
_STAYS = frozenset({SIGNING_KEY, _STATES, _FOLDER})
"""Settings that are of this machine alone, or travel in another form."""


class Standing(StrEnum):
    """How a draft stands to what lies on the desk."""

    NEWER = "newer"
    SAME = "same"
    OLDER = "older"
    PARTED = "parted"
    """Each of both holds work that the other does not."""


@dataclass(frozen=True, slots=True)
class WrittenDraft:
    """Where a draft went, and how far the work in it is."""

    file: Path
    written: datetime
    complete: int
    applications: int


@dataclass(frozen=True, slots=True)
class FoundDraft:
    """A draft of this pack, read and checked; ``written`` as the other laptop's clock said."""

    file: Path
    written: datetime
    complete: int
    applications: int
    revision: int
    """The last signed revision in it, 0 before the first."""
    standing: Standing


def draft_name(desk: Desk) -> str:
    """Return the name of this desk's draft; the expert's number first, for people."""
    return f"{desk.expert.number}-{desk.pack.pack_id}{SUFFIX}"


def write_draft(desk: Desk, folder: Path, now: datetime) -> WrittenDraft:
    """Write the work as it stands into ``folder`` and read it back.

    Raises DraftError where the draft that lies there holds work that this desk does not have,
    StorageError where the medium refuses; what was there stays then.
    """
    with desk.unit() as unit:  # reads one moment; scoring goes on, nothing is locked meanwhile
        work, states, kept = _work(desk, unit), _states(unit), unit.settings()
    data = to_data(work)
    state = state_of(data)
    states = states if states[-1:] == [state] else [*states, state]
    settings = {name: text_of(value) for name, value in kept.items() if name not in _STAYS}
    with desk.unit() as unit:
        unit.lock()
        _keep_states(unit, states)
        unit.commit()
    document = desk.pack.assignment.document
    draft = Draft(
        pack_id=desk.pack.pack_id,
        round_digest=desk.pack.round.digest.hex(),
        assignment_digest=desk.pack.assignment.digest.hex(),
        expert=document.expert.number,
        written=now.isoformat(),
        states=tuple(states),
        work=data,
        settings=settings,
    )
    file = make_folder(folder) / draft_name(desk)
    _refuse_other_work(desk, file, states)
    _write(file, seal_draft(draft, desk.pack.identity))
    complete, applications = _progress(desk, work)
    return WrittenDraft(file, now, complete, applications)


def keep_folder(desk: Desk, folder: Path | None) -> None:
    """Keep where the drafts of this laptop go; None for nowhere."""
    with desk.unit() as unit:
        unit.set_setting(_FOLDER, str(folder).encode() if folder else b"")
        unit.commit()


def kept_folder(desk: Desk) -> Path | None:
    """Return where the drafts of this laptop go, None where nobody has chosen."""
    with desk.unit() as unit:
        data = unit.setting(_FOLDER)
    return Path(data.decode()) if data else None


def find_draft(desk: Desk, folder: Path) -> FoundDraft | None:
    """Return the desk's draft in a folder, None if there is none; raises as ``look_at``."""
    file = folder / draft_name(desk)
    return look_at(desk, file) if file.is_file() else None


def look_at(desk: Desk, file: Path) -> FoundDraft:
    """Return what a draft holds and how it stands; raises DraftError, StorageError."""
    draft, work = _read(desk, file)
    with desk.unit() as unit:
        standing = _standing(desk, unit, draft)
    return _found(desk, file, draft, work, standing)


def continue_from(desk: Desk, file: Path) -> FoundDraft:
    """Put a draft in the place of what lies on the desk: all of it, or nothing.

    From then on this laptop has the key and the chain of revisions of the other. Raises
    DraftError for a draft that is damaged, of another pack or expert, older than the desk, or
    parted from it.
    """
    draft, work = _read(desk, file)
    with desk.unit() as unit:
        unit.lock()
        standing = _standing(desk, unit, draft)
        _refuse_loss(standing, file)
        if standing is Standing.NEWER:
            lay_down(unit, work, desk.assigned)
            unit.set_setting(SIGNING_KEY, seal(desk.key, work.key.to_bytes(), SIGNING_PURPOSE))
            for name, text in draft.settings.items():
                if name not in _STAYS:
                    unit.set_setting(name, bytes_of(text))
            _keep_states(unit, draft.states)
        unit.commit()
    return _found(desk, file, draft, work, standing)


def _read(desk: Desk, file: Path) -> tuple[Draft, DeskWork]:
    """Return a draft of this very pack with everything in it checked."""
    data = _bytes(file)
    try:
        draft = open_draft(data, desk.pack.identity)
        _check_bound(desk, draft)
        work = from_data(draft.work)
        check_work(desk, work)
    except DraftError as error:
        raise DraftError(
            _("The draft “{file}” is refused: {why}").format(file=file.name, why=error)
        ) from None
    return draft, work


def _bytes(file: Path) -> bytes:
    """Return the bytes of a draft, none of a file too large to be one."""
    try:
        return file.read_bytes() if file.stat().st_size <= MAX_BYTES else b""
    except OSError as error:
        raise disk_fault(error, file) from None


def _check_bound(desk: Desk, draft: Draft) -> None:
    """Refuse a draft of another pack, and settings or a time that are none."""
    pack = desk.pack
    bound = (draft.pack_id, draft.round_digest, draft.assignment_digest)
    if bound != (pack.pack_id, pack.round.digest.hex(), pack.assignment.digest.hex()):
        raise DraftError(_("it is the draft of another pack or expert"))
    try:
        for text in draft.settings.values():
            bytes_of(text)
        datetime.fromisoformat(draft.written)
    except (TypeError, ValueError):
        raise DraftError(_("it is damaged or not of this program")) from None


def _found(
    desk: Desk, file: Path, draft: Draft, work: DeskWork, standing: Standing
) -> FoundDraft:
    complete, applications = _progress(desk, work)
    return FoundDraft(
        file=file,
        written=datetime.fromisoformat(draft.written),
        complete=complete,
        applications=applications,
        revision=work.signed[-1].revision if work.signed else 0,
        standing=standing,
    )


def _work(desk: Desk, unit: DeskUnit) -> DeskWork:
    return work_of(unit, desk.signing_key(unit), desk.assigned)


def _standing(desk: Desk, unit: DeskUnit, draft: Draft) -> Standing:
    work = _work(desk, unit)
    state = state_of(to_data(work))
    if draft.state == state:
        return Standing.SAME
    states = _states(unit)
    grew_here = states[: len(draft.states)] == list(draft.states)
    if not grew_here and (not work.begun or state in draft.states):
        return Standing.NEWER
    return Standing.OLDER if grew_here or draft.state in states else Standing.PARTED


def _refuse_loss(standing: Standing, file: Path) -> None:
    if standing is Standing.OLDER:
        raise DraftError(
            _("The draft “{file}” is older than what is on this computer; go on here").format(
                file=file.name
            )
        )
    if standing is Standing.PARTED:
        raise DraftError(
            _(
                "This computer holds work that is not in the draft “{file}”, and it would be "
                "lost. Go on here; or remove this pack's data here first (expert wipe)"
            ).format(file=file.name)
        )


def _refuse_other_work(desk: Desk, file: Path, states: list[str]) -> None:
    """Never write over work that is not on this desk; a file nobody can read is no work."""
    if not file.is_file() or _grew_from(desk, file, states):
        return
    try:
        found = look_at(desk, file)
    except DraftError:
        return
    if found.standing in {Standing.NEWER, Standing.PARTED}:
        raise DraftError(
            _(
                "The draft “{file}” holds work of another computer that is not on this one; "
                "it stays. Choose another place for the draft of this computer"
            ).format(file=file)
        )


def _grew_from(desk: Desk, file: Path, states: list[str]) -> bool:
    """Tell whether the draft is one that this desk's work grew from, the usual case.

    Then nothing else in it can be lost, and the marks in it need not be looked at one by one.
    """
    try:
        before = list(open_draft(_bytes(file), desk.pack.identity).states)
    except DraftError:
        return False
    return states[: len(before)] == before


def _write(file: Path, data: bytes) -> None:
    write_file(file, data)
    try:
        written = file.read_bytes()
    except OSError as error:
        raise disk_fault(error, file) from None
    if written != data:
        raise StorageError(
            _("“{file}” does not read back as written; use another stick").format(file=file)
        )


def _progress(desk: Desk, work: DeskWork) -> tuple[int, int]:
    """Return how many applications are complete, and of how many."""
    gone = {recusal.application for recusal in work.recusals}
    mine = [each for number, each in desk.assigned.items() if number not in gone]
    answers = work.answers()
    statuses = (application_status(desk, each, answers.get(each.number, {})) for each in mine)
    return sum(each.complete for each in statuses), len(mine)


def _states(unit: DeskUnit) -> list[str]:
    data = unit.setting(_STATES)
    return [str(each) for each in json.loads(data)] if data else []


def _keep_states(unit: DeskUnit, states: list[str] | tuple[str, ...]) -> None:
    unit.set_setting(_STATES, json.dumps(list(states)).encode())
