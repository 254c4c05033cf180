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
_BEFORE_ITEMS = (b"[", b"{", b",")


def encode(value: Any) -> bytes:  # noqa: ANN401 - any JSON value
    """Return the one JSON form of ``value``; raises DocumentError if a text is not Unicode."""
    try:
        return rfc8785.dumps(value)
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
        again = rfc8785.dumps(value)
    except (ValueError, RecursionError):  # nesting without end is a fault of the file
        raise DocumentError(_("it is damaged or not of this program")) from None
    if again != data:
        raise DocumentError(_("it is not in the one form the format allows"))
    return value


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)
