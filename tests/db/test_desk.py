from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy.exc import StatementError

from db.desk import DeskDatabase
from reviewer_app.core.errors import StorageError
from reviewer_app.core.marks import scored
from reviewer_app.services.ports import DeskUnit
from tests.db.examples import (
    DESK_AS_STORED,
    FIRST,
    HARD,
    MARKS,
    RECUSAL,
    SECOND,
    SIGNED,
    everything_on_desk,
    fill_desk,
)


def test_everything_comes_back_as_it_was_given(desk: DeskDatabase) -> None:
    with desk() as unit:
        fill_desk(unit)
        unit.commit()
    with desk() as unit:
        assert everything_on_desk(unit) == DESK_AS_STORED


def test_what_was_not_committed_is_undone(desk: DeskDatabase) -> None:
    with desk() as unit:
        fill_desk(unit)
    with desk() as unit:
        assert everything_on_desk(unit) == [None, [], "", [], []]


def test_a_later_answer_replaces_the_earlier_one_whole(desk: DeskDatabase) -> None:
    later = replace(MARKS[0], mark=scored(9), comment="", citations=())
    with desk() as unit:
        fill_desk(unit)
        unit.put_mark(later)
        unit.put_note(FIRST, "")
        unit.commit()
    with desk() as unit:
        assert unit.marks() == [later, *MARKS[1:]]
        assert unit.note(FIRST) == ""


def test_who_holds_the_desk_reads_the_newest_and_writes_undisturbed(
    desk: DeskDatabase,
) -> None:
    with desk() as unit:
        fill_desk(unit)
        unit.commit()
    with desk() as holding:
        holding.lock()
        with desk() as reading:
            assert reading.note(FIRST) == HARD
        assert holding.note(FIRST) == HARD
        holding.put_note(FIRST, "new")
        holding.commit()
    with desk() as unit:
        assert unit.note(FIRST) == "new"


def test_one_answer_is_found_by_its_place(desk: DeskDatabase) -> None:
    with desk() as unit:
        fill_desk(unit)
        assert unit.mark(FIRST, "10.2") == MARKS[0]
        assert unit.mark(SECOND, "10.2") is None


def test_a_declaration_can_be_taken_back(desk: DeskDatabase) -> None:
    with desk() as unit:
        fill_desk(unit)
        unit.remove_recusal(FIRST)
        assert unit.recusals() == [RECUSAL]
        unit.remove_recusal(SECOND)
        assert unit.recusals() == []


def test_a_removed_application_leaves_no_word_behind(
    desk: DeskDatabase, tmp_path: Path
) -> None:
    with desk() as unit:
        fill_desk(unit)
        unit.put_note(SECOND, HARD)
        unit.remove_application(SECOND)
        unit.commit()
    with desk() as unit:
        assert [mark.application for mark in unit.marks()] == [FIRST] * 3
        assert unit.note(SECOND) == ""
        assert unit.note(FIRST) == HARD
    desk.close()
    assert [path.name for path in tmp_path.iterdir()] == ["desk.db"]


@pytest.mark.parametrize(
    "repeat",
    [
        lambda unit: unit.add_recusal(replace(RECUSAL, ground="kinship")),
        lambda unit: unit.add_signed(replace(SIGNED[0], file=b"other")),
    ],
)
def test_what_can_be_there_once_is_not_taken_twice(
    desk: DeskDatabase, repeat: Callable[[DeskUnit], None]
) -> None:
    with desk() as unit:
        fill_desk(unit)
        unit.commit()
    with desk() as unit, pytest.raises(StorageError, match="has just written the same entry"):
        repeat(unit)
    with desk() as unit:
        assert everything_on_desk(unit) == DESK_AS_STORED


def test_a_time_without_a_zone_is_a_bug(desk: DeskDatabase) -> None:
    naive = datetime(2026, 11, 21)  # noqa: DTZ001 - that is the bug
    with desk() as unit, pytest.raises(StatementError, match="without a zone"):
        unit.put_mark(replace(MARKS[0], updated=naive))
