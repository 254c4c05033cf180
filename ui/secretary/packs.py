"""Where an issued round's packs and slips lie, and copies of packs on sticks, read back."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from reviewer_app.core.atomic import disk_fault, write_file
from reviewer_app.core.errors import StorageError
from reviewer_app.core.messages import _
from reviewer_app.core.round import ExpertNumber, PackId, RoundId
from reviewer_app.services.handover import Slip, SlipState, slips_of
from reviewer_app.services.packing import PACK_SUFFIX
from reviewer_app.services.seating import load_seating
from ui.secretary.outline import OpenUnit
from ui.work import Report


@dataclass(frozen=True, slots=True)
class PackFile:
    """A pack that was issued: where it was written, 0 bytes if it is not there any more.

    ``slip_file`` is the paper on which its passcode stands.
    """

    expert: ExpertNumber
    path: Path
    size: int
    applications: int
    withdrawn: str
    pack_id: PackId
    slip: SlipState
    slip_file: Path


@dataclass(frozen=True, slots=True)
class IssuedFiles:
    """Everything an issue left on this machine, and the fingerprint on every slip."""

    packs: tuple[PackFile, ...]
    folder: Path
    slips: Path
    bureau_fingerprint: str


def remember_places(open_bureau: OpenUnit, round_id: RoundId, out: Path, slips: Path) -> None:
    """Keep where the packs and slips of a round were written."""
    with open_bureau() as unit:
        unit.set_setting(f"packs:{round_id}", str(out).encode())
        unit.set_setting(f"slips:{round_id}", str(slips).encode())
        unit.commit()


def issued_files(open_bureau: OpenUnit, round_id: RoundId, usual: Path) -> IssuedFiles:
    """Return the packs of an issued round as they lie on this machine."""
    with open_bureau() as unit:
        seating = load_seating(unit, round_id)
        known = slips_of(unit, round_id)
        kept = unit.setting(f"packs:{round_id}"), unit.setting(f"slips:{round_id}")
    folder = Path(kept[0].decode()) if kept[0] else usual / "packs"
    slips = Path(kept[1].decode()) if kept[1] else usual / "slips.pdf"
    packs = []
    for seat in sorted(seating.seats, key=lambda each: each.expert):
        path = folder / f"{seat.expert}-{seat.pack_id}{PACK_SUFFIX}"
        size = path.stat().st_size if path.is_file() else 0
        given = len(seating.assigned(seat.expert))
        slip = known.get(seat.pack_id, Slip())
        pack = PackFile(
            seat.expert,
            path,
            size,
            given,
            seat.withdrawn,
            seat.pack_id,
            slip.state,
            slip.file or slips,
        )
        packs.append(pack)
    key = hashlib.sha256(seating.round.document.bureau_key).hexdigest()[:16].upper()
    words = " ".join(key[place : place + 4] for place in range(0, 16, 4))
    return IssuedFiles(tuple(packs), folder, slips, words)


def copy_packs(
    packs: Sequence[PackFile],
    folder: Path,
    copied: dict[str, Path],
    report: Report,
) -> None:
    """Copy packs one by one, each read back and noted in ``copied``; a stop keeps those."""
    for done, pack in enumerate(packs):
        report(done, len(packs), pack.path.name)
        copied[pack.expert] = copy_pack(pack.path, folder)
    report(len(packs), len(packs), "")


def copy_pack(pack: Path, folder: Path) -> Path:
    """Copy a pack to a stick and read it back; raises StorageError if it differs."""
    try:
        data = pack.read_bytes()
    except OSError as error:
        raise disk_fault(error, pack) from error
    target = folder / pack.name
    write_file(target, data)
    try:
        again = target.read_bytes()
    except OSError as error:
        raise disk_fault(error, target) from error
    if hashlib.sha256(again).digest() != hashlib.sha256(data).digest():
        raise StorageError(
            _("“{path}” does not read back as written; take another stick").format(path=target)
        )
    return target
