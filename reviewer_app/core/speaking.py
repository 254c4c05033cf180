"""The order in which applications are heard (汇报顺序), drawn by lot from a seed.

Each application's lot is SHA-256 of three lines: the seed, the round's id, its number
(docs/formats.md, section 15). The lots in ascending order are the order of speaking: anybody
can repeat it by hand, and an application that is added or taken out moves no other.
"""

import hashlib
import unicodedata
from collections.abc import Iterable

from reviewer_app.core.errors import InputError
from reviewer_app.core.messages import _
from reviewer_app.core.names import check_text

LONGEST_SEED = 100


def clean_seed(text: str) -> str:
    """Return a seed as it is used: composed, without white space at its ends.

    Raises InputError for one that is empty, too long or has several lines.
    """
    seed = unicodedata.normalize("NFC", text).strip()
    check_text(seed, _("seed"))
    if not 0 < len(seed) <= LONGEST_SEED:
        raise InputError(_("The seed needs 1 to {most} characters").format(most=LONGEST_SEED))
    return seed


def lot_of(seed: str, round_id: str, number: str) -> str:
    """Return the lot of one application in hexadecimal digits."""
    return hashlib.sha256(f"{seed}\n{round_id}\n{number}".encode()).hexdigest()


def drawn(seed: str, round_id: str, numbers: Iterable[str]) -> tuple[str, ...]:
    """Return the applications in the order of their lots."""
    return tuple(sorted(numbers, key=lambda number: lot_of(seed, round_id, number)))
