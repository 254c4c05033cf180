"""A round plan as plain data and back, without loss: what the database and the packs store.

Numbers are exact texts, dates ISO 8601, sets sorted lists; every key is always written, so one
plan has one form. ``application_to_data`` is the *application record*: its RFC 8785 bytes are
what the roster's salted commitments are made of.
"""

from fractions import Fraction
from typing import Any

from reviewer_app.core.fields import Fields
from reviewer_app.core.messages import _
from reviewer_app.core.numbers import plain_text
from reviewer_app.core.people import RoundPeople, people_from_data, people_to_data
from reviewer_app.core.round import (
    Application,
    ApplicationNumber,
    Change,
    Expert,
    ExpertNumber,
    Fact,
    Material,
    MaterialKind,
    RoundKind,
    RoundPlan,
    Specialism,
)
from reviewer_app.core.rules_data import rules_from_data, rules_to_data
from reviewer_app.core.scheme_data import scheme_from_data, scheme_to_data

_MATERIAL_KINDS = {kind.value: kind for kind in MaterialKind}
_ROUND_KINDS = {kind.value: kind for kind in RoundKind}
_SPECIALISMS = {kind.value: kind for kind in Specialism}
_SHA256_DIGITS = 64


def application_to_data(application: Application) -> dict[str, Any]:
    """Return the application record: everything the round knows about one application."""
    return {
        "number": application.number,
        "name": application.name,
        "short_name": application.short_name,
        "unit": application.unit,
        "recommender": application.recommender,
        "category": application.category,
        "materials": [_material_to_data(material) for material in application.materials],
        "facts": [_fact_to_data(fact) for fact in application.facts],
        "changes": [_change_to_data(change) for change in application.changes],
    }


def application_from_data(data: object, where: str) -> Application:
    """Return the application of a record; raises InputError naming ``where`` and the key."""
    fields = Fields(data, where)
    application = Application(
        number=ApplicationNumber(fields.filled("number")),
        name=fields.filled("name"),
        short_name=fields.text("short_name"),
        unit=fields.text("unit"),
        recommender=fields.text("recommender"),
        category=fields.text("category"),
        materials=tuple(_material_from(each) for each in fields.tables("materials")),
        facts=tuple(_fact_from(each) for each in fields.tables("facts")),
        changes=tuple(_change_from(each) for each in fields.tables("changes")),
    )
    fields.done()
    return application


def expert_to_data(expert: Expert) -> dict[str, Any]:
    """Return everything the bureau knows about one expert, for its own database only."""
    return {
        **signed_expert_to_data(expert),
        "phone": expert.phone,
        "recused": sorted(expert.recused),
    }


def signed_expert_to_data(expert: Expert) -> dict[str, Any]:
    """Return what a signed document may say of an expert: no telephone, no known conflicts."""
    return {
        "number": expert.number,
        "name": expert.name,
        "employer": expert.employer,
        "title": expert.title,
        "specialism": expert.specialism.value if expert.specialism else None,
        "from_bureau": expert.from_bureau,
    }


def expert_from_data(data: object, where: str) -> Expert:
    """Return the expert of either form; raises InputError naming ``where`` and the key."""
    fields = Fields(data, where)
    specialism = fields.text_or_none("specialism")
    if specialism is not None and specialism not in _SPECIALISMS:
        fields.refuse(_("there is no specialism “{text}”").format(text=specialism[:40]))
    expert = Expert(
        number=ExpertNumber(fields.filled("number")),
        name=fields.filled("name"),
        employer=fields.text("employer"),
        title=fields.text("title"),
        specialism=_SPECIALISMS[specialism] if specialism is not None else None,
        from_bureau=fields.flag("from_bureau"),
        phone=fields.text("phone", ""),
        recused=frozenset(
            ApplicationNumber(number)
            for number in (fields.texts("recused") if fields.has("recused") else ())
        ),
    )
    fields.done()
    return expert


def plan_to_data(plan: RoundPlan) -> dict[str, Any]:
    """Return the whole plan as JSON-able data, one form for one plan."""
    return {
        "title": plan.title,
        "kind": plan.kind.value,
        "organiser": plan.organiser,
        "date": plan.date.isoformat(),
        "place": plan.place,
        "scheme": scheme_to_data(plan.scheme),
        "rules": rules_to_data(plan.rules),
        "weights_confirmed_by": plan.weights_confirmed_by,
        "applications": [application_to_data(each) for each in plan.applications],
        "experts": [expert_to_data(each) for each in plan.experts],
        "assignment": {number: list(given) for number, given in plan.assignment.items()},
        "overrides": [list(pair) for pair in plan.overrides],
        "people": people_to_data(plan.people),
    }


