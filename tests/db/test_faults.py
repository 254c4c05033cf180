"""Every fault of a driver that the world can cause has a sentence; bugs have none."""

import psycopg
import pytest
from psycopg import errors
from sqlcipher3 import dbapi2

import db
from db.faults import sentence_for


class FileFault(dbapi2.OperationalError):  # type: ignore[misc]  # the driver ships no types
    """What the driver raises, with the code that SQLite gave."""

    def __init__(self, code: int, words: str = "words") -> None:
        super().__init__(words)
        self.sqlite_errorcode = code


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (FileFault(13), "is full"),
        (FileFault(5), "in use by another"),
        (FileFault(6), "in use by another"),
        (FileFault(517), "in use by another"),  # SQLITE_BUSY_SNAPSHOT
        (FileFault(8), "cannot be written to"),
        (FileFault(1032), "cannot be written to"),  # SQLITE_READONLY_DBMOVED
        (FileFault(10), "does not answer"),
        (FileFault(4874), "does not answer"),  # SQLITE_IOERR_SHMSIZE
        (FileFault(11), "is damaged"),
        (FileFault(14), "cannot be opened"),
        (FileFault(26), "does not open with this key"),
        (FileFault(19, "UNIQUE constraint failed: round.id"), "written the same entry"),
        (errors.DiskFull(), "is full"),
        (errors.LockNotAvailable(), "in use by another"),
        (errors.DeadlockDetected(), "in use by another"),
        (errors.ReadOnlySqlTransaction(), "cannot be written to"),
        (errors.InsufficientPrivilege(), "cannot be opened"),
        (errors.InvalidCatalogName(), "no such database"),
        (errors.InvalidPassword(), "cannot be reached"),
        (errors.AdminShutdown(), "cannot be reached"),
        (errors.UniqueViolation(), "written the same entry"),
        (psycopg.OperationalError("connection failed"), "cannot be reached"),
    ],
)
def test_a_fault_of_the_world_has_a_sentence(error: Exception, sentence: str) -> None:
    text = sentence_for(error)
    assert sentence in text
    assert "{place}" in text


@pytest.mark.parametrize(
    "error",
    [
        FileFault(1, "no such table: mark"),
        FileFault(19, "FOREIGN KEY constraint failed"),
        FileFault(19, "NOT NULL constraint failed: round.title"),
        errors.SyntaxError(),
        errors.UndefinedTable(),
        errors.ForeignKeyViolation(),
        ValueError("bug"),
    ],
)
def test_a_bug_has_none(error: Exception) -> None:
    assert sentence_for(error) == ""


def test_a_server_that_restarted_between_two_steps_is_no_fault(server: str) -> None:
    bureau = db.open_bureau_server(server)
    with bureau() as unit:
        unit.set_setting("before", b"1")
        unit.commit()
    with psycopg.connect(server, autocommit=True) as other:  # all its connections are cut
        cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        other.execute(
            f"{cut} WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
    with bureau() as unit:
        assert unit.setting("before") == b"1"
    bureau.close()
