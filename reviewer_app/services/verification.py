"""Verify any file of a review: what it is, what was checked, and what was not.

A lone sheet or pack can only be found intact; who made it is for its round and for ink to say.
"""

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path

from reviewer_app.core.atomic import disk_fault
from reviewer_app.core.errors import ArchiveError, CodeError, PackError, ReviewerError
from reviewer_app.core.messages import _
from reviewer_app.core.safe_zip import open_zip, shown
from reviewer_app.services.archive_verification import verify_archive
from reviewer_app.services.checklist import Check, Checklist
from reviewer_app.sheets import archive, pack, pack_header
from reviewer_app.sheets.codes import JoinResult, join, read_codes
from reviewer_app.sheets.form_code import read_form_text
from reviewer_app.sheets.keys import fingerprint
from reviewer_app.sheets.score_sheet import open_sheet_file, read_signed_sheet
from reviewer_app.sheets.signed_sheet import MAX_FILE_BYTES

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_SCANS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"BM", b"RVS1")
_HEAD_BYTES = 8
_AGE = b"age-encryption.org/v1\n-> X25519 "


class FileKind(StrEnum):
    """What a file turned out to be."""

    PACK = "pack"
    SHEET = "sheet"
    SCAN = "scan"
    ARCHIVE = "archive"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class FileReport:
    """One file's verification; ``notes`` say what was not checked and what people compare."""

    file: str
    kind: FileKind
    checks: tuple[Check, ...]
    notes: tuple[str, ...]

    @property
    def failed(self) -> tuple[Check, ...]:
        """Return the checks that did not hold."""
        return tuple(check for check in self.checks if not check.ok)

    @property
    def ok(self) -> bool:
        """Tell whether something was checked and nothing failed."""
        return bool(self.checks) and all(each.ok for each in self.checks)


def verify_file(path: Path, bureau_key: str = "") -> FileReport:
    """Return what was checked in a pack, sheet, paper scan or archive, and whether it held.

    ``bureau_key`` is a fingerprint of sixteen or 64 hexadecimal digits; archives are held
    against it.
    """
    try:
        kind = kind_of(path)
    except ReviewerError as error:
        checklist = Checklist()
        checklist.fail("file", " ".join(str(error).split()))
        return _report(path, FileKind.UNKNOWN, checklist)
    if kind is FileKind.ARCHIVE:
        return _report(path, kind, verify_archive(path, bureau_key))
    checklist = Checklist()
    work = {
        FileKind.PACK: _verify_pack,
        FileKind.SHEET: _verify_sheet,
        FileKind.SCAN: _verify_scan,
        FileKind.UNKNOWN: _refuse_unknown,
    }[kind]
    work(path, checklist)
    return _report(path, kind, checklist)


def kind_of(path: Path) -> FileKind:
    """Return what a file is by its content; raises ReviewerError where it cannot be read."""
    if path.is_dir():
        return FileKind.ARCHIVE
    if not path.is_file():
        raise ArchiveError(_("there is no such file"))
    head = _head(path)
    if head.startswith(_ZIP):
        return _zip_kind(path)
    if head.startswith(_SCANS):
        return FileKind.SCAN
    if path.suffix.lower() == archive.SHEET_SUFFIX or head[:1] in (b"\xa2", b"\xa3"):
        return FileKind.SHEET
    return FileKind.UNKNOWN


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_HEAD_BYTES)
    except OSError as error:
        raise disk_fault(error, path) from None


def _zip_kind(path: Path) -> FileKind:
    names = open_zip(path, archive.LIMITS).names()
    if pack.HEADER in names:
        return FileKind.PACK
    return FileKind.ARCHIVE if archive.ROUND in names else FileKind.UNKNOWN


def _report(path: Path, kind: FileKind, checklist: Checklist) -> FileReport:
    return FileReport(str(path), kind, tuple(checklist.checks), tuple(checklist.notes))


