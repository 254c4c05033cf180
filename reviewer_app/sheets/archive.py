"""The archive of a sealed round: one plain ZIP that proves itself without this program.

Layout, manifest and metadata are specified in docs/archive.md; ``resources/archive`` holds what
is put into every archive: ``verify.py`` and ``README.txt``.
"""

import hashlib
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from resources import archive_resource
from reviewer_app import __version__
from reviewer_app.core.atomic import replacing
from reviewer_app.core.errors import ArchiveError
from reviewer_app.core.messages import _
from reviewer_app.core.round import ExpertNumber
from reviewer_app.core.safe_zip import ZipLimits, check_names, open_zip, shown
from reviewer_app.sheets import cbor, cose, json_text
from reviewer_app.sheets.keys import SigningKey
from reviewer_app.sheets.round_document import VerifiedRound

MANIFEST_TYPE = "reviewer-app/manifest/1"
METADATA_FORMAT = "reviewer-app/archive/1"
VERIFY, README = "verify.py", "README.txt"
MANIFEST, MANIFEST_SIGNATURE = "manifest.json", "manifest.cose"
ROUND, LOG, METADATA = "round.cose", "log.jsonl", "metadata.json"
RESULTS, STATISTICS, MARKS = "results.json", "statistics.json", "marks.csv"
ROSTERS, ASSIGNMENTS, SHEETS = "roster/", "assignments/", "sheets/"
FEEDBACK = "feedback.json"
ENTRIES, PAPERS, SCANS = "entries/", "papers/", "scans/"
SHEET_SUFFIX, ENTRY_SUFFIX = ".scoresheet", ".json"
LIMITS = ZipLimits(entries=20_000, total_bytes=4 << 30)

_EPOCH = (1980, 1, 1, 0, 0, 0)
_READABLE = 0o100644 << 16
_SMALL = 1 << 16
_LEFT_BY_SYSTEMS = {".DS_Store", "Thumbs.db", "desktop.ini"}


@dataclass(frozen=True, slots=True)
class ArchivedSheet:
    """One accepted sheet: the file as received, or made from its paper (comments missing).

    Of a form that was typed in, the entry's own file.
    """

    expert: ExpertNumber
    stage: int
    revision: int
    file: bytes


@dataclass(frozen=True, slots=True)
class ArchivedClosing:
    """The closing of collection as printed on the closing statement."""

    at: datetime
    reason: str
    log_head: str


@dataclass(frozen=True, slots=True)
class ArchiveContents:
    """Everything a sealed round keeps, each part in the bytes that were signed or published."""

    round: VerifiedRound
    rosters: Sequence[bytes]
    """Every version, the first one first."""
    assignments: Mapping[ExpertNumber, bytes]
    sheets: Sequence[ArchivedSheet]
    """Every accepted revision in the order of the log, superseded ones included."""
    log: bytes
    closing: ArchivedClosing
    results: bytes
    statistics: bytes
    marks: bytes
    papers: Mapping[str, bytes]
    scans: Mapping[str, bytes]
    sealed: datetime
    entries: Sequence[ArchivedSheet] = ()
    """What was typed in from paper forms (纸质补录), in the order of the log."""
    feedback: bytes = b""
    """The anonymised figures of a second scoring, empty where there was none."""


class Contents(Protocol):
    """The files of an archive, in a ZIP or in a folder that someone unpacked it to."""

    def names(self) -> tuple[str, ...]:
        """Return the files' names inside the archive."""
        ...

    def size(self, name: str) -> int:
        """Return a file's size in bytes; raises ArchiveError if there is none."""
        ...

    def read(self, name: str) -> bytes:
        """Return a file's bytes; raises ArchiveError if they cannot be had."""
        ...


