"""F16: locale, time zone, scaling, paths and rights of the user's machine change no byte."""

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pikepdf
import pytest

from reviewer_app.services import closing
from tests.faults import altering
from tests.faults.conftest import Trials
from tests.faults.same_bytes import QT_LOCALE, RESULTS, SHEET
from tests.services.day import NOON, Day

ROOT = Path(__file__).resolve().parents[2]
GERMAN = "de_DE.UTF-8"
CATALOGUE = "14-归档文件目录.pdf"
"""Lists the digests of the other papers, which differ by when they were made."""
Digests = Mapping[str, str]
MADE = ("docProps/core.xml", "papers/", "manifest.")
"""Parts of Word and Excel files and of archives that say when they were made."""


@dataclass(frozen=True)
class Machine:
    """What is different on a machine, and which files may therefore differ."""

    settings: Mapping[str, str] = field(default_factory=dict)
    folder: str = "home"
    umask: int = -1
    says: str = ""
    """What the process must print, to see that the difference was really there."""
    local_time: bool = False
    """Papers show the time of the place; sheet and results never do."""


FAR = "/".join(["很长的文件夹名字 with spaces"] * 9)
MACHINES = {
    "comma decimals": Machine({"LC_ALL": GERMAN, QT_LOCALE: "de_DE"}, says="1,5 1.0"),
    "comma decimals in Qt": Machine({QT_LOCALE: "de_DE"}),
    "Turkish in Qt": Machine({QT_LOCALE: "tr_TR"}),
    "C locale": Machine({"LC_ALL": "C"}),
    "POSIX locale": Machine({"LC_ALL": "POSIX", "LANG": ""}),
    "UTC+14": Machine({"TZ": "Pacific/Kiritimati"}, local_time=True),
    "UTC-11": Machine({"TZ": "Pacific/Pago_Pago"}, local_time=True),
    "summer time": Machine({"TZ": "Europe/Berlin"}, local_time=True),
    "scale 1.5": Machine({"QT_SCALE_FACTOR": "1.5"}, says="1.5 1.5"),
    "scale 2": Machine({"QT_SCALE_FACTOR": "2"}, says="1.5 2.0"),
    "spaces and Chinese": Machine(folder="张 喆/我的 文档"),
    "a path above 260": Machine(folder=FAR),
    "no home to write to": Machine({"HOME": "/proc/self", "XDG_RUNTIME_DIR": "/proc/self"}),
    "umask 077": Machine(umask=0o077),
    "umask 000": Machine(umask=0),
    "hash seed 0": Machine({"PYTHONHASHSEED": "0"}),
    "hash seed 4242": Machine({"PYTHONHASHSEED": "4242"}),
    "optimised": Machine({"PYTHONOPTIMIZE": "2"}),
}
TOGETHER = Machine(
    {"LC_ALL": GERMAN, QT_LOCALE: "de_DE", "QT_SCALE_FACTOR": "1.5", "HOME": "/proc/self"}
    | {"PYTHONHASHSEED": "7", "XDG_RUNTIME_DIR": "/proc/self"},
    folder=FAR,
    umask=0o077,
    says="1,5 1.5",
)


@pytest.fixture(scope="module")
def locales(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a locale whose decimals have a comma."""
    folder = tmp_path_factory.mktemp("locales")
    command = ["localedef", "-i", "de_DE", "-f", "UTF-8", str(folder / GERMAN)]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (FileNotFoundError, subprocess.CalledProcessError):
        pytest.skip("needs localedef and the sources of the German locale")
    return folder


@pytest.fixture(scope="module")
def closed(issued: Day, tmp_path_factory: pytest.TempPathFactory) -> Day:
    """Return a finished round, its database folded into one file."""
    day = issued.copy(tmp_path_factory.mktemp("closed"))
    day.collect(*day.sign_all())
    closing.close_round(day.context.open_bureau, day.round_id, NOON)
    altering.deliberate(day)
    altering.close(day)
    return day


def exported(day: Day, machine: Machine, folder: Path, locales: Path | None = None) -> Digests:
    """Export everything on such a machine and return the digests by name."""
    place = folder / machine.folder
    shutil.copytree(day.folder / "home", place / "home")
    out = place / "out"
    out.mkdir()
    settings = {**os.environ, "QT_QPA_PLATFORM": "offscreen", **machine.settings}
    if GERMAN in machine.settings.values():
        settings["LOCPATH"] = str(locales)
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.same_bytes", place / "home", day.round_id, out],
        check=False, capture_output=True, encoding="utf-8", env=settings, umask=machine.umask,
        cwd=ROOT,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(machine.says)
    written = (path for path in sorted(out.iterdir()) if path.name != CATALOGUE)
    return dict(kept for path in written for kept in lasting(path))


def lasting(path: Path) -> Iterator[tuple[str, str]]:
    """Yield digests of what a file says; when and as what number it was made is left out."""
    if path.suffix == ".pdf":
        with pikepdf.open(path) as pdf:
            for number, page in enumerate(pdf.pages):
                page.contents_coalesce()
                yield f"{path.name} {number}", digest(page.Contents.read_bytes())
    elif path.suffix in {".zip", ".docx", ".xlsx"}:
        with zipfile.ZipFile(path) as archive:
            for name in set(archive.namelist()):
                data = archive.read(name)
                if name == "log.jsonl":  # its last line names the minutes as a file
                    data = b"".join(data.splitlines(keepends=True)[:-1])
                if not name.startswith(MADE):
                    yield f"{path.name} {name}", digest(data)
    else:
        yield path.name, digest(path.read_bytes())


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@pytest.fixture(scope="module")
def usual(closed: Day, tmp_path_factory: pytest.TempPathFactory) -> Digests:
    """Return what an ordinary machine exports."""
    return exported(closed, Machine(), tmp_path_factory.mktemp("usual"))


def test_f16_nothing_of_the_machine_gets_into_what_is_exported(
    closed: Day, usual: Digests, locales: Path, tmp_path: Path, trials: Trials
) -> None:
    assert len(usual) > 30
    assert exported(closed, TOGETHER, tmp_path, locales) == usual
    trials.survived("F16 environments", 1)


@pytest.mark.parametrize("name", MACHINES)
def test_f16_one_thing_after_the_other(
    closed: Day, locales: Path, tmp_path: Path, trials: Trials, name: str,
    request: pytest.FixtureRequest,
) -> None:  # fmt: skip
    if not trials.full:
        pytest.skip("the short run has all of them at once")
    usual: Digests = request.getfixturevalue("usual")
    found = exported(closed, MACHINES[name], tmp_path, locales)
    if MACHINES[name].local_time:
        assert found.keys() == usual.keys()
        assert [found[each] for each in (SHEET, RESULTS)] == [usual[SHEET], usual[RESULTS]]
    else:
        assert found == usual
    trials.survived("F16 environments", 1)
