"""Statistics as text: decimal strings that give the float back, or why there is none."""

from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from reviewer_app.statistics.totals import Undefined

Stated: TypeAlias = str | int | bool | list["Stated"] | dict[str, "Stated"] | None
"""What a JSON document holds."""


def decimal_text(value: float) -> str:
    """Return every digit the float has, without an exponent: ``0.000000012``, ``83.25``."""
    return format(Decimal(repr(float(value))), "f")


def stated(value: float | Fraction | Undefined) -> Stated:
    """Return the figure as text, or ``{"undefined": why}``."""
    if isinstance(value, Undefined):
        return {"undefined": value.why}
    return decimal_text(float(value))