def write_archive(path: Path, contents: ArchiveContents, key: SigningKey) -> None:
    """Write the archive at once, complete or not at all; equal contents give equal bytes.

    ``key`` is the bureau's key of the round. Raises ArchiveError for a paper or scan whose name
    is not safe, StorageError where the disk fails.
    """
    if key.public != contents.round.document.bureau_key:
        raise ValueError("the round names another bureau key")
    files = dict(_files(contents))
    _check_readable(files)
    manifest = manifest_bytes(files)
    files[MANIFEST] = manifest
    files[MANIFEST_SIGNATURE] = sign_manifest(manifest, contents.round.digest, key)
    with (
        replacing(path) as stream,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in sorted(files, key=_reading_order):
            info = zipfile.ZipInfo(name, _EPOCH)
            info.create_system, info.external_attr = 3, _READABLE
            target.writestr(info, files[name], _packing(files[name]))


def read_archive(path: Path) -> Contents:
    """Return the files of an archive, a ZIP or a folder; nothing in them is believed yet.

    Raises ArchiveError where the container itself is hostile, damaged or too large.
    """
    return _Folder(path) if path.is_dir() else open_zip(path, LIMITS)


def manifest_bytes(files: Mapping[str, bytes]) -> bytes:
    """Return ``manifest.json`` for these files: path, size and SHA-256 of each."""
    lines = [
        {"path": name, "sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
        for name, data in sorted(files.items())
    ]
    return json_text.encode({"files": lines, "format": MANIFEST_TYPE})


def sign_manifest(manifest: bytes, round_digest: bytes, key: SigningKey) -> bytes:
    """Return ``manifest.cose``: the bureau's signature over the manifest's digest."""
    payload: cbor.Plain = {
        0: MANIFEST_TYPE,
        1: round_digest,
        2: hashlib.sha256(manifest).digest(),
    }
    return cose.sign(cbor.encode(payload), key)


def sheet_name(sheet: ArchivedSheet, taken: Mapping[str, bytes]) -> str:
    """Return the file name of a sheet: ``sheets/02-r1.scoresheet``; the stage from 2 on.

    A second key starts its revisions anew; its sheets get ``-k2`` where the name is taken.
    """
    stage = f"-s{sheet.stage}" if sheet.stage > 1 else ""
    stem = f"{SHEETS}{sheet.expert}{stage}-r{sheet.revision}"
    name, number = f"{stem}{SHEET_SUFFIX}", 1
    while name in taken:
        number += 1
        name = f"{stem}-k{number}{SHEET_SUFFIX}"
    return name


def entry_name(entry: ArchivedSheet) -> str:
    """Return the file name of an entry: ``entries/02-r1.json``; the stage from 2 on."""
    stage = f"-s{entry.stage}" if entry.stage > 1 else ""
    return f"{ENTRIES}{entry.expert}{stage}-r{entry.revision}{ENTRY_SUFFIX}"


def signed_files(
    rosters: Sequence[bytes],
    assignments: Mapping[ExpertNumber, bytes],
    sheets: Sequence[ArchivedSheet],
    entries: Sequence[ArchivedSheet],
) -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of what was signed or typed in, every version and revision."""
    for version, roster in enumerate(rosters, start=1):
        yield f"{ROSTERS}{version:02d}.cose", roster
    for expert, assignment in assignments.items():
        yield f"{ASSIGNMENTS}{expert}.cose", assignment
    taken: dict[str, bytes] = {}
    for sheet in sheets:
        taken[sheet_name(sheet, taken)] = sheet.file
    yield from taken.items()
    for entry in entries:
        yield entry_name(entry), entry.file


def _files(contents: ArchiveContents) -> Iterator[tuple[str, bytes]]:
    yield VERIFY, archive_resource(VERIFY).read_bytes()
    yield README, archive_resource(README).read_bytes()
    yield ROUND, contents.round.raw
    yield from signed_files(
        contents.rosters, contents.assignments, contents.sheets, contents.entries
    )
    yield LOG, contents.log
    yield RESULTS, contents.results
    yield STATISTICS, contents.statistics
    yield MARKS, contents.marks
    if contents.feedback:
        yield FEEDBACK, contents.feedback
    for folder, files in ((PAPERS, contents.papers), (SCANS, contents.scans)):
        for name, data in files.items():
            yield folder + _plain_name(name), data
    yield METADATA, _metadata(contents)


def _plain_name(name: str) -> str:
    if not name or "/" in name or "\\" in name or name.startswith("."):
        raise ArchiveError(
            _("“{name}” cannot be a file name in the archive").format(name=shown(name))
        )
    return name


def _check_readable(files: Mapping[str, bytes]) -> None:
    """Refuse what ``read_archive`` would refuse, before anything is written."""
    check_names(files, LIMITS)
    for name, data in files.items():
        if len(data) > LIMITS.entry_bytes:
            raise ArchiveError(
                _("{name} is too large for the archive: {size} bytes").format(
                    name=shown(name), size=len(data)
                )
            )
    total = sum(map(len, files.values()))
    if total > LIMITS.total_bytes or len(files) > LIMITS.entries:
        raise ArchiveError(
            _("The archive would be too large: {count} files, {size} bytes").format(
                count=len(files), size=total
            )
        )


def _packing(data: bytes) -> int:
    """Return how a file is packed: one that shrinks like a bomb is stored as it is."""
    if len(data) < _SMALL:
        return zipfile.ZIP_DEFLATED
    bomb = len(zlib.compress(data)) * LIMITS.total_ratio < len(data)
    return zipfile.ZIP_STORED if bomb else zipfile.ZIP_DEFLATED


def _metadata(contents: ArchiveContents) -> bytes:
    document, closing = contents.round.document, contents.closing
    return json_text.encode(
        {
            "format": METADATA_FORMAT,
            "program": f"reviewer-app {__version__}",
            "round": document.round_id,
            "title": document.title,
            "kind": document.kind.value,
            "organiser": document.organiser,
            "date": document.date.isoformat(),
            "place": document.place,
            "bureau_key": document.bureau_key.hex(),
            "closing": {
                "at": _time(closing.at),
                "reason": closing.reason,
                "log_head": closing.log_head,
            },
            "sealed": _time(contents.sealed),
        }
    )


def _time(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _reading_order(name: str) -> tuple[int, str]:
    """Put what a reader opens first at the front, everything else by name."""
    first = (VERIFY, README, MANIFEST, MANIFEST_SIGNATURE, ROUND)
    return (first.index(name) if name in first else len(first), name)


class _Folder:
    """The files below a folder; links and devices are refused, never followed."""

    def __init__(self, folder: Path) -> None:
        self._files: dict[str, Path] = {}
        for path in sorted(folder.rglob("*")):
            if len(self._files) > LIMITS.entries:
                raise ArchiveError(_("{folder}: too many files").format(folder=folder.name))
            name = path.relative_to(folder).as_posix()
            if path.is_symlink() or not (path.is_file() or path.is_dir()):
                raise ArchiveError(
                    _("{folder}: {name} is a link or a device").format(
                        folder=folder.name, name=shown(name)
                    )
                )
            if path.is_file() and path.name not in _LEFT_BY_SYSTEMS:
                self._files[name] = path

    def names(self) -> tuple[str, ...]:
        return tuple(self._files)

    def size(self, name: str) -> int:
        return self._path(name).stat().st_size

    def read(self, name: str) -> bytes:
        try:
            if self.size(name) <= LIMITS.entry_bytes:
                return self._path(name).read_bytes()
        except OSError as error:
            raise ArchiveError(
                _("{name}: cannot be read ({why})").format(name=shown(name), why=error.strerror)
            ) from error
        raise ArchiveError(_("{name} is larger than is allowed").format(name=shown(name)))

    def _path(self, name: str) -> Path:
        if name not in self._files:
            raise ArchiveError(_("there is no file {name}").format(name=shown(name)))
        return self._files[name]
