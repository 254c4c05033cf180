"""Vectors of drafts: their two lines, before they are encrypted to the pack's identity."""

import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from reviewer_app.core.round import PackId
from reviewer_app.sheets import json_text
from reviewer_app.sheets.draft import Draft, state_of, write_draft_lines
from tests.sheets.making import EXPERT, NOON, make_desk
from tests.vectors.vector import Vector

IDENTITY = "AGE-SECRET-KEY-19J6FCZPVX8AWWHNR0MSMGGLQ2UGAGKA3NCGS99E6P2252FZX055STF8XHT"
OTHER_IDENTITY = "AGE-SECRET-KEY-1QQPQYRQSZYGZYGZYGZYGZYGZYGZYGZYGZYGZYGZYGZYGZYGZYGZSQ4V8Z3"
DESK = make_desk()
AT = NOON.isoformat()
WORK: dict[str, Any] = {
    "key": EXPERT.to_bytes().hex(),
    "marks": [
        ["01", "6.1", "84", "评语", "", ["方案.pdf#4"], AT],
        ["01", "6.2", "17/2", "", "理由", [], AT],
        ["01", "6.3", "not-applicable", "", "", [], AT],
        ["02", "6.1", "abstained", "", "未听取", [], AT],
        ["02", "6.2", "missing", "待核", "", [], AT],
    ],
    "notes": [["01", "私人笔记"]],
    "recusals": [["03", ["office"], "顾问", AT]],
    "signed": [],
}
DRAFT = Draft(
    pack_id=PackId("ffeeddccbbaa9988"),
    round_digest=DESK.round.digest.hex(),
    assignment_digest=DESK.assignment.digest.hex(),
    expert="02",
    written=AT,
    states=(state_of(WORK | {"notes": []}), state_of(WORK)),
    work=WORK,
    settings={"place": "WyIwMSIsICI2LjMiXQ=="},
)


def draft_vectors() -> Iterator[Vector]:
    """Yield a draft as it is written, and others that have to be refused."""
    good = write_draft_lines(DRAFT, IDENTITY)
    yield _vector("good", "accepted", "a draft with every state of a mark", good)
    foreign = write_draft_lines(DRAFT, OTHER_IDENTITY)
    yield _vector("foreign", "forged", "its first line under another identity", foreign)
    altered = good.replace(b'"84"', b'"94"')
    yield _vector("altered", "forged", "a mark altered after the first line", altered)
    fields = json_text.decode(good[65:], len(good))
    for name, what, change in (
        ("later", "of a later format", {"format": "reviewer-app/draft/2"}),
        ("extra", "with an unknown field", {"more": 1}),
        ("state", "whose last state is not that of its work", {"states": [DRAFT.states[0]]}),
        ("stateless", "without any state", {"states": []}),
        ("type", "whose settings are a list", {"settings": []}),
    ):
        yield _vector(
            name, "malformed", f"one {what}", tagged(json_text.encode(fields | change))
        )
    missing = {key: value for key, value in fields.items() if key != "written"}
    yield _vector(
        "missing", "malformed", "one without a time", tagged(json_text.encode(missing))
    )
    space = good[65:].replace(b'":', b'": ', 1)
    yield _vector("space", "malformed", "one with white space in its JSON", tagged(space))


def tagged(content: bytes) -> bytes:
    """Return two lines whose first one fits, as docs/formats.md describes it."""
    info = b"reviewer-app/draft/1"
    key = HKDF(hashes.SHA256(), 32, None, info).derive(IDENTITY.encode())
    return hmac.new(key, content, hashlib.sha256).hexdigest().encode() + b"\n" + content


def _vector(name: str, expect: str, what: str, plain: bytes) -> Vector:
    made = Vector(
        f"draft-{name}", "draft", expect, what, plain.decode(), {"identity": IDENTITY}
    )
    more = made.more | {"state": DRAFT.state}
    return replace(made, more=more) if expect == "accepted" else made
