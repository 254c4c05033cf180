"""Papers made by other processes: in order, stopped at once, none lost with a process."""

import os
import time
from collections.abc import Callable
from functools import partial

import pytest

from reviewer_app.core.errors import CancelledError, PaperError
from reviewer_app.services.press import HANDS, Job, pressed

pytestmark = pytest.mark.skipif((os.cpu_count() or 1) < HANDS, reason="one processor")


def whoever(text: str) -> bytes:
    return f"{text} {os.getpid()}".encode()


def not_elsewhere(here: int, text: str) -> bytes:
    """Fail, or die, in any other process than ``here``."""
    if os.getpid() == here:
        return text.encode()
    if text == "dies":
        os._exit(1)
    raise PaperError(text)


def slow(seconds: float) -> bytes:
    time.sleep(seconds)
    return b""


def said(text: str) -> Callable[[], str]:
    return lambda: text


def test_few_papers_are_made_here_many_elsewhere_and_both_in_order() -> None:
    jobs = [Job(said(f"{place:02d}"), whoever) for place in range(12)]
    here = list(pressed(jobs, lambda: None))
    elsewhere = list(pressed(jobs, lambda: None, many=True))
    numbers = [f"{place:02d}".encode() for place in range(12)]
    assert [each.split()[0] for each in here] == numbers
    assert [each.split()[0] for each in elsewhere] == numbers
    assert {each.split()[1] for each in here} == {str(os.getpid()).encode()}
    assert str(os.getpid()).encode() not in {each.split()[1] for each in elsewhere}


def test_a_process_that_fails_or_dies_costs_no_paper() -> None:
    write = partial(not_elsewhere, os.getpid())
    jobs = [Job(said(text), write) for text in ("fails", "dies", "later", "dies", "last")]
    assert list(pressed(jobs, lambda: None, many=True)) == [
        b"fails", b"dies", b"later", b"dies", b"last",
    ]  # fmt: skip


def test_a_fault_of_the_paper_itself_is_raised() -> None:
    jobs = [Job(said("no font"), partial(not_elsewhere, 0))]
    with pytest.raises(PaperError, match="no font"):
        list(pressed(jobs, lambda: None, many=True))


def test_whoever_waits_can_stop_within_a_second() -> None:
    def stop() -> None:
        raise CancelledError

    jobs = [Job(lambda: 2.0, slow)] * 4
    begun = time.perf_counter()
    with pytest.raises(CancelledError):
        list(pressed(jobs, stop, many=True))
    assert time.perf_counter() - begun < 1
