"""A scheme as plain data and back, without loss, and the reader of scheme files (TOML).

The file and the data have one form, taught in docs/schemes.md; the data written here are
canonical: numbers as exact texts, everything that stands at its default left out. Whatever
contradicts itself is refused, naming the file, the node and, in a file, the line.
"""

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from reviewer_app.core.errors import SchemeError
from reviewer_app.core.fields import Fields
from reviewer_app.core.messages import _
from reviewer_app.core.numbers import plain_text
from reviewer_app.core.scheme import (
    Dimension,
    Indicator,
    Level,
    Pick,
    Relation,
    Role,
    Scheme,
    Target,
    WeightOrigin,
)
from reviewer_app.core.scheme_checks import check_dimension, check_indicator, check_scheme
from reviewer_app.core.toml_text import line_of, read_toml

_ORIGINS = {origin.value: origin for origin in WeightOrigin}
_RELATIONS = {relation.value: relation for relation in Relation}
_ROLES = {role.value: role for role in Role}
_PICKS = {pick.value: pick for pick in Pick}


def load_scheme(path: Path) -> Scheme:
    """Return the scheme of a TOML file; raises SchemeError naming file, line and node."""
    data, text = read_toml(path, SchemeError)
    try:
        return scheme_from_data(data, path.name)
    except SchemeError as error:
        place = str(error).removeprefix(path.name)
        line = line_of(text, place)
        if line is None or place == str(error):
            raise
        at = _("{file} line {line}").format(file=path.name, line=line)
        raise SchemeError(f"{at}{place}") from error


def scheme_from_data(data: Mapping[str, Any], where: str) -> Scheme:
    """Return the checked scheme that ``data`` describes; raises SchemeError."""
    fields = Fields(data, where, SchemeError)
    scale = fields.mapping("scale") if fields.has("scale") else {}
    scheme = Scheme(
        id=fields.filled("id"),
        title=fields.filled("title"),
        document=fields.text("document", ""),
        weight_origin=fields.choice("weight_origin", _ORIGINS),
        guidance_origin=fields.choice("guidance_origin", _ORIGINS, "suggested"),
        maximum=fields.exact_or_none("total"),
        kinds=_texts(fields, "kinds"),
        note=fields.text("note", ""),
        dimensions=tuple(_dimension(each, scale) for each in fields.tables("dimension")),
        targets=tuple(_target(each) for each in fields.tables("target", optional=True)),
    )
    fields.done()
    check_scheme(scheme, where)
    return scheme


def scheme_to_data(scheme: Scheme) -> dict[str, Any]:
    """Return the canonical data of a scheme: equal schemes give equal data, and back."""
    return _lean(
        {
            "id": scheme.id,
            "title": scheme.title,
            "document": scheme.document,
            "weight_origin": scheme.weight_origin.value,
            "guidance_origin": _unless(scheme.guidance_origin, WeightOrigin.SUGGESTED),
            "total": _number(scheme.maximum),
            "kinds": list(scheme.kinds),
            "note": scheme.note,
            "dimension": [_dimension_data(each) for each in scheme.dimensions],
            "target": [_target_data(each) for each in scheme.targets],
        }
    )


def _dimension(fields: Fields, scale: dict[str, object]) -> Dimension:
    dimension = Dimension(
        code=fields.filled("code"),
        title=fields.filled("title"),
        source=fields.text("source", ""),
        inferred=fields.flag("inferred", default=False),
        weight=fields.exact_or_none("weight"),
        pick=fields.choice("pick", _PICKS, "all"),
        at_most=fields.exact_or_none("at_most"),
        at_least=fields.exact_or_none("at_least"),
        children=tuple(
            _dimension(each, scale) if each.has("indicator") else _indicator(each, scale)
            for each in fields.tables("indicator")
        ),
    )
    of = fields.exact_or_none("of")
    fields.done()
    check_dimension(dimension, of, fields.where)
    return dimension


def _indicator(fields: Fields, scale: dict[str, object]) -> Indicator:
    weight = Fraction(0) if fields.has("role") and not fields.has("weight") else None
    role = fields.choice("role", _ROLES, "score")
    weight = fields.exact("weight") if weight is None else weight
    scaled = Fields(scale, fields.where, SchemeError)
    own = {key: fields if fields.has(key) else scaled for key in ("minimum", "maximum", "step")}
    indicator = Indicator(
        code=fields.filled("code"),
        title=fields.filled("title"),
        source=fields.text("source", ""),
        weight=weight,
        minimum=_exact_or(own["minimum"], "minimum", Fraction(0)),
        maximum=_exact_or(own["maximum"], "maximum", weight or Fraction(1)),
        step=_exact_or(own["step"], "step", Fraction(1)),
        levels=_levels(fields, scaled),
        inferred=fields.flag("inferred", default=False),
        objective=fields.flag("objective", default=False),
        guidance=fields.text("guidance", ""),
        targets=_texts(fields, "targets"),
        role=role,
        specialisms=_texts(fields, "specialisms"),
    )
    fields.done()
    check_indicator(indicator, fields.where)
    return indicator


