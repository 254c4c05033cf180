"""An entry (纸质补录): a hand-signed paper form that two people typed in, each on their own.

No key signs it: the ink on the scan does. It counts like a sheet and says of itself that it is
none. ``read_entry`` is the only maker of an ``EnteredSheet`` (docs/formats.md, section 7a).
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeAlias

from reviewer_app.core.errors import DocumentError, InputError, MarkError
from reviewer_app.core.messages import _
from reviewer_app.core.names import same_person
from reviewer_app.sheets import json_text
from reviewer_app.sheets.assignment_document import VerifiedAssignment
from reviewer_app.sheets.entry_cells import (
    SALT_BYTES,
    Cells,
    answers,
    cells_digest,
    from_data,
    to_data,
)
from reviewer_app.sheets.receipt import receipt
from reviewer_app.sheets.round_document import VerifiedRound
from reviewer_app.sheets.score_sheet import VerifiedSheet
from reviewer_app.sheets.sheet_content import Comments, SheetContent
from reviewer_app.sheets.sheet_form import form_of
from reviewer_app.sheets.signed_sheet import MAX_REVISION, MAX_STAGE

FORMAT = "reviewer-app/paper-entry/2"
NO_KEY = b""
"""Stands where a signed sheet has its key."""
_MAX_BYTES = 16 << 20
_TIME = "%Y-%m-%dT%H:%M:%SZ"
_TYPISTS = 2


@dataclass(frozen=True, slots=True)
class Typed:
    """Who typed the form and when; the salt of what was typed, once both have typed."""

    by: str
    at: datetime
    salt: str = ""


@dataclass(frozen=True, slots=True)
class Resolution:
    """One cell that was read differently, and what holds; an empty text: no mark."""

    application: str
    indicator: str
    first: str
    second: str
    value: str
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where an entry comes from: the signed form's scan, two typists, what was resolved."""

    typed: tuple[Typed, Typed]
    resolved: tuple[Resolution, ...]
    scan_file: str
    scan_sha256: str
    reason: str
    """Why there is a paper form at all."""


@dataclass(frozen=True, slots=True)
class EntryContent:
    """What counts: equal on every machine where people agreed on the same cells."""

    round_digest: bytes
    assignment_digest: bytes
    stage: int
    revision: int
    previous: bytes | None
    cells: Cells


@dataclass(frozen=True, slots=True)
class EnteredSheet:
    """An entry of this round and assignment whose boxes are all filled as they may be.

    It has the attributes of a ``VerifiedSheet`` that counting needs; its key is empty.
    """

    raw: bytes
    digest: bytes
    receipt: str
    content: SheetContent
    assignment: VerifiedAssignment
    provenance: Provenance
    cells: Cells
    public_key: bytes = NO_KEY
    comments: Comments | None = None

    @property
    def document_digest(self) -> str:
        """Return the SHA-256 of the whole file, hexadecimal, as the log carries it."""
        return hashlib.sha256(self.raw).hexdigest()


CountedSheet: TypeAlias = VerifiedSheet | EnteredSheet
"""Whatever may count for an expert: signed, or typed in from a hand-signed form."""


def write_entry(content: EntryContent, provenance: Provenance) -> bytes:
    """Return the entry's file, JSON text."""
    return json_text.encode(
        {
            "content": _content_data(content),
            "format": FORMAT,
            "reason": provenance.reason,
            "resolved": [_resolution_data(each) for each in provenance.resolved],
            "scan": {"file": provenance.scan_file, "sha256": provenance.scan_sha256},
            "typed": [
                {"at": each.at.strftime(_TIME), "by": each.by, "salt": each.salt}
                for each in provenance.typed
            ],
        }
    )


def read_entry(
    data: bytes, round_: VerifiedRound, assignments: Mapping[bytes, VerifiedAssignment]
) -> EnteredSheet:
    """Return the entry after every check of its own; raises DocumentError."""
    fields = _keys(json_text.decode(data, _MAX_BYTES), *_FIELDS)
    if fields["format"] != FORMAT:
        raise DocumentError(_("it is another kind of document, or of another version"))
    try:
        content = _content(_keys(fields["content"], *_CONTENT))
        provenance = _provenance(fields)
        assignment = _assignment(content, round_, assignments)
        _check_resolved(content.cells, provenance.resolved)
        found = answers(form_of(round_, assignment), content.cells)
    except (InputError, MarkError, ValueError, TypeError) as error:
        raise DocumentError(_("the entry is not sound: {why}").format(why=error)) from None
    canonical = json_text.encode(_content_data(content))
    return EnteredSheet(
        raw=data,
        digest=hashlib.sha256(canonical).digest(),
        receipt=receipt(canonical),
        content=SheetContent(
            round_digest=content.round_digest,
            assignment_digest=content.assignment_digest,
            stage=content.stage,
            revision=content.revision,
            previous=content.previous,
            marks=found.marks,
            signed_at=provenance.typed[1].at,
            recusals=found.recusals,
            reason=provenance.reason if content.revision > 1 else "",
        ),
        assignment=assignment,
        provenance=provenance,
        cells=content.cells,
        comments={},
    )


