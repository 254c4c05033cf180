"""The squares of a QR code."""

import segno

MASK = 2
Matrix = tuple[tuple[bool, ...], ...]
"""Rows of modules from the top, True for dark, without quiet zone."""


def matrix(text: str) -> Matrix:
    """Return the QR code of ``text`` at level M, in the fewest modules it needs.

    The mask is given: to weigh all eight takes longest of all, and signed bytes have no
    patterns that one of them would have to break.
    """
    code = segno.make(text, error="m", boost_error=False, micro=False, mask=MASK)
    return tuple(tuple(bool(module) for module in row) for row in code.matrix)
