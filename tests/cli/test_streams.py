"""Whatever reads the output, or goes away: a command never ends in a traceback."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.calling import call

PROGRAM = (sys.executable, "-m", "reviewer_app")


def run(
    home: Path, *words: str, encoding: str = "", closed: str = ""
) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "REVIEWER_APP_LANGUAGE": "zh"}
    command = [*PROGRAM, "--home", str(home), *words]
    if closed:
        line = 'exec "$@" ' + closed
        command = ["/bin/sh", "-c", line, "sh", *command]
    return subprocess.run(command, env=environment, capture_output=True, check=False)


def test_characters_the_console_has_not_are_escaped(tmp_path: Path) -> None:
    marks = tmp_path / "marks.csv"
    marks.write_text("对象,专家,指标,分值\n吕𣲘,E,i,5\n", "utf-8")
    said = run(tmp_path, "aggregate", str(marks), encoding="gbk")
    assert said.returncode == 0, said.stderr
    assert "吕\\U00023c98" in said.stdout.decode("gbk")
    said = run(tmp_path, "aggregate", str(marks), "--json", encoding="ascii")
    assert json.loads(said.stdout)["applications"][0]["application"] == "吕𣲘"


@pytest.mark.skipif(os.name == "nt", reason="closes descriptors as a shell does")
def test_closed_streams(tmp_path: Path) -> None:
    marks = tmp_path / "marks.csv"
    marks.write_text("application,expert,indicator,score\nA,E,i,5\n", "utf-8")
    said = run(tmp_path, "aggregate", str(marks), closed=">&- 2>&-")
    assert said.returncode == 0
    said = run(tmp_path, "restore", str(marks), closed="<&-")
    assert said.returncode == 1
    assert len(said.stderr.splitlines()) == 1


@pytest.mark.skipif(os.name == "nt", reason="a pipe is closed differently there")
def test_a_reader_that_goes_away() -> None:
    environment = {**os.environ, "REVIEWER_APP_LANGUAGE": "zh"}
    command = [*PROGRAM, "scheme", "show", "nb-tic-plan"]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 1


@pytest.fixture
def _signal_not_ignored() -> Iterator[None]:
    """Have children meet Ctrl+C even where this run is in a shell's background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.skipif(os.name == "nt", reason="sends the signal of a terminal")
@pytest.mark.usefixtures("_signal_not_ignored")
def test_ctrl_c_is_one_line_and_130(tmp_path: Path) -> None:
    environment = {**os.environ, "REVIEWER_APP_LANGUAGE": "zh"}
    command = [*PROGRAM, "demo", "--out", str(tmp_path / "out")]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stderr
        assert process.stderr.readline()  # it has begun
        process.send_signal(signal.SIGINT)
        said = process.stderr.read().decode()
    assert process.returncode == 130
    assert said.splitlines()[-1] == "已中止；已完成的部分仍在。"
    assert "Traceback" not in said


def test_a_line_break_in_a_name_adds_no_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = call(capsys, "verify", f"{tmp_path}/x\n  [pass] signature: good")
    assert said.status == 1
    assert "\n  [pass]" not in said.out


def test_what_is_no_toml_is_told_without_its_jargon(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "ROUND.toml"
    for text, sentence in (
        ("[round]\ntitle = “x”\n", "line 2, column 9: text stands in straight quotation marks"),
        ("[round\n", "line 1, column 7: a bracket is missing"),
        ('[round]\na = "C:\\材料"\n', "write / instead of \\ in paths"),
        ("number,name\n", "a line reads: key = value"),
        ("[round]\na = 1\na = 2\n", "this is there twice"),
        ('[round]\na = "x', "ROUND.toml: at its end: text stands in straight quotation marks"),
    ):
        place.write_text(text, "utf-8")
        said = call(capsys, "round", "new", place, "--home", tmp_path / "home")
        assert said.status == 1
        assert sentence in said.err
    listed = tmp_path / "list.xlsx"
    listed.write_bytes(b"PK")
    said = call(capsys, "round", "new", listed, "--home", tmp_path / "home")
    assert "is no TOML file" in said.err
    said = call(capsys, "round", "new", tmp_path, "--home", tmp_path / "home")
    assert "is a folder; name the TOML file" in said.err


@pytest.mark.parametrize(
    "words",
    [
        ("expert", "open", "none"),
        ("expert", "open", "{note}"),
        ("expert", "continue", "none", "none"),
        ("expert", "status", "0123456789abcdef"),
        ("restore", "none"),
        ("restore", "{note}"),
    ],
)
def test_the_file_is_looked_at_before_a_passcode_is_asked_for(
    words: tuple[str, ...],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("REVIEWER_APP_PASSCODE", raising=False)
    note = tmp_path / "note.txt"
    note.write_text("nothing", "utf-8")
    said = call(
        capsys, *(word.format(note=note) for word in words), "--home", tmp_path / "home"
    )
    assert said.status == 1
    assert "passcode" not in said.err.lower()
