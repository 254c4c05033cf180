"""Normalised experts and groups with factors: derived again, and each altered figure named."""

import json
import random
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from reviewer_app.core.marks import Mark, scored
from reviewer_app.core.numbers import Rounding
from reviewer_app.core.round import ApplicationNumber, ExpertNumber
from reviewer_app.core.rules import (
    Aggregation,
    GroupFactor,
    Groups,
    Method,
    Normalise,
    ReviewRules,
    RoundingRules,
)
from tests.archive.making import Plan, make_archive, plain_scheme
from tests.archive.verifying import both, files_of, resealed, rezip

CODES = [each.code for each in plain_scheme().indicators()]


def drawn(expert: ExpertNumber, number: ApplicationNumber, code: str) -> Mark:
    """Return a mark that looks drawn, of a strict or a mild expert."""
    chance = random.Random(f"{expert}{number}{code}")  # noqa: S311 - a mark, not a key
    return scored(Fraction(chance.randint(5, 15) * 4 + 3 * int(expert)))


def alike(expert: ExpertNumber, number: ApplicationNumber, code: str) -> Mark:
    return scored(70) if expert == "02" else drawn(expert, number, code)


def nothing(_expert: ExpertNumber, number: ApplicationNumber, _code: str) -> Mark:
    return scored(0 if number < "03" else 50)


NORMAL = Plan(
    rules=ReviewRules(Aggregation(normalise=Normalise.Z_SCORE)),
    applications=8,
    experts=3,
    mark=drawn,
)
GROUPS = Groups((("乙组", ("03", "04")), ("甲组", ("01", "02"))))
ROUNDS = {
    "normalised": NORMAL,
    "normalised and trimmed": replace(
        NORMAL,
        rules=ReviewRules(
            Aggregation(Method.TRIMMED, minimum_sheets=3, normalise=Normalise.Z_SCORE),
            RoundingRules(Rounding.HALF_EVEN, sheet_digits=0),
        ),
    ),
    "one scored too few": replace(NORMAL, recused={2: (1,)}),
    "one scored alike": replace(NORMAL, mark=alike),
    "groups": Plan(rules=ReviewRules(groups=GROUPS), mark=drawn),
    "groups by means": Plan(
        rules=ReviewRules(groups=replace(GROUPS, factor=GroupFactor.MEANS, digits=3)),
        mark=drawn,
    ),
    "a group too small": Plan(rules=ReviewRules(groups=replace(GROUPS, drop_high=2))),
    "a group of nothing": Plan(rules=ReviewRules(groups=GROUPS), mark=nothing),
    "extremes left out": Plan(
        rules=ReviewRules(
            groups=replace(GROUPS, drop_low=1),
            rounding=RoundingRules(Rounding.TRUNCATE, result_digits=3),
        ),
        mark=drawn,
        recused=dict.fromkeys(range(1, 6), (3,)),
    ),
}


@pytest.mark.parametrize("name", ROUNDS)
def test_it_is_derived_again(name: str, tmp_path: Path) -> None:
    path = make_archive(tmp_path / "a.zip", ROUNDS[name])
    first, second = both(path)
    assert first.ok, first.text
    assert not second.failed
    results = json.loads(files_of(path)["results.json"])
    assert ("normalised" in results) is name.startswith(("normalised", "one"))
    assert ("groups" in results) is not name.startswith(("normalised", "one"))


def factor(results: dict[str, Any]) -> None:
    results["normalised"]["experts"][1]["factor"] = "1"


def mean(results: dict[str, Any]) -> None:
    results["normalised"]["mean"] = "60"


def gone(results: dict[str, Any]) -> None:
    del results["normalised"]


def strange(results: dict[str, Any]) -> None:
    results["groups"] = {"groups": [], "reference": "0"}


@pytest.mark.parametrize("change", [factor, mean, gone, strange])
def test_an_altered_factor_fails_both(
    change: Callable[[dict[str, Any]], None], tmp_path: Path
) -> None:
    path = make_archive(tmp_path / "a.zip", NORMAL)
    files = files_of(path)
    results = json.loads(files["results.json"])
    change(results)
    text = json.dumps(results, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    first, second = both(rezip(path, resealed(files | {"results.json": text.encode()})))
    assert first.failed & {"results", "tally"}
    assert second.failed & {"basis", "results", "rechecks"}


def test_a_multiplied_result_is_held_against_its_group(tmp_path: Path) -> None:
    path = make_archive(tmp_path / "a.zip", ROUNDS["groups"])
    files = files_of(path)
    results = json.loads(files["results.json"])
    results["applications"][0]["unadjusted"] = "1"
    text = json.dumps(results, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    first, second = both(rezip(path, resealed(files | {"results.json": text.encode()})))
    assert "result" in first.failed & second.failed
