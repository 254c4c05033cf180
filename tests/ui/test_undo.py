"""Taking back and doing again: across the session, durable, nothing typed is lost."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reviewer_app.core.marks import MISSING, scored
from reviewer_app.services.desk_scoring import Remarks
from tests.ui.hands import ALT, CONTROL, focused, keys, press
from tests.ui.test_compare_finish import fill
from ui.expert.finish_presenter import FinishPresenter
from ui.expert.history import Answer, Change, History, Kind
from ui.expert.score_page import ScorePage
from ui.expert.score_presenter import ScorePresenter
from ui.expert.sitting import Sitting
from ui.expert.wires import wire_score
from ui.settings import Settings

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def scoring(sitting: Sitting) -> ScorePresenter:
    presenter = ScorePresenter(sitting)
    presenter.begin()
    return presenter


@pytest.fixture
def page(scoring: ScorePresenter, bot: QtBot, tmp_path: Path) -> Iterator[ScorePage]:
    made = ScorePage(lambda _entry, _done, _failed: None, Settings(tmp_path))
    bot.addWidget(made)
    wire_score(made, scoring)
    made.resize(1366, 700)
    with bot.waitActive(made):
        made.show()
        made.activateWindow()
    scoring.changed()
    made.focus_levels()
    yield made
    made.close()


def reread(sitting: Sitting) -> Sitting:
    """Return the answers as the disk has them."""
    again = Sitting(sitting.session)
    again.reload()
    return again


def test_a_chosen_level_is_taken_back_and_chosen_again_by_keys(
    page: ScorePage, scoring: ScorePresenter, sitting: Sitting
) -> None:
    press(None, Qt.Key.Key_2)
    keys(None, "84")
    press(None, Qt.Key.Key_Return)
    press(None, Qt.Key.Key_Up, CONTROL)
    press(None, Qt.Key.Key_3)
    assert focused() is page.form.field
    assert sitting.record("01", "6.1").mark == MISSING
    press(None, Qt.Key.Key_Z, CONTROL)
    assert reread(sitting).record("01", "6.1").mark == scored(84)
    assert scoring.view().form.chosen == 1
    press(None, Qt.Key.Key_Z, CONTROL | SHIFT)
    assert reread(sitting).record("01", "6.1").mark == MISSING
    assert scoring.view().form.chosen == 2
    press(None, Qt.Key.Key_Z, CONTROL)
    press(None, Qt.Key.Key_Z, CONTROL)
    assert (scoring.view().form.chosen, page.form.field.text()) == (1, "")
    press(None, Qt.Key.Key_Y, CONTROL)
    assert reread(sitting).record("01", "6.1").mark == scored(84)


def test_what_is_being_typed_is_taken_back_and_comes_again(
    page: ScorePage, scoring: ScorePresenter
) -> None:
    press(None, Qt.Key.Key_2)
    keys(None, "104")
    press(None, Qt.Key.Key_Z, CONTROL)
    assert (page.form.field.text(), scoring.view().form.field_state) == ("", "")
    press(None, Qt.Key.Key_Y, CONTROL)
    assert (page.form.field.text(), scoring.view().form.field_state) == ("2104", "error")


def test_a_comment_is_taken_back_word_by_word_in_its_field_and_whole_from_elsewhere(
    page: ScorePage, scoring: ScorePresenter, sitting: Sitting
) -> None:
    page.form.comment.setFocus()
    keys(None, "first")
    press(None, Qt.Key.Key_Z, CONTROL)
    assert reread(sitting).record("01", "6.1").comment != "first"
    press(None, Qt.Key.Key_Z, CONTROL | SHIFT)
    assert reread(sitting).record("01", "6.1").comment == "first"
    press(None, Qt.Key.Key_Down, ALT)
    assert scoring.place()[0] == "02"
    press(None, Qt.Key.Key_Z, CONTROL)
    assert scoring.place() == ("01", "6.1")
    assert reread(sitting).record("01", "6.1").comment == ""
    assert scoring.view().form.message.text == "Undone: the comment"
    press(None, Qt.Key.Key_Y, CONTROL)
    assert reread(sitting).record("01", "6.1").comment == "first"


def test_states_and_citations_are_steps_too(scoring: ScorePresenter, sitting: Sitting) -> None:
    scoring.choose_other("abstained")
    scoring.write_reason("not my field")
    scoring.cite("建设方案.pdf", 2)
    for _step in range(3):
        scoring.undo()
    assert reread(sitting).record("01", "6.1").mark == MISSING
    for _step in range(3):
        scoring.redo()
    record = reread(sitting).record("01", "6.1")
    assert (record.mark.state.value, record.reason) == ("abstained", "not my field")
    assert record.citations == ("建设方案.pdf#2",)


def test_a_signed_sheet_is_not_taken_back(
    scoring: ScorePresenter, sitting: Sitting, tmp_path: Path
) -> None:
    fill(sitting)
    scoring.settle_score("91")
    finishing = FinishPresenter(sitting, list)
    finishing.add_place(tmp_path)
    finishing.agree(agreed=True)
    finishing.next()
    assert sitting.locked
    assert not sitting.can_undo()
    scoring.undo()
    assert reread(sitting).record("01", "6.1").mark == scored(91)
    finishing.begin_revision()
    assert sitting.undo() is None


def _change(number: int, before: int, after: int) -> Change:
    old, new = (Answer(scored(value), Remarks()) for value in (before, after))
    return Change("01", str(number), Kind.STATE, old, new)


@given(st.lists(st.one_of(st.integers(0, 99), st.sampled_from(["undo", "redo"])), max_size=30))
@settings(max_examples=60)
def test_every_state_that_ever_stood_can_be_reached_again(acts: list[int | str]) -> None:
    history, now, seen = History(), 0, [0]
    for act in acts:
        if act == "undo" and (last := history.last()):
            history.back()
            now = int(last.before.mark.value or 0)
        elif act == "redo" and (following := history.next()):
            history.forth()
            now = int(following.after.mark.value or 0)
        elif isinstance(act, int):
            history.record(_change(1, now, act))
            now = act
            seen.append(act)
    reached = {now}
    while following := history.next():
        history.forth()
        reached.add(int(following.after.mark.value or 0))
    while last := history.last():
        history.back()
        reached.add(int(last.before.mark.value or 0))
    assert reached == set(seen)


def test_steps_on_an_application_that_is_gone_are_forgotten() -> None:
    history = History()
    history.record(_change(1, 0, 1))
    history.record(replace(_change(2, 0, 1), number="02"))
    history.keep(["01"])
    last = history.last()
    assert last is not None
    assert last.number == "01"
