"""JSON in the one form of RFC 8785: what signed documents quote and logs are made of."""

import json
from typing import Any, NoReturn

import rfc8785

from reviewer_app.core.errors import DocumentError
from reviewer_app.core.messages import _
from reviewer_app.sheets.cbor import check_size

MAX_BYTES = 16 << 20
MAX_ITEMS = 1_000_000
"""Brackets and commas, those inside texts included: few texts have as many."""
_SAFE = (1 << 53) - 1
"""The largest integer that a double holds, and every one below it."""
_BEFORE_ITEMS = (b"[", b"{", b",")


def encode(value: Any) -> bytes:  # noqa: ANN401 - any JSON value
    """Return the one JSON form of ``value``; raises DocumentError if a text is not Unicode."""
    try:
        return _written(value)
    except (rfc8785.CanonicalizationError, UnicodeEncodeError):
        raise DocumentError(_("a text holds a character that cannot be written")) from None


def decode(data: bytes, limit: int = MAX_BYTES) -> Any:  # noqa: ANN401 - any JSON value
    """Return the value of ``data``; raises DocumentError for any other form of the same.

    A key twice, NaN, a lone surrogate, white space or another order of keys is another form.
    """
    check_size(data, limit)
    if sum(map(data.count, _BEFORE_ITEMS)) > MAX_ITEMS:
        raise DocumentError(_("it is damaged or not of this program"))
    try:
        value = json.loads(data.decode("utf-8"), parse_constant=_refuse)
        again = _written(value)
    except (ValueError, RecursionError):  # nesting without end is a fault of the file
        raise DocumentError(_("it is damaged or not of this program")) from None
    if again != data:
        raise DocumentError(_("it is not in the one form the format allows"))
    return value


def _written(value: Any) -> bytes:  # noqa: ANN401 - any JSON value
    """Return the form of RFC 8785; what two writers write alike comes from the faster one."""
    if not _is_plain(value):
        return rfc8785.dumps(value)
    plain = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return plain.encode()


def _is_plain(value: Any) -> bool:  # noqa: ANN401 - any JSON value
    """Tell whether there are only texts, small integers, true, false, null and ASCII keys."""
    kind = type(value)
    if kind is str or value is None or kind is bool:
        return True
    if kind is int:
        return bool(-_SAFE <= value <= _SAFE)
    if kind is dict:
        keys = all(type(key) is str and key.isascii() for key in value)
        return keys and all(map(_is_plain, value.values()))
    return kind is list and all(map(_is_plain, value))


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)
