"""Who would cross the cut line, found by doing it once more with one thing changed."""

import random
from dataclasses import replace
from fractions import Fraction

import pytest

from reviewer_app.core.errors import RulesError
from reviewer_app.core.rules import Decision, ReviewRules
from reviewer_app.core.scoring import total_sheet
from reviewer_app.core.stability import VariantKind, stability
from reviewer_app.core.stability_weights import reweighted
from reviewer_app.core.volume_panel import fits_volume
from tests.core.panels import leaf, mark, panel, rules, scheme, single


def settings(recommend: int = 1, method: str = "mean") -> ReviewRules:
    return replace(rules(method), decision=Decision(recommend=recommend))


def test_a_clear_winner_stays_in_every_variant() -> None:
    found = stability(single({"1": [90, 91, 92], "2": [60, 61, 62]}), settings())
    assert found.recommended == ("1",)
    assert found.crossing() == {}
    assert [(each.kind, each.what) for each in found.variants] == [
        (VariantKind.WITHOUT_EXPERT, "1"),
        (VariantKind.WITHOUT_EXPERT, "2"),
        (VariantKind.WITHOUT_EXPERT, "3"),
        (VariantKind.METHOD, "trimmed"),
        (VariantKind.METHOD, "median"),
    ]


def test_one_expert_can_decide() -> None:
    found = stability(single({"1": [80, 80, 95], "2": [82, 82, 82]}), settings())
    without = {
        each.what: (each.entered, each.left)
        for each in found.variants
        if each.kind is VariantKind.WITHOUT_EXPERT
    }
    assert without == {"1": ((), ()), "2": ((), ()), "3": (("2",), ("1",))}
    assert found.crossing() == {"1": 3, "2": 3}


def test_the_methods_that_are_not_the_rules_own_are_tried() -> None:
    found = stability(single({"1": [80, 80, 95], "2": [82, 82, 82]}), settings(method="median"))
    methods = {each.what: each.changes for each in found.variants if each.kind == "method"}
    assert methods == {"mean": True, "trimmed": False}


def test_a_dimension_can_decide() -> None:
    table = scheme([leaf("1.1", 50)], [leaf("2.1", 50)])
    entries = panel(table, {"1": [(90, 70)], "2": [(70, "89.5")]})
    found = stability(entries, settings())
    weights = {each.what: each.changes for each in found.variants if each.kind == "weight"}
    assert weights == {"1 +10%": False, "1 −10%": True, "2 +10%": True, "2 −10%": False}


def test_the_fast_trials_say_what_tallying_sheet_by_sheet_says() -> None:
    draw = random.Random(7)  # noqa: S311 - the same panels every time
    table = scheme([leaf("1.1", 30), leaf("1.2", 20)], [leaf("2.1", 50)])
    capped = replace(
        table,
        dimensions=(replace(table.dimensions[0], at_most=Fraction(50)), table.dimensions[1]),
    )
    for method in ("mean", "trimmed", "median") * 4:
        scores = {
            str(number): [
                None if draw.random() < 0.1 else [draw.choice([60, 70, 71, 72]) for _ in "abc"]
                for _expert in range(4)
            ]
            for number in range(6)
        }
        block, sheets = panel(table, scores), panel(capped, scores)
        assert (fits_volume(block), fits_volume(sheets)) == (True, False)
        assert stability(block, settings(3, method)) == stability(sheets, settings(3, method))


def test_without_a_cut_line_there_is_nothing_to_test() -> None:
    with pytest.raises(RulesError, match="no line to test"):
        stability(single({"1": [80]}), rules())


@pytest.mark.parametrize("factor", [Fraction(11, 10), Fraction(9, 10)])
def test_other_weights_keep_the_full_marks_and_the_proportions(factor: Fraction) -> None:
    table = scheme([leaf("1.1", 20), leaf("1.2", 10)], [leaf("2.1", 30)], [leaf("3.1", 40)])
    changed = reweighted(table, "1", factor)
    assert changed.full_marks == 100
    first, second, third = changed.dimensions
    assert first.full_weight / 30 == factor * second.full_weight / 30
    assert second.full_weight / 30 == third.full_weight / 40
    assert first.children[0].full_weight == 2 * first.children[1].full_weight


def test_a_sub_table_is_scaled_as_a_whole() -> None:
    table = scheme([leaf("1.1", 100)], [leaf("2.1", 40)])
    nested = replace(
        table,
        dimensions=(replace(table.dimensions[0], weight=Fraction(60)), table.dimensions[1]),
    )
    changed = reweighted(nested, "1", Fraction(11, 10))
    assert changed.full_marks == 100
    assert changed.dimensions[0].full_weight == Fraction(6600, 106)
    total = total_sheet(changed, {"1.1": mark(100), "2.1": mark(0)}).total
    assert total == Fraction(6600, 106)
