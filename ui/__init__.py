"""The windows.

PySide6 6.12 gives back one reference of None too many on every call that returns nothing: it is
built for interpreters in which None cannot die (3.12 and later). On Python 3.11 the count
reaches zero after some thousand calls and the interpreter aborts ("deallocating None"). There
None is therefore given so many references that no session can use them up. See
tests/ui/test_interpreter.py.
"""

import ctypes
import sys

_ENOUGH = 1 << 56


def keep_none_alive() -> None:
    """Make None outlive every call into Qt on interpreters that count its references."""
    if sys.version_info < (3, 12) and sys.getrefcount(None) < _ENOUGH:
        ctypes.c_ssize_t.from_address(id(None)).value += _ENOUGH


keep_none_alive()
