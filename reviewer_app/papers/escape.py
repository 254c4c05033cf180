"""Text for cells of spreadsheets and CSV files, where it must never act as a formula."""

import re

ACTIVE = "=+-@\t\r\n＝＋－＠"
"""What a spreadsheet may take for the beginning of a formula, full-width twins included."""
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML cannot carry."""


def harmless(text: str) -> str:
    """Return ``text`` so that no spreadsheet takes it for a formula.

    An apostrophe goes before an active beginning, leading white space and invisible characters
    disregarded.
    """
    shown = text.lstrip(" \u00a0\u3000\ufeff\u200b\u200c\u200d\u2060")
    active = bool(text) and (text[0] in ACTIVE or (bool(shown) and shown[0] in ACTIVE))
    return f"'{text}" if active else text


def writable(text: str) -> str:
    """Return ``text`` with characters that XML cannot carry shown by their code point."""
    return UNWRITABLE.sub(lambda match: f"[U+{ord(match[0]):04X}]", text)
