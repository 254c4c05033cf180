"""The signed roster: who must answer for what, in versions that each say why they changed."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from reviewer_app.core.errors import DocumentError, NotFoundError
from reviewer_app.core.messages import _
from reviewer_app.core.round import ApplicationNumber, ExpertNumber
from reviewer_app.sheets import cbor, cose
from reviewer_app.sheets.cbor import check_size
from reviewer_app.sheets.keys import SigningKey
from reviewer_app.sheets.payload import DIGEST_BYTES, Payload, about
from reviewer_app.sheets.round_document import VerifiedRound
from reviewer_app.sheets.times import LAST_SECOND, from_seconds, to_seconds

TYPE = "reviewer-app/roster/1"
MAX_BYTES = 4 << 20
_LAST_FIELD = 7
_MEMBER_FIELDS = 6
_MOST_VERSIONS = 1 << 16


@dataclass(frozen=True, slots=True)
class RosterMember:
    """One seat at the table; ``withdrawn`` is the reason, empty while the expert serves."""

    expert: ExpertNumber
    name: str
    employer: str
    assignment_digest: bytes
    applications: tuple[ApplicationNumber, ...]
    withdrawn: str = ""


@dataclass(frozen=True, slots=True)
class RosterDocument:
    """One version of the roster; ``previous`` is the digest of the version before."""

    round_digest: bytes
    version: int
    previous: bytes | None
    reason: str
    at: datetime
    members: tuple[RosterMember, ...]
    commitments: tuple[tuple[ApplicationNumber, bytes], ...]

    def member(self, expert: str) -> RosterMember:
        """Return the seat of an expert; raises NotFoundError."""
        for each in self.members:
            if each.expert == expert:
                return each
        raise NotFoundError(_("Expert {expert} is not in the roster").format(expert=expert))


@dataclass(frozen=True, slots=True)
class VerifiedRoster:
    """A roster whose signature holds; made by ``verify_roster`` alone."""

    raw: bytes
    digest: bytes
    document: RosterDocument


def sign_roster(document: RosterDocument, key: SigningKey) -> bytes:
    """Return the signed roster."""
    payload: dict[int, cbor.Plain] = {
        0: TYPE,
        1: document.round_digest,
        2: document.version,
        3: document.previous or b"",
        4: document.reason,
        5: to_seconds(document.at),
        6: [_member_fields(member) for member in document.members],
        7: [[number, digest] for number, digest in document.commitments],
    }
    return cose.sign(cbor.encode(payload), key)


def verify_roster(data: bytes, round_: VerifiedRound) -> VerifiedRoster:
    """Return the roster if the round's bureau signed it for this round.

    Raises DocumentError, SignatureError.
    """
    with about(_("The roster")):
        check_size(data, MAX_BYTES)
        fields = Payload.signed_by(data, round_.document.bureau_key, TYPE, _LAST_FIELD)
        if fields.bytes(1, DIGEST_BYTES) != round_.digest:
            fields.refuse(_("it belongs to another round"))
        document = _document(fields, round_)
    return VerifiedRoster(data, hashlib.sha256(data).digest(), document)


def check_succession(older: VerifiedRoster, newer: VerifiedRoster) -> None:
    """Pass if ``newer`` is the version right after ``older``; raises DocumentError."""
    if (newer.document.version, newer.document.previous) != (
        older.document.version + 1,
        older.digest,
    ):
        raise DocumentError(
            _("Roster version {version} does not continue version {older}").format(
                version=newer.document.version, older=older.document.version
            )
        )


def _member_fields(member: RosterMember) -> dict[int, cbor.Plain]:
    return {
        1: member.expert,
        2: member.name,
        3: member.employer,
        4: member.assignment_digest,
        5: list(member.applications),
        6: member.withdrawn,
    }


def _document(fields: Payload, round_: VerifiedRound) -> RosterDocument:
    version = fields.integer(2, 1, _MOST_VERSIONS)
    previous, reason = fields.bytes(3, 0, DIGEST_BYTES), fields.text(4)
    if (version == 1) != (not previous) or (version == 1) != (not reason):
        fields.refuse(_("a later version names the one before and a reason, the first neither"))
    members = tuple(_member(each, round_) for each in fields.maps(6, _MEMBER_FIELDS))
    if len({member.expert for member in members}) != len(members):
        fields.refuse(_("an expert is there twice"))
    return RosterDocument(
        round_digest=round_.digest,
        version=version,
        previous=previous or None,
        reason=reason,
        at=from_seconds(fields.integer(5, 0, LAST_SECOND)),
        members=members,
        commitments=_commitments(fields, round_),
    )


def _member(fields: Payload, round_: VerifiedRound) -> RosterMember:
    applications = fields.texts(5)
    if set(applications) - set(round_.document.applications) or len(set(applications)) != len(
        applications
    ):
        fields.refuse(_("it names an application twice, or one that is not in the round"))
    return RosterMember(
        expert=ExpertNumber(fields.filled(1)),
        name=fields.text(2),
        employer=fields.text(3),
        assignment_digest=fields.bytes(4, DIGEST_BYTES),
        applications=tuple(ApplicationNumber(number) for number in applications),
        withdrawn=fields.text(6),
    )


def _commitments(
    fields: Payload, round_: VerifiedRound
) -> tuple[tuple[ApplicationNumber, bytes], ...]:
    pairs = []
    for item in fields.items(7):
        match item:
            case [str(number), bytes(digest)] if len(digest) == DIGEST_BYTES:
                pairs.append((ApplicationNumber(number), digest))
            case _:
                fields.refuse(_("a commitment is not a number and a digest"))
    if tuple(number for number, _digest in pairs) != round_.document.applications:
        fields.refuse(_("its commitments are not those of the round's applications"))
    return tuple(pairs)
