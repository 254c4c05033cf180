"""Processes of our own: killed in the middle, or started at the same moment."""

import os
import signal
import time
import traceback
from collections.abc import Callable
from pathlib import Path

Work = Callable[[], None]


def forked(work: Work) -> int:
    """Run ``work`` in a process of its own and return its id; its status is 0 or 1."""
    child = os.fork()
    if child == 0:
        failed = 1
        try:
            work()
            failed = 0
        except BaseException:  # noqa: BLE001 - a child must never return into pytest
            traceback.print_exc()
        finally:
            os._exit(failed)
    return child


def killed(work: Work, after: float) -> bool:
    """Run ``work``, kill -9 it after so many seconds, and tell whether it was still at it."""
    child = forked(work)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    _pid, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "the work itself failed"
    return os.WIFSIGNALED(status)


def together(*works: Work) -> list[int]:
    """Run all at the same moment and return their exit statuses."""
    gate, starter = os.pipe()

    def at_the_gate(work: Work) -> Work:
        def wait() -> None:
            os.close(starter)
            os.read(gate, 1)
            work()

        return wait

    children = [forked(at_the_gate(work)) for work in works]
    os.close(gate)
    os.close(starter)
    return [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]


def put_back(path: Path, data: bytes) -> None:
    """Put a database file back as it was, without what its journal says."""
    for name in (f"{path.name}-wal", f"{path.name}-shm"):
        path.with_name(name).unlink(missing_ok=True)
    path.write_bytes(data)
