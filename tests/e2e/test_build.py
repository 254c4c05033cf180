"""The built program: the folder that people get, tried as they would use it.

Building takes minutes, so that only ``--faults`` (or REVIEWER_APP_DIST, the folder of a build
that is there already) asks for it; what the recipe names is checked always.
"""

import os
import runpy
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from resources.icons import icon_svg
from tests.e2e.conftest import ROOT

DIST = "REVIEWER_APP_DIST"


class Recorder:
    """Stands in for one of PyInstaller's parts and keeps what the recipe gave it."""

    def __init__(self) -> None:
        self.given: dict[str, Any] = {}
        self.pure: list[str] = []
        self.scripts: list[str] = []
        self.binaries: list[tuple[str, str, str]] = []
        self.datas: list[tuple[str, str, str]] = []

    def __call__(self, *_parts: object, **given: Any) -> "Recorder":
        self.given = given
        return self


@pytest.fixture(scope="module")
def recipe(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return what pyinstaller.spec asks to be collected, with nothing built."""
    analysis, work = Recorder(), tmp_path_factory.mktemp("work")
    (work / "reviewer" / "_internal").mkdir(parents=True)
    copy = work / "recipe.py"
    shutil.copy(ROOT / "pyinstaller.spec", copy)
    runpy.run_path(
        str(copy),
        {
            "SPECPATH": str(ROOT),
            "workpath": str(work),
            "DISTPATH": str(work),
            "Analysis": analysis,
            "PYZ": Recorder(),
            "EXE": Recorder(),
            "COLLECT": Recorder(),
        },
    )
    return {**analysis.given, "built": work / "reviewer"}


def places(recipe: dict[str, Any]) -> dict[str, Path]:
    """Return every collected file by its place in the folder."""
    return {
        f"{place}/{Path(file).name}".removeprefix("./"): Path(file)
        for file, place in recipe["datas"]
    }


def test_every_file_found_by_path_is_collected(recipe: dict[str, Any]) -> None:
    collected = places(recipe)
    kept = ("resources/schemes", "resources/sample", "resources/archive", "db/migrations")
    for folder in kept:
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and path.suffix != ".pyc":
                name = path.relative_to(ROOT).as_posix()
                assert collected[name].read_bytes() == path.read_bytes(), name
    assert "resources/locale/zh/LC_MESSAGES/reviewer.mo" in collected
    assert "pylopdf_fonts_zh_cn/NotoSerifSC-Regular.otf" in collected
    assert any(name.startswith("licences/pylopdf-fonts-zh-cn/") for name in collected)
    assert all(path.is_file() for path in collected.values())


def test_every_module_is_named_and_exists(recipe: dict[str, Any]) -> None:
    hidden = set(recipe["hiddenimports"])
    for command in (ROOT / "reviewer_app" / "cli").glob("*.py"):
        if command.stem != "__init__":
            assert f"reviewer_app.cli.{command.stem}" in hidden
    assert {"ui.app", "ui.probe", "ui.expert.door", "ui.secretary.door", "db.tables"} <= hidden
    ours = ("reviewer_app", "db", "ui", "resources")
    optional = ("keyring.backends", "sqlalchemy.dialects")
    for name in sorted(hidden):
        if not name.startswith(optional):
            assert find_spec(name), name
    assert not hidden & set(recipe["excludes"])
    assert not [name for name in recipe["excludes"] if name.split(".")[0] in ours]


def test_every_icon_in_use_is_in_the_small_set(recipe: dict[str, Any]) -> None:
    with zipfile.ZipFile(places(recipe)["justmyresource_lucide/icons.zip"]) as small:
        names = {name.removesuffix(".svg") for name in small.namelist()}
        assert small.read("lock.svg").decode() == icon_svg("lock")
    assert {"circle-check", "triangle-alert", "file-pen", "briefcase-business"} <= names
    assert len(names) < 300


@pytest.fixture(scope="module")
def program(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """Return the built program in a folder whose name has Chinese characters and spaces."""
    if not (os.environ.get(DIST) or request.config.getoption("--faults")):
        pytest.skip(f"building takes minutes: ask with --faults or {DIST}=dist/reviewer")
    made = Path(os.environ.get(DIST) or ROOT / "dist" / "reviewer")
    if not os.environ.get(DIST):
        subprocess.run([sys.executable, ROOT / "dev.py", "build"], check=True)
    folder = tmp_path_factory.mktemp("built") / "专家 评审"
    shutil.copytree(made, folder, symlinks=True)
    yield folder / ("reviewer-app.exe" if os.name == "nt" else "reviewer-app")
    shutil.rmtree(folder)


def run(program: Path, *arguments: str | Path, **environment: str) -> str:
    """Run the program as on a machine without Python or a locale; return what it said."""
    kept = {name: value for name, value in os.environ.items() if name.startswith("SYSTEM")}
    done = subprocess.run(
        [program, *arguments],
        env={**kept, "PATH": "/usr/bin:/bin", "LANG": "C", **environment},
        cwd=program.parent.parent,
        capture_output=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.timeout(1200)
def test_the_built_program_checks_itself_and_runs_the_demo(
    program: Path, tmp_path: Path
) -> None:
    home = {"HOME": str(tmp_path), "REVIEWER_APP_HOME": str(tmp_path / "家 home")}
    assert "✗" not in run(program, "selfcheck", **home)
    out = tmp_path / "演示 out"
    run(program, "demo", "--out", out, **home)
    archive = next(out.rglob("*.zip"))
    run(program, "verify", archive, **home)
    alone = program.parent / "_internal/resources/archive/verify.py"
    subprocess.run([sys.executable, "-I", alone, archive], check=True, capture_output=True)


@pytest.mark.timeout(300)
@pytest.mark.skipif(not shutil.which("Xvfb"), reason="no X server to open a window on")
@pytest.mark.skipif(not shutil.which("xdotool"), reason="nothing to look for the window with")
def test_the_built_window_opens_under_an_x_server(program: Path, tmp_path: Path) -> None:
    reading, writing = os.pipe()
    with subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1366x768x24", "-nolisten", "tcp"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    ) as server:
        display = f":{os.read(reading, 8).decode().strip()}"
        with subprocess.Popen(
            [program, "--home", tmp_path / "家 home"],
            env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "DISPLAY": display},
        ) as window:
            found = _title(display, deadline=time.monotonic() + 120)
            window.terminate()
        server.terminate()
    os.close(reading)
    os.close(writing)
    assert found.strip() == "专家评审"


def _title(display: str, deadline: float) -> str:
    """Return the title of the first window that shows one, empty if none comes."""
    search = ["xdotool", "search", "--onlyvisible", "--name", ".", "getwindowname"]
    while time.monotonic() < deadline:
        seen = subprocess.run(
            search,
            env={**os.environ, "DISPLAY": display},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        if seen.stdout.strip():
            return seen.stdout
        time.sleep(0.2)
    return ""
