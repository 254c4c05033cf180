"""P-256 keys and raw signatures: one algorithm, one form of each key and each signature.

Why P-256 and not Ed25519: see docs/formats.md, section 2.
"""

import hashlib
from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from reviewer_app.core.errors import KeyStoreError, SignatureError
from reviewer_app.core.messages import _

ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""The number of points of the group, n."""
PUBLIC_BYTES = 33
SIGNATURE_BYTES = 64
_SCALAR_BYTES = 32
_FINGERPRINT_BYTES = 8


class SigningKey:
    """A private key: the bureau's of one round, or an expert's of one pack."""

    def __init__(self, private: ec.EllipticCurvePrivateKey) -> None:
        self._private = private
        self.public = private.public_key().public_bytes(
            Encoding.X962, PublicFormat.CompressedPoint
        )
        """The public key, 33 bytes."""

    @classmethod
    def generate(cls) -> Self:
        """Return a new random key."""
        return cls(ec.generate_private_key(ec.SECP256R1()))

    @classmethod
    def from_bytes(cls, stored: bytes) -> Self:
        """Return the key that ``to_bytes`` wrote; raises KeyStoreError if it is none."""
        number = int.from_bytes(stored)
        if len(stored) != _SCALAR_BYTES or not 0 < number < ORDER:
            raise KeyStoreError(_("The stored signing key is damaged"))
        return cls(ec.derive_private_key(number, ec.SECP256R1()))

    def to_bytes(self) -> bytes:
        """Return the 32 bytes to be kept secret."""
        return self._private.private_numbers().private_value.to_bytes(_SCALAR_BYTES)

    def sign(self, data: bytes) -> bytes:
        """Return the one signature of ``data``: r and the smaller s, 32 bytes each."""
        algorithm = ec.ECDSA(hashes.SHA256(), deterministic_signing=True)
        r, s = utils.decode_dss_signature(self._private.sign(data, algorithm))
        return r.to_bytes(_SCALAR_BYTES) + min(s, ORDER - s).to_bytes(_SCALAR_BYTES)


def check_signature(public: bytes, signature: bytes, data: bytes) -> None:
    """Pass only if ``signature`` is the one of ``data`` by ``public``; else SignatureError."""
    key = _public_key(public)
    r, s = _numbers(signature)
    try:
        key.verify(utils.encode_dss_signature(r, s), data, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        raise SignatureError(_("the signature does not fit: something was altered")) from None


def fingerprint(public: bytes) -> str:
    """Return a key's fingerprint as people compare it, ``C81E 4F07 A6D9 220B``."""
    return digest_fingerprint(hashlib.sha256(public).digest())


def digest_fingerprint(digest: bytes) -> str:
    """Return the first 64 bits of a digest in four groups of four."""
    text = digest[:_FINGERPRINT_BYTES].hex().upper()
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def _public_key(public: bytes) -> ec.EllipticCurvePublicKey:
    """Return the point; only its compressed form is taken: a key has one fingerprint."""
    try:
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public)
    except ValueError:
        key = None
    if key is None or len(public) != PUBLIC_BYTES:
        raise SignatureError(_("the key in it is not valid"))
    return key


def _numbers(signature: bytes) -> tuple[int, int]:
    if len(signature) == SIGNATURE_BYTES:
        r = int.from_bytes(signature[:_SCALAR_BYTES])
        s = int.from_bytes(signature[_SCALAR_BYTES:])
        if 0 < r < ORDER and 0 < s <= ORDER // 2:
            return r, s
    raise SignatureError(_("the signature is not in the one form the format allows"))
