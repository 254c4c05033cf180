"""CBOR in the one form that docs/formats.md allows: what can be written in two ways is refused.

Signed bytes are compared, hashed and printed as receipts, so equal content must mean equal
bytes. Decoding ends with encoding again and comparing, which settles shortest forms, definite
lengths, key order, repeated keys and trailing bytes at once.
"""

import re
from collections.abc import Mapping, Sequence
from typing import TypeAlias, cast

import cbor2

from reviewer_app.core.errors import DocumentError
from reviewer_app.core.messages import _

Item: TypeAlias = "int | bytes | str | list[Item] | dict[int, Item]"
Plain: TypeAlias = "int | bytes | str | Sequence[Plain] | Mapping[int, Plain]"

MAX_BYTES = 20 << 20
MAX_DEPTH = 8
MAX_HEADS = 100_000
"""Texts, byte strings, arrays and maps together."""
MAX_NUMBER_BYTES = 1 << 20
_NUMBERS = re.compile(
    rb"(?:[\x00-\x17\x20-\x37]|[\x18\x38].|[\x19\x39]..|[\x1a\x3a].{4}|[\x1b\x3b].{8})++",
    re.DOTALL,
)
_STRINGS, _TAGS = (2, 3), 6
_FIRST_LONG, _LONGEST = 24, 27
_SMALLEST, _LARGEST = -(1 << 64), (1 << 64) - 1


def encode(value: Plain) -> bytes:
    """Return the one encoding of ``value``; ValueError for what the format has no place for."""
    return cbor2.dumps(_ordered(value, MAX_DEPTH))


def decode(data: bytes, limit: int = MAX_BYTES) -> Item:
    """Return what ``data`` encodes; raises DocumentError for any other form of the same."""
    check_size(data, limit)
    _check_volume(data)
    try:
        item = cast(
            "Item",
            cbor2.loads(
                data, max_depth=MAX_DEPTH, allow_indefinite=False, allow_duplicate_keys=False
            ),
        )
        again = encode(item)
    except (cbor2.CBORDecodeError, ValueError):
        raise DocumentError(_("it is damaged or not of this program")) from None
    if again != data:
        raise DocumentError(_("it is not in the one form the format allows"))
    return item


def check_size(data: bytes, limit: int) -> None:
    """Pass data of at most ``limit`` bytes; raises DocumentError."""
    if len(data) > limit:
        raise DocumentError(_("it is larger than {limit} bytes").format(limit=limit))


def _check_volume(data: bytes) -> None:
    """Refuse data with more items than anything we sign has, and tags, which run foreign code.

    Walks over the heads and stops where the decoder will: at the first byte that is none.
    """
    at = heads = numbers = 0
    while at < len(data):
        start, at = at, _end_of_numbers(data, at)
        numbers += at - start
        if heads > MAX_HEADS or numbers > MAX_NUMBER_BYTES:
            raise DocumentError(_("it is damaged or not of this program"))
        kind, info = divmod(data[at], 32) if at < len(data) else (0, 31)
        if kind >= _TAGS:
            raise DocumentError(_("it is damaged or not of this program"))
        if info > _LONGEST:
            return
        width = 0 if info < _FIRST_LONG else 1 << info - _FIRST_LONG
        length = int.from_bytes(data[at + 1 : at + 1 + width]) if width else info
        at += 1 + width + (length if kind in _STRINGS else 0)
        heads += 1


def _end_of_numbers(data: bytes, at: int) -> int:
    """Return where a run of integers ends: marks, by far the most of what sheets hold."""
    found = _NUMBERS.match(data, at)
    return at if found is None else found.end()


def _ordered(value: Plain, depth: int) -> Plain:
    """Return ``value`` with map keys ascending, made of allowed kinds only."""
    if depth < 0:
        raise ValueError("nested too deeply")
    if isinstance(value, bytes | str):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        if not _SMALLEST <= value <= _LARGEST:
            raise ValueError("an integer needs more than 64 bits")
        return value
    if isinstance(value, Mapping):
        if not all(type(key) is int and 0 <= key <= _LARGEST for key in value):
            raise ValueError("a map key is not a non-negative integer")
        return {key: _ordered(value[key], depth - 1) for key in sorted(value)}
    if isinstance(value, list | tuple):
        if set(map(type, value)) == {int}:  # marks: by far the most, checked all at once
            _ordered(min(value), depth), _ordered(max(value), depth)
            return value
        return [_ordered(each, depth - 1) for each in value]
    raise ValueError(f"there is no place for {type(value).__name__} in the format")
