"""Where a statistic has no meaning it says so; where it has, known cases come out."""

import random
from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import isfinite, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer_app.core.errors import InputError
from reviewer_app.core.tally_normalise import LEAST_APPLICATIONS
from reviewer_app.statistics import alpha as alpha_module
from reviewer_app.statistics.ahp import hierarchy
from reviewer_app.statistics.alpha import alpha
from reviewer_app.statistics.concordance import Concordance, concordance
from reviewer_app.statistics.distributions import chi_squared_tail, f_quantile, f_tail
from reviewer_app.statistics.icc import Correlation, intraclass
from reviewer_app.statistics.leniency import rank_correlation, stances
from reviewer_app.statistics.normalise import normalised
from reviewer_app.statistics.text import decimal_text, stated
from reviewer_app.statistics.totals import Totals, Undefined, midranks
from tests.statistics.test_papers import totals

Rows = Sequence[Sequence[int | None]]
tables = st.integers(1, 4).flatmap(
    lambda experts: st.lists(
        st.lists(st.none() | st.integers(0, 3), min_size=experts, max_size=experts),
        min_size=1,
        max_size=6,
    )
)


@given(tables)
def test_never_a_nan_whatever_the_panel(rows: Rows) -> None:
    table = totals(rows)
    figures: list[object] = [*alpha(table).values()]
    w = concordance(table)
    if isinstance(w, Concordance):
        figures += [w.w, w.uncorrected, w.p, w.chi_squared]
        assert 0 <= w.w <= 1 + 1e-12
    for form in intraclass(table).values():
        if isinstance(form, Correlation):
            figures += [form.value, form.f, form.p]
            if isinstance(form.interval, tuple):
                figures += form.interval
                low, high = form.interval
                assert low <= form.value + 1e-9
                assert form.value <= high + 1e-9
    for each in stances(table):
        figures += [each.leniency, each.agreement]
    for figure in figures:
        assert isinstance(figure, Undefined | Fraction) or isfinite(figure)  # type: ignore[arg-type]


def test_too_small_or_all_equal() -> None:
    for rows in ([[80]], [[80, 70]], [[80], [70]]):
        assert isinstance(concordance(totals(rows)), Undefined)
        assert all(isinstance(each, Undefined) for each in intraclass(totals(rows)).values())
    same = totals([[80, 80], [80, 80]])
    assert concordance(same) == Undefined("every expert gave all applications the same total")
    assert set(intraclass(same).values()) == {Undefined("all totals are the same")}
    assert set(alpha(same).values()) == {Undefined("all totals are the same")}
    assert set(alpha(totals([[80], [70]])).values()) == {
        Undefined("no application has two totals")
    }


def test_perfect_agreement_is_one_without_a_finite_test() -> None:
    forms = intraclass(totals([[1, 1], [2, 2], [4, 4]]))
    for form in forms.values():
        assert isinstance(form, Correlation)
        assert form.value == 1
        assert isinstance(form.f, Undefined)
        assert isinstance(form.interval, Undefined)
    perfect = alpha(totals([[1, 1], [2, 2], [4, 4]]))
    assert set(perfect.values()) == {1.0}


def test_experts_who_differ_by_a_constant() -> None:
    forms = intraclass(totals([[1, 2], [3, 4], [5, 6]]))
    one, two, three = (forms[name] for name in ("ICC1", "ICC2", "ICC3"))
    assert isinstance(one, Correlation)
    assert isinstance(two, Correlation)
    assert isinstance(three, Correlation)
    assert three.value == 1
    assert two.value == pytest.approx(8 / 9)
    assert isinstance(two.interval, Undefined)
    assert isinstance(one.interval, tuple)


def test_applications_that_do_not_differ() -> None:
    forms = intraclass(totals([[1, 2], [2, 1]]))
    assert isinstance(forms["ICC3k"], Undefined)
    assert isinstance(forms["ICC1k"], Undefined)
    one = forms["ICC1"]
    assert isinstance(one, Correlation)
    assert one.value == -1


def test_only_applications_everybody_scored_count_for_w_and_icc() -> None:
    whole: Rows = [[1, 2, 3], [3, 2, 1], [2, 3, 1]]
    gaps: Rows = [*whole, [9, None, 9]]
    assert concordance(totals(gaps)) == concordance(totals(whole))
    assert intraclass(totals(gaps)) == intraclass(totals(whole))


def brute_alpha(rows: Sequence[Sequence[Fraction | None]], metric: str) -> float:
    """Krippendorff's definition, pair by pair."""
    units = [[value for value in row if value is not None] for row in rows]
    units = [unit for unit in units if len(unit) > 1]
    everything = sorted(value for unit in units for value in unit)
    count = len(everything)

    def between(low: Fraction, high: Fraction) -> float:
        return (
            sum(low <= value <= high for value in everything)
            - (everything.count(low) + everything.count(high)) / 2
        )

    def squared(a: Fraction, b: Fraction) -> float:
        low, high = min(a, b), max(a, b)
        if metric == "nominal":
            return float(a != b)
        if metric == "ordinal":
            return between(low, high) ** 2 if a != b else 0.0
        if metric == "ratio":
            return float((a - b) / (a + b)) ** 2 if a + b else 0.0
        return float(a - b) ** 2

    observed = sum(
        squared(a, b) / (len(unit) - 1) for unit in units for a in unit for b in unit
    )
    expected = sum(squared(a, b) for a in everything for b in everything)
    return 1 - observed * (count - 1) / expected


