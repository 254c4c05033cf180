"""Many papers, made by two processes at once where there are enough of them.

What a paper says is composed here, from the round; to set, embed and validate it needs only
those plain values and takes nearly all of the time. Nothing of a round is written by a
process: bytes come back, and whoever asked writes them.
"""

import os
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from typing import Any

from reviewer_app.core.errors import ReviewerError

HANDS = 2
"""Processes at most: a laptop has two cores to spare, and each takes about 120 MB."""
AHEAD = 3
"""Papers composed ahead for each process, so that none waits."""
POLL_S = 0.2
"""How often whoever waits is asked whether to go on."""


@dataclass(frozen=True, slots=True)
class Job:
    """One paper: ``compose`` says what is on it, ``write`` makes the file of that.

    ``write`` stands at the top of a module, or is a partial of one that does: another process
    finds it by its name.
    """

    compose: Callable[[], Any]
    write: Callable[[Any], bytes]

    def made(self) -> bytes:
        """Return the file, made here."""
        return self.write(self.compose())


def pressed(
    jobs: Sequence[Job], go_on: Callable[[], None], *, many: bool = False
) -> Iterator[bytes]:
    """Yield the files of the jobs in their order; ``many`` is worth starting processes for.

    ``go_on`` is called while waiting and may raise CancelledError. A process that cannot be
    started or dies costs time, no paper: what it had is made here.
    """
    hands = min(HANDS, os.cpu_count() or 1)
    if not many or hands < HANDS:
        yield from (job.made() for job in jobs)
        return
    pool = ProcessPoolExecutor(hands, get_context("spawn"), initializer=_leave_with_parent)
    queue: deque[tuple[Job, Future[bytes] | None]] = deque()
    try:
        for job in jobs:
            queue.append((job, _submitted(pool, job)))
            if len(queue) > hands * AHEAD:
                yield _taken(*queue.popleft(), go_on)
        while queue:
            yield _taken(*queue.popleft(), go_on)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _submitted(pool: ProcessPoolExecutor, job: Job) -> "Future[bytes] | None":
    """Hand the job to a process; None where there is none any more."""
    try:
        return pool.submit(job.write, job.compose())
    except (BrokenProcessPool, OSError):
        return None


def _taken(job: Job, future: "Future[bytes] | None", go_on: Callable[[], None]) -> bytes:
    while future is not None and not future.done():
        wait([future], POLL_S)
        go_on()
    try:
        return job.made() if future is None else future.result()
    except (ReviewerError, BrokenProcessPool):
        return job.made()  # a fault is met again here, in the user's language


def _leave_with_parent() -> None:
    """End this process when the program ends, however it does."""
    program = parent_process()
    if program is not None:

        def watch() -> None:
            program.join()
            os._exit(1)

        threading.Thread(target=watch, daemon=True).start()
