"""The review pack: one ZIP of age files that one passcode opens, document by document.

Nothing is written to disk on opening; every document is decrypted into memory when asked for
and held against the size and hash that the bureau signed (docs/formats.md, section 6).
"""

import hashlib
import secrets
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from reviewer_app.core.atomic import replacing
from reviewer_app.core.errors import ArchiveError, DocumentError, PackError, PasscodeError
from reviewer_app.core.messages import _
from reviewer_app.core.round import PackId
from reviewer_app.core.safe_zip import SafeZip, ZipLimits, open_zip
from reviewer_app.sheets import age, json_text, pack_header
from reviewer_app.sheets.assignment_document import (
    AssignedMaterial,
    VerifiedAssignment,
    verify_assignment,
)
from reviewer_app.sheets.pack_header import PackHeader
from reviewer_app.sheets.passcode import normalise
from reviewer_app.sheets.round_document import VerifiedRound, verify_round

HEADER, ROUND, ASSIGNMENT, ENROLMENT = (
    "pack.json",
    "round.age",
    "assignment.age",
    "enrolment.age",
)
ENROLMENT_BYTES = 32
MAX_MATERIAL_BYTES = 1 << 30
_LIMITS = ZipLimits(
    entries=pack_header.MAX_MATERIALS + 4,
    entry_bytes=MAX_MATERIAL_BYTES + (1 << 20),
    total_bytes=16 << 30,
)
_MAX_DOCUMENT_BYTES = 5 << 20

Progress = Callable[[int, int, str], None]
"""Called with done, total and what; raises CancelledError to stop."""
Read = Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class MaterialSource:
    """A document to be packed; ``read`` gives its bytes when its turn has come."""

    entry: str
    size: int
    read: Read


@dataclass(frozen=True, slots=True)
class PackContents:
    """What goes into one expert's pack: signed bytes, the enrolment secret, the documents."""

    pack_id: PackId
    round: bytes
    assignment: bytes
    enrolment: bytes = field(repr=False)
    materials: tuple[MaterialSource, ...]


@dataclass(frozen=True, slots=True)
class OpenPack:
    """A pack opened with its passcode; documents stay encrypted until asked for."""

    pack_id: PackId
    identity: str = field(repr=False)
    round: VerifiedRound
    assignment: VerifiedAssignment
    enrolment: bytes = field(repr=False)
    archive: SafeZip

    def material(self, entry: str) -> bytes:
        """Return one document; raises PackError if it is not the one the bureau signed."""
        with _blaming():
            assigned = self._assigned(entry)
            data = _decrypted(
                self.archive, _material_name(entry), self.identity, assigned.material.size
            )
            if hashlib.sha256(data).hexdigest() != assigned.material.sha256:
                raise PackError(
                    _("Document “{file}” is not the one the bureau packed").format(
                        file=assigned.material.file
                    )
                )
        return data

    def _assigned(self, entry: str) -> AssignedMaterial:
        for assigned in self.assignment.document.materials:
            if assigned.entry == entry:
                return assigned
        raise PackError(_("The pack holds no document {entry}").format(entry=entry))


@dataclass(frozen=True, slots=True)
class SealedPack:
    """A pack whose structure is sound; it takes the passcode to see more."""

    header: PackHeader
    archive: SafeZip

    @property
    def pack_id(self) -> PackId:
        """Return the pack's id, as printed on its slip."""
        return self.header.pack_id

    def unlock(self, passcode: str) -> OpenPack:
        """Return the opened pack; PasscodeError names a mistyped group or tells another pack.

        Takes some tenths of a second and 64 MiB, on purpose.
        """
        identity = age.derive_identity(normalise(passcode), self.header.salt)
        if age.recipient_of(identity) != self.header.recipient:
            raise PasscodeError(
                _("The passcode is typed correctly but belongs to another pack; take its slip")
            )
        return self.unlock_with(identity)

    def unlock_with(self, identity: str) -> OpenPack:
        """Return the pack opened with the identity that ``unlock`` once found."""
        if age.recipient_of(identity) != self.header.recipient:
            raise PasscodeError(_("The identity belongs to another pack"))
        with _blaming():
            verified = verify_round(self._document(ROUND, identity))
            assignment = verify_assignment(self._document(ASSIGNMENT, identity), verified)
            enrolment = _decrypted(self.archive, ENROLMENT, identity, ENROLMENT_BYTES)
        if len(assignment.document.materials) != self.header.entries:
            raise PackError(_("The pack does not hold the documents the bureau packed"))
        return OpenPack(self.pack_id, identity, verified, assignment, enrolment, self.archive)

    def _document(self, name: str, identity: str) -> bytes:
        if self.archive.size(name) > _MAX_DOCUMENT_BYTES:
            raise PackError(_("The pack is damaged: {name}").format(name=name))
        return age.decrypt(self.archive.read(name), identity)


