"""Wires the services to a database, a language and a clock; the only importer of ``db``."""

import gettext
import locale
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

import db
from resources.words import catalogue
from reviewer_app.cli.context import Context
from reviewer_app.core.atomic import private_folder
from reviewer_app.core.errors import RoundStateError, StorageError
from reviewer_app.core.messages import Language, _, install

if TYPE_CHECKING:  # the window is painted before what databases need is loaded
    from db.bureau import BureauDatabase
    from reviewer_app.services.ports import BureauUnit, DeskUnit, OpenDesk


def keep_memory_here() -> None:
    """Have the system write no picture of this process's memory (core dump) when it crashes."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - Windows has none

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def choose_language(wanted: str | None) -> Language:
    """Install and return the language asked for, else the system's, Chinese when in doubt."""
    name = wanted or os.environ.get("REVIEWER_APP_LANGUAGE") or _system_language()
    language = Language.ENGLISH if name.lower().startswith("en") else Language.CHINESE
    if language is Language.CHINESE:
        install(catalogue(language.value))
    else:
        install(gettext.NullTranslations())
    return language


def _system_language() -> str:
    """Return what the system says itself: Python takes C.UTF-8 for English."""
    if sys.platform == "win32":
        return locale.getlocale()[0] or ""
    names = (os.environ.get(each) for each in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return next((name for name in names if name), "")


def choose_home(wanted: Path | None) -> Path:
    """Return the home asked for, else that of the environment, else the user's own."""
    if wanted is not None:
        return wanted.absolute()
    if os.environ.get("REVIEWER_APP_HOME"):
        return Path(os.environ["REVIEWER_APP_HOME"]).absolute()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home())) / "Reviewer"
    return (
        Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share") / "reviewer-app"
    )


def wire(home: Path, database: str | None = None) -> Context:
    """Return a context on ``home``, or on the PostgreSQL server ``database`` names."""

    @cache
    def bureau_opener() -> "BureauDatabase":
        return db.open_bureau_server(database) if database else _bureau_file(home)

    def open_bureau() -> "BureauUnit":
        return bureau_opener()()

    def copy_bureau(target: Path, key: bytes) -> None:
        _refuse_server(database)
        bureau_opener()
        db.copy_bureau(home / "bureau.db", _bureau_key(home), target, key)

    def restore_bureau(copy: Path, key: bytes, aside: Path) -> Path | None:
        _refuse_server(database)
        with suppress(StorageError):  # a damaged file is what one restores
            bureau_opener().close()
        bureau_opener.cache_clear()
        path = home / "bureau.db"
        return db.restore_bureau((copy, key), path, _bureau_key(home), aside)

    open_desk, close_desk = _desks()
    return Context(
        home=home,
        open_bureau=open_bureau,
        open_desk=open_desk,
        close_desk=close_desk,
        copy_bureau=copy_bureau,
        restore_bureau=restore_bureau,
        hold_bureau=cache(partial(_hold, home, database)),
        clock=lambda: datetime.now(UTC),
        describe_windows=_describe_windows,
        at=wire,
    )


def _bureau_file(home: Path) -> "BureauDatabase":
    from reviewer_app.services import desk_hold, keystore  # noqa: PLC0415 - loads the keyring

    if db.restore_was_cut_short(home / "bureau.db"):
        desk_hold.hold_bureau(home)  # whoever is restoring at this moment has it
        db.finish_restore(home / "bureau.db")
    private_folder(home)
    keystore.refuse_lost_bureau(home, home / "bureau.db")
    opened = db.open_bureau(home / "bureau.db", keystore.bureau_key(home))
    keystore.note_bureau(home)
    return opened


def _desks() -> tuple[Callable[[Path, bytes], "DeskUnit"], Callable[[Path], None]]:
    """Return what opens experts' files, each once, and what closes and forgets one."""
    opened: dict[tuple[Path, bytes], OpenDesk] = {}

    def open_desk(path: Path, key: bytes) -> "DeskUnit":
        if (path, key) not in opened:
            opened[path, key] = db.open_desk(path, key)
        return opened[path, key]()

    def close_desk(path: Path) -> None:
        for known in [each for each in opened if each[0] == path]:
            opened.pop(known).close()

    return open_desk, close_desk


def _bureau_key(home: Path) -> bytes:
    from reviewer_app.services import keystore  # noqa: PLC0415 - loads the keyring

    return keystore.bureau_key(home)


def _hold(home: Path, database: str | None) -> object:
    from reviewer_app.services import desk_hold  # noqa: PLC0415 - the window comes first

    return None if database else desk_hold.hold_bureau(home)


def _refuse_server(database: str | None) -> None:
    if database:
        raise RoundStateError(
            _("These rounds are on a server: its own tools back them up (pg_dump, pg_restore)")
        )


def _describe_windows() -> list[tuple[str, str]]:
    from ui.probe import describe  # noqa: PLC0415 - Qt is loaded only when it is asked about

    return describe()
