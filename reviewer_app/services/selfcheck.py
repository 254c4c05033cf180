"""Whether this machine can do the work: files, database, keys, fonts, windows, a line each."""

import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from reviewer_app.core.errors import PaperError, ReviewerError, StorageError
from reviewer_app.core.messages import _
from reviewer_app.papers.fonts import find_fonts
from reviewer_app.services.build_check import check_build
from reviewer_app.services.keystore import keyring_name
from reviewer_app.services.ports import DeskUnit

RARE_NAME = "喆堃珺镕翀昇"


class Finding(StrEnum):
    """How a check ended; a warning does not fail the self-check."""

    OK = "ok"
    WARNING = "warning"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the self-check."""

    name: str
    finding: Finding
    sentence: str


@dataclass(frozen=True, slots=True)
class Machine:
    """What the checks try out."""

    home: Path
    open_desk: Callable[[Path, bytes], DeskUnit]
    describe_windows: Callable[[], list[tuple[str, str]]]
    """(what, version or name) of Qt and printing; raises ReviewerError."""
    program: Path | None = None
    """The folder of a built program; None: it runs from sources, which have no such list."""


def self_check(machine: Machine) -> list[Check]:
    """Return every check's finding; nothing is left behind on the machine."""
    program = machine.program
    return [
        *([_tried("program", lambda: check_build(program))] if program else ()),
        _tried("home", lambda: _home(machine.home)),
        _tried("database", lambda: _database(machine)),
        _tried("fonts", _fonts),
        _keyring(),
        *_windows(machine),
    ]


def _tried(name: str, check: Callable[[], str]) -> Check:
    try:
        return Check(name, Finding.OK, check())
    except (ReviewerError, OSError) as error:
        return Check(name, Finding.FAILED, str(error))


def _home(home: Path) -> str:
    home.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=home):
        return _("Home folder can be written: {path}").format(path=home)


def _database(machine: Machine) -> str:
    with tempfile.TemporaryDirectory(dir=machine.home) as folder:
        key = os.urandom(32)
        with machine.open_desk(Path(folder) / "check.db", key) as unit:
            unit.set_setting("check", b"kept")
            unit.commit()
        with machine.open_desk(Path(folder) / "check.db", key) as unit:
            kept = unit.setting("check")
    if kept != b"kept":
        raise StorageError(_("the encrypted database lost what was written"))
    return _("Encrypted database writes and reads")


def _fonts() -> str:
    fonts = find_fonts()
    missing = fonts.missing(RARE_NAME)
    if missing:
        raise PaperError(_("No font has the characters {list}").format(list="".join(missing)))
    return _("Fonts for papers, rare names included")


def _keyring() -> Check:
    name = keyring_name()
    if name is None:
        sentence = _("No key store of the system; keys rest in private files instead")
        return Check("keyring", Finding.WARNING, sentence)
    return Check("keyring", Finding.OK, _("Key store: {name}").format(name=name))


def _windows(machine: Machine) -> Iterator[Check]:
    try:
        for name, sentence in machine.describe_windows():
            yield Check(name, Finding.OK, sentence)
    except (ReviewerError, ImportError) as error:
        yield Check("windows", Finding.FAILED, str(error))
