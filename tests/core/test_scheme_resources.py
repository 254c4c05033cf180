"""The tables that come with the program say what their documents say, letter by letter."""

import json
import re
from fractions import Fraction
from pathlib import Path

import pytest

import resources
from reviewer_app.core.adjust import with_weights
from reviewer_app.core.marks import scored
from reviewer_app.core.round import RoundKind
from reviewer_app.core.scheme import Dimension, Indicator, Scheme, WeightOrigin
from reviewer_app.core.scheme_category import for_category
from reviewer_app.core.scheme_checks import nodes
from reviewer_app.core.scheme_data import load_scheme, scheme_from_data, scheme_to_data
from reviewer_app.core.scoring import total_sheet

DOCUMENTS = {
    "zj-tic": "3-zhejiang-tic-guideline-indicators",
    "zj-tic-full": "3-zhejiang-tic-guideline-indicators",
    "nb-tic-plan": "1-ningbo-tic-system-explanation",
    "nb-tic-2025": "1-ningbo-tic-system-explanation",
    "nb-315-impl": "2-ningbo-315-six-projects-2023-2027",
    "nb-itri": "4-ningbo-research-institutes-2019",
    "nb-consortium": "5-ningbo-innovation-consortium-2021",
    "nb-consortium-annual": "5-ningbo-innovation-consortium-2021",
    "nb-consortium-triennial": "5-ningbo-innovation-consortium-2021",
}
PROPOSED = {
    "ZJ-TIC": "zj-tic-full",
    "NB-TIC-PLAN": "nb-tic-plan",
    "NB-TIC-2025": "nb-tic-2025",
    "NB-315-IMPL": "nb-315-impl",
    "NB-ITRI": "nb-itri",
    "NB-CONSORTIUM": "nb-consortium",
}
ALL = sorted(DOCUMENTS)


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def load(name: str) -> Scheme:
    return load_scheme(resources.scheme_path(name))


@pytest.fixture
def source(sources: Path, name: str) -> str:
    return bare((sources / f"{DOCUMENTS[name]}.txt").read_text(encoding="utf-8"))


