"""The signed assignment: one expert, the applications to score, the documents in the pack."""

import hashlib
from dataclasses import dataclass, replace
from functools import lru_cache

from reviewer_app.core.errors import NotFoundError
from reviewer_app.core.messages import _
from reviewer_app.core.round import Application, ApplicationNumber, Expert, Material
from reviewer_app.core.round_data import (
    application_from_data,
    application_to_data,
    expert_from_data,
    signed_expert_to_data,
)
from reviewer_app.sheets import cbor, cose, json_text
from reviewer_app.sheets.cbor import check_size
from reviewer_app.sheets.keys import SigningKey
from reviewer_app.sheets.payload import DIGEST_BYTES, Payload, about
from reviewer_app.sheets.round_document import VerifiedRound

TYPE = "reviewer-app/assignment/1"
MAX_BYTES = 4 << 20
SALT_BYTES = 16
_LAST_FIELD = 3


@dataclass(frozen=True, slots=True)
class AssignedApplication:
    """An application to score, with the salt of its commitment in the roster."""

    application: Application
    salt: bytes


@dataclass(frozen=True, slots=True)
class AssignedMaterial:
    """A document in the pack; ``entry`` is its opaque name there, ``0001`` and so on."""

    entry: str
    application: ApplicationNumber
    material: Material


@dataclass(frozen=True, slots=True)
class AssignmentDocument:
    """What one expert is given; telephone and known conflicts of the expert stay out of it."""

    round_digest: bytes
    expert: Expert
    applications: tuple[AssignedApplication, ...]

    @property
    def materials(self) -> tuple[AssignedMaterial, ...]:
        """Return every document of the pack with its entry name, in order."""
        documents = [
            (each.application.number, material)
            for each in self.applications
            for material in each.application.materials
        ]
        return tuple(
            AssignedMaterial(f"{position:04d}", number, material)
            for position, (number, material) in enumerate(documents, start=1)
        )

    def application(self, number: str) -> Application:
        """Return an assigned application; raises NotFoundError."""
        for each in self.applications:
            if each.application.number == number:
                return each.application
        raise NotFoundError(
            _("Application {number} is not assigned to expert {expert}").format(
                number=number, expert=self.expert.number
            )
        )


@dataclass(frozen=True, slots=True)
class VerifiedAssignment:
    """An assignment whose signature holds; made by ``verify_assignment`` alone."""

    raw: bytes
    digest: bytes
    document: AssignmentDocument


def application_record(application: Application) -> bytes:
    """Return the bytes of an application that assignments carry and commitments hash."""
    return json_text.encode(application_to_data(application))


def commitment(application: Application, salt: bytes) -> bytes:
    """Return SHA-256(salt ‖ record): it binds the bureau without telling anybody anything."""
    return hashlib.sha256(salt + application_record(application)).digest()


def sign_assignment(document: AssignmentDocument, key: SigningKey) -> bytes:
    """Return the signed assignment."""
    expert = replace(document.expert, phone="", recused=frozenset())
    payload: dict[int, cbor.Plain] = {
        0: TYPE,
        1: document.round_digest,
        2: json_text.encode(signed_expert_to_data(expert)).decode(),
        3: [
            {1: each.salt, 2: application_record(each.application).decode()}
            for each in document.applications
        ],
    }
    return cose.sign(cbor.encode(payload), key)


def verify_assignment(data: bytes, round_: VerifiedRound) -> VerifiedAssignment:
    """Return the assignment if the round's bureau signed it for this round.

    Raises DocumentError, SignatureError.
    """
    with about(_("The assignment")):
        check_size(data, MAX_BYTES)
        fields = Payload.signed_by(data, round_.document.bureau_key, TYPE, _LAST_FIELD)
        if fields.bytes(1, DIGEST_BYTES) != round_.digest:
            fields.refuse(_("it belongs to another round"))
        document = _document(fields, round_)
    return VerifiedAssignment(data, hashlib.sha256(data).digest(), document)


def _document(fields: Payload, round_: VerifiedRound) -> AssignmentDocument:
    applications = tuple(_application(each) for each in fields.maps(3, 2))
    numbers = [each.application.number for each in applications]
    if len(set(numbers)) != len(numbers) or set(numbers) - set(round_.document.applications):
        fields.refuse(_("it names an application twice, or one that is not in the round"))
    return AssignmentDocument(round_.digest, _expert(fields), applications)


def _expert(fields: Payload) -> Expert:
    expert = expert_from_data(fields.json(2), _("expert of the assignment"))
    if signed_expert_to_data(expert) != fields.json(2):
        fields.refuse(_("its expert carries more than the format allows"))
    return expert


def _application(fields: Payload) -> AssignedApplication:
    application = _read_application(fields.text(2))
    if application is None:
        fields.refuse(_("an application is not in the one form the format allows"))
    return AssignedApplication(application, fields.bytes(1, SALT_BYTES))


@lru_cache(maxsize=1024)
def _read_application(text: str) -> Application | None:
    """Return what a text says, the same in every expert's assignment; None in another form."""
    data = json_text.decode(text.encode())
    application = application_from_data(data, _("application of the assignment"))
    return application if application_to_data(application) == data else None
