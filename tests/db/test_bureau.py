import threading
from collections.abc import Callable
from dataclasses import replace

import pytest

from db.bureau import BureauDatabase
from reviewer_app.core.errors import NotFoundError, StorageError
from reviewer_app.core.round import ApplicationNumber, PackId, RoundId
from reviewer_app.services.ports import BureauUnit
from reviewer_app.services.records import LogRecord, RoundState, VoteRecord
from tests.db.examples import (
    A_ROUND,
    ATTACHMENT,
    BUREAU_AS_STORED,
    BYTES,
    CLOSING,
    FIRST,
    HISTORY,
    LATER,
    MATERIALS,
    NOON,
    OPINION,
    ROUND,
    SEATS,
    SHEETS,
    TYPINGS,
    everything_in_bureau,
    fill_bureau,
)


def test_everything_comes_back_as_it_was_given(bureau: BureauDatabase) -> None:
    with bureau() as unit:
        fill_bureau(unit)
        unit.commit()
    with bureau() as unit:
        assert everything_in_bureau(unit) == BUREAU_AS_STORED
        assert unit.rounds()[0].created.utcoffset() is not None


def test_an_empty_bureau_has_nothing(bureau: BureauDatabase) -> None:
    with bureau() as unit:
        assert unit.setting("bureau-key") is None
        assert unit.rounds() == []
        assert unit.closing(ROUND) is None
        assert unit.history("单位（示例）") == []


def test_what_was_not_committed_is_undone(bureau: BureauDatabase) -> None:
    with bureau() as unit:
        fill_bureau(unit)
    with bureau() as unit:
        assert unit.rounds() == []
        assert unit.setting("bureau-key") is None


def test_an_error_inside_the_unit_undoes_it(bureau: BureauDatabase) -> None:
    def fail_halfway() -> None:
        with bureau() as unit:
            unit.add_round(A_ROUND, MATERIALS)
            unit.round(RoundId("no such round"))

    with pytest.raises(NotFoundError, match="There is no round no such round"):
        fail_halfway()
    with bureau() as unit:
        assert unit.rounds() == []


def test_overwriting_replaces_the_one_entry(bureau: BureauDatabase) -> None:
    with bureau() as unit:
        fill_bureau(unit)
        unit.commit()
    issued = replace(A_ROUND, state=RoundState.ISSUED, document=BYTES)
    seat = replace(SEATS[0], pinned_key=b"k" * 33, withdrawn="突发身体原因")
    sheet = replace(SHEETS[1], comments=b"{}", late_reason="补交")
    opinion = replace(OPINION, dissent="")
    result = replace(HISTORY, published="84.00", rank=None)
    with bureau() as unit:
        unit.update_round(issued)
        unit.update_seat(seat)
        unit.update_sheet(sheet)
        unit.put_opinion(opinion)
        unit.put_history([result])
        unit.set_setting("bureau-key", b"")
        unit.replace_votes(ROUND, [VoteRecord(ROUND, FIRST, "02", 0, 1, 0)])
        unit.commit()
    with bureau() as unit:
        assert unit.round(ROUND) == issued
        assert unit.seats(ROUND) == [seat, SEATS[1]]
        assert unit.sheets(ROUND) == [SHEETS[0], sheet]
        assert unit.opinions(ROUND) == [opinion]
        assert unit.history(HISTORY.unit) == [result]
        assert unit.setting("bureau-key") == b""
        assert unit.votes(ROUND) == [VoteRecord(ROUND, FIRST, "02", 0, 1, 0)]


def test_typings_are_kept_until_they_are_an_entry(bureau: BureauDatabase) -> None:
    with bureau() as unit:
        fill_bureau(unit)
        for typing in (*TYPINGS, replace(TYPINGS[0], stage=2)):
            unit.add_typing(typing)
        unit.commit()
    with bureau() as unit:
        assert unit.typings(ROUND) == [*TYPINGS, replace(TYPINGS[0], stage=2)]
        unit.remove_typings(ROUND, TYPINGS[0].expert, 1)
        unit.commit()
    with bureau() as unit:
        assert unit.typings(ROUND) == [replace(TYPINGS[0], stage=2)]


def test_a_seat_can_get_another_pack(bureau: BureauDatabase) -> None:
    with bureau() as unit:
        fill_bureau(unit)
        again = replace(SEATS[0], pack_id=PackId("ff" * 8), enrolment=b"n" * 32)
        unit.update_seat(again, SEATS[0].pack_id)
        unit.commit()
    with bureau() as unit:
        assert unit.seats(ROUND) == [again, SEATS[1]]


def test_a_round_that_is_not_there_cannot_be_updated(bureau: BureauDatabase) -> None:
    with bureau() as unit, pytest.raises(NotFoundError):
        unit.update_round(A_ROUND)


