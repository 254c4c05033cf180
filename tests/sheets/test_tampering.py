"""No truncated, flipped, spliced or newly encoded sheet is ever accepted."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer_app.core.errors import SheetRefusedError
from reviewer_app.sheets import cbor
from reviewer_app.sheets.keys import ORDER
from reviewer_app.sheets.score_sheet import (
    open_sheet_file,
    sheet_file,
    verify_sheet,
    verify_sheet_bytes,
)
from tests.sheets.making import Desk, app, make_desk, rich_changes

SMALL = make_desk(1, 2)
SMALL_FILE = SMALL.seal()
REAL = make_desk(12, 24)
REAL_FILE = REAL.seal()
RICH = make_desk()
CHANGES, COMMENTS = rich_changes(RICH)
RICH_FILE = RICH.seal(COMMENTS, **CHANGES)


def accepted(data: bytes, desk: Desk) -> bool:
    try:
        verify_sheet(data, desk.round, desk.assignment)
    except SheetRefusedError:
        return False
    return True


def flipped(data: bytes, bit: int) -> bytes:
    place = bit // 8
    return data[:place] + bytes([data[place] ^ 1 << bit % 8]) + data[place + 1 :]


def test_the_sheets_of_these_tests_are_sound() -> None:
    assert accepted(SMALL_FILE, SMALL)
    assert accepted(REAL_FILE, REAL)
    assert accepted(RICH_FILE, RICH)


def test_every_truncation_is_refused() -> None:
    for data, desk in ((SMALL_FILE, SMALL), (RICH_FILE, RICH), (REAL_FILE, REAL)):
        for length in range(len(data)):
            assert not accepted(data[:length], desk), length


def test_every_flipped_bit_of_a_small_sheet_is_refused() -> None:
    for bit in range(8 * len(SMALL_FILE)):
        assert not accepted(flipped(SMALL_FILE, bit), SMALL), bit


def test_flipped_bits_of_a_real_sheet_are_refused() -> None:
    for bit in range(0, 8 * len(REAL_FILE), 5):
        assert not accepted(flipped(REAL_FILE, bit), REAL), bit


def test_every_flipped_bit_of_the_signature_is_refused() -> None:
    sheet, comments = open_sheet_file(RICH_FILE)
    for bit in range(8 * (len(sheet) - 64), 8 * len(sheet)):
        assert not accepted(sheet_file(flipped(sheet, bit), comments), RICH), bit


@settings(max_examples=150)
@given(st.data())
def test_bytes_taken_out_put_in_or_repeated_are_refused(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(RICH_FILE)))
    end = data.draw(st.integers(start, min(len(RICH_FILE), start + 40)))
    middle = data.draw(st.binary(max_size=40) | st.just(RICH_FILE[start:end] * 2))
    spliced = RICH_FILE[:start] + middle + RICH_FILE[end:]
    assert spliced == RICH_FILE or not accepted(spliced, RICH)


@settings(max_examples=60)
@given(st.binary(max_size=200))
def test_garbage_never_crashes(data: bytes) -> None:
    assert not accepted(data, SMALL)
    assert not accepted(SMALL_FILE[:20] + data, SMALL)


def test_the_other_signature_of_the_same_sheet_is_refused() -> None:
    sheet, comments = open_sheet_file(RICH_FILE)
    s = int.from_bytes(sheet[-32:])
    twin = sheet[:-32] + (ORDER - s).to_bytes(32)
    assert not accepted(sheet_file(twin, comments), RICH)


def heads(data: bytes) -> list[int]:
    """Return where a one-byte length or number in ``data`` could be written longer."""
    return [place for place, byte in enumerate(data) if byte & 31 < 24]


def lengthened(data: bytes, place: int) -> bytes:
    """Return the CBOR head at ``place`` written with one byte more than it needs."""
    byte = data[place]
    return data[:place] + bytes([byte & 0xE0 | 24, byte & 31]) + data[place + 1 :]


def test_every_longer_way_of_writing_a_number_is_refused() -> None:
    sheet, comments = open_sheet_file(RICH_FILE)
    for place in heads(RICH_FILE[:80]):
        assert not accepted(lengthened(RICH_FILE, place), RICH), place
    for place in heads(sheet):
        assert not accepted(sheet_file(lengthened(sheet, place), comments), RICH), place


@pytest.mark.parametrize("prefix", [b"\xd2", b"\xd9\xd9\xf7", b"\x81", b"\x9f"])
def test_wrapping_a_sheet_is_refused(prefix: bytes) -> None:
    sheet, comments = open_sheet_file(RICH_FILE)
    assert not accepted(prefix + RICH_FILE, RICH)
    assert not accepted(sheet_file(prefix + sheet, comments), RICH)


def test_parts_of_two_sheets_do_not_make_a_third() -> None:
    first, second = RICH.seal(), RICH.seal(COMMENTS, **CHANGES)
    sheets = [open_sheet_file(first), open_sheet_file(second)]
    (one, one_comments), (two, two_comments) = sheets
    assert not accepted(sheet_file(one, two_comments), RICH)
    assert not accepted(sheet_file(two, one_comments), RICH)
    assert not accepted(sheet_file(one[:-64] + two[-64:], one_comments), RICH)


def test_paper_is_no_weaker_than_a_file() -> None:
    sheet, _comments = open_sheet_file(SMALL_FILE)
    for bit in range(0, 8 * len(sheet), 7):
        with pytest.raises(SheetRefusedError):
            verify_sheet_bytes(flipped(sheet, bit), SMALL.round, SMALL.assignment)


def test_two_files_never_share_a_sheet_and_differ() -> None:
    """Only one file carries a given sheet: its bytes follow from sheet and comments."""
    sheet, comments = open_sheet_file(RICH_FILE)
    assert sheet_file(sheet, comments) == RICH_FILE
    assert cbor.encode({2: comments, 1: sheet, 0: "reviewer-app/scoresheet/1"}) == RICH_FILE


def test_a_recused_application_stays_without_marks() -> None:
    sheet = verify_sheet(RICH_FILE, RICH.round, RICH.assignment)
    assert app(2) not in sheet.content.marks
