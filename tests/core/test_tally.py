"""The arithmetic of a panel, and that each option of the rules changes it as it says."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import permutations

import pytest

from reviewer_app.core.errors import InputError, MarkError, NotFoundError, RulesError
from reviewer_app.core.marks import ABSTAINED, MISSING, NOT_APPLICABLE
from reviewer_app.core.numbers import Rounding, publish
from reviewer_app.core.outcomes import Outcome, read_condition
from reviewer_app.core.rules import (
    AggregationLevel,
    Band,
    Decision,
    ReviewRules,
    RoundingRules,
    Threshold,
)
from reviewer_app.core.tally import (
    ApplicationResult,
    Panel,
    PanelSheet,
    check_panel,
    tally,
)
from reviewer_app.core.votes import Ballots, CastVote, Choice, Vote
from tests.core.panels import VECTOR_1, leaf, panel, plain_scheme, rules, scheme, single

HALF = Fraction(1, 2)


def one(rows: Sequence[object], settings: ReviewRules) -> ApplicationResult:
    """Return the result of one application with these totals."""
    return tally(single({"1": rows}), settings).of("1")


class TestVectors:
    """domain.md G."""

    @pytest.mark.parametrize(
        ("settings", "exact", "published"),
        [
            (rules("mean"), Fraction(583, 7), "83.29"),
            (rules("trimmed"), Fraction(83), "83.00"),
            (rules("trimmed", "indicator"), Fraction(419, 5), "83.80"),
        ],
    )
    def test_1_three_rules_give_three_results(
        self, settings: ReviewRules, exact: Fraction, published: str
    ) -> None:
        for mode in (Rounding.HALF_UP, Rounding.HALF_EVEN):
            rounded = replace(settings, rounding=RoundingRules(mode))
            result = tally(panel(plain_scheme([20, 30, 50]), {"1": VECTOR_1}), rounded).of("1")
            assert (result.exact, result.published) == (exact, published)
        assert [sheet.total for sheet in result.sheets] == [84, 81, 83, 89, 79, 86, 81]

    def test_1_a_recused_expert_leaves_the_denominator(self) -> None:
        rows = [None if expert == 2 else row for expert, row in enumerate(VECTOR_1)]
        result = tally(panel(plain_scheme([20, 30, 50]), {"1": rows}), rules()).of("1")
        assert (result.exact, result.published) == (Fraction(250, 3), "83.33")
        assert len(result.sheets) == 6

    @pytest.mark.parametrize(
        ("figure", "half_up", "half_even"),
        [
            ("28.175", "28.18", "28.18"),
            ("28.165", "28.17", "28.16"),
            ("82.345", "82.35", "82.34"),
            ("82.335", "82.34", "82.34"),
            ("79.995", "80.00", "80.00"),
        ],
    )
    def test_2_rounding(self, figure: str, half_up: str, half_even: str) -> None:
        for mode, expected in ((Rounding.HALF_UP, half_up), (Rounding.HALF_EVEN, half_even)):
            settings = rules(rounding=RoundingRules(mode))
            assert one([figure], settings).published == expected

    @pytest.mark.parametrize(
        ("figure", "expected"), [("84.4951", "84.50"), ("84.4949", "84.49")]
    )
    def test_3_rounding_happens_once(self, figure: str, expected: str) -> None:
        for mode in (Rounding.HALF_UP, Rounding.HALF_EVEN):
            settings = rules(rounding=RoundingRules(mode))
            assert one([figure], settings).published == expected
            twice = publish(Fraction(publish(Fraction(figure), 3, mode)), 2, mode)
            assert twice == "84.50"


class TestMethods:
    def test_the_median_of_an_even_number_is_between_the_middle_two(self) -> None:
        assert one([70, 90, 81, 80], rules("median")).exact == Fraction(161, 2)

    def test_each_end_drops_as_many_as_the_rules_say(self) -> None:
        totals = [60, 70, 80, 90, 99]
        assert one(totals, rules("trimmed", drops=(2, 0))).exact == 70
        assert one(totals, rules("trimmed", drops=(0, 2))).exact == Fraction(269, 3)
        assert one(totals, rules("trimmed", drops=(0, 0))).exact == Fraction(399, 5)
        assert not one(totals, rules("trimmed", drops=(0, 0))).trimmed

    def test_one_sheet_among_equals_is_dropped(self) -> None:
        result = one([90, 90, 90, 60, 60], rules("trimmed"))
        assert result.exact == 80
        assert [sheet.dropped for sheet in result.sheets] == ["high", "", "", "low", ""]

    def test_drops_count_with_trimming_only(self) -> None:
        assert one([60, 70, 99], rules("mean", drops=(1, 1))).exact == Fraction(229, 3)

    def test_below_the_minimum_nothing_is_trimmed_and_the_result_says_so(self) -> None:
        settings = rules("trimmed", minimum=5)
        few, enough = one([60, 70, 80, 99], settings), one([60, 70, 80, 99, 99], settings)
        assert (few.trimmed, few.exact) == (False, Fraction(309, 4))
        assert (enough.trimmed, enough.exact) == (True, Fraction(83))

    def test_nothing_is_trimmed_away_entirely(self) -> None:
        assert one([60, 80], rules("trimmed", minimum=1)).exact == 70

    def test_at_indicator_level_each_indicator_counts_its_own_experts(self) -> None:
        table = scheme([leaf("a", 50), leaf("b", 50)])
        rows = [(60, ABSTAINED), (70, 50), (80, 90), (90, 70)]
        settings = rules("trimmed", "indicator", minimum=4)
        result = tally(panel(table, {"1": rows}), settings).of("1")
        assert result.marks == {"a": 75, "b": 70}
        assert result.trimmed
        assert result.untrimmed == ("b",)
        assert result.exact == Fraction(145, 2)

    def test_an_indicator_nobody_could_score_hands_its_weight_on(self) -> None:
        table = scheme([leaf("a", 40), leaf("b", 60)])
        for state in (ABSTAINED, NOT_APPLICABLE):
            result = tally(
                panel(table, {"1": [(80, state), (90, state)]}), rules(level="indicator")
            ).of("1")
            assert result.exact == 85
            assert result.by_indicator["b"] is None

    def test_abstaining_and_not_applicable_are_no_zero(self) -> None:
        table = scheme([leaf("a", 40), leaf("b", 60)])
        zero = tally(panel(table, {"1": [(80, 0)]}), rules()).of("1")
        away = tally(panel(table, {"1": [(80, NOT_APPLICABLE)]}), rules()).of("1")
        assert (zero.exact, away.exact) == (Fraction(32), Fraction(80))

    def test_a_missing_mark_is_refused_with_its_place(self) -> None:
        table = scheme([leaf("a", 40), leaf("b", 60)])
        with pytest.raises(MarkError, match="Expert 2 has not scored b of application 7"):
            tally(panel(table, {"7": [(80, 70), (80, MISSING)]}), rules())

    def test_a_sheet_with_nothing_to_score_counts_for_nobody(self) -> None:
        table = scheme([leaf("a", 100)])
        result = tally(panel(table, {"1": [(80,), (ABSTAINED,)]}), rules()).of("1")
        assert result.exact == 80
        assert [sheet.expert for sheet in result.sheets] == ["1"]
        assert result.unscored == ("2",)

    def test_an_application_nobody_scored_has_no_result_and_no_place(self) -> None:
        result = tally(single({"1": [80], "2": [None]}), rules())
        bare = result.of("2")
        assert (bare.exact, bare.published, bare.rank, bare.band) == (None, None, None, None)
        assert [each.number for each in result.ranked()] == ["1", "2"]


class TestExpertWeights:
    def weighted(self, method: str, totals: Sequence[object], *weights: int) -> Fraction | None:
        settings = rules(method)
        named = tuple(
            (str(expert), Fraction(weight)) for expert, weight in enumerate(weights, start=1)
        )
        aggregation = replace(settings.aggregation, expert_weights=named)
        return one(totals, replace(settings, aggregation=aggregation)).exact

    def test_the_mean_is_weighted(self) -> None:
        assert self.weighted("mean", [60, 90], 2, 1) == 70

    def test_who_is_not_listed_weighs_one(self) -> None:
        assert self.weighted("mean", [60, 90], 2) == 70

    def test_the_median_is_where_half_of_all_weight_is_reached(self) -> None:
        assert self.weighted("median", [60, 70, 90], 1, 1, 5) == 90
        assert self.weighted("median", [60, 70, 90], 1, 1, 2) == 80

    def test_of_equals_the_one_that_weighs_least_is_dropped(self) -> None:
        assert self.weighted("trimmed", [60, 60, 80, 90], 3, 1, 1, 1) == 65

    def test_a_role_has_a_weight_and_a_number_comes_first(self) -> None:
        weights = rules().aggregation
        table = replace(weights, expert_weights=(("技术", Fraction(3)), ("7", Fraction(5))))
        assert table.weight_of("1", "技术") == 3
        assert table.weight_of("7", "技术") == 5
        assert table.weight_of("1", "财务") == 1


class TestRounding:
    def test_sheets_are_rounded_first_where_the_rules_say_so(self) -> None:
        totals = ["80.45", "80.45", "80.45"]
        exact = one(totals, rules(rounding=RoundingRules(result_digits=1)))
        first = one(totals, rules(rounding=RoundingRules(sheet_digits=1, result_digits=1)))
        down = one(totals, rules(rounding=RoundingRules(Rounding.HALF_EVEN, sheet_digits=1)))
        assert exact.exact == Fraction("80.45")
        assert first.exact == Fraction("80.5")
        assert down.published == "80.40"
        assert first.sheets[0].total == Fraction("80.45")
        assert first.sheets[0].counted == Fraction("80.5")

    def test_the_digits_of_the_result(self) -> None:
        assert (
            one([80, 81, 81], rules(rounding=RoundingRules(result_digits=0))).published == "81"
        )
        assert (
            one([80, 81, 81], rules(rounding=RoundingRules(result_digits=4))).published
            == "80.6667"
        )

    def test_truncation_only_ever_lowers(self) -> None:
        settings = rules(rounding=RoundingRules(Rounding.TRUNCATE))
        assert one(["88.888"], settings).published == "88.88"


class TestPlaces:
    def test_equal_published_figures_share_and_the_next_place_is_skipped(self) -> None:
        result = tally(single({"1": ["80.001"], "2": ["80.004"], "3": [79]}), rules())
        assert [each.rank for each in result.applications] == [1, 1, 3]
        assert [each.tie_break for each in result.applications] == ["shared", "shared", ""]

    def test_the_exact_basis_sees_what_rounding_hides(self) -> None:
        result = tally(
            single({"1": ["80.001"], "2": ["80.004"], "3": [79]}), rules(basis="exact")
        )
        assert [each.rank for each in result.applications] == [2, 1, 3]

    @pytest.mark.parametrize(
        ("name", "first", "second"),
        [
            ("exact", [80, "80.004"], [80, "80.001"]),
            ("median", [70, 81, 89], [70, 80, 90]),
            ("high", [70, 90], [75, 85]),
            ("low", [75, 85], [70, 90]),
            ("spread", [75, 85], [70, 90]),
            ("sum", [80, 80, 80], [80, 80]),
        ],
    )
    def test_every_criterion_separates(
        self, name: str, first: Sequence[object], second: Sequence[object]
    ) -> None:
        entries = single({"loses": second, "wins": first})
        assert {each.rank for each in tally(entries, rules()).applications} == {1}
        result = tally(entries, rules(ties=[name]))
        assert (result.of("wins").rank, result.of("loses").rank) == (1, 2)
        assert result.of("wins").tie_break == name

    def test_the_mean_of_all_breaks_a_tie_of_trimmed_means(self) -> None:
        entries = single({"1": [70, 80, 90], "2": [75, 80, 90]})
        result = tally(entries, rules("trimmed", ties=["mean"]))
        assert [each.rank for each in result.applications] == [2, 1]

    def test_headings_break_ties_in_the_order_of_the_chain(self) -> None:
        table = scheme([leaf("1.1", 50)], [leaf("2.1", 25), leaf("2.2", 25)])
        entries = panel(table, {"A": [(80, 90, 70)], "B": [(80, 70, 90)], "C": [(90, 70, 70)]})
        by_indicator = tally(entries, rules(ties=["indicator:2.2"]))
        assert [each.rank for each in by_indicator.applications] == [2, 1, 2]
        by_dimension = tally(entries, rules(ties=["dimension:2", "indicator:2.1"]))
        assert [each.rank for each in by_dimension.applications] == [1, 2, 3]
        assert by_dimension.of("A").tie_break == "indicator:2.1"

    def test_votes_break_ties(self) -> None:
        votes = [Ballots("1", 1, 1, 0), Ballots("2", 2, 0, 0)]
        result = tally(single({"1": [80, 80], "2": [80, 80]}), rules(ties=["approvals"]), votes)
        assert [each.rank for each in result.applications] == [2, 1]

    def test_a_chain_must_name_what_the_scheme_has(self) -> None:
        for name in ("dimension:9", "indicator:z"):
            with pytest.raises(RulesError, match=name):
                tally(single({"1": [80]}), rules(ties=[name]))

    def test_the_order_of_sheets_and_applications_changes_nothing(self) -> None:
        table = scheme([leaf("1.1", 40)], [leaf("2.1", 60)])
        scores: dict[str, list[tuple[int, int] | None]] = {
            "A": [(80, 90), (90, 70), (70, 60), (60, 99)],
            "B": [(80, 90), (90, 70), None, (60, 99)],
            "C": [(70, 70), (70, 70), (70, 70), (70, 70)],
        }
        entries = panel(table, scores)
        settings = rules("trimmed", ties=["dimension:1", "median"])
        expected = {each.number: each for each in tally(entries, settings).applications}
        for order in permutations(entries.sheets):
            shuffled = Panel(tuple(reversed(entries.applications)), order)
            for result in tally(shuffled, settings).applications:
                wanted = expected[result.number]
                assert replace(result, sheets=()) == replace(wanted, sheets=())


class TestDecisions:
    SETTINGS = replace(
        rules(),
        decision=Decision(
            pass_mark=Threshold(">", Fraction(70)),
            bands=(
                Band("优秀", Threshold(">=", Fraction(90))),
                Band("合格", Threshold(">", Fraction(70))),
                Band("不合格", Threshold("<=", Fraction(70))),
            ),
            recommend=1,
        ),
    )

    @pytest.mark.parametrize(
        ("total", "band", "passes"),
        [
            ("89.995", "优秀", True),
            ("89.994", "合格", True),
            ("70.005", "合格", True),
            ("70.004", "不合格", False),
            (70, "不合格", False),
        ],
    )
    def test_the_published_figure_decides_and_strictness_counts(
        self, total: object, band: str, *, passes: bool
    ) -> None:
        result = one([total], self.SETTINGS)
        assert (result.band, result.passes) == (band, passes)

    def test_a_figure_outside_every_band_has_none(self) -> None:
        only = replace(self.SETTINGS, decision=Decision(bands=self.SETTINGS.decision.bands[:1]))
        result = one([50], only)
        assert (result.band, result.passes, result.recommended) == (None, None, None)

    def test_the_cut_line_and_a_place_shared_across_it(self) -> None:
        clear = tally(single({"1": [80], "2": [90]}), self.SETTINGS)
        assert [each.recommended for each in clear.applications] == [False, True]
        assert not clear.cut_is_shared()
        shared = tally(single({"1": [90], "2": [90]}), self.SETTINGS)
        assert [each.recommended for each in shared.applications] == [True, True]
        assert shared.cut_is_shared()

    def test_a_vote_is_counted_with_those_who_scored(self) -> None:
        votes = [CastVote("1", str(expert), Vote(Choice.APPROVE)) for expert in (1, 2)]
        result = tally(single({"1": [80, 80, 80]}), rules(), votes).of("1")
        assert result.vote is not None
        assert (result.vote.entitled, result.vote.passed) == (3, True)
        other = tally(single({"1": [80, 80, 80]}), rules(), votes, entitled={"1": 4}).of("1")
        assert other.vote is not None
        assert (other.vote.entitled, other.vote.quorate) == (4, False)

    def test_a_vote_on_nothing_is_refused(self) -> None:
        with pytest.raises(
            InputError, match="A vote on application 9, which is not in the round"
        ):
            tally(single({"1": [80]}), rules(), [Ballots("9", 1, 0, 0)])

    def test_the_scheme_concludes_from_the_result_not_from_a_sheet(self) -> None:
        table = replace(
            scheme([leaf("a", 100)]),
            outcomes=(
                Outcome("符合", (read_condition("total > 70"),)),
                Outcome("不符合"),
            ),
        )
        for level in AggregationLevel:
            settings = rules(level=level.value)
            passed = tally(panel(table, {"1": [(60,), (81,)]}), settings).of("1")
            failed = tally(panel(table, {"1": [(60,), (80,)]}), settings).of("1")
            assert (passed.conclusion, failed.conclusion) == ("符合", "不符合")


class TestSpecialists:
    TABLE = scheme(
        [leaf("1.1", 60, specialisms=("技术",)), leaf("1.2", 40, specialisms=("财务",))]
    )

    def sheet(self, expert: str, role: str, **marks: int) -> PanelSheet:
        given = panel(scheme([leaf(code, 1) for code in marks]), {"A": [list(marks.values())]})
        named = {
            code.replace("_", "."): mark for code, mark in given.sheets[0].marks["A"].items()
        }
        return PanelSheet(expert, {"A": {code[1:]: mark for code, mark in named.items()}}, role)

    def of(self, *sheets: PanelSheet) -> ApplicationResult:
        entries = Panel(panel(self.TABLE, {"A": [(1, 1)]}).applications, sheets)
        result = tally(entries, rules())
        assert result.level is AggregationLevel.INDICATOR
        return result.of("A")

    def test_each_indicator_is_the_mean_of_those_who_scored_it(self) -> None:
        result = self.of(
            self.sheet("1", "技术", x1_1=80),
            self.sheet("2", "技术", x1_1=90),
            self.sheet("3", "财务", x1_2=50),
        )
        assert result.marks == {"1.1": 85, "1.2": 50}
        assert result.exact == 71
        assert result.spread is None
        assert all(sheet.partial for sheet in result.sheets)

    def test_an_indicator_no_specialist_scored_leaves_no_result(self) -> None:
        result = self.of(self.sheet("1", "技术", x1_1=80))
        assert (result.exact, result.unheard) == (None, ("1.2",))

    def test_a_specialist_must_score_what_is_asked(self) -> None:
        with pytest.raises(MarkError, match=r"Expert 1 has not scored 1\.1"):
            self.of(self.sheet("1", "技术", x1_2=80))


class TestPanel:
    def test_a_mark_outside_its_scale_is_refused_before_any_sum(self) -> None:
        entries = panel(plain_scheme([8]), {"3": [(7,), (77,)]})
        with pytest.raises(MarkError, match="Expert 2, application 3, a: 77 is outside 0–8"):
            check_panel(entries)
        check_panel(panel(plain_scheme([8]), {"3": [(7,), (8,)]}))

    def test_an_unknown_application_or_indicator_is_refused(self) -> None:
        entries = panel(plain_scheme([8]), {"3": [(7,)]})
        stranger = PanelSheet("9", {"4": entries.sheets[0].marks["3"]})
        with pytest.raises(MarkError, match="Expert 9: there is no application 4"):
            check_panel(replace(entries, sheets=(stranger,)))
        wrong = PanelSheet("9", {"3": {"z": entries.sheets[0].marks["3"]["a"]}})
        with pytest.raises(MarkError, match="the scheme has no indicator z"):
            check_panel(replace(entries, sheets=(wrong,)))

    def test_no_such_application(self) -> None:
        with pytest.raises(NotFoundError):
            tally(single({"1": [80]}), rules()).of("2")

    def test_how_the_totals_lie(self) -> None:
        lie = one([60, 70, 80, 99], rules()).spread
        assert lie is not None
        assert [lie.mean, lie.median, lie.trimmed] == [Fraction(309, 4), 75, 75]
        assert [lie.low, lie.high] == [60, 99]
        assert lie.variance == sum((Fraction(x) - lie.mean) ** 2 for x in (60, 70, 80, 99)) / 3
        alone = one([60], rules()).spread
        assert alone is not None
        assert (alone.variance, alone.trimmed) == (None, None)
