"""Every example of docs/schemes.md loads, survives a round trip and does what the page says."""

import re
from fractions import Fraction
from pathlib import Path

import pytest

from reviewer_app.core.claims import claims_of, open_levels
from reviewer_app.core.errors import SchemeError
from reviewer_app.core.gates import GateVerdict
from reviewer_app.core.gates_check import check_gates
from reviewer_app.core.marks import NOT_APPLICABLE
from reviewer_app.core.scheme import Scheme
from reviewer_app.core.scheme_data import load_scheme, scheme_from_data, scheme_to_data
from reviewer_app.core.scoring import total_sheet
from tests.core.scheme_tables import facts, marks, verdict

PAGE = (Path(__file__).parents[2] / "docs" / "schemes.md").read_text(encoding="utf-8")
EXAMPLES = {
    found[1]: found[0]
    for found in re.findall(r'```toml\n(id = "([a-z]+)".*?)```', PAGE, flags=re.DOTALL)
}


@pytest.fixture
def example(tmp_path: Path, name: str) -> Scheme:
    path = tmp_path / f"{name}.toml"
    path.write_text(EXAMPLES[name], encoding="utf-8")
    return load_scheme(path)


def test_every_block_is_an_example() -> None:
    assert len(EXAMPLES) == PAGE.count("```toml") == 13


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_the_example_loads(example: Scheme) -> None:
    assert scheme_from_data(scheme_to_data(example), "x") == example


@pytest.mark.parametrize("name", ["ratio"])
def test_seven_tenths_of_twenty_is_fourteen(example: Scheme) -> None:
    assert total_sheet(example, marks({"1.1": "0.7"})).total == 14


@pytest.mark.parametrize("name", ["scale"])
def test_descriptors_word_the_levels_of_the_scale(example: Scheme) -> None:
    assert example.indicator("7.1").levels[0].descriptor == "承担国家任务并为牵头单位"
    assert example.indicator("7.2").levels[0].descriptor == ""
    assert total_sheet(example, marks({"7.1": 80, "7.2": 50})).total == 71


@pytest.mark.parametrize("name", ["scale"])
def test_a_level_the_document_leaves_blank_has_no_words(tmp_path: Path, name: str) -> None:
    path = tmp_path / "scale.toml"
    text = EXAMPLES[name].replace('"中" = "参与任务"\n', "")
    path.write_text(text, encoding="utf-8")
    words = [level.descriptor for level in load_scheme(path).indicator("7.1").levels]
    assert words == ["承担国家任务并为牵头单位", "承担省级任务", "", "没有任务"]
    path.write_text(text.replace('"差" =', '"下" ='), encoding="utf-8")
    with pytest.raises(SchemeError, match="unknown: “下”; known here: 优, 良, 中, 差"):
        load_scheme(path)


@pytest.mark.parametrize("name", ["nested"])
def test_a_sub_table_counts_sixty_per_cent(example: Scheme) -> None:
    assert total_sheet(example, marks({"1": 70, "2": 20, "3": 50})).total == 54 + 20


@pytest.mark.parametrize("name", ["bands"])
def test_a_quarter_is_sixteen_points(example: Scheme) -> None:
    claimed = facts({"R1": 25, "R2": 100, "1.2": 3})
    assert total_sheet(example, {}, facts=claimed).total == 16 + 16


@pytest.mark.parametrize("name", ["linear"])
def test_lines_ratios_and_units(example: Scheme) -> None:
    claimed = facts({"1.1": 30, "1.2": 20, "T1": 25, "1.4": 100, "1.5": 4, "1.6": 15})
    found = total_sheet(example, {}, facts=claimed)
    assert list(found.by_indicator.values()) == [10, 16, 10, 16, 8, 8]


@pytest.mark.parametrize("name", ["guided"])
def test_the_figure_decides_the_level(example: Scheme) -> None:
    claims = claims_of(example, facts({"J1": 100, "J2": 125, "J3": "156.25"}))
    assert [level.name for level in open_levels(example.indicator("4.1"), claims)] == ["B"]


@pytest.mark.parametrize("name", ["industry"])
def test_industries_differ(example: Scheme) -> None:
    four = facts({"1.1": 4})
    points = [
        total_sheet(example, {}, facts=four, category=category).total
        for category in ("软件业", "制造业", "纺织业")
    ]
    assert points == [0, 6, 10]


@pytest.mark.parametrize("name", ["classes"])
def test_classes_weigh_differently(example: Scheme) -> None:
    sheet = marks({"1.1": 60, "2.1": 0})
    assert total_sheet(example, sheet, category="转化+孵化").total == 40


@pytest.mark.parametrize("name", ["choices"])
def test_choices_bonus_and_penalties(example: Scheme) -> None:
    sheet = marks({"2.1A": 30, "2.1B": 15, "2.2": 2, "3.1": 18, "3.2": 3, "4.1": 5})
    found = total_sheet(example, sheet, facts=facts({"1.2": 20}))
    assert found.by_dimension == {"1": 25, "2": 30, "3": 15, "4": -5}
    assert found.total == 65
    assert found.missing == ()


@pytest.mark.parametrize("name", ["verdict"])
def test_conclusions(example: Scheme) -> None:
    assert verdict(total_sheet(example, marks({"1": 55, "2": 30, "a": 0}))) == (
        "85",
        "不通过验收",
    )
    assert verdict(total_sheet(example, marks({"1": 66, "2": 30, "a": 0}))) == ("96", "优秀")
    assert verdict(total_sheet(example, marks({"1": 60, "2": 20, "a": 0}))) == (
        "80",
        "通过验收",
    )
    assert verdict(total_sheet(example, marks({"1": 66, "2": 30, "a": 1}))) == (
        "96",
        "不通过验收",
    )


@pytest.mark.parametrize("name", ["gates"])
def test_gates(example: Scheme) -> None:
    claimed = facts({"Y1": 6000, "Y2": 4900, "Y3": 5000, "F1": 1})
    findings = check_gates(example, claimed, kind="认定")
    assert [each.verdict for each in findings] == [GateVerdict.FAILED, GateVerdict.PASSED]
    assert findings[0].evidence[0].figure == Fraction(4900)


@pytest.mark.parametrize("name", ["topic"])
def test_not_applicable_moves_to_the_other_heading(example: Scheme) -> None:
    assert total_sheet(example, marks({"1.1": NOT_APPLICABLE, "2.1": 30})).total == 50
