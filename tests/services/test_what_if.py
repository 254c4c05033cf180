from dataclasses import replace
from fractions import Fraction

import pytest

from reviewer_app.core.marks import scored
from reviewer_app.core.rules import Method
from reviewer_app.services.closing import close_round
from reviewer_app.services.results import Results, results_of
from reviewer_app.services.what_if import OtherMark, Trial, moves, try_out
from tests.services.day import NOON, Day

POINTS = {
    "01": {1: 90, 2: 80, 3: 60},
    "02": {1: 82, 2: 81, 3: 60},
    "03": {1: 82, 2: 81, 3: 60},
    "04": {1: 82, 2: 83, 3: 60},
    "05": {1: 20, 2: 79, 3: 60},
}


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """Return a round in which one expert alone holds 01 down."""
    day = Day.start(tmp_path_factory.mktemp("what-if"))
    day.issue()
    day.collect(*day.sign_all(POINTS))
    close_round(day.context.open_bureau, day.round_id, NOON)
    return results_of(day.context.open_bureau, day.round_id)


def test_a_trial_of_nothing_is_the_result(results: Results) -> None:
    then = try_out(results, Trial())
    assert [each.exact for each in then.applications] == [
        each.exact for each in results.tally.applications
    ]
    assert all(each.rank == each.then for each in moves(results, then))


def test_dropping_highest_and_lowest_changes_who_leads(results: Results) -> None:
    assert results.tally.ranked()[0].number == "02"
    first, second, _third = moves(results, try_out(results, Trial(method=Method.TRIMMED)))
    assert (first.number, first.rank, first.then) == ("01", 2, 1)
    assert (first.above, first.then_above) == (False, True)
    assert (second.number, second.then_above) == ("02", False)
    assert first.then_published == "82.00"


def test_an_expert_left_out_and_another_mark(results: Results) -> None:
    without = try_out(results, Trial(without=("05",)))
    assert without.of("01").exact == Fraction(90 + 82 * 3, 4)
    leaf = results.panel.applications[0].scheme.indicators()[0].code
    mark = OtherMark("05", "01", leaf, scored(82))
    raised = try_out(results, Trial(mark=mark)).of("01").exact
    before = results.tally.of("01").exact
    assert raised is not None
    assert before is not None
    assert raised > before


def test_weights_keep_their_sum_and_change_nothing_kept(results: Results) -> None:
    code = results.panel.applications[0].scheme.dimensions[0].code
    before = replace(results)
    then = try_out(results, Trial(weights=((code, Fraction(11, 10)),)))
    assert then.of("03").exact == 60
    assert vars(results) == vars(before)
