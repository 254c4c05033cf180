"""Methods as plain data and back: the ``method`` of an indicator.

Where a method's measure is left out, the figure claimed for the indicator itself is meant.
"""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from reviewer_app.core.errors import SchemeError
from reviewer_app.core.fields import Fields
from reviewer_app.core.intervals import EVERYTHING
from reviewer_app.core.measure_data import exact_item, interval_at, measure_data, read_measure
from reviewer_app.core.mechanics import (
    Banded,
    ByCategory,
    Chosen,
    Figure,
    Formula,
    Judged,
    Linear,
    Measure,
    Method,
    PerUnit,
    PointBand,
    RatioToTarget,
)
from reviewer_app.core.messages import _
from reviewer_app.core.numbers import plain_text

_ZERO, _ONE = Fraction(0), Fraction(1)


def read_method(fields: Fields, code: str) -> Method:
    """Return the method that ``fields`` describe, for the indicator of this code."""
    kind = fields.choice("kind", _KINDS)
    if kind == "by-category":
        return _read_by_category(fields, code)
    if kind in _READERS:
        return _read_formula(fields, kind, code)
    method: Method = Chosen()
    if kind == "judged":
        guided = fields.has("measure")
        method = Judged(_measure_at(fields, code) if guided else None)
    fields.done()
    return method


def method_data(method: Method, code: str) -> dict[str, Any] | None:
    """Return the canonical data of a method; None for one that is simply judged."""
    match method:
        case Judged():
            if method.measure is None:
                return None
            return {"kind": "judged", "measure": measure_data(method.measure)}
        case Chosen():
            return {"kind": "chosen"}
        case ByCategory():
            return _by_category_data(method, code)
    return _formula_data(method, code)


def _read_banded(fields: Fields, code: str) -> Formula:
    return Banded(
        _measure_at(fields, code),
        bands=tuple(_band(item, fields) for item in fields.items("bands")),
        domain=interval_at(fields, "domain") if fields.has("domain") else EVERYTHING,
        whole=fields.flag("whole", default=False),
        undefined=_exact_or(fields, "undefined", _ZERO),
    )


def _band(item: object, fields: Fields) -> PointBand:
    interval, points = _pair(item, fields, "bands", '["[25,30)", 16]')
    pair = Fields({"bands": interval}, fields.where, SchemeError)
    return PointBand(interval_at(pair, "bands"), exact_item(points, fields.where))


def _read_linear(fields: Fields, code: str) -> Formula:
    pairs = []
    for item in fields.items("points"):
        value, points = _pair(item, fields, "points", "[10, 0]")
        pairs.append((exact_item(value, fields.where), exact_item(points, fields.where)))
    return Linear(
        _measure_at(fields, code),
        pairs=tuple(pairs),
        below=fields.exact_or_none("below"),
        digits=_digits(fields),
        undefined=_exact_or(fields, "undefined", _ZERO),
    )


def _read_to_target(fields: Fields, code: str) -> Formula:
    target = fields.text_or_none("target")
    return RatioToTarget(
        _measure_at(fields, target or code),
        target=target,
        value=fields.exact_or_none("value"),
        cap=_exact_or(fields, "cap", _ONE),
        inverse=fields.flag("inverse", default=False),
        digits=_digits(fields),
        undefined=_exact_or(fields, "undefined", _ZERO),
    )


def _read_per_unit(fields: Fields, code: str) -> Formula:
    return PerUnit(
        _measure_at(fields, code),
        points=fields.exact("points"),
        every=_exact_or(fields, "every", _ONE),
        start=_exact_or(fields, "start", _ZERO),
        base=_exact_or(fields, "base", _ZERO),
        below=fields.exact_or_none("below"),
        proportional=fields.flag("proportional", default=False),
        digits=_digits(fields),
        undefined=_exact_or(fields, "undefined", _ZERO),
    )


_READERS: dict[str, Callable[[Fields, str], Formula]] = {
    "bands": _read_banded,
    "linear": _read_linear,
    "ratio-to-target": _read_to_target,
    "per-unit": _read_per_unit,
}
_KINDS = {name: name for name in (*_READERS, "judged", "chosen", "by-category")}
_FORMULAS = {name: name for name in _READERS}


