"""Exact decimals in, exact rationals inside, one rounding out.

A score never meets a binary float: text is read with a strict pattern, arithmetic is
``Fraction``, and ``publish`` rounds once, from the exact value (scoring.md, GB/T 8170).
"""

import re
from enum import StrEnum
from fractions import Fraction

from reviewer_app.core.errors import NumberError
from reviewer_app.core.messages import _

_DECIMAL = re.compile(r"(?!-0(\.0+)?$)-?(0|[1-9]\d{0,11})(\.\d{1,12})?", re.ASCII)


class Rounding(StrEnum):
    """The ways Chinese tables round a published figure."""

    HALF_UP = "half-up"
    HALF_EVEN = "half-even"
    TRUNCATE = "truncate"


def parse_decimal(text: str) -> Fraction:
    """Return the exact value of a plain decimal such as ``84``, ``-3`` or ``0.5``.

    Raises NumberError for anything else: exponents, signs with plus, NaN, infinity, leading
    zeros, a negative zero, digit grouping, more than twelve digits on a side.
    """
    if not _DECIMAL.fullmatch(text):
        raise NumberError(_("“{text}” is not a plain decimal number").format(text=text[:40]))
    return Fraction(text)


def round_to_integer(value: Fraction, mode: Rounding) -> int:
    """Return ``value`` rounded to a whole number; a half goes away from zero or to even.

    ``truncate`` drops the decimals (截断), as some published rules ask.
    """
    if mode is Rounding.TRUNCATE:
        return int(value)
    if mode is Rounding.HALF_EVEN:
        return round(value)
    magnitude = (2 * abs(value.numerator) + value.denominator) // (2 * value.denominator)
    return magnitude if value >= 0 else -magnitude


def round_to(value: Fraction, digits: int, mode: Rounding) -> Fraction:
    """Return ``value`` rounded once to ``digits`` decimal places."""
    scale = 10**digits
    return Fraction(round_to_integer(value * scale, mode), scale)


def publish(value: Fraction, digits: int, mode: Rounding) -> str:
    """Return the figure as it is printed: rounded once, with all its decimal places."""
    return units_text(round_to_integer(value * 10**digits, mode), digits)


def units_text(units: int, digits: int) -> str:
    """Return a figure that is stated in units of its last decimal place, as it is printed."""
    sign, text = "-" if units < 0 else "", str(abs(units)).rjust(digits + 1, "0")
    return (
        f"{sign}{text[: len(text) - digits]}.{text[len(text) - digits :]}"
        if digits
        else sign + text
    )


def exact_text(value: Fraction) -> str:
    """Return ``583/7`` or, for a whole number, ``83``: the exact form in JSON and archives."""
    return str(value)


def plain_text(value: Fraction) -> str:
    """Return a terminating decimal without trailing zeros (``0.5``, ``84``), else ``583/7``."""
    if value.denominator == 1:
        return str(value.numerator)
    for digits in range(1, 13):
        if (value * 10**digits).denominator == 1:
            return publish(value, digits, Rounding.HALF_UP)
    return str(value)
