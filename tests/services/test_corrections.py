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
    day.laptops = base.laptops
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
