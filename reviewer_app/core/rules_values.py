"""The values review rules are made of: choices, whole numbers, shares and limits.

Each reader names the table and key, what was found there and what is expected.
"""

import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from fractions import Fraction
from typing import NoReturn, TypeVar

from reviewer_app.core.errors import InputError, NumberError
from reviewer_app.core.fields import Fields, exact_from_text
from reviewer_app.core.messages import _
from reviewer_app.core.names import check_text
from reviewer_app.core.numbers import parse_decimal, plain_text
from reviewer_app.core.rules import Threshold

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

NONE = "none"
"""What a file writes for a pass mark, a cut line or a low-mark limit that there is not."""

LONGEST_NAME = 40
"""Letters of the name of a band or a group."""

_MOST = 9999
_THRESHOLD = re.compile(r"(>=|<=|>|<)\s*(\S+)")


def choices(options: type[E]) -> Mapping[str, E]:
    """Return what each word of a closed list stands for."""
    return {option.value: option for option in options}


def whole(fields: Fields, key: str, default: int, *, least: int = 0, most: int = _MOST) -> int:
    """Return a whole number within its limits, or the default where the key is absent."""
    return whole_in(fields, key, fields.take(key), least, most) if fields.has(key) else default


def whole_in(fields: Fields, key: str, value: object, least: int, most: int = _MOST) -> int:
    """Return a value already taken, when it is a whole number within its limits."""
    if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
        return value
    expected = _("a whole number from {least} to {most}").format(least=least, most=most)
    return refuse(fields, key, expected, value)


def share(
    fields: Fields, key: str, default: Fraction, *, most: int = 1, zero: bool = False
) -> Fraction:
    """Return a share written as ``20%``, ``2/3`` or ``0.2``, or the default."""
    if not fields.has(key):
        return default
    return share_in(fields, key, fields.take(key), most=most, zero=zero)


def share_in(
    fields: Fields, key: str, value: object, *, most: int = 1, zero: bool = False
) -> Fraction:
    """Return a value already taken, when it is a share above zero and up to ``most``."""
    expected = _("a share such as 20% or 2/3")
    if isinstance(value, bool) or not isinstance(value, int | str):
        refuse(fields, key, expected, value)
    text = str(value).strip()
    try:
        found = parse_decimal(text[:-1]) / 100 if text.endswith("%") else exact_from_text(text)
    except NumberError:
        refuse(fields, key, expected, value)
    if 0 < found <= most or (zero and found == 0):
        return found
    return refuse(fields, key, _("a share above 0 and up to {most}").format(most=most), value)


def threshold_in(fields: Fields, key: str, value: object) -> Threshold:
    """Return a value already taken, when it is a limit that states its strictness."""
    found = _THRESHOLD.fullmatch(value.strip()) if isinstance(value, str) else None
    expected = _("a limit with its strictness, such as >=60 or >70")
    if not found:
        refuse(fields, key, expected, value)
    try:
        return Threshold(found[1], exact_from_text(found[2]))
    except NumberError:
        return refuse(fields, key, expected, value)


def optional(fields: Fields, key: str, default: T, read: Callable[[object], T]) -> T | None:
    """Return what ``read`` makes of the value, None for “none”, the default where absent."""
    if not fields.has(key):
        return default
    value = fields.take(key)
    return None if value == NONE else read(value)


def or_none(value: T | None, text: Callable[[T], object]) -> object:
    """Return how a value that may not be there is written."""
    return NONE if value is None else text(value)


def percent_text(value: Fraction) -> str:
    """Return ``20%``; a share that no decimal percentage states stays a fraction."""
    text = plain_text(value * 100)
    return str(value) if "/" in text else f"{text}%"


def check_name(fields: Fields, key: str, name: str) -> None:
    """Refuse a name that cannot be printed in a cell of a table."""
    if len(name) > LONGEST_NAME:
        refuse(
            fields, key, _("a name of at most {most} letters").format(most=LONGEST_NAME), name
        )
    try:
        check_text(name, "")
    except InputError:
        refuse(fields, key, _("a name that can be printed"), ascii(name))


def refuse(fields: Fields, key: str, expected: str, found: object) -> NoReturn:
    """Raise the reader's error: which key, what was expected, what was found."""
    fields.refuse(
        _("“{key}”: expected {expected}, found {found}").format(
            key=key, expected=expected, found=str(found)[:60]
        )
    )
