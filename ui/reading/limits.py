"""What the reading process may take, where the system can hold it to that.

Measured on what experts may bring: six scans of A3 in 117 MB take 570 MB, an A3 page of 16
bits at 600 dpi 1.7 GB. The limit counts what is really used: the PDF reader reserves 32 GB of
addresses that it never fills. Windows has no such limits; there the window's patience remains.
"""

import contextlib
import sys

MOST_MEMORY = 2 << 30
TURN_SECONDS = 60
"""Processor time for one answer; the window gives up long before, if it is still there."""

if sys.platform == "win32":

    def begin(memory: int = MOST_MEMORY) -> None:
        """Do nothing: there are no such limits here."""
        del memory

    def new_turn(seconds: int = TURN_SECONDS) -> None:
        """Do nothing: there are no such limits here."""
        del seconds

else:
    import resource

    def begin(memory: int = MOST_MEMORY) -> None:
        """Let this process have so many bytes and leave no picture of its memory behind."""
        with contextlib.suppress(ValueError, OSError):  # a lower limit is there already
            resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    def new_turn(seconds: int = TURN_SECONDS) -> None:
        """End this process where the next answer takes longer, also when nobody waits."""
        used = resource.getrusage(resource.RUSAGE_SELF)
        until = int(used.ru_utime + used.ru_stime) + seconds
        _soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
        if hard == resource.RLIM_INFINITY or until < hard:
            resource.setrlimit(resource.RLIMIT_CPU, (until, hard))
