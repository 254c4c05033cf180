import time
from collections.abc import Callable, Iterator
from random import Random

import cbor2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer_app.core.errors import DocumentError
from reviewer_app.sheets import cbor

LEAVES = (
    st.integers(-(1 << 64), (1 << 64) - 1)
    | st.binary(max_size=300)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
)
ITEMS = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.dictionaries(st.integers(0, (1 << 64) - 1), inner, max_size=5)
    ),
    max_leaves=20,
)


def depth(item: cbor.Item) -> int:
    if isinstance(item, list):
        return 1 + max(map(depth, item), default=0)
    if isinstance(item, dict):
        return 1 + max(map(depth, item.values()), default=0)
    return 0


@given(ITEMS)
def test_what_was_written_is_read(item: cbor.Item) -> None:
    try:
        data = cbor.encode(item)
    except ValueError:  # nested more deeply than the format allows
        assert depth(item) > cbor.MAX_DEPTH
        return
    assert cbor.decode(data) == item


@given(st.dictionaries(st.integers(0, 10_000), st.integers(), min_size=2, max_size=6))
def test_the_order_in_which_a_map_was_filled_does_not_show(table: dict[int, int]) -> None:
    small = {key: value % 1000 for key, value in table.items()}
    backwards = dict(reversed(small.items()))
    assert cbor.encode(small) == cbor.encode(backwards)


@given(st.binary(max_size=60))
def test_garbage_is_refused_or_is_the_one_form(data: bytes) -> None:
    try:
        item = cbor.decode(data)
    except DocumentError:
        return
    assert cbor.encode(item) == data


TABLES = st.builds(
    lambda code, width, height: {6: [[code + place for place in range(width)]] * height},
    st.integers(-60, 300) | st.sampled_from([2**16 - 9, 2**32 - 9, -(2**16) - 9]),
    st.sampled_from([0, 3, 24, 30]),
    st.integers(14, 40),
)
"""What sheets hold: so many rows of integers that they are passed over many at a time."""


@settings(max_examples=60)
@given(ITEMS | TABLES, st.randoms(use_true_random=False), st.sampled_from("-la+"))
def test_exactly_what_would_be_written_again_is_read(
    item: cbor.Item, draw: Random, change: str
) -> None:
    data = bytearray(cbor2.dumps(item))  # maps in any order, items in any depth
    at = draw.choice(list(heads(data)))
    if change == "l":  # a short head made longer
        data[at : at + 1] = [data[at] & 0xE0 | 24, data[at] & 31]
    elif change == "a":
        data[at : at + draw.randrange(2)] = draw.choice([b"", b"\xa1", b"\xf5", b"\x80"])
    elif change == "+":
        data += b"\x00"
    assert outcome(cbor.decode, bytes(data)) == outcome(written_again, bytes(data))


def outcome(read: Callable[[bytes], object], data: bytes) -> object:
    try:
        return read(data)
    except DocumentError as error:
        return str(error)


def written_again(data: bytes) -> object:
    """Read the way docs/formats.md says it: decode, encode again, compare."""
    if any(data[at] >> 5 >= 6 for at in heads(data)):
        raise DocumentError("it is damaged or not of this program")
    try:
        item = cbor2.loads(
            data, max_depth=8, allow_indefinite=False, allow_duplicate_keys=False
        )
        again = cbor.encode(item)
    except (cbor2.CBORDecodeError, ValueError):
        raise DocumentError("it is damaged or not of this program") from None
    if again != data:
        raise DocumentError("it is not in the one form the format allows")
    return item


def heads(data: bytes | bytearray) -> Iterator[int]:
    """Yield where each item begins."""
    at = 0
    while at < len(data):
        yield at
        kind, info = data[at] >> 5, data[at] & 31
        if info > 27:
            return
        width = 0 if info < 24 else 1 << info - 24
        length = int.from_bytes(data[at + 1 : at + 1 + width]) if width else info
        at += 1 + width + (length if kind in (2, 3) else 0)


