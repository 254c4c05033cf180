"""A scheme changed for one application, one category or by the organiser still sums."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from reviewer_app.core.adjust import for_application, with_weights
from reviewer_app.core.errors import NotFoundError, SchemeError
from reviewer_app.core.marks import NOT_APPLICABLE, scored
from reviewer_app.core.round import Change
from reviewer_app.core.scheme import Relation, Scheme
from reviewer_app.core.scheme_category import for_specialism
from reviewer_app.core.scheme_data import load_scheme, scheme_from_data, scheme_to_data
from reviewer_app.core.scoring import total_sheet
from reviewer_app.core.targets import holds, in_words, read_target
from tests.core.scheme_tables import facts, heading, leaf, marks, one, scheme

F = Fraction
TABLE = scheme(
    heading("1", leaf("a", 30, maximum=100), leaf("b", 20, maximum=100)),
    heading("2", leaf("c", 40, maximum=100), leaf("d", 10, maximum=100)),
)


def weights(found: Scheme) -> dict[str, Fraction]:
    return {leaf.code: leaf.weight for leaf in found.indicators()}


def change(code: str, **more: object) -> Change:
    return Change(code, "责任书第3条", **more)  # type: ignore[arg-type]


def test_the_organiser_may_shift_weights_but_not_the_total() -> None:
    found = with_weights(TABLE, {"a": F(25), "c": F(45)})
    assert weights(found) == {"a": 25, "b": 20, "c": 45, "d": 10}
    with pytest.raises(SchemeError, match="sum to 95"):
        with_weights(TABLE, {"a": F(25)})
    with pytest.raises(SchemeError, match="above zero"):
        with_weights(TABLE, {"a": F(0), "b": F(50)})
    with pytest.raises(NotFoundError):
        with_weights(TABLE, {"z": F(1)})


def test_a_sub_table_keeps_its_own_sum() -> None:
    nested = scheme(heading("1", leaf("a", 70), leaf("b", 30), weight=60, of=100))
    found = with_weights(nested, {"a": F(50), "b": F(50)})
    assert found.full_marks == 60
    with pytest.raises(SchemeError, match="still sum to 100"):
        with_weights(nested, {"a": F(50)})


def test_not_applicable_by_statement_equals_not_applicable_by_mark() -> None:
    found = for_application(TABLE, [change("b", applicable=False)])
    assert weights(found) == {"a": 50, "c": 40, "d": 10}
    sheet = {"a": 60, "c": 70, "d": 80}
    by_mark = total_sheet(TABLE, marks({**sheet, "b": NOT_APPLICABLE}))
    assert total_sheet(found, marks(sheet)).total == by_mark.total


def test_a_heading_that_loses_everything_gives_to_the_others() -> None:
    gone = [change("a", applicable=False), change("b", applicable=False)]
    found = for_application(TABLE, gone)
    assert weights(found) == {"c": 80, "d": 20}
    assert [each.code for each in found.dimensions] == ["2"]
    with pytest.raises(SchemeError, match="no weight"):
        for_application(TABLE, [change(code, applicable=False) for code in "abcd"])


def test_a_stated_weight_is_kept_and_its_neighbours_share_the_rest() -> None:
    assert weights(for_application(TABLE, [change("a", weight=F(40))])) == {
        "a": 40,
        "b": 10,
        "c": 40,
        "d": 10,
    }


def test_weights_that_balance_are_taken_as_they_are() -> None:
    both = [change("a", weight=F(35)), change("d", weight=F(5))]
    assert weights(for_application(TABLE, both)) == {"a": 35, "b": 20, "c": 40, "d": 5}


def test_a_heading_whose_weights_are_all_stated_moves_the_others() -> None:
    both = [change("a", weight=F(20)), change("b", applicable=False)]
    found = for_application(TABLE, both)
    assert weights(found) == {"a": 20, "c": 64, "d": 16}


def test_a_stated_weight_that_leaves_nothing_is_refused() -> None:
    with pytest.raises(SchemeError, match="指标b"):
        for_application(TABLE, [change("a", weight=F(50))])
    with pytest.raises(NotFoundError):
        for_application(TABLE, [change("z", applicable=False)])


@given(st.sets(st.sampled_from("abcd"), max_size=3), st.integers(1, 29))
def test_the_total_always_sums(gone: set[str], weight: int) -> None:
    changes = [change(code, applicable=False) for code in gone]
    if "a" not in gone:
        changes.append(change("a", weight=F(weight)))
    alone = "a" not in gone and set("bcd") <= gone
    if alone and weight != 100:
        with pytest.raises(SchemeError):
            for_application(TABLE, changes)
        return
    found = for_application(TABLE, changes)
    assert found.full_marks == 100
    assert set(weights(found)) == set("abcd") - gone
    assert scheme_from_data(scheme_to_data(found), "x") == found
    full = {leaf.code: scored(100) for leaf in found.indicators()}
    assert total_sheet(found, full).total == 100


TARGETS = [
    {
        "id": "T1",
        "name": "企业",
        "relation": "≥",
        "value": 50,
        "unit": "家",
        "quote": "不少于50家",
    },
    {"id": "T2", "name": "基地", "relation": "≥", "value": 5, "unit": "个"},
]


def test_the_only_target_of_one_indicator_is_restated_in_place() -> None:
    table = one(target=TARGETS, targets=["T1"])
    found = for_application(table, [change("1.1", target=">=80 家")])
    target = found.target("T1")
    assert (target.relation, target.value, target.unit) == (Relation.AT_LEAST, F(80), "家")
    assert (target.quote, target.source) == (">=80 家", "责任书：责任书第3条")
    assert target.note == "原目标：≥50家"
    assert found.indicator("1.1").targets == ("T1",)


def test_a_shared_target_is_restated_for_that_indicator_alone() -> None:
    table = scheme(
        heading("1", leaf("a", targets=["T1"]), leaf("b", targets=["T1"])), target=TARGETS
    )
    found = for_application(table, [change("a", target="80家以上")])
    assert found.indicator("a").targets == ("T1·a",)
    assert found.target("T1·a").value == 80
    assert found.target("T1").value == 50
    assert found.indicator("b").targets == ("T1",)


def test_several_targets_need_an_id_or_receive_another() -> None:
    table = one(target=TARGETS, targets=["T1", "T2"])
    named = for_application(table, [change("1.1", target="T2 不少于8个")])
    assert named.target("T2").value == 8
    assert named.target("T1") == table.target("T1")
    new = for_application(table, [change("1.1", target="10-15 项")])
    assert new.indicator("1.1").targets == ("责任书·1.1", "T1", "T2")
    assert in_words(new.target("责任书·1.1")) == "10–15项"


def test_a_ratio_follows_the_restated_target() -> None:
    shared = {"targets": ["T1"], "method": {"kind": "ratio-to-target", "target": "T1"}}
    table = scheme(heading("1", leaf("a", **shared), leaf("b", **shared)), target=TARGETS)
    found = for_application(table, [change("a", target=">=100 家")])
    result = total_sheet(found, {}, facts=facts({"T1": 50}))
    assert result.by_indicator == {"a": 5, "b": 10}
    with pytest.raises(SchemeError, match="no figure"):
        for_application(table, [change("a", target="形成能力")])


def test_the_extended_edition_computes_with_the_statements_target() -> None:
    table = load_scheme(resources.scheme_path("zj-tic-full"))
    found = for_application(table, [change("5.1", target=">=40 亿元")])
    claimed = facts({"D3-T03": 20, "I1": 3, "I2": 1})
    assert total_sheet(found, {}, facts=claimed).by_indicator["5.1"] == 3


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (">=1500 人", "≥1500人"),
        ("≥1500人", "≥1500人"),
        ("不少于1500人", "≥1500人"),
        ("1500人以上", "≥1500人"),
        ("超过 1.3 万家", ">1.3万家"),
        ("<=10名", "≤10名"),
        ("低于5%", "<5%"),
        ("30家左右", "≈30家"),
        ("约30家", "≈30家"),
        ("5", "=5"),
        ("3-5年", "3–5年"),
        ("基本形成能力", "定性"),
        ("人数 1500", "定性"),
    ],
)
def test_targets_are_read_as_people_write_them(text: str, words: str) -> None:
    relation, value, high, unit = read_target(text)
    found = one(target=TARGETS).target("T1")
    assert (
        in_words(replace(found, relation=relation, value=value, high=high, unit=unit)) == words
    )


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (">=50家", {49: False, 50: True}),
        (">50家", {50: False, 51: True}),
        ("<=3名", {3: True, 4: False}),
        ("<3名", {3: False, 2: True}),
        ("=4家", {3: False, 4: True, 5: True}),
        ("3-5年", {2: False, 3: True, 5: True, 6: False}),
        ("30家左右", {30: None}),
    ],
)
def test_a_target_is_reached_or_not(text: str, figures: dict[int, bool | None]) -> None:
    table = for_application(one(target=TARGETS, targets=["T1"]), [change("1.1", target=text)])
    for figure, reached in figures.items():
        assert holds(table.target("T1"), F(figure)) is reached


def test_a_specialist_sees_a_sub_table_in_proportion() -> None:
    table = scheme(
        heading("1", leaf("a", 70), leaf("b", 30, specialisms=["财务"]), weight=60, of=100),
        heading("2", leaf("c", 40, specialisms=["财务"])),
    )
    technology = for_specialism(table, "技术")
    assert technology.full_marks == 42
    assert total_sheet(technology, marks({"a": 70})).total == 42
    assert for_specialism(table, "财务") == table
