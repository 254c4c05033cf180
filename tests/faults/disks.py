"""Disks that fail at the k-th call, are full, or cannot be written to."""

import contextlib
import mmap
import os
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from reviewer_app.core.errors import ReviewerError
from tests.faults.processes import forked

STRACE = "strace"
ATTACHING = 10.0
SENTENCE = 4096


@dataclass(frozen=True)
class Failing:
    """Which system calls fail, how, and when: ``3`` the third, ``3+`` from the third on."""

    calls: str
    error: str
    when: str


@dataclass(frozen=True)
class Told:
    """What the program said under a failing disk, and whether the failure came at all."""

    sentence: str
    met: bool


def under(failing: Failing, work: Callable[[], object], log: Path) -> Told:
    """Run ``work`` in a process whose system calls fail; a bug in it fails the test."""
    gate, starter = os.pipe()
    shared = mmap.mmap(-1, SENTENCE)  # writing to it needs no system call that could fail

    def waiting() -> None:
        os.close(starter)
        os.read(gate, 1)
        try:
            work()
        except (ReviewerError, OSError) as error:  # the command line prints both as a line
            sentence = (str(error) or type(error).__name__).encode()[:SENTENCE]
            shared[: len(sentence)] = sentence

    child = forked(waiting)
    tracer = _attach(child, failing, log)
    os.close(starter)
    _pid, status = os.waitpid(child, 0)
    sentence = shared[:].rstrip(b"\0").decode("utf-8", "ignore")
    os.close(gate)
    tracer.wait(ATTACHING)
    met = "(INJECTED)" in log.read_text("utf-8", "replace")
    assert status == 0, (failing, sentence)
    assert "\n" not in sentence
    return Told(sentence, met)


def _attach(child: int, failing: Failing, log: Path) -> subprocess.Popen[bytes]:
    inject = f"inject={failing.calls}:error={failing.error}:when={failing.when}"
    command = [STRACE, "-f", "-qq", "-o", str(log), "-e", f"trace={failing.calls}"]
    return attached(subprocess.Popen([*command, "-e", inject, "-p", str(child)]), child)


def attached(tracer: subprocess.Popen[bytes], child: int) -> subprocess.Popen[bytes]:
    """Return the tracer once it really follows the child."""
    deadline = time.monotonic() + ATTACHING
    while "TracerPid:\t0\n" in Path(f"/proc/{child}/status").read_text("ascii"):
        assert time.monotonic() < deadline, "strace did not attach"
        time.sleep(0.002)
    return tracer


def can_trace() -> bool:
    """Tell whether strace is here and may look at our own processes."""
    try:
        done = subprocess.run(
            [STRACE, "-e", "inject=rename:error=EIO:when=1", "true"],
            capture_output=True, check=False,
        )  # fmt: skip
    except FileNotFoundError:
        return False
    return done.returncode == 0


def can_mount() -> bool:
    """Tell whether this user may mount small file systems in memory."""
    return hasattr(os, "geteuid") and os.geteuid() == 0 and _mounts()


def _mounts() -> bool:
    probe = Path("/tmp") / f"probe-{os.getpid()}"  # noqa: S108 - a mount point for a moment
    probe.mkdir()
    try:
        with mounted(probe, 4096 * 4):
            return True
    except subprocess.CalledProcessError:
        return False
    finally:
        probe.rmdir()


@contextlib.contextmanager
def mounted(folder: Path, size: int) -> Iterator[Path]:
    """Mount an empty file system of so many bytes on ``folder`` for the block."""
    _run("mount", "-t", "tmpfs", "-o", f"size={size},mode=700", "tmpfs", str(folder))
    try:
        yield folder
    finally:
        _run("umount", "-l", str(folder))


def read_only(folder: Path) -> None:
    """Make a mounted file system refuse every change."""
    _run("mount", "-o", "remount,ro", str(folder))


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)


def fill(folder: Path, free: int) -> Path:
    """Fill the disk of ``folder`` but for ``free`` bytes; return the file that does."""
    filler = folder / "filler"
    room = os.statvfs(folder)
    size = max(0, room.f_bavail * room.f_frsize - free)
    with filler.open("wb") as stream:
        os.posix_fallocate(stream.fileno(), 0, max(1, size))
    return filler
