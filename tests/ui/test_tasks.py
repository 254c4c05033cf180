import threading
from collections.abc import Iterator
from functools import partial

import pytest
from pytestqt.qtbot import QtBot

from reviewer_app.core.errors import CancelledError, InputError, ReviewerError
from ui.tasks import Report, TaskRunner


@pytest.fixture
def runner(bot: QtBot) -> Iterator[TaskRunner]:
    assert bot
    result = TaskRunner()
    yield result
    result.close()


def test_results_arrive_in_order_on_the_windows_thread(bot: QtBot, runner: TaskRunner) -> None:
    got: list[tuple[int, str]] = []
    home = threading.current_thread().name

    def take(number: int) -> None:
        got.append((number, threading.current_thread().name))

    for number in range(200):
        runner.run(partial(int, number), done=take, failed=lambda _e: None)
    bot.waitUntil(lambda: len(got) == 200, timeout=5000)
    assert got == [(number, home) for number in range(200)]
    assert not runner.busy


def test_a_fault_of_the_world_reaches_failed(bot: QtBot, runner: TaskRunner) -> None:
    faults: list[ReviewerError] = []

    def work() -> None:
        raise InputError("row 3 is empty")

    runner.run(work, done=lambda _none: None, failed=faults.append)
    bot.waitUntil(lambda: bool(faults))
    assert str(faults[0]) == "row 3 is empty"


def test_a_bug_is_raised_where_it_is_reported(bot: QtBot, runner: TaskRunner) -> None:
    def work() -> int:
        return 1 // 0

    with bot.captureExceptions() as bugs:
        runner.run(work, done=lambda _n: None, failed=lambda _e: None)
        bot.waitUntil(lambda: bool(bugs))
    assert bugs[0][0] is ZeroDivisionError


def test_a_long_task_reports_and_stops_when_asked(bot: QtBot, runner: TaskRunner) -> None:
    reported: list[int] = []
    faults: list[ReviewerError] = []
    gate = threading.Event()

    def work(report: Report) -> int:
        report(1, 10, "one")
        gate.wait(5)
        report(2, 10, "two")
        return 2

    running = runner.run_long(
        work,
        progress=lambda done, _total, _what: reported.append(done),
        done=lambda _n: None,
        failed=faults.append,
    )
    bot.waitUntil(lambda: reported == [1])
    running.cancel()
    gate.set()
    bot.waitUntil(lambda: bool(faults))
    assert isinstance(faults[0], CancelledError)
    assert reported == [1]


def test_nothing_is_delivered_after_closing(bot: QtBot) -> None:
    runner = TaskRunner()
    got: list[int] = []
    runner.run(lambda: 1, done=got.append, failed=lambda _e: None)
    runner.close()
    bot.wait(50)
    assert got == []