@pytest.mark.parametrize("metric", ["nominal", "ordinal", "interval", "ratio"])
def test_alpha_is_its_definition(metric: str) -> None:
    draw = random.Random(5)  # noqa: S311 - the same panels every time
    for _ in range(30):
        rows = [
            [
                None
                if draw.random() < 0.2
                else Fraction(draw.randint(0, 12), draw.randint(1, 3))
                for _expert in range(4)
            ]
            for _application in range(7)
        ]
        table = totals(rows)
        assert alpha(table)[metric] == pytest.approx(brute_alpha(rows, metric), abs=1e-12)


def test_alpha_without_a_true_zero_or_with_too_many_values(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    negative = alpha(totals([[-1, 2], [3, 4]]))
    assert isinstance(negative["ratio"], Undefined)
    assert isinstance(negative["interval"], float)
    monkeypatch.setattr(alpha_module, "_MOST_DIFFERENT", 3)
    assert isinstance(alpha(totals([[1, 2], [3, 4]]))["ratio"], Undefined)


def test_large_complete_panels_take_no_time() -> None:
    draw = random.Random(3)  # noqa: S311 - the same panel every time
    rows = [[draw.randint(0, 100) for _expert in range(20)] for _ in range(2_000)]
    found = alpha(totals(rows))
    assert found["interval"] == pytest.approx(0, abs=0.01)


def test_leniency_needs_others() -> None:
    [alone] = stances(totals([[80], [70]]))
    assert isinstance(alone.leniency, Undefined)
    assert isinstance(alone.agreement, Undefined)
    flat, other = stances(totals([[80, 1], [80, 2], [80, 3]]))
    assert isinstance(flat.agreement, Undefined)
    assert isinstance(other.agreement, Undefined)
    assert flat.leniency == 78
    assert other.leniency == -78


def test_rank_correlation_with_ties() -> None:
    first = [Fraction(value) for value in (1, 2, 2, 4)]
    second = [Fraction(value) for value in (10, 30, 20, 40)]
    assert rank_correlation(first, second) == pytest.approx(4.5 / sqrt(4.5 * 5))
    assert rank_correlation(first, [-each for each in first]) == pytest.approx(-1)
    assert isinstance(rank_correlation(first[:2], second[:2]), Undefined)


def test_midranks() -> None:
    values = [Fraction(value) for value in (5, 1, 5, 3, 5)]
    assert midranks(values) == [4, 1, 4, 2, 4]


def test_normalising_takes_leniency_out_and_refuses_small_panels() -> None:
    few = totals([[1, 2]] * (LEAST_APPLICATIONS - 1))
    refused = normalised(few)
    assert isinstance(refused, Undefined)
    assert str(LEAST_APPLICATIONS) in refused.why
    flat = normalised(totals([[1, number] for number in range(LEAST_APPLICATIONS)]))
    assert isinstance(flat, Undefined)
    rows = [[number, 2 * number + 50] for number in range(LEAST_APPLICATIONS)]
    scores = normalised(totals(rows))
    assert isinstance(scores, Mapping)
    assert sum(scores.values()) == pytest.approx(0)
    mean = (LEAST_APPLICATIONS - 1) / 2
    spread = sqrt(
        sum((n - mean) ** 2 for n in range(LEAST_APPLICATIONS)) / (LEAST_APPLICATIONS - 1)
    )
    assert scores["0"] == pytest.approx(-mean / spread)


def test_tails_and_quantiles_against_tables() -> None:
    assert chi_squared_tail(11.0704976935, 5) == pytest.approx(0.05, rel=1e-9)
    assert f_tail(4.7374144, 5, 5) == pytest.approx(0.0566, abs=5e-4)
    for above, below in ((5, 18), (1, 3.7), (299, 4186)):
        quantile = f_quantile(0.975, above, below)
        assert f_tail(quantile, above, below) == pytest.approx(0.025, rel=1e-9)


def test_text_gives_the_float_back() -> None:
    for value in (0.1, 1e-9, 123456.789, -2.5e-12, 0.0, 1.0):
        assert float(decimal_text(value)) == value
        assert "e" not in decimal_text(value)
    assert stated(Undefined("why")) == {"undefined": "why"}
    assert stated(Fraction(1, 4)) == "0.25"


def test_one_criterion_weighs_everything() -> None:
    found = hierarchy(["a"], [[[Fraction(1)]]])
    assert (found.weights, found.ratio, found.consistent) == ((1.0,), 0.0, True)
    with pytest.raises(InputError, match="not square"):
        hierarchy(["a"], [[[Fraction(1), Fraction(1)]]])


def test_a_table_of_nothing() -> None:
    empty = Totals((), (), {})
    assert isinstance(concordance(empty), Undefined)
    assert isinstance(normalised(empty), Mapping)


def test_an_interval_without_degrees_of_freedom_says_so() -> None:
    """Satterthwaite's degrees are 0.0007 here: the quantile is beyond every float."""
    found = intraclass(totals([[9, 2], [9, 1], [6, 5]]))["ICC2"]
    assert isinstance(found, Correlation)
    assert found.value == pytest.approx(-7 / 31, rel=1e-12)
    assert isinstance(found.interval, Undefined)
    assert f_quantile(0.975, 2, 0.0005) == float("inf")
