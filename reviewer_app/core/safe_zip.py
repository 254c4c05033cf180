"""ZIP files that anyone may have made, read strictly and into memory only.

Nothing is ever extracted to a path: callers ask for one entry by name and get its bytes. All
names, sizes, counts and ratios are checked when the file is opened, before any entry is read;
``read`` then checks the size and the CRC-32 of what really comes out.
"""

import io
import stat
import unicodedata
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from reviewer_app.core.errors import ArchiveError
from reviewer_app.core.messages import _
from reviewer_app.core.zip_directory import DEFLATED, UTF8_NAME, ZipEntry, read_directory

_CHUNK = 1 << 18
_MEBIBYTE = 1 << 20
_UNICODE_PATH_HEAD = 5
_SHOWN = 120
_FIRST_PRINTABLE = 0x20


@dataclass(frozen=True, slots=True)
class ZipLimits:
    """How much one ZIP may hold; sizes in bytes, of the unpacked contents."""

    entries: int = 10_000
    entry_bytes: int = 200 * _MEBIBYTE
    total_bytes: int = 2048 * _MEBIBYTE
    ratio: int = 200
    """Unpacked to packed size of one entry, once it unpacks to more than ``free_bytes``."""
    total_ratio: int = 20
    """Unpacked to file size of everything, once it is more than 64 times ``free_bytes``."""
    free_bytes: int = 4 * _MEBIBYTE
    name_bytes: int = 1_000


DEFAULT_LIMITS = ZipLimits()


class SafeZip:
    """A ZIP whose directory has been checked; entries are read one by one into memory.

    The file is opened for each read and closed at once, so that a USB stick can be pulled.
    """

    def __init__(self, source: Path | bytes, label: str, entries: dict[str, ZipEntry]) -> None:
        self._source = source
        self._label = label
        self._entries = entries

    def names(self) -> tuple[str, ...]:
        """Return the names of the files (folders are left out) in the ZIP's own order."""
        return tuple(self._entries)

    def size(self, name: str) -> int:
        """Return how many bytes the file unpacks to; raises ArchiveError if there is none."""
        return self._entry(name).size

    def read(self, name: str) -> bytes:
        """Return the bytes of a file; raises ArchiveError if they are not what was promised."""
        entry = self._entry(name)
        with _blaming(f"{self._label}: {shown(name)}"), _opened(self._source) as (file, length):
            if entry.data + entry.packed > length:
                raise ArchiveError(_("the file changed while it was being read"))
            file.seek(entry.data)
            data = _unpack(file, entry)
            if len(data) != entry.size or zlib.crc32(data) != entry.crc:
                raise ArchiveError(_("it is damaged"))
        return data

    def _entry(self, name: str) -> ZipEntry:
        if name not in self._entries:
            raise ArchiveError(
                _("{file} holds no {name}").format(file=self._label, name=shown(name))
            )
        return self._entries[name]


def open_zip(
    source: Path | bytes, limits: ZipLimits = DEFAULT_LIMITS, *, label: str = ""
) -> SafeZip:
    """Return the ZIP once its names, sizes and structure are found safe.

    ``label`` names it in errors (the file's name where absent). Raises ArchiveError, one line,
    for anything hostile, damaged, encrypted or beyond ``limits``.
    """
    name = label or (shown(source.name) if isinstance(source, Path) else _("ZIP file"))
    with _blaming(name), _opened(source) as (file, length):
        entries = read_directory(file, length, limits.entries)
        names = _decoded_names(entries)
        check_names(names, limits)
        _check_sizes(entries, names, limits, length)
    files = {
        name: entry
        for name, entry in zip(names, entries, strict=True)
        if not name.endswith("/")
    }
    return SafeZip(source, name, files)


def shown(name: str) -> str:
    """Return a foreign name fit for one line: short, no control or direction characters."""
    safe = "".join(
        char
        if char.isprintable() and unicodedata.category(char) != "Cf"
        else f"\\u{ord(char):04x}"
        for char in name[:_SHOWN]
    )
    return safe + ("…" if len(name) > _SHOWN else "")


@contextmanager
def _blaming(label: str) -> Iterator[None]:
    """Put the file's name in front of what is wrong with it."""
    try:
        yield
    except ArchiveError as error:
        raise ArchiveError(f"{label}: {error}") from None


@contextmanager
def _opened(source: Path | bytes) -> Iterator[tuple[BinaryIO, int]]:
    if isinstance(source, bytes):
        yield io.BytesIO(source), len(source)
        return
    try:
        status = source.stat()
        if not stat.S_ISREG(status.st_mode):
            raise ArchiveError(_("it is not a file"))
        with source.open("rb") as file:
            yield file, status.st_size
    except OSError as error:
        raise ArchiveError(
            _("it cannot be read ({why})").format(why=error.strerror or "I/O")
        ) from error


