from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer_app.core.marks import ABSTAINED, MISSING, NOT_APPLICABLE, Mark, scored
from reviewer_app.core.patterns import (
    OwnMarks,
    SameForAll,
    StraightLine,
    contradictions,
    same_for_all,
    straight_lines,
)
from reviewer_app.core.scheme import Indicator, Level

LEVELS = tuple(
    Level(name, Fraction(low), Fraction(high))
    for name, low, high in (("优", 90, 100), ("良", 75, 89), ("中", 60, 74), ("差", 0, 59))
)


def leaves(count: int, maximum: int = 100) -> list[Indicator]:
    levels = LEVELS if maximum == 100 else ()
    return [
        Indicator(
            code=f"{place}",
            title="t",
            source="s",
            weight=Fraction(1),
            minimum=Fraction(0),
            maximum=Fraction(maximum),
            step=Fraction(1),
            levels=levels,
        )
        for place in range(count)
    ]


def own(number: str, values: Sequence[int | Mark], total: int | None = 0) -> OwnMarks:
    marks = [value if isinstance(value, Mark) else scored(value) for value in values]
    named = {str(place): mark for place, mark in enumerate(marks)}
    return OwnMarks(
        number, leaves(len(values)), named, None if total is None else Fraction(total)
    )


def test_one_share_for_nearly_all_indicators_is_a_straight_line() -> None:
    nine_of_ten = own("01", [80] * 9 + [85])
    eight_of_ten = own("02", [80] * 8 + [85, 86])
    assert straight_lines([nine_of_ten, eight_of_ten]) == [
        StraightLine("01", Fraction(4, 5), 9, 10)
    ]


def test_the_share_counts_not_the_number() -> None:
    mixed = [
        replace(leaf, code=str(place))
        for place, leaf in enumerate([*leaves(5, 10), *leaves(5, 20)])
    ]
    marks = {leaf.code: scored(leaf.maximum * 4 / 5) for leaf in mixed}
    [found] = straight_lines([OwnMarks("01", mixed, marks, Fraction(0))])
    assert found.share == Fraction(4, 5)


@pytest.mark.parametrize("without", [MISSING, NOT_APPLICABLE, ABSTAINED])
def test_what_is_not_scored_does_not_count(without: Mark) -> None:
    [found] = straight_lines([own("01", [80] * 9 + [without] * 15)])
    assert (found.same, found.scored) == (9, 9)
    assert straight_lines([own("01", [80] * 5 + [without] * 19)]) == []


def test_the_same_numbers_for_all_applications() -> None:
    numbers = [70, 75, 80, 85, 90, 95, 60, 65, 72, 88]
    alike = [own(f"{i:02d}", numbers) for i in range(3)]
    assert same_for_all(alike) == SameForAll(10, 10)
    assert same_for_all(alike[:2]) is None
    one_off = own("03", [*numbers[:9], 89])
    assert same_for_all([*alike, one_off]) == SameForAll(9, 10)
    two_off = own("03", [*numbers[:8], 71, 89])
    assert same_for_all([*alike, two_off]) is None


def test_better_levels_with_the_lower_total_contradict() -> None:
    better = own("05", [92] * 4 + [80] * 6, total=82)
    worse = own("03", [80] * 10, total=83)
    [found] = contradictions([worse, better])
    assert (found.application, found.other) == ("05", "03")
    assert found.gap == 1
    assert (found.levels, found.other_levels) == ((4, 6, 0, 0), (0, 10, 0, 0))


def test_no_contradiction_without_a_clear_lead_or_with_one_level_behind() -> None:
    worse = own("03", [80] * 10, total=83)
    assert contradictions([worse, own("05", [92] * 3 + [80] * 7, total=82)]) == []
    assert contradictions([worse, own("05", [92] * 9 + [40], total=82)]) == []
    assert contradictions([worse, own("05", [92] * 9 + [80], total=84)]) == []
    assert contradictions([worse, own("05", [92] * 9 + [80], total=83)]) == []
    assert contradictions([worse, own("05", [92] * 9 + [80], total=None)]) == []


def test_only_indicators_that_both_have_a_level_for_are_compared() -> None:
    better = own("05", [92] * 6 + [80] * 3 + [ABSTAINED], total=82)
    worse = own("03", [80] * 10, total=83)
    [found] = contradictions([worse, better])
    assert (found.levels, found.other_levels) == ((6, 3, 0, 0), (0, 9, 0, 0))


def test_the_most_striking_contradiction_comes_first() -> None:
    worse = own("03", [80] * 10, total=83)
    close, far = own("05", [92] * 4 + [80] * 6, 82), own("06", [92] * 8 + [80] * 2, 82)
    assert [each.application for each in contradictions([worse, close, far])] == ["06", "05"]


@given(st.lists(st.lists(st.integers(0, 100), min_size=10, max_size=10), max_size=5))
def test_no_pair_contradicts_both_ways(rows: list[list[int]]) -> None:
    given_ = [own(f"{i:02d}", row, sum(row) % 7) for i, row in enumerate(rows)]
    pairs = {(each.application, each.other) for each in contradictions(given_)}
    assert not pairs & {(b, a) for a, b in pairs}
