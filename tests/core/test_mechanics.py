"""Every mechanic of scoring.md at its boundaries."""

from fractions import Fraction
from pathlib import Path

import pytest

from reviewer_app.core.claims import claims_of, open_levels
from reviewer_app.core.errors import InputError, MarkError, SchemeError
from reviewer_app.core.marks import ABSTAINED, NOT_APPLICABLE
from reviewer_app.core.round import Fact
from reviewer_app.core.scheme import Scheme
from reviewer_app.core.scheme_category import for_category, for_specialism
from reviewer_app.core.scheme_data import load_scheme, scheme_from_data, scheme_to_data
from reviewer_app.core.scoring import check_mark, missing_claims, total_sheet
from tests.core.scheme_tables import (
    facts,
    heading,
    leaf,
    marks,
    one,
    published,
    scheme,
    verdict,
)

F = Fraction
SME = [
    [">=30", 20],
    ["[25,30)", 16],
    ["[20,25)", 12],
    ["[15,20)", 8],
    ["[10,15)", 4],
    ["<10", 0],
]


def computed(table: Scheme, **claimed: object) -> Fraction | None:
    """Return the points of indicator 1.1 for figures claimed by id (X for the indicator)."""
    named = {name.replace("X", "1.1"): value for name, value in claimed.items()}
    return total_sheet(table, {}, facts=facts(named)).total


# 3 measured value → points by bands


@pytest.mark.parametrize(
    ("value", "points"),
    [
        ("30", 20),
        ("29.99", 16),
        ("25", 16),
        ("24.999999", 12),
        ("10", 4),
        ("9.9", 0),
        ("-3", 0),
    ],
)
def test_bands_are_left_closed_and_right_open(value: str, points: int) -> None:
    assert computed(one(weight=20, method={"kind": "bands", "bands": SME}), X=value) == points


def test_bands_can_be_right_closed_where_the_table_says_so() -> None:
    bands = [["(10,)", 10], ["(5,10]", 6], ["<=5", 0]]
    table = one(method={"kind": "bands", "bands": bands})
    assert [computed(table, X=value) for value in ("10.01", "10", "5")] == [10, 6, 0]


def test_whole_numbers_need_no_band_between_them() -> None:
    bands = [[">=5", 10], ["[3,4]", 6], ["[1,2]", 3], [0, 0]]
    table = one(method={"kind": "bands", "whole": True, "domain": ">=0", "bands": bands})
    assert [computed(table, X=value) for value in range(7)] == [0, 3, 3, 6, 6, 10, 10]
    with pytest.raises(InputError, match="whole number"):
        computed(table, X="2.5")
    with pytest.raises(InputError, match=r"1\.1"):
        computed(table, X="-1")


@pytest.mark.parametrize(
    ("bands", "sentence"),
    [
        ([[">=30", 10], ["[20,29)", 5], ["<20", 0]], "gap"),
        ([[">=30", 10], ["[20,30]", 5], ["<20", 0]], "overlap"),
        ([[">=0", 10], ["<=0", 0]], "overlap"),
        ([[">0", 10], ["<0", 0]], "gap"),
        ([[">=30", 10], ["[20,30)", 5]], "beyond .* nothing"),
        ([["[0,30)", 10], ["<0", 5]], "beyond .* nothing"),
        ([[">=30", 9], ["<30", 0]], "maximum"),
        ([[">=30", 10], ["<30", -1]], "outside"),
        ([["30-40", 10]], "interval"),
        ([["[40,30)", 10]], "interval"),
    ],
)
def test_broken_bands_are_refused(bands: list[object], sentence: str) -> None:
    with pytest.raises(SchemeError, match=sentence):
        one(method={"kind": "bands", "bands": bands})


# 4 linear between two points; ratio to target, capped


def test_a_line_runs_between_its_points_and_stays_flat_outside() -> None:
    table = one(method={"kind": "linear", "points": [[10, 0], [50, 10]]})
    assert [computed(table, X=v) for v in (9, 10, 30, 50, 51)] == [0, 0, 5, 10, 10]


