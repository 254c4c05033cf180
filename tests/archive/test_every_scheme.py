"""verify.py derives every way of scoring the program knows: published tables, own schemes."""

import json
import random
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

import resources
from reviewer_app.core.claims import Claims, claims_of, is_guided, open_levels
from reviewer_app.core.errors import InputError, MarkError
from reviewer_app.core.marks import ABSTAINED, NOT_APPLICABLE, Mark, scored
from reviewer_app.core.mechanics import Chosen, figure_ids, measures
from reviewer_app.core.round import Application, ApplicationNumber, Change, ExpertNumber, Fact
from reviewer_app.core.rules import AggregationLevel, Method, Ranking
from reviewer_app.core.scheme import Dimension, Indicator, Pick, Scheme
from reviewer_app.core.scheme_data import load_scheme
from tests.archive.making import Plan, app, make_archive
from tests.archive.test_two_verifiers import rules
from tests.archive.verifying import alone, both, files_of

PUBLISHED = sorted((Path(__file__).parents[1] / "core" / "schemes").glob("*.toml"))
OWN = [resources.scheme_path(name) for name in resources.scheme_ids()]
EVERYTHING = Path(__file__).with_name("every_mechanic.toml")


def leaves_by_choice(node: Dimension | Indicator, chance: random.Random) -> Iterator[str]:
    """Yield the codes that may be scored: of a choice of one, only one."""
    if isinstance(node, Indicator):
        yield node.code
        return
    children = list(node.children)
    for child in [chance.choice(children)] if node.pick is Pick.ONE else children:
        yield from leaves_by_choice(child, chance)


def mark_of(leaf: Indicator, claims: Claims, chance: random.Random) -> Mark:
    if chance.random() < 0.1:
        return chance.choice([NOT_APPLICABLE, ABSTAINED])
    low, high = leaf.minimum, leaf.maximum
    if isinstance(leaf.method, Chosen) or is_guided(leaf):
        level = chance.choice(open_levels(leaf, claims))
        low, high = level.low, level.high
    return scored(low + chance.randint(0, int((high - low) / leaf.step)) * leaf.step)


def facts_for(scheme: Scheme, chance: random.Random) -> tuple[Fact, ...]:
    open_codes = {code for each in scheme.dimensions for code in leaves_by_choice(each, chance)}
    ids = {
        name
        for leaf in scheme.indicators()
        if leaf.code in open_codes
        for measure in measures(leaf.method)
        for name in figure_ids(measure)
    }
    units = {each.id: each.unit for each in scheme.inputs}
    units |= {each.id: each.unit for each in scheme.targets}
    return tuple(
        Fact(Fraction(chance.randint(0, 60)), units.get(name, ""), target=name)
        for name in sorted(ids)
    )


def plan_for(scheme: Scheme, seed: int) -> Plan:
    chance = random.Random(seed)  # noqa: S311 - a plan, not a key
    categories = [each.category for each in scheme.variants] or [""]
    applicants = {
        n: Application(
            app(n),
            f"第{n}中心",
            f"中心{n}",
            f"单位{n}",
            category=chance.choice(categories),
            facts=facts_for(scheme, chance),
        )
        for n in (1, 2, 3)
    }
    by_code = {leaf.code: leaf for leaf in scheme.indicators()}
    given = {
        (f"{expert:02d}", f"{number:02d}", code): mark_of(
            by_code[code], claims_of(scheme, applicants[number].facts), chance
        )
        for expert in range(1, 6)
        for number in range(1, 4)
        for dimension in scheme.dimensions
        for code in leaves_by_choice(dimension, chance)
    }

    def mark(expert: ExpertNumber, number: ApplicationNumber, code: str) -> Mark:
        return given.get((expert, number, code), NOT_APPLICABLE)

    return Plan(
        scheme=scheme,
        rules=rules(
            method=chance.choice(list(Method)),
            level=chance.choice(list(AggregationLevel)),
            ranking=Ranking(ties=("median", "low")),
        ),
        applications=3,
        applicants=applicants,
        mark=mark,
    )


def possible_archives(path: Path, scheme: Scheme, wanted: int) -> Iterator[Path]:
    """Yield archives of rounds whose claimed figures the table can take."""
    made, why = 0, ""
    for seed in range(60):
        try:
            yield make_archive(path, plan_for(scheme, seed))
        except (InputError, MarkError) as error:
            why = str(error)
            continue
        made += 1
        if made == wanted:
            return
    pytest.fail(f"no figures were found that the table can take: {why}")


@pytest.mark.parametrize("file", [*OWN, *PUBLISHED], ids=lambda path: path.stem)
def test_every_table_is_derived_again(file: Path, tmp_path: Path) -> None:
    for path in possible_archives(tmp_path / "a.zip", load_scheme(file), 2):
        first, _second = both(path)
        assert first.ok, first.text
        assert "not-derived" not in first.text


