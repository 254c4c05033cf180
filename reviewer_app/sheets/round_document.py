"""The signed round: the same bytes for everyone, with scheme, rules and the bureau's key."""

import hashlib
import re
from dataclasses import dataclass
from datetime import date

from reviewer_app.core.messages import _
from reviewer_app.core.round import ApplicationNumber, RoundId, RoundKind
from reviewer_app.core.rules import ReviewRules
from reviewer_app.core.rules_data import rules_from_data, rules_to_data
from reviewer_app.core.scheme import Scheme
from reviewer_app.core.scheme_data import scheme_from_data, scheme_to_data
from reviewer_app.sheets import cbor, cose, json_text
from reviewer_app.sheets.cbor import check_size
from reviewer_app.sheets.keys import SigningKey, digest_fingerprint
from reviewer_app.sheets.payload import Payload, about

TYPE = "reviewer-app/round/1"
MAX_BYTES = 4 << 20
_KEY_FIELD, _LAST_FIELD = 10, 11
_ROUND_ID = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class RoundDocument:
    """What the bureau fixes before the first score; applications by number only."""

    round_id: RoundId
    title: str
    kind: RoundKind
    organiser: str
    date: date
    place: str
    scheme: Scheme
    rules: ReviewRules
    weights_confirmed_by: str
    bureau_key: bytes
    applications: tuple[ApplicationNumber, ...]


@dataclass(frozen=True, slots=True)
class VerifiedRound:
    """A round whose signature holds; ``raw`` are the signed bytes, made by ``verify_round``."""

    raw: bytes
    digest: bytes
    document: RoundDocument

    @property
    def fingerprint(self) -> str:
        """Return 本场指纹, shown after opening and printed on every paper."""
        return digest_fingerprint(self.digest)


def sign_round(document: RoundDocument, key: SigningKey) -> bytes:
    """Return the signed round; ``key`` must be the one whose public half it names."""
    if key.public != document.bureau_key:
        raise ValueError("the round names another bureau key")
    payload: dict[int, cbor.Plain] = {
        0: TYPE,
        1: document.round_id,
        2: document.title,
        3: document.kind.value,
        4: document.organiser,
        5: document.date.isoformat(),
        6: document.place,
        7: json_text.encode(scheme_to_data(document.scheme)).decode(),
        8: json_text.encode(rules_to_data(document.rules)).decode(),
        9: document.weights_confirmed_by,
        10: document.bureau_key,
        11: list(document.applications),
    }
    return cose.sign(cbor.encode(payload), key)


def verify_round(data: bytes) -> VerifiedRound:
    """Return the round if its signature holds under the key it names.

    Whether that key is the bureau's is for people to compare (fingerprint on the slip). Raises
    DocumentError, SignatureError.
    """
    with about(_("The round document")):
        check_size(data, MAX_BYTES)
        fields = Payload.signed_by_own_key(data, _KEY_FIELD, TYPE, _LAST_FIELD)
        document = _document(fields)
    return VerifiedRound(data, hashlib.sha256(data).digest(), document)


def _document(fields: Payload) -> RoundDocument:
    applications = fields.texts(11)
    if len(set(applications)) != len(applications) or not all(applications):
        fields.refuse(_("an application number is empty or there twice"))
    return RoundDocument(
        round_id=_round_id(fields),
        title=fields.filled(2),
        kind=_kind(fields),
        organiser=fields.text(4),
        date=_date(fields),
        place=fields.text(6),
        scheme=scheme_from_data(fields.json(7), _("scheme of the round")),
        rules=rules_from_data(fields.json(8), _("rules of the round")),
        weights_confirmed_by=fields.text(9),
        bureau_key=fields.bytes(_KEY_FIELD),
        applications=tuple(ApplicationNumber(number) for number in applications),
    )


def _round_id(fields: Payload) -> RoundId:
    if not _ROUND_ID.fullmatch(fields.text(1)):
        fields.refuse(_("the round id is not sixteen hexadecimal digits"))
    return RoundId(fields.text(1))


def _kind(fields: Payload) -> RoundKind:
    try:
        return RoundKind(fields.text(3))
    except ValueError:
        fields.refuse(_("there is no kind of round “{kind}”").format(kind=fields.text(3)[:40]))


def _date(fields: Payload) -> date:
    text = fields.text(5)
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        fields.refuse(_("“{text}” is not a date").format(text=text[:40]))
    return day
