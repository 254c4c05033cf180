"""The files of one application package, a folder or a ZIP, found without trusting it.

Links, pipes, devices, hidden files and folders inside a package are refused before they are
opened; size and digest are those of what was really read.
"""

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from reviewer_app.core.atomic import disk_fault, write_file
from reviewer_app.core.errors import InputError
from reviewer_app.core.messages import _
from reviewer_app.core.names import visible
from reviewer_app.core.safe_zip import ZipLimits, open_zip
from reviewer_app.inputs.materials import (
    HEAD_BYTES,
    check_head,
    check_pdf,
    checked_name,
    is_left_lying,
    natural,
)

_MEBIBYTE = 1 << 20
_CHUNK = _MEBIBYTE
_WINDOWS_HIDDEN = 0x2
MOST_FILES = 200
MOST_BYTES = 500 * _MEBIBYTE
DESCRIPTION = "application.toml"


@dataclass(frozen=True, slots=True)
class FoundFile:
    """One file of a package: its name, its size and SHA-256, and where it lies here."""

    name: str
    size: int
    sha256: str
    path: Path


@dataclass(frozen=True, slots=True)
class FoundPackage:
    """The files of one package by name, and its description where it has one."""

    where: str
    files: tuple[FoundFile, ...]
    description: bytes | None


def look_into(path: Path, unpack_to: Path) -> FoundPackage:
    """Return what a package, a folder or a ZIP, holds; a ZIP's files are put in ``unpack_to``.

    Unpacked files are named by their SHA-256, never by a name from the ZIP. Raises one line
    naming the file at fault; then nothing has been unpacked that anything refers to.
    """
    if path.is_symlink():
        raise InputError(_("{path} is a link; give the folder itself").format(path=path.name))
    if path.is_dir():
        return _look_into_folder(path)
    if path.suffix.casefold() == ".zip":
        return _look_into_zip(path, unpack_to)
    raise InputError(
        _("{path} is neither a folder nor a ZIP of an application package").format(path=path)
    )


def _look_into_folder(folder: Path) -> FoundPackage:
    where = folder.name
    files: list[FoundFile] = []
    description: bytes | None = None
    left = MOST_BYTES
    with _told(where):
        entries = sorted(os.scandir(folder), key=lambda entry: natural(entry.name))
    for entry in entries:
        if is_left_lying(entry.name):
            continue
        _check_entry(entry, where)
        if entry.name == DESCRIPTION:
            description = _small(Path(entry.path), where)
            continue
        name = checked_name(entry.name, where)
        found = _hashed(Path(entry.path), name, where, left)
        left -= found.size
        files.append(found)
    _check_together(files, where)
    return FoundPackage(where, tuple(files), description)


def _check_entry(entry: "os.DirEntry[str]", where: str) -> None:
    """Refuse whatever is not a plain, visible file, before it is opened."""
    with _told(f"{where}/{visible(entry.name)}"):
        status = entry.stat(follow_symlinks=False)
    if stat.S_ISREG(status.st_mode):
        attributes = getattr(status, "st_file_attributes", 0)
        if not entry.name.startswith(".") and not attributes & _WINDOWS_HIDDEN:
            return
        reason = _("a hidden file; remove it from the package")
    elif stat.S_ISDIR(status.st_mode):
        reason = _("a folder inside a package; put its files beside the others")
    elif stat.S_ISLNK(status.st_mode):
        reason = _("a link; put the file itself into the package")
    else:
        reason = _("not a file but a device or pipe")
    raise InputError(f"{where}/{visible(entry.name)}: {reason}")


def _check_together(files: list[FoundFile], where: str) -> None:
    if len(files) > MOST_FILES:
        raise InputError(
            _("{where}: {count} files, at most {limit} are taken").format(
                where=where, count=len(files), limit=MOST_FILES
            )
        )
    seen: dict[str, str] = {}
    for each in files:
        other = seen.setdefault(each.name.casefold(), each.name)
        if other != each.name:
            raise InputError(
                _("{where}: {one} and {other} are one file on some systems").format(
                    where=where, one=each.name, other=other
                )
            )