def test_a_round_that_is_not_there_cannot_be_locked(bureau: BureauDatabase) -> None:
    with bureau() as unit, pytest.raises(NotFoundError):
        unit.round_locked(ROUND)


def test_rounds_are_kept_apart_and_come_oldest_first(bureau: BureauDatabase) -> None:
    newer = replace(A_ROUND, id=RoundId("00000000000000ff"), created=LATER)
    with bureau() as unit:
        unit.add_round(newer, ())
        fill_bureau(unit)
        assert unit.rounds() == [A_ROUND, newer]
        assert unit.materials(newer.id) == []
        assert unit.sheets(newer.id) == []
        assert unit.log(newer.id) == []
        assert unit.refusals(newer.id) == []


def test_what_arrives_keeps_its_order_and_a_second_key_may_start_anew(
    bureau: BureauDatabase,
) -> None:
    anew = replace(SHEETS[0], digest=b"n" * 32)
    scan = replace(ATTACHMENT, name="0 sorts first.pdf")
    reissued = replace(SEATS[0], pack_id=PackId("ab" * 8))
    with bureau() as unit:
        fill_bureau(unit)
        unit.add_sheet(anew)
        unit.add_attachment(scan)
        unit.add_seat(reissued)
        unit.update_sheet(replace(SHEETS[0], comments=b"{}"))
        unit.update_seat(replace(SEATS[0], withdrawn="重发"))
        unit.commit()
    with bureau() as unit:
        first = replace(SHEETS[0], comments=b"{}")
        assert unit.sheets(ROUND) == [first, SHEETS[1], anew]
        assert unit.attachments(ROUND) == [ATTACHMENT, scan]
        assert unit.seats(ROUND) == [
            replace(SEATS[0], withdrawn="重发"),
            reissued,
            SEATS[1],
        ]


def test_a_rounds_history_is_replaced_whole(bureau: BureauDatabase) -> None:
    other = replace(HISTORY, round_id=RoundId("00000000000000ff"), date="2025-11-21")
    second = replace(HISTORY, application=ApplicationNumber("09"))
    with bureau() as unit:
        unit.put_history([other])
        unit.put_history([HISTORY, second])
        unit.put_history([second])
        assert unit.history(HISTORY.unit) == [other, second]


@pytest.mark.parametrize(
    "repeat",
    [
        lambda unit: unit.add_round(A_ROUND, ()),
        lambda unit: unit.add_seat(SEATS[0]),
        lambda unit: unit.add_sheet(SHEETS[0]),
        lambda unit: unit.append_log(LogRecord(ROUND, 3, b"another third line")),
        lambda unit: unit.set_closing(replace(CLOSING, reason="another reason")),
        lambda unit: unit.add_attachment(ATTACHMENT),
    ],
)
def test_what_can_be_there_once_is_not_taken_twice(
    bureau: BureauDatabase, repeat: Callable[[BureauUnit], None]
) -> None:
    with bureau() as unit:
        fill_bureau(unit)
        unit.commit()
    with bureau() as unit, pytest.raises(StorageError, match="has just written the same"):
        repeat(unit)
    with bureau() as unit:
        assert everything_in_bureau(unit) == BUREAU_AS_STORED


def test_writers_of_one_round_take_turns(bureau: BureauDatabase) -> None:
    """Each of two threads adds lines to the log by reading its length under the lock."""
    with bureau() as unit:
        unit.add_round(A_ROUND, ())
        unit.commit()
    start = threading.Barrier(2)

    def write_lines() -> None:
        start.wait()
        for _turn in range(15):
            with bureau() as unit:
                unit.round_locked(ROUND)
                length = len(unit.log(ROUND))
                unit.append_log(LogRecord(ROUND, length + 1, b"x"))
                unit.commit()

    writers = [threading.Thread(target=write_lines) for _each in range(2)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    with bureau() as unit:
        assert [line.sequence for line in unit.log(ROUND)] == list(range(1, 31))


def test_a_locked_round_is_the_newest_even_if_it_was_read_before(
    bureau: BureauDatabase,
) -> None:
    with bureau() as unit:
        unit.add_round(A_ROUND, ())
        unit.commit()
    with bureau() as slow:
        slow.round(ROUND)
        slow.commit()
        with bureau() as quick:
            quick.update_round(replace(A_ROUND, title="改名"))
            quick.commit()
        assert slow.round_locked(ROUND).title == "改名"


def test_a_reader_is_not_held_up_by_a_writer(bureau: BureauDatabase) -> None:
    with bureau() as unit:
        unit.add_round(A_ROUND, ())
        unit.commit()
    with bureau() as writer:
        writer.round_locked(ROUND)
        writer.update_round(replace(A_ROUND, created=NOON, title="未提交"))
        with bureau() as reader:
            assert reader.round(ROUND).title == A_ROUND.title
