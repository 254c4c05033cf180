"""Factors between panels, as published Chinese rules state them."""

import json
from fractions import Fraction
from pathlib import Path

import pytest

from reviewer_app.core.errors import RulesError
from reviewer_app.core.numbers import Rounding, publish
from reviewer_app.core.rules import Aggregation, GroupFactor, Groups, Method, ReviewRules
from reviewer_app.core.rules_data import rules_from_data, rules_to_data
from reviewer_app.core.rules_words import footing_in_words, rules_in_words
from reviewer_app.core.tally import Panel, tally
from reviewer_app.core.tally_footing import Unfit
from reviewer_app.core.tally_groups import factors, group_factors
from reviewer_app.core.volume import volume_tally
from reviewer_app.core.volume_panel import volume_of
from tests.core.panels import single

TWO = (("乙组", ("03", "04")), ("甲组", ("01", "02")))


def rule(**kwargs: object) -> Groups:
    return Groups((), **kwargs)  # type: ignore[arg-type]


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
        found = factors(mean(case["all"]), named, rule(digits=digits))
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
    found = group_factors(results, rule(drop_high=1, drop_low=1))
    assert found.means == {"甲": 75, "乙": 85}
    assert found.reference == 80
    assert found.factors == {"甲": Fraction(80, 75), "乙": Fraction(80, 85)}


def test_the_mean_of_means_gives_every_panel_one_voice() -> None:
    results = {"甲": [Fraction(60)] * 9, "乙": [Fraction(90)]}
    means = group_factors(results, rule(factor=GroupFactor.MEANS))
    everybody = group_factors(results, rule())
    assert (means.reference, everybody.reference) == (Fraction(75), Fraction(63))


def test_rounding_is_part_of_the_rule() -> None:
    results = {"甲": [Fraction(80)] * 3, "乙": [Fraction(70)] * 3}
    found = group_factors(results, rule(digits=2))
    assert found.factors == {"甲": Fraction("0.94"), "乙": Fraction("1.07")}


def test_what_has_no_factor_leaves_all_without() -> None:
    small = {"甲": [Fraction(1), Fraction(2)], "乙": [Fraction(1)] * 3}
    found = group_factors(small, rule(drop_high=1, drop_low=1))
    assert (found.unfit, found.factors) == ({"甲": Unfit.TOO_FEW}, {})
    found = group_factors({"甲": [Fraction(0)], "乙": [Fraction(1)]}, rule())
    assert (found.unfit, found.factors) == ({"甲": Unfit.NOT_POSITIVE}, {})
    assert group_factors({"甲": [], "乙": [Fraction(1)]}, rule()).unfit == {"甲": Unfit.TOO_FEW}


def four(*totals: int) -> Panel:
    """Return four applications, two of each group, each scored by one expert."""
    return single({f"{n:02}": [total] for n, total in enumerate(totals, start=1)})


def test_groups_are_ranked_together() -> None:
    rules = ReviewRules(groups=Groups(TWO))
    found = tally(four(90, 80, 60, 50), rules)
    assert found.groups is not None
    assert found.groups.reference == 70
    assert found.groups.means == {"甲组": 85, "乙组": 55}
    first = found.of("03")
    assert first.unadjusted == 60
    assert first.exact == Fraction(60) * Fraction(70, 55)
    assert (first.published, first.group) == ("76.36", "乙组")
    assert [each.number for each in found.ranked()] == ["03", "01", "02", "04"]
    block = volume_tally(volume_of(four(90, 80, 60, 50)), rules)
    assert [block.numbers[row] for row in block.order()] == ["03", "01", "02", "04"]
    assert block.result(2).exact == first.exact


def test_means_and_factors_are_rounded_as_the_rule_says() -> None:
    rules = ReviewRules(groups=Groups(TWO, GroupFactor.MEANS, digits=2))
    found = tally(four(90, 81, 60, 50), rules)
    assert found.groups is not None
    assert found.groups.factors == {"甲组": Fraction("0.82"), "乙组": Fraction("1.28")}
    assert found.of("01").exact == 90 * Fraction("0.82")
    assert footing_in_words(found) == ["各组系数：乙组 1.28，甲组 0.82"]
    (said,) = [each for each in rules_in_words(rules) if each.startswith("分组")]
    assert "各组均值的平均除以本组均值，均值和系数四舍五入保留 2 位小数" in said


def test_without_factors_results_stay_and_it_is_said() -> None:
    found = tally(four(90, 80, 0, 0), ReviewRules(groups=Groups(TWO)))
    assert found.of("01").exact == found.of("01").unadjusted == 90
    assert footing_in_words(found) == ["各组结果未乘系数：乙组 均值不大于零"]


def test_groups_hold_every_application_once() -> None:
    lacking = Groups((("甲", ("01", "02")), ("乙", ("03",))))
    with pytest.raises(RulesError, match="no group for application 04"):
        tally(four(1, 2, 3, 4), ReviewRules(groups=lacking))
    more = Groups((("甲", ("01", "02", "09")), ("乙", ("03", "04"))))
    with pytest.raises(RulesError, match="names application 09"):
        tally(four(1, 2, 3, 4), ReviewRules(groups=more))


def test_groups_in_a_file_come_back() -> None:
    rules = ReviewRules(groups=Groups(TWO, GroupFactor.MEANS, 1, 2, 4))
    assert rules_from_data(rules_to_data(rules), "here") == rules
    assert "groups" not in rules_to_data(ReviewRules())
    unnamed = ReviewRules(groups=Groups(()))
    assert rules_from_data(rules_to_data(unnamed), "here") == unnamed


@pytest.mark.parametrize(
    ("table", "why"),
    [
        ({"applications": {"甲": ["01"]}}, "two or more groups"),
        ({"applications": {"甲": ["01"], "乙": ["01"]}}, "every application once"),
        ({"applications": {"甲": ["01"], "乙": []}}, "numbers of applications"),
        ({"applications": {"甲": ["01"], "  ": ["02"]}}, "two or more groups by name"),
        ({"applications": {"甲\u0007": ["01"], "乙": ["02"]}}, "can be printed"),
        ({"applications": {"甲" * 41: ["01"], "乙": ["02"]}}, "at most 40 letters"),
        ({"factor": "some"}, "all | means"),
        ({"digits": 7}, "0 to 6"),
        ({"drop_high": -1}, "0 to 9999"),
        ({"drops": 1}, "drops"),
    ],
)
def test_a_wrong_table_is_named(table: dict[str, object], why: str) -> None:
    with pytest.raises(RulesError) as caught:
        rules_from_data({"groups": table}, "RULES.toml")
    assert "RULES.toml [groups]" in str(caught.value)
    assert why in str(caught.value)


def test_the_median_and_trimming_come_before_the_factor() -> None:
    rules = ReviewRules(Aggregation(Method.MEDIAN), groups=Groups(TWO))
    marks = {f"{n:02}": [10 * n + each for each in (1, 2, 4)] for n in range(1, 5)}
    found = tally(single(marks), rules)
    assert [each.unadjusted for each in found.applications] == [12, 22, 32, 42]
