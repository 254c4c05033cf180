from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from reviewer_app.core.errors import InputError, MarkError, NotFoundError, RoundStateError
from reviewer_app.core.marks import ABSTAINED, MISSING, NOT_APPLICABLE, scored
from reviewer_app.core.scheme import Dimension, Indicator, Pick, Scheme
from reviewer_app.services.desk import Desk
from reviewer_app.services.desk_scoring import (
    Remarks,
    begin_revision,
    put_mark,
    put_note,
    put_remarks,
)
from reviewer_app.services.desk_signing import sign
from reviewer_app.services.desk_status import desk_status
from reviewer_app.services.recusal import recuse
from tests.services.laptop import NOON, Laptop, Pack, score_all
from tests.sheets.making import app, make_scheme


@pytest.fixture
def laptop(tmp_path: Path) -> Iterator[Laptop]:
    with Laptop(tmp_path / "home") as machine:
        yield machine


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    return Pack(tmp_path)


@pytest.fixture
def desk(laptop: Laptop, pack: Pack) -> Desk:
    return laptop.open(pack)


def test_every_state_survives_a_restart(laptop: Laptop, pack: Pack, desk: Desk) -> None:
    given = {"6.1": scored(0), "6.2": NOT_APPLICABLE, "6.3": ABSTAINED}
    for code, mark in given.items():
        put_mark(desk, app(1), code, mark, NOON)
    put_mark(desk, app(2), "6.1", scored(77), NOON)
    put_mark(desk, app(2), "6.1", MISSING, NOON)
    with laptop.open_again(pack).unit() as unit:
        found = {(record.application, record.indicator): record.mark for record in unit.marks()}
    assert found == {(app(1), code): mark for code, mark in given.items()} | {
        (app(2), "6.1"): MISSING
    }


@pytest.mark.parametrize(
    ("points", "sentence"),
    [
        (Fraction(101), "6.1: 101 is outside 0–100"),
        (Fraction(-1), "6.1: -1 is outside 0–100"),
        (Fraction(1, 2), "6.1: 0.5 is not a multiple of the step 1"),
    ],
)
def test_a_mark_off_the_scale_is_refused_and_nothing_changes(
    desk: Desk, points: Fraction, sentence: str
) -> None:
    put_mark(desk, app(1), "6.1", scored(60), NOON)
    with pytest.raises(MarkError, match=f"^{sentence}$"):
        put_mark(desk, app(1), "6.1", scored(points), NOON)
    with desk.unit() as unit:
        record = unit.mark(app(1), "6.1")
    assert record is not None
    assert record.mark == scored(60)


def test_unknown_indicators_and_applications_are_refused(desk: Desk) -> None:
    with pytest.raises(MarkError, match=r"no indicator 9\.9 for application 01"):
        put_mark(desk, app(1), "9.9", scored(60), NOON)
    with pytest.raises(MarkError, match=r"no indicator 6\.1 for application 77"):
        put_mark(desk, app(77), "6.1", scored(60), NOON)


def test_remarks_and_marks_do_not_touch_each_other(desk: Desk) -> None:
    remarks = Remarks("评语\n两行", "理由", ("建设方案.pdf#2",))
    put_remarks(desk, app(1), "6.1", remarks, NOON)
    put_mark(desk, app(1), "6.1", scored(55), NOON + timedelta(seconds=1))
    with desk.unit() as unit:
        record = unit.mark(app(1), "6.1")
    assert record is not None
    assert (record.comment, record.reason, record.citations) == (
        remarks.comment,
        remarks.reason,
        remarks.citations,
    )
    put_remarks(desk, app(1), "6.1", Remarks(), NOON)
    with desk.unit() as unit:
        record = unit.mark(app(1), "6.1")
    assert record is not None
    assert (record.mark, record.comment) == (scored(55), "")


@pytest.mark.parametrize(
    "remarks", [Remarks(comment="a\x00b"), Remarks(reason="\ud800"), Remarks(citations=("",))]
)
def test_texts_that_cannot_be_stored_are_refused(desk: Desk, remarks: Remarks) -> None:
    with pytest.raises(InputError, match=r"^01 6\.1"):
        put_remarks(desk, app(1), "6.1", remarks, NOON)


