"""Opens an encrypted file the one right way."""

import os
from pathlib import Path
from typing import Literal

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry
from sqlcipher3 import dbapi2

from db.faults import explain_faults
from db.upgrade import bring_up_to_date
from reviewer_app.core.atomic import disk_fault
from reviewer_app.core.errors import StorageError
from reviewer_app.core.messages import _

Family = Literal["bureau", "desk"]
BUSY_SECONDS = 10
KEY_SIZE = 32
PAGE_SIZE = 4096
CHECKED_AT_OPENING = 32 << 20
"""Files up to this size are read through when they are opened, which takes up to 0.4 s."""
LOG_PAGES = 256
"""The write-ahead log is folded in after this many pages, so that it needs little room."""


def open_file(path: Path, key: bytes, family: Family) -> Engine:
    """Return a ready engine on ``path``: whole, migrated, owned by this user alone.

    The file is made if absent; an existing one is checked first. Raises StorageError.
    """
    engine = connect_file(path, key)
    try:
        _reserve(path)
        _check(engine, path)
        bring_up_to_date(engine, family, path)
    except BaseException:
        engine.dispose()
        raise
    return engine


def connect_file(path: Path, key: bytes) -> Engine:
    """Return an engine on ``path`` with real transactions, as it is and unchecked.

    The driver's own transactions leave out DDL: they are switched off and BEGIN is emitted
    here, so that a failed migration leaves nothing behind.
    """
    if len(key) != KEY_SIZE:
        raise ValueError("the key of a database file has 32 bytes")
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        module=dbapi2,
        connect_args={"isolation_level": None, "timeout": BUSY_SECONDS},
    )
    explain_faults(engine, str(path))

    @event.listens_for(engine, "connect")
    def unlock(raw: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
        cursor = raw.cursor()
        for pragma in (
            "cipher_log_level = NONE",  # faults are ours to explain, not standard error's
            f"key = \"x'{key.hex()}'\"",
            "foreign_keys = ON",
            "journal_mode = WAL",
            "synchronous = FULL",
            "secure_delete = ON",
            "temp_store = MEMORY",
            f"wal_autocheckpoint = {LOG_PAGES}",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        statement = connection.get_execution_options().get("begin", "BEGIN")
        if statement:
            connection.exec_driver_sql(statement)

    return engine


def _reserve(path: Path) -> None:
    """Make the file with rights for its owner alone; SQLite gives its side files the same."""
    if path.is_dir():
        raise StorageError(_("“{path}” is a folder, not a database").format(path=path))
    try:
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise disk_fault(error, path) from None
    if path.stat().st_size % PAGE_SIZE and not path.with_name(f"{path.name}-wal").exists():
        raise _damaged(path, _("its end is missing"))  # SQLite would take a stub for a new file


def _check(engine: Engine, path: Path) -> None:
    """Raise StorageError unless the key fits and, in a file of usual size, every page holds.

    A page is authenticated whenever it is read; walking through all of them here only tells
    earlier. Of a file that has grown large (scans) opening would take seconds.
    """
    usual = path.stat().st_size <= CHECKED_AT_OPENING
    pragma = "quick_check" if usual else "schema_version"
    with engine.connect() as connection:
        found = connection.exec_driver_sql(f"PRAGMA {pragma}").scalars().all()
    if usual and found != ["ok"]:
        raise _damaged(path, str(found[0])[:80])


def _damaged(path: Path, what: str) -> StorageError:
    return StorageError(
        _(
            "“{path}” is damaged ({what}); it was left as it is. "
            "Keep a copy of it and go back to the last backup"
        ).format(path=path, what=what)
    )