@pytest.fixture
def domain(sources: Path) -> dict[str, list[dict[str, object]]]:
    path = sources.parent / "domain" / "domain.json"
    return json.loads(path.read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def test_every_table_is_known_to_these_tests() -> None:
    assert sorted(resources.scheme_ids()) == ALL


@pytest.mark.parametrize("name", ALL)
def test_titles_that_are_not_inferred_stand_in_the_document(name: str, source: str) -> None:
    for node in nodes(load(name)):
        assert node.inferred or bare(node.title) in source, node.title


@pytest.mark.parametrize("name", ALL)
def test_quotes_stand_in_the_document(name: str, source: str) -> None:
    table = load(name)
    quotes = [target.quote for target in table.targets]
    quotes += [text for item in table.outline for text in (item.title, item.quote)]
    quotes += [gate.consequence for gate in table.gates]
    for quote in quotes:
        assert bare(quote).removesuffix("。") in source, quote


@pytest.mark.parametrize("name", ALL)
def test_a_table_is_whole(name: str) -> None:
    table = load(name)
    assert table.id == name
    assert table.full_marks == table.maximum == 100
    assert table.weight_origin is WeightOrigin.SUGGESTED
    assert table.kinds
    assert set(table.kinds) <= {kind.value for kind in RoundKind}
    assert all(node.source for node in nodes(table))
    assert scheme_from_data(scheme_to_data(table), name) == table
    assert json.loads(json.dumps(scheme_to_data(table))) == scheme_to_data(table)


@pytest.mark.parametrize("name", ALL)
def test_guidance_is_our_own_and_says_so(name: str) -> None:
    for leaf in load(name).indicators():
        assert leaf.guidance.startswith("建议（非官方）："), leaf.code
        assert re.search(r"（据.+）$", leaf.guidance), leaf.code
    assert load(name).guidance_origin is WeightOrigin.SUGGESTED


@pytest.mark.parametrize("name", ["zj-tic", "zj-tic-full"])
def test_each_judged_indicator_describes_its_four_levels_in_its_own_words(name: str) -> None:
    judged = [leaf for leaf in load(name).indicators() if not leaf.is_formula]
    words = [level.descriptor for leaf in judged for level in leaf.levels]
    assert len(words) == len(set(words)) == 4 * len(judged)
    assert all(len(word) >= 8 for word in words)
    scale = [(level.name, int(level.low), int(level.high)) for level in judged[0].levels]
    assert scale == [("优", 90, 100), ("良", 75, 89), ("中", 60, 74), ("差", 0, 59)]
    assert all(leaf.maximum == 100 and leaf.step == 1 for leaf in judged)


def test_the_twenty_four_indicators(domain: dict[str, list[list[object]]]) -> None:
    table = load("zj-tic")
    expected = []
    for code, title, items in domain["indicator_tree_verbatim"]:
        first = (
            "顶尖人才" if code == "6" else title
        )  # missing in the table, inferred from the text
        expected.append((code, first, [tuple(item) for item in items]))  # type: ignore[attr-defined]
    found = [
        (each.code, each.title, [(leaf.code, leaf.title) for leaf in each.indicators()])
        for each in table.dimensions
    ]
    assert found == expected
    weights = [int(leaf.weight) for leaf in table.indicators()]
    assert weights == [5, 4, 5, 4, 2, 6, 6, 6, 12, 12, *[2] * 7, 4, 4, 3, 3, 3, 3, 4]
    assert [each.inferred for each in table.dimensions] == [True, False, False, False, False]


def test_the_extended_edition_contains_the_twenty_four_word_for_word() -> None:
    full = {leaf.code: leaf for leaf in load("zj-tic-full").indicators()}
    for leaf in load("zj-tic").indicators():
        other = full.pop(leaf.code)
        assert (other.title, other.guidance, other.levels, other.targets) == (
            leaf.title,
            leaf.guidance,
            leaf.levels,
            leaf.targets,
        )
        assert not other.inferred
    assert all(leaf.inferred for leaf in full.values())


@pytest.mark.parametrize(("proposed", "name"), PROPOSED.items())
def test_codes_weights_and_targets_are_those_of_the_plan(
    domain: dict[str, list[dict[str, object]]], proposed: str, name: str
) -> None:
    plan = next(each for each in domain["schemes_proposed"] if each["id"] == proposed)
    expected = {
        item["code"]: (Fraction(item["weight"]), item["title"], tuple(item["targets"]))
        for dimension in plan["dims"]  # type: ignore[attr-defined]
        for item in dimension["items"]
    }
    found = {
        leaf.code: (leaf.weight, leaf.title, leaf.targets) for leaf in load(name).indicators()
    }
    if name == "nb-consortium":
        assert found == expected
    assert {code: row[:2] for code, row in found.items()} == {
        code: row[:2] for code, row in expected.items()
    }
    assert all(set(found[code][2]) == set(row[2]) for code, row in expected.items())


def test_all_targets_of_the_five_documents_are_there(
    domain: dict[str, list[dict[str, object]]],
) -> None:
    known = {target.id: target for name in ALL for target in load(name).targets}
    assert len(domain["targets"]) == 136
    relations = {"定性": "qualitative"}
    for plan in domain["targets"]:
        target = known[str(plan["id"])]
        assert (target.name, target.unit, target.date, target.scope) == (
            plan["name"], plan["unit"], plan["date"], plan["scope"],
        )  # fmt: skip
        assert (target.quote, target.source) == (plan["quote"], plan["para"])
        assert target.threshold is (plan["kind"] == "threshold")
        if target.relation.value == "between":
            assert f"{target.value}-{target.high}" == plan["value"]
        else:
            assert target.relation.value == relations.get(str(plan["op"]), plan["op"])
            value = None if plan["value"] is None else Fraction(str(plan["value"]))
            assert target.value == value
    assert set(known) == {str(plan["id"]) for plan in domain["targets"]}


def test_three_classes_of_institutes_have_their_own_weights() -> None:
    table = load("nb-itri")
    assert len(table.variants) == 3
    expected = {
        "研发+转化": [15, 10, 36, 15, 10, 14],
        "研发+转化+孵化": [15, 10, 30, 15, 10, 20],
        "转化+孵化": [15, 10, 20, 15, 10, 30],
    }
    for category, weights in expected.items():
        found = for_category(table, category)
        assert [each.full_weight for each in found.dimensions] == weights
    marks = {leaf.code: scored(80) for leaf in table.indicators() if not leaf.is_formula}
    assert total_sheet(table, marks, category="转化+孵化").missing == ("3.1", "3.2")


def test_the_seven_items_and_the_outline() -> None:
    table = load("nb-consortium")
    assert [item.code for item in table.outline] == [
        "一", "二", "三", "四", *(f"四({n})" for n in range(1, 8)), "五", "六",
    ]  # fmt: skip
    titles = [leaf.title for leaf in table.dimensions[3].indicators()]
    assert titles == [item.title for item in table.outline[4:11]]


def test_weights_can_be_changed_by_the_organiser() -> None:
    table = with_weights(load("zj-tic"), {"6.2": Fraction(6), "6.3": Fraction(3)})
    assert table.indicator("6.2").weight == 6


def test_nodes_walks_headings_and_leaves() -> None:
    found = list(nodes(load("zj-tic")))
    assert sum(isinstance(node, Dimension) for node in found) == 5
    assert sum(isinstance(node, Indicator) for node in found) == 24