def _refuse_unknown(path: Path, checklist: Checklist) -> None:
    checklist.fail(
        "file",
        _("“{name}” is no review pack, score sheet, scan of one, or archive").format(
            name=shown(path.name)
        ),
    )


def _verify_pack(path: Path, checklist: Checklist) -> None:
    header = checklist.run("structure", lambda: _pack_header(path))
    if header is None:
        return
    checklist.run("encryption", lambda: _pack_entries(path))
    checklist.notes.append(
        _("Its contents are encrypted: round, assignment and signer were not checked")
    )


def _pack_header(path: Path) -> tuple[str, str]:
    found = pack.read_pack(path)
    return _("review pack {id}, entries and header as the format has them").format(
        id=found.pack_id
    ), found.pack_id


def _pack_entries(path: Path) -> tuple[str, None]:
    contents = open_zip(path, archive.LIMITS)
    names = [name for name in contents.names() if name != pack.HEADER]
    for name in names:
        if not contents.read(name).startswith(_AGE):
            raise PackError(_("{name} is not an age file for one recipient").format(name=name))
    recipient = pack_header.from_bytes(contents.read(pack.HEADER)).recipient
    return _("{count} encrypted entries undamaged, recipient {recipient}").format(
        count=len(names), recipient=recipient
    ), None


def _verify_sheet(path: Path, checklist: Checklist) -> None:
    sheet = checklist.run("signature", lambda: _sheet(path))
    if sheet is not None:
        _note_lone_sheet(checklist)


def _note_lone_sheet(checklist: Checklist) -> None:
    checklist.notes.append(
        _(
            "Whose key it is, and to which round it belongs, was not checked; "
            "compare receipt and key with the signed paper"
        )
    )


def _sheet(path: Path) -> tuple[str, bytes]:
    if path.stat().st_size > MAX_FILE_BYTES:
        raise ArchiveError(_("it is larger than a score sheet can be"))
    try:
        data = path.read_bytes()
    except OSError as error:
        raise disk_fault(error, path) from None
    sheet, comments = open_sheet_file(data)
    line = _sheet_line(sheet)
    if hashlib.sha256(comments).digest() != read_signed_sheet(sheet).comments_digest:
        raise ArchiveError(_("the comments are not the ones that were signed"))
    return line, sheet


def _sheet_line(sheet: bytes) -> str:
    signed = read_signed_sheet(sheet)
    return _(
        "structure and signature intact: revision {revision}, receipt {receipt}, key {key}"
    ).format(
        revision=signed.revision,
        receipt=signed.receipt,
        key=fingerprint(signed.public_key),
    )


def _verify_scan(path: Path, checklist: Checklist) -> None:
    found = checklist.run("codes", lambda: _codes(path))
    if found is None:
        return
    for each in found.missing:
        checklist.fail(
            "codes",
            _("sheet {receipt}: code(s) {missing} of {total} are missing").format(
                receipt=each.receipt,
                missing=", ".join(map(str, each.missing)),
                total=each.total,
            ),
        )
    for whole in found.whole:
        checklist.run("signature", partial(_paper_line, whole.sheet))
    if found.foreign:
        checklist.notes.append(
            _("{count} other code(s) on the page were left aside").format(
                count=len(found.foreign)
            )
        )
    if found.whole:
        checklist.notes.append(_("Comments are not on paper; they come with the file"))
        _note_lone_sheet(checklist)


def _paper_line(sheet: bytes) -> tuple[str, None]:
    return _sheet_line(sheet), None


def _codes(path: Path) -> tuple[str, JoinResult]:
    found = join(read_codes(path))
    if not found.whole and not found.missing:
        form = next(filter(None, map(read_form_text, found.foreign)), None)
        if form is not None:
            raise CodeError(
                _(
                    "it is the paper form of expert {expert}: it holds no signature; whose "
                    "hand it is, only the ink shows"
                ).format(expert=form.expert)
            )
        raise CodeError(_("no code of a score sheet can be read on it"))
    return _("codes of {count} sheet(s) read").format(
        count=len(found.whole) + len(found.missing)
    ), found
