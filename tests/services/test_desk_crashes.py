"""Kill the program while it saves, and let two windows save at once: nothing is lost."""

import os
import random
import signal
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from reviewer_app.core.marks import scored
from reviewer_app.core.round import ApplicationNumber
from reviewer_app.services.desk import Desk
from reviewer_app.services.desk_scoring import put_mark
from tests.services.laptop import NOON, Laptop, Pack
from tests.sheets.making import app, make_scheme

pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs fork and SIGKILL")

KILLS = 30
WORD = 4
INDICATORS = 24


@pytest.fixture
def laptop(tmp_path: Path) -> Iterator[Laptop]:
    with Laptop(tmp_path / "home") as machine:
        yield machine


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    return Pack(tmp_path, 8, 3, make_scheme(INDICATORS))


def place_of(save: int) -> tuple[ApplicationNumber, str]:
    return app(save % 3 + 1), f"6.{save % INDICATORS + 1}"


def save_from(desk: Desk, first: int, tell: Callable[[int], None]) -> None:
    """Save marks for ever, each numbered by its time; tell what is durable."""
    for save in range(first, first + 1_000_000):
        number, code = place_of(save)
        put_mark(desk, number, code, scored(save % 101), NOON + timedelta(microseconds=save))
        tell(save)


def acknowledge(pipe: int, save: int) -> None:
    os.write(pipe, save.to_bytes(WORD))


def forked(work: Callable[[], None]) -> int:
    """Run ``work`` in a process of its own and return its id."""
    child = os.fork()
    if child == 0:
        failed = 1
        try:
            work()
            failed = 0
        finally:
            os._exit(failed)
    return child


def saves_on(desk: Desk) -> dict[tuple[str, str], int]:
    with desk.unit() as unit:
        records = unit.marks()
    for record in records:
        assert record.updated is not None
        save = (record.updated - NOON) // timedelta(microseconds=1)
        assert record.mark == scored(save % 101)
        assert (record.application, record.indicator) == place_of(save)
    return {
        (record.application, record.indicator): (record.updated - NOON)
        // timedelta(microseconds=1)
        for record in records
        if record.updated
    }


def test_no_acknowledged_mark_is_lost_by_a_kill(laptop: Laptop, pack: Pack) -> None:
    desk = laptop.open(pack)
    first, acknowledged = 0, dict[tuple[str, str], int]()
    chance = random.Random(2026)  # noqa: S311 - moments, not secrets
    for _kill in range(KILLS):
        laptop.close()
        reading, writing = os.pipe()

        child = forked(partial(save_from, desk, first, partial(acknowledge, writing)))
        os.close(writing)
        time.sleep(chance.uniform(0.01, 0.12))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        with os.fdopen(reading, "rb") as stream:
            told = stream.read()
        saves = [
            int.from_bytes(told[at : at + WORD]) for at in range(0, len(told) - WORD + 1, WORD)
        ]
        acknowledged |= {place_of(save): save for save in saves}
        found = saves_on(desk)  # opening checks every page of the file
        last = saves[-1] if saves else first - 1
        for place, save in acknowledged.items():
            assert found[place] in {save, last + 1}, place
        assert set(found.values()) - set(acknowledged.values()) <= {last + 1}
        acknowledged = found
        first = last + 2
    assert first > KILLS


def test_two_windows_that_save_at_once_lose_nothing(laptop: Laptop, pack: Pack) -> None:
    desk = laptop.open(pack)
    laptop.close()

    def save_own(window: int) -> None:
        for save in range(window, 120, 2):
            number, code = place_of(save)
            moment = NOON + timedelta(microseconds=save)
            put_mark(desk, number, code, scored(save % 101), moment)
        laptop.close()

    children = [forked(partial(save_own, window)) for window in (0, 1)]
    assert [os.waitpid(child, 0)[1] for child in children] == [0, 0]
    found = saves_on(desk)
    assert len(found) == INDICATORS
    expected = {place_of(save): save for save in range(120)}
    assert {save % 2 for save in found.values()} == {0, 1}
    assert found == expected


def test_two_windows_that_save_the_same_mark_leave_one_of_both(
    laptop: Laptop, pack: Pack
) -> None:
    desk = laptop.open(pack)
    laptop.close()

    def save_same(window: int) -> None:
        for _turn in range(40):
            put_mark(desk, app(1), "6.1", scored(window), NOON)
        laptop.close()

    children = [forked(partial(save_same, window)) for window in (50, 60)]
    assert [os.waitpid(child, 0)[1] for child in children] == [0, 0]
    with desk.unit() as unit:
        (record,) = unit.marks()
    assert record.mark in {scored(50), scored(60)}