def _levels(fields: Fields, scaled: Fields) -> tuple[Level, ...]:
    """Return the indicator's own levels, or the scale's with the indicator's descriptors."""
    own = fields.has("levels")
    source = fields if own else scaled
    items = source.items("levels") if source.has("levels") else []
    levels = tuple(_level(item, f"{fields.where} “levels”") for item in items)
    if own or not fields.has("descriptors"):
        return levels
    words = fields.table("descriptors")
    described = tuple(
        Level(level.name, level.low, level.high, words.text(level.name)) for level in levels
    )
    words.done()
    return described


def _level(item: object, where: str) -> Level:
    """Return one level, written as a table or as ``["优", 90, 100, "…"]``."""
    if isinstance(item, list):
        item = dict(zip(("name", "low", "high", "descriptor"), item, strict=False))
    fields = Fields(item, where, SchemeError)
    low = fields.exact("low")
    level = Level(
        name=fields.filled("name"),
        low=low,
        high=_exact_or(fields, "high", low),
        descriptor=fields.text("descriptor", ""),
    )
    fields.done()
    return level


def _target(fields: Fields) -> Target:
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


def _dimension_data(dimension: Dimension) -> dict[str, Any]:
    nested = dimension.weight is not None and dimension.weight != dimension.full_marks
    return _lean(
        {
            "code": dimension.code,
            "title": dimension.title,
            "source": dimension.source,
            "inferred": dimension.inferred,
            "weight": _number(dimension.weight),
            "of": _number(dimension.full_marks) if nested else None,
            "pick": _unless(dimension.pick, Pick.ALL),
            "at_most": _number(dimension.at_most),
            "at_least": _number(dimension.at_least),
            "indicator": [
                _indicator_data(child)
                if isinstance(child, Indicator)
                else _dimension_data(child)
                for child in dimension.children
            ],
        }
    )


def _node_data(node: Indicator | Dimension) -> dict[str, Any]:
    return _indicator_data(node) if isinstance(node, Indicator) else _dimension_data(node)


def _indicator_data(indicator: Indicator) -> dict[str, Any]:
    return _lean(
        {
            "code": indicator.code,
            "title": indicator.title,
            "source": indicator.source,
            "role": _unless(indicator.role, Role.SCORE),
            "weight": _number(indicator.weight),
            "minimum": _number(indicator.minimum),
            "maximum": _number(indicator.maximum),
            "step": _number(indicator.step),
            "levels": [_level_data(level) for level in indicator.levels],
            "inferred": indicator.inferred,
            "objective": indicator.objective,
            "guidance": indicator.guidance,
            "targets": list(indicator.targets),
            "specialisms": list(indicator.specialisms),
        }
    )


def _level_data(level: Level) -> dict[str, Any]:
    return _lean(
        {
            "name": level.name,
            "low": _number(level.low),
            "high": _number(level.high),
            "descriptor": level.descriptor,
        }
    )


def _target_data(target: Target) -> dict[str, Any]:
    return _lean(
        {
            "id": target.id,
            "name": target.name,
            "relation": target.relation.value,
            "value": _number(target.value),
            "high": _number(target.high),
            "unit": target.unit,
            "quote": target.quote,
            "source": target.source,
            "date": target.date,
            "scope": target.scope,
            "threshold": target.threshold,
            "note": target.note,
        }
    )


def _lean(data: dict[str, Any]) -> dict[str, Any]:
    """Leave out what stands at its default: no text, no list, no number, not true."""
    return {key: value for key, value in data.items() if value not in (None, "", [], False)}


def _number(value: Fraction | None) -> str | None:
    return None if value is None else plain_text(value)


def _unless(value: Any, default: Any) -> str | None:  # noqa: ANN401 - any enumeration
    return None if value is default else value.value


def _texts(fields: Fields, key: str) -> tuple[str, ...]:
    return fields.texts(key) if fields.has(key) else ()


def _exact_or(fields: Fields, key: str, default: Fraction) -> Fraction:
    return fields.exact(key) if fields.has(key) else default
