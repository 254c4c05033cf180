"""Stretching a secret a person types, and sealing one secret under another."""

import os
from dataclasses import asdict, dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from reviewer_app.core.errors import KeyStoreError
from reviewer_app.core.messages import _

KEY_BYTES = 32
_NONCE_BYTES = 12
_SALT_BYTES = 16
_WORK_LIMIT = 16 * 128 * 1024
"""Memory in KiB times passes; a forged key file cannot ask for more."""


@dataclass(frozen=True, slots=True)
class Stretching:
    """How Argon2id was called: what it costs to try one passcode or passphrase."""

    salt: str
    memory_kib: int
    passes: int
    lanes: int

    def as_data(self) -> dict[str, str | int]:
        """Return it as it stands in a file."""
        return asdict(self)


def new_stretching() -> Stretching:
    """Return today's cost with a new salt: 128 MiB, three passes, some tenths of a second."""
    return Stretching(os.urandom(_SALT_BYTES).hex(), 128 * 1024, 3, 4)


def stretch(secret: bytes, how: Stretching) -> bytes:
    """Return the 32-byte key that ``secret`` gives; raises KeyStoreError for a hostile cost."""
    work = how.memory_kib * how.passes
    if not 0 < 8 * how.lanes <= how.memory_kib or not 0 < work <= _WORK_LIMIT:
        raise KeyStoreError(_("The key file asks for an impossible amount of work"))
    return Argon2id(
        salt=bytes.fromhex(how.salt),
        length=KEY_BYTES,
        iterations=how.passes,
        lanes=how.lanes,
        memory_cost=how.memory_kib,
    ).derive(secret)


def derive(secret: bytes, purpose: str) -> bytes:
    """Return the 32-byte key for one purpose (HKDF-SHA-256); it tells nothing of others."""
    return HKDF(hashes.SHA256(), KEY_BYTES, None, purpose.encode()).derive(secret)


def seal(key: bytes, secret: bytes, purpose: str) -> bytes:
    """Return ``secret`` encrypted and authenticated under ``key`` for this purpose alone."""
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(derive(key, purpose)).encrypt(nonce, secret, purpose.encode())


def unseal(key: bytes, sealed: bytes, purpose: str) -> bytes:
    """Return what ``seal`` was given; raises KeyStoreError if key, purpose or a byte differ."""
    nonce, content = sealed[:_NONCE_BYTES].ljust(_NONCE_BYTES), sealed[_NONCE_BYTES:]
    try:
        return AESGCM(derive(key, purpose)).decrypt(nonce, content, purpose.encode())
    except InvalidTag:
        raise KeyStoreError(_("A stored key does not open: the key file is damaged")) from None
