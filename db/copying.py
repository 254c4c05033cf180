"""Copies of a database file under another key, and putting one in a file's place."""

import contextlib
from pathlib import Path

from db.begin import OUTSIDE
from db.engine import connect_file
from reviewer_app.core.atomic import disk_fault, sync_folder
from reviewer_app.core.errors import StorageError
from reviewer_app.core.messages import _

_WAITING = ".restored"


def copy_file(path: Path, key: bytes, target: Path, new_key: bytes) -> None:
    """Copy the file as it stands at this moment to ``target``, encrypted under ``new_key``.

    Others may go on writing meanwhile; ``target`` must not exist. The copy is read through
    before this returns. Raises StorageError, and leaves no part of a copy then.
    """
    target.touch(0o600, exist_ok=False)
    engine = connect_file(path, key)
    try:
        with engine.connect().execution_options(**OUTSIDE) as connection:
            run = connection.exec_driver_sql
            run(f"ATTACH DATABASE ? AS copy KEY \"x'{new_key.hex()}'\"", (str(target),))
            run("BEGIN")  # one moment for all tables
            run("SELECT sqlcipher_export('copy')").all()
            run("COMMIT")
            run("DETACH DATABASE copy")
        _read_through(target, new_key)
    except BaseException:
        remove_file(target)
        raise
    finally:
        engine.dispose()


def put_in_place(fresh: Path, path: Path, aside: Path) -> Path | None:
    """Give ``fresh`` the name ``path``; what had it is kept as ``aside``, which is returned.

    What SQLite keeps beside the old file moves along: it may hold the last minutes of one that
    was not closed. Raises StorageError; then ``path`` is what it was. Where a program ends in
    the middle, ``finish`` goes on.
    """
    moved: list[tuple[Path, Path]] = []
    waiting = path.with_name(f"{aside.name}{_WAITING}")
    try:
        fresh.rename(waiting)
        sync_folder(path.parent)
        for old, kept in zip(_with_sides(path), _with_sides(aside), strict=True):
            if old.exists():
                old.rename(kept)
                moved.append((old, kept))
        sync_folder(path.parent)  # the old one is safe before the new one has its name
        waiting.rename(path)
        sync_folder(path.parent)
    except OSError as error:
        for old, kept in moved:
            kept.rename(old)
        remove_file(waiting)
        raise disk_fault(error, path) from None
    return aside if moved else None


def cut_short(path: Path) -> bool:
    """Tell whether a program ended while a copy was taking the place of ``path``."""
    return bool(_waiting(path))


def finish(path: Path) -> None:
    """Complete what ``put_in_place`` had begun, or undo it where nothing had moved yet.

    Raises StorageError.
    """
    try:
        for waiting in _waiting(path):
            if path.exists():
                waiting.unlink()
                continue
            aside = waiting.with_name(waiting.name.removesuffix(_WAITING))
            for side, kept in zip(_with_sides(path), _with_sides(aside), strict=True):
                if side.exists():  # of the old file: the new one is whole without
                    side.rename(kept)
            waiting.rename(path)
            sync_folder(path.parent)
    except OSError as error:
        raise disk_fault(error, path) from None


def _waiting(path: Path) -> list[Path]:
    """Return whole copies that are about to take the place of ``path``.

    Their name says where the old file goes, so that the next start can go on.
    """
    return sorted(path.parent.glob(f"*{_WAITING}"))


def remove_file(path: Path) -> None:
    """Remove a database file with what SQLite keeps beside it, if it is there."""
    for each in _with_sides(path):
        with contextlib.suppress(OSError):
            each.unlink(missing_ok=True)


def _with_sides(path: Path) -> list[Path]:
    return [path.with_name(path.name + side) for side in ("", "-wal", "-shm", "-journal")]


def _read_through(path: Path, key: bytes) -> None:
    """Raise StorageError unless every page and every reference of the copy holds."""
    engine = connect_file(path, key)
    try:
        with engine.connect().execution_options(**OUTSIDE) as connection:
            pages = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            connection.exec_driver_sql("PRAGMA journal_mode = DELETE")
    finally:
        engine.dispose()
    if pages != ["ok"] or broken:
        raise StorageError(_("The copy “{path}” does not read back; repeat").format(path=path))
