"""A sheet's marks read all at once and one by one: the same marks, the same refusals."""

from dataclasses import replace
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer_app.core.errors import SheetRefusedError
from reviewer_app.core.mark_table import MarkTable
from reviewer_app.core.marks import scored
from reviewer_app.core.mechanics import Chosen
from reviewer_app.core.round import Change
from reviewer_app.core.scheme import Level, Scheme
from reviewer_app.sheets import cbor, cose, sheet_payload
from reviewer_app.sheets.score_sheet import open_sheet_file, verify_sheet_bytes
from tests.sheets.making import (
    EXPERT,
    Desk,
    app,
    make_application,
    make_assignment,
    make_round,
    make_scheme,
)

LIGHTER = Change("6.2", "责任书第 3 条", weight=Fraction(10))
GONE = Change("6.2", "责任书第 3 条", applicable=False)
WORDS = (
    Level("有", Fraction(100), Fraction(100)),
    Level("无", Fraction(0), Fraction(0)),
)


def other_scale(scheme: Scheme, **changes: Any) -> Scheme:
    [dimension] = scheme.dimensions
    first, *others = dimension.indicators()
    children = (replace(first, **changes), *others)
    return replace(scheme, dimensions=(replace(dimension, children=children),))


def desk(scheme: Scheme, *changes: Change) -> Desk:
    round_ = make_round(4, scheme)
    given = [make_application(number) for number in range(1, 5)]
    given[1] = replace(given[1], changes=changes)
    return Desk(round_, make_assignment(round_, tuple(given)))


HALVES = other_scale(
    make_scheme(), minimum=Fraction(1, 2), maximum=Fraction(10), step=Fraction(1, 2), levels=()
)
VAST = other_scale(
    make_scheme(), maximum=Fraction(10**12 - 1), step=Fraction(1, 10**12), levels=()
)
DESKS = {
    "plain": desk(make_scheme()),
    "halves": desk(HALVES),
    "one with another weight": desk(make_scheme(), LIGHTER),
    "one with an indicator less": desk(make_scheme(), GONE),
    "levels": desk(other_scale(make_scheme(), method=Chosen(), levels=WORDS)),
    "more steps than 64 bits": desk(VAST),
}
CODES = st.sampled_from([0, 1, 19, 20, 59, 60, 100]) | st.sampled_from([-2, -3])
WRONG = st.sampled_from(
    [-1, -4, -5, 101, 1 << 40, (1 << 63) - 1, 1 << 63, b"", b"abc", "", [], [1]]
)


def forged(seat: Desk, rows: list[Any], *, recused: bool) -> bytes:
    """Return a sheet that says these rows, signed, whatever they are."""
    sheet, _comments = open_sheet_file(SEALED[seat.round.digest, seat.assignment.digest])
    fields: Any = cbor.decode(cose.unverified_payload(sheet))
    fields[6] = rows
    if recused:
        fields[7] = [[app(3), "employment", ""]]
    return cose.sign(cbor.encode(fields), EXPERT)


def sealed(seat: Desk) -> bytes:
    marks = {number: dict(given) for number, given in seat.content().marks.items()}
    for assigned in seat.assignment.document.applications:
        number = assigned.application.number
        marks[number] = marks[number] | {"6.1": scored(10)}
        if GONE in assigned.application.changes:
            marks[number] = {code: marks[number][code] for code in ("6.1", "6.3")}
        if seat is DESKS["levels"]:
            marks[number] = marks[number] | {"6.1": scored(100)}
    return seat.seal(marks=marks)


SEALED = {(seat.round.digest, seat.assignment.digest): sealed(seat) for seat in DESKS.values()}


def read(seat: Desk, sheet: bytes) -> object:
    try:
        return verify_sheet_bytes(sheet, seat.round, seat.assignment).content.marks
    except SheetRefusedError as error:
        return error.refusal, str(error)


def one_by_one(seat: Desk, sheet: bytes) -> object:
    with pytest.MonkeyPatch.context() as slow:
        slow.setattr(sheet_payload, "decode_table", lambda *_arguments: None)
        return read(seat, sheet)


@settings(max_examples=150)
@given(
    name=st.sampled_from(list(DESKS)),
    rows=st.lists(st.lists(CODES, min_size=3, max_size=3), min_size=4, max_size=4),
    wrong=st.none() | WRONG,
    recused=st.booleans(),
    draw=st.randoms(use_true_random=False),
)
def test_both_ways_say_the_same_of_sound_and_of_broken_sheets(
    *, name: str, rows: list[Any], wrong: object, recused: bool, draw: Random
) -> None:
    seat = DESKS[name]
    if recused:
        rows[2] = []
    if wrong is not None:
        row = draw.randrange(4)
        start, end = draw.choice([(0, 0), (0, 1), (1, 2), (2, 3), (3, 3), (0, 3)])
        rows[row][start:end] = [] if draw.random() < 0.2 else [wrong]
        rows[row] = wrong if draw.random() < 0.1 else rows[row]
    sheet = forged(seat, rows, recused=recused)
    assert read(seat, sheet) == one_by_one(seat, sheet)


@pytest.mark.parametrize(
    ("name", "at_once"),
    [(name, name != "one with an indicator less") for name in DESKS],
)
def test_sheets_whose_applications_are_asked_alike_are_read_at_once(
    name: str, *, at_once: bool
) -> None:
    seat = DESKS[name]
    sheet, _comments = open_sheet_file(SEALED[seat.round.digest, seat.assignment.digest])
    found = read(seat, sheet)
    assert isinstance(found, MarkTable) is at_once
    assert found == one_by_one(seat, sheet)


def test_a_table_is_read_like_any_mapping() -> None:
    seat = DESKS["halves"]
    table: Any = read(
        seat, forged(seat, [[19, 5, -2], [0, 1, -3], [], [2, 3, 4]], recused=True)
    )
    assert isinstance(table, MarkTable)
    assert list(table) == [app(1), app(2), app(4)]
    assert (app(3) in table, app(4) in table, len(table)) == (False, True, 3)
    assert table[app(1)]["6.1"] == scored(10)
    assert table[app(2)]["6.1"] == scored(Fraction(1, 2))
    assert {mark.value for mark in table.met(0)} == {10, Fraction(1, 2), Fraction(3, 2)}
    with pytest.raises(KeyError):
        table[app(3)]
    with pytest.raises(ValueError, match="every place"):
        MarkTable([app(1)], table.columns, table.codes)


def test_a_step_beyond_64_bits_is_read_one_by_one() -> None:
    seat = DESKS["more steps than 64 bits"]
    rows = [[0, 0, 0], [1 << 63, 0, 0], [0, 0, 0], [0, 0, 0]]
    marks: Any = read(seat, forged(seat, rows, recused=False))
    assert not isinstance(marks, MarkTable)
    assert marks[app(2)]["6.1"] == scored(Fraction(1 << 63, 10**12))
