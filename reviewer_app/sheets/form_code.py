"""The code on a paper form: whose it is, of which round; no mark and no signature in it.

A kind of its own beside the codes of signed sheets (docs/formats.md, section 8a).
"""

import re
from dataclasses import dataclass

import base45

from reviewer_app.core.errors import DocumentError
from reviewer_app.sheets import cbor
from reviewer_app.sheets.signed_sheet import MAX_STAGE

MAGIC = "RVF1"
_CODE = re.compile(MAGIC + r":(?P<piece>[0-9A-Z $%*+\-./:]{2,600})\.")
_DIGEST_BYTES = 32


@dataclass(frozen=True, slots=True)
class FormCode:
    """What a form's code says."""

    round_digest: bytes
    assignment_digest: bytes
    expert: str
    stage: int


def form_text(code: FormCode) -> str:
    """Return the text of the QR code, in the characters of alphanumeric mode."""
    data = cbor.encode([code.round_digest, code.assignment_digest, code.expert, code.stage])
    piece: bytes = base45.b45encode(data)
    return f"{MAGIC}:{piece.decode('ascii')}."


def read_form_text(text: str) -> FormCode | None:
    """Return what a code says, or None for any other text."""
    found = _CODE.fullmatch(text)
    if found is None:
        return None
    try:
        item = cbor.decode(base45.b45decode(found["piece"]))
    except (ValueError, DocumentError):
        return None
    match item:
        case [bytes(round_), bytes(assignment), str(expert), int(stage)] if (
            len(round_) == len(assignment) == _DIGEST_BYTES and 1 <= stage <= MAX_STAGE
        ):
            return FormCode(round_, assignment, expert, stage)
        case _:
            return None
