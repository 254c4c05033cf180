"""The databases: the bureau's rounds, and one encrypted file per expert and pack.

Implements ``services.ports``; rows and SQL never leave this package. SQLAlchemy takes a third
of a second to import, so the doors below load it at the first use, not at the start.
"""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.bureau import BureauDatabase
    from db.desk import DeskDatabase


def open_bureau(path: Path, key: bytes) -> "BureauDatabase":
    """Return what starts units of work on the bureau's file, made or migrated if need be.

    ``key`` is the raw 32-byte key of the file. Raises StorageError.
    """
    from db.bureau import BureauDatabase  # noqa: PLC0415 - see above
    from db.engine import open_file  # noqa: PLC0415 - see above

    return BureauDatabase(open_file(path, key, "bureau"))


def open_bureau_server(url: str) -> "BureauDatabase":
    """Return what starts units of work on a PostgreSQL server that several secretaries share.

    ``url`` is ``postgresql://user@host/database``. Raises InputError or StorageError.
    """
    from db.bureau import BureauDatabase  # noqa: PLC0415 - see above
    from db.server import open_server  # noqa: PLC0415 - see above

    return BureauDatabase(open_server(url))


def open_desk(path: Path, key: bytes) -> "DeskDatabase":
    """Return what starts units of work on one expert's file, made or migrated if need be.

    ``key`` is the raw 32-byte key of the file. Raises StorageError.
    """
    from db.desk import DeskDatabase  # noqa: PLC0415 - see above
    from db.engine import open_file  # noqa: PLC0415 - see above

    return DeskDatabase(open_file(path, key, "desk"))


def copy_bureau(path: Path, key: bytes, target: Path, new_key: bytes) -> None:
    """Copy the bureau's file as it stands to a new file under another key, and check the copy.

    Others may go on working meanwhile. Raises StorageError.
    """
    from db.copying import copy_file  # noqa: PLC0415 - see above

    copy_file(path, key, target, new_key)


def restore_bureau(
    copy: tuple[Path, bytes], path: Path, key: bytes, aside: Path
) -> Path | None:
    """Put a copy (its place and key) in the place of the bureau's file, under the file's key.

    What was there is renamed to ``aside``, which is returned. Nobody may have the file open.
    Raises StorageError; then all is as it was.
    """
    from db.copying import copy_file, put_in_place, remove_file  # noqa: PLC0415 - see above

    fresh = path.with_name(f"{path.name}.restoring")
    remove_file(fresh)
    copy_file(*copy, fresh, key)
    try:
        open_bureau(fresh, key).close()  # of a later version, or none of ours: refused here
        return put_in_place(fresh, path, aside)
    finally:
        remove_file(fresh)


def restore_was_cut_short(path: Path) -> bool:
    """Tell whether a program ended while a backup was taking the place of the bureau's file."""
    from db.copying import cut_short  # noqa: PLC0415 - see above

    return cut_short(path)


def finish_restore(path: Path) -> None:
    """Complete a restore that was cut short, or undo it where nothing had moved yet.

    Either way every file is there whole afterwards. Raises StorageError.
    """
    from db.copying import finish  # noqa: PLC0415 - see above

    finish(path)
