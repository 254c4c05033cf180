"""``pack.json``: the few things a pack shows before its passcode; none of them is trusted."""

import re
from dataclasses import dataclass
from typing import Any

from reviewer_app.core.errors import DocumentError, PackError
from reviewer_app.core.messages import _
from reviewer_app.core.round import PackId
from reviewer_app.sheets import age, json_text

FORMAT = "reviewer-app/pack/1"
MAX_BYTES = 4096
MAX_MATERIALS = 20_000
_PACK_ID = re.compile(r"[0-9a-f]{16}")
_SALT = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class PackHeader:
    """The pack's id, the salt of its passcode, its recipient and how many documents it has."""

    pack_id: PackId
    salt: bytes
    recipient: str
    entries: int


def to_data(header: PackHeader) -> dict[str, Any]:
    """Return the header as JSON data."""
    return {
        "entries": header.entries,
        "format": FORMAT,
        "kdf": age.DERIVATION,
        "pack": header.pack_id,
        "recipient": header.recipient,
        "salt": header.salt.hex(),
    }


def from_bytes(data: bytes) -> PackHeader:
    """Return the header of a pack; raises PackError, also for a pack of a later version."""
    try:
        content = json_text.decode(data, MAX_BYTES)
    except DocumentError:
        content = None
    if not isinstance(content, dict) or not str(content.get("format")).startswith(
        "reviewer-app/pack/"
    ):
        raise PackError(_("The file is not a review pack"))
    if content["format"] != FORMAT:
        raise PackError(_("The pack was made by a later version; use that one"))
    header = _header(content)
    if header is None or to_data(header) != content:
        raise PackError(_("The pack is damaged: pack.json"))
    return header


def _header(content: dict[str, Any]) -> PackHeader | None:
    match content:
        case {"entries": int(entries), "pack": str(pack_id), "salt": str(salt)} if (
            0 <= entries <= MAX_MATERIALS
            and _PACK_ID.fullmatch(pack_id)
            and _SALT.fullmatch(salt)
        ):
            recipient = str(content.get("recipient"))
            return PackHeader(PackId(pack_id), bytes.fromhex(salt), recipient, entries)
        case _:
            return None
