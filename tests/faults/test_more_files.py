"""A12–A14, A17: more hostile files made up here, to every command that reads a file."""

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.archive.verifying import alone
from tests.faults import altering, forging, inventing_more
from tests.faults.commands import Commands
from tests.faults.conftest import Trials
from tests.faults.test_hostile_files import around
from tests.services.day import Day

FILE = "FILE"


@pytest.fixture
def commands(
    day: Day, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Commands:
    altering.close(day)
    with (day.folder / "slips.csv").open(encoding="utf-8-sig", newline="") as stream:
        slip = next(csv.DictReader(stream))
    monkeypatch.setenv("REVIEWER_APP_PASSCODE", slip["口令"])
    made = Commands(day.folder / "home", capsys)
    assert made.run("expert", "open", day.folder / "packs" / slip["评审包"]).status == 0
    return made


def readers(day: Day) -> list[tuple[str, ...]]:
    """Return every command that reads a file somebody may have brought."""
    (pack,) = (path.name for path in (day.folder / "home" / "packs").iterdir())
    bureau = day.round_id
    return [
        ("verify", FILE),
        ("restore", FILE),
        ("aggregate", FILE),
        ("agreement", FILE),
        ("weights", "ahp", FILE),
        ("weights", "entropy", FILE),
        ("scheme", "check", FILE),
        ("scheme", "import", FILE),
        ("expert", "open", FILE),
        ("expert", "import", pack, FILE),
        ("expert", "continue", pack, FILE),
        ("round", "new", FILE),
        ("round", "import", FILE),
        ("round", "collect", bureau, FILE),
        ("round", "enter", bureau, "02", FILE, "--by", "张", "--reason", "x", "--scan", FILE),
        ("round", "vote", bureau, FILE),
        ("round", "people", bureau, FILE),
        ("round", "roster", bureau, FILE),
    ]


def test_more_invented_files_are_refused_in_one_line(
    commands: Commands, day: Day, tmp_path: Path, trials: Trials
) -> None:
    """The short run tries some of the files, each with the next command."""
    every, tried = readers(day), 0
    folder = tmp_path / "brought"
    folder.mkdir()
    files = list(inventing_more.every(full=trials.full))[:: trials.step(4)]
    for number, (name, data) in enumerate(files):
        path = forging.write(folder / name, data)
        before = around(folder)
        for words in every if trials.full else [every[number % len(every)]]:
            commands.refused(*named(words, path))
            tried += 1
        assert around(folder) == before
        path.unlink()
    trials.survived("A12-A17 more", tried)


def named(words: Sequence[str], path: Path) -> list[str | Path]:
    return [path if word == FILE else word for word in words]


def test_verify_py_alone_refuses_them_as_well(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], trials: Trials
) -> None:
    files = [each for each in inventing_more.every(full=trials.full) if each[0].endswith("zip")]
    for name, data in files[:: trials.step(4)]:
        assert alone.main([str(forging.write(tmp_path / name, data))]) == 1
        assert "Traceback" not in capsys.readouterr().out
    trials.survived("A12 more, verify.py", len(files[:: trials.step(4)]))
