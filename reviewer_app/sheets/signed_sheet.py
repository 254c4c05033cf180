"""A score sheet as a file: taken apart, its signature checked, nothing in it believed yet."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from reviewer_app.core.errors import (
    DocumentError,
    InputError,
    Refusal,
    SheetRefusedError,
    SignatureError,
)
from reviewer_app.core.messages import _
from reviewer_app.sheets import cbor
from reviewer_app.sheets.payload import DIGEST_BYTES, Payload
from reviewer_app.sheets.receipt import receipt
from reviewer_app.sheets.times import LAST_SECOND, from_seconds

FILE_TYPE = "reviewer-app/scoresheet/1"
TYPE = "reviewer-app/sheet/1"
MAX_FILE_BYTES = 20 << 20
MAX_SHEET_BYTES = 1 << 20
MAX_STAGE = 9
MAX_REVISION = 9999
_LAST_FIELD, _KEY_FIELD = 13, 10


@dataclass(frozen=True, slots=True)
class SignedSheet:
    """A sheet whose signature holds under the key it names; nothing else is checked yet."""

    sheet: bytes
    digest: bytes
    public_key: bytes
    round_digest: bytes
    assignment_digest: bytes
    stage: int
    revision: int
    signed_at: datetime
    comments_digest: bytes
    enrolment_tag: bytes
    fields: Payload

    @property
    def receipt(self) -> str:
        """Return the receipt as printed, ``7KQ2-M4XA-9BTC``."""
        return receipt(self.sheet)


def sheet_file(sheet: bytes, comments: bytes | None) -> bytes:
    """Return the one ``*.scoresheet`` of a signed sheet and its comments' JSON text.

    Without comments (评语待补) it is what an archive keeps of a sheet that came on paper alone.
    """
    fields: dict[int, cbor.Plain] = {0: FILE_TYPE, 1: sheet}
    return cbor.encode(fields if comments is None else fields | {2: comments})


def open_sheet_file(data: bytes) -> tuple[bytes, bytes]:
    """Return the sheet and the comments of a ``*.scoresheet``, neither checked yet."""
    with refusing():
        item = cbor.decode(data, MAX_FILE_BYTES)
        if isinstance(item, dict) and item.get(0) == FILE_TYPE and list(item) == [0, 1]:
            raise SheetRefusedError(
                Refusal.COMMENTS_MISSING,
                _("The sheet file has lost its comments; take it from the laptop again"),
            )
        fields = Payload.typed(data, FILE_TYPE, 2)
        return fields.bytes(1), fields.bytes(2)


def read_signed_sheet(sheet: bytes) -> SignedSheet:
    """Return what a sheet claims once its signature holds; its signer is not checked yet."""
    with refusing():
        cbor.check_size(sheet, MAX_SHEET_BYTES)
        fields = Payload.signed_by_own_key(sheet, _KEY_FIELD, TYPE, _LAST_FIELD)
        return SignedSheet(
            sheet=sheet,
            digest=hashlib.sha256(sheet).digest(),
            public_key=fields.bytes(_KEY_FIELD),
            round_digest=fields.bytes(1, DIGEST_BYTES),
            assignment_digest=fields.bytes(2, DIGEST_BYTES),
            stage=fields.integer(3, 1, MAX_STAGE),
            revision=fields.integer(4, 1, MAX_REVISION),
            signed_at=from_seconds(fields.integer(12, 0, LAST_SECOND)),
            comments_digest=fields.bytes(9, DIGEST_BYTES),
            enrolment_tag=fields.bytes(11, DIGEST_BYTES),
            fields=fields,
        )


@contextmanager
def refusing(expert: str = "") -> Iterator[None]:
    """Turn faults of form and signature into refusals of the sheet."""
    try:
        yield
    except (DocumentError, InputError) as error:
        wrong = isinstance(error, SignatureError)
        sentence = _("Score sheet: {why}").format(why=error)
        if expert:
            sentence = _("Expert {expert}: {why}").format(expert=expert, why=error)
        raise SheetRefusedError(
            Refusal.BAD_SIGNATURE if wrong else Refusal.MALFORMED, sentence
        ) from None
