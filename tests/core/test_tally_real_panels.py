"""Real panels with published results come out to the last printed digit."""

import csv
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from reviewer_app.core.errors import MarkError
from reviewer_app.core.numbers import Rounding, publish
from reviewer_app.core.rules import Decision, RoundingRules, Threshold
from reviewer_app.core.tally import Panel, PanelApplication, PanelSheet, check_panel, tally
from tests.core.panels import Row, leaf, mark, panel, rules, scheme, single

Record = dict[str, Any]


def records(folder: Path, name: str) -> list[Record]:
    text = (folder / "cases" / name).read_text("utf-8")
    return [json.loads(line) for line in text.splitlines()]


def test_diving_2024(fixtures: Path) -> None:
    dives = records(fixtures, "diving2024.jsonl")
    settings = rules("trimmed", drops=(2, 2), minimum=7)
    for dive in dives:
        difficulty = Fraction(dive["weight"])
        table = scheme([leaf("a", 30 * difficulty, 10)])
        rows = [[score] for score in dive["scores"]]
        assert tally(panel(table, {"1": rows}), settings).of("1").published == dive["expected"]
    assert len(dives) == 72


def test_halfpipe_2026(fixtures: Path) -> None:
    runs = records(fixtures, "halfpipe2026.jsonl")
    result = tally(single({run["id"]: run["scores"] for run in runs}), rules("trimmed"))
    for run in runs:
        assert result.of(run["id"]).published == run["expected"]
        assert result.of(run["id"]).trimmed
    assert len(runs) == 24


def by_reviewer(runs: Sequence[Mapping[str, Any]], key: str, score: str) -> Panel:
    """Return a panel of one figure an expert, experts known by name."""
    table = scheme([leaf("a", 10, 10)])
    sheets: dict[str, dict[str, Any]] = defaultdict(dict)
    for run in runs:
        for review in run[key]:
            sheets[review["reviewer"]][run["id"]] = {"a": mark(review[score])}
    return Panel(
        tuple(PanelApplication(run["id"], table) for run in runs),
        tuple(PanelSheet(expert, marks) for expert, marks in sheets.items()),
    )


def test_aibs_means_and_their_order(fixtures: Path) -> None:
    """Low is good there, so places are counted from the other end."""
    runs = records(fixtures, "aibs.jsonl")
    result = tally(by_reviewer(runs, "reviews", "overall"), rules(basis="exact"))
    for run in runs:
        found = result.of(run["id"])
        assert found.exact is not None
        assert float(found.exact) == pytest.approx(float(run["expected_mean"]), abs=5e-15)
        assert found.spread is not None
        tie_key = found.exact + found.spread.high / 10_000
        assert float(tie_key) == pytest.approx(float(run["expected_tie_key"]), abs=5e-15)
        assert found.rank is not None
        behind = sum(
            each.exact is not None and each.exact > found.exact for each in result.applications
        )
        equals = sum(each.exact == found.exact for each in result.applications)
        assert found.rank == behind + 1
        assert behind <= len(runs) - run["published_rank_mean"] < behind + equals
    assert len(runs) == 72


def test_iclr_2017(fixtures: Path) -> None:
    papers = records(fixtures, "iclr2017.jsonl")
    result = tally(single({paper["id"]: paper["scores"] for paper in papers}), rules())
    for paper in papers:
        exact = result.of(paper["id"]).exact
        assert exact is not None
        assert float(exact) == paper["expected_mean"]
    assert len(papers) == 490


