"""Back up the bureau's rounds into one file, and bring them back on this or another computer.

The file is a ZIP of two entries: ``backup.json`` says what it is, ``bureau.db`` is the whole
database, encrypted under a key that twenty characters of a code give. It holds every round,
signed document, sheet, scan and log line and the bureau's signing key; not the materials and
packs, which lie in folders of their own, and no expert's desk.
"""

import hashlib
import secrets
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from reviewer_app.core.atomic import creating, private_folder, write_file
from reviewer_app.core.errors import (
    ArchiveError,
    DocumentError,
    KeyStoreError,
    PasscodeError,
    RoundStateError,
    StorageError,
)
from reviewer_app.core.messages import _
from reviewer_app.core.safe_zip import SafeZip, ZipLimits, open_zip
from reviewer_app.services.key_wrapping import Stretching, derive, new_stretching, stretch
from reviewer_app.services.ports import OpenBureau
from reviewer_app.sheets import json_text
from reviewer_app.sheets.passcode import new_passcode, normalise

FILE_TYPE = "reviewer-app/backup/1"
SUFFIX = ".reviewbackup"
_HEADER, _DATABASE = "backup.json", "bureau.db"
_LIMITS = ZipLimits(entries=2, entry_bytes=4096 << 20, total_bytes=4097 << 20)
_MOST_HEADER = 1 << 14
_CHECK = "backup code check"


class BackupNeeds(Protocol):
    """What a backup asks of the program, as ``cli.context.Context`` carries it."""

    @property
    def home(self) -> Path:
        """Where the database lies."""
        ...

    @property
    def open_bureau(self) -> OpenBureau:
        """Starts a unit of work on the bureau's database."""
        ...

    @property
    def copy_bureau(self) -> Callable[[Path, bytes], None]:
        """Copies the database as it stands into a new file under another key."""
        ...

    @property
    def hold_bureau(self) -> Callable[[], object]:
        """Keeps other windows off the rounds."""
        ...

    @property
    def restore_bureau(self) -> Callable[[Path, bytes, Path], Path | None]:
        """Puts a copy in the database's place and returns where the earlier one was kept."""
        ...


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was written and read back; ``code`` opens it, ``size`` in bytes."""

    path: Path
    code: str = field(repr=False)
    rounds: int
    size: int


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back; ``aside`` is where the rounds that were here before are kept."""

    rounds: int
    made: datetime
    aside: Path | None


def back_up(needs: BackupNeeds, path: Path, now: datetime, code: str = "") -> Backup:
    """Write every round into a new file at ``path`` and read it back.

    ``code`` is used if given, else a new one is made. Raises StorageError where ``path`` is
    taken or cannot be written, RoundStateError for rounds on a server, PasscodeError.
    """
    code, how = normalise(code) if code else new_passcode(), new_stretching()
    key = stretch(code.encode(), how)
    if path.exists():
        raise _taken(path)
    with _private_file(needs.home) as copy:
        needs.copy_bureau(copy, key)
        with needs.open_bureau() as unit:
            rounds = len(unit.rounds())
        header = {
            "type": FILE_TYPE,
            "made": now.isoformat(timespec="seconds"),
            "rounds": rounds,
            "stretching": how.as_data(),
            "check": derive(key, _CHECK).hex(),
            "sha256": _sha256(copy),
        }
        _write(path, json_text.encode(header), copy)
    _read_back(path, str(header["sha256"]))
    return Backup(path, code, rounds, path.stat().st_size)


def restore(
    needs: BackupNeeds, path: Path, code: str, now: datetime, *, replace: bool = False
) -> Restored:
    """Bring back the rounds of a backup; what was here before is kept in a file aside.

    Raises RoundStateError where rounds are here and ``replace`` is not said, PasscodeError for
    a wrong code, ArchiveError for a file that is no whole backup, StorageError, also where
    another window has the rounds open. A program that ends in the middle has changed nothing
    yet, or the next start completes it.
    """
    archive, header = _open(path)
    made = _made(header, path)
    here = rounds_here(needs)
    if here and not replace:
        raise RoundStateError(
            _(
                "{count} rounds are on this computer already, and a backup takes their place. "
                "Back them up first; with --replace they are kept in a file aside"
            ).format(count=here)
        )
    key = _key(header, code, path)
    data = archive.read(_DATABASE)
    if hashlib.sha256(data).hexdigest() != header["sha256"]:
        raise ArchiveError(_damaged(path))
    needs.hold_bureau()
    never_used = _never_used(needs)
    aside = needs.home / f"bureau.before-restore-{now:%Y%m%d-%H%M%S}.db"
    with _private_file(needs.home) as copy:
        write_file(copy, data)
        kept = needs.restore_bureau(copy, key, aside)
    if kept and never_used:
        kept.unlink()
        kept = None
    with needs.open_bureau() as unit:
        rounds = len(unit.rounds())
    return Restored(rounds, made, kept)


