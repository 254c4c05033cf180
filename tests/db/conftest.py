"""Real databases: encrypted files, and a real server where PostgreSQL is installed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

import db
from db.bureau import BureauDatabase
from db.desk import DeskDatabase
from db.tables import BureauTable
from tests.db.server import find_server, running_server

KEY = bytes(range(32))


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    programs = find_server()
    if programs is None:
        pytest.skip("PostgreSQL is not installed")
    with running_server(programs) as address:
        yield address


@pytest.fixture(params=["file", "server"])
def bureau(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[BureauDatabase]:
    """Start units of work on an empty bureau: on a file, then on a server."""
    if request.param == "file":
        database = db.open_bureau(tmp_path / "bureau.db", KEY)
    else:
        database = db.open_bureau_server(request.getfixturevalue("server"))
        names = ", ".join(table.name for table in BureauTable.metadata.sorted_tables)
        with database.engine.begin() as connection:
            connection.execute(text(f"TRUNCATE {names}"))
    yield database
    database.close()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[DeskDatabase]:
    database = db.open_desk(tmp_path / "desk.db", KEY)
    yield database
    database.close()
