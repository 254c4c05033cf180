"""Experts on one yardstick: the factor to nine decimals, everything else exact."""

import random
from collections.abc import Sequence
from fractions import Fraction
from math import sqrt
from statistics import fmean, variance

import pytest

from reviewer_app.core.errors import RulesError
from reviewer_app.core.rules import Aggregation, AggregationLevel, Normalise, ReviewRules
from reviewer_app.core.rules_data import rules_from_data, rules_to_data
from reviewer_app.core.rules_words import footing_in_words, rules_in_words
from reviewer_app.core.tally import Panel, tally
from reviewer_app.core.tally_footing import Unfit
from reviewer_app.core.tally_normalise import FACTOR_DIGITS, LEAST_APPLICATIONS, root
from reviewer_app.core.volume import volume_tally
from reviewer_app.core.volume_panel import volume_of
from tests.core.panels import leaf, panel, plain_scheme, scheme

TABLE = plain_scheme([60, 40])
RULES = ReviewRules(Aggregation(normalise=Normalise.Z_SCORE))
NUMBERS = [f"{n:02}" for n in range(1, LEAST_APPLICATIONS + 1)]


def of(*totals: Sequence[int]) -> Panel:
    """Return the panel of these totals, one list an expert, by application."""
    return panel(
        TABLE,
        {
            number: [
                [given[place] // 2, given[place] - given[place] // 2]
                if place < len(given)
                else None
                for given in totals
            ]
            for place, number in enumerate(NUMBERS)
        },
    )


def drawn(seed: int) -> list[list[int]]:
    chance = random.Random(seed)  # noqa: S311 - marks, not a key
    return [[chance.randint(0, 80) for _ in NUMBERS] for _ in range(5)]


def test_a_strict_and_a_bold_expert_agree_in_the_end() -> None:
    order = [40, 44, 48, 52, 56, 60, 64, 68]
    found = tally(of(order, [2 * each - 54 for each in order]), RULES)
    common = found.normalisation
    assert common is not None
    assert common.mean == 54
    assert common.variance == 96 * Fraction(5, 2)
    assert [each.mean for each in common.experts] == [54, 54]
    for result in found.applications:
        first, second = (sheet.counted for sheet in result.sheets)
        assert abs(first - second) < Fraction(1, 10**7)
        assert result.exact == (first + second) / 2


def test_it_is_the_z_score_in_floats() -> None:
    totals = drawn(4)
    found = tally(of(*totals), RULES)
    mean = fmean(map(fmean, totals))
    spread = sqrt(fmean(map(variance, totals)))
    for place, number in enumerate(NUMBERS):
        expected = fmean(
            mean + (given[place] - fmean(given)) / sqrt(variance(given)) * spread
            for given in totals
        )
        exact = found.of(number).exact
        assert exact is not None
        assert float(exact) == pytest.approx(expected, abs=1e-7)


def test_the_factor_is_the_root_to_nine_decimals_half_up() -> None:
    chance = random.Random(1)  # noqa: S311 - numbers, not a key
    half = Fraction(1, 2 * 10**FACTOR_DIGITS)
    for _ in range(2000):
        square = Fraction(chance.randint(1, 10**9), chance.randint(1, 10**6))
        found = root(square)
        assert (found * 10**FACTOR_DIGITS).denominator == 1
        assert max(found - half, Fraction(0)) ** 2 <= square < (found + half) ** 2
    assert root(Fraction(9, 4)) == Fraction(3, 2)
    assert root(half**2) == 2 * half


def test_one_who_scored_too_few_or_all_alike_stops_it_and_it_is_said() -> None:
    order = list(range(40, 40 + LEAST_APPLICATIONS))
    few = tally(of(order, order[:-1]), RULES)
    flat = tally(of(order, [50] * len(order)), RULES)
    plain = tally(of(order, order[:-1]), ReviewRules())
    assert few.normalisation is not None
    assert flat.normalisation is not None
    assert few.normalisation.unfit == {"2": Unfit.TOO_FEW}
    assert flat.normalisation.unfit == {"2": Unfit.FLAT}
    assert few.applications == plain.applications
    assert footing_in_words(few) == ["未标准化：专家 2 打分或结果过少"]
    assert footing_in_words(flat) == ["未标准化：专家 2 打分全部相同"]


def test_both_ways_to_tally_agree() -> None:
    entries = of(*drawn(2))
    small, large = tally(entries, RULES), volume_tally(volume_of(entries), RULES)
    for row, result in enumerate(small.applications):
        assert large.result(row).exact == result.exact
        assert large.result(row).rank == result.rank


def test_it_is_off_and_unwritten_unless_the_rules_say_so() -> None:
    assert tally(of([1, 2]), ReviewRules()).normalisation is None
    assert "normalise" not in rules_to_data(ReviewRules())["aggregation"]
    assert rules_from_data(rules_to_data(RULES), "here") == RULES
    assert not any("标准化" in each for each in rules_in_words(ReviewRules()))
    assert "少于 8 项" in rules_in_words(RULES)[0]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ({"aggregation": {"normalise": "t-score"}}, "none | z-score"),
        ({"aggregation": {"normalise": "z-score", "level": "indicator"}}, "works on totals"),
        ({"aggregation": {"normalise": "z-score"}, "groups": {}}, "choose one"),
    ],
)
def test_what_cannot_be_normalised_is_refused(data: dict[str, object], why: str) -> None:
    with pytest.raises(RulesError, match=why.replace("|", r"\|")):
        rules_from_data(data, "RULES.toml")


def test_specialists_totals_cannot_be_compared() -> None:
    table = scheme([leaf("1.1", 60, specialisms=("财务",)), leaf("1.2", 40)])
    marks = {number: [[20, 20]] for number in NUMBERS}
    assert RULES.aggregation.level is AggregationLevel.TOTAL
    with pytest.raises(RulesError, match="combined by indicator"):
        tally(panel(table, marks), RULES)
