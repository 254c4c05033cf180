"""Places: a total order by figure and chain, shared places with the next one skipped."""

from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer_app.core.ranking import (
    CRITERIA,
    SHARED,
    Place,
    is_criterion,
    named_code,
    rank,
)

Figures = list[Fraction | None]
figures = st.lists(st.none() | st.integers(0, 4).map(Fraction), min_size=1, max_size=12)


def places(columns: Sequence[Figures]) -> list[Place]:
    """Return the places by the first column; the others are the tie chain."""
    names = [str(number) for number in range(1, len(columns))]
    return rank(columns[0], names, lambda index, name: columns[int(name)][index])


@given(
    st.integers(1, 12).flatmap(
        lambda n: st.lists(
            st.lists(st.none() | st.integers(0, 2).map(Fraction), min_size=n, max_size=n),
            min_size=1,
            max_size=4,
        )
    )
)
def test_a_place_is_one_more_than_those_ahead(columns: list[Figures]) -> None:
    def key(index: int) -> list[tuple[bool, Fraction]]:
        return [(each[index] is not None, each[index] or Fraction(0)) for each in columns]

    found = places(columns)
    for index, place in enumerate(found):
        if columns[0][index] is None:
            assert place == Place(None)
            continue
        others = [each for each in range(len(found)) if columns[0][each] is not None]
        assert place.rank == 1 + sum(key(each) > key(index) for each in others)
        alone = sum(key(each) == key(index) for each in others) == 1
        assert (place.tie_break == SHARED) is not alone


def test_the_criterion_that_separated_is_told() -> None:
    a, b, c = Fraction(1), Fraction(2), Fraction(3)
    columns: list[Figures] = [[c, b, b, b, b], [a, a, a, b, a], [a, b, a, a, a]]
    assert places(columns) == [
        Place(1, ""), Place(3, "2"), Place(4, SHARED), Place(2, "1"), Place(4, SHARED),
    ]  # fmt: skip


def test_a_criterion_is_asked_only_about_equals() -> None:
    asked: list[int] = []

    def criterion(index: int, _name: str) -> Fraction:
        asked.append(index)
        return Fraction(index)

    rank([Fraction(3), Fraction(2), Fraction(2), Fraction(1)], ["exact"], criterion)
    assert sorted(asked) == [1, 2]


@pytest.mark.parametrize(
    "name", [*CRITERIA, "dimension:8", "indicator:8.1", "indicator:企业 A"]
)
def test_names(name: str) -> None:
    assert is_criterion(name) is (" " not in name)


@pytest.mark.parametrize(
    "name", ["", "dimension", "dimension:", "indicator: 8", "Median", "x:1"]
)
def test_what_is_no_criterion(name: str) -> None:
    assert not is_criterion(name)


def test_codes() -> None:
    assert named_code("dimension:8") == ("dimension", "8")
    assert named_code("indicator:8.1") == ("indicator", "8.1")
    assert named_code("median") == ("median", "")
