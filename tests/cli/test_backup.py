from pathlib import Path

import pytest

from reviewer_app.cli.passcode import PASSCODE
from tests.cli.calling import call
from tests.services.day import Day


def test_backup_says_the_code_once_and_restore_asks_for_it(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(PASSCODE, raising=False)
    home, file = Day.start(tmp_path).context.home, tmp_path / "b.reviewbackup"
    made = call(capsys, "backup", file, "--home", home, "--json")
    assert made.status == 0, made.err
    assert made.document["rounds"] == 1
    again = call(capsys, "backup", file, "--home", home)
    assert again.status == 1
    assert "exists already" in again.err
    blind = call(capsys, "restore", file, "--home", tmp_path / "c")
    assert blind.status == 1
    assert "--passcode-file" in blind.err
    code = tmp_path / "code.txt"
    code.write_text(made.document["code"])
    back = call(
        capsys, "restore", file, "--home", tmp_path / "c", "--passcode-file", code, "--json"
    )
    assert back.status == 0, back.err
    assert back.document["rounds"] == 1
    assert call(capsys, "round", "list", "--home", tmp_path / "c").status == 0


def test_a_nightly_backup_uses_the_code_it_is_given(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = "00001-00002-00003-00004"
    home = Day.start(tmp_path).context.home
    monkeypatch.setenv(PASSCODE, "no code at all")
    refused = call(capsys, "backup", tmp_path / "x", "--home", home)
    assert refused.status == 1
    assert not (tmp_path / "x").exists()
    monkeypatch.setenv(PASSCODE, code)
    made = call(capsys, "backup", tmp_path / "y", "--home", home)
    assert made.status == 0, made.err
    assert code in made.out