def test_contest_2023(fixtures: Path) -> None:
    """First stage: five standard scores added, or averaged where a second stage is added."""
    with (fixtures / "cases/contest2023-2.1-scores.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    stages: dict[str, dict[str, list[str]]] = {"1": defaultdict(list), "2": defaultdict(list)}
    for row in rows:
        stages[row["stage"]][row["work"]].append(row["review"] or row["standard"])
    first, second = (tally(single(stages[stage]), rules()) for stage in "12")
    finals = records(fixtures, "contest2023-2.1-finals.jsonl")
    for final in finals:
        number = str(final["work"])
        mean = first.of(number).exact
        assert mean is not None
        if final["stages"] == 1:
            exact = 5 * mean
        else:
            further = second.of(number).exact
            assert further is not None
            exact = mean + 3 * further
        assert publish(exact, 2, Rounding.HALF_UP) == final["published_final"]
    assert len(finals) == 885


WINE = {
    ("外观分析", "澄清度"): 5, ("外观分析", "色调"): 10, ("香气分析", "纯正度"): 6,
    ("香气分析", "浓度"): 8, ("香气分析", "质量"): 16, ("口感分析", "纯正度"): 6,
    ("口感分析", "浓度"): 8, ("口感分析", "持久性"): 8, ("口感分析", "质量"): 22,
    ("平衡/整体评价", "平衡/整体评价"): 11,
}  # fmt: skip


@pytest.fixture(scope="module")
def wine_rows() -> dict[str, list[Row]]:
    """Return the marks of the second wine panel by sample, one row a taster."""
    path = Path(__file__).resolve().parents[3] / "shared/fixtures/cases/wine-panel2-scores.csv"
    if not path.exists():
        pytest.skip("the shared fixtures are not on this machine")
    marks: dict[str, dict[int, dict[tuple[str, str], str]]] = defaultdict(
        lambda: defaultdict(dict)
    )
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            sample = f"{row['colour']} {row['sample']}"
            marks[sample][int(row["taster"])][row["level1"], row["level2"]] = row["score"]
    return {
        sample: [[given[taster][item] for item in WINE] for taster in range(1, 11)]
        for sample, given in marks.items()
    }


def wine_scheme() -> Any:
    return scheme([leaf(str(n), most, most) for n, most in enumerate(WINE.values(), start=1)])


def test_wine_panel_two(fixtures: Path, wine_rows: dict[str, list[Row]]) -> None:
    entries = panel(wine_scheme(), wine_rows)
    check_panel(entries)
    mean, trimmed, median = (
        tally(entries, rules(method)) for method in ("mean", "trimmed", "median")
    )
    samples = records(fixtures, "wine-panel2-means.jsonl")
    for sample in samples:
        name = f"{sample['colour']} {sample['sample']}"
        found = mean.of(name)
        assert found.exact == Fraction(sample["expected_mean"])
        assert float(found.exact) == sample["published_mean"]
        assert [sheet.total for sheet in found.sheets] == [
            Fraction(total) for total in sample["taster_totals"]
        ]
        assert trimmed.of(name).exact == Fraction(sample["trimmed_1_1"])
        assert median.of(name).exact == Fraction(sample["median"])
    assert len(samples) == 55


def test_wine_panel_one_has_a_77_on_an_8_point_item(wine_rows: dict[str, list[Row]]) -> None:
    rows = [list(row) for row in wine_rows["red 1"]]
    rows[2][7] = 77
    entries = panel(wine_scheme(), {**wine_rows, "red 1": rows})
    with pytest.raises(MarkError, match=r"Expert 3, application red 1, 8: 77 is outside 0–8"):
        check_panel(entries)


def test_a_published_interview_rule_truncates(fixtures: Path) -> None:
    document = json.loads((fixtures / "cases/cn-rules.json").read_text("utf-8"))
    [case] = [each for each in document if each["id"] == "qujing-rule"]
    settings = rules("trimmed", rounding=RoundingRules(Rounding.TRUNCATE))
    for worked in case["worked_by_helper"]:
        found = tally(single({"1": worked["scores"]}), settings).of("1")
        assert found.published == worked["interview_truncated"]


def test_a_published_table_passes_strictly_above_seventy(fixtures: Path) -> None:
    document = json.loads((fixtures / "cases/cn-rules.json").read_text("utf-8"))
    [case] = [each for each in document if each["id"] == "gaoxin-100"]
    assert case["pass"] == "total strictly greater than 70"
    settings = replace(rules(), decision=Decision(pass_mark=Threshold(">", Fraction(70))))
    for total, passes in ((70, False), (71, True)):
        assert tally(single({"1": [total]}), settings).of("1").passes is passes
