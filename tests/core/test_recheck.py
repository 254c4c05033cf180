"""The re-checks flag the right place and nothing else, and change nothing."""

import random
from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer_app.core.marks import ABSTAINED, NOT_APPLICABLE
from reviewer_app.core.recheck import (
    Flag,
    FlagKind,
    deviation,
    deviations,
    low_marks,
    recheck,
)
from reviewer_app.core.rules import Recheck
from reviewer_app.core.tally import Panel, tally
from tests.core.panels import leaf, mark, panel, plain_scheme, rules, scheme, single
from tests.core.random_panels import TABLE, as_tables, draw_panel, draw_rules

QUIET = Recheck(Fraction(10), Fraction(10), None)


def flags(entries: Panel, settings: Recheck, **more: object) -> list[Flag]:
    result = tally(entries, replace(rules(), recheck=settings))
    return recheck(entries, result, **more)  # type: ignore[arg-type]


def test_a_panel_without_fault_has_no_flag() -> None:
    assert flags(single({"1": [80, 82, 84]}), Recheck()) == []


def test_a_stated_total_that_does_not_add_up() -> None:
    entries = single({"1": [80, 82], "2": [70, 70]})
    stated = {("1", "1"): Fraction(80), ("1", "2"): Fraction(83)}
    assert flags(entries, QUIET, stated=stated) == [
        Flag(FlagKind.SUM, "1", "2", figure=Fraction(83), limit=Fraction(82))
    ]


def test_a_mark_outside_its_scale_or_off_its_step() -> None:
    entries = panel(plain_scheme([8]), {"1": [(7,), (77,), ("7.5",)]})
    assert flags(entries, QUIET) == [
        Flag(FlagKind.OUT_OF_RANGE, "1", "2", "a", Fraction(77), Fraction(8)),
        Flag(FlagKind.OUT_OF_RANGE, "1", "3", "a", Fraction(15, 2), Fraction(8)),
    ]


def test_an_objective_indicator_has_one_answer() -> None:
    table = scheme([leaf("a", 50, objective=True), leaf("b", 50)])
    same = panel(table, {"1": [(80, 60), (80, 70), (ABSTAINED, 70)]})
    assert flags(same, QUIET) == []
    marks = ((80, 60), (82, 70), (ABSTAINED, 70))
    [flag] = flags(panel(table, {"1": marks}), QUIET)
    assert (flag.kind, flag.application, flag.indicator) == (FlagKind.OBJECTIVE, "1", "a")
    assert flag.marks == (("1", mark(80)), ("2", mark(82)))
    [flag] = flags(panel(table, {"1": [(80, 60), (NOT_APPLICABLE, 70)]}), QUIET)
    assert flag.kind is FlagKind.OBJECTIVE


def test_deviation_is_from_the_others_and_strictly_above_the_limit() -> None:
    entries = single({"1": [80, 100, 100], "2": [79, 100, 100], "3": [69, 100, 100]})
    found = flags(entries, Recheck(low_mark_reason=None))
    assert [(each.kind, each.application, each.expert) for each in found] == [
        (FlagKind.DEVIATION_REASON, "3", "1"),
        (FlagKind.DEVIATION_WARN, "2", "1"),
    ]
    assert found[0].figure == Fraction(-31, 100)
    assert found[0].limit == Fraction(3, 10)
    assert found[1].figure == Fraction(-21, 100)


def test_far_above_is_flagged_as_well() -> None:
    [flag] = flags(single({"1": [90, 60, 60]}), Recheck(low_mark_reason=None))
    assert (flag.kind, flag.expert, flag.figure) == (
        FlagKind.DEVIATION_REASON, "1", Fraction(1, 2),
    )  # fmt: skip


def test_deviations_without_others_or_from_zero_have_no_share() -> None:
    assert deviation(Fraction(3), []) is None
    assert deviation(Fraction(3), [Fraction(0)]) is None
    assert deviation(Fraction(-3), [Fraction(-2)]) == Fraction(-1, 2)
    result = tally(single({"1": [80]}), rules()).of("1")
    assert deviations(result) == {"1": None}


def test_a_low_mark_needs_a_reason() -> None:
    table = scheme([leaf("a", 50), leaf("b", 50)])
    entries = panel(table, {"1": [(59, 60), (NOT_APPLICABLE, 0)]})
    settings = replace(QUIET, low_mark_reason=Fraction(3, 5))
    assert [(f.expert, f.indicator, f.figure, f.limit) for f in flags(entries, settings)] == [
        ("1", "a", Fraction(59), Fraction(60)),
        ("2", "b", Fraction(0), Fraction(60)),
    ]
    reasons = {("1", "1", "a")}
    assert [each.expert for each in flags(entries, settings, reasons=reasons)] == ["2"]
    assert flags(entries, QUIET) == []


def test_low_marks_are_known_while_scoring() -> None:
    table = plain_scheme([20, 30])
    marks = {"a": mark("11.5"), "b": mark(18)}
    assert low_marks(table, marks, Recheck()) == ["a"]
    assert low_marks(table, {"b": mark(17)}, Recheck()) == ["b"]
    assert low_marks(table, marks, QUIET) == []


def test_flags_stand_in_the_order_of_the_report() -> None:
    entries = panel(plain_scheme([8]), {"1": [(1,), (77,), (7,)]})
    kinds = [each.kind for each in flags(entries, Recheck())]
    assert kinds == sorted(kinds, key=list(FlagKind).index)
    assert set(kinds) == {
        FlagKind.OUT_OF_RANGE, FlagKind.DEVIATION_REASON, FlagKind.LOW_MARK,
    }  # fmt: skip


@settings(max_examples=25)
@given(st.randoms(use_true_random=False))
def test_tables_of_steps_are_checked_like_single_marks(draw: random.Random) -> None:
    entries, chosen = draw_panel(draw), draw_rules(draw)
    low = draw.choice([None, Fraction(3, 5), Fraction(99, 100)])
    chosen = replace(chosen, recheck=replace(chosen.recheck, low_mark_reason=low))
    tops = [Fraction(draw.choice([65, 100])) for _ in TABLE.indicators()]
    narrow = [
        replace(each, maximum=top) for each, top in zip(TABLE.indicators(), tops, strict=True)
    ]
    table = scheme(narrow[:2], narrow[2:])
    found = tally(entries, chosen)
    entries = replace(
        entries, applications=tuple(replace(a, scheme=table) for a in entries.applications)
    )
    flags_of_tables = recheck(as_tables(entries, draw), found)
    assert sorted(flags_of_tables, key=repr) == sorted(recheck(entries, found), key=repr)
