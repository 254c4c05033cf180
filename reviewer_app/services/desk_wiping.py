"""Remove an expert's data from this machine, and say what was removed."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from reviewer_app.core.atomic import disk_fault
from reviewer_app.core.round import PackId
from reviewer_app.services.desk import PACKS, desk_folder
from reviewer_app.services.desk_hold import LOCK_FILE, hold_desk
from reviewer_app.services.desk_key import FILE, forget_secret


@dataclass(frozen=True, slots=True)
class RemovedFile:
    """A file that is gone, and how large it was."""

    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Wiped:
    """What a wipe removed; copies that a backup or the file system made are beyond it."""

    pack_id: PackId
    folder: Path
    files: tuple[RemovedFile, ...]
    secret_place: str | None
    """Where this machine's half of the key lay: ``keyring`` or ``file``."""


def wipe(home: Path, pack_id: str) -> Wiped:
    """Remove the opened pack, the marks, the key; works without the passcode.

    The key goes first: from then on nothing that is left can be read. Raises NotFoundError,
    KeyStoreError, StorageError (also while another program has the pack open); a second call
    finishes what was interrupted.
    """
    folder = _folder(home, pack_id)
    hold = hold_desk(folder)
    files = tuple(
        RemovedFile(path.name, path.stat().st_size)
        for path in sorted(folder.iterdir())
        if path.is_file() and path.name != LOCK_FILE
    )
    place = forget_secret(home, folder) if (folder / FILE).exists() else None
    try:
        for name in (FILE, *(each.name for each in files)):
            (folder / name).unlink(missing_ok=True)
        hold.release()  # Windows removes no file that is open
        shutil.rmtree(folder)
    except OSError as error:
        raise disk_fault(error, folder) from None
    return Wiped(PackId(pack_id), folder, files, place)


def _folder(home: Path, pack_id: str) -> Path:
    leftover = home / PACKS / pack_id
    if "/" not in pack_id and "\\" not in pack_id and (leftover / FILE).is_file():
        return leftover
    return desk_folder(home, pack_id)
