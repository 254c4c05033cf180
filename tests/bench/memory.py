"""The memory one tally takes, in a process of its own: ``python -m tests.bench.memory L``."""

import sys
from collections.abc import Sequence
from pathlib import Path

from tests.bench.panels import SIZES, block, rules


def peak() -> float:
    """Return the most memory this process has held, in MB; 0 where Linux does not tell it.

    Not ``getrusage``: there a child starts with what its parent held.
    """
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    [line] = [each for each in status.read_text("ascii").splitlines() if "VmHWM" in each]
    return int(line.split()[1]) / 1024


def main(arguments: Sequence[str]) -> None:
    """Print the peak after loading the program, after the marks, and after the tally."""
    from reviewer_app.core.volume import volume_tally  # noqa: PLC0415 - counted as loading

    size = SIZES[arguments[0]]
    loaded = peak()
    marks = block(size)
    held = peak()
    volume_tally(marks, rules("trimmed"))
    print(f"{loaded:.0f} {held:.0f} {peak():.0f}")


if __name__ == "__main__":
    main(sys.argv[1:])
