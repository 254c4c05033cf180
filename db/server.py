"""Opens a PostgreSQL server that several secretaries share."""

from sqlalchemy import Engine, create_engine, make_url
from sqlalchemy.exc import ArgumentError

from db.faults import explain_faults
from db.upgrade import bring_up_to_date
from reviewer_app.core.errors import InputError
from reviewer_app.core.messages import _

_KINDS = {"postgresql", "postgres", "postgresql+psycopg"}


def open_server(url: str) -> Engine:
    """Return a ready engine on the database that ``url`` names, its tables made or migrated.

    Raises InputError for an address that is none, StorageError when nobody answers there.
    """
    engine = connect_server(url)
    try:
        bring_up_to_date(engine, "bureau", None)
    except BaseException:
        engine.dispose()
        raise
    return engine


def connect_server(url: str) -> Engine:
    """Return an engine on the database that ``url`` names, as it is."""
    try:
        address = make_url(url)
    except ArgumentError:
        address = None
    if address is None or address.drivername not in _KINDS:
        raise InputError(
            _(
                "“{url}” is not the address of a PostgreSQL database; "
                "write postgresql://user@host/database"
            ).format(url=url.rpartition("@")[2] or url)
        )
    engine = create_engine(address.set(drivername="postgresql+psycopg"), pool_pre_ping=True)
    explain_faults(engine, address.render_as_string(hide_password=True))
    return engine
