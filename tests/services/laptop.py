"""A laptop with its home folder, and packs to open on it: real crypto, real files."""

import functools
import tempfile
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self
from unittest.mock import patch

import db
from reviewer_app.core.marks import scored
from reviewer_app.core.round import PackId
from reviewer_app.core.scheme import Scheme
from reviewer_app.services.desk import Desk
from reviewer_app.services.desk_opening import open_again, open_pack
from reviewer_app.services.desk_scoring import put_mark
from reviewer_app.services.ports import DeskUnit
from reviewer_app.sheets import age
from reviewer_app.sheets.pack import write_pack
from reviewer_app.sheets.passcode import new_passcode
from tests.sheets import making

if TYPE_CHECKING:
    from db.desk import DeskDatabase

NOON = making.NOON
_stretch_once = functools.cache(age.derive_identity)


class Laptop:
    """One user's machine; ``close`` is the end of the day, ``open_again`` the next start.

    Passcodes are really stretched, but each only once in a run of the tests.
    """

    def __init__(self, home: Path) -> None:
        self.home = home
        self._databases: dict[tuple[Path, bytes], DeskDatabase] = {}
        self._stretching = patch.object(age, "derive_identity", _stretch_once)

    def __enter__(self) -> Self:
        self._stretching.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stretching.stop()
        self.close()

    def start(self, path: Path, key: bytes) -> DeskUnit:
        """Start a unit of work as ``bootstrap`` does."""
        if (path, key) not in self._databases:
            self._databases[path, key] = db.open_desk(path, key)
        return self._databases[path, key]()

    def close(self) -> None:
        """Close every file."""
        for database in self._databases.values():
            database.close()
        self._databases.clear()

    def open(self, pack: "Pack") -> Desk:
        """Open a pack file."""
        return open_pack(self.home, pack.path, pack.passcode, self.start, NOON)

    def open_again(self, pack: "Pack", passcode: str | None = None) -> Desk:
        """Start the program anew and unlock the same pack."""
        self.close()
        return open_again(self.home, pack.pack_id, passcode or pack.passcode, self.start)


class Pack:
    """A pack file on a stick, and its slip."""

    def __init__(
        self, folder: Path, expert: int = 2, applications: int = 3, scheme: Scheme | None = None
    ) -> None:
        self.bureau, self.passcode, packed = _packed(expert, applications, scheme)
        self.pack_id = PackId(f"{expert:016x}")
        self.path = folder / f"{expert:02d}.reviewpack"
        self.path.write_bytes(packed)


@functools.cache
def _packed(
    expert: int, applications: int, scheme: Scheme | None
) -> tuple[making.Desk, str, bytes]:
    """Return what the bureau has, the passcode and the pack file, made once for all tests."""
    round_ = making.make_round(applications, scheme)
    assignment = making.make_assignment(round_, expert=making.make_expert(expert))
    bureau = making.Desk(round_, assignment, secret=bytes([expert]) * 32)
    contents = replace(making.pack_contents(bureau), pack_id=PackId(f"{expert:016x}"))
    passcode = new_passcode()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pack"
        write_pack(path, contents, passcode)
        return bureau, passcode, path.read_bytes()


def score_all(desk: Desk, points: int = 80) -> None:
    """Give every mark that is asked for."""
    with desk.unit() as unit:
        remaining = desk.remaining(unit)
    for application in remaining:
        for leaf in desk.asked(application.number):
            put_mark(desk, application.number, leaf.code, scored(points), NOON)


def bytes_under(folder: Path) -> bytes:
    """Return every byte of every file under a folder."""
    return b"\n".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
