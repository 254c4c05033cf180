from dataclasses import replace
from pathlib import Path

import pytest

from reviewer_app.core.errors import InputError, NotFoundError, RoundStateError
from reviewer_app.core.marks import scored
from reviewer_app.core.round import ApplicationNumber, ExpertNumber
from reviewer_app.services.closing import close_round
from reviewer_app.services.corrections import (
    Correction,
    CorrectionState,
    Wish,
    changes_of,
    corrections_of,
    keep_mark,
    open_correction,
    state_of,
)
from reviewer_app.services.results import results_of
from reviewer_app.services.seating import Seating, load_seating
from reviewer_app.services.second_scoring import end_second, open_second
from tests.services.day import NOON, Day, app, plan

EXPERT, FIRST = ExpertNumber("02"), ApplicationNumber("01")


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Day:
    """Return a closed round of three sheets, to be copied."""
    day = Day.start(tmp_path_factory.mktemp("corrections"), plan(experts=3))
    day.issue()
    day.collect(*day.sign_all())
    close_round(day.context.open_bureau, day.round_id, NOON)
    return day


@pytest.fixture
def closed(base: Day, tmp_path: Path) -> Day:
    """Return a closed round of this test's own."""
    day = base.copy(tmp_path / "day")
    day.laptops = {
        key: replace(each, signed=list(each.signed)) for key, each in base.laptops.items()
    }
    return day


def wish(day: Day, ground: str = "与其余专家不一致（示例）") -> Wish:
    leaf = results_of(day.context.open_bureau, day.round_id).panel.applications[0].scheme
    return Wish(EXPERT, FIRST, leaf.indicators()[0].code, ground, "请核对第3页（示例）")


def kept(day: Day) -> tuple[tuple[Correction, ...], Seating]:
    with day.context.open_bureau() as unit:
        return corrections_of(unit, day.round_id), load_seating(unit, day.round_id)


def test_only_the_experts_next_sheet_answers(closed: Day) -> None:
    bureau = closed.context.open_bureau
    opened = open_correction(bureau, closed.round_id, wish(closed), NOON)
    found, seating = kept(closed)
    assert found == (opened,)
    assert state_of(opened, seating) is CorrectionState.OPEN
    laptop = closed.laptops[EXPERT]
    content = laptop.content({1: 80, 2: 70, 3: 60})
    marks = {key: dict(value) for key, value in content.marks.items()}
    marks[FIRST][opened.wish.indicator] = scored(91)
    again = laptop.sign(closed.folder, replace(content, marks=marks))
    closed.collect(again)
    assert state_of(opened, kept(closed)[1]) is CorrectionState.OPEN
    closed.collect(again, late_reason="更正 1（示例）")
    found, seating = kept(closed)
    assert state_of(found[0], seating) is CorrectionState.ANSWERED
    [change] = changes_of(found[0], seating)
    assert (change.application, change.indicator) == (app(1), opened.wish.indicator)
    assert (change.old, change.new) == (scored(80), scored(91))


@pytest.mark.parametrize("whole", [False, True])
def test_a_second_scoring_answers_only_where_the_questioned_mark_differs(
    closed: Day, tmp_path: Path, *, whole: bool
) -> None:
    bureau, round_id = closed.context.open_bureau, closed.round_id
    asked = replace(wish(closed), indicator="") if whole else wish(closed)
    opened = open_correction(bureau, round_id, asked, NOON)
    open_second(bureau, round_id, "示例", NOON)
    laptop, questioned = closed.laptops[EXPERT], wish(closed).indicator
    again = replace(laptop.content({1: 80, 2: 75, 3: 60}, revision=1), stage=2)
    closed.collect(laptop.sign(tmp_path, again))
    end_second(bureau, round_id, "示例", NOON)
    seating = kept(closed)[1]
    assert seating.counted[EXPERT].content.stage == again.stage
    assert state_of(opened, seating) is CorrectionState.OPEN
    marks = {key: dict(value) for key, value in again.marks.items()}
    marks[FIRST][questioned] = scored(91)
    changed = replace(
        again, revision=2, previous=laptop.signed[-1].digest, marks=marks, reason="笔误（示例）"
    )
    closed.collect(laptop.sign(tmp_path, changed), late_reason="更正 1（示例）")
    assert state_of(opened, kept(closed)[1]) is CorrectionState.ANSWERED


def test_a_correction_answered_before_the_second_scoring_stays_answered(
    closed: Day, tmp_path: Path
) -> None:
    bureau, round_id = closed.context.open_bureau, closed.round_id
    opened = open_correction(bureau, round_id, wish(closed), NOON)
    laptop = closed.laptops[EXPERT]
    points = {1: 80, 2: 70, 3: 60}
    closed.collect(laptop.sign(tmp_path, laptop.content(points)), late_reason="更正 1（示例）")
    assert state_of(opened, kept(closed)[1]) is CorrectionState.ANSWERED
    open_second(bureau, round_id, "示例", NOON)
    again = replace(laptop.content(points, revision=1), stage=2)
    closed.collect(laptop.sign(tmp_path, again))
    end_second(bureau, round_id, "示例", NOON)
    seating = kept(closed)[1]
    assert seating.counted[EXPERT].content.stage == again.stage
    assert state_of(opened, seating) is CorrectionState.ANSWERED


def test_a_kept_mark_has_the_experts_reason(closed: Day) -> None:
    bureau = closed.context.open_bureau
    opened = open_correction(bureau, closed.round_id, wish(closed), NOON)
    with pytest.raises(InputError):
        keep_mark(bureau, closed.round_id, opened.number, "  ", NOON)
    keep_mark(bureau, closed.round_id, opened.number, "依据第3页，不改（示例）", NOON)
    [found], seating = kept(closed)
    assert state_of(found, seating) is CorrectionState.KEPT
    assert found.kept == "依据第3页，不改（示例）"
    with pytest.raises(InputError, match="already"):
        keep_mark(bureau, closed.round_id, opened.number, "另一个说法（示例）", NOON)
    with pytest.raises(NotFoundError, match="7"):
        keep_mark(bureau, closed.round_id, 7, "示例", NOON)
    second = open_correction(bureau, closed.round_id, wish(closed), NOON)
    assert second.number == 2


def test_what_cannot_be_questioned_is_refused(closed: Day) -> None:
    bureau = closed.context.open_bureau
    with pytest.raises(InputError, match="ground"):
        open_correction(bureau, closed.round_id, wish(closed, " "), NOON)
    stranger = Wish(EXPERT, FIRST, "no-such-item", "示例")
    with pytest.raises(InputError, match="no-such-item"):
        open_correction(bureau, closed.round_id, stranger, NOON)


def test_nothing_is_corrected_after_sealing(closed: Day) -> None:
    bureau = closed.context.open_bureau
    closed.seal(closed.folder / "archive.zip")
    with pytest.raises(RoundStateError):
        open_correction(bureau, closed.round_id, wish(closed), NOON)