@pytest.mark.parametrize(("more", "accepted"), [(0, True), (1, False)])
def test_a_document_has_a_hundred_thousand_items_at_most(more: int, *, accepted: bool) -> None:
    data = cbor.encode([""] * (cbor.MAX_HEADS - 1 + more))
    assert isinstance(outcome(cbor.decode, data), list) is accepted


@pytest.mark.parametrize(
    "text",
    [
        "",  # nothing
        "1817",  # 23 in two bytes
        "190017",
        "1a00000017",
        "1b0000000000000017",
        "3800",  # -1 in two bytes
        "5801ff",  # a length in two bytes
        "7801" + "61",
        "9801" + "00",
        "b801" + "0000",
        "5f41ff41ffff",  # indefinite lengths
        "7f6161ff",
        "9f00ff",
        "bf0000ff",
        "a200000000",  # a key twice
        "a201000000",  # keys descending
        "a12000",  # a negative key
        "a1616100",  # a text key
        "a1400000",  # a bytes key
        "a1f400",  # a false key
        "0000",  # a byte after the end
        "f4",
        "f5",
        "f6",
        "f7",
        "e0",
        "f90000",  # floats
        "fa00000000",
        "fb0000000000000000",
        "f97e00",
        "c000",  # tags
        "c24101",
        "c249010000000000000000",  # 2^64, which has no other form
        "c349010000000000000000",
        "d81800",
        "d9d9f700",
        "d81c80",
        "d81d00",
        "d8236128",  # a broken regular expression
        "61ff",  # not UTF-8
        "63eda080",  # a surrogate
        "1c",  # reserved
        "ff",
        "9bffffffffffffffff",  # promises of more than there is
        "5bffffffffffffffff",
        "bb00ffffffffffffff",
        "81" * 9 + "00",  # nine levels
        "81" * 100_000,
    ],
)
def test_every_other_form_is_refused(text: str) -> None:
    with pytest.raises(DocumentError):
        cbor.decode(bytes.fromhex(text))


def test_eight_levels_are_allowed() -> None:
    assert cbor.decode(bytes.fromhex("81" * 8 + "00"))


def test_too_many_bytes_are_refused_before_they_are_read() -> None:
    with pytest.raises(DocumentError, match="10 bytes"):
        cbor.decode(cbor.encode(b"x" * 20), 10)


@pytest.mark.parametrize(
    "value", [True, None, 1.5, 1 << 64, -(1 << 64) - 1, {"a": 1}, {-1: 0}, {True: 0}, {1, 2}]
)
def test_what_the_format_has_no_place_for_is_a_bug(value: cbor.Plain) -> None:
    with pytest.raises(ValueError, match=r"place|64 bits|key"):
        cbor.encode(value)


@pytest.mark.parametrize("item", ["80", "a0", "40", "60", "c1", "f4", "8100", "01", "1864"])
def test_a_flood_of_items_is_refused_at_once(item: str) -> None:
    flood = b"\x9a\x7f\xff\xff\xff" + bytes.fromhex(item) * 10_000_000
    started = time.process_time()
    with pytest.raises(DocumentError):
        cbor.decode(flood[: cbor.MAX_BYTES])
    assert time.process_time() - started < 1


@pytest.mark.parametrize(
    "text",
    [
        "c5821a3b9aca0001",  # 2 to the power of a thousand million
        "c4821a3b9aca0001",
        "c48200c25840" + "ff" * 64,
        "d8236a28612b292b24282e2b29",  # a regular expression
    ],
)
def test_tags_are_refused_before_anything_is_made_of_them(text: str) -> None:
    started = time.process_time()
    with pytest.raises(DocumentError):
        cbor.decode(bytes.fromhex(text))
    assert time.process_time() - started < 0.1


def test_the_largest_sheet_is_no_flood() -> None:
    """5,000 applications of 30 indicators."""
    assert cbor.decode(cbor.encode([[100] * 30] * 5000), 1 << 20)
