"""A19: what is installed and what is built is what was written down, file by file."""

import hashlib
import importlib.metadata
import json
import re
import shutil
import sys
import tomllib
from collections.abc import Callable, Iterator
from importlib.metadata import distribution
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from reviewer_app.core.errors import StorageError
from reviewer_app.services.build_check import LIST, check_build
from tests.cli.calling import call
from tests.e2e import test_build
from tests.e2e.conftest import ROOT

recipe = test_build.recipe
Lock = dict[str, set[str]]
PINNED = re.compile(
    r"^([a-z0-9-]+)(?:\[\w+\])?==([\w.]+)(?: ; [^\n\\]+)?"
    r"(?: \\\n    --hash=sha256:[0-9a-f]{64})+$",
    re.MULTILINE,
)


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.fixture(scope="module")
def lock() -> Lock:
    """Return every locked version by name; some have one for each version of Python."""
    text = (ROOT / "requirements.lock").read_text("ascii")
    found: Lock = {}
    for match in PINNED.finditer(text):
        found.setdefault(match[1], set()).add(match[2])
    return found


def test_every_line_of_the_lock_pins_a_version_and_its_hashes(lock: Lock) -> None:
    text = (ROOT / "requirements.lock").read_text("ascii")
    rest = re.sub(r"^ *#.*\n?", "", PINNED.sub("", text), flags=re.MULTILINE)
    assert rest.split() == []
    assert len(lock) > 50
    assert '"--require-hashes"' in (ROOT / "dev.py").read_text("utf-8")


def declared(*groups: str) -> Iterator[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    lists = {"dependencies": project["dependencies"], **project["optional-dependencies"]}
    for group in groups:
        yield from (plain(re.split(r"[^\w.-]", text)[0]) for text in lists[group])


def test_the_lock_covers_what_is_declared_and_all_that_it_needs(lock: Lock) -> None:
    waiting, seen = list(declared("dependencies", "test", "build")), set[str]()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        try:
            found = distribution(name)
        except importlib.metadata.PackageNotFoundError:
            continue  # for another system
        assert found.version in lock[name], name
        needs = (text for text in found.requires or () if "extra ==" not in text)
        waiting += [plain(re.split(r"[^\w.-]", text)[0]) for text in needs]
    assert {"pyside6-essentials", "cryptography", "sqlalchemy"} <= seen


IMPORT = re.compile(r"^\s*(?:from|import) (\w+)", re.MULTILINE)
OURS = {"reviewer_app", "db", "ui", "resources"}
WITH_PYSIDE = "shiboken6"
"""Of the same release as PySide6, which needs exactly this."""


def modules_of(name: str) -> set[str]:
    return {
        file.parts[0].split(".")[0]
        for file in distribution(name).files or ()
        if file.suffix in {".py", ".so", ".pyd"}
    }


def test_the_program_imports_nothing_but_what_it_declares(lock: Lock) -> None:
    names = {
        name: path
        for folder in OURS
        for path in (ROOT / folder).rglob("*.py")
        for name in IMPORT.findall(path.read_text("utf-8"))
        if name not in OURS | sys.stdlib_module_names
    }
    allowed = [*declared("dependencies"), WITH_PYSIDE]
    known = set[str]().union(*map(modules_of, allowed))
    said_in_words = {name for name in names if not find_spec(name)}
    assert names.keys() - known - said_in_words == set()
    assert {"PySide6", "cryptography", "sqlalchemy"} <= names.keys() - said_in_words
    assert set(allowed) <= lock.keys()


def test_the_build_says_what_is_inside(recipe: dict[str, Any], lock: Lock) -> None:
    bill = json.loads((recipe["built"] / "sbom.json").read_text("utf-8"))
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.5")
    inside = {plain(each["name"]): each["version"] for each in bill["components"]}
    assert inside.pop("reviewer-app")
    assert all(version in lock[name] for name, version in inside.items())
    assert {"pyside6-essentials", "numpy", "shiboken6", "psycopg-binary"} <= inside.keys()
    assert all(each["licenses"][0]["license"]["name"] for each in bill["components"])


@pytest.fixture
def built(recipe: dict[str, Any], tmp_path: Path) -> Path:
    """Return a program's folder with its list, to be changed at will."""
    folder = tmp_path / "程序 folder"
    shutil.copytree(recipe["built"], folder)
    inner = folder / "_internal" / "库.so"
    inner.write_bytes(b"as built")
    line = f"{hashlib.sha256(b'as built').hexdigest()}  _internal/库.so\n"
    (folder / LIST).write_bytes((folder / LIST).read_bytes() + line.encode())
    return folder


def test_a_build_is_held_to_its_own_list(built: Path) -> None:
    names = [line.split("  ")[1] for line in (built / LIST).read_text("utf-8").splitlines()]
    assert names == ["sbom.json", "_internal/库.so"]
    assert hashlib.sha256((built / LIST).read_bytes()).hexdigest() in check_build(built)


def changed(path: Path) -> None:
    path.write_bytes(b"as bui1t")


DEEDS: dict[str, Callable[[Path], object]] = {
    "_internal/库.so was changed": lambda folder: changed(folder / "_internal/库.so"),
    "_internal/库.so is missing": lambda folder: (folder / "_internal/库.so").unlink(),
    "_internal/more.py was added": lambda folder: changed(folder / "_internal/more.py"),
    "sbom.json was changed": lambda folder: changed(folder / "sbom.json"),
    "no list of a program's files": lambda folder: changed(folder / LIST),
    "does not exist": lambda folder: (folder / LIST).unlink(),
}


@pytest.mark.parametrize("words", DEEDS)
def test_one_file_that_is_not_as_built_is_named(built: Path, words: str) -> None:
    DEEDS[words](built)
    with pytest.raises(StorageError) as caught:
        check_build(built)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_selfcheck_fails_on_a_changed_program(
    built: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    changed(built / "sbom.json")
    answer = call(capsys, "selfcheck", "--program", built, "--home", tmp_path)
    assert answer.status == 1
    assert "✗ program: " in answer.out
    assert "sbom.json was changed" in answer.out
