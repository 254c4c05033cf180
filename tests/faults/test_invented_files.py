"""A12–A14, A17: hostile files made up here, to every command that reads what people bring."""

from pathlib import Path

import pytest

from reviewer_app.core.round import ExpertNumber
from reviewer_app.services import paper_form
from reviewer_app.services.paper_entry import Form
from tests.archive.verifying import alone
from tests.faults import altering, forging, inventing
from tests.faults.commands import Commands
from tests.faults.conftest import Trials
from tests.faults.test_hostile_files import PASSCODE, around
from tests.services.day import NOON, Day

SCANS = (".pdf", ".png", ".jpg", ".tif")


@pytest.fixture
def commands(
    day: Day, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Commands:
    form = Form(day.round_id, ExpertNumber("02"))
    paper_form.write_form(day.context.open_bureau, form, day.folder / "form.pdf", NOON)
    altering.close(day)
    monkeypatch.setenv("REVIEWER_APP_PASSCODE", PASSCODE)
    return Commands(day.folder / "home", capsys)


def test_invented_files_are_refused_in_one_line(
    commands: Commands, day: Day, tmp_path: Path, trials: Trials
) -> None:
    files = list(inventing.every(full=trials.full))
    chosen = files[:: trials.step(16)]
    tried = 0
    for name, data in chosen:
        path = forging.write(tmp_path / name, data)
        before = around(tmp_path)
        commands.refused("verify", path)
        commands.refused("round", "collect", day.round_id, path)
        commands.refused("round", "import", path)
        commands.refused("expert", "open", path)
        who = ("--by", "张", "--reason", "x")
        form = ("round", "enter", day.round_id, "02")
        if name.endswith(SCANS):
            listed = forging.write(tmp_path / "typed.csv", typed(day))
            commands.refused(*form, listed, *who, "--scan", path)
            listed.unlink()
        else:
            commands.refused(*form, path, *who, "--scan", day.folder / "form.pdf")
        assert around(tmp_path) == before
        path.unlink()
        tried += 5
    trials.survived("A12-A14 invented", tried)


def typed(day: Day) -> bytes:
    """Return a list in which every box of the form of expert 02 is filled."""
    document = day.laptops["02"].pack.assignment.document
    leaves = day.laptops["02"].pack.round.document.scheme.indicators()
    rows = [
        f"{each.application.number},{leaf.code},84"
        for each in document.applications
        for leaf in leaves
    ]
    return "\n".join(["application,indicator,score", *rows, ""]).encode()


def test_verify_py_alone_refuses_them_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], trials: Trials
) -> None:
    bombs = inventing.bombs() if trials.full else ()
    files = [*bombs, *inventing.zips()][:: trials.step(3)]
    files = [each for each in files if each[0].endswith(".zip")]
    for name, data in files:
        path = forging.write(tmp_path / name, data)
        assert alone.main([str(path)]) == 1
        assert "Traceback" not in capsys.readouterr().out
    trials.survived("A12 invented, verify.py", len(files))
