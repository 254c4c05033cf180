"""Encryption of the files in a pack: age files for one identity that the passcode gives.

Any ``age`` program opens them with the identity (``reviewer-app expert identity``). The
passcode is stretched here and not by age's own passphrase recipient, whose cost cannot be set.
"""

import pyrage
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from reviewer_app.core.errors import PackError, PasscodeError
from reviewer_app.core.messages import _
from reviewer_app.sheets.bech32 import encode_bech32

SALT_BYTES = 16
DERIVATION = "argon2id m=65536 t=3 p=4"
"""What ``derive_identity`` does; the second choice of RFC 9106: 64 MiB, three passes."""
_MEMORY_KIB, _PASSES, _LANES, _BYTES = 65536, 3, 4, 32
_PREFIX = "age-secret-key-"


def derive_identity(passcode: str, salt: bytes) -> str:
    """Return the pack's identity, ``AGE-SECRET-KEY-1…``, for a normalised passcode.

    Takes 64 MiB and some tenths of a second: that is its purpose.
    """
    stretched = Argon2id(
        salt=salt, length=_BYTES, iterations=_PASSES, lanes=_LANES, memory_cost=_MEMORY_KIB
    ).derive(passcode.encode("ascii"))
    return identity_of(stretched)


def identity_of(secret: bytes) -> str:
    """Return 32 secret bytes as an age identity."""
    return encode_bech32(_PREFIX, secret).upper()


def recipient_of(identity: str) -> str:
    """Return the public half, ``age1…``; raises PasscodeError if ``identity`` is none."""
    return str(_identity(identity).to_public())


def encrypt(data: bytes, recipient: str) -> bytes:
    """Return ``data`` as an age file for ``recipient``."""
    encrypted: bytes = pyrage.encrypt(data, [pyrage.x25519.Recipient.from_str(recipient)])
    return encrypted


def decrypt(data: bytes, identity: str) -> bytes:
    """Return the content of an age file; raises PackError if it is damaged or for another."""
    key = _identity(identity)
    try:
        plain: bytes = pyrage.decrypt(data, [key])
    except pyrage.DecryptError:
        raise PackError(_("it is damaged, or made for another pack")) from None
    return plain


def most_overhead(size: int) -> int:
    """Return more bytes than age ever adds to a file of ``size`` for one recipient."""
    return 1024 + size // 2048


def _identity(identity: str) -> "pyrage.x25519.Identity":
    try:
        return pyrage.x25519.Identity.from_str(identity)
    except pyrage.IdentityError:
        raise PasscodeError(_("The pack identity is not complete")) from None
