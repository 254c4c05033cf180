"""Second scoring, order of speaking and fee sheet by command, to a sealed archive."""

import csv
import json
from pathlib import Path

import pytest

from tests.archive.verifying import both, files_of
from tests.cli.calling import Answer, call
from tests.services.conftest import *  # noqa: F403 - the issued round
from tests.services.day import Day


class Commands:
    """Commands on one home, the expert's with the passcode of the slip."""

    def __init__(self, day: Day, capsys: pytest.CaptureFixture[str]) -> None:
        self._day, self._capsys = day, capsys
        with (day.folder / "slips.csv").open(encoding="utf-8-sig", newline="") as stream:
            slips = {row["评审包"]: row["口令"] for row in csv.DictReader(stream)}
        (self.pack,) = (day.folder / "packs").glob("02-*.reviewpack")
        self._code = day.folder / "code.txt"
        self._code.write_text(slips[self.pack.name], "utf-8")

    def round(self, verb: str, *options: str | Path) -> Answer:
        home = self._day.folder / "home"
        words = ("round", verb, self._day.round_id, *options, "--home", home, "--json")
        return call(self._capsys, *words)

    def expert(self, verb: str, *options: str | Path) -> Answer:
        known = ("--passcode-file", self._code, "--home", self._day.folder / "laptop")
        return call(self._capsys, "expert", verb, *options, *known, "--json")


def marks(day: Day, path: Path, points: int) -> Path:
    scheme = day.laptops["02"].pack.round.document.scheme
    with path.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(["application", "indicator", "score"])
        for number in ("01", "02", "03"):
            rows.writerows([number, leaf.code, points] for leaf in scheme.indicators())
    return path


def test_from_a_first_sheet_to_an_archive_with_both_scorings(
    day: Day, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = Commands(day, capsys)
    drawn = run.round("order", "--draw", "--seed", "20261121", "--by", "柳（示例）")
    assert (drawn.status, len(drawn.document["order"])) == (0, 3), drawn.err
    assert run.round("order", "--draw").status == 1
    pack_id = run.expert("open", run.pack).document["pack_id"]
    assert run.expert("import", pack_id, marks(day, tmp_path / "a.csv", 70)).status == 0
    first = run.expert("sign", pack_id, "--out", tmp_path / "stick", "--stage", "1")
    assert first.document["stage"] == 1, first.err
    day.collect(*(path for path in day.sign_all() if not path.name.startswith("02")))
    day.collect(Path(first.document["files"][0]))
    assert run.round("close").status == 0
    assert "foresee no second scoring" in run.round("second", "--open").err
    out = tmp_path / "feedback"
    opened = run.round("second", "--open", "--reason", "分歧较大（示例）", "--out", out)
    assert opened.document["state"] == "open", opened.err
    assert len(opened.document["files"]) == 6
    (letter,) = out.glob("02-*.reviewfeedback")
    second = run.expert("second", pack_id, letter)
    assert (second.document["stage"], second.document["restored"]) == (2, False), second.err
    assert second.document["feedback"][0]["median"] == "80"
    assert "not scoring 1" in run.expert("sign", pack_id, "--out", tmp_path, "--stage", "1").err
    assert run.expert("import", pack_id, marks(day, tmp_path / "b.csv", 95)).status == 0
    again = run.expert("sign", pack_id, "--out", tmp_path / "stick", "--stage", "2")
    assert Path(again.document["files"][0]).name == "02-s2-r1.scoresheet", again.err
    taken = run.round("collect", Path(again.document["files"][0]))
    assert taken.document["files"][0]["verdict"] == "received", taken.err
    assert "end it first" in run.round("papers", "--out", tmp_path / "papers").err
    ended = run.round("second", "--end", "--statement", tmp_path / "封存单.pdf")
    assert (ended.document["state"], ended.document["received"]) == ("ended", 1), ended.err
    assert (tmp_path / "封存单.pdf").read_bytes().startswith(b"%PDF")
    assert run.round("fees", "--out", tmp_path / "fees", "--rate", "1500").status == 0
    assert run.round("fees", "--out", tmp_path / "fees", "--rate", "0").status == 1
    archive = tmp_path / "archive.zip"
    missing = "after sealing for good: votes on 3 and opinions on 3 applications"
    taken = run.round("seal", tmp_path)
    assert missing in taken.err
    assert taken.status == 1
    sealed = run.round("seal", archive)
    assert sealed.err.count(missing) == 1
    assert sealed.document["without_vote"] == 3
    for verdict in both(archive):
        assert verdict.ok, verdict.text
    files = files_of(archive)
    assert {"sheets/02-r1.scoresheet", "sheets/02-s2-r1.scoresheet", "feedback.json"} <= set(
        files
    )
    told = json.loads(files["results.json"])["second"]
    assert told["kept"] == ["01", "03", "04", "05"]
    assert told["scorings"][0] != told["scorings"][1]
