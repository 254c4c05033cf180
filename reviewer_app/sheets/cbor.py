"""CBOR in the one form that docs/formats.md allows: what can be written in two ways is refused.

Signed bytes are compared, hashed and printed as receipts, so equal content must mean equal
bytes. Decoding therefore looks at every head before anything is made of it, and then at the
order of the keys and at the end; what passes is what ``encode`` writes, byte for byte.
"""

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
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
_SHORTEST = (
    rb"(?:[\x00-\x17\x20-\x37]++|(?:[\x18\x38][\x18-\xff])++|[\x19\x39][^\x00]."
    rb"|[\x1a\x3a](?!\x00\x00).{4}|[\x1b\x3b](?!\x00{4}).{8})*+"
)
_MANY = 16
_RUN = re.compile(_SHORTEST, re.DOTALL)
_ROWS = {
    width: re.compile(rb"(?:%b%b){%d}" % (head, _SHORTEST, _MANY), re.DOTALL)
    for width, head in ((1, rb"[\x80-\x97]"), (2, rb"\x98[\x18-\xff]"))
}
"""So many arrays of integers one after another, by the bytes that the head of each has."""
_INTEGERS, _STRINGS, _ARRAY, _MAP, _TAGS = (0, 1), (2, 3), 4, 5, 6
_FIRST_LONG, _LONGEST = 24, 27
_LEAST = {1: 24, 2: 1 << 8, 4: 1 << 16, 8: 1 << 32}
"""The smallest argument that needs so many bytes after its head."""
_SMALLEST, _LARGEST = -(1 << 64), (1 << 64) - 1


def encode(value: Plain) -> bytes:
    """Return the one encoding of ``value``; ValueError for what the format has no place for."""
    return cbor2.dumps(_ordered(value, MAX_DEPTH))


def decode(data: bytes, limit: int = MAX_BYTES) -> Item:
    """Return what ``data`` encodes; raises DocumentError for any other form of the same."""
    check_size(data, limit)
    walk = _Walk(data)
    stream = io.BytesIO(data)
    try:
        item = cast(
            "Item",
            cbor2.CBORDecoder(
                stream,
                max_depth=MAX_DEPTH,
                allow_indefinite=False,
                allow_duplicate_keys=False,
            ).decode(),
        )
        ascending = [_keys_ascend(table) for table in islice(_maps(item), walk.maps)]
    except (cbor2.CBORDecodeError, ValueError):
        raise DocumentError(_("it is damaged or not of this program")) from None
    if not (walk.shortest and all(ascending) and stream.tell() == len(data)):
        raise DocumentError(_("it is not in the one form the format allows"))
    return item


def check_size(data: bytes, limit: int) -> None:
    """Pass data of at most ``limit`` bytes; raises DocumentError."""
    if len(data) > limit:
        raise DocumentError(_("it is larger than {limit} bytes").format(limit=limit))


class _Walk:
    """Over the heads of all items, before anything is made of them.

    Refuses more items than anything we sign has, and tags, which run foreign code. Stops where
    the decoder will: at the first byte that is no head.
    """

    def __init__(self, data: bytes) -> None:
        self.shortest = True
        """Whether each head is as short as can be."""
        self.maps = 0
        self._data, self._at = data, 0
        self._heads = self._numbers = 0
        while self._at < len(data) and self._pass():
            if self._heads > MAX_HEADS or self._numbers > MAX_NUMBER_BYTES:
                raise DocumentError(_("it is damaged or not of this program"))

    def _pass(self) -> bool:
        """Pass over what comes next; False at a byte that is no head."""
        kind, info = divmod(self._data[self._at], 32)
        if kind >= _TAGS:
            raise DocumentError(_("it is damaged or not of this program"))
        if info > _LONGEST:
            return False
        if not (
            (kind in _INTEGERS and self._pass_integers())
            or (kind == _ARRAY and self._pass_arrays(info))
        ):
            self._pass_one(kind, info)
        return True

    def _pass_integers(self) -> bool:
        """Pass over all integers that follow in their shortest form."""
        start = self._at
        found = _RUN.match(self._data, start)
        self._at = start if found is None else found.end()
        self._numbers += self._at - start
        return self._at > start

    def _pass_arrays(self, info: int) -> bool:
        """Pass over some arrays of integers with heads of equal width, if there are any."""
        width = 1 if info < _FIRST_LONG else 2
        found = _ROWS[width].match(self._data, self._at)
        if found is None:
            return False
        self._heads += _MANY
        self._numbers += found.end() - self._at - _MANY * width
        self._at = found.end()
        return True

    def _pass_one(self, kind: int, info: int) -> None:
        width = 0 if info < _FIRST_LONG else 1 << info - _FIRST_LONG
        argument = self._data[self._at + 1 : self._at + 1 + width]
        length = int.from_bytes(argument) if width else info
        self.shortest = self.shortest and (not width or length >= _LEAST[width])
        self._at += 1 + width + (length if kind in _STRINGS else 0)
        if kind in _INTEGERS:
            self._numbers += 1 + width
        else:
            self._heads += 1
            self.maps += kind == _MAP


def _maps(item: Item) -> Iterator[dict[int, Item]]:
    """Yield every map of an item, the outermost first."""
    if isinstance(item, dict):
        yield item
    if isinstance(item, dict | list):
        for each in item.values() if isinstance(item, dict) else item:
            yield from _maps(each)


def _keys_ascend(table: Mapping[int, object]) -> bool:
    """Tell whether the keys stand in order; ValueError where one is no key of the format."""
    _check_keys(table)
    return list(table) == sorted(table)


def _check_keys(table: Mapping[int, object]) -> None:
    if not all(type(key) is int and 0 <= key <= _LARGEST for key in table):
        raise ValueError("a map key is not a non-negative integer")


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
        _check_keys(value)
        return {key: _ordered(value[key], depth - 1) for key in sorted(value)}
    if isinstance(value, list | tuple):
        if set(map(type, value)) == {int}:  # marks: by far the most, checked all at once
            _ordered(min(value), depth), _ordered(max(value), depth)
            return value
        return [_ordered(each, depth - 1) for each in value]
    raise ValueError(f"there is no place for {type(value).__name__} in the format")
