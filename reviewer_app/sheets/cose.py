"""The signature envelope: COSE_Sign1 with ES256, written and read in one form only.

Written here on ``cbor2`` and ``cryptography`` because the libraries for COSE sign with random
nonces and accept anything in the unprotected header (docs/decisions).
"""

from reviewer_app.core.errors import DocumentError
from reviewer_app.core.messages import _
from reviewer_app.sheets import cbor
from reviewer_app.sheets.keys import SIGNATURE_BYTES, SigningKey, check_signature

PROTECTED = bytes.fromhex("a10126")
"""``{1: -7}``: the algorithm, ES256, is part of what is signed."""


def sign(payload: bytes, key: SigningKey) -> bytes:
    """Return ``payload`` in its envelope, the same bytes each time for the same key."""
    signature = key.sign(signed_bytes(payload))
    return cbor.encode([PROTECTED, {}, payload, signature])


def verify(message: bytes, public: bytes) -> bytes:
    """Return the payload of ``message`` if ``public`` signed it.

    Raises SignatureError if it did not, DocumentError if this is no envelope at all.
    """
    payload, signature = _parts(message)
    check_signature(public, signature, signed_bytes(payload))
    return payload


def unverified_payload(message: bytes) -> bytes:
    """Return the payload that ``message`` claims: only to find the key to verify it with."""
    return _parts(message)[0]


def signed_bytes(payload: bytes) -> bytes:
    """Return the Sig_structure of RFC 9052: the bytes that ECDSA signs."""
    return cbor.encode(["Signature1", PROTECTED, b"", payload])


def _parts(message: bytes) -> tuple[bytes, bytes]:
    match cbor.decode(message):
        case [bytes(protected), dict(unprotected), bytes(payload), bytes(signature)] if (
            protected == PROTECTED and not unprotected and len(signature) == SIGNATURE_BYTES
        ):
            return payload, signature
        case _:
            raise DocumentError(_("it is not a signed document of this program"))
