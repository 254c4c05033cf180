"""Another table, an own copy, proposed weights that sum exactly."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from reviewer_app.core.errors import InputError, SchemeError
from reviewer_app.core.round import Fact, RoundPlan
from reviewer_app.services.scheme_editing import (
    free_code,
    indicator_data,
    is_own,
    own_copy,
    shared_out,
    with_indicator,
    with_new_indicator,
    with_scheme,
    without_indicator,
)
from reviewer_app.services.schemes import open_scheme
from reviewer_app.services.weight_proposals import (
    HEADINGS,
    compared,
    from_table,
    groups_of,
    members_of,
)
from reviewer_app.services.weighting import Weighting
from tests.services.day import plan


def official() -> RoundPlan:
    return with_scheme(plan(), open_scheme("zj-tic"))


def test_another_table_has_to_be_confirmed_anew() -> None:
    assert plan().weights_confirmed_by
    assert official().weights_confirmed_by == ""
    assert not is_own(official().scheme)


def test_an_own_copy_says_that_it_is_one() -> None:
    copy = own_copy(official()).scheme
    assert is_own(copy)
    assert copy.id == "zj-tic-own"
    assert copy.title.endswith("（自拟）")
    assert copy.indicators() == official().scheme.indicators()


def test_an_indicator_of_an_own_copy_is_changed_or_refused() -> None:
    copy = own_copy(official())
    code = copy.scheme.indicators()[0].code
    levels = indicator_data(copy.scheme, code)["levels"]
    changed = with_indicator(copy, code, {"title": "新名称", "step": "0.5", "levels": []})
    assert changed.scheme.indicator(code).title == "新名称"
    assert changed.scheme.indicator(code).step == Fraction(1, 2)
    gap = [{**levels[0], "low": "95"}, *levels[1:]]
    with pytest.raises(SchemeError, match="gap"):
        with_indicator(copy, code, {"levels": gap})


def test_an_own_copy_gets_one_more_indicator_and_loses_one() -> None:
    copy = own_copy(official())
    first, second, *rest = (leaf.code for leaf in copy.scheme.indicators())
    code = free_code(copy.scheme, first)
    more = with_new_indicator(copy, first, code).scheme
    assert [leaf.code for leaf in more.indicators()] == [first, code, second, *rest]
    assert more.indicator(code).weight == copy.scheme.indicator(first).weight / 2
    assert sum(leaf.weight for leaf in more.indicators()) == 100
    fewer = without_indicator(copy, first).scheme
    assert [leaf.code for leaf in fewer.indicators()] == [second, *rest]
    assert sum(leaf.weight for leaf in fewer.indicators()) == 100
    claimed = replace(copy.applications[0], facts=(Fact(Fraction(1), "个", indicator=first),))
    with pytest.raises(InputError, match=first):
        without_indicator(replace(copy, applications=(claimed,)), first)
    alone = replace(plan(), applications=())
    *others, last = (leaf.code for leaf in alone.scheme.dimensions[0].indicators())
    for other in others:
        alone = without_indicator(alone, other)
    with pytest.raises(InputError, match="only"):
        without_indicator(alone, last)


def test_shares_become_weights_that_sum_exactly() -> None:
    weights = shared_out(
        [("a", Fraction(1)), ("b", Fraction(1)), ("c", Fraction(1))], Fraction(100)
    )
    assert sum(weights.values()) == 100
    assert sorted(weights.values()) == [Fraction("33.33"), Fraction("33.33"), Fraction("33.34")]


def test_pairs_of_headings_propose_weights_of_indicators() -> None:
    scheme = official().scheme
    codes = [code for code, _title in members_of(scheme, HEADINGS)]
    pairs = {(codes[0], other): Fraction(3) for other in codes[1:]}
    found = compared(scheme, HEADINGS, pairs)
    assert found.hierarchy.consistent
    assert sum(found.weights.values()) == scheme.full_marks
    first = sum(found.weights[leaf.code] for leaf in scheme.dimensions[0].indicators())
    assert abs(first - Fraction(300, 7)) < Fraction(1, 10)


def test_contradicting_pairs_are_not_consistent() -> None:
    scheme = official().scheme
    group = groups_of(scheme)[1][0]
    codes = [code for code, _title in members_of(scheme, group)]
    nine = Fraction(9)
    pairs = {(codes[0], codes[1]): nine, (codes[1], codes[2]): nine, (codes[2], codes[0]): nine}
    found = compared(scheme, group, pairs)
    assert found.hierarchy.ratio > 0.1
    inside = sum(leaf.weight for leaf in scheme.dimensions[0].indicators())
    assert sum(found.weights.values()) == inside


def test_a_table_of_figures_shares_out_what_its_indicators_weigh(tmp_path: Path) -> None:
    scheme = official().scheme
    first, second = (leaf.code for leaf in scheme.indicators()[:2])
    table = tmp_path / "数据.csv"
    table.write_text(f"{first},{second}\n1,9\n2,2\n3,7\n", "utf-8")
    weights = from_table(scheme, Weighting.ENTROPY, table)
    assert sum(weights.values()) == sum(leaf.weight for leaf in scheme.indicators()[:2])
    table.write_text("x,y\n1,9\n2,2\n", "utf-8")
    with pytest.raises(InputError, match="x, y"):
        from_table(scheme, Weighting.ENTROPY, table)
