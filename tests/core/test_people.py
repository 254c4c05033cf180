import json

import pytest

from reviewer_app.core.errors import InputError
from reviewer_app.core.people import (
    Election,
    Interference,
    RoundPeople,
    check_election,
    people_from_data,
    people_to_data,
)

PANEL = {"01": False, "02": False, "03": True}
EVERYBODY = RoundPeople(
    "温以宁（示例）",
    "柳清（示例）",
    "方珺（示例）",
    "祝镕（示例）",
    ("简昇（示例）",),
    "〔2026〕12号",
    "8:30—16:40",
    "报审定。\n公示 7 天。",
    Election("02", "举手推选", (("02", 2), ("01", 1))),
    (Interference("10:20", "某单位（示例）", "打听专家名单", "当场告知监督员"),),
)


@pytest.mark.parametrize(
    "people", [EVERYBODY, RoundPeople(), RoundPeople(interference=()), RoundPeople(host="喆")]
)
def test_people_are_read_back_without_loss(people: RoundPeople) -> None:
    data = json.loads(json.dumps(people_to_data(people)))
    assert people_from_data(data, "x") == people


def test_nobody_asked_and_none_met_are_two_things() -> None:
    assert people_to_data(RoundPeople()) != people_to_data(RoundPeople(interference=()))


@pytest.mark.parametrize(
    ("election", "why"),
    [
        (Election("09", "x"), "09 is not on the panel"),
        (Election("01", "x", (("08", 1),)), "08 is not on the panel"),
        (Election("03", "x"), "03 comes from the bureau"),
        (Election("01", "x", (("01", 3), ("02", 1))), "4 votes were counted"),
        (Election("01", "x", (("01", 1), ("02", 2))), "more votes than expert 01"),
        (Election("01", "x", (("02", 1),)), "more votes than expert 01"),
    ],
)
def test_a_leader_the_panel_could_not_elect_is_refused(election: Election, why: str) -> None:
    with pytest.raises(InputError, match=why):
        check_election(election, PANEL)


def test_a_draw_and_an_uncounted_agreement_pass() -> None:
    check_election(Election("01", "经协商", (("01", 1), ("02", 1))), PANEL)
    check_election(Election("01", "一致推选"), PANEL)


@pytest.mark.parametrize("votes", [[["01"]], [["01", "2"]], {"01": 2}, [[1, 2]], "01"])
def test_votes_that_are_no_pairs_are_refused(votes: object) -> None:
    data = people_to_data(EVERYBODY)
    data["election"]["votes"] = votes
    with pytest.raises(InputError, match="votes"):
        people_from_data(data, "x")