def test_a_line_may_start_at_sixty_per_cent_with_nothing_below() -> None:
    table = one(method={"kind": "linear", "points": [[10, 6], [30, 10]], "below": 0})
    assert [computed(table, X=v) for v in ("9.99", 10, 20)] == [0, 6, 8]


def test_a_falling_line_serves_costs() -> None:
    table = one(method={"kind": "linear", "points": [[100, 10], [200, 0]]})
    assert computed(table, X=125) == F(15, 2)


@pytest.mark.parametrize("points", [[[10, 0]], [[10, 0], [10, 10]], [[50, 10], [10, 0]]])
def test_a_line_that_is_none_is_refused(points: list[object]) -> None:
    with pytest.raises(SchemeError):
        one(method={"kind": "linear", "points": points})


TARGET = {"id": "T", "name": "企业", "relation": "≥", "value": 50, "unit": "家"}


def test_ratio_to_target_is_capped_at_full_points() -> None:
    table = one(target=[TARGET], method={"kind": "ratio-to-target", "target": "T"})
    assert [computed(table, T=v) for v in (0, 25, 50, 80)] == [0, 5, 10, 10]
    assert computed(table, T="-5") == 0


def test_ratio_to_a_target_that_is_a_ceiling_turns_round() -> None:
    rank = {**TARGET, "relation": "≤", "value": 10, "unit": "名"}
    table = one(target=[rank], method={"kind": "ratio-to-target", "target": "T"})
    assert [computed(table, T=v) for v in (8, 10, 20)] == [10, 10, 5]
    undefined = total_sheet(table, {}, facts=facts({"T": 0}))
    assert undefined.total == 0
    assert "计0分" in undefined.notes[0]


def test_ratio_digits_round_half_up_once() -> None:
    table = one(method={"kind": "ratio-to-target", "value": 3, "digits": 2})
    assert computed(table, X=1) == F("3.33")
    assert computed(table, X=2) == F("6.67")


def test_a_ratio_needs_a_target_with_a_figure() -> None:
    words = {"id": "T", "name": "能力", "relation": "qualitative"}
    with pytest.raises(SchemeError, match="no target with a figure"):
        one(target=[words], method={"kind": "ratio-to-target", "target": "T"})
    with pytest.raises(SchemeError, match="either"):
        one(method={"kind": "ratio-to-target"})


def test_points_per_unit() -> None:
    each_two = one(method={"kind": "per-unit", "points": 2})
    assert [computed(each_two, X=v) for v in (0, "1.9", 3, 5, 9)] == [0, 2, 6, 10, 10]
    late = one(method={"kind": "per-unit", "base": 10, "points": -1, "every": 7})
    assert [computed(late, X=v) for v in (0, 6, 7, 69, 70, 90)] == [10, 10, 9, 1, 0, 0]
    below = one(method={"kind": "per-unit", "base": 10, "points": -1, "start": 90, "every": -5})
    assert [computed(below, X=v) for v in (95, 90, 85, 83)] == [10, 10, 9, 9]
    smooth = one(method={"kind": "per-unit", "points": 2, "proportional": True})
    assert computed(smooth, X="1.5") == 3


def test_points_per_unit_from_a_start_that_must_be_reached() -> None:
    method = {"kind": "per-unit", "base": 5, "points": 1, "start": 50, "every": 10, "below": 0}
    seats = one(method=method)
    assert [computed(seats, X=v) for v in (0, "49.9", 50, 59, 60, 100)] == [0, 0, 5, 5, 6, 10]
    some = one(method={**method, "below": 2})
    assert [computed(some, X=v) for v in (-1, 49, 50)] == [2, 2, 5]
    assert scheme_from_data(scheme_to_data(some), "t") == some
    without = one(method={key: value for key, value in method.items() if key != "below"})
    assert computed(without, X=49) == 5


