"""Turns what a database driver raises into one line with advice."""

from sqlalchemy import Engine, event
from sqlalchemy.engine.interfaces import ExceptionContext

from reviewer_app.core.errors import StorageError
from reviewer_app.core.messages import _


def explain_faults(engine: Engine, place: str) -> None:
    """Make every fault of the world on ``engine`` a StorageError that names ``place``.

    What is not the world's fault (a broken statement, a broken reference) stays what it is.
    """

    @event.listens_for(engine, "handle_error")
    def translate(context: ExceptionContext) -> BaseException | None:
        if context.is_pre_ping and context.is_disconnect:
            return None  # a connection kept since before the server restarted: another is made
        sentence = sentence_for(context.original_exception)
        return StorageError(sentence.format(place=place)) if sentence else None


def sentence_for(error: BaseException) -> str:
    """Return the sentence about a driver's error, or nothing for a bug."""
    code = getattr(error, "sqlite_errorcode", None)
    if isinstance(code, int):
        return _file_sentence(code, str(error))
    state = getattr(error, "sqlstate", None)
    if isinstance(state, str):
        return _server_sentence(state)
    return _unreachable() if type(error).__module__.startswith("psycopg") else ""


def _file_sentence(code: int, words: str) -> str:
    if words.startswith("UNIQUE constraint failed"):  # the driver keeps no finer code
        return _conflict()
    sentences = {
        3: _denied(),  # SQLITE_PERM
        5: _busy(),  # SQLITE_BUSY
        6: _busy(),  # SQLITE_LOCKED
        8: _read_only(),  # SQLITE_READONLY
        10: _failing(),  # SQLITE_IOERR
        11: _damaged(),  # SQLITE_CORRUPT
        13: _full(),  # SQLITE_FULL
        14: _denied(),  # SQLITE_CANTOPEN
        23: _denied(),  # SQLITE_AUTH
        26: _foreign(),  # SQLITE_NOTADB
    }
    return sentences.get(code & 0xFF, "")


def _server_sentence(state: str) -> str:
    sentences = {
        "23505": _conflict(),
        "25006": _read_only(),
        "40001": _busy(),
        "40P01": _busy(),
        "42501": _denied(),
        "53100": _full(),
        "55P03": _busy(),
        "3D000": _no_database(),
        "XX001": _damaged(),
        "XX002": _damaged(),
    }
    unreachable = state[:2] in {"08", "28", "53", "57"}
    return sentences.get(state) or (_unreachable() if unreachable else "")


def _full() -> str:
    return _(
        "The disk of “{place}” is full; what was acknowledged is saved. "
        "Free some space and repeat the last step"
    )


def _busy() -> str:
    return _(
        "“{place}” is in use by another window or program; nothing was changed. "
        "Wait a moment and repeat the last step"
    )


def _read_only() -> str:
    return _(
        "“{place}” cannot be written to; nothing was changed. "
        "Remove the write protection or choose another place with --home"
    )


def _failing() -> str:
    return _(
        "The disk of “{place}” does not answer or is full; what was acknowledged is saved. "
        "Check the disk and start the program again"
    )


def _damaged() -> str:
    return _(
        "“{place}” is damaged; it was left as it is. "
        "Keep a copy of it and go back to the last backup"
    )


def _denied() -> str:
    return _(
        "“{place}” cannot be opened: the folder is missing or access is denied. "
        "Check the path and its permissions, or choose another place with --home"
    )


def _foreign() -> str:
    return _(
        "“{place}” does not open with this key: it belongs to another key or passphrase, "
        "or its beginning is damaged; it was left as it is"
    )


def _conflict() -> str:
    return _(
        "Another window or program has just written the same entry in “{place}”; "
        "nothing was changed. Look again and repeat the last step"
    )


def _no_database() -> str:
    return _(
        "The server of “{place}” has no such database; create it first, "
        "then repeat the last step"
    )


def _unreachable() -> str:
    return _(
        "The database server “{place}” cannot be reached or refuses this user; "
        "check that it runs, and the address, user and password"
    )