def _hashed(path: Path, name: str, where: str, left: int) -> FoundFile:
    """Return the file with size and digest of what was really read."""
    place = f"{where}/{name}"
    digest, size = hashlib.sha256(), 0
    with _told(place), _open_plain(path) as file:
        while chunk := file.read(_CHUNK):
            if not size:
                check_head(chunk[:HEAD_BYTES], name, place)
            size += len(chunk)
            digest.update(chunk)
            if size > left:
                raise _too_large(where)
    if not size:
        raise InputError(_("{place} is empty").format(place=place))
    if name.casefold().endswith(".pdf"):
        check_pdf(path, place)
    return FoundFile(name, size, digest.hexdigest(), path)


def _open_plain(path: Path) -> BinaryIO:
    """Open a file that must be a plain one at this very moment, waiting for nothing."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    handle = os.open(path, flags | getattr(os, "O_BINARY", 0))
    file = os.fdopen(handle, "rb")
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        file.close()
        raise InputError(_("{path} is not a file").format(path=path.name))
    return file


def _look_into_zip(path: Path, unpack_to: Path) -> FoundPackage:
    where = path.name
    limits = ZipLimits(entries=2 * MOST_FILES, total_bytes=MOST_BYTES)
    archive = open_zip(path, limits)
    inner = _inner_names(archive.names(), where)
    if sum(archive.size(name) for name in inner.values()) > MOST_BYTES:
        raise _too_large(where)
    description = inner.pop(DESCRIPTION, None)
    checked = {checked_name(plain, where): name for plain, name in inner.items()}
    files = [
        _unpacked(archive.read(checked[plain]), plain, where, unpack_to)
        for plain in sorted(checked, key=natural)
    ]
    _check_together(files, where)
    return FoundPackage(where, tuple(files), archive.read(description) if description else None)


def _inner_names(names: Iterable[str], where: str) -> dict[str, str]:
    """Return the plain names of a ZIP's files; one folder around all of them is let pass."""
    kept = [name for name in names if not any(is_left_lying(part) for part in name.split("/"))]
    heads = {name.partition("/")[0] for name in kept if "/" in name}
    wrapped = len(heads) == 1 and all("/" in name for name in kept)
    plain = {name.partition("/")[2] if wrapped else name: name for name in kept}
    for name in plain:
        if "/" in name:
            raise InputError(
                _(
                    "{where}/{name}: a folder inside a package; put its files beside the others"
                ).format(where=where, name=visible(name))
            )
        if name.startswith("."):
            raise InputError(
                _("{where}/{name}: a hidden file; remove it from the package").format(
                    where=where, name=visible(name)
                )
            )
    return plain


def _unpacked(data: bytes, name: str, where: str, unpack_to: Path) -> FoundFile:
    place = f"{where}/{name}"
    if not data:
        raise InputError(_("{place} is empty").format(place=place))
    check_head(data[:HEAD_BYTES], name, place)
    digest = hashlib.sha256(data).hexdigest()
    target = unpack_to / f"{digest}{Path(name).suffix.casefold()}"
    try:
        unpack_to.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise disk_fault(error, unpack_to) from error
    if not target.exists() or target.stat().st_size != len(data):
        write_file(target, data)
    if target.suffix == ".pdf":
        check_pdf(target, place)
    return FoundFile(name, len(data), digest, target)


def _small(path: Path, where: str) -> bytes:
    with _told(f"{where}/{path.name}"), _open_plain(path) as file:
        data = file.read(_MEBIBYTE + 1)
    if len(data) > _MEBIBYTE:
        raise InputError(
            _("{where}/{file} is larger than 1 MB").format(where=where, file=path.name)
        )
    return data


def _too_large(where: str) -> InputError:
    return InputError(
        _("{where}: more than {limit} MB of materials").format(
            where=where, limit=MOST_BYTES // _MEBIBYTE
        )
    )


@contextmanager
def _told(place: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise InputError(
            _("{place} cannot be read: {why}").format(place=place, why=error.strerror or error)
        ) from error
