"""One unit of work: a session that is undone unless it is committed."""

import weakref
from dataclasses import fields
from types import TracebackType
from typing import Any, Self, TypeVar

from sqlalchemy import Engine, select
from sqlalchemy.orm import DeclarativeBase, Session

from db.begin import WRITING

Row = TypeVar("Row", bound=DeclarativeBase)
Record = TypeVar("Record")


class Unit:
    """One unit of work on an engine; leaving without ``commit`` undoes it."""

    def __init__(self, database: "Database") -> None:
        self._database = database  # the unit keeps it open
        self._session = Session(database.engine, expire_on_commit=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._session.close()

    def commit(self) -> None:
        """Make everything done so far durable before returning; raises StorageError."""
        self._session.commit()

    def _take_turn(self) -> None:
        """Take the write lock before the first statement: a later upgrade might be refused."""
        if not self._session.in_transaction():
            self._session.connection(execution_options=WRITING)

    def _add(self, table: type[Row], record: object, **keys: str) -> None:
        self._take_turn()
        self._session.add(_row(table, record, **keys))
        self._session.flush()

    def _put(self, table: type[Row], record: object) -> None:
        """Add the record, or overwrite the one with the same key."""
        self._take_turn()
        self._session.merge(_row(table, record))
        self._session.flush()

    def _replace(self, table: type[Row], record: object, **keys: object) -> None:
        """Overwrite the one row with these ``keys``; that it is there was checked before."""
        self._take_turn()
        row = self._session.scalars(select(table).filter_by(**keys)).one()
        for name, value in vars_of(record).items():
            setattr(row, name, value)
        self._session.flush()


class Database:
    """Owns an engine and closes it: on request, or at the latest when the program ends."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._finalizer = weakref.finalize(self, engine.dispose)

    def close(self) -> None:
        """Give back every handle on the file, so that it can be moved or removed."""
        self._finalizer()


def _row(table: type[Row], record: Any, **keys: str) -> Row:  # noqa: ANN401 - any record of ports
    return table(**vars_of(record), **keys)


def vars_of(record: Any) -> dict[str, Any]:  # noqa: ANN401 - any record of ports
    """Return a record's fields by name, as a row has them."""
    return {field.name: getattr(record, field.name) for field in fields(record)}


def to_record(kind: type[Record], row: DeclarativeBase) -> Record:
    """Return the record that a row of the same names stands for."""
    names: Any = kind
    return kind(**{field.name: getattr(row, field.name) for field in fields(names)})
