"""What decides, as plain data and back: gates and conclusions."""

from typing import Any

from reviewer_app.core.errors import SchemeError
from reviewer_app.core.fields import Fields
from reviewer_app.core.gates import Gate, Requirement
from reviewer_app.core.intervals import read_interval
from reviewer_app.core.measure_data import interval_at, measure_data, read_measure
from reviewer_app.core.mechanics import Figure
from reviewer_app.core.messages import _
from reviewer_app.core.outcomes import Condition, Outcome, read_condition
from reviewer_app.core.scheme_parts import lean, texts_or_none

_TICKED = read_interval(">=1")


def read_gate(fields: Fields, target_ids: frozenset[str]) -> Gate:
    """Return a gate; a requirement that is only an id means that target, or a ticked input."""
    gate = Gate(
        code=fields.filled("code"),
        title=fields.filled("title"),
        source=fields.text("source", ""),
        requirements=tuple(
            _requirement(item, fields, target_ids) for item in fields.items("requirements")
        ),
        stage=fields.text("stage", ""),
        exception=fields.flag("exception", default=False),
        consequence=fields.text("consequence", ""),
        kinds=texts_or_none(fields, "kinds"),
    )
    fields.done()
    if not gate.requirements:
        fields.refuse(_("a gate needs at least one requirement"))
    return gate


def _requirement(item: object, gate: Fields, target_ids: frozenset[str]) -> Requirement:
    where = f"{gate.where} “requirements”"
    if isinstance(item, str):
        known = item in target_ids
        return Requirement(Figure(item), item if known else None, None if known else _TICKED)
    fields = Fields(item, where, SchemeError)
    target = fields.text_or_none("target")
    measure = read_measure(fields.take("measure") if fields.has("measure") else target, where)
    interval = interval_at(fields, "holds") if fields.has("holds") else None
    fields.done()
    if (target is None) is (interval is None):
        fields.refuse(_("a requirement has either “target” or “holds”"))
    return Requirement(measure, target, interval)


def gate_data(gate: Gate) -> dict[str, Any]:
    """Return the canonical data of a gate."""
    return lean(
        {
            "code": gate.code,
            "title": gate.title,
            "source": gate.source,
            "requirements": [_requirement_data(each) for each in gate.requirements],
            "stage": gate.stage,
            "exception": gate.exception,
            "consequence": gate.consequence,
            "kinds": list(gate.kinds),
        }
    )


def _requirement_data(requirement: Requirement) -> dict[str, Any]:
    return lean(
        {
            "measure": measure_data(requirement.measure),
            "target": requirement.target,
            "holds": requirement.interval and str(requirement.interval),
        }
    )


def read_outcome(fields: Fields) -> Outcome:
    """Return a conclusion with its conditions."""
    outcome = Outcome(
        name=fields.filled("name"),
        every=_conditions(fields, "all"),
        some=_conditions(fields, "any"),
    )
    fields.done()
    return outcome


def _conditions(fields: Fields, key: str) -> tuple[Condition, ...]:
    try:
        return tuple(read_condition(text) for text in texts_or_none(fields, key))
    except SchemeError as error:
        fields.refuse(f"“{key}”: {error}")


def outcome_data(outcome: Outcome) -> dict[str, Any]:
    """Return the canonical data of a conclusion."""
    return lean(
        {
            "name": outcome.name,
            "all": [str(condition) for condition in outcome.every],
            "any": [str(condition) for condition in outcome.some],
        }
    )
