"""One sheet's marks become points, exactly, and nothing that is not a zero counts as one."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer_app.core.errors import MarkError
from reviewer_app.core.marks import ABSTAINED, MISSING, NOT_APPLICABLE, scored
from reviewer_app.core.scoring import check_mark, total_sheet
from tests.core.scheme_tables import heading, leaf, marks, scheme

F = Fraction
TWO_BY_TWO = scheme(
    heading("1", leaf("1.1", 30, maximum=100), leaf("1.2", 20, maximum=100)),
    heading("2", leaf("2.1", 40, maximum=100), leaf("2.2", 10, maximum=100)),
)


def test_contribution_is_weight_times_mark_over_maximum() -> None:
    result = total_sheet(TWO_BY_TWO, marks({"1.1": 80, "1.2": 90, "2.1": 70, "2.2": 55}))
    assert result.by_indicator == {"1.1": 24, "1.2": 18, "2.1": 28, "2.2": F(11, 2)}
    assert result.by_dimension == {"1": 42, "2": F(67, 2)}
    assert result.total == F(151, 2)
    assert result.weight_scored == 100
    assert result.missing == ()


def test_the_first_vector_of_the_domain() -> None:
    three = scheme(heading("1", leaf("a", 20), leaf("b", 30), leaf("c", 50)))
    sheets = "18/26/40; 15/29/37; 20/22/41; 17/27/45; 16/30/33; 19/25/42; 14/28/39"
    totals = [
        total_sheet(three, marks(dict(zip("abc", each.split("/"), strict=True)))).total
        for each in sheets.split("; ")
    ]
    assert totals == [84, 81, 83, 89, 79, 86, 81]


def test_a_missing_mark_is_listed_and_is_no_zero() -> None:
    some = total_sheet(TWO_BY_TWO, marks({"1.1": 0, "1.2": 90, "2.1": 70}))
    assert some.missing == ("2.2",)
    assert some.by_indicator["2.2"] is None
    assert some.by_indicator["1.1"] == 0
    assert some.total == 46
    assert some.weight_scored == 90


@pytest.mark.parametrize("state", [NOT_APPLICABLE, ABSTAINED])
def test_weight_moves_inside_the_dimension(state: object) -> None:
    result = total_sheet(TWO_BY_TWO, marks({"1.1": 80, "1.2": state, "2.1": 70, "2.2": 60}))
    assert result.by_dimension == {"1": 40, "2": 34}
    assert result.by_indicator["1.2"] is None
    assert result.weight_scored == 100
    word = "不适用" if state is NOT_APPLICABLE else "弃权"
    assert result.notes == (f"1.2 {word}，权重20由其他指标分担",)


def test_an_emptied_dimension_goes_to_the_others_pro_rata() -> None:
    three = scheme(
        heading("1", leaf("a", 50)), heading("2", leaf("b", 30)), heading("3", leaf("c", 20))
    )
    result = total_sheet(three, marks({"a": ABSTAINED, "b": 15, "c": 20}))
    assert result.by_dimension == {"1": None, "2": F(30, 50) * 100 / 2, "3": 40}
    assert result.total == 70


def test_nothing_scorable_has_no_total() -> None:
    codes = ["1.1", "1.2", "2.1", "2.2"]
    result = total_sheet(TWO_BY_TWO, dict.fromkeys(codes, NOT_APPLICABLE))
    assert result.total is None
    assert result.by_dimension == {"1": None, "2": None}


def test_nothing_given_yet_has_no_total_and_everything_missing() -> None:
    result = total_sheet(TWO_BY_TWO, {"1.1": MISSING})
    assert result.total is None
    assert result.missing == ("1.1", "1.2", "2.1", "2.2")


def test_a_nested_heading_hands_on_inside_itself_first() -> None:
    nested = scheme(
        heading("1", heading("1.1", leaf("a", 10), leaf("b", 10)), leaf("c", 20)),
        heading("2", leaf("d", 60)),
    )
    full = {"a": 10, "b": 10, "c": 20, "d": 60}
    one_out = total_sheet(nested, marks({**full, "b": NOT_APPLICABLE, "a": 5}))
    assert one_out.by_indicator["a"] == 10
    both_out = total_sheet(
        nested, marks({**full, "a": NOT_APPLICABLE, "b": NOT_APPLICABLE, "c": 10})
    )
    assert both_out.by_indicator["c"] == 20


def test_marks_between_steps_are_totalled() -> None:
    assert total_sheet(TWO_BY_TWO, {"1.1": scored(F(583, 7))}).total == F(583, 7) * F(3, 10)


@pytest.mark.parametrize(
    ("value", "sentence"),
    [("101", "outside"), ("-1", "outside"), ("80.5", "step")],
)
def test_a_mark_off_the_scale_is_refused(value: str, sentence: str) -> None:
    with pytest.raises(MarkError, match=sentence):
        check_mark(TWO_BY_TWO.indicator("1.1"), marks({"x": value})["x"])


def test_the_steps_count_from_the_minimum() -> None:
    half = scheme(heading("1", leaf("a", 10, minimum="0.5", step="0.5"))).indicator("a")
    check_mark(half, marks({"a": "9.5"})["a"])
    with pytest.raises(MarkError):
        check_mark(half, marks({"a": "0"})["a"])
    with pytest.raises(MarkError):
        check_mark(half, marks({"a": "9.25"})["a"])


def test_states_without_a_number_fit_every_scale() -> None:
    for state in (MISSING, NOT_APPLICABLE, ABSTAINED):
        check_mark(TWO_BY_TWO.indicator("1.1"), state)


_STATES = st.sampled_from([NOT_APPLICABLE, ABSTAINED, *(scored(n) for n in range(0, 101, 10))])


@given(st.lists(_STATES, min_size=4, max_size=4))
def test_totals_agree_with_the_rule_written_out_by_hand(answers: list[object]) -> None:
    given_marks = dict(zip(["1.1", "1.2", "2.1", "2.2"], answers, strict=True))
    weights = {"1": {"1.1": F(30), "1.2": F(20)}, "2": {"2.1": F(40), "2.2": F(10)}}
    expected = F(0)
    alive = {
        name: {code for code in leaves if given_marks[code].value is not None}  # type: ignore[attr-defined]
        for name, leaves in weights.items()
    }
    kept = sum(sum(weights[name].values()) for name in weights if alive[name])
    for name, leaves in weights.items():
        inside = sum(leaves[code] for code in alive[name])
        for code in alive[name]:
            share = leaves[code] / inside * sum(leaves.values()) / kept * 100
            expected += share * given_marks[code].value / 100  # type: ignore[attr-defined]
    result = total_sheet(TWO_BY_TWO, given_marks)  # type: ignore[arg-type]
    assert result.total == (expected if kept else None)


def test_equal_marks_give_that_mark_whatever_is_left_out() -> None:
    for out in product([True, False], repeat=4):
        given_marks = {
            code: NOT_APPLICABLE if gone else scored(70)
            for code, gone in zip(["1.1", "1.2", "2.1", "2.2"], out, strict=True)
        }
        assert total_sheet(TWO_BY_TWO, given_marks).total == (None if all(out) else 70)
