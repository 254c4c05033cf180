"""Where the tests' bureaus live: a file in each home, or a database each on one server.

``--server`` chooses the server; then one template with the tables is made a session, and every
home gets a copy of it under its own name.
"""

import itertools
from pathlib import Path

import psycopg

import db
from reviewer_app.bootstrap import wire
from reviewer_app.cli.context import Context

_TEMPLATE = "empty"


class OneServer:
    """The databases of one run, by the home that uses each."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._names: dict[Path, str] = {}
        self._numbers = itertools.count(1)
        self._run(f"CREATE DATABASE {_TEMPLATE}")
        db.open_bureau_server(self._url(_TEMPLATE)).close()

    def database(self, home: Path) -> str:
        """Return the address of a home's database, an empty bureau at first."""
        if home not in self._names:
            self._make(home, _TEMPLATE)
        return self._url(self._names[home])

    def copy(self, home: Path, target: Path) -> None:
        """Give another home a copy of this home's database as it stands."""
        self.database(home)
        self._make(target, self._names[home])

    def drop(self, folder: Path) -> None:
        """Remove the databases of every home under ``folder``, whoever is connected."""
        for home in [each for each in self._names if each.is_relative_to(folder)]:
            self._run(f"DROP DATABASE {self._names.pop(home)} WITH (FORCE)")

    def _make(self, home: Path, template: str) -> None:
        name = f"bureau_{next(self._numbers)}"
        guests = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
        self._run(guests, template)  # a template has none; the program's pool connects again
        self._run(f"CREATE DATABASE {name} TEMPLATE {template}")
        self._names[home] = name

    def _url(self, name: str) -> str:
        return self._address.replace("/postgres?", f"/{name}?")

    def _run(self, statement: str, *values: str) -> None:
        with psycopg.connect(self._address, autocommit=True) as connection:
            connection.execute(statement.encode(), values or None)


_chosen: list[OneServer] = []


def choose(server: OneServer | None) -> None:
    """Have the bureaus of all homes live on this server from now on, or in files again."""
    _chosen[:] = [server] if server else []


def database_of(home: Path) -> str | None:
    """Return the address of the database a home works on; None for the file in it."""
    return _chosen[0].database(home) if _chosen else None


def at(home: Path) -> Context:
    """Wire the program to a home, on its file or on its database of the server."""
    return wire(home, database_of(home))


def copy(home: Path, target: Path) -> None:
    """Copy what the server has of a home; files were copied with their folder."""
    if _chosen:
        _chosen[0].copy(home, target)
