"""A14: hostile papers and pictures in the reading process, which is held to limits."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import BinaryIO, cast

import pytest

from tests.faults import inventing, inventing_media
from tests.faults.conftest import Trials
from ui.reading.frames import Head, framed, read_frame

pytestmark = pytest.mark.skipif(os.name == "nt", reason="limits are those of POSIX systems")
ROOT = Path(__file__).resolve().parents[2]
SUFFIXES = (".pdf", ".png", ".jpg", ".tif", ".bmp", ".xlsx", ".docx")
MEGABYTES = 600
SECONDS = 6.0
"""What the window waits for a page; then it ends the process and says so in its place."""
GONE = "gone"
BURSTING = {"contents-bomb.pdf", "form-loop.pdf"}
"""Pages that never end: the limits end the process, and the window goes on with another."""


class Child:
    """A reading process, as the window starts it."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "ui.reading.child"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        )  # fmt: skip

    def ask(self, head: Head, payload: bytes = b"") -> Head | None:
        """Return the answer, None where the process died of the question."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        try:
            self.process.stdin.write(framed(head, payload))
            self.process.stdin.flush()
        except BrokenPipeError:
            return None
        answered = read_frame(cast("BinaryIO", self.process.stdout))
        return answered[0] if answered else None

    def spent(self) -> float:
        """Return the processor time so far, in seconds."""
        fields = (
            Path(f"/proc/{self.process.pid}/stat").read_text("ascii").split(") ")[1].split()
        )
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def peak(self) -> float:
        """Return the most memory it ever had, in megabytes."""
        text = Path(f"/proc/{self.process.pid}/status").read_text("ascii")
        return int(text.split("VmHWM:")[1].split()[0]) / 1024

    def end(self) -> int:
        """End it and return how it ended."""
        self.process.kill()
        self.process.communicate()
        return self.process.returncode


def words_for(child: Child, name: str, data: bytes) -> str:
    """Return what the window would say of a document; a late or dead process is a word too."""
    patience = threading.Timer(SECONDS, child.process.kill)
    patience.start()
    answer = child.ask({"ask": "open", "document": "a", "file": name}, data)
    if answer and "error" not in answer and answer["kind"] == "pages":
        answer = child.ask({"ask": "picture", "document": "a", "page": 0, "width": 900})
    patience.cancel()
    return str(answer.get("error", "shown")) if answer else GONE


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_hostile_documents_end_in_a_word_within_time_and_memory(trials: Trials) -> None:
    every = [*inventing.every(full=trials.full), *inventing_media.pdfs()]
    every += [*inventing_media.pictures(), *inventing_media.sheets()]
    files = [each for each in every if each[0].endswith(SUFFIXES)][:: trials.step(8)]
    child, found = Child(), dict[str, str]()
    for name, data in files:
        found[name] = words_for(child, name, data)
        if found[name] == GONE:
            child.end()
            child = Child()
        assert child.peak() < MEGABYTES, name
    child.end()
    assert "damaged" in found.values()
    assert {name for name, word in found.items() if word == GONE} <= BURSTING
    trials.survived("A14 reading process", len(files))


LIMITED = "import sys; from ui.reading import limits; limits.begin({}); limits.new_turn(1); {}"


def limited(memory: int, work: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", LIMITED.format(memory, work)],
        capture_output=True, text=True, check=False, cwd=ROOT, timeout=60,
    )  # fmt: skip


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not hold to it")
def test_memory_beyond_the_limit_is_not_given() -> None:
    assert limited(200 << 20, "bytearray(100 << 20)").returncode == 0
    assert "MemoryError" in limited(200 << 20, "bytearray(300 << 20)").stderr


def test_an_answer_without_end_ends_although_nobody_waits() -> None:
    assert limited(200 << 20, "exec('while True: pass')").returncode == -signal.SIGXCPU


def test_the_process_leaves_no_picture_of_its_memory() -> None:
    done = limited(
        200 << 20, "import resource; print(resource.getrlimit(resource.RLIMIT_CORE))"
    )
    assert done.stdout == "(0, 0)\n"
