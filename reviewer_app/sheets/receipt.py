"""The receipt of a sheet: twelve characters that stand for every bit of it."""

import hashlib

from reviewer_app.sheets.base32 import ALPHABET, BITS, in_groups

RECEIPT_CHARACTERS = 12
_GROUP = 4


def receipt(sheet: bytes) -> str:
    """Return the receipt of the signed sheet, as printed: ``7KQ2-M4XA-9BTC``.

    The first 60 bits of its SHA-256.
    """
    bits = int.from_bytes(hashlib.sha256(sheet).digest()) >> (256 - RECEIPT_CHARACTERS * BITS)
    places = reversed(range(RECEIPT_CHARACTERS))
    return in_groups("".join(ALPHABET[bits >> place * BITS & 31] for place in places), _GROUP)