def _decoded_names(entries: list[ZipEntry]) -> list[str]:
    """Return the names as their writer meant them.

    Chinese Windows writes GB 18030 without a flag, macOS writes UTF-8 without one, and one
    program wrote all names of a file: the first encoding that fits them all is taken.
    """
    unflagged = [entry.raw_name for entry in entries if not entry.flags & UTF8_NAME]
    encoding = next(
        (code for code in ("utf-8", "gb18030") if all(_fits(raw, code) for raw in unflagged)),
        "cp437",
    )
    return [_name(entry, encoding) for entry in entries]


def _fits(raw: bytes, encoding: str) -> bool:
    try:
        raw.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _name(entry: ZipEntry, encoding: str) -> str:
    head, path = (
        entry.unicode_path[:_UNICODE_PATH_HEAD],
        entry.unicode_path[_UNICODE_PATH_HEAD:],
    )
    stated = head == b"\x01" + zlib.crc32(entry.raw_name).to_bytes(4, "little")
    raw, code = (path, "utf-8") if stated else (entry.raw_name, encoding)
    if entry.flags & UTF8_NAME:
        raw, code = entry.raw_name, "utf-8"
    try:
        return raw.decode(code)
    except UnicodeDecodeError:
        raise ArchiveError(_("a name in it is not valid text")) from None


def check_names(names: Iterable[str], limits: ZipLimits = DEFAULT_LIMITS) -> None:
    """Refuse names that could leave a folder or mean the same file on some system.

    Raises ArchiveError; folders end in a slash.
    """
    seen: set[str] = set()
    files: set[str] = set()
    for name in names:
        _check_name(name, limits)
        key = _collision_key(name)
        if key in seen:
            raise ArchiveError(
                _("the name {name} occurs twice, or differs only in case or writing").format(
                    name=shown(name)
                )
            )
        seen.add(key)
        if not name.endswith("/"):
            files.add(key)
    for key in seen:
        if any(parent in files for parent in _parents(key)):
            raise ArchiveError(_("{name} is a file and a folder").format(name=shown(key)))


def _check_name(name: str, limits: ZipLimits) -> None:
    parts = name.removesuffix("/").split("/")
    unsafe = (
        len(name.encode()) > limits.name_bytes
        or any(ord(char) < _FIRST_PRINTABLE or char in '\x7f\\:*?"<>|' for char in name)
        or any(not part.strip(" .") for part in parts)
    )
    if unsafe:
        raise ArchiveError(_("the name {name} is not safe").format(name=shown(name)))


def _collision_key(name: str) -> str:
    """Return what is equal for names that some file system takes for the same."""
    parts = (part.rstrip(" .") for part in name.removesuffix("/").split("/"))
    folded = unicodedata.normalize("NFC", "/".join(parts)).casefold()
    return unicodedata.normalize("NFC", folded)


def _parents(key: str) -> Iterator[str]:
    at = key.find("/")
    while at >= 0:
        yield key[:at]
        at = key.find("/", at + 1)


def _check_sizes(
    entries: list[ZipEntry], names: list[str], limits: ZipLimits, length: int
) -> None:
    """Refuse links, folders with data, and more bytes than the limits allow."""
    for entry, name in zip(entries, names, strict=True):
        _check_kind(entry, name)
        bomb = entry.size > limits.free_bytes and entry.size > limits.ratio * entry.packed
        if entry.size > limits.entry_bytes or bomb:
            raise ArchiveError(
                _("{name} would unpack to {size} bytes, more than is allowed").format(
                    name=shown(name), size=entry.size
                )
            )
    total = sum(entry.size for entry in entries)
    free = 64 * limits.free_bytes
    if total > limits.total_bytes or (total > free and total > limits.total_ratio * length):
        raise ArchiveError(
            _("it would unpack to {size} bytes, more than is allowed").format(size=total)
        )


def _check_kind(entry: ZipEntry, name: str) -> None:
    kind = stat.S_IFMT(entry.mode)
    folder = name.endswith("/")
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR) or (kind == stat.S_IFDIR and not folder):
        raise ArchiveError(_("{name} is a link or a device").format(name=shown(name)))
    if folder and entry.size:
        raise ArchiveError(_("the folder {name} holds data").format(name=shown(name)))


def _unpack(file: BinaryIO, entry: ZipEntry) -> bytes:
    """Return the entry's data, never more than one byte beyond its promised size."""
    if entry.method != DEFLATED:
        return file.read(entry.packed)
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    out, left = io.BytesIO(), entry.packed
    try:
        while left and not inflater.eof and out.tell() <= entry.size:
            chunk = file.read(min(_CHUNK, left))
            if not chunk:
                break
            left -= len(chunk)
            _inflate(inflater, chunk, out, entry.size + 1)
    except zlib.error:
        raise ArchiveError(_("it is damaged")) from None
    if left or not inflater.eof or inflater.unused_data:
        raise ArchiveError(_("it is damaged"))
    return out.getvalue()


def _inflate(inflater: "zlib._Decompress", chunk: bytes, out: io.BytesIO, most: int) -> None:
    while chunk and not inflater.eof and out.tell() < most:
        out.write(inflater.decompress(chunk, most - out.tell()))
        chunk = inflater.unconsumed_tail
