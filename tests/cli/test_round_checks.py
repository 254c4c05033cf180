"""``round show`` names the checks that a written reason may set aside."""

from pathlib import Path

import pytest

from tests.cli.calling import call
from tests.inputs.files import csv, package
from tests.inputs.test_round_file import ROUND, described


def test_what_may_be_set_aside_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REVIEWER_APP_PASSPHRASE", "示例口令 2026")
    for number in ("01", "02"):
        package(tmp_path / f"applications/{number}", described(number, f"领域{number}"))
    lines = [f"{n},专家{n}（示例）,单位{n}" for n in range(1, 7)]
    csv(tmp_path / "experts.csv", "编号,姓名,工作单位", *lines)
    file, home = tmp_path / "ROUND.toml", tmp_path / "home"
    aside = '[[override]]\ncheck = "bureau-share"\nreason = "一位请假（示例）"\n'
    file.write_text(ROUND + aside, "utf-8")
    made = call(capsys, "round", "new", file, "--home", home, "--json")
    assert made.status == 0, made.err
    shown = call(capsys, "round", "show", made.document["id"], "--home", home)
    assert "an odd number is required  [panel-odd]" in shown.out
    assert "set aside with [[override]]" in shown.out
    assert "[panel-minimum]" not in shown.out
    assert "(一位请假（示例）)" in shown.out
    changed = call(
        capsys,
        "round",
        "change",
        made.document["id"],
        "--kind",
        "验收",
        "--home",
        home,
        "--json",
    )
    assert (changed.status, changed.document["kind"]) == (0, "验收")
    gone = call(capsys, "round", "remove", made.document["id"], "--home", home)
    assert gone.status == 0, gone.err
    assert call(capsys, "round", "list", "--home", home, "--json").document == {"rounds": []}
    away = call(capsys, "round", "list", "--removed", "--home", home)
    assert made.document["id"] in away.out
    back = call(capsys, "round", "restore", made.document["id"][:5], "--home", home, "--json")
    assert (back.status, back.document["state"]) == (0, "preparing")
    packs = ("--out", tmp_path / "packs", "--slips", tmp_path / "slips.csv")
    issued = call(capsys, "round", "issue", made.document["id"], *packs, "--home", home)
    assert issued.status == 1
    *unmet, advice = issued.err.splitlines()
    assert [line[0] for line in unmet] == ["✗"] * len(unmet)
    assert any(line.endswith("[panel-odd]") for line in unmet)
    assert f"round remove {made.document['id']}" in advice
    assert not (tmp_path / "packs").exists()
    early = call(capsys, "round", "status", made.document["id"], "--home", home)
    assert early.status == 1
    assert f"Next: round issue {made.document['id']} --out" in early.err
    assert len(early.err.splitlines()) == 1