def plan_from_data(data: object, where: str = "round plan") -> RoundPlan:
    """Return the plan of such data; raises InputError naming ``where`` and the key."""
    fields = Fields(data, where)
    plan = RoundPlan(
        title=fields.filled("title"),
        kind=fields.choice("kind", _ROUND_KINDS),
        organiser=fields.text("organiser"),
        date=fields.date("date"),
        place=fields.text("place"),
        scheme=scheme_from_data(fields.mapping("scheme"), f"{where} scheme"),
        rules=rules_from_data(fields.mapping("rules"), f"{where} rules"),
        weights_confirmed_by=fields.text("weights_confirmed_by"),
        applications=tuple(
            application_from_data(each, f"{where} applications[{position}]")
            for position, each in enumerate(fields.items("applications"), start=1)
        ),
        experts=tuple(
            expert_from_data(each, f"{where} experts[{position}]")
            for position, each in enumerate(fields.items("experts"), start=1)
        ),
        assignment=_assignment_from(fields),
        overrides=tuple(_override_from(fields, each) for each in fields.items("overrides")),
        # a plan kept by an earlier version names nobody
        people=people_from_data(fields.take("people"), f"{where} people")
        if fields.has("people")
        else RoundPeople(),
    )
    fields.done()
    return plan


def _assignment_from(
    fields: Fields,
) -> dict[ExpertNumber, tuple[ApplicationNumber, ...]]:
    table = fields.mapping("assignment")
    rows = Fields(table, f"{fields.where} assignment")
    return {
        ExpertNumber(expert): tuple(ApplicationNumber(each) for each in rows.texts(expert))
        for expert in table
    }


def _override_from(fields: Fields, pair: object) -> tuple[str, str]:
    if (
        isinstance(pair, list)
        and len(pair) == 2  # noqa: PLR2004 - a check and its reason
        and all(isinstance(each, str) for each in pair)
    ):
        return (pair[0], pair[1])
    return fields.refuse(_("an override is a check and its written reason"))


def _material_to_data(material: Material) -> dict[str, Any]:
    return {
        "file": material.file,
        "title": material.title,
        "kind": material.kind.value,
        "size": material.size,
        "sha256": material.sha256,
    }


def _material_from(fields: Fields) -> Material:
    material = Material(
        file=fields.filled("file"),
        title=fields.text("title"),
        kind=fields.choice("kind", _MATERIAL_KINDS),
        size=fields.whole("size"),
        sha256=fields.text("sha256"),
    )
    if len(material.sha256) != _SHA256_DIGITS or set(material.sha256) - set("0123456789abcdef"):
        fields.refuse(_("“sha256” is not a SHA-256 digest"))
    fields.done()
    return material


def _fact_to_data(fact: Fact) -> dict[str, Any]:
    return {
        "value": plain_text(fact.value),
        "unit": fact.unit,
        "target": fact.target,
        "indicator": fact.indicator,
        "note": fact.note,
        "source": fact.source,
    }


def _fact_from(fields: Fields) -> Fact:
    fact = Fact(
        value=fields.exact("value"),
        unit=fields.text("unit"),
        target=fields.text_or_none("target"),
        indicator=fields.text_or_none("indicator"),
        note=fields.text("note"),
        source=fields.text("source"),
    )
    fields.done()
    return fact


def _change_to_data(change: Change) -> dict[str, Any]:
    return {
        "indicator": change.indicator,
        "reason": change.reason,
        "target": change.target,
        "weight": _number_or_none(change.weight),
        "applicable": change.applicable,
    }


def _change_from(fields: Fields) -> Change:
    change = Change(
        indicator=fields.filled("indicator"),
        reason=fields.text("reason"),
        target=fields.text_or_none("target"),
        weight=fields.exact_or_none("weight"),
        applicable=fields.flag("applicable"),
    )
    fields.done()
    return change


def _number_or_none(value: Fraction | None) -> str | None:
    return None if value is None else plain_text(value)
