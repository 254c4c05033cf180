"""A round that asks for arrival and leaving: signed, sealed, and both verifiers agree."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from reviewer_app.core.rules import PanelRules, ReviewRules
from reviewer_app.core.rules_data import rules_from_data, rules_to_data
from reviewer_app.core.rules_words import rules_in_words
from reviewer_app.papers.sign_in import SignInFacts, SignInRow, sign_in_paper
from tests.archive.making import Plan, make_archive
from tests.archive.verifying import alone, both

ASKING = ReviewRules(panel=PanelRules(attendance=True))


def test_the_rule_is_signed_only_where_it_is_used() -> None:
    assert "attendance" not in rules_to_data(ReviewRules())["panel"]
    data = json.loads(json.dumps(rules_to_data(ASKING)))
    assert rules_from_data(data, "") == ASKING
    assert "记录专家到场、离场时间" in "；".join(rules_in_words(ASKING))


def test_both_verifiers_take_an_archive_of_such_a_round(tmp_path: Path) -> None:
    archive = make_archive(tmp_path / "archive.zip", Plan(rules=ASKING, applications=1))
    theirs, ours = both(archive)
    assert theirs.ok
    assert ours.ok


def test_the_small_verifier_refuses_the_rule_in_another_form() -> None:
    data = rules_to_data(ASKING)
    alone.Rules(data)
    data["panel"]["attendance"] = "yes"
    with pytest.raises(alone.Refused):
        alone.Rules(data)


def test_the_sign_in_sheet_has_both_columns_where_it_is_asked() -> None:
    facts = SignInFacts("会", "局", "日", "地", (SignInRow("甲", "校", "专家01"),), "时")
    plain, asked = (
        str(sign_in_paper(each)) for each in (facts, replace(facts, attendance=True))
    )
    assert ("到场" in plain, "到场" in asked, "离场" in asked) == (False, True, True)
