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
from reviewer_app.core.errors import StorageError
from reviewer_app.core.messages import _

Family = Literal["bureau", "desk"]
BUSY_SECONDS = 10
KEY_SIZE = 32
IMMEDIATE = "immediate"
"""Execution option: begin by taking the write lock, so that writers take turns."""


def open_file(path: Path, key: bytes, family: Family) -> Engine:
    """Return a ready engine on ``path``: whole, migrated, owned by this user alone.

    The file is made if absent; every page of an existing one is checked against its
    authentication code first. Raises StorageError.
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
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        immediate = connection.get_execution_options().get(IMMEDIATE)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

    return engine


def _reserve(path: Path) -> None:
    """Make the file with rights for its owner alone; SQLite gives its side files the same."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except PermissionError:
        if not path.exists():
            raise
    except IsADirectoryError:
        raise StorageError(
            _("“{path}” is a folder, not a database").format(path=path)
        ) from None


def _check(engine: Engine, path: Path) -> None:
    """Raise StorageError unless every page authenticates and the structure holds.

    The authentication codes do not show a file cut at a page boundary; the structure does.
    """
    with engine.connect() as connection:
        torn = connection.exec_driver_sql("PRAGMA cipher_integrity_check").fetchall()
        found = connection.exec_driver_sql("PRAGMA quick_check").scalars().all()
    if torn or found != ["ok"]:
        raise StorageError(
            _(
                "“{path}” is damaged ({what}); it was left as it is. "
                "Keep a copy of it and go back to the last backup"
            ).format(path=path, what=str(torn[0][0] if torn else found[0])[:80])
        )