@pytest.mark.parametrize(
    ("change", "sentence"), [({"every": -5}, "negative"), ({"below": 11}, "outside 0–10")]
)
def test_points_below_the_start_must_make_sense(
    change: dict[str, object], sentence: str
) -> None:
    method = {"kind": "per-unit", "points": 1, "start": 50, "below": 0}
    with pytest.raises(SchemeError, match=sentence):
        one(method={**method, **change})


def test_a_coefficient_multiplies_one_figure() -> None:
    scaled = {"sum": ["1.1"], "factors": ["1.2"]}
    line = {"kind": "linear", "measure": scaled, "points": [[0, 0], [12, 10]]}
    assert [computed(one(method=line), X=v) for v in (5, 10)] == [5, 10]


def test_a_measure_stated_once_holds_for_every_category() -> None:
    line = {"kind": "linear", "points": [[0, 0], [50, 10]]}
    ratio = {"ratio": ["A", "B"], "percent": True}
    names = [{"id": "A", "name": "甲"}, {"id": "B", "name": "乙"}]

    def table(shared: object, own: object) -> Scheme:
        given = {"measure": shared} if shared else {}
        case = {**line, "category": "软件业", **({"measure": own} if own else {})}
        rest = {**line, **({"measure": ratio} if not shared else {})}
        method = {"kind": "by-category", **given, "case": [case], "otherwise": rest}
        return one(input=names, method=method)

    assert table(ratio, None) == table(None, ratio)
    assert table(ratio, "A") != table(ratio, None)
    claimed = facts({"A": 20, "B": 80})
    assert total_sheet(table(ratio, "A"), {}, facts=claimed, category="软件业").total == 4
    assert total_sheet(table(ratio, "A"), {}, facts=claimed).total == 5


# 1, 2, 5, 6: levels, steps, ratio × points, nested percentage


def test_a_ratio_times_points() -> None:
    levels = [
        ["A", "0.80", "1.0"],
        ["B", "0.60", "0.79"],
        ["C", "0.40", "0.59"],
        ["D", "0.20", "0.39"],
        ["E", "0.01", "0.19"],
        ["F", 0, 0],
    ]
    table = one(weight=20, maximum=1, step="0.01", levels=levels)
    assert total_sheet(table, marks({"1.1": "0.7"})).total == 14
    with pytest.raises(MarkError):
        check_mark(table.indicator("1.1"), marks({"x": "0.705"})["x"])


def test_a_sub_table_counts_for_its_percentage() -> None:
    table = scheme(
        heading("1", leaf("1.1", 70), leaf("1.2", 30), weight=60, of=100),
        heading("2", leaf("2.1", 40)),
    )
    result = total_sheet(table, marks({"1.1": 70, "1.2": 15, "2.1": 40}))
    assert result.by_dimension == {"1": 51, "2": 40}
    assert table.full_marks == 100
    assert result.by_indicator == {"1.1": 42, "1.2": 9, "2.1": 40}


def test_a_sub_table_that_misses_its_sum_is_refused() -> None:
    with pytest.raises(SchemeError, match="90 is stated"):
        scheme(heading("1", leaf("1.1", 70), leaf("1.2", 30), weight=60, of=90))
    with pytest.raises(SchemeError, match="60 is stated"):
        scheme(heading("1", leaf("1.1", 70), leaf("1.2", 30), weight=60))


def test_a_chosen_level_has_no_numbers_between() -> None:
    table = one(levels=[["优", 10], ["良", 8], ["差", 0]], method={"kind": "chosen"})
    check_mark(table.indicator("1.1"), marks({"x": 8})["x"])
    with pytest.raises(MarkError, match="none of the levels"):
        check_mark(table.indicator("1.1"), marks({"x": 9})["x"])


# 7 either-or, best of


def choice(pick: str) -> Scheme:
    return scheme(
        heading("1", leaf("1.1", 6), leaf("1.2", 3), pick=pick, weight=6),
        heading("2", leaf("2.1", 4)),
    )


