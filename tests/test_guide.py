"""docs/guide.md is true: its files are written, its commands run, its answers compared."""

import csv
import re
import shlex
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from reviewer_app.cli.app import parse
from reviewer_app.cli.passcode import PASSCODE
from reviewer_app.core.panel_checks import check_panel
from reviewer_app.inputs.assignment import read_assignment
from reviewer_app.inputs.round_file import load_round
from tests.cli.calling import call
from tests.services.laptop import Laptop

ROOT = Path(__file__).resolve().parents[1]
GUIDE = (ROOT / "docs" / "guide.md").read_text("utf-8")
BLOCK = re.compile(r"^```(\w+)(?: ([^\n]+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NUMBER = re.compile(r"\b[0-9a-f]{16}\b")
PICTURE = ROOT / "docs" / "pictures" / "scoring.png"


@dataclass
class Reader:
    """Somebody who has the guide only, in a folder of their own."""

    folder: Path
    capsys: pytest.CaptureFixture[str]
    words: dict[str, str] = field(default_factory=dict)

    def write(self, name: str, text: str) -> None:
        """Write a file as the guide shows it."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        if path.name == "application.toml" and "年度总结" in text:
            (path.parent / "年度总结.png").write_bytes(PICTURE.read_bytes())

    def run(self, line: str) -> list[str]:
        """Type a command and return the lines of its answer."""
        for name, word in self.words.items():
            line = line.replace(name, word)
        program, *arguments = shlex.split(line)
        if program == "export":
            return []
        assert program == "reviewer-app"
        arguments = [self._found(each) for each in arguments]
        home = self.folder / ("laptop" if arguments[0] == "expert" else "home")
        answer = call(self.capsys, *arguments, "--home", home)
        assert answer.status == 0, f"{line}\n{answer.err}"
        found = NUMBER.search(answer.out)
        for command, name in (("round new", "$ID"), ("expert open", "$PACK")):
            if line.startswith(f"reviewer-app {command}") and found:
                self.words[name] = found[0]
        return answer.out.splitlines()

    def _found(self, word: str) -> str:
        """Return the file that a name with … in it means."""
        if "…" not in word:
            return word
        return str(next(Path().glob(word.replace("…", "*"))))

    def follow(self, text: str) -> None:
        """Run the commands of one block and compare what they answer, line by line."""
        answer: list[str] = []
        for line in text.splitlines():
            if line.startswith("$ "):
                answer = self.run(line.removeprefix("$ "))
                continue
            assert any(self._fits(line, each) for each in answer), f"{line}\nnot in\n{answer}"

    def _fits(self, shown: str, said: str) -> bool:
        for name, word in self.words.items():
            shown = shown.replace(name, word)
        pattern = ".*".join(map(re.escape, shown.split("…")))
        return re.fullmatch(pattern, said.rstrip()) is not None


def blocks(*, slow: bool) -> Iterator[tuple[str, str, str]]:
    """Return (language, name, text) of the guide's blocks; those marked slow only if asked."""
    for language, name, text in BLOCK.findall(GUIDE):
        if slow or name != "slow":
            yield language, name, text


@pytest.fixture
def reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Reader]:
    monkeypatch.chdir(tmp_path)
    made = Reader(tmp_path, capsys)
    for language, name, text in blocks(slow=False):
        if name and language != "console":
            made.write(name, text)
    with Laptop(tmp_path / "unused"):
        yield made


def _first_passcode(folder: Path) -> str:
    with (folder / "slips.csv").open(encoding="utf-8-sig", newline="") as stream:
        return next(csv.DictReader(stream))["口令"]


def test_the_day_of_the_guide_runs_as_it_stands(
    reader: Reader, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    """Papers and archive take some seconds: they are run with ``--faults``."""
    for language, _name, text in blocks(slow=bool(request.config.getoption("--faults"))):
        if language == "console":
            if "$ export" in text:
                monkeypatch.setenv(PASSCODE, _first_passcode(reader.folder))
            reader.follow(text)


def test_every_command_of_the_guide_exists() -> None:
    for _language, _name, text in blocks(slow=True):
        for line in re.findall(r"^\$ reviewer-app (.*)$", text, re.MULTILINE):
            assert parse(shlex.split(line)).run is not None


def test_lists_of_the_guide_say_the_same_as_its_folders(reader: Reader) -> None:
    folder = reader.folder
    plan = load_round(folder / "ROUND.toml").plan
    text = (folder / "ROUND.toml").read_text("utf-8")
    listed = text.replace(
        'applications = "applications" ', 'applications = "applications.csv" '
    )
    assert listed != text
    (folder / "LISTED.toml").write_text(listed, "utf-8")
    again = load_round(folder / "LISTED.toml").plan
    assert [each.name for each in again.applications] == [
        each.name for each in plan.applications
    ]
    ticked = read_assignment(folder / "assignment.csv", plan.applications, plan.experts)
    assert ticked == plan.assignment


def test_the_guide_names_every_check(reader: Reader) -> None:
    plan = load_round(reader.folder / "ROUND.toml").plan
    overridable = re.search(r"`\[\[override\]\]` may name: (.*?), and a", GUIDE, re.DOTALL)
    firm = re.search(r"exceptions\.\n(.*?) must be met", GUIDE, re.DOTALL)
    assert overridable
    assert firm
    said = set(re.findall(r"`([a-z-]+)`", overridable[1]))
    said_firm = set(re.findall(r"`([a-z-]+)`", firm[1]))
    checks = check_panel(plan)
    assert {each.id for each in checks if each.overridable} == said
    assert {each.id for each in checks if not each.overridable} == said_firm


def test_the_guide_names_every_variable() -> None:
    code = "".join(path.read_text("utf-8") for path in (ROOT / "reviewer_app").rglob("*.py"))
    used = set(re.findall(r'"(REVIEWER_APP_[A-Z]+)"', code))
    assert used == set(re.findall(r"^\| `(REVIEWER_APP_[A-Z]+)`", GUIDE, re.MULTILINE))


def test_the_map_names_only_what_exists() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    named = {word for word in re.findall(r"`([\w./*-]+)`", text) if "/" in word}
    assert len(named) > 40
    for word in named:
        places = [place for base in ("", "reviewer_app/") for place in ROOT.glob(base + word)]
        assert places, word


def test_every_dependency_has_its_line() -> None:
    lines = (ROOT / "docs" / "dependencies.md").read_text("utf-8").casefold()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    for wanted in project["dependencies"]:
        name = re.split(r"[^\w-]", wanted)[0].casefold()
        assert f"\n| {name} |" in lines, name
