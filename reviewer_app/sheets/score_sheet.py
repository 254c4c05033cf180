"""The score sheet: sealed by one expert, verified before a word of it is believed.

``seal_sheet`` makes the bytes of a ``*.scoresheet``; ``verify_sheet`` (or, for codes read from
paper, ``verify_sheet_bytes``) is the only maker of a ``VerifiedSheet``. Everything else about a
sheet is derived from its bytes (docs/formats.md, section 7).
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from reviewer_app.core.errors import Refusal, SheetRefusedError
from reviewer_app.core.messages import _
from reviewer_app.sheets import cbor, cose
from reviewer_app.sheets.assignment_document import VerifiedAssignment
from reviewer_app.sheets.keys import SigningKey
from reviewer_app.sheets.round_document import VerifiedRound
from reviewer_app.sheets.sheet_comments import decode_comments, encode_comments
from reviewer_app.sheets.sheet_content import Comments, Recusal, Remark, SheetContent
from reviewer_app.sheets.sheet_form import SheetForm, effective_schemes, form_of
from reviewer_app.sheets.sheet_payload import content_fields, read_content
from reviewer_app.sheets.signed_sheet import (
    TYPE,
    SignedSheet,
    open_sheet_file,
    read_signed_sheet,
    refusing,
    sheet_file,
)

ENROLMENT_BYTES = 32

Assignments: TypeAlias = Mapping[bytes, VerifiedAssignment] | VerifiedAssignment
"""One assignment, or all of a round by their digests."""


@dataclass(frozen=True, slots=True)
class VerifiedSheet:
    """A sheet of this round and assignment that passed every check of its own.

    ``comments`` is None while only the paper has arrived (评语待补).
    """

    sheet: bytes
    digest: bytes
    receipt: str
    content: SheetContent
    comments: Comments | None
    comments_bytes: bytes | None
    public_key: bytes
    enrolment_tag: bytes
    assignment: VerifiedAssignment


def seal_sheet(
    content: SheetContent,
    comments: Comments,
    key: SigningKey,
    enrolment_secret: bytes,
    round_: VerifiedRound,
    assignment: VerifiedAssignment,
) -> bytes:
    """Return the signed ``*.scoresheet``; raises MarkError while any mark is missing or wrong.

    What comes out has passed ``verify_sheet``, so the bureau cannot find fault with it.
    """
    written = encode_comments(comments)
    form = form_of(round_, assignment)
    payload = content_fields(content, form) | {
        0: TYPE,
        9: hashlib.sha256(written).digest(),
        10: key.public,
        11: _enrolment_tag(enrolment_secret, key.public, round_.digest, assignment.digest),
    }
    data = sheet_file(cose.sign(cbor.encode(payload), key), written)
    verify_sheet(data, round_, assignment)
    return data


def verify_sheet(data: bytes, round_: VerifiedRound, assignments: Assignments) -> VerifiedSheet:
    """Return the sheet of a ``*.scoresheet`` after every check; raises SheetRefusedError."""
    sheet, comments = open_sheet_file(data)
    return _verified(read_signed_sheet(sheet), comments, round_, assignments)


def verify_sheet_bytes(
    sheet: bytes, round_: VerifiedRound, assignments: Assignments
) -> VerifiedSheet:
    """Return a sheet read from paper, its comments still to come; raises SheetRefusedError."""
    return _verified(read_signed_sheet(sheet), None, round_, assignments)


def enrolled(sheet: VerifiedSheet, enrolment_secret: bytes) -> bool:
    """Tell whether the sheet's key was made by someone who opened the pack with this secret."""
    expected = _enrolment_tag(
        enrolment_secret,
        sheet.public_key,
        sheet.content.round_digest,
        sheet.content.assignment_digest,
    )
    return hmac.compare_digest(expected, sheet.enrolment_tag)


def _enrolment_tag(secret: bytes, key: bytes, round_: bytes, assignment: bytes) -> bytes:
    return hmac.digest(secret, cbor.encode([key, round_, assignment]), "sha256")


def _verified(
    signed: SignedSheet, comments: bytes | None, round_: VerifiedRound, assignments: Assignments
) -> VerifiedSheet:
    assignment = _assignment(signed, round_, assignments)
    form = form_of(round_, assignment)
    with refusing(form.expert):
        content = read_content(signed, form)
        remarks = None if comments is None else _comments(comments, signed, form, content)
    return VerifiedSheet(
        sheet=signed.sheet,
        digest=signed.digest,
        receipt=signed.receipt,
        content=content,
        comments=remarks,
        comments_bytes=comments,
        public_key=signed.public_key,
        enrolment_tag=signed.enrolment_tag,
        assignment=assignment,
    )


def _assignment(
    signed: SignedSheet, round_: VerifiedRound, assignments: Assignments
) -> VerifiedAssignment:
    if signed.round_digest != round_.digest:
        raise SheetRefusedError(
            Refusal.OTHER_ROUND,
            _("The sheet belongs to another round than “{title}”").format(
                title=round_.document.title
            ),
        )
    if isinstance(assignments, VerifiedAssignment):
        assignments = {assignments.digest: assignments}
    found = assignments.get(signed.assignment_digest)
    if found is None:
        raise SheetRefusedError(
            Refusal.OTHER_ASSIGNMENT,
            _("The sheet answers an assignment that was not made for this expert and round"),
        )
    return found


def _comments(
    comments: bytes, signed: SignedSheet, form: SheetForm, content: SheetContent
) -> Comments:
    if hashlib.sha256(comments).digest() != signed.comments_digest:
        form.refuse(
            Refusal.COMMENTS_ALTERED, _("the comments are not the ones that were signed")
        )
    return decode_comments(comments, form, content.recusals)


__all__ = [
    "Comments",
    "Recusal",
    "Remark",
    "SheetContent",
    "SignedSheet",
    "VerifiedSheet",
    "effective_schemes",
    "enrolled",
    "open_sheet_file",
    "read_signed_sheet",
    "seal_sheet",
    "sheet_file",
    "verify_sheet",
    "verify_sheet_bytes",
]
