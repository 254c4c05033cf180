"""What a sheet says, and every reason for which one is refused."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer_app.core.errors import DocumentError, MarkError, Refusal, SheetRefusedError
from reviewer_app.core.intervals import Interval, read_interval
from reviewer_app.core.marks import ABSTAINED, MISSING, NOT_APPLICABLE, Mark, scored
from reviewer_app.core.mechanics import Chosen, Figure, Judged, Linear
from reviewer_app.core.round import Change, Specialism
from reviewer_app.core.scheme import Dimension, Level, Pick, Scheme
from reviewer_app.core.votes import Choice, Vote
from reviewer_app.sheets import cbor, cose
from reviewer_app.sheets.receipt import receipt
from reviewer_app.sheets.score_sheet import (
    Recusal,
    Remark,
    effective_schemes,
    enrolled,
    open_sheet_file,
    read_signed_sheet,
    sheet_file,
    verify_sheet,
    verify_sheet_bytes,
)
from tests.sheets.making import (
    EXPERT,
    NOON,
    OTHER,
    SECRET,
    Desk,
    app,
    make_application,
    make_assignment,
    make_desk,
    make_expert,
    make_round,
    make_scheme,
    rich_changes,
)

DESK = make_desk()
CHANGES, COMMENTS = rich_changes(DESK)
FILE = DESK.seal(COMMENTS, **CHANGES)
SHEET, COMMENT_BYTES = open_sheet_file(FILE)
Fields = dict[int, Any]


def refusal(data: bytes, desk: Desk = DESK) -> tuple[Refusal, str]:
    with pytest.raises(SheetRefusedError) as caught:
        verify_sheet(data, desk.round, desk.assignment)
    assert "\n" not in str(caught.value)
    return caught.value.refusal, str(caught.value)


def resigned(change: Callable[[Fields], object], comments: bytes = COMMENT_BYTES) -> bytes:
    """Return the file after a dishonest program changed its payload and signed it again."""
    fields: Any = cbor.decode(cose.unverified_payload(SHEET))
    fields[9] = hashlib.sha256(comments).digest()
    change(fields)
    return sheet_file(cose.sign(cbor.encode(fields), EXPERT), comments)


def unchanged(_fields: Fields) -> None: ...


def test_a_sheet_says_after_verifying_what_was_sealed() -> None:
    sheet = verify_sheet(FILE, DESK.round, {DESK.assignment.digest: DESK.assignment})
    assert sheet.content == DESK.content(**CHANGES)
    assert sheet.comments == COMMENTS
    assert sheet.comments_bytes == COMMENT_BYTES
    assert sheet_file(sheet.sheet, COMMENT_BYTES) == FILE
    assert sheet.digest == hashlib.sha256(SHEET).digest()
    assert sheet.receipt == receipt(SHEET)
    assert sheet.public_key == EXPERT.public
    assert sheet.assignment == DESK.assignment


def test_the_same_content_is_the_same_file() -> None:
    assert DESK.seal(COMMENTS, **CHANGES) == FILE
    assert (
        DESK.seal(COMMENTS, **CHANGES | {"signed_at": datetime(2027, 1, 1, tzinfo=UTC)}) != FILE
    )


def test_paper_alone_is_complete_but_for_the_comments() -> None:
    sheet = verify_sheet_bytes(SHEET, DESK.round, DESK.assignment)
    assert sheet.comments is None
    assert sheet.content == verify_sheet(FILE, DESK.round, DESK.assignment).content


def test_a_lone_sheet_shows_what_it_claims() -> None:
    signed = read_signed_sheet(SHEET)
    assert (signed.stage, signed.revision, signed.receipt) == (1, 1, receipt(SHEET))
    assert signed.signed_at == NOON


def test_the_receipt_is_sixty_bits_of_the_digest() -> None:
    bits = int.from_bytes(hashlib.sha256(b"sheet").digest()[:8]) >> 4
    alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    expected = "".join(alphabet[bits >> (5 * place) & 31] for place in range(11, -1, -1))
    assert receipt(b"sheet").replace("-", "") == expected
    assert [len(part) for part in receipt(b"sheet").split("-")] == [4, 4, 4]


def test_only_who_opened_the_pack_is_enrolled() -> None:
    sheet = verify_sheet(FILE, DESK.round, DESK.assignment)
    assert enrolled(sheet, SECRET)
    assert not enrolled(sheet, bytes(32))
    stolen = verify_sheet(
        resigned(lambda f: f.update({11: bytes(32)})), DESK.round, DESK.assignment
    )
    assert not enrolled(stolen, SECRET)


MARKS = st.one_of(st.integers(0, 100).map(scored), st.just(NOT_APPLICABLE), st.just(ABSTAINED))


@settings(max_examples=40)
@given(st.lists(st.lists(MARKS, min_size=3, max_size=3), min_size=3, max_size=3), st.text())
def test_any_marks_and_any_text_come_back(rows: list[list[Mark]], text: str) -> None:
    marks = {
        app(row + 1): {f"6.{place + 1}": mark for place, mark in enumerate(given_marks)}
        for row, given_marks in enumerate(rows)
    }
    comments = {app(1): {"6.1": Remark(text, text, (text,))}}
    data = DESK.seal(comments, marks=marks)
    sheet = verify_sheet(data, DESK.round, DESK.assignment)
    assert sheet.content.marks == marks
    assert sheet.comments == comments


def test_empty_remarks_leave_no_trace() -> None:
    empty = DESK.seal({app(1): {"6.1": Remark()}})
    assert empty == DESK.seal({})
    assert open_sheet_file(empty)[1] == b"{}"


def test_a_lone_surrogate_in_a_comment_is_one_clear_line() -> None:
    with pytest.raises(DocumentError, match="cannot be written"):
        DESK.seal({app(1): {"6.1": Remark("\ud800")}})


# --- what cannot be sealed


@pytest.mark.parametrize(
    ("mark", "sentence"),
    [
        (MISSING, "Application 03, indicator 6.2: the mark is missing"),
        (scored(101), r"Application 03, indicator 6.2: 101 is outside 0–100"),
        (scored(-1), r"Application 03, indicator 6.2: -1 is outside"),
        (scored(Fraction(1, 2)), r"Application 03, indicator 6.2: 0.5 is not a multiple"),
    ],
)
def test_a_missing_or_wrong_mark_cannot_be_sealed(mark: Mark, sentence: str) -> None:
    marks = dict(DESK.content().marks)
    marks[app(3)] = {**marks[app(3)], "6.2": mark}
    with pytest.raises(MarkError, match=sentence):
        DESK.seal(marks=marks)


def test_a_missing_application_cannot_be_sealed() -> None:
    marks = dict(DESK.content().marks)
    del marks[app(2)]
    with pytest.raises(MarkError, match=r"Application 02, indicator 6.1: the mark is missing"):
        DESK.seal(marks=marks)


def test_marks_of_nothing_in_the_pack_cannot_be_sealed() -> None:
    marks = dict(DESK.content().marks)
    with pytest.raises(MarkError, match="Application 09 is not in this pack"):
        DESK.seal(marks=marks | {app(9): marks[app(1)]})
    with pytest.raises(MarkError, match=r"6.9: there is no such indicator"):
        DESK.seal(marks=marks | {app(1): {**marks[app(1)], "6.9": scored(1)}})
    with pytest.raises(MarkError, match="02 is recused and must not be scored"):
        DESK.seal(recusals={app(2): Recusal("control")})


@pytest.mark.parametrize(
    "changes",
    [
        {"revision": 2},
        {"revision": 2, "reason": "改分"},
        {"revision": 2, "previous": bytes(32)},
        {"previous": bytes(32)},
        {"reason": "改分"},
        {"revision": 0},
        {"stage": 0},
        {"stage": 10},
        {"previous": bytes(5), "revision": 2, "reason": "改分"},
        {"round_digest": bytes(32)},
        {"assignment_digest": bytes(32)},
    ],
)
def test_what_the_bureau_would_refuse_cannot_be_sealed(changes: dict[str, Any]) -> None:
    with pytest.raises(SheetRefusedError):
        DESK.seal(**changes)


def test_a_comment_on_a_recused_application_cannot_be_sealed() -> None:
    marks = {key: value for key, value in DESK.content().marks.items() if key != app(2)}
    with pytest.raises(SheetRefusedError) as caught:
        DESK.seal(
            {app(2): {"6.1": Remark("!")}}, marks=marks, recusals={app(2): Recusal("control")}
        )
    assert caught.value.refusal is Refusal.RECUSED


# --- what is refused


@pytest.mark.parametrize(
    ("change", "expected", "sentence"),
    [
        (
            lambda f: f[6][0].__setitem__(1, -1),
            Refusal.INCOMPLETE,
            "01, indicator 6.2: the mark",
        ),
        (lambda f: f[6][2].pop(), Refusal.INCOMPLETE, "application 03 has 2 marks"),
        (lambda f: f[6][2].append(1), Refusal.INCOMPLETE, "application 03 has 4 marks"),
        (lambda f: f[6].pop(), Refusal.INCOMPLETE, "2 applications instead of 3"),
        (lambda f: f[6][0].__setitem__(1, -4), Refusal.INCOMPLETE, "indicator 6.2"),
        (lambda f: f[6][2].__setitem__(0, 101), Refusal.OUT_OF_RANGE, "03, indicator 6.1"),
        (lambda f: f[6][2].__setitem__(0, 2**63), Refusal.OUT_OF_RANGE, "maximum of 100"),
        (lambda f: f[6][2].__setitem__(0, -5), Refusal.MALFORMED, "no mark code -5"),
        (lambda f: f[6][2].__setitem__(0, "77"), Refusal.MALFORMED, "not an integer"),
        (lambda f: f[6][2].__setitem__(0, [1]), Refusal.MALFORMED, "not an integer"),
        (lambda f: f[6].__setitem__(2, 7), Refusal.MALFORMED, "marks are not"),
        (lambda f: f[6].__setitem__(1, [1, 2, 3]), Refusal.RECUSED, "application 02"),
        (lambda f: f[8].insert(1, ["02", 1, ""]), Refusal.RECUSED, "application 02"),
        (lambda f: f[7].pop(), Refusal.INCOMPLETE, "application 02 has 0 marks"),
        (lambda f: f[7].append(["09", "control", ""]), Refusal.MALFORMED, "once and in order"),
        (lambda f: f[7].append(f[7][0]), Refusal.MALFORMED, "once and in order"),
        (lambda f: f[8].reverse(), Refusal.MALFORMED, "once and in order"),
        (lambda f: f[7][0].__setitem__(1, "dislike"), Refusal.MALFORMED, "dislike"),
        (lambda f: f[7][0].__setitem__(1, ""), Refusal.MALFORMED, "no ground"),
        (lambda f: f[7][0].pop(), Refusal.MALFORMED, "a recusal"),
        (lambda f: f[8][0].__setitem__(1, 4), Refusal.MALFORMED, "a vote"),
        (lambda f: f[8].append(7), Refusal.MALFORMED, "a vote"),
        (lambda f: f.update({14: 0}), Refusal.MALFORMED, "fields"),
        (lambda f: f.pop(8), Refusal.MALFORMED, "fields"),
        (lambda f: f.update({0: "reviewer-app/sheet/2"}), Refusal.MALFORMED, "version"),
        (lambda f: f.update({3: 10}), Refusal.MALFORMED, "field 3"),
        (lambda f: f.update({4: 0}), Refusal.MALFORMED, "field 4"),
        (lambda f: f.update({4: 2}), Refusal.MALFORMED, "a later revision"),
        (lambda f: f.update({5: bytes(31)}), Refusal.MALFORMED, "field 5"),
        (lambda f: f.update({12: -1}), Refusal.MALFORMED, "field 12"),
        (lambda f: f.update({12: 2**40}), Refusal.MALFORMED, "field 12"),
        (lambda f: f.update({13: "x"}), Refusal.MALFORMED, "a later revision"),
        (lambda f: f.update({13: b""}), Refusal.MALFORMED, "field 13"),
        (lambda f: f.update({11: b""}), Refusal.MALFORMED, "field 11"),
        (lambda f: f.update({10: OTHER.public}), Refusal.BAD_SIGNATURE, "signature"),
        (lambda f: f.update({10: b"\2" + bytes(32)}), Refusal.BAD_SIGNATURE, "signature"),
        (lambda f: f.update({10: b"\2" + b"\xff" * 32}), Refusal.BAD_SIGNATURE, "key"),
        (lambda f: f.update({10: bytes(33)}), Refusal.BAD_SIGNATURE, "key"),
        (lambda f: f.update({10: bytes(65)}), Refusal.MALFORMED, "field 10"),
        (lambda f: f.update({1: bytes(32)}), Refusal.OTHER_ROUND, "another round"),
        (lambda f: f.update({2: bytes(32)}), Refusal.OTHER_ASSIGNMENT, "assignment"),
        (lambda f: f.update({9: bytes(32)}), Refusal.COMMENTS_ALTERED, "comments"),
    ],
)
def test_a_dishonest_sheet_is_refused_with_its_reason(
    change: Callable[[Fields], object], expected: Refusal, sentence: str
) -> None:
    found, words = refusal(resigned(change))
    assert (found, sentence in words) == (expected, True), words


def test_a_sheet_of_another_expert_or_round_is_refused() -> None:
    other_round = make_round(title="另一场")
    stranger = Desk(other_round, make_assignment(other_round))
    assert refusal(stranger.seal())[0] is Refusal.OTHER_ROUND
    neighbour = Desk(DESK.round, make_assignment(DESK.round, expert=make_expert(3)))
    assert refusal(neighbour.seal())[0] is Refusal.OTHER_ASSIGNMENT


@pytest.mark.parametrize(
    ("comments", "expected"),
    [
        (b"{} ", Refusal.MALFORMED),
        (b"[]", Refusal.MALFORMED),
        (b"", Refusal.MALFORMED),
        (b'{"01":{}}', Refusal.MALFORMED),
        (b'{"01":[]}', Refusal.MALFORMED),
        (b'{"01":{"6.1":{}}}', Refusal.MALFORMED),
        (b'{"01":{"6.1":{"citations":[],"comment":"","reason":""}}}', Refusal.MALFORMED),
        (b'{"01":{"6.1":{"citations":[1],"comment":"x","reason":""}}}', Refusal.MALFORMED),
        (b'{"01":{"6.1":{"citations":"","comment":"x","reason":""}}}', Refusal.MALFORMED),
        (b'{"01":{"6.1":{"citations":[],"comment":1,"reason":""}}}', Refusal.MALFORMED),
        (b'{"01":{"6.9":{"citations":[],"comment":"x","reason":""}}}', Refusal.MALFORMED),
        (b'{"09":{"6.1":{"citations":[],"comment":"x","reason":""}}}', Refusal.MALFORMED),
        (b'{"02":{"6.1":{"citations":[],"comment":"x","reason":""}}}', Refusal.RECUSED),
    ],
)
def test_comments_in_any_other_form_are_refused(comments: bytes, expected: Refusal) -> None:
    assert refusal(resigned(unchanged, comments))[0] is expected


def test_the_public_json_corpus_is_refused_as_comments(fixtures: Path) -> None:
    files = sorted((fixtures / "corpora" / "json").glob("*.json"))
    assert files
    for file in files:
        data = file.read_bytes()
        if data != b"{}":  # which says: no comments
            assert refusal(resigned(unchanged, data))[0] is Refusal.MALFORMED, file.name


def test_comments_cannot_be_exchanged_or_left_out() -> None:
    assert refusal(sheet_file(SHEET, b"{}"))[0] is Refusal.COMMENTS_ALTERED
    without: cbor.Plain = {0: "reviewer-app/scoresheet/1", 1: SHEET}
    assert refusal(cbor.encode(without))[0] is Refusal.COMMENTS_MISSING


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04",
        FILE + b"\0",
        SHEET,
        cbor.encode({0: "reviewer-app/scoresheet/2", 1: SHEET, 2: b"{}"}),
        cbor.encode({0: "reviewer-app/scoresheet/1", 1: SHEET, 2: COMMENT_BYTES, 3: b""}),
        cbor.encode({0: "reviewer-app/scoresheet/1", 1: SHEET, 2: "{}"}),
        cbor.encode({0: "reviewer-app/scoresheet/1", 1: b"", 2: b"{}"}),
        cbor.encode([SHEET, COMMENT_BYTES]),
        sheet_file(bytes(2 << 20), b"{}"),
        bytes(21 << 20),
    ],
)
def test_a_file_in_any_other_form_is_refused(data: bytes) -> None:
    assert refusal(data)[0] is Refusal.MALFORMED


# --- schemes that are not the same for all


def one_changed(scheme: Scheme, position: int, **changes: Any) -> Scheme:
    dimension = scheme.dimensions[0]
    children = list(dimension.children)
    children[position] = replace(children[position], **changes)
    return replace(scheme, dimensions=(replace(dimension, children=tuple(children)),))


def test_an_indicator_that_does_not_apply_has_no_place_in_the_sheet() -> None:
    change = Change("6.2", "责任书第 3 条", applicable=False)
    applications = (replace(make_application(1), changes=(change,)), make_application(2))
    desk = Desk(DESK.round, make_assignment(DESK.round, applications))
    assert [
        len(s.indicators()) for s in effective_schemes(desk.round, desk.assignment).values()
    ]
    marks = dict(desk.content().marks)
    with pytest.raises(MarkError, match=r"6.2: there is no such indicator"):
        desk.seal(marks=marks)
    marks[app(1)] = {"6.1": scored(70), "6.3": scored(80)}
    sheet = verify_sheet(desk.seal(marks=marks), desk.round, desk.assignment)
    assert sheet.content.marks == marks
    assert [len(row) for row in sheet_rows(sheet.sheet)] == [2, 3]


def sheet_rows(sheet: bytes) -> list[list[int]]:
    fields: Any = cbor.decode(cose.unverified_payload(sheet))
    rows: list[list[int]] = fields[6]
    return rows


BY_FIGURE = Linear(Figure("6.2"), ((Fraction(0), Fraction(0)), (Fraction(10), Fraction(100))))


@pytest.mark.parametrize(
    "change",
    [
        {"method": BY_FIGURE, "levels": ()},
        {"specialisms": (Specialism.FINANCE.value,)},
    ],
)
def test_an_indicator_that_is_not_asked_carries_its_own_code(change: dict[str, Any]) -> None:
    round_ = make_round(scheme=one_changed(make_scheme(), 1, **change))
    desk = Desk(round_, make_assignment(round_, (make_application(1),)))
    marks = {app(1): {"6.1": scored(70), "6.3": scored(80)}}
    data = desk.seal(marks=marks)
    sheet = verify_sheet(data, desk.round, desk.assignment)
    assert sheet_rows(sheet.sheet) == [[70, -4, 80]]
    assert sheet.content.marks == marks
    with pytest.raises(MarkError, match=r"6.2: this expert gives no mark"):
        desk.seal(marks={app(1): marks[app(1)] | {"6.2": scored(1)}})
    fields: Any = cbor.decode(cose.unverified_payload(sheet.sheet))
    fields[6][0][1] = 50
    forged = sheet_file(cose.sign(cbor.encode(fields), EXPERT), b"{}")
    assert refusal(forged, desk)[0] is Refusal.OUT_OF_RANGE


def graded(**conditions: Interval | None) -> tuple[Level, ...]:
    """Return two levels, 0–59 and 60–100, with what a figure must be for each."""
    return (
        Level("高", Fraction(60), Fraction(100), when=conditions.get("high")),
        Level("低", Fraction(0), Fraction(59), when=conditions.get("low")),
    )


GUIDED = {
    "method": Judged(Figure("6.1")),
    "levels": graded(high=read_interval(">=6"), low=read_interval("<6")),
}
CHOSEN = {
    "method": Chosen(),
    "levels": (
        Level("有", Fraction(100), Fraction(100)),
        Level("无", Fraction(0), Fraction(0)),
    ),
}


@pytest.mark.parametrize(
    ("change", "inside", "outside"), [(GUIDED, 60, 59), (CHOSEN, 100, 99), (CHOSEN, 0, 1)]
)
def test_a_mark_outside_the_open_level_is_refused_on_both_sides(
    change: dict[str, Any], inside: int, outside: int
) -> None:
    """The application claims 6 for 6.1, which decides the level of the guided indicator."""
    round_ = make_round(scheme=one_changed(make_scheme(), 1, **change))
    desk = Desk(round_, make_assignment(round_, (make_application(1),)))
    marks = {app(1): {"6.1": scored(70), "6.2": scored(inside), "6.3": scored(80)}}
    sheet = verify_sheet(desk.seal(marks=marks), desk.round, desk.assignment)
    assert sheet.content.marks == marks
    with pytest.raises(MarkError, match=rf"6.2: {outside} is in none of the levels"):
        desk.seal(marks={app(1): marks[app(1)] | {"6.2": scored(outside)}})
    fields: Any = cbor.decode(cose.unverified_payload(sheet.sheet))
    fields[6][0][1] = outside
    forged = sheet_file(cose.sign(cbor.encode(fields), EXPERT), b"{}")
    found, words = refusal(forged, desk)
    assert found is Refusal.OUT_OF_RANGE
    assert f"01, indicator 6.2: {outside} is in none" in words


def test_two_answers_to_a_choice_of_one_are_refused_on_both_sides() -> None:
    """Accepted, such a sheet would leave the closed round without any result."""
    given = make_scheme()
    (whole,) = given.dimensions
    pair = tuple(replace(each, weight=Fraction(50)) for each in whole.children[:2])
    choice = Dimension("5", "二选一", "", pair, pick=Pick.ONE, weight=Fraction(50))
    rest = replace(whole, children=(replace(whole.children[2], weight=Fraction(50)),))
    round_ = make_round(scheme=replace(given, dimensions=(choice, rest)))
    desk = Desk(round_, make_assignment(round_, (make_application(1),)))
    marks = {app(1): {"6.1": NOT_APPLICABLE, "6.2": scored(70), "6.3": scored(80)}}
    sheet = verify_sheet(desk.seal(marks=marks), desk.round, desk.assignment)
    with pytest.raises(SheetRefusedError, match=r"only one of 6\.1, 6\.2 may be scored"):
        desk.seal(marks={app(1): marks[app(1)] | {"6.1": scored(1)}})
    fields: Any = cbor.decode(cose.unverified_payload(sheet.sheet))
    fields[6][0][0] = 1
    forged = sheet_file(cose.sign(cbor.encode(fields), EXPERT), b"{}")
    found, words = refusal(forged, desk)
    assert found is Refusal.OUT_OF_RANGE
    assert "application 01: 5 二选一" in words


def test_a_figure_nobody_claimed_leaves_every_level_open() -> None:
    round_ = make_round(scheme=one_changed(make_scheme(), 1, **GUIDED))
    bare = replace(make_application(1), facts=())
    desk = Desk(round_, make_assignment(round_, (bare,)))
    marks = {app(1): {"6.1": scored(70), "6.2": scored(3), "6.3": scored(80)}}
    assert verify_sheet(desk.seal(marks=marks), desk.round, desk.assignment)


def test_marks_count_steps_above_the_minimum() -> None:
    scale = {
        "minimum": Fraction(10),
        "maximum": Fraction(20),
        "step": Fraction(1, 2),
        "levels": (),
    }
    round_ = make_round(scheme=one_changed(make_scheme(), 0, **scale))
    desk = Desk(round_, make_assignment(round_, (make_application(1),)))
    marks = {app(1): {"6.1": scored(Fraction(23, 2)), "6.2": scored(0), "6.3": scored(100)}}
    sheet = verify_sheet(desk.seal(marks=marks), desk.round, desk.assignment)
    assert sheet_rows(sheet.sheet) == [[3, 0, 100]]
    assert sheet.content.marks == marks


def test_votes_and_reservations_come_back() -> None:
    votes = {app(3): Vote(Choice.ABSTAIN, "信息不足"), app(1): Vote(Choice.REJECT)}
    sheet = verify_sheet(DESK.seal(votes=votes), DESK.round, DESK.assignment)
    assert sheet.content.votes == votes