def test_every_mechanic_is_derived_again(tmp_path: Path) -> None:
    drawn = set()
    for path in possible_archives(tmp_path / "a.zip", load_scheme(EVERYTHING), 8):
        first, _second = both(path)
        assert first.ok, first.text
        results = json.loads(files_of(path)["results.json"])
        drawn |= {entry["conclusion"] for entry in results["applications"]}
    assert drawn == {"否决", "符合", "不符合"}


def test_a_way_of_scoring_it_does_not_know_is_never_passed(tmp_path: Path) -> None:
    scheme = load_scheme(resources.scheme_path("nb-tic-2025"))
    code = scheme.indicators()[0].code
    plan = plan_for(scheme, 3)
    changes = {1: (Change(code, "调整", target="≥ 10"),)}
    path = make_archive(tmp_path / "a.zip", Plan(**{**plan.__dict__, "changes": changes}))
    first, second = both(path)
    assert "不重算" in first.text
    assert '"state": "not-derived"' in first.text
    assert "与公布的一致" not in first.text
    assert second.ok


@pytest.mark.parametrize(
    "method",
    [
        {"kind": "per-unit", "points": "1", "surprise": "0"},
        {"kind": "by-category", "case": [{"category": "甲", "kind": "bands", "surprise": []}]},
        {"kind": "by-category", "case": [], "otherwise": {"kind": "bands", "surprise": []}},
    ],
)
def test_a_key_of_a_method_it_does_not_know_is_named(method: dict[str, object]) -> None:
    leaf = {"code": "1.1", "title": "指标", "weight": "10", "method": method}
    heading = {"code": "1", "title": "维度", "indicator": [leaf]}
    scheme = alone.read_scheme(
        {"id": "t", "title": "表", "weight_origin": "official", "dimension": [heading]}
    )
    with pytest.raises(alone.NotDerived, match="surprise"):
        alone.check_known(scheme)


@pytest.mark.parametrize(
    "measure",
    [{"sum": ["A"], "squared": True}, {"product": ["A"]}, {"mean": ["A"], "factors": ["2"]}],
)
def test_a_measure_it_does_not_know_is_not_computed(measure: dict[str, object]) -> None:
    with pytest.raises(alone.NotDerived):
        alone.measured(measure, {"A": Fraction(3)})


def test_a_converted_sum() -> None:
    measure = {"sum": ["A", "B"], "factors": ["1", "0.25"]}
    assert alone.measured(measure, {"A": Fraction(1), "B": Fraction(6)}) == Fraction("2.5")
    assert alone.measured(measure, {"A": Fraction(1)}) == alone.ABSENT
    some = {**measure, "partial": True}
    assert alone.measured(some, {"B": Fraction(6)}) == Fraction("1.5")


@pytest.mark.parametrize(
    ("claimed", "mark", "fits"),
    [
        (6, 60, True),
        (6, 59, False),
        (5, 59, True),
        (None, 3, True),
        (0, 3, True),
        (0, 60, False),
    ],
)
def test_a_mark_outside_the_open_level_is_no_valid_sheet(
    claimed: int | None,
    mark: int,
    fits: bool,  # noqa: FBT001 - a case
) -> None:
    leaf = alone.Leaf(
        {
            "code": "1",
            "weight": "100",
            "method": {
                "kind": "judged",
                "measure": {"ratio": ["A", "A"]} if not claimed else "A",
            },
            "levels": [
                {"name": "高", "low": "60", "high": "100", "when": ">=6"},
                {"name": "低", "low": "0", "high": "59", "when": "<6"},
            ],
        }
    )
    facts = (
        [] if claimed is None else [{"target": "A", "indicator": None, "value": str(claimed)}]
    )
    given = ("01", [leaf], {"1": Fraction(mark)}, {"facts": facts})
    if fits:
        alone.check_levels(*given)
    else:
        with pytest.raises(alone.Refused, match="申报 01 指标 1"):
            alone.check_levels(*given)


def test_a_mark_between_the_values_to_choose_from_is_no_valid_sheet() -> None:
    levels = [{"name": "有", "low": "10"}, {"name": "无", "low": "0"}]
    leaf = alone.Leaf(
        {"code": "1", "weight": "10", "method": {"kind": "chosen"}, "levels": levels}
    )
    alone.check_levels("01", [leaf], {"1": Fraction(10)}, {"facts": []})
    with pytest.raises(alone.Refused, match="5 不在可选的档内"):
        alone.check_levels("01", [leaf], {"1": Fraction(5)}, {"facts": []})
