"""The draft of an expert's work, ``*.reviewdraft``: all that another laptop needs to go on.

One age file for the pack's own identity, so that the passcode opens it and nothing else does.
Anyone who has the pack can encrypt to that identity; therefore the first line is an HMAC under
a key that only the passcode gives: a draft that was not made with it is refused. The second
line is JSON in the one form of RFC 8785.
"""

import hashlib
import hmac
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from reviewer_app.core.errors import DocumentError, DraftError, PackError
from reviewer_app.core.messages import _
from reviewer_app.core.round import PackId
from reviewer_app.sheets import age, json_text

SUFFIX = ".reviewdraft"
FORMAT = "reviewer-app/draft/1"
MAX_BYTES = 32 << 20
_TAG_BYTES = 32
_LINE = 2 * _TAG_BYTES + 1


@dataclass(frozen=True, slots=True)
class Draft:
    """One expert's work at one moment; order is by ``states``, never by the clock.

    ``states`` are the digests of this work and of every draft it grew from, oldest first.
    ``work`` is what lies on the desk, ``settings`` what else it remembers, as JSON data.
    """

    pack_id: PackId
    round_digest: str
    assignment_digest: str
    expert: str
    written: str
    """The time as the laptop believed it."""
    states: tuple[str, ...]
    work: dict[str, Any]
    settings: dict[str, str]

    @property
    def state(self) -> str:
        """Return the digest of the work itself."""
        return self.states[-1]


def state_of(work: dict[str, Any]) -> str:
    """Return the digest that tells this work from any other."""
    return hashlib.sha256(json_text.encode(work)).hexdigest()


def seal_draft(draft: Draft, identity: str) -> bytes:
    """Return the file of a draft, for the identity of its pack."""
    return age.encrypt(write_draft_lines(draft, identity), age.recipient_of(identity))


def write_draft_lines(draft: Draft, identity: str) -> bytes:
    """Return the two lines that a draft is before it is encrypted."""
    content = json_text.encode(
        {
            "assignment": draft.assignment_digest,
            "expert": draft.expert,
            "format": FORMAT,
            "pack": draft.pack_id,
            "round": draft.round_digest,
            "settings": draft.settings,
            "states": list(draft.states),
            "work": draft.work,
            "written": draft.written,
        }
    )
    tag = _tag(content, identity).hex().encode()
    return tag + b"\n" + content


def open_draft(data: bytes, identity: str) -> Draft:
    """Return the draft in a file; raises DraftError if it is damaged, foreign or forged."""
    try:
        plain = age.decrypt(data, identity)
    except PackError:
        raise DraftError(_("it is damaged, or the draft of another pack or expert")) from None
    return read_draft_lines(plain, identity)


def read_draft_lines(plain: bytes, identity: str) -> Draft:
    """Return the draft in its two lines; raises DraftError as ``open_draft``."""
    line, content = plain[:_LINE], plain[_LINE:]
    if not hmac.compare_digest(line, _tag(content, identity).hex().encode() + b"\n"):
        raise DraftError(_("it was not made with the passcode of this pack"))
    try:
        return _draft(json_text.decode(content, MAX_BYTES))
    except DocumentError as error:
        raise DraftError(str(error)) from None


def _draft(content: Any) -> Draft:  # noqa: ANN401 - any JSON value
    match content:
        case {"format": str(name)} if name != FORMAT:
            raise DraftError(_("it was made by a later version; use that one"))
        case {
            "assignment": str(assignment),
            "expert": str(expert),
            "format": _format,
            "pack": str(pack_id),
            "round": str(round_digest),
            "settings": dict(settings),
            "states": [*states],
            "work": dict(work),
            "written": str(written),
            **rest,
        } if not rest and states and states[-1] == state_of(work):
            kept = tuple(map(str, states))
            pack = PackId(pack_id)
            return Draft(pack, round_digest, assignment, expert, written, kept, work, settings)
        case _:
            raise DraftError(_("it is damaged or not of this program"))


def _tag(content: bytes, identity: str) -> bytes:
    key = HKDF(hashes.SHA256(), _TAG_BYTES, None, FORMAT.encode()).derive(identity.encode())
    return hmac.digest(key, content, "sha256")
