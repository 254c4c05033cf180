"""The day by command, on the sample round, in homes of its own."""

import csv
from pathlib import Path

import pytest

from tests.e2e.conftest import reviewer

PANEL = """
[[replace]]
expert = "05"
by = "08"
reason = "突发身体原因（示例）"

[[expert]]
number = "08"
name = "骆翀昇（示例）"
employer = "三江大学（示例）"
"""


@pytest.fixture(scope="module")
def bureau(sample_round: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Return a home with the sample round issued by command, and the round's id."""
    home = tmp_path_factory.mktemp("bureau")
    new = reviewer("round", "new", sample_round, "--json", home=home)
    assert new.status == 0, new.err
    round_id = new.json()["id"]
    issued = reviewer(
        "round", "issue", round_id, "--out", home / "packs", "--slips", home / "slips.csv",
        "--json", home=home,
    )  # fmt: skip
    assert issued.status == 0, issued.err
    assert len(issued.json()["packs"]) == 7
    return home, round_id


def passcode_of(slips: Path, expert: str) -> tuple[str, str]:
    with slips.open(encoding="utf-8-sig", newline="") as stream:
        rows = {row["专家编号"]: row for row in csv.DictReader(stream)}
    return rows[expert]["评审包"], rows[expert]["口令"]


def test_an_expert_works_by_command(bureau: tuple[Path, str], tmp_path: Path) -> None:
    home, round_id = bureau
    name, passcode = passcode_of(home / "slips.csv", "02")
    pack = home / "packs" / name
    laptop = tmp_path / "laptop"
    secret = {"REVIEWER_APP_PASSCODE": passcode}
    opened = reviewer("expert", "open", pack, "--json", home=laptop, **secret)
    assert opened.status == 0, opened.err
    pack_id = opened.json()["pack_id"]
    marks = tmp_path / "marks.csv"
    status = reviewer("expert", "status", pack_id, "--json", home=laptop, **secret).json()
    numbers = [each["number"] for each in status["applications"]]
    lines = ["application,indicator,score"]
    lines += [
        f"{number},{code},80"
        for number in numbers
        for code in _codes()
        if (number, code) != ("12", "9.6")  # not applicable there, says its 责任书
    ]
    marks.write_text("\n".join(lines) + "\n", "utf-8-sig")
    taken = reviewer("expert", "import", pack_id, marks, home=laptop, **secret)
    assert taken.status == 0, taken.err
    signed = reviewer(
        "expert", "sign", pack_id, "--out", tmp_path / "usb", "--json", home=laptop, **secret
    )
    assert signed.status == 0, signed.err
    sheet = next((tmp_path / "usb").glob("*.scoresheet"))
    collected = reviewer("round", "collect", round_id, sheet, "--json", home=home)
    assert collected.status == 0, collected.err
    (verdict,) = collected.json()["files"]
    assert (verdict["verdict"], verdict["expert"]) == ("received", "02")
    again = reviewer("round", "collect", round_id, tmp_path / "usb", "--json", home=home)
    assert {each["verdict"] for each in again.json()["files"]} == {"duplicate"}
    early = reviewer("round", "results", round_id, home=home)
    assert early.status == 1
    assert len(early.err.strip().splitlines()) == 1


def _codes() -> list[str]:
    counts = {"6": range(2, 7), "7": range(1, 4), "8": range(1, 3), "9": range(1, 8)}
    codes = [f"{head}.{tail}" for head, tails in counts.items() for tail in tails]
    return codes + [f"10.{tail}" for tail in range(1, 8)]


def test_a_slip_in_the_passcode_names_its_group(
    bureau: tuple[Path, str], tmp_path: Path
) -> None:
    home, _round = bureau
    name, passcode = passcode_of(home / "slips.csv", "03")
    groups = passcode.split("-")
    wrong = "2" if groups[2][0] != "2" else "3"
    groups[2] = wrong + groups[2][1:]
    ran = reviewer(
        "expert", "open", home / "packs" / name, "--language", "en",
        home=tmp_path, REVIEWER_APP_PASSCODE="-".join(groups),
    )  # fmt: skip
    assert ran.status == 1
    assert "3" in ran.err
    assert len(ran.err.strip().splitlines()) == 1


def test_a_passcode_of_another_pack_is_told_apart(
    bureau: tuple[Path, str], tmp_path: Path
) -> None:
    home, _round = bureau
    name, _passcode = passcode_of(home / "slips.csv", "03")
    _other, passcode = passcode_of(home / "slips.csv", "04")
    ran = reviewer(
        "expert", "open", home / "packs" / name, "--language", "en",
        home=tmp_path, REVIEWER_APP_PASSCODE=passcode,
    )  # fmt: skip
    assert ran.status == 1
    assert "another pack" in ran.err


def test_an_expert_is_replaced_on_the_morning(bureau: tuple[Path, str], tmp_path: Path) -> None:
    home, round_id = bureau
    change = tmp_path / "ROSTER.toml"
    change.write_text(PANEL, "utf-8")
    ran = reviewer("round", "roster", round_id, change, "--json", home=home)
    assert ran.status == 0, ran.err
    assert ran.json()["version"] == 2
    assert [pack["expert"] for pack in ran.json()["packs"]] == ["08"]
    board = reviewer("round", "status", round_id, "--json", home=home).json()
    states = {each["expert"]: each["state"] for each in board["experts"]}
    assert (states["05"], states["08"]) == ("withdrawn", "missing")
    paper = tmp_path / "reminder.pdf"
    asked = reviewer("round", "remind", round_id, paper, "--json", home=home)
    assert asked.status == 0, asked.err
    assert paper.read_bytes().startswith(b"%PDF")


def test_wrong_usage_is_two(tmp_path: Path) -> None:
    assert reviewer("round", home=tmp_path).status == 2
    assert reviewer("no-such-command", home=tmp_path).status == 2


def test_an_unknown_round_is_one_line(tmp_path: Path) -> None:
    ran = reviewer("round", "show", "abcd", home=tmp_path)
    assert ran.status == 1
    assert len(ran.err.strip().splitlines()) == 1