def test_notes_stay_private_and_go_with_a_recused_application(desk: Desk) -> None:
    put_note(desk, app(1), "只给自己看")
    with desk.unit() as unit:
        assert unit.note(app(1)) == "只给自己看"
    recuse(desk, "01", ["office"], "", NOON)
    with desk.unit() as unit:
        assert unit.note(app(1)) == ""
    with pytest.raises(NotFoundError):
        put_note(desk, app(1), "again")


def test_a_signed_desk_is_locked_until_a_revision_is_begun(desk: Desk, tmp_path: Path) -> None:
    assert not begin_revision(desk)
    score_all(desk)
    sign(desk, tmp_path, "", NOON)
    with pytest.raises(RoundStateError, match="begin a new revision"):
        put_mark(desk, app(1), "6.1", scored(81), NOON)
    with pytest.raises(RoundStateError, match="begin a new revision"):
        put_remarks(desk, app(1), "6.1", Remarks("x"), NOON)
    put_note(desk, app(1), "a note is no part of the sheet")
    assert begin_revision(desk)
    put_mark(desk, app(1), "6.1", scored(81), NOON)
    assert not desk_status(desk).locked


def test_the_status_tells_the_four_states_apart(desk: Desk) -> None:
    for code, mark in {"6.1": scored(90), "6.2": NOT_APPLICABLE}.items():
        put_mark(desk, app(1), code, mark, NOON)
    put_mark(desk, app(2), "6.1", ABSTAINED, NOON)
    put_mark(desk, app(2), "6.2", scored(0), NOON)
    put_mark(desk, app(2), "6.3", scored(60), NOON)
    one, two, three = desk_status(desk).applications
    assert (one.scored, one.not_applicable, one.abstained, one.missing) == (1, 1, 0, ("6.3",))
    assert (two.scored, two.not_applicable, two.abstained, two.missing) == (2, 0, 1, ())
    assert two.reasons_missing == ("6.2",)
    assert (two.total, two.shown) == (Fraction(30), "30.00")
    assert (three.scored, three.total, three.shown) == (0, None, None)
    assert three.missing == ("6.1", "6.2", "6.3")
    assert not one.complete
    put_remarks(desk, app(2), "6.2", Remarks(reason="没有材料"), NOON)
    assert desk_status(desk).applications[1].complete


def test_a_blank_reason_is_none(desk: Desk) -> None:
    put_mark(desk, app(1), "6.1", scored(10), NOON)
    put_remarks(desk, app(1), "6.1", Remarks(reason=" \n"), NOON)
    assert desk_status(desk).applications[0].reasons_missing == ("6.1",)


def with_first(leaf: Indicator, indicators: int) -> Scheme:
    """Return the test scheme with another first indicator."""
    scheme = make_scheme(indicators)
    children = (leaf, *scheme.indicators()[1:])
    return replace(scheme, dimensions=(replace(scheme.dimensions[0], children=children),))


def test_marks_that_others_give_are_neither_asked_for_nor_taken(
    laptop: Laptop, tmp_path: Path
) -> None:
    leaf = replace(make_scheme().indicator("6.1"), specialisms=("财务",))
    desk = laptop.open(Pack(tmp_path, 5, 1, with_first(leaf, 3)))
    assert [leaf.code for leaf in desk.asked(app(1))] == ["6.2", "6.3"]
    with pytest.raises(MarkError, match=r"6\.1: the points are computed or given by others"):
        put_mark(desk, app(1), "6.1", scored(80), NOON)
    score_all(desk)
    assert desk_status(desk).complete


def test_a_second_answer_to_a_choice_of_one_is_not_kept(laptop: Laptop, tmp_path: Path) -> None:
    given = make_scheme()
    (whole,) = given.dimensions
    pair = tuple(replace(each, weight=Fraction(50)) for each in whole.children[:2])
    choice = Dimension("5", "二选一", "", pair, pick=Pick.ONE, weight=Fraction(50))
    rest = replace(whole, children=(replace(whole.children[2], weight=Fraction(50)),))
    desk = laptop.open(Pack(tmp_path, scheme=replace(given, dimensions=(choice, rest))))
    put_mark(desk, app(1), "6.1", scored(70), NOON)
    with pytest.raises(MarkError, match=r"only one of 6\.1, 6\.2"):
        put_mark(desk, app(1), "6.2", scored(70), NOON)
    put_mark(desk, app(1), "6.2", NOT_APPLICABLE, NOON)
    put_mark(desk, app(2), "6.2", scored(70), NOON)
    assert desk_status(desk).applications[0].total is not None