def test_either_or_counts_the_one_that_was_answered_and_says_which() -> None:
    result = total_sheet(choice("one"), marks({"1.2": 2, "2.1": 4}))
    assert result.total == 6
    assert result.missing == ()
    assert result.by_indicator == {"1.1": None, "1.2": 2, "2.1": 4}
    assert result.notes == ("1 维度1：取 1.2 指标1.2",)


def test_either_or_answered_twice_is_refused() -> None:
    with pytest.raises(MarkError, match="only one"):
        total_sheet(choice("one"), marks({"1.1": 2, "1.2": 2, "2.1": 4}))


def test_either_or_not_answered_is_missing() -> None:
    assert total_sheet(choice("one"), marks({"2.1": 4})).missing == ("1.1", "1.2")


def test_the_best_counts_once_all_are_answered() -> None:
    result = total_sheet(choice("best"), marks({"1.1": 2, "1.2": 3, "2.1": 4}))
    assert result.by_dimension == {"1": 3, "2": 4}
    assert total_sheet(choice("best"), marks({"1.1": 2, "2.1": 4})).missing == ("1.2",)
    out = total_sheet(choice("best"), marks({"1.1": NOT_APPLICABLE, "1.2": 3, "2.1": 4}))
    assert out.by_dimension["1"] == 3
    none = total_sheet(choice("best"), marks({"1.1": ABSTAINED, "1.2": ABSTAINED, "2.1": 2}))
    assert none.total == 5


def test_the_first_of_equals_is_recorded() -> None:
    result = total_sheet(choice("best"), marks({"1.1": 3, "1.2": 3, "2.1": 4}))
    assert result.notes == ("1 维度1：取 1.1 指标1.1",)


# 8 bonus and penalty, caps


def extras(**more: object) -> Scheme:
    return scheme(
        heading("1", leaf("1.1", 30), leaf("b", 5, role="bonus"), at_most=32),
        heading("2", leaf("2.1", 70)),
        heading("3", leaf("p", 20, role="penalty"), leaf("q", 5, role="penalty"), at_least=-20),
        **more,
    )


def test_bonus_stops_at_the_sections_cap() -> None:
    result = total_sheet(extras(), marks({"1.1": 30, "b": 5, "2.1": 10, "p": 0, "q": 0}))
    assert result.by_dimension == {"1": 32, "2": 10, "3": 0}
    assert result.notes == ("1 维度1：35分，按32分封顶",)


def test_the_total_stops_at_full_marks_unless_the_table_says_otherwise() -> None:
    best = marks({"1.1": 30, "b": 2, "2.1": 70, "p": 0, "q": 0})
    assert total_sheet(extras(), best).total == 100
    assert total_sheet(extras(may_exceed=True), best).total == 102


def test_penalties_are_taken_off_down_to_their_limit_and_never_below_zero() -> None:
    low = marks({"1.1": 5, "b": 0, "2.1": 10, "p": 20, "q": 5})
    result = total_sheet(extras(), low)
    assert result.by_dimension["3"] == -20
    assert result.by_indicator["p"] == -20
    assert result.total == 0
    assert result.notes == ("3 维度3：-25分，按-20分保底", "总分：-5分，按0分保底")


def test_bonus_is_not_inflated_by_what_others_could_not_score() -> None:
    result = total_sheet(
        extras(), marks({"1.1": 15, "b": 2, "2.1": NOT_APPLICABLE, "p": 0, "q": 0})
    )
    assert result.by_indicator["1.1"] == 50
    assert result.by_indicator["b"] == 2


def test_a_missing_bonus_is_missing_and_one_that_does_not_apply_is_not() -> None:
    most = {"1.1": 15, "2.1": 35, "p": 0, "q": 0}
    assert total_sheet(extras(), marks(most)).missing == ("b",)
    assert total_sheet(extras(), marks({**most, "b": NOT_APPLICABLE})).total == 50


# 9, 12 conclusions apart from scores, strict and inclusive


