"""The fast path and the Fraction path say exactly the same of every panel."""

import random
from array import array
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer_app.core import tally_quick
from reviewer_app.core.errors import InputError, MarkError, RulesError
from reviewer_app.core.mark_table import MarkColumn, MarkTable
from reviewer_app.core.marks import ABSTAINED, MISSING, Mark, scored
from reviewer_app.core.numbers import Rounding, round_to
from reviewer_app.core.rules import (
    AggregationLevel,
    Groups,
    Method,
    ReviewRules,
    RoundingRules,
)
from reviewer_app.core.scheme import Role, Scheme
from reviewer_app.core.tally import Panel, PanelApplication, PanelSheet, tally
from reviewer_app.core.tally_quick import quick_tally
from reviewer_app.core.volume import volume_tally
from reviewer_app.core.volume_blocks import rounded
from reviewer_app.core.volume_panel import fits_volume, volume_of
from reviewer_app.core.volume_results import block_tally
from reviewer_app.core.votes import Ballots
from tests.core.panels import leaf, panel, rules, scheme, single
from tests.core.random_panels import TABLE, as_tables, draw_panel, draw_rules, same


@settings(max_examples=60)
@given(st.randoms(use_true_random=False))
def test_both_paths_agree_on_anything_hypothesis_finds(draw: random.Random) -> None:
    same(draw_panel(draw), draw_rules(draw))


@settings(max_examples=30)
@given(st.randoms(use_true_random=False))
def test_sheets_that_are_tables_of_steps_give_the_same(draw: random.Random) -> None:
    entries, chosen = draw_panel(draw), draw_rules(draw)
    tables = as_tables(entries, draw)
    assert tables == entries
    assert [each.count for each in tables.sheets] == [each.count for each in entries.sheets]
    same(tables, chosen)
    assert block_tally(tables, chosen) == tally(entries, chosen)


def test_a_table_beyond_64_bits() -> None:
    """A step so fine, or a mark so high, that only Python integers hold the sums."""
    fine = MarkColumn("a", Fraction(0), Fraction(1, 10**12), {})
    high = fine._replace(marks=_Any(fine))
    codes = array("q", [0, (1 << 63) - 1])
    entries = Panel(
        tuple(PanelApplication(number, scheme([leaf("a", 1, 10**8)])) for number in ("1", "2")),
        (PanelSheet("1", MarkTable(["1", "2"], (high,), codes)),),
    )
    assert volume_of(entries).counts.dtype == object
    same(entries, rules())


class _Any(dict[int, Mark]):
    """Every mark of a column, made when it is looked at."""

    def __init__(self, column: MarkColumn) -> None:
        super().__init__()
        self._column = column

    def __missing__(self, code: int) -> Mark:
        return scored(self._column.minimum + code * self._column.step)


@pytest.mark.parametrize("method", list(Method))
@pytest.mark.parametrize("level", list(AggregationLevel))
def test_decimals_of_many_digits_become_python_integers(
    method: Method, level: AggregationLevel
) -> None:
    values = ["99999999999.123456789012", "0.000000000001", "7.5", "3", "88.8", "1"]
    entries = single({"1": values, "2": [1, 2, 3, 4, 5, 6]}, maximum=10**12)
    block = volume_of(entries)
    assert block.counts.dtype == object
    same(entries, rules(method.value, level.value), block)


def test_sums_beyond_64_bits_are_seen_before_they_happen() -> None:
    entries = single({"1": [10**12 - 1] * 9, "2": [10**12 - 2] * 9}, maximum=10**12)
    block = volume_of(entries)
    assert block.counts.dtype == np.int64
    found = volume_tally(block, rules(rounding=RoundingRules(result_digits=6)))
    assert found.sums.totals.dtype == object
    same(entries, rules(rounding=RoundingRules(result_digits=6)), block)
    assert volume_tally(block, rules()).sums.totals.dtype == np.int64


def test_weighted_medians_and_trimming_take_the_small_path() -> None:
    entries = single({"1": [60, 70, 80, 90], "2": [65, 65, 90, 91]})
    for method in Method:
        plain = rules(method.value)
        weighted = replace(
            plain, aggregation=replace(plain.aggregation, expert_weights=(("1", Fraction(3)),))
        )
        found = volume_tally(volume_of(entries), weighted)
        assert bool(found.irregular) is (method is not Method.MEAN)
        same(entries, weighted)


def test_one_incomplete_sheet_makes_one_application_irregular() -> None:
    entries = panel(TABLE, {"1": [(60, 70, 80)] * 3, "2": [(60, 70, 80), (ABSTAINED, 1, 2)]})
    found = volume_tally(volume_of(entries), rules())
    assert list(found.irregular) == [1]
    same(entries, rules(ties=["dimension:1", "median"]))


