"""The windows.

PySide6 6.12 is built for interpreters whose constants cannot die (Python 3.12 and later): every
call that returns nothing gives back one reference of None too many, and overridden methods do
so with True and False. On Python 3.11 the counts reach zero after some thousand calls and the
interpreter aborts ("deallocating None"). There the constants are therefore given so many
references that no session can use them up. See tests/ui/test_interpreter.py.
"""

import ctypes
import sys

_ENOUGH = 1 << 56
_CONSTANTS: tuple[object, ...] = (
    *(None, True, False, NotImplemented, Ellipsis, (), "", b""),
    *range(-5, 257),
)


def keep_constants_alive() -> None:
    """Make constants outlive every call into Qt on interpreters that count their references."""
    if sys.version_info >= (3, 12):
        return
    for constant in _CONSTANTS:
        if sys.getrefcount(constant) < _ENOUGH:
            ctypes.c_ssize_t.from_address(id(constant)).value += _ENOUGH


keep_constants_alive()
