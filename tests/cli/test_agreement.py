"""``agreement`` as docs/cli.md promises it."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.cli.calling import call

Capsys = pytest.CaptureFixture[str]
SHROUT_FLEISS = (
    (9, 2, 5, 8),
    (6, 1, 3, 2),
    (8, 4, 6, 8),
    (7, 1, 2, 6),
    (10, 5, 6, 9),
    (6, 2, 4, 7),
)


def table(folder: Path, rows: Sequence[Sequence[object]], name: str = "marks.csv") -> Path:
    """Write applications as rows and experts as columns; None has no row."""
    lines = ["application,expert,indicator,score"]
    lines += [
        f"A{number},E{expert},total,{score}"
        for number, row in enumerate(rows, start=1)
        for expert, score in enumerate(row, start=1)
        if score is not None
    ]
    path = folder / name
    path.write_text("\n".join(lines), "utf-8")
    return path


def digits(text: str) -> int:
    return len(text.lstrip("-0.").replace(".", ""))


def test_intraclass_correlation(tmp_path: Path, capsys: Capsys) -> None:
    answer = call(capsys, "agreement", table(tmp_path, SHROUT_FLEISS), "--json")
    icc: dict[str, Any] = answer.document["icc"]
    assert list(icc) == ["ICC1", "ICC2", "ICC3", "ICC1k", "ICC2k", "ICC3k"]
    two = icc["ICC2"]
    assert set(two) == {"value", "ci95", "f", "df1", "df2", "p"}
    assert float(two["value"]) == pytest.approx(0.28976377952755905, rel=1e-12)
    assert [round(float(end), 2) for end in two["ci95"]] == [0.02, 0.76]
    assert (two["df1"], two["df2"]) == (5, 15)
    assert float(two["p"]) == pytest.approx(0.000134566, rel=1e-4)
    assert float(icc["ICC1"]["p"]) == pytest.approx(0.164769, rel=1e-4)
    assert min(digits(each["value"]) for each in icc.values()) >= 9


def test_concordance(tmp_path: Path, capsys: Capsys) -> None:
    executives = ((1, 1, 6), (6, 5, 3), (3, 6, 2), (2, 4, 5), (5, 2, 4), (4, 3, 1))
    found = call(capsys, "agreement", table(tmp_path, executives), "--json").document[
        "kendall_w"
    ]
    assert float(found["w"]) == pytest.approx(0.16190476190476191)
    assert float(found["chi2"]) == pytest.approx(2.4285714285714284)
    assert found["df"] == 5
    assert float(found["p"]) == pytest.approx(0.787, abs=1e-3)
    assert found["tie_corrected"] is True


def test_alpha_takes_missing_totals(fixtures: Path, tmp_path: Path, capsys: Capsys) -> None:
    cases = json.loads((fixtures / "cases/papers-fixture.json").read_text("utf-8"))["cases"]
    [case] = [each for each in cases if each["id"] == "alpha-krippendorff-2011-C"]
    marks = table(tmp_path, list(zip(*case["raters"], strict=True)))
    document = call(capsys, "agreement", marks, "--json").document
    for metric, value in case["published"].items():
        assert round(float(document["krippendorff_alpha"][metric]), 3) == value
    assert document["kendall_w"]["applications"] < len(case["raters"][0])


def test_leniency_is_against_the_others(tmp_path: Path, capsys: Capsys) -> None:
    marks = table(tmp_path, [(80, 70, 72), (60, 50, 54), (90, 70, 80), (75, 64, 66)])
    document = call(capsys, "agreement", marks, "--json").document
    assert float(document["leniency"]["E1"]) == pytest.approx(10.5)
    [first, *_] = document["experts"]
    assert (first["expert"], first["applications"], float(first["agreement"])) == ("E1", 4, 1.0)


def test_undefined_says_why_and_is_no_number(tmp_path: Path, capsys: Capsys) -> None:
    answer = call(capsys, "agreement", table(tmp_path, [(80,), (70,)]), "--json")
    document = answer.document
    assert answer.status == 0
    for part in (
        document["kendall_w"],
        document["icc"]["ICC1"],
        document["krippendorff_alpha"]["interval"],
        document["leniency"]["E1"],
        document["normalised"],
    ):
        assert set(part) == {"undefined"}
        assert part["undefined"]
    assert "NaN" not in answer.out


def test_sheets_with_gaps_have_no_total(tmp_path: Path, capsys: Capsys) -> None:
    marks = table(tmp_path, [(80, 70, ""), (60, 50, 54), (90, 70, 80)])
    answer = call(capsys, "agreement", marks, "--json")
    assert answer.document["kendall_w"]["applications"] == 2
    assert "Left out: application A1, expert E3" in answer.err


def test_weights_make_the_totals(tmp_path: Path, capsys: Capsys) -> None:
    path = tmp_path / "marks.csv"
    rows = ["application,expert,indicator,score"]
    for number, (a, b) in enumerate([(1, 9), (2, 5), (3, 1)]):
        rows += [
            f"{number},E1,a,{a}",
            f"{number},E1,b,{b}",
            f"{number},E2,a,{a}",
            f"{number},E2,b,1",
        ]
    path.write_text("\n".join(rows), "utf-8")
    weights = tmp_path / "w.csv"
    weights.write_text("indicator,weight\na,1000\nb,1", "utf-8")
    plain = call(capsys, "agreement", path, "--json").document["kendall_w"]["w"]
    by_a = call(capsys, "agreement", path, "--weights", weights, "--json").document[
        "kendall_w"
    ]["w"]
    assert (float(plain), float(by_a)) == (0.0, 1.0)


def test_people_read_lines(tmp_path: Path, capsys: Capsys) -> None:
    text = call(capsys, "agreement", table(tmp_path, SHROUT_FLEISS)).out
    assert "ICC2 0.290  95 % [0.019, 0.761]" in text
    assert "Expert E2: leniency" in text
    alone = call(capsys, "agreement", table(tmp_path, [(80,), (70,)])).out
    assert "Kendall W: fewer than two experts" in alone
    constant = call(capsys, "agreement", table(tmp_path, [(1, 2), (3, 4), (5, 6)])).out
    assert "ICC3 1.000  there is no noise at all" in constant
