"""The memory one tally takes, in a process of its own: ``python -m tests.bench.memory L``."""

import sys
from collections.abc import Sequence

from tests.bench.panels import SIZES, block, rules


def peak() -> float:
    """Return the most memory this process has held, in MB; 0 where that is not told."""
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return 0.0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


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
