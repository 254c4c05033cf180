"""The bureau's signing key, and the salts that only its holder can derive."""

import hashlib
import hmac

from reviewer_app.core.errors import RoundStateError
from reviewer_app.core.messages import _
from reviewer_app.core.round import ApplicationNumber, RoundId
from reviewer_app.services.ports import BureauUnit
from reviewer_app.sheets import bureau as documents
from reviewer_app.sheets.keys import SigningKey


def bureau_key(unit: BureauUnit) -> SigningKey:
    """Return the bureau's signing key, made at its first use."""
    stored = unit.setting("bureau-key")
    if stored is None:
        key = SigningKey.generate()
        unit.set_setting("bureau-key", key.to_bytes())
        return key
    return SigningKey.from_bytes(stored)


def require_own_key(verified: documents.VerifiedRound, key: SigningKey) -> None:
    """Raise RoundStateError on a machine that did not issue the round: it lacks the key."""
    if verified.document.bureau_key != key.public:
        raise RoundStateError(
            _("Only the machine that issued this round can sign for it; go back to that one")
        )


def salt_of(key: SigningKey, round_id: RoundId, application: ApplicationNumber) -> bytes:
    """Return the 16-byte salt of an application's commitment, known to the bureau alone."""
    text = f"commitment {round_id} {application}".encode()
    return hmac.new(key.to_bytes(), text, hashlib.sha256).digest()[:16]
