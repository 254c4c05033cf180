"""Migrations: the tables they make, copies before them, newer files, released files."""

import os
import shutil
import stat
from pathlib import Path
from typing import Literal

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import MetaData, text

import db
from db.engine import connect_file, open_file
from db.server import connect_server, open_server
from db.tables import BureauTable, DeskTable
from db.upgrade import HEADS, MIGRATIONS, revision_of
from reviewer_app.core.errors import InputError, StorageError
from tests.db.conftest import KEY
from tests.db.examples import (
    BUREAU_AS_STORED,
    DESK_AS_STORED,
    everything_in_bureau,
    everything_on_desk,
    fill_desk,
)

Family = Literal["bureau", "desk"]
TABLES: dict[Family, MetaData] = {"bureau": BureauTable.metadata, "desk": DeskTable.metadata}
RELEASED = Path(__file__).parent / "released"

NEXT = """
import sqlalchemy as sa
from alembic import op

revision = "desk_0003"
down_revision = "desk_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("note") as batch:
        batch.add_column(sa.Column("colour", sa.Text(), server_default="yellow"))
    op.create_table("later", sa.Column("a", sa.Text()))
    FAULT
"""


@pytest.fixture
def next_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Pretend that the next version has one more migration; return its script."""
    folder = tmp_path / "migrations 100%"
    shutil.copytree(MIGRATIONS, folder)
    monkeypatch.setattr("db.upgrade.MIGRATIONS", folder)
    monkeypatch.setitem(HEADS, "desk", "desk_0003")
    script = folder / "versions" / "desk" / "desk_0003_next.py"
    script.write_text(NEXT.replace("FAULT", ""), "utf-8")
    return script


def make_desk(path: Path) -> None:
    """Make a desk as this version does."""
    database = db.open_desk(path, KEY)
    with database() as unit:
        fill_desk(unit)
        unit.commit()
    database.close()


def desk_at(path: Path) -> tuple[str | None, list[str]]:
    """Return a file's migration and tables without migrating it."""
    engine = connect_file(path, KEY)
    with engine.connect() as connection:
        names = connection.scalars(
            text("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        ).all()
    revision = revision_of(engine)
    engine.dispose()
    return revision, list(names)


@pytest.mark.parametrize("family", ["bureau", "desk"])
def test_migrations_make_the_tables_of_the_program(family: Family, tmp_path: Path) -> None:
    engine = open_file(tmp_path / "file.db", KEY, family)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, TABLES[family]) == []
        assert revision_of(engine) == HEADS[family]
    engine.dispose()


def test_migrations_make_the_tables_of_the_program_on_a_server(server: str) -> None:
    engine = open_server(server)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, BureauTable.metadata) == []
    engine.dispose()


def test_an_old_file_is_copied_then_migrated_with_its_data(
    tmp_path: Path, next_version: Path
) -> None:
    del next_version
    path = tmp_path / "desk.db"
    with pytest.MonkeyPatch.context() as before:
        before.setitem(HEADS, "desk", "desk_0002")
        before.setattr("db.upgrade.MIGRATIONS", MIGRATIONS)
        make_desk(path)
    database = db.open_desk(path, KEY)
    with database() as unit:
        assert everything_on_desk(unit) == DESK_AS_STORED
        colours = unit._session.scalars(text("SELECT colour FROM note")).all()
    database.close()
    assert colours == ["yellow"]
    copy = tmp_path / "desk.before-desk_0003.db"
    assert desk_at(copy)[0] == "desk_0002"
    assert "later" not in desk_at(copy)[1]
    if os.name != "nt":
        assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert not list(tmp_path.glob("*.partial"))


def test_a_migration_that_fails_leaves_the_file_as_it_was(
    tmp_path: Path, next_version: Path
) -> None:
    path = tmp_path / "desk.db"
    with pytest.MonkeyPatch.context() as before:
        before.setitem(HEADS, "desk", "desk_0002")
        before.setattr("db.upgrade.MIGRATIONS", MIGRATIONS)
        make_desk(path)
        found = desk_at(path)
    next_version.write_text(NEXT.replace("FAULT", "raise KeyError('bug')"), "utf-8")
    with pytest.raises(KeyError, match="bug"):
        db.open_desk(path, KEY)
    assert desk_at(path) == found
    next_version.write_text(NEXT.replace("FAULT", ""), "utf-8")
    database = db.open_desk(path, KEY)
    with database() as unit:
        assert everything_on_desk(unit) == DESK_AS_STORED
    database.close()


def test_a_newer_file_is_refused_by_name_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    make_desk(path)
    engine = connect_file(path, KEY)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'desk_0417'"))
    engine.dispose()
    before = path.read_bytes()
    with pytest.raises(
        StorageError, match=r"desk\.db” was made by a newer version .*desk_0417"
    ):
        db.open_desk(path, KEY)
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["desk.db"]


def test_a_newer_server_is_refused(server: str) -> None:
    engine = open_server(server)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'bureau_0417'"))
    try:
        with pytest.raises(StorageError, match="newer version"):
            open_server(server)
    finally:
        with engine.begin() as connection:
            connection.execute(
                text("UPDATE alembic_version SET version_num = :head"),
                {"head": HEADS["bureau"]},
            )
        engine.dispose()


@pytest.mark.parametrize(
    "url", ["mysql://host/db", "not an address", "sqlite:///bureau.db", ""]
)
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(InputError, match="not the address of a PostgreSQL database"):
        connect_server(url)


def test_a_server_that_is_not_there_is_said_without_the_password(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="cannot be reached") as caught:
        db.open_bureau_server(f"postgresql://bureau:s3cret@/postgres?host={tmp_path}")
    assert "s3cret" not in str(caught.value)


def test_a_database_that_is_not_there_is_said(server: str) -> None:
    with pytest.raises(StorageError):
        db.open_bureau_server(server.replace("/postgres?", "/absent?"))


@pytest.mark.parametrize("path", sorted(RELEASED.glob("desk-*.db")), ids=lambda path: path.name)
def test_desks_of_every_release_open_with_their_data(path: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copy(path, tmp_path))
    database = db.open_desk(copy, KEY)
    with database() as unit:
        assert everything_on_desk(unit) == DESK_AS_STORED
    database.close()


@pytest.mark.parametrize(
    "path", sorted(RELEASED.glob("bureau-*.db")), ids=lambda path: path.name
)
def test_bureaus_of_every_release_open_with_their_data(path: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copy(path, tmp_path))
    database = db.open_bureau(copy, KEY)
    with database() as unit:
        assert everything_in_bureau(unit) == BUREAU_AS_STORED
    database.close()


def test_this_release_is_among_the_released() -> None:
    names = {path.name for path in RELEASED.iterdir()}
    assert {"desk-0.1.0.db", "bureau-0.1.0.db"} <= names
