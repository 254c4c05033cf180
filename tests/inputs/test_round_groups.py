"""Several groups in one round: who scores what, and the factors between groups."""

from pathlib import Path

import pytest

from reviewer_app.core.errors import ReviewerError
from reviewer_app.core.panel_checks import check_panel
from reviewer_app.core.round import RoundPlan
from reviewer_app.inputs.round_file import load_round
from tests.inputs.files import csv, package
from tests.inputs.test_round_file import ROUND, described

TWO = """
[[group]]
name = "甲组"
applications = ["1", "02"]
experts = ["1", "2", "3", "4", "5"]
[[group]]
name = "乙组"
applications = ["03", "4"]
experts = ["06", "07", "08", "09", "10"]
"""
WITH_RULES = ROUND.replace("[round]", '[round]\nrules = "rules.toml"')


def loaded(folder: Path, text: str, rules: str = "") -> RoundPlan:
    for number in range(1, 5):
        package(folder / f"applications/0{number}", described(f"0{number}", f"第{number}"))
    lines = [f"{n},专家{n}（示例）,单位{n},{'3' if n == 7 else ''}" for n in range(1, 11)]
    csv(folder / "experts.csv", "编号,姓名,工作单位,回避对象", *lines)
    (folder / "ROUND.toml").write_text(text, "utf-8")
    (folder / "rules.toml").write_text(rules, "utf-8")
    return load_round(folder / "ROUND.toml").plan


def test_each_group_scores_its_own_applications(tmp_path: Path) -> None:
    plan = loaded(tmp_path, ROUND + TWO)
    given = {str(expert): list(numbers) for expert, numbers in plan.assignment.items()}
    assert given["05"] == ["01", "02"]
    assert given["06"] == ["03", "04"]
    assert given["07"] == ["04"]
    assert plan.rules.groups is None


def test_the_rules_take_over_the_groups(tmp_path: Path) -> None:
    plan = loaded(tmp_path, WITH_RULES + TWO, '[groups]\nfactor = "means"\n')
    assert plan.rules.groups is not None
    assert plan.rules.groups.members == (("乙组", ("03", "04")), ("甲组", ("01", "02")))
    (fits,) = [each for each in check_panel(plan) if each.id == "rules-fit"]
    assert fits.ok


def test_rules_with_groups_of_nobody_block_issuing(tmp_path: Path) -> None:
    plan = loaded(tmp_path, WITH_RULES, '[groups]\nfactor = "means"\n')
    (fits,) = [each for each in check_panel(plan) if each.id == "rules-fit"]
    assert fits.blocks
    assert "no group for application 01, 02, 03, 04" in fits.sentence


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('"1", "02"]', '"1", "02", "3"]', "“applications”: 03 is there twice"),
        ('"1", "02"]', '"1"]', "“applications”: 02 is in no group"),
        ('"1", "2", "3"', '"2", "3"', "“experts”: 01 is in no group"),
        ('"1", "2", "3"', '"1", "2", "3", "6"', "“experts”: 06 is there twice"),
        ('"03", "4"]', '"03", "4", "9"]', "there is no number “9” in this round"),
        ('"乙组"', '"甲组"', "group “甲组” is there twice"),
        ('["1", "02"]', "[]", "“applications”: the group has none"),
        ('["1", "02"]', '["1", "02"]\nexpert = ["1"]', "“expert”"),
        ("[[group]]", 'assignment = "a.csv"\n[[group]]', "“assignment” and [[group]]"),
    ],
)
def test_a_group_that_does_not_fit_is_named(
    old: str, new: str, why: str, tmp_path: Path
) -> None:
    with pytest.raises(ReviewerError) as caught:
        loaded(tmp_path, ROUND + TWO.replace(old, new, 1))
    assert why in str(caught.value)


def test_other_groups_in_the_rules_are_refused(tmp_path: Path) -> None:
    other = '[groups.applications]\n"甲组" = ["01"]\n"乙组" = ["02", "03", "04"]\n'
    with pytest.raises(ReviewerError, match="name other groups"):
        loaded(tmp_path, WITH_RULES + TWO, other)
