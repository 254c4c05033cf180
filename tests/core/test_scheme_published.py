"""Published Chinese scoring tables behave as published."""

from pathlib import Path

import pytest

from reviewer_app.core.errors import MarkError, SchemeError
from reviewer_app.core.marks import NOT_APPLICABLE
from reviewer_app.core.scheme_data import load_scheme, scheme_from_data, scheme_to_data
from reviewer_app.core.scoring import check_mark, total_sheet
from tests.core.scheme_tables import PUBLISHED, facts, marks, published, verdict

EXCERPTS = {
    "gd-acc": 90, "agri-acc": 55, "bj-etc": 58, "hn-mic": 55, "price-marks": 110,
    "prov-mic-acc": 60,
}  # fmt: skip

HNTE = {
    "1.1": 6, "1.2": 6, "1.3": 6, "1.4A": 4, "1.4B": NOT_APPLICABLE, "1.5": 0,
    "2.1": 20, "3.1": 4, "3.2": 4, "3.3": 3, "3.4": 3, "4.1": 7, "4.2": 7,
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(path.stem for path in PUBLISHED.glob("*.toml")))
def test_the_tables_load_and_survive_a_round_trip(name: str) -> None:
    table = published(name)
    assert scheme_from_data(scheme_to_data(table), name) == table
    assert table.full_marks == table.maximum == EXCERPTS.get(name, 100)


@pytest.mark.parametrize(("more", "total", "conclusion"), [(0, 70, "不符合"), (1, 71, "符合")])
def test_hnte_seventy_is_not_enough(more: int, total: int, conclusion: str) -> None:
    result = total_sheet(published("hnte-2016"), marks({**HNTE, "2.1": 20 + more}))
    assert verdict(result) == (str(total), conclusion)


def test_hnte_bonus_never_lifts_intellectual_property_above_thirty() -> None:
    best = {**HNTE, "1.1": 8, "1.2": 8, "1.3": 8, "1.4A": 6, "1.5": 2}
    result = total_sheet(published("hnte-2016"), marks(best))
    assert result.by_dimension["1"] == 30
    assert "1 知识产权：32分，按30分封顶" in result.notes
    some = total_sheet(published("hnte-2016"), marks({**HNTE, "1.5": 2}))
    assert some.by_dimension["1"] == 24


def test_hnte_bought_rights_receive_three_points_at_most() -> None:
    bought = {**HNTE, "1.4A": NOT_APPLICABLE, "1.4B": 3}
    result = total_sheet(published("hnte-2016"), marks(bought))
    assert result.by_dimension["1"] == 21
    assert "1.4 知识产权获得方式：取 1.4B 仅有受让、受赠和并购等" in result.notes
    with pytest.raises(MarkError):
        check_mark(published("hnte-2016").indicator("1.4B"), marks({"x": 4})["x"])


def test_hnte_as_misprinted_with_two_levels_at_zero_growth_is_refused(tmp_path: Path) -> None:
    text = (PUBLISHED / "hnte-2016.toml").read_text(encoding="utf-8")
    path = tmp_path / "misprint.toml"
    path.write_text(text.replace('when = "(0,5)"', 'when = "[0,5)"'), encoding="utf-8")
    with pytest.raises(SchemeError, match=r"line \d+.*4\.1.*overlap"):
        load_scheme(path)


def test_hnte_marks_are_whole_numbers() -> None:
    with pytest.raises(MarkError):
        check_mark(published("hnte-2016").indicator("1.1"), marks({"x": "7.5"})["x"])


SME = {"R1": 25, "R2": 100, "Y": 5, "S": 100}


def test_sme_a_quarter_of_the_staff_is_sixteen_points() -> None:
    table = published("sme-tech")
    result = total_sheet(table, {}, facts=facts({**SME, "1.1": 0, "3.1": 0, "3.2": 4}))
    assert result.by_indicator["1.1"] == 16
    assert result.by_dimension == {"1": 16, "2": 40, "3": 24}
    assert verdict(result) == ("80", "符合")


def test_sme_sixty_points_with_no_scientific_staff_is_not_enough() -> None:
    table = published("sme-tech")
    claimed = {**SME, "R1": 9, "Y": 6, "3.1": 1, "3.2": 0}
    result = total_sheet(table, {}, facts=facts(claimed))
    assert verdict(result) == ("80", "不符合")
    assert total_sheet(table, {}, facts=facts({**claimed, "R1": 10})).conclusion == "符合"


def test_sme_sixty_is_inclusive() -> None:
    table = published("sme-tech")
    exactly = {"R1": 20, "R2": 100, "Y": 20, "C": 100, "3.1": 0, "3.2": 3}
    result = total_sheet(table, {}, facts=facts(exactly))
    assert verdict(result) == ("60", "符合")
    less = total_sheet(table, {}, facts=facts({**exactly, "3.2": 2}))
    assert verdict(less) == ("54", "不符合")


def test_sme_one_of_two_ratios_is_taken_and_said() -> None:
    table = published("sme-tech")
    by_cost = {"R1": 30, "R2": 100, "Y": 30, "C": 100, "3.1": 0, "3.2": 0}
    result = total_sheet(table, {}, facts=facts(by_cost))
    assert result.by_dimension["2"] == 50
    assert any("取 2.2" in note for note in result.notes)
    with pytest.raises(MarkError, match="only one"):
        total_sheet(table, {}, facts=facts({**by_cost, "S": 100}))


ACCEPTED = {
    "一.1": 16, "一.2": 16, "一.3": 8, "一.4": 16,
    "二.1": 4, "二.2": 5, "二.3": 5, "二.4": 6, "a": 0, "b": 0, "c": 0,
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "tasks", "conclusion"),
    [
        ({}, 56, "通过验收"),
        ({"一.4": "15.5"}, "55.5", "不通过验收"),
        ({"a": 1}, 56, "不通过验收"),
        ({"b": 1, "一.1": 20}, 60, "不通过验收"),
    ],
)
def test_acceptance_fails_on_a_ticked_box_or_below_fifty_six(
    change: dict[str, object], tasks: object, conclusion: str
) -> None:
    result = total_sheet(published("gd-acc"), marks({**ACCEPTED, **change}))
    assert result.by_dimension["一"] == marks({"x": tasks})["x"].value
    assert result.conclusion == conclusion


def test_the_four_levels_of_a_topic_review() -> None:
    table = published("topic-7")
    top = {leaf.code: leaf.maximum for leaf in table.indicators()}
    assert total_sheet(table, marks(top)).total == 100
    research = table.indicator("3")
    assert [[int(level.low), int(level.high)] for level in research.levels] == [
        [16, 20], [11, 15], [6, 10], [0, 5],
    ]  # fmt: skip
