"""What the rules part shows: fields by name, faults, choices, the example, the footer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from reviewer_app.core.messages import _
from reviewer_app.core.ranking import CRITERIA, named_code
from reviewer_app.core.round import RoundPlan
from reviewer_app.core.rules import AggregationLevel, Method, ReviewRules
from reviewer_app.core.rules_values import NONE
from reviewer_app.core.rules_words import rules_in_words
from reviewer_app.core.scheme import Scheme
from reviewer_app.core.votes import votes_needed
from reviewer_app.services.rules_editing import (
    RulesData,
    example,
    groups_of,
    groups_text,
    value_of,
    weights_of,
)

TIES, BANDS = "ranking.ties", "decision.bands"
DIGITS = range(7)
_UNSTATED = {
    "aggregation.normalise": NONE,
    "aggregation.machines": "1",
    "groups.factor": NONE,
    "panel.attendance": "no",
    "second.counts": NONE,
    "second.reasons": NONE,
}
"""What is chosen where rules leave a key out."""


@dataclass(frozen=True, slots=True)
class BandLine:
    """One band as it is being typed: its name and its limit."""

    name: str
    relation: str
    limit: str


@dataclass(frozen=True, slots=True)
class ExampleRow:
    """One way of combining with what it makes of the example."""

    words: str
    figure: str
    current: bool


@dataclass(frozen=True, slots=True)
class RulesView:
    """The rules part; ``values`` and ``faults`` are by ``table.key``."""

    values: Mapping[str, str]
    faults: Mapping[str, str]
    ties: tuple[tuple[str, str], ...]
    more_ties: tuple[tuple[str, str], ...]
    bands: tuple[BandLine, ...]
    totals: tuple[str, ...]
    rows: tuple[ExampleRow, ...]
    printed: str
    note: str
    votes: str
    editable: bool
    resting: frozenset[str] = frozenset()
    """Fields that have no effect while another stands as it does."""


def rules_view(
    plan: RoundPlan,
    data: RulesData,
    faults: Mapping[str, str],
    rules: ReviewRules,
    *,
    editable: bool,
) -> RulesView:
    """Return the part as it stands; ``rules`` are the last ones that had no fault."""
    shown = example(rules)
    chosen = tuple(str(each) for each in data["ranking"]["ties"])
    return RulesView(
        values=field_texts(data),
        faults=faults,
        ties=tuple((name, criterion_name(name, plan.scheme)) for name in chosen),
        more_ties=_more_ties(plan.scheme, chosen),
        bands=tuple(_band(each) for each in data["decision"]["bands"]),
        totals=shown.totals,
        rows=tuple(
            ExampleRow(way_name(line.method, line.level), line.published, line.current)
            for line in shown.lines
        ),
        printed="；".join(rules_in_words(rules, plan.scheme)) + "。",
        note=_note(rules),
        votes=_votes(rules, len(plan.experts)),
        editable=editable,
        resting=frozenset() if "second" in data else frozenset({"second.reasons"}),
    )


def field_texts(data: RulesData) -> dict[str, str]:
    """Return what stands in every field that holds one value."""
    texts: dict[str, str] = {}
    for table, fields in data.items():
        for key, value in fields.items():
            if not isinstance(value, list):
                texts[f"{table}.{key}"] = _text(value)
    for name, stands in _UNSTATED.items():
        texts[name] = texts.get(name) or stands
    return texts


def reader_of(name: str) -> Callable[[str], object]:
    """Return what makes of a field's text what a rules file would hold there."""
    return {
        "aggregation.expert_weights": weights_of,
        "groups.applications": groups_of,
    }.get(name, value_of)


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping) and all(isinstance(each, list) for each in value.values()):
        return groups_text(value)
    if isinstance(value, Mapping):
        return "，".join(f"{name} {weight}".strip() for name, weight in value.items())
    return "" if value in (NONE, "equal") else str(value)


def limit_parts(text: str) -> tuple[str, str]:
    """Return relation and figure of a limit such as ``>=60``; one not there has neither."""
    for relation in (">=", "<=", ">", "<"):
        if text.startswith(relation):
            return relation, text.removeprefix(relation).strip()
    return "", "" if text == NONE else text


def _band(pair: Any) -> BandLine:  # noqa: ANN401 - a pair as a rules file holds it
    relation, limit = limit_parts(str(pair[1]))
    return BandLine(str(pair[0]), relation, limit)


def criterion_name(name: str, scheme: Scheme) -> str:
    """Return what a tie criterion is called; headings by code and title."""
    kind, code = named_code(name)
    if code:
        nodes = scheme.dimensions if kind == "dimension" else scheme.indicators()
        titles = {node.code: node.title for node in nodes}
        return f"{code} {titles.get(code, '')}".strip()
    return {
        "exact": _("result before rounding"),
        "mean": _("mean of all"),
        "median": _("median"),
        "sum": _("sum of all"),
        "high": _("highest total"),
        "low": _("lowest total"),
        "spread": _("range, smaller first"),
        "approvals": _("approvals"),
    }[name]


def _more_ties(scheme: Scheme, chosen: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    names = [
        *(f"dimension:{each.code}" for each in scheme.dimensions),
        *CRITERIA,
        *(f"indicator:{leaf.code}" for leaf in scheme.indicators()),
    ]
    return tuple((name, criterion_name(name, scheme)) for name in names if name not in chosen)


def way_name(method: Method, level: AggregationLevel) -> str:
    """Return what one way of combining is called."""
    total = level is AggregationLevel.TOTAL
    return {
        Method.MEAN: _("Mean of the totals") if total else _("Mean of each indicator"),
        Method.TRIMMED: _("Totals without extremes")
        if total
        else _("Each indicator without extremes"),
        Method.MEDIAN: _("Median of the totals") if total else _("Median of each indicator"),
    }[method]


def _note(rules: ReviewRules) -> str:
    if rules.aggregation.method is Method.TRIMMED:
        return ""
    return _(
        "While nothing is dropped, “Dropped” and “Too few” have no effect and are not printed."
    )


def _votes(rules: ReviewRules, experts: int) -> str:
    quorum = votes_needed(experts, rules.decision.quorum)
    needed = votes_needed(experts, rules.decision.majority)
    return _("Of {experts}: {quorum} must be present, and {needed} votes pass.").format(
        experts=experts, quorum=quorum, needed=needed
    )