def test_an_application_nobody_scored() -> None:
    entries = single({"1": [60, 70], "2": [None, None]})
    same(entries, rules())
    same(entries, rules(basis="exact"))
    same(single({"1": [None, None]}), rules())


def test_marks_above_their_maximum_meet_the_cap_of_the_total() -> None:
    entries = panel(TABLE, {"1": [(300, 70, 80)] * 3, "2": [(60, 70, 80)] * 3})
    assert list(volume_tally(volume_of(entries), rules()).irregular) == [0]
    same(entries, rules())


def test_a_missing_mark_is_refused() -> None:
    entries = panel(TABLE, {"1": [(60, MISSING, 80)]})
    with pytest.raises(MarkError, match=r"has not scored 1\.2 of application 1"):
        volume_tally(volume_of(entries), rules())


def test_a_chain_must_name_what_the_scheme_has() -> None:
    with pytest.raises(RulesError, match="dimension:9"):
        volume_tally(volume_of(single({"1": [1]})), rules(ties=["dimension:9"]))


def test_marks_as_counts_of_steps() -> None:
    """The way signed sheets state them: minimum + count × step."""
    entries = panel(TABLE, {"1": [("60.5", 70, 80), (50, "60.5", 70)], "2": [(70, 70, 70)] * 2})
    block = volume_of(entries)
    steps = replace(
        block,
        counts=block.counts - 2 * 40,
        offsets=(Fraction(40),) * 3,
    )
    same(entries, rules("median", "indicator"), steps)
    assert steps.mark(0, 0, 0) == scored(Fraction("60.5"))
    assert steps.part([0, 1]) == entries


def test_leaving_an_expert_out() -> None:
    entries = panel(TABLE, {"1": [(60, 70, 80), (90, 90, 90)], "2": [(70, 70, 70), (1, 2, 3)]})
    others = replace(entries, sheets=entries.sheets[:1])
    found = volume_tally(volume_of(entries).without("2"), rules())
    expected = tally(others, rules())
    assert [found.result(row).exact for row in (0, 1)] == [
        each.exact for each in expected.applications
    ]


@pytest.mark.parametrize(
    ("table", "fits"),
    [
        (TABLE, True),
        (scheme([leaf("a", 90), leaf("b", 5, role=Role.BONUS)]), False),
        (scheme([leaf("a", 90, specialisms=("技术",))]), False),
    ],
)
def test_what_fits(table: Scheme, *, fits: bool) -> None:
    entries = panel(table, {"1": [[1] * len(table.indicators())]})
    assert fits_volume(entries) is fits
    other = PanelApplication("2", scheme([leaf("a", 1)]))
    assert not fits_volume(replace(entries, applications=(*entries.applications, other)))
    assert not fits_volume(Panel((), ()))


@given(
    st.lists(st.integers(-(10**6), 10**6), min_size=1, max_size=6),
    st.integers(1, 999),
    st.integers(0, 3),
    st.sampled_from(Rounding),
)
def test_columns_are_rounded_as_single_numbers_are(
    above: list[int], below: int, digits: int, mode: Rounding
) -> None:
    expected = [round_to(Fraction(each, below), digits, mode) * 10**digits for each in above]
    assert rounded(np.array(above), below, digits, mode).tolist() == expected
    assert rounded(np.array(above, dtype=object), below, digits, mode).tolist() == expected


def test_votes_count_on_both_paths() -> None:
    entries = single({"01": [70, 80], "02": [70, 80], "03": [90, None]})
    chosen = rules(ties=("approvals",))
    votes = (Ballots("01", 1, 1, 0), Ballots("02", 2, 0, 0))
    found = block_tally(entries, chosen, votes, {"01": 2, "02": 2, "03": 1})
    assert found == tally(entries, chosen, votes, entitled={"01": 2, "02": 2, "03": 1})
    assert [each.rank for each in found.applications] == [3, 2, 1]
    with pytest.raises(InputError, match="application 09"):
        block_tally(entries, chosen, (Ballots("09", 1, 0, 0),))


def test_the_quick_way_is_taken_from_so_many_marks_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the block makes of points is worked out late; the reference has them at once."""
    entries = single({"01": [70, 80], "02": [75, 60]})
    plain = quick_tally(entries, rules())
    assert isinstance(plain.of("01").sheets[0].by_indicator, dict)
    monkeypatch.setattr(tally_quick, "LARGE", 0)
    quick = quick_tally(entries, rules())
    assert quick == plain
    late = quick.of("01").sheets[0].by_indicator
    assert not isinstance(late, dict)
    assert list(late) == ["a"]
    assert late["a"] == 70
    adjusting = ReviewRules(groups=Groups((("甲", ("01",)), ("乙", ("02",)))))
    assert quick_tally(entries, adjusting).groups is not None
