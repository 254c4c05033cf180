"""Review rules while they are typed: faults by field, an example worked out, a file.

A field is named ``table.key`` as in docs/rules.md and holds what a rules file would hold there.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from reviewer_app.core.atomic import write_file
from reviewer_app.core.errors import RulesError
from reviewer_app.core.marks import scored
from reviewer_app.core.rules import (
    AggregationLevel,
    Groups,
    Method,
    Normalise,
    ReviewRules,
    SecondScoring,
)
from reviewer_app.core.rules_data import rules_from_data, rules_to_data
from reviewer_app.core.rules_values import NONE
from reviewer_app.core.scheme import Dimension, Indicator, Scheme, WeightOrigin
from reviewer_app.core.tally import Panel, PanelApplication, PanelSheet, tally
from reviewer_app.core.toml_text import inline_toml

RulesData = dict[str, dict[str, Any]]

_WHOLE = re.compile(r"\d+")
_SIGNS = str.maketrans({"≥": ">=", "≤": "<=", "＞": ">", "＜": "<", "％": "%", "／": "/"})
_TOGETHER = {
    "aggregation": "aggregation.minimum_sheets",
    "recheck": "recheck.deviation_reason",
}
"""Where a fault of several fields together is shown."""
_SWITCHES = {"groups": "factor", "second": "counts"}
"""The key of each part that rules may lack; on “none” the part is not there."""
_EXAMPLE = (
    (18, 26, 40),
    (15, 29, 37),
    (20, 22, 41),
    (17, 27, 45),
    (16, 30, 33),
    (19, 25, 42),
    (14, 28, 39),
)
"""Marks of seven invented experts on indicators of 20, 30 and 50 points (domain.md G)."""
_WAYS = (
    (Method.MEAN, AggregationLevel.TOTAL),
    (Method.TRIMMED, AggregationLevel.TOTAL),
    (Method.TRIMMED, AggregationLevel.INDICATOR),
    (Method.MEDIAN, AggregationLevel.TOTAL),
)
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class ReadRules:
    """What typed fields come to: the rules, or the faults by field when there are any."""

    rules: ReviewRules | None
    faults: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ExampleLine:
    """What the example's marks come to under one way of combining."""

    method: Method
    level: AggregationLevel
    published: str
    current: bool


@dataclass(frozen=True, slots=True)
class Example:
    """The same marks under three rules: each expert's total, then the ways with results."""

    totals: tuple[str, ...]
    lines: tuple[ExampleLine, ...]


def value_of(text: str) -> object:
    """Return what a rules file would hold for a typed text; nothing typed is “none”.

    Full-width digits and signs count as ordinary ones.
    """
    plain = unicodedata.normalize("NFKC", text.translate(_SIGNS)).strip()
    if not plain:
        return NONE
    return int(plain) if _WHOLE.fullmatch(plain) and len(plain) < 9 else plain  # noqa: PLR2004 - longer than any rule


def weights_of(text: str) -> object:
    """Return “equal” for nothing typed, else weights by name: “技术 1.5，07 2”."""
    weights: dict[str, str] = {}
    for part in re.split(r"[,，;；、\n]", unicodedata.normalize("NFKC", text)):
        name, _space, weight = part.strip().rpartition(" ")
        if part.strip():
            weights[name.strip() or part.strip()] = weight if name else ""
    return weights or "equal"


def groups_of(text: str) -> object:
    """Return “none” for nothing typed, else numbers by group: “一组 01、02；二组 03”."""
    groups: dict[str, list[str]] = {}
    for part in re.split(r"[;\n]", unicodedata.normalize("NFKC", text)):
        name, *numbers = re.split(r"[\s,、]+", part.strip())
        if name:
            groups[name] = [number for number in numbers if number]
    return groups or NONE


def groups_text(groups: Mapping[str, Sequence[str]]) -> str:
    """Return groups as they are typed."""
    return "；".join(f"{name} {'、'.join(numbers)}" for name, numbers in groups.items())


def put_value(data: RulesData, name: str, value: object) -> None:
    """Put a field into typed rules; a part that rules may lack comes and goes by its switch."""
    table, key = name.split(".")
    if value == NONE and key == _SWITCHES.get(table):
        data.pop(table, None)
        return
    if table not in data:
        data[table] = rules_to_data(ReviewRules(groups=Groups(()), second=SecondScoring()))[
            table
        ]
    if value == NONE and name == "groups.applications":
        data[table].pop(key, None)
    else:
        data[table][key] = value


def read_rules(data: RulesData) -> ReadRules:
    """Return the rules that the fields state together, or each field's own fault."""
    faults: dict[str, str] = {}
    for table, fields in data.items():
        for key, value in fields.items():
            fault = _fault({table: {key: value}}, key)
            if fault:
                faults[f"{table}.{key}"] = fault
    if faults:
        return ReadRules(None, faults)
    try:
        return ReadRules(rules_from_data(data, ""), {})
    except RulesError as error:
        found = re.search(r"\[(\w+)\] ?", str(error))
        table, words = (found[1], str(error)[found.end() :]) if found else ("", str(error))
        return ReadRules(None, {_TOGETHER.get(table, ""): words})


def _fault(data: RulesData, key: str) -> str:
    """Return why one field cannot be read, "" where only the fields beside it are missing."""
    try:
        rules_from_data(data, "")
    except RulesError as error:
        _place, quoted, words = str(error).partition(f"“{key}”: ")
        if quoted:
            return words
        return str(error).rpartition(": ")[2] if f" {key}: " in str(error) else ""
    return ""


def example(rules: ReviewRules) -> Example:
    """Return what seven invented sheets come to under these rules and under two others."""
    now = (rules.aggregation.method, rules.aggregation.level)
    ways = [now, *(way for way in _WAYS if way != now)][:_SHOWN]
    panel = _example_panel()
    lines: list[ExampleLine] = []
    totals: tuple[str, ...] = ()
    for method, level in ways:
        other = replace(rules.aggregation, method=method, level=level, normalise=Normalise.NONE)
        plain = replace(
            rules, aggregation=other, ranking=replace(rules.ranking, ties=()), groups=None
        )
        result = tally(panel, plain).applications[0]
        lines.append(
            ExampleLine(method, level, result.published or "—", (method, level) == now)
        )
        totals = tuple(str(sheet.total) for sheet in result.sheets)
    return Example(totals, tuple(lines))


def _example_panel() -> Panel:
    sheets = tuple(
        PanelSheet(
            f"{place:02d}",
            {"1": {str(code): scored(Fraction(mark)) for code, mark in enumerate(marks, 1)}},
        )
        for place, marks in enumerate(_EXAMPLE, start=1)
    )
    return Panel((PanelApplication("1", _example_scheme()),), sheets)


def _example_scheme() -> Scheme:
    leaves = tuple(
        Indicator(
            str(code), str(code), "", Fraction(full), Fraction(0), Fraction(full), Fraction(1)
        )
        for code, full in enumerate((20, 30, 50), start=1)
    )
    dimension = Dimension("1", "", "", leaves)
    return Scheme("example", "", "", WeightOrigin.OFFICIAL, (dimension,))


def save_rules(rules: ReviewRules, path: Path) -> None:
    """Write the rules as a file that ``load_rules`` reads back alike."""
    lines: list[str] = []
    for table, fields in rules_to_data(rules).items():
        lines.append(f"[{table}]")
        lines += [f"{key} = {inline_toml(value)}" for key, value in fields.items()]
    write_file(path, ("\n".join(lines) + "\n").encode())
