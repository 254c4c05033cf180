"""Brings a database to the tables of this version, keeping a copy of what was there."""

from pathlib import Path
from typing import Literal

from sqlalchemy import Connection, Engine, inspect, text

from db.begin import OUTSIDE, WRITING
from reviewer_app.core.errors import StorageError
from reviewer_app.core.messages import _

HEADS = {"bureau": "bureau_0004", "desk": "desk_0002"}
"""The newest migration of each family; kept here so that opening need not load Alembic."""
MIGRATIONS = Path(__file__).parent / "migrations"
_SERVER_LOCK = 7_310_584_201
"""Any number of our own: secretaries who start at once migrate in turn."""


def bring_up_to_date(
    engine: Engine, family: Literal["bureau", "desk"], path: Path | None
) -> None:
    """Migrate the database to ``HEADS[family]`` in one transaction.

    A file (``path``) is first copied beside itself. Raises StorageError for a database of a
    newer version, which is left as it is.
    """
    found = revision_of(engine)
    if found == HEADS[family]:
        return
    if found is not None:
        _refuse_newer(found, family, path)
    if found is not None and path is not None:
        back_up(engine, path, HEADS[family])
    with engine.connect().execution_options(**WRITING) as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"SELECT pg_advisory_xact_lock({_SERVER_LOCK})"))
        _migrate(connection, family)
    if path is not None:
        _fold_in_log(engine)


def revision_of(engine: Engine) -> str | None:
    """Return the migration the database stands at, or None for an empty one."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return None if found is None else str(found)


def back_up(engine: Engine, path: Path, head: str) -> Path:
    """Copy the file as it stands, under the same key, beside itself; return where."""
    target = path.with_name(f"{path.stem}.before-{head}{path.suffix}")
    partial = target.with_name(target.name + ".partial")
    partial.unlink(missing_ok=True)
    partial.touch(0o600)
    try:
        with engine.connect().execution_options(**OUTSIDE) as connection:
            connection.exec_driver_sql("VACUUM INTO ?", (str(partial),))
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
    return target


def _fold_in_log(engine: Engine) -> None:
    """Give the new tables their place in the file now, while there is room on the disk."""
    with engine.connect().execution_options(**OUTSIDE) as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint")


def _refuse_newer(found: str, family: str, path: Path | None) -> None:
    from alembic.script import ScriptDirectory  # noqa: PLC0415 - only needed off the usual way

    script = ScriptDirectory(str(MIGRATIONS), version_locations=[str(_folder(family))])
    if found in {revision.revision for revision in script.walk_revisions()}:
        return
    raise StorageError(
        _(
            "“{place}” was made by a newer version of this program (tables {found}, "
            "this version knows {known}); it was left as it is. Install the newer version"
        ).format(place=path or _("The database"), found=found, known=HEADS[family])
    )


def _folder(family: str) -> Path:
    return MIGRATIONS / "versions" / family


def _migrate(connection: Connection, family: str) -> None:
    from alembic import command  # noqa: PLC0415 - only needed off the usual way
    from alembic.config import Config  # noqa: PLC0415 - only needed off the usual way

    config = Config()
    for option, value in (
        ("script_location", str(MIGRATIONS)),
        ("path_separator", "newline"),
        ("version_locations", str(_folder(family))),
    ):
        config.set_main_option(option, value.replace("%", "%%"))
    config.attributes.update(connection=connection, family=family)
    command.upgrade(config, "head")