def _read_formula(fields: Fields, kind: str, code: str) -> Formula:
    formula = _READERS[kind](fields, code)
    fields.done()
    return formula


def _read_by_category(fields: Fields, code: str) -> ByCategory:
    """Return the formulas of all categories; a measure stated once holds for each of them."""
    shared = {"measure": fields.take("measure")} if fields.has("measure") else {}
    cases = tuple(
        (
            case.filled("category"),
            _read_formula(case, case.choice("kind", _FORMULAS), code),
        )
        for case in (each.filled_up(shared) for each in fields.tables("case"))
    )
    otherwise: Formula | None = None
    if fields.has("otherwise"):
        rest = fields.table("otherwise").filled_up(shared)
        otherwise = _read_formula(rest, rest.choice("kind", _FORMULAS), code)
    fields.done()
    return ByCategory(cases, otherwise)


def _by_category_data(method: ByCategory, code: str) -> dict[str, Any]:
    data: dict[str, Any] = {
        "kind": "by-category",
        "case": [
            {"category": category, **_formula_data(formula, code)}
            for category, formula in method.cases
        ],
    }
    if method.otherwise is not None:
        data["otherwise"] = _formula_data(method.otherwise, code)
    return data


def _formula_data(formula: Formula, code: str) -> dict[str, Any]:
    own = formula.target if isinstance(formula, RatioToTarget) and formula.target else code
    return {
        **_own_data(formula),
        **_measure_entry(formula.measure, own),
        **_number("undefined", formula.undefined, _ZERO),
        **({} if isinstance(formula, Banded) else _digits_entry(formula.digits)),
    }


def _own_data(formula: Formula) -> dict[str, Any]:
    match formula:
        case Banded():
            bands = [[str(each.interval), plain_text(each.points)] for each in formula.bands]
            domain = {} if formula.domain == EVERYTHING else {"domain": str(formula.domain)}
            return {"kind": "bands", "bands": bands, **domain, **_true("whole", formula.whole)}
        case Linear():
            pairs = [[plain_text(x), plain_text(y)] for x, y in formula.pairs]
            return {"kind": "linear", "points": pairs, **_number("below", formula.below, None)}
        case RatioToTarget():
            return {
                "kind": "ratio-to-target",
                **({"target": formula.target} if formula.target else {}),
                **_number("value", formula.value, None),
                **_number("cap", formula.cap, _ONE),
                **_true("inverse", formula.inverse),
            }
        case PerUnit():
            return {
                "kind": "per-unit",
                "points": plain_text(formula.points),
                **_number("every", formula.every, _ONE),
                **_number("start", formula.start, _ZERO),
                **_number("base", formula.base, _ZERO),
                **_number("below", formula.below, None),
                **_true("proportional", formula.proportional),
            }


def _measure_at(fields: Fields, default: str) -> Measure:
    if not fields.has("measure"):
        return Figure(default)
    return read_measure(fields.take("measure"), f"{fields.where} “measure”")


def _measure_entry(measure: Measure, default: str) -> dict[str, Any]:
    return {} if measure == Figure(default) else {"measure": measure_data(measure)}


def _pair(item: object, fields: Fields, key: str, example: str) -> tuple[object, object]:
    if not isinstance(item, list) or len(item) != 2:  # noqa: PLR2004 - a pair
        fields.refuse(_("“{key}”: write each as {example}").format(key=key, example=example))
    return item[0], item[1]


def _digits(fields: Fields) -> int | None:
    return fields.whole("digits") if fields.has("digits") else None


def _digits_entry(digits: int | None) -> dict[str, Any]:
    return {} if digits is None else {"digits": digits}


def _exact_or(fields: Fields, key: str, default: Fraction) -> Fraction:
    return fields.exact(key) if fields.has(key) else default


def _number(key: str, value: Fraction | None, default: Fraction | None) -> dict[str, Any]:
    return {} if value is None or value == default else {key: plain_text(value)}


def _true(key: str, value: bool) -> dict[str, Any]:  # noqa: FBT001 - a value to write, no switch
    return {key: True} if value else {}
