"""The real commands in this process, held to one line, no traceback and two seconds."""

import resource
import signal
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from reviewer_app.__main__ import main

SECONDS = 2.0
MEGABYTES = 300
HANGS = 20


@dataclass(frozen=True)
class Said:
    """What a command left."""

    status: int
    out: str
    err: str


@dataclass(frozen=True)
class Commands:
    """Runs commands on a home and sees that hostile input ends them well."""

    home: Path
    capsys: pytest.CaptureFixture[str]

    def run(self, *words: str | Path) -> Said:
        """Run a command; a hang, a traceback or a second line of error fails the test."""
        self.capsys.readouterr()
        begun, memory = time.process_time(), peak()
        signal.signal(signal.SIGALRM, _hanging)
        signal.alarm(HANGS)
        try:
            status = main([*map(str, words), "--home", str(self.home), "--language", "en"])
        finally:
            signal.alarm(0)
        spent, grown = time.process_time() - begun, peak() - memory
        said = Said(status, *self.capsys.readouterr())
        assert "Traceback" not in said.out + said.err, words
        assert spent < SECONDS, (words, spent)
        assert grown < MEGABYTES, (words, grown)
        return said

    def refused(self, *words: str | Path) -> Said:
        """Run a command that must end with status 1 and one line."""
        said = self.run(*words)
        assert said.status == 1, (words, said)
        if not said.out:
            assert len(said.err.strip().splitlines()) == 1, (words, said)
        return said


def peak() -> float:
    """Return the most memory this process ever had, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _hanging(_signal: int, _frame: object) -> None:
    raise TimeoutError("the command hangs")