def rounds_here(needs: BackupNeeds) -> int:
    """Return how many rounds are on this computer; a damaged database counts as one."""
    try:
        with needs.open_bureau() as unit:
            return len(unit.rounds())
    except StorageError:
        return 1


def _never_used(needs: BackupNeeds) -> bool:
    """Tell whether the database holds nothing a person made: no round, not even a key."""
    try:
        with needs.open_bureau() as unit:
            return not unit.rounds() and unit.setting("bureau-key") is None
    except StorageError:
        return False


def looks_like_backup(path: Path) -> int:
    """Return how many rounds a backup says it holds; raises ArchiveError for another file."""
    return int(str(_open(path)[1]["rounds"]))


@contextmanager
def _private_file(home: Path) -> Iterator[Path]:
    """Yield a name in the home that nothing has; what is put there is gone afterwards."""
    copy = private_folder(home) / f".backup-{secrets.token_hex(6)}.db"
    try:
        yield copy
    finally:
        copy.unlink(missing_ok=True)


def _write(path: Path, header: bytes, copy: Path) -> None:
    try:
        with (
            creating(path) as stream,
            zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive,
        ):
            archive.writestr(zipfile.ZipInfo(_HEADER), header)
            with (
                copy.open("rb") as source,
                archive.open(zipfile.ZipInfo(_DATABASE), "w") as out,
            ):
                while chunk := source.read(1 << 20):
                    out.write(chunk)
    except FileExistsError:
        raise _taken(path) from None


def _read_back(path: Path, sha256: str) -> None:
    """Raise StorageError and remove the file unless the medium gives back what was written."""
    try:
        archive, _header = _open(path)
        whole = hashlib.sha256(archive.read(_DATABASE)).hexdigest() == sha256
    except ArchiveError:
        whole = False
    if not whole:
        path.unlink(missing_ok=True)
        raise StorageError(
            _("“{path}” did not read back as written; use another medium").format(path=path)
        )


def _open(path: Path) -> tuple[SafeZip, dict[str, object]]:
    archive = open_zip(path, _LIMITS)
    if set(archive.names()) != {_HEADER, _DATABASE} or archive.size(_HEADER) > _MOST_HEADER:
        raise ArchiveError(_("“{name}” is not a backup of this program").format(name=path.name))
    try:
        header = json_text.decode(archive.read(_HEADER))
    except DocumentError:
        raise ArchiveError(_damaged(path)) from None
    match header:
        case {
            "type": str(kind),
            "made": str(),
            "rounds": int(),
            "stretching": dict(),
            "check": str(),
            "sha256": str(),
        } if kind == FILE_TYPE:
            return archive, header
    raise ArchiveError(_("“{name}” is not a backup of this program").format(name=path.name))


def _made(header: dict[str, object], path: Path) -> datetime:
    try:
        made = datetime.fromisoformat(str(header["made"]))
    except ValueError:
        raise ArchiveError(_damaged(path)) from None
    if made.tzinfo is None:
        raise ArchiveError(_damaged(path))
    return made


def _key(header: dict[str, object], code: str, path: Path) -> bytes:
    try:
        how = Stretching(**header["stretching"])  # type: ignore[arg-type]
        key = stretch(normalise(code).encode(), how)
    except (KeyStoreError, TypeError, ValueError):
        raise ArchiveError(_damaged(path)) from None
    if derive(key, _CHECK).hex() != header["check"]:
        raise PasscodeError(
            _("The code is typed correctly, but it is not that of “{name}”").format(
                name=path.name
            )
        )
    return key


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _damaged(path: Path) -> str:
    return _("“{name}” is damaged; nothing was changed on this computer").format(name=path.name)


def _taken(path: Path) -> StorageError:
    return StorageError(
        _("“{path}” exists already and was left as it is; choose another name").format(
            path=path
        )
    )