@pytest.mark.parametrize(
    ("total", "name"), [("70", "不符合"), ("70.5", "符合"), ("71", "符合")]
)
def test_more_than_seventy_is_strict(total: str, name: str) -> None:
    table = one(weight=100, step="0.5")
    strict = scheme(
        heading("1", leaf("1.1", 100, step="0.5")),
        conclusion=[{"name": "符合", "all": ["total > 70"]}, {"name": "不符合"}],
    )
    assert total_sheet(table, marks({"1.1": total})).conclusion is None
    assert total_sheet(strict, marks({"1.1": total})).conclusion == name


def test_sixty_in_all_with_fourteen_in_growth_is_not_enough() -> None:
    table = scheme(
        heading("成长", leaf("g", 30)),
        heading("其他", leaf("o", 70)),
        conclusion=[
            {"name": "符合", "all": ["total >= 60", "dimension:成长 >= 15"]},
            {"name": "不符合"},
        ],
    )
    assert total_sheet(table, marks({"g": 14, "o": 46})).conclusion == "不符合"
    assert total_sheet(table, marks({"g": 15, "o": 45})).conclusion == "符合"
    assert total_sheet(table, marks({"g": 15, "o": 44})).conclusion == "不符合"


def test_no_conclusion_while_something_is_missing_or_cannot_be_judged() -> None:
    table = scheme(
        heading("1", leaf("a", 30)),
        heading("2", leaf("b", 70)),
        conclusion=[{"name": "是", "all": ["dimension:1 >= 15"]}, {"name": "否"}],
    )
    assert total_sheet(table, marks({"b": 70})).conclusion is None
    assert total_sheet(table, marks({"a": NOT_APPLICABLE, "b": 70})).conclusion is None


def test_a_ticked_box_decides_without_points() -> None:
    table = scheme(
        heading("1", leaf("a", 100)),
        heading("2", {"code": "s", "title": "资料不真实", "role": "screen"}),
        conclusion=[{"name": "不通过", "any": ["screen:s"]}, {"name": "通过"}],
    )
    ticked = total_sheet(table, marks({"a": 95, "s": 1}))
    assert verdict(ticked) == ("95", "不通过")
    clear = total_sheet(table, marks({"a": 95, "s": 0}))
    assert verdict(clear) == ("95", "通过")
    assert total_sheet(table, marks({"a": 95})).missing == ("s",)


# 10 formula over several years, by industry


def growth(table: Scheme, *years: object) -> list[str]:
    claimed = facts({f"J{n}": y for n, y in enumerate(years, start=1) if y is not None})
    return [
        each.name for each in open_levels(table.indicator("4.1"), claims_of(table, claimed))
    ]


@pytest.mark.parametrize(
    ("years", "level"),
    [
        ((100, 135, "182.25"), "A"),
        ((100, 134, 180), "B"),
        ((100, 125, "156.25"), "B"),
        ((100, 100, 100), "F"),
        ((100, 100, "100.02"), "E"),
        ((100, 90, 80), "F"),
        ((0, 100, 130), "B"),
        ((100, 0, 130), "F"),
        ((-50, 100, 130), "B"),
        ((100, -10, 130), "F"),
        ((None, 100, 116), "C"),
        ((None, None, 116), "F"),
    ],
)
def test_growth_as_the_published_table_defines_it(
    years: tuple[object, ...], level: str
) -> None:
    assert growth(published("hnte-2016"), *years) == [level]


def test_growth_leaves_all_levels_open_while_the_last_year_is_not_claimed() -> None:
    assert len(growth(published("hnte-2016"), 100, 120, None)) == 6
    assert len(growth(published("hnte-2016"), None, None, None)) == 6


def test_the_expert_scores_inside_the_level_the_figure_decides() -> None:
    table = published("hnte-2016")
    claims = claims_of(table, facts({"J1": 100, "J2": 125, "J3": "156.25"}))
    check_mark(table.indicator("4.1"), marks({"x": 8})["x"], claims)
    for outside in (6, 9):
        with pytest.raises(MarkError, match="B 7–8"):
            check_mark(table.indicator("4.1"), marks({"x": outside})["x"], claims)


