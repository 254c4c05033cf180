from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer_app.core.errors import ArchiveError
from reviewer_app.sheets import json_text
from reviewer_app.sheets.log import (
    EMPTY_HEAD,
    LogEntry,
    check_log,
    line_hash,
    next_line,
    read_line,
)
from tests.sheets.making import NOON


def make_log(count: int = 5) -> list[bytes]:
    lines: list[bytes] = []
    for number in range(count):
        entry = LogEntry(NOON + timedelta(seconds=number), "sheet-received", {"n": number})
        lines.append(next_line(lines[-1] if lines else None, entry))
    return lines


LINES = make_log()


def test_the_head_is_the_hash_of_the_last_line() -> None:
    assert check_log([]) == EMPTY_HEAD
    assert check_log(LINES) == line_hash(LINES[-1])
    assert b"\n" not in b"".join(LINES)


def test_a_line_says_what_was_written() -> None:
    line = read_line(LINES[2])
    assert line.entry == LogEntry(NOON + timedelta(seconds=2), "sheet-received", {"n": 2})
    assert (line.sequence, line.previous) == (3, line_hash(LINES[1]))


def test_times_are_written_in_utc() -> None:
    local = datetime(2026, 11, 21, 12, 0, tzinfo=timezone(timedelta(hours=8)))
    assert b'"at":"2026-11-21T04:00:00Z"' in next_line(None, LogEntry(local, "x"))


@settings(max_examples=50)
@given(
    st.lists(
        st.dictionaries(
            st.text(st.characters(exclude_categories=["Cs"]), max_size=5),
            st.integers(-(2**50), 2**50) | st.text(st.characters(exclude_categories=["Cs"])),
            max_size=3,
        ),
        max_size=5,
    )
)
def test_any_details_make_an_unbroken_log(all_details: list[dict[str, int | str]]) -> None:
    lines: list[bytes] = []
    for details in all_details:
        lines.append(next_line(lines[-1] if lines else None, LogEntry(NOON, "x", details)))
    check_log(lines)
    assert [read_line(line).entry.details for line in lines] == all_details


def test_a_line_changed_removed_repeated_or_moved_is_found() -> None:
    other = next_line(LINES[1], LogEntry(datetime(2030, 1, 1, tzinfo=UTC), "x"))
    for broken in (
        LINES[1:],
        LINES[:2] + LINES[3:],
        [LINES[1], LINES[0], *LINES[2:]],
        [*LINES[:2], LINES[1], *LINES[2:]],
        [*LINES[:2], other, *LINES[3:]],
    ):
        with pytest.raises(ArchiveError, match=r"^Log line \d: a line before it"):
            check_log(broken)


def test_every_flipped_bit_but_in_the_last_line_is_found() -> None:
    for bit in range(8 * len(LINES[1])):
        data = bytearray(LINES[1])
        data[bit // 8] ^= 1 << bit % 8
        with pytest.raises(ArchiveError):
            check_log([LINES[0], bytes(data), *LINES[2:]])


@pytest.mark.parametrize(
    "change",
    [
        {"sequence": "1"},
        {"sequence": True},
        {"details": []},
        {"details": {"a": None}},
        {"details": {"a": [1]}},
        {"event": 1},
        {"at": "2026-11-21"},
        {"at": "2026-11-21T4:00:00Z"},
        {"previous": 0},
        {"more": ""},
    ],
)
def test_what_is_no_line_is_said(change: dict[str, object]) -> None:
    line = json_text.encode(json_text.decode(LINES[0]) | change)
    with pytest.raises(ArchiveError, match="Log line 1: it is not a line"):
        check_log([line])


@pytest.mark.parametrize("line", [b"", b"{}", b"[]", b"null", LINES[0] + b"\n", b"\xff"])
def test_garbage_is_no_line(line: bytes) -> None:
    with pytest.raises(ArchiveError):
        check_log([line])
