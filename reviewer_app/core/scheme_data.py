"""A scheme as plain data and back, without loss, and the reader of scheme files (TOML).

The file and the data have one form, taught in docs/schemes.md; the data written here are
canonical: numbers as exact texts, everything that stands at its default left out. Whatever
contradicts itself is refused, naming the file, the node and, in a file, the line.
"""

from collections.abc import Mapping
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import Any

from reviewer_app.core.errors import SchemeError
from reviewer_app.core.fields import Fields
from reviewer_app.core.gates_data import gate_data, outcome_data, read_gate, read_outcome
from reviewer_app.core.mechanics import JUDGED, is_formula
from reviewer_app.core.mechanics_data import method_data, read_method
from reviewer_app.core.messages import _
from reviewer_app.core.scheme import Dimension, Indicator, Pick, Role, Scheme, WeightOrigin
from reviewer_app.core.scheme_checks import check_dimension, check_indicator, check_scheme
from reviewer_app.core.scheme_parts import (
    each_of,
    exact_or,
    input_data,
    lean,
    level_data,
    number,
    outline_data,
    read_input,
    read_levels,
    read_outline_item,
    read_target,
    read_variant,
    target_data,
    texts_or_none,
    variant_data,
)
from reviewer_app.core.toml_text import line_of, read_toml

_ORIGINS = {origin.value: origin for origin in WeightOrigin}
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
    targets = each_of(fields, "target", read_target)
    ids = frozenset(target.id for target in targets)
    scheme = Scheme(
        id=fields.filled("id"),
        title=fields.filled("title"),
        document=fields.text("document", ""),
        weight_origin=fields.choice("weight_origin", _ORIGINS),
        guidance_origin=fields.choice("guidance_origin", _ORIGINS, "suggested"),
        weight_method=fields.text("weight_method", ""),
        maximum=fields.exact_or_none("total"),
        may_exceed=fields.flag("may_exceed", default=False),
        kinds=texts_or_none(fields, "kinds"),
        note=fields.text("note", ""),
        dimensions=tuple(_dimension(each, scale) for each in fields.tables("dimension")),
        targets=targets,
        inputs=each_of(fields, "input", read_input),
        gates=each_of(fields, "gate", lambda each: read_gate(each, ids)),
        outcomes=each_of(fields, "conclusion", read_outcome),
        variants=each_of(fields, "variant", read_variant),
        outline=each_of(fields, "outline", read_outline_item),
    )
    fields.done()
    check_scheme(scheme, where)
    return scheme


def scheme_to_data(scheme: Scheme) -> dict[str, Any]:
    """Return the canonical data of a scheme: equal schemes give equal data, and back."""
    return lean(
        {
            "id": scheme.id,
            "title": scheme.title,
            "document": scheme.document,
            "weight_origin": scheme.weight_origin.value,
            "guidance_origin": _unless(scheme.guidance_origin, WeightOrigin.SUGGESTED),
            "weight_method": scheme.weight_method,
            "total": number(scheme.maximum),
            "may_exceed": scheme.may_exceed,
            "kinds": list(scheme.kinds),
            "note": scheme.note,
            "dimension": [_dimension_data(each) for each in scheme.dimensions],
            "target": [target_data(each) for each in scheme.targets],
            "input": [input_data(each) for each in scheme.inputs],
            "gate": [gate_data(each) for each in scheme.gates],
            "conclusion": [outcome_data(each) for each in scheme.outcomes],
            "variant": [variant_data(each) for each in scheme.variants],
            "outline": [outline_data(each) for each in scheme.outline],
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
    role = fields.choice("role", _ROLES, "score")
    code = fields.filled("code")
    weight = _weight(fields, role)
    method = read_method(fields.table("method"), code) if fields.has("method") else JUDGED
    judged = role is Role.SCORE and not is_formula(method)
    scaled = Fields(scale if judged else {}, fields.where, SchemeError)
    indicator = Indicator(
        code=code,
        title=fields.filled("title"),
        source=fields.text("source", ""),
        weight=weight,
        minimum=_scaled(fields, scaled, "minimum", Fraction(0)),
        maximum=_scaled(fields, scaled, "maximum", weight or Fraction(1)),
        step=_scaled(fields, scaled, "step", Fraction(1)),
        levels=read_levels(fields, scaled),
        inferred=fields.flag("inferred", default=False),
        objective=fields.flag("objective", default=False),
        guidance=fields.text("guidance", ""),
        targets=texts_or_none(fields, "targets"),
        method=method,
        role=role,
        specialisms=texts_or_none(fields, "specialisms"),
    )
    fields.done()
    check_indicator(indicator, fields.where)
    return indicator


def _weight(fields: Fields, role: Role) -> Fraction:
    """Return the weight; a screening box has none, everything else states it."""
    return (
        exact_or(fields, "weight", Fraction(0))
        if role is Role.SCREEN
        else fields.exact("weight")
    )


def _scaled(fields: Fields, scaled: Fields, key: str, default: Fraction) -> Fraction:
    """Return the indicator's own value, else the scale's, else the default."""
    return exact_or(fields if fields.has(key) else scaled, key, default)


def _dimension_data(dimension: Dimension) -> dict[str, Any]:
    nested = dimension.weight is not None and dimension.weight != dimension.full_marks
    return lean(
        {
            "code": dimension.code,
            "title": dimension.title,
            "source": dimension.source,
            "inferred": dimension.inferred,
            "weight": number(dimension.weight),
            "of": number(dimension.full_marks) if nested else None,
            "pick": _unless(dimension.pick, Pick.ALL),
            "at_most": number(dimension.at_most),
            "at_least": number(dimension.at_least),
            "indicator": [
                _indicator_data(child)
                if isinstance(child, Indicator)
                else _dimension_data(child)
                for child in dimension.children
            ],
        }
    )


def _indicator_data(indicator: Indicator) -> dict[str, Any]:
    return lean(
        {
            "code": indicator.code,
            "title": indicator.title,
            "source": indicator.source,
            "role": _unless(indicator.role, Role.SCORE),
            "weight": number(indicator.weight),
            "minimum": number(indicator.minimum),
            "maximum": number(indicator.maximum),
            "step": number(indicator.step),
            "levels": [level_data(level) for level in indicator.levels],
            "inferred": indicator.inferred,
            "objective": indicator.objective,
            "guidance": indicator.guidance,
            "targets": list(indicator.targets),
            "method": method_data(indicator.method, indicator.code),
            "specialisms": list(indicator.specialisms),
        }
    )


def _unless(value: StrEnum, default: StrEnum) -> str | None:
    return None if value is default else value.value
