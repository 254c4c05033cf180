"""Working a scheme out once gives exactly what scoring it sheet by sheet gives."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer_app.core.marks import ABSTAINED, MISSING, NOT_APPLICABLE, Mark, scored
from reviewer_app.core.outcomes import Outcome
from reviewer_app.core.scheme import Dimension, Pick, Role, Scheme
from reviewer_app.core.scoring import total_sheet
from reviewer_app.core.tally_combine import exact_sum
from reviewer_app.core.tally_scorer import Scorer, is_plain
from tests.core.panels import leaf, scheme

PLAIN = scheme(
    [leaf("1.1", 7, 10), leaf("1.2", "2.5")],
    [leaf("2.1", 30, 8), leaf("2.2", 11, 7), leaf("2.3", 13)],
    [leaf("3.1", 9)],
)
NESTED = replace(
    PLAIN,
    dimensions=(
        *PLAIN.dimensions[:2],
        Dimension("4", "", "", (PLAIN.dimensions[2], leaf("4.1", 5)), weight=Fraction(60)),
    ),
)
one_mark = st.one_of(
    st.integers(0, 7).map(scored), st.sampled_from([NOT_APPLICABLE, ABSTAINED, MISSING])
)


def sheets(table: Scheme) -> st.SearchStrategy[dict[str, Mark]]:
    return st.fixed_dictionaries({each.code: one_mark for each in table.indicators()})


@pytest.mark.parametrize("table", [PLAIN, NESTED])
@given(data=st.data())
def test_every_pattern_of_states(table: Scheme, data: st.DataObject) -> None:
    scorer = Scorer(table)
    assert scorer.plain
    for marks in data.draw(st.lists(sheets(table), min_size=1, max_size=4)):
        assert scorer.total(marks) == total_sheet(table, marks)


def test_the_cap_of_a_total_holds_for_marks_above_their_maximum() -> None:
    marks = {each.code: scored(101) for each in PLAIN.indicators()}
    assert Scorer(PLAIN).total(marks) == total_sheet(PLAIN, marks)
    free = replace(PLAIN, may_exceed=True)
    assert Scorer(free).total(marks) == total_sheet(free, marks)
    assert Scorer(free).total(marks).total != Scorer(PLAIN).total(marks).total


@pytest.mark.parametrize(
    "table",
    [
        scheme([leaf("a", 90), leaf("b", 5, role=Role.BONUS)]),
        scheme([leaf("a", 90), leaf("b", 5, role=Role.PENALTY)]),
        replace(PLAIN, outcomes=(Outcome("合格"),)),
        replace(PLAIN, dimensions=(replace(PLAIN.dimensions[0], at_most=Fraction(5)),)),
        replace(PLAIN, dimensions=(replace(PLAIN.dimensions[0], pick=Pick.BEST),)),
    ],
)
@given(data=st.data())
def test_other_schemes_are_scored_one_by_one(table: Scheme, data: st.DataObject) -> None:
    assert not is_plain(table)
    marks = data.draw(sheets(table))
    assert Scorer(table).total(marks) == total_sheet(table, marks)


@given(st.lists(st.fractions(-9, 9, max_denominator=30)))
def test_a_sum_over_a_common_denominator(values: list[Fraction]) -> None:
    assert exact_sum(values) == sum(values, Fraction(0))
