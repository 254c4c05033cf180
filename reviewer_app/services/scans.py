"""Scans of hand-signed papers: read with suspicion, kept once, their digests in the log."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from reviewer_app.core.atomic import disk_fault
from reviewer_app.core.errors import InputError
from reviewer_app.core.messages import _
from reviewer_app.core.round import ExpertNumber, RoundId
from reviewer_app.services import bureau_log
from reviewer_app.services.ports import BureauUnit
from reviewer_app.services.records import AttachmentRecord

_SUFFIXES = {".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff"}
_HEADS = (b"%PDF-", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*")
_LIMIT = 200 << 20
_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")


def read_scan(path: Path) -> bytes:
    """Return a scan's bytes; raises InputError for what is none or is too large."""
    try:
        size = path.stat().st_size
    except OSError as error:
        raise InputError(str(disk_fault(error, path))) from None
    if path.suffix.lower() not in _SUFFIXES or not path.is_file():
        raise InputError(
            _("“{name}” is no scan; attach PDF, PNG, JPEG or TIFF files").format(name=path.name)
        )
    if size > _LIMIT:
        raise InputError(_("“{name}” is larger than 200 MB").format(name=path.name))
    data = path.read_bytes()
    if not data.startswith(_HEADS):
        raise InputError(
            _("“{name}” holds no scan: it is empty, damaged or of another kind").format(
                name=path.name
            )
        )
    return data


def experts_without_scan(
    names: Sequence[str], experts: Mapping[ExpertNumber, str]
) -> list[ExpertNumber]:
    """Return the experts (by number, name) whom no scan is named after, if any is named so.

    A name carries an expert's number on its own (“回避声明-04.pdf”) or the whole name. One file
    with all papers in it names nobody; then nobody is said to be missing.
    """
    plain = [_DATE.sub("", name) for name in names]  # its month is no expert's number
    named = {
        number
        for number, who in experts.items()
        for name in plain
        if (who and who in name) or re.search(rf"(?<!\d){re.escape(number)}(?!\d)", name)
    }
    return [each for each in experts if each not in named] if named else []


def keep_scan(
    unit: BureauUnit, round_id: RoundId, name: str, data: bytes, now: datetime
) -> None:
    """Keep a scan under its name; the same again changes nothing.

    Raises InputError where another scan has that name.
    """
    kept = {record.name: record.data for record in unit.attachments(round_id)}
    if name not in kept:
        unit.add_attachment(AttachmentRecord(round_id, name, data, now))
        digest = hashlib.sha256(data).hexdigest()
        bureau_log.append(unit, round_id, now, "scan-attached", file=name, digest=digest)
    elif kept[name] != data:
        raise InputError(
            _("A scan called “{name}” is there already; rename this one").format(name=name)
        )