def ratio(**more: object) -> Scheme:
    return one(
        input=[{"id": "A", "name": "甲"}, {"id": "B", "name": "乙"}],
        method={
            "kind": "bands",
            "measure": {"ratio": ["A", "B"], "percent": True},
            "bands": [[">=50", 10], ["<50", 0]],
            **more,
        },
    )


def test_division_by_zero_gets_the_stated_points_and_is_said() -> None:
    zero = facts({"A": 1, "B": 0})
    result = total_sheet(ratio(), {}, facts=zero)
    assert result.total == 0
    assert result.notes == ("1.1 除数为零，计0分",)
    assert total_sheet(ratio(undefined=4), {}, facts=zero).total == 4


def test_a_figure_nobody_claimed_is_missing_and_not_zero() -> None:
    result = total_sheet(ratio(), {}, facts=facts({"A": 1}))
    assert result.total is None
    assert result.missing == ("1.1",)
    assert "B" in result.notes[0]
    assert missing_claims(ratio(), facts({"A": 1})) == ("1.1",)
    assert missing_claims(ratio(), facts({"A": 1, "B": 2})) == ()


def test_of_a_choice_one_claimed_alternative_is_enough() -> None:
    """科技型中小企业评价: 研发投入的两个指标任选其一."""
    table = load_scheme(Path(__file__).parent / "schemes" / "sme-tech.toml")
    claimed = {"R1": 30, "R2": 100, "Y": 5, "S": 100, "3.1": 1, "3.2": 0}
    missing = missing_claims(table, facts(claimed))
    assert not {"2.1", "2.2"} & set(missing)
    assert "2.1" in missing_claims(table, facts({"R1": 30, "R2": 100}))
    with pytest.raises(MarkError, match="only one of its indicators"):
        missing_claims(table, facts(claimed | {"C": 80}))


@pytest.mark.parametrize(
    ("measure", "value"),
    [
        ({"sum": ["A", "B"]}, 9),
        ({"sum": ["A", "B"], "factors": [3, "0.5"]}, "19.5"),
        ({"mean": ["A", "B"]}, "4.5"),
        ({"lowest": ["A", "B"]}, 3),
        ({"highest": ["A", "B"]}, 6),
        ({"difference": ["A", "B"]}, 3),
        ({"ratio": ["A", "B"]}, 2),
        ({"growth": ["B", "A"]}, 1),
        ({"ratio": [{"sum": ["A", "B"]}, "B"]}, 3),
    ],
)
def test_measures_compute(measure: object, value: object) -> None:
    table = one(
        input=[{"id": "A", "name": "甲"}, {"id": "B", "name": "乙"}],
        method={
            "kind": "bands",
            "measure": measure,
            "bands": [[f">{value}", 0], [value, 10], [f"<{value}", 0]],
        },
    )
    assert computed(table, A=6, B=3) == 10


def test_partial_measures_use_what_is_there() -> None:
    inputs = [{"id": name, "name": name} for name in ("A", "B", "C")]
    mean = {"mean": ["A", "B", "C"], "partial": True}
    table = one(
        input=inputs, method={"kind": "linear", "measure": mean, "points": [[0, 0], [10, 10]]}
    )
    assert computed(table, B=2, C=6) == 4
    assert computed(table) is None


def test_bands_by_industry() -> None:
    case = {"kind": "bands", "bands": [[">=5", 10], ["<5", 0]]}
    rest = {"kind": "bands", "bands": [[">=3", 10], ["<3", 0]]}
    method = {"kind": "by-category", "case": [{"category": "软件", **case}], "otherwise": rest}
    table = one(method=method)
    four = facts({"1.1": 4})
    assert total_sheet(table, {}, facts=four, category="软件").total == 0
    assert total_sheet(table, {}, facts=four, category="钢铁").total == 10
    strict = one(method={"kind": "by-category", "case": [{"category": "软件", **case}]})
    with pytest.raises(SchemeError, match="软件"):
        total_sheet(strict, {}, facts=four, category="钢铁")


