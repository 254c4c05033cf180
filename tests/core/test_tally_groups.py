"""Factors between panels, as published Chinese rules state them."""

import json
from fractions import Fraction
from pathlib import Path

import pytest

from reviewer_app.core.errors import RulesError
from reviewer_app.core.numbers import Rounding, publish
from reviewer_app.core.tally_groups import GroupRule, factors, group_factors


def test_published_means_and_factors(fixtures: Path) -> None:
    document = json.loads((fixtures / "cases/cn-rules.json").read_text("utf-8"))
    figures = 0
    for case in document:
        if case["kind"] != "panel_factor":
            continue
        digits = 4 if "mean_4dp" in case["all"] else 2

        def printed(value: Fraction, digits: int = digits) -> str:
            return publish(value, digits, Rounding.HALF_UP)

        def mean(entry: dict[str, str], digits: int = digits) -> Fraction:
            exact = Fraction(entry["sum"]) / int(entry["n"])
            return Fraction(publish(exact, digits, Rounding.HALF_UP))

        key = f"mean_{digits}dp"
        for entry in (*case["panels"], case["all"]):
            assert printed(mean(entry)) == entry[key]
            figures += 1
        named = {str(number): mean(entry) for number, entry in enumerate(case["panels"])}
        found = factors(mean(case["all"]), named, GroupRule(digits=digits))
        expected = case.get(f"factors_{digits}dp")
        if expected:
            assert [printed(each) for each in found.factors.values()] == expected
            figures += len(expected)
    assert figures == 13


def test_extremes_go_in_each_panel_and_among_all() -> None:
    results = {
        "甲": [Fraction(each) for each in (60, 70, 80, 90)],
        "乙": [Fraction(each) for each in (70, 80, 90, 100)],
    }
    found = group_factors(results, GroupRule(drop_high=1, drop_low=1))
    assert found.means == {"甲": 75, "乙": 85}
    assert found.reference == 80
    assert found.factors == {"甲": Fraction(80, 75), "乙": Fraction(80, 85)}


def test_the_mean_of_means_gives_every_panel_one_voice() -> None:
    results = {"甲": [Fraction(60)] * 9, "乙": [Fraction(90)]}
    means = group_factors(results, GroupRule(of_means=True))
    everybody = group_factors(results, GroupRule())
    assert (means.reference, everybody.reference) == (Fraction(75), Fraction(63))


def test_rounding_is_part_of_the_rule() -> None:
    results = {"甲": [Fraction(80)] * 3, "乙": [Fraction(70)] * 3}
    found = group_factors(results, GroupRule(digits=2))
    assert found.factors == {"甲": Fraction("0.94"), "乙": Fraction("1.07")}


def test_what_cannot_work_is_refused() -> None:
    with pytest.raises(RulesError, match="Panel 甲: 2 results are too few"):
        group_factors({"甲": [Fraction(1), Fraction(2)]}, GroupRule(1, 1))
    with pytest.raises(RulesError, match="Panel 甲: a mean of zero"):
        group_factors({"甲": [Fraction(0)]}, GroupRule())