def typed_digests(cells: Cells, origin: Provenance) -> tuple[str, str]:
    """Return what the log must say of both typings: the cells, each with its own readings."""
    first, second = dict(cells), dict(cells)
    for each in origin.resolved:
        place = each.application, each.indicator
        for typing, text in ((first, each.first), (second, each.second)):
            typing.pop(place, None)
            if text:
                typing[place] = text
    one, other = origin.typed
    return cells_digest(first, one.salt), cells_digest(second, other.salt)


def _check_resolved(cells: Cells, resolved: Sequence[Resolution]) -> None:
    """Refuse a cell resolved twice, or to another value than the one that counts."""
    told = {(each.application, each.indicator): each.value for each in resolved}
    if len(told) != len(resolved) or any(
        cells.get(place, "") != value for place, value in told.items()
    ):
        raise ValueError(_("its resolutions are not what counts"))


_FIELDS = ("content", "format", "reason", "resolved", "scan", "typed")
_CONTENT = ("assignment", "cells", "previous", "revision", "round", "stage")
_RESOLUTION = ("application", "by", "first", "indicator", "reason", "second", "value")


def _content_data(content: EntryContent) -> dict[str, Any]:
    return {
        "assignment": content.assignment_digest.hex(),
        "cells": to_data(content.cells),
        "previous": (content.previous or b"").hex(),
        "revision": content.revision,
        "round": content.round_digest.hex(),
        "stage": content.stage,
    }


def _content(data: dict[str, Any]) -> EntryContent:
    revision, stage = data["revision"], data["stage"]
    if type(revision) is not int or type(stage) is not int:
        raise ValueError(_("its stage or revision is no number"))
    previous = _digest(data["previous"]) if data["previous"] else None
    sound = 1 <= stage <= MAX_STAGE and 1 <= revision <= MAX_REVISION
    if not sound or (revision == 1) != (previous is None):
        raise ValueError(_("a later revision names the one before, the first none"))
    return EntryContent(
        _digest(data["round"]),
        _digest(data["assignment"]),
        stage,
        revision,
        previous,
        from_data(data["cells"]),
    )


def _provenance(fields: dict[str, Any]) -> Provenance:
    typed = [_typed(_keys(each, "at", "by", "salt")) for each in _list(fields["typed"])]
    if len(typed) != _TYPISTS or same_person(typed[0].by, typed[1].by):
        raise ValueError(_("it was not typed by two persons"))
    scan = _keys(fields["scan"], "file", "sha256")
    resolved = [_keys(each, *_RESOLUTION) for each in _list(fields["resolved"])]
    return Provenance(
        (typed[0], typed[1]),
        tuple(_resolution(each) for each in resolved),
        _filled(scan["file"]),
        _digest(scan["sha256"]).hex(),
        _filled(fields["reason"]),
    )


def _typed(data: dict[str, Any]) -> Typed:
    at = datetime.strptime(_filled(data["at"]), _TIME).replace(tzinfo=UTC)
    return Typed(_filled(data["by"]), at, _bytes(data["salt"], SALT_BYTES).hex())


def _resolution(data: dict[str, Any]) -> Resolution:
    if not all(isinstance(value, str) for value in data.values()):
        raise ValueError(_("a resolution is not made of texts"))
    found = Resolution(**data)
    if found.first == found.second or not (found.reason and found.by):
        raise ValueError(_("a resolution without a difference, a reason or a name"))
    return found


def _resolution_data(each: Resolution) -> dict[str, str]:
    return {name: getattr(each, name) for name in _RESOLUTION}


def _assignment(
    content: EntryContent,
    round_: VerifiedRound,
    assignments: Mapping[bytes, VerifiedAssignment],
) -> VerifiedAssignment:
    if content.round_digest != round_.digest:
        raise ValueError(_("it belongs to another round"))
    if content.assignment_digest not in assignments:
        raise ValueError(_("it answers an assignment that is not of this round"))
    return assignments[content.assignment_digest]


def _keys(value: object, *names: str) -> dict[str, Any]:
    if not isinstance(value, dict) or set(value) != set(names):
        raise DocumentError(_("its fields are not those of the format"))
    return value


def _list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError(_("its fields are not those of the format"))
    return value


def _filled(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(_("a text is missing"))
    return value


def _digest(value: object) -> bytes:
    return _bytes(value, hashlib.sha256().digest_size)


def _bytes(value: object, size: int) -> bytes:
    """Return the bytes that lower-case hexadecimal digits mean, nothing between them."""
    if not isinstance(value, str) or not re.fullmatch(f"[0-9a-f]{{{2 * size}}}", value):
        raise ValueError(_("a digest is not one"))
    return bytes.fromhex(value)
