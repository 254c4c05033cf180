"""The squares of a QR code."""

import segno

Matrix = tuple[tuple[bool, ...], ...]
"""Rows of modules from the top, True for dark, without quiet zone."""


def matrix(text: str) -> Matrix:
    """Return the QR code of ``text`` at level M, in the fewest modules it needs."""
    code = segno.make(text, error="m", boost_error=False, micro=False)
    return tuple(tuple(bool(module) for module in row) for row in code.matrix)
