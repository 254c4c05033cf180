"""Rules as they are typed: what each field holds, its own fault, the file they go into."""

from pathlib import Path

import pytest

from reviewer_app.core.rules import AggregationLevel, Method, ReviewRules
from reviewer_app.core.rules_data import load_rules, rules_from_data, rules_to_data
from reviewer_app.services.rules_editing import (
    example,
    read_rules,
    save_rules,
    value_of,
    weights_of,
)


@pytest.mark.parametrize(
    ("text", "value"),
    [("５", 5), (" 20％ ", "20%"), ("≥60", ">=60"), ("2／3", "2/3"), ("", "none")],
)
def test_full_width_signs_count_as_ordinary_ones(text: str, value: object) -> None:
    assert value_of(text) == value


@pytest.mark.parametrize(
    ("text", "weights"),
    [
        ("", "equal"),
        ("技术 1.5，07 ２", {"技术": "1.5", "07": "2"}),
        ("技术", {"技术": ""}),
    ],
)
def test_weights_are_typed_by_name(text: str, weights: object) -> None:
    assert weights_of(text) == weights


@pytest.mark.parametrize(
    ("table", "key", "value", "words"),
    [
        ("rounding", "result_digits", 9, "0 to 6"),
        ("decision", "pass_mark", "60", "strictness"),
        ("aggregation", "expert_weights", {"07": "x"}, "“x”"),
        ("ranking", "ties", ["best"], "found best"),
        ("panel", "bureau_share", "2", "up to 1"),
    ],
)
def test_a_fault_is_told_at_its_field(table: str, key: str, value: object, words: str) -> None:
    data = rules_to_data(ReviewRules())
    data[table][key] = value
    read = read_rules(data)
    assert read.rules is None
    assert list(read.faults) == [f"{table}.{key}"]
    assert words in read.faults[f"{table}.{key}"]


def test_faults_of_several_fields_are_told_at_once() -> None:
    data = rules_to_data(ReviewRules())
    data["rounding"]["result_digits"] = "two"
    data["panel"]["minimum"] = 0
    assert read_rules(data).faults.keys() == {"rounding.result_digits", "panel.minimum"}


@pytest.mark.parametrize("method", Method)
def test_the_example_shows_three_ways_the_current_first(method: Method) -> None:
    rules = rules_from_data({"aggregation": {"method": method.value}}, "")
    lines = example(rules).lines
    assert [line.current for line in lines] == [True, False, False]
    assert lines[0].method is method
    figures = {(line.method, line.level): line.published for line in lines}
    assert figures[Method.MEAN, AggregationLevel.TOTAL] == "83.29"


def test_a_saved_file_reads_back_alike(tmp_path: Path) -> None:
    rules = rules_from_data(
        {
            "aggregation": {"method": "trimmed", "expert_weights": {"技术": "1.5"}},
            "ranking": {"ties": ["median", "sum"]},
            "decision": {"bands": [["优秀", ">=90"], ["不合格", "<90"]], "recommend": 5},
        },
        "",
    )
    save_rules(rules, tmp_path / "规则.toml")
    assert load_rules(tmp_path / "规则.toml") == rules