def test_categories_have_their_own_weights() -> None:
    table = scheme(
        heading("1", leaf("a", 30, maximum=100), leaf("b", 20, maximum=100)),
        heading("2", leaf("c", 50, maximum=100)),
        variant=[{"category": "转化", "weights": {"1": 20, "2": 80}}],
    )
    sheet = marks({"a": 100, "b": 0, "c": 50})
    assert total_sheet(table, sheet).total == 55
    assert total_sheet(table, sheet, category="转化").total == 12 + 40
    changed = for_category(table, "转化")
    assert changed.indicator("b").weight == 8
    assert for_category(changed, "转化") == changed
    with pytest.raises(SchemeError, match="转化"):
        total_sheet(table, sheet, category="孵化")


# 11 experts score only their specialism


def test_an_expert_is_asked_for_the_specialism_only() -> None:
    table = published("hnte-2016")
    finance = for_specialism(table, "财务")
    assert [leaf.code for leaf in finance.indicators()] == ["4.1", "4.2"]
    assert finance.full_marks == 20
    technology = for_specialism(table, "技术")
    assert technology.full_marks == 80
    result = total_sheet(finance, marks({"4.1": 9, "4.2": 8}))
    assert verdict(result) == ("17", None)
    assert result.missing == ()


# formula items and claims


def test_experts_give_no_mark_for_a_formula_item() -> None:
    table = one(method={"kind": "bands", "bands": [[">=1", 10], ["<1", 0]]})
    with pytest.raises(MarkError, match="no mark"):
        check_mark(table.indicator("1.1"), marks({"x": 3})["x"])
    with pytest.raises(MarkError, match="no mark"):
        total_sheet(table, marks({"1.1": 3}), facts=facts({"1.1": 3}))
    assert total_sheet(table, {}, facts=facts({"1.1": 3})).computed == {"1.1": 10}


def test_a_claim_in_another_unit_or_given_twice_is_refused() -> None:
    table = one(target=[TARGET], method={"kind": "ratio-to-target", "target": "T"})
    with pytest.raises(InputError, match="家"):
        total_sheet(table, {}, facts=[Fact(F(3), "个", target="T")])
    twice = [Fact(F(3), "家", target="T"), Fact(F(4), "家", target="T")]
    with pytest.raises(InputError, match="twice"):
        total_sheet(table, {}, facts=twice)


@pytest.mark.parametrize(
    "method",
    [
        {"kind": "bands", "measure": "ghost", "bands": [[">=1", 10], ["<1", 0]]},
        {"kind": "bands", "measure": {"ratio": ["1.1"]}, "bands": [[">=1", 10], ["<1", 0]]},
        {
            "kind": "bands",
            "measure": {"power": ["1.1", "1.1"]},
            "bands": [[">=1", 10], ["<1", 0]],
        },
        {
            "kind": "linear",
            "measure": {"sum": ["1.1"], "factors": [1, 2]},
            "points": [[0, 0], [1, 10]],
        },
        {
            "kind": "linear",
            "measure": {"mean": ["1.1"], "factors": [1]},
            "points": [[0, 0], [1, 10]],
        },
        {"kind": "bands", "bands": [[">=1", 10, 3], ["<1", 0]]},
        {"kind": "bands", "bands": []},
        {"kind": "bands", "bands": [[">=1", 10], ["<1", 0]], "surplus": 1},
        {"kind": "per-unit", "points": 0},
        {"kind": "per-unit", "points": 1, "every": 0},
        {"kind": "by-category", "case": []},
        {"kind": "ratio-to-target", "value": 0},
        {"kind": "ratio-to-target", "value": 5, "cap": 2},
        {"kind": "guess"},
        {"kind": "chosen"},
        {"kind": "judged", "measure": "1.1", "surplus": 1},
    ],
)
def test_a_broken_method_is_refused(method: dict[str, object]) -> None:
    with pytest.raises(SchemeError):
        one(method=method)
