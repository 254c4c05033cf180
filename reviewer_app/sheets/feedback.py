"""The anonymised feedback of a first scoring, ``*.reviewfeedback`` (docs/formats.md, 14).

The bureau signs it for one expert: how the panel's marks lie, and which of the expert's own
sheets the second scoring goes on from. The file carries that sheet, too, so that a new laptop
can go on from it. Only who has the pack open can read the file: it is encrypted to an identity
that follows from the pack's enrolment secret.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from reviewer_app.core.errors import DocumentError, PackError
from reviewer_app.core.feedback import Middle, PanelFigures
from reviewer_app.core.messages import _
from reviewer_app.core.round import ApplicationNumber
from reviewer_app.sheets import age, cbor, cose, json_text
from reviewer_app.sheets.assignment_document import VerifiedAssignment
from reviewer_app.sheets.keys import SigningKey
from reviewer_app.sheets.payload import DIGEST_BYTES, Payload, about
from reviewer_app.sheets.round_document import VerifiedRound
from reviewer_app.sheets.signed_sheet import MAX_STAGE
from reviewer_app.sheets.times import LAST_SECOND, from_seconds, to_seconds

SUFFIX = ".reviewfeedback"
TYPE = "reviewer-app/feedback/1"
FILE_TYPE = "reviewer-app/feedback-file/1"
MAX_BYTES = 20 << 20
_LAST_FIELD, _SECRET_BYTES, _SECOND = 6, 32, 2


@dataclass(frozen=True, slots=True)
class FeedbackDocument:
    """What the bureau signs for one expert before a scoring of a later ``stage``."""

    round_digest: bytes
    assignment_digest: bytes
    stage: int
    first: bytes
    """Digest of the expert's sheet of the stage before; the scoring goes on from it."""
    figures: tuple[PanelFigures, ...]
    """Of the expert's own applications, without the recused ones."""
    at: datetime


@dataclass(frozen=True, slots=True)
class VerifiedFeedback:
    """Feedback whose signature holds; made by ``verify_feedback`` alone."""

    raw: bytes
    document: FeedbackDocument


def sign_feedback(document: FeedbackDocument, key: SigningKey) -> bytes:
    """Return the signed feedback."""
    payload: dict[int, cbor.Plain] = {
        0: TYPE,
        1: document.round_digest,
        2: document.assignment_digest,
        3: document.stage,
        4: document.first,
        5: json_text.encode(figures_to_data(document.figures)).decode(),
        6: to_seconds(document.at),
    }
    return cose.sign(cbor.encode(payload), key)


def verify_feedback(
    data: bytes, round_: VerifiedRound, assignment: VerifiedAssignment
) -> VerifiedFeedback:
    """Return the feedback if the round's bureau signed it for this expert.

    Raises DocumentError, SignatureError.
    """
    with about(_("The feedback")):
        fields = Payload.signed_by(data, round_.document.bureau_key, TYPE, _LAST_FIELD)
        if fields.bytes(1, DIGEST_BYTES) != round_.digest:
            fields.refuse(_("it belongs to another round"))
        if fields.bytes(2, DIGEST_BYTES) != assignment.digest:
            fields.refuse(_("it was made for another expert"))
        document = FeedbackDocument(
            round_.digest,
            assignment.digest,
            fields.integer(3, _SECOND, MAX_STAGE),
            fields.bytes(4, DIGEST_BYTES),
            figures_from_data(fields.json(5)),
            from_seconds(fields.integer(6, 0, LAST_SECOND)),
        )
        given = {each.application.number for each in assignment.document.applications}
        if not {ApplicationNumber(each.application) for each in document.figures} <= given:
            fields.refuse(_("it names an application that is not in this pack"))
    return VerifiedFeedback(data, document)


def seal_feedback(signed: bytes, own_sheet: bytes, enrolment: bytes) -> bytes:
    """Return the file for one expert: the signed feedback and the own ``*.scoresheet``."""
    plain = cbor.encode({0: FILE_TYPE, 1: signed, 2: own_sheet})
    return age.encrypt(plain, age.recipient_of(_identity(enrolment)))


def open_feedback(data: bytes, enrolment: bytes) -> bytes:
    """Return what is inside a feedback file, nothing in it believed; raises DocumentError."""
    try:
        return age.decrypt(data, _identity(enrolment))
    except PackError:
        raise DocumentError(
            _("it is damaged, or made for another expert or another pack")
        ) from None


def parts_of(plain: bytes) -> tuple[bytes, bytes]:
    """Return the signed feedback and the own sheet's file; raises DocumentError."""
    fields = Payload.typed(plain, FILE_TYPE, 2)
    return fields.bytes(1), fields.bytes(2)


def feedback_digest(signed: bytes) -> str:
    """Return the hash of signed feedback, as the log carries it."""
    return hashlib.sha256(signed).hexdigest()


def figures_digest(figures: Sequence[PanelFigures]) -> str:
    """Return the hash of the whole panel's figures, as the log carries it."""
    return hashlib.sha256(figures_text(figures)).hexdigest()


def figures_text(figures: Sequence[PanelFigures]) -> bytes:
    """Return ``feedback.json`` of the archive: the figures of every application."""
    return json_text.encode({"applications": figures_to_data(figures), "format": TYPE})


def figures_to_data(figures: Iterable[PanelFigures]) -> list[dict[str, Any]]:
    """Return the figures as JSON data (docs/formats.md, section 14)."""
    return [
        {
            "application": each.application,
            **_middle_data(each.total),
            "indicators": [
                {"indicator": code, **_middle_data(middle)} for code, middle in each.indicators
            ],
        }
        for each in figures
    ]


def figures_from_data(data: object) -> tuple[PanelFigures, ...]:
    """Return the figures that JSON data state; raises DocumentError for any other data."""
    try:
        figures = tuple(map(_figures, _list(data)))
    except (AttributeError, KeyError, TypeError, ValueError, ZeroDivisionError):
        figures = ()
    if figures_to_data(figures) != data:
        raise DocumentError(_("its figures are not in the one form the format allows"))
    return figures


def _figures(data: dict[str, Any]) -> PanelFigures:
    rows = _list(data["indicators"])
    indicators = tuple((str(row["indicator"]), _middle(row)) for row in rows)
    return PanelFigures(str(data["application"]), _middle(data), indicators)


def _middle(data: dict[str, Any]) -> Middle:
    return Middle(int(data["count"]), _exact(data["median"]), _exact(data["width"]))


def _middle_data(middle: Middle) -> dict[str, Any]:
    return {
        "count": middle.count,
        "median": None if middle.median is None else str(middle.median),
        "width": None if middle.width is None else str(middle.width),
    }


def _exact(value: object) -> Fraction | None:
    return None if value is None else Fraction(str(value))


def _list(value: object) -> list[dict[str, Any]]:
    if not isinstance(value, list):
        raise TypeError(value)
    return value


def _identity(enrolment: bytes) -> str:
    derived = HKDF(hashes.SHA256(), _SECRET_BYTES, None, TYPE.encode()).derive(enrolment)
    return age.identity_of(derived)
