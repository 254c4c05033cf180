import random
import zlib

import base45
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer_app.core.errors import CodeError
from reviewer_app.sheets import codes
from reviewer_app.sheets.codes import JoinResult, draw, join, split
from reviewer_app.sheets.receipt import receipt
from reviewer_app.sheets.score_sheet import open_sheet_file
from tests.sheets.making import make_desk


def noise(seed: int, size: int) -> bytes:
    return random.Random(seed).randbytes(size)  # noqa: S311 - the same bytes every time


SHEET = noise(1, 3500)
OTHER = noise(2, 2500)
TEXTS = split(SHEET)


def only_sheets(result: JoinResult) -> set[bytes]:
    return {each.sheet for each in result.whole}


def code(sheet_receipt: str, index: str, total: str, piece: bytes) -> str:
    head = "RVS1" + sheet_receipt.replace("-", "")
    return f"{head}{index}{total}:{base45.b45encode(piece).decode()}."


def deflated(data: bytes) -> bytes:
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return squeezer.compress(data) + squeezer.flush()


@settings(max_examples=60)
@given(st.binary(min_size=1, max_size=5000), st.randoms())
def test_whole_sheets_come_back_in_any_order_and_twice(
    sheet: bytes, chance: random.Random
) -> None:
    texts = split(sheet) * 2
    chance.shuffle(texts)
    result = join(texts)
    assert only_sheets(result) == {sheet}
    assert not result.missing
    assert not result.foreign


def test_each_code_says_what_it_is_part_of() -> None:
    assert len(TEXTS) == 4
    head = "RVS1" + receipt(SHEET).replace("-", "")
    assert [text[:20] for text in TEXTS] == [f"{head}0{part}04" for part in range(4)]
    assert all(len(text) <= 1522 for text in TEXTS)


def test_mixed_sheets_are_kept_apart() -> None:
    texts = TEXTS + split(OTHER) + ["https://example.org/", ""]
    random.Random(3).shuffle(texts)  # noqa: S311 - the same order every time
    result = join(texts)
    assert only_sheets(result) == {SHEET, OTHER}
    assert set(result.foreign) == {"https://example.org/", ""}


def test_missing_parts_are_named_as_printed() -> None:
    result = join([TEXTS[3], TEXTS[1], *split(OTHER)])
    assert only_sheets(result) == {OTHER}
    (missing,) = result.missing
    assert (missing.receipt, missing.total, missing.missing) == (receipt(SHEET), 4, (1, 3))
    assert set(missing.texts) == {TEXTS[1], TEXTS[3]}


@pytest.mark.parametrize("left_out", range(4))
def test_every_single_missing_part_is_named(left_out: int) -> None:
    result = join(TEXTS[:left_out] + TEXTS[left_out + 1 :])
    assert result.missing[0].missing == (left_out + 1,)


def test_a_part_of_another_print_never_makes_a_mixture() -> None:
    """Of parts for one place only the one that gives the announced receipt counts."""
    foreign = code(receipt(SHEET), "01", "04", b"something else!")
    for texts in ([*TEXTS, foreign], [foreign, *TEXTS]):
        assert only_sheets(join(texts)) == {SHEET}
    pulled = [foreign, *TEXTS[:2], TEXTS[3]]
    assert join(pulled).missing[0].missing == (2, 3)
    replaced = join([TEXTS[0], foreign, *TEXTS[2:]])
    assert not replaced.whole
    assert replaced.missing[0].missing == (1, 2, 3, 4)


def test_contradicting_parts_are_tried_a_bounded_number_of_times() -> None:
    false = [
        code(receipt(SHEET), f"0{place}", "04", b"something else %d!!" % each)
        for place in range(4)
        for each in range(4)
    ]
    result = join([*TEXTS, *false])
    assert not result.whole
    assert result.missing[0].missing == (1, 2, 3, 4)


def test_a_bomb_is_refused_without_unpacking_it() -> None:
    bomb = deflated(bytes(40 << 20))
    pieces = [bomb[at : at + 1000] for at in range(0, len(bomb), 1000)]
    digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    two = [a + b for a in digits for b in digits]
    texts = [
        code("0000-0000-0000", two[index], two[len(pieces)], piece)
        for index, piece in enumerate(pieces)
    ]
    result = join(texts)
    assert not result.whole
    assert len(result.missing[0].missing) == len(pieces)


def test_a_sheet_under_a_false_receipt_is_not_believed() -> None:
    whole = join([code("0000-0000-0000", "00", "01", deflated(b"sheet"))])
    assert not whole.whole
    assert join([code(receipt(b"sheet"), "00", "01", deflated(b"sheet"))]).whole
    trailing = code(receipt(b"sheet"), "00", "01", deflated(b"sheet") + b"xx")
    assert not join([trailing]).whole


@pytest.mark.parametrize(
    "text",
    [
        TEXTS[0][:-1],
        TEXTS[0] + " ",
        TEXTS[0].lower(),
        TEXTS[0].replace("RVS1", "RVS2"),
        TEXTS[0].replace(":", ";", 1),
        "RVS1" + "U" * 12 + "0001:BB8.",
        "RVS1" + "0" * 12 + "0101:BB8.",
        "RVS1" + "0" * 12 + "0000:BB8.",
        "RVS1" + "0" * 12 + "0001::::.",
        "RVS1" + "0" * 12 + "0001:" + "0" * 1600 + ".",
        "RVS1" + "0" * 12 + "0001:.",
    ],
)
def test_what_is_no_code_of_ours_is_foreign(text: str) -> None:
    assert join([text]).foreign == (text,)


@settings(max_examples=150)
@given(st.text(max_size=60) | st.text("RVS10:. ABC%", max_size=80).map("RVS1".__add__))
def test_garbage_never_crashes(text: str) -> None:
    result = join([text])
    assert not result.whole
    assert len(result.foreign) + len(result.missing) == 1


def test_twelve_applications_fit_one_code() -> None:
    sheet, _comments = open_sheet_file(make_desk(12, 24).seal())
    texts = split(sheet)
    assert len(texts) == 1
    assert only_sheets(join(texts)) == {sheet}


def test_a_sheet_too_large_for_paper_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codes, "MAX_PARTS", 3)
    with pytest.raises(CodeError, match="too large"):
        split(SHEET)


def test_a_drawn_code_is_square_and_has_its_corners() -> None:
    matrix = draw(TEXTS[0])
    assert {len(row) for row in matrix} == {len(matrix)}
    corner = [row[:7] for row in matrix[:7]]
    assert all(corner[0])
    assert not any(corner[1][1:6])
    assert all(corner[3][2:5])
