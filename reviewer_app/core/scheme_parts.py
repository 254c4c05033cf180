"""The small parts of a scheme as data and back: levels, targets, inputs, variants, outline."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

from reviewer_app.core.errors import SchemeError
from reviewer_app.core.fields import Fields
from reviewer_app.core.measure_data import exact_item, interval_at
from reviewer_app.core.messages import _
from reviewer_app.core.numbers import plain_text
from reviewer_app.core.scheme import Input, Level, OutlineItem, Relation, Target, Variant

_RELATIONS = {relation.value: relation for relation in Relation}


def lean(data: dict[str, Any]) -> dict[str, Any]:
    """Leave out what stands at its default: no text, no list, no number, not true."""
    return {
        key: value
        for key, value in data.items()
        if value is not None and value is not False and value not in ("", [], {})
    }


def number(value: Fraction | None) -> str | None:
    """Return an exact number as its text, None for none."""
    return None if value is None else plain_text(value)


def texts_or_none(fields: Fields, key: str) -> tuple[str, ...]:
    """Return a list of texts that may be absent."""
    return fields.texts(key) if fields.has(key) else ()


def exact_or(fields: Fields, key: str, default: Fraction) -> Fraction:
    """Return an exact number, or ``default`` where the key is absent."""
    return fields.exact(key) if fields.has(key) else default


def read_levels(fields: Fields, scaled: Fields) -> tuple[Level, ...]:
    """Return an indicator's own levels, or the scale's with the indicator's descriptors."""
    own = fields.has("levels")
    source = fields if own else scaled
    items = source.items("levels") if source.has("levels") else []
    levels = tuple(_level(item, f"{fields.where} “levels”") for item in items)
    if not fields.has("descriptors"):
        return levels
    words = fields.table("descriptors")
    described = tuple(replace(each, descriptor=words.text(each.name, "")) for each in levels)
    words.done()
    return described


def _level(item: object, where: str) -> Level:
    """Return one level, written as a table or as ``["优", 90, 100, "…"]``."""
    names = ("name", "low", "high", "descriptor")
    if isinstance(item, list) and len(item) <= len(names):
        item = dict(zip(names, item, strict=False))
    fields = Fields(item, where, SchemeError)
    low = fields.exact("low")
    level = Level(
        name=fields.filled("name"),
        low=low,
        high=exact_or(fields, "high", low),
        descriptor=fields.text("descriptor", ""),
        when=interval_at(fields, "when") if fields.has("when") else None,
    )
    fields.done()
    return level


def level_data(level: Level) -> dict[str, Any]:
    """Return the canonical data of a level."""
    return lean(
        {
            "name": level.name,
            "low": number(level.low),
            "high": number(level.high),
            "descriptor": level.descriptor,
            "when": level.when and str(level.when),
        }
    )


def read_target(fields: Fields) -> Target:
    """Return a target; a qualitative one has no value, only a range has an upper one."""
    target = Target(
        id=fields.filled("id"),
        name=fields.filled("name"),
        relation=fields.choice("relation", _RELATIONS),
        value=fields.exact_or_none("value"),
        high=fields.exact_or_none("high"),
        unit=fields.text("unit", ""),
        quote=fields.text("quote", ""),
        source=fields.text("source", ""),
        date=fields.text("date", ""),
        scope=fields.text("scope", ""),
        threshold=fields.flag("threshold", default=False),
        note=fields.text("note", ""),
    )
    fields.done()
    if (target.value is None) is not (target.relation is Relation.QUALITATIVE):
        fields.refuse(_("a target has a value, a qualitative one has none"))
    if (target.high is None) is (target.relation is Relation.BETWEEN):
        fields.refuse(_("“high” belongs to the relation between, and only there"))
    return target


def target_data(target: Target) -> dict[str, Any]:
    """Return the canonical data of a target."""
    return lean(
        {
            "id": target.id,
            "name": target.name,
            "relation": target.relation.value,
            "value": number(target.value),
            "high": number(target.high),
            "unit": target.unit,
            "quote": target.quote,
            "source": target.source,
            "date": target.date,
            "scope": target.scope,
            "threshold": target.threshold,
            "note": target.note,
        }
    )


def read_input(fields: Fields) -> Input:
    """Return a figure that applications claim."""
    figure = Input(fields.filled("id"), fields.filled("name"), fields.text("unit", ""))
    fields.done()
    return figure


def input_data(figure: Input) -> dict[str, Any]:
    """Return the canonical data of an input."""
    return lean({"id": figure.id, "name": figure.name, "unit": figure.unit})


def read_variant(fields: Fields) -> Variant:
    """Return the weights of one category."""
    weights = fields.mapping("weights")
    variant = Variant(
        fields.filled("category"),
        tuple(
            (code, exact_item(weight, f"{fields.where} “weights”"))
            for code, weight in sorted(weights.items())
        ),
    )
    fields.done()
    return variant


def variant_data(variant: Variant) -> dict[str, Any]:
    """Return the canonical data of a category's weights."""
    weights = {code: plain_text(weight) for code, weight in variant.weights}
    return {"category": variant.category, "weights": weights}


def read_outline_item(fields: Fields) -> OutlineItem:
    """Return a section of the outline."""
    item = OutlineItem(
        code=fields.filled("code"),
        title=fields.filled("title"),
        quote=fields.text("quote", ""),
        source=fields.text("source", ""),
    )
    fields.done()
    return item


def outline_data(item: OutlineItem) -> dict[str, Any]:
    """Return the canonical data of an outline section."""
    return lean(
        {"code": item.code, "title": item.title, "quote": item.quote, "source": item.source}
    )


def each_of(fields: Fields, key: str, read: Callable[[Fields], Any]) -> tuple[Any, ...]:
    """Return every table of a list that may be absent, read one by one."""
    return tuple(read(each) for each in fields.tables(key, optional=True))
