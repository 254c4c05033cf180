"""Measures as plain data and back: what is measured of the claimed figures.

A measure is an id, or a table with one operation: ``{ ratio = ["I1", "I2"], percent = true }``.
"""

from fractions import Fraction
from typing import Any

from reviewer_app.core.errors import SchemeError
from reviewer_app.core.fields import Fields
from reviewer_app.core.intervals import Interval, read_interval
from reviewer_app.core.mechanics import Computed, Figure, Measure, Operation
from reviewer_app.core.messages import _
from reviewer_app.core.numbers import plain_text

_TWO_PARTS = (Operation.RATIO, Operation.DIFFERENCE, Operation.GROWTH)


def read_measure(item: object, where: str) -> Measure:
    """Return the measure an id or a table describes."""
    if isinstance(item, str) and item.strip():
        return Figure(item)
    fields = Fields(item, where, SchemeError)
    operation = next((each for each in Operation if fields.has(each.value)), None)
    if operation is None:
        fields.refuse(
            _("expected one of {names}").format(names=" | ".join(each for each in Operation))
        )
    parts = tuple(read_measure(part, where) for part in fields.items(operation.value))
    measure = Computed(
        operation,
        parts,
        percent=fields.flag("percent", default=False),
        partial=fields.flag("partial", default=False),
        factors=_factors(fields) if operation is Operation.SUM else (),
    )
    fields.done()
    if measure.factors and len(measure.factors) != len(parts):
        fields.refuse(_("“factors”: one for each figure of the sum"))
    enough = len(parts) >= 2 if operation in _TWO_PARTS else len(parts) >= 1  # noqa: PLR2004 - from what, and to what
    if not enough or (operation is Operation.RATIO and len(parts) != 2):  # noqa: PLR2004 - above and below
        fields.refuse(_("“{name}”: too few or too many figures").format(name=operation.value))
    return measure


def measure_data(measure: Measure) -> str | dict[str, Any]:
    """Return the canonical data of a measure."""
    if isinstance(measure, Figure):
        return measure.id
    data: dict[str, Any] = {measure.operation.value: [measure_data(p) for p in measure.parts]}
    if measure.percent:
        data["percent"] = True
    if measure.partial:
        data["partial"] = True
    if measure.factors:
        data["factors"] = [plain_text(factor) for factor in measure.factors]
    return data


def interval_at(fields: Fields, key: str) -> Interval:
    """Return the interval under a key, written as a text or a plain number."""
    value = fields.take(key)
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    try:
        return read_interval(value if isinstance(value, str) else "")
    except SchemeError as error:
        fields.refuse(f"“{key}”: {error}")


def exact_item(item: object, where: str) -> Fraction:
    """Return one exact number that stands in a list."""
    return Fields({"value": item}, where, SchemeError).exact("value")


def _factors(fields: Fields) -> tuple[Fraction, ...]:
    if not fields.has("factors"):
        return ()
    return tuple(exact_item(item, fields.where) for item in fields.items("factors"))
