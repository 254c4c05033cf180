"""Figures printed in published papers and reference programs come out of ours."""

import json
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from reviewer_app.statistics.ahp import hierarchy
from reviewer_app.statistics.alpha import alpha
from reviewer_app.statistics.concordance import Concordance, concordance
from reviewer_app.statistics.icc import Correlation, Variances, intraclass, variances
from reviewer_app.statistics.totals import Totals
from reviewer_app.statistics.weighting import critic_weights, entropy_weights

Case = dict[str, Any]


def totals(rows: Sequence[Sequence[float | Fraction | None]]) -> Totals:
    """Return a table whose rows are applications; None was not scored."""
    return Totals(
        tuple(str(number) for number in range(len(rows))),
        tuple(str(expert) for expert in range(len(rows[0]))),
        {
            str(number): {
                str(expert): Fraction(str(value))
                for expert, value in enumerate(row)
                if value is not None
            }
            for number, row in enumerate(rows)
        },
    )


def printed(value: float, places: int) -> float:
    return float(Decimal(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


@pytest.fixture
def cases(fixtures: Path) -> dict[str, Case]:
    document = json.loads((fixtures / "cases/papers-fixture.json").read_text("utf-8"))
    return {case["id"]: case for case in document["cases"]}


def test_every_case_of_the_collection_is_looked_at(cases: dict[str, Case]) -> None:
    assert {case["kind"] for case in cases.values()} == {
        "icc", "kendall_w", "krippendorff_alpha", "ahp", "entropy", "critic",
    }  # fmt: skip


def test_intraclass_correlations_of_shrout_and_fleiss(cases: dict[str, Case]) -> None:
    case = cases["icc-shrout-fleiss-1979"]
    table = totals(case["targets_x_judges"])
    forms, published, exact = intraclass(table), case["published"], case["exact"]
    for name, interval in published["CI95_2dp"].items():
        form = forms[name]
        assert isinstance(form, Correlation)
        assert isinstance(form.interval, tuple)
        assert form.value == pytest.approx(exact[name], rel=1e-13)
        assert printed(form.value, 2) == published[name]
        assert [printed(end, 2) for end in form.interval] == interval
    squares = variances(table)
    assert isinstance(squares, Variances)
    for name, value in zip(
        ("BMS", "WMS", "JMS", "EMS"),
        (squares.between, squares.within, squares.judges, squares.error),
        strict=True,
    ):
        assert float(value) == pytest.approx(exact["MS"][name], rel=1e-13)
        assert printed(float(value), 2) == published[name]
    for name, test in (("ICC1", "one-way"), ("ICC2", "two-way"), ("ICC3k", "two-way")):
        form = forms[name]
        assert isinstance(form, Correlation)
        assert isinstance(form.f, float)
        assert [printed(form.f, 2), form.above, form.below] == published["F"][test]


@pytest.mark.parametrize("name", ["w-siegel-1956-execs", "w-irr-anxiety-ties"])
def test_concordance(cases: dict[str, Case], name: str) -> None:
    case = cases[name]
    rows = list(zip(*case["judges"], strict=True))
    found = concordance(totals(rows))
    assert isinstance(found, Concordance)
    exact = case["exact"]
    assert found.w == pytest.approx(exact["Wt"], rel=1e-13)
    assert found.uncorrected == pytest.approx(exact["W"], rel=1e-13)
    assert found.chi_squared == pytest.approx(exact["chi2"], rel=1e-13)
    assert found.degrees == exact["df"]
    if "W" in case["published"]:
        assert printed(found.w, 2) == case["published"]["W"]


@pytest.mark.parametrize("name", ["alpha-krippendorff-2011-C", "alpha-wikipedia"])
def test_alpha_with_missing_totals(cases: dict[str, Case], name: str) -> None:
    case = cases[name]
    found = alpha(totals(list(zip(*case["raters"], strict=True))))
    for metric, value in case["exact"].items():
        assert found[metric] == pytest.approx(value, rel=1e-12)
    for metric, value in case["published"].items():
        figure = found[metric]
        assert isinstance(figure, float)
        assert printed(figure, 3) == value


@pytest.mark.parametrize("name", ["ahp-saaty-2008-drinks", "ahp-wikipedia-car"])
def test_hierarchies(cases: dict[str, Case], name: str) -> None:
    case = cases[name]
    matrix = [
        [Fraction(value).limit_denominator(100) for value in row] for row in case["matrix"]
    ]
    found = hierarchy(case["names"], [matrix])
    exact = case["exact"]
    assert found.weights == pytest.approx(exact["weights"], rel=1e-10)
    assert found.lambda_max == pytest.approx(exact["lambda_max"], rel=1e-12)
    assert found.index == pytest.approx(exact["CI"], rel=1e-10)
    assert found.ratio == pytest.approx(exact["CR"], rel=1e-10)
    rounded = {
        name: printed(weight, 3)
        for name, weight in zip(found.names, found.weights, strict=True)
    }
    assert rounded == pytest.approx(case["published"]["weights_3dp"], abs=1e-12)
    if "CR_saaty_3dp" in case["published"]:
        assert printed(found.ratio, 3) == case["published"]["CR_saaty_3dp"]


def test_entropy(cases: dict[str, Case]) -> None:
    case = cases["entropy-elsayed-2017"]
    matrix = [[Fraction(str(value)) for value in row] for row in case["matrix"]]
    found = entropy_weights(["a", "b", "c", "d", "e"], matrix)
    assert found == pytest.approx(case["exact"], rel=1e-12)
    assert [printed(weight, 6) for weight in found] == case["published"]["weights_6dp"]


def test_critic(cases: dict[str, Case]) -> None:
    case = cases["critic-diakoulaki-1995"]
    matrix = [[Fraction(str(value)) for value in row] for row in case["matrix"]]
    found = critic_weights(["a", "b", "c"], matrix)
    assert found == pytest.approx(case["exact"], rel=1e-9)
    assert [printed(weight, 8) for weight in found] == case["published"]["weights_8dp"]