def write_pack(
    path: Path, contents: PackContents, passcode: str, progress: Progress | None = None
) -> None:
    """Write the pack to ``path``, whole or not at all; raises PackError, StorageError.

    A document that is no longer the one in the assignment is refused.
    """
    salt = secrets.token_bytes(age.SALT_BYTES)
    identity = age.derive_identity(normalise(passcode), salt)
    recipient = age.recipient_of(identity)
    header = PackHeader(contents.pack_id, salt, recipient, len(contents.materials))
    expected = _expected(contents)
    with replacing(path) as stream, zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        _add(archive, HEADER, json_text.encode(pack_header.to_data(header)))
        _add(archive, ROUND, age.encrypt(contents.round, recipient))
        _add(archive, ASSIGNMENT, age.encrypt(contents.assignment, recipient))
        _add(archive, ENROLMENT, age.encrypt(contents.enrolment, recipient))
        for done, source in enumerate(contents.materials, start=1):
            data = _sound(source, expected[source.entry])
            _add(archive, _material_name(source.entry), age.encrypt(data, recipient))
            if progress is not None:
                progress(done, len(contents.materials), expected[source.entry].material.file)


def read_pack(path: Path) -> SealedPack:
    """Return the pack, its names, sizes and header checked; raises PackError, one line."""
    with _blaming():
        archive = open_zip(path, _LIMITS)
        if HEADER not in archive.names() or archive.size(HEADER) > pack_header.MAX_BYTES:
            raise PackError(_("“{file}” is not a review pack").format(file=path.name))
        header = pack_header.from_bytes(archive.read(HEADER))
        names = {HEADER, ROUND, ASSIGNMENT, ENROLMENT}
        names |= {_material_name(f"{place:04d}") for place in range(1, header.entries + 1)}
        if set(archive.names()) != names:
            raise PackError(
                _("“{file}” holds other files than a review pack does").format(file=path.name)
            )
    return SealedPack(header, archive)


def _material_name(entry: str) -> str:
    return f"materials/{entry}.age"


def _expected(contents: PackContents) -> dict[str, AssignedMaterial]:
    assignment = verify_assignment(contents.assignment, verify_round(contents.round))
    expected = {each.entry: each for each in assignment.document.materials}
    if list(expected) != [source.entry for source in contents.materials]:
        raise ValueError("the documents given are not those of the assignment")
    return expected


def _sound(source: MaterialSource, expected: AssignedMaterial) -> bytes:
    data = source.read()
    if hashlib.sha256(data).hexdigest() != expected.material.sha256:
        raise PackError(
            _("Application {number}: “{file}” has changed since the round was prepared").format(
                number=expected.application, file=expected.material.file
            )
        )
    return data


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    archive.writestr(zipfile.ZipInfo(name), data)


def _decrypted(archive: SafeZip, name: str, identity: str, size: int) -> bytes:
    """Return a decrypted entry that must have ``size`` bytes, looked at before decrypting."""
    packed = archive.size(name)
    if packed <= size + age.most_overhead(size):
        data = age.decrypt(archive.read(name), identity)
        if len(data) == size:
            return data
    raise PackError(_("The pack is damaged: {name}").format(name=name))


@contextmanager
def _blaming() -> Iterator[None]:
    """Turn faults of the ZIP and of signed documents into faults of the pack."""
    try:
        yield
    except (ArchiveError, DocumentError) as error:
        raise PackError(str(error)) from None


__all__ = [
    "MaterialSource",
    "OpenPack",
    "PackContents",
    "SealedPack",
    "read_pack",
    "write_pack",
]
