"""The table of contents of a ZIP nobody vouches for, read byte by byte.

The standard library believes the central directory and skips what it does not understand; two
programs can then see two different contents in one file. Here every byte of the file must be
accounted for: entries follow one another without gap or overlap, local headers say what the
central directory says, and the end record stands at the end (APPNOTE.TXT 4.3 and 4.4).
"""

import struct
from dataclasses import dataclass, replace
from typing import BinaryIO

from reviewer_app.core.errors import ArchiveError
from reviewer_app.core.messages import _

_END = struct.Struct("<4s4H2LH")
_END64_LOCATOR = struct.Struct("<4sLQL")
_END64 = struct.Struct("<4sQ2H2L4Q")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_TWO_SIZES = struct.Struct("<2Q")
_MAX_DIRECTORY = 1 << 26
_MAX_COMMENT = 0xFFFF
_FULL16, _FULL32 = 0xFFFF, 0xFFFFFFFF
_ENCRYPTED = 0x0001 | 0x0040 | 0x2000
_PATCHED = 0x0020
_DESCRIPTOR = 0x0008
UTF8_NAME = 0x0800
STORED, DEFLATED = 0, 8
ZIP64_EXTRA, UNICODE_PATH_EXTRA = 0x0001, 0x7075


@dataclass(frozen=True, slots=True)
class ZipEntry:
    """One entry as the central directory and its local header agree on it."""

    raw_name: bytes
    flags: int
    method: int
    crc: int
    packed: int
    """Bytes of data in the file."""
    size: int
    """Bytes once unpacked."""
    mode: int
    """Unix file mode, 0 where the writer gave none."""
    offset: int
    unicode_path: bytes = b""
    """Content of the Unicode path extra field, empty where there is none."""
    data: int = 0
    """Where the data begin."""


@dataclass(frozen=True, slots=True)
class _End:
    count: int
    size: int
    offset: int
    limit: int
    """Where the central directory must end."""


def read_directory(file: BinaryIO, length: int, max_entries: int) -> list[ZipEntry]:
    """Return every entry of the ZIP of ``length`` bytes in directory order.

    Raises ArchiveError for anything two readers could understand differently, for encryption,
    unknown compression, and for more than ``max_entries`` entries (before reading them).
    """
    end = _find_end(file, length)
    if end.count > max_entries:
        raise ArchiveError(
            _("it has {count} entries, at most {limit} are allowed").format(
                count=end.count, limit=max_entries
            )
        )
    if end.offset + end.size != end.limit or end.size > _MAX_DIRECTORY:
        raise _lie()
    entries = _parse_central(_take(file, end.offset, end.size), end.count)
    return _locate(file, entries, end.offset)


def _lie() -> ArchiveError:
    return ArchiveError(_("its directory contradicts its contents"))


def _take(file: BinaryIO, offset: int, count: int) -> bytes:
    file.seek(offset)
    data = file.read(count)
    if len(data) != count:
        raise _lie()
    return data


def _find_end(file: BinaryIO, length: int) -> _End:
    """Return the end record; it must be the only one that reaches the end of the file."""
    start = max(0, length - _END.size - _MAX_COMMENT)
    tail = _take(file, start, length - start)
    found = [
        position
        for position in _positions(tail, b"PK\x05\x06")
        if position + _END.size <= len(tail)
        and position + _END.size + _END.unpack_from(tail, position)[7] == len(tail)
    ]
    if len(found) != 1:
        raise ArchiveError(_("it is not a whole ZIP file"))
    fields = _END.unpack_from(tail, found[0])
    disk, first_disk, here, count, size, offset = fields[1:7]
    plain = _End(count, size, offset, start + found[0])
    result = _widen(file, plain)
    if disk or first_disk or (here != count and plain == result):
        raise ArchiveError(_("it is split over several files"))
    return result


def _positions(data: bytes, pattern: bytes) -> list[int]:
    found, at = [], data.find(pattern)
    while at >= 0:
        found.append(at)
        at = data.find(pattern, at + 1)
    return found


def _widen(file: BinaryIO, end: _End) -> _End:
    """Return the 64-bit form of the end record where one stands in front of it."""
    at = end.limit - _END64_LOCATOR.size
    needed = end.count == _FULL16 or _FULL32 in (end.size, end.offset)
    locator = _take(file, at, _END64_LOCATOR.size) if at >= 0 else b""
    if not locator.startswith(b"PK\x06\x07"):
        if needed:
            raise _lie()
        return end
    record = at - _END64.size
    if _END64_LOCATOR.unpack(locator)[1:] != (0, record, 1) or record < 0:
        raise _lie()
    fields = _END64.unpack(_take(file, record, _END64.size))
    magic, own_size, disks, here, wide = *fields[:2], fields[4:6], fields[6], fields[7:]
    if (magic, own_size, disks) != (b"PK\x06\x06", _END64.size - 12, (0, 0)) or here != wide[0]:
        raise _lie()
    narrow = ((end.count, _FULL16), (end.size, _FULL32), (end.offset, _FULL32))
    for (given, full), value in zip(narrow, wide, strict=True):
        if given not in (full, value):
            raise _lie()
    return _End(wide[0], wide[1], wide[2], record)


def _parse_central(block: bytes, count: int) -> list[ZipEntry]:
    entries, at = [], 0
    for _number in range(count):
        if at + _CENTRAL.size > len(block):
            raise _lie()
        fields = _CENTRAL.unpack_from(block, at)
        lengths = fields[10:13]
        body = block[at + _CENTRAL.size : at + _CENTRAL.size + sum(lengths)]
        if fields[0] != b"PK\x01\x02" or len(body) != sum(lengths) or fields[13]:
            raise _lie()
        entries.append(_entry(fields, body[: lengths[0]], body[lengths[0] :][: lengths[1]]))
        at += _CENTRAL.size + sum(lengths)
    if at != len(block):
        raise _lie()
    return entries


def _entry(fields: tuple[int, ...], name: bytes, extra: bytes) -> ZipEntry:
    flags, method, crc, packed, size = fields[3], fields[4], *fields[7:10]
    external, offset = fields[15], fields[16]
    if flags & _ENCRYPTED:
        raise ArchiveError(_("it is encrypted"))
    if method not in (STORED, DEFLATED) or flags & _PATCHED:
        raise ArchiveError(
            _("it uses a compression this program does not read (method {method})").format(
                method=method
            )
        )
    parts = _extra_fields(extra)
    size, packed, offset = _wide(parts.get(ZIP64_EXTRA), (size, packed, offset))
    if method == STORED and packed != size:
        raise _lie()
    path = parts.get(UNICODE_PATH_EXTRA, b"")
    return ZipEntry(name, flags, method, crc, packed, size, external >> 16, offset, path)


def _extra_fields(extra: bytes) -> dict[int, bytes]:
    """Return the extra fields by id; trailing padding shorter than a header is tolerated."""
    fields: dict[int, bytes] = {}
    at = 0
    while at + 4 <= len(extra):
        key, length = struct.unpack_from("<2H", extra, at)
        value = extra[at + 4 : at + 4 + length]
        if len(value) != length or (key in fields and key in (ZIP64_EXTRA, UNICODE_PATH_EXTRA)):
            raise _lie()
        fields[key] = value
        at += 4 + length
    return fields


def _wide(extra: bytes | None, narrow: tuple[int, int, int]) -> tuple[int, int, int]:
    """Return size, packed size and offset, taken from the 64-bit field where they overflow.

    The field must hold exactly what overflows: more would be a second opinion.
    """
    full = narrow.count(_FULL32)
    if extra is None:
        if full:
            raise _lie()
        return narrow
    if len(extra) != 8 * full:
        raise _lie()
    values = iter(struct.unpack(f"<{full}Q", extra))
    size, packed, offset = (next(values) if item == _FULL32 else item for item in narrow)
    return size, packed, offset


def _locate(file: BinaryIO, entries: list[ZipEntry], limit: int) -> list[ZipEntry]:
    """Return the entries with their data found; together they must fill the file."""
    order = sorted(range(len(entries)), key=lambda index: entries[index].offset)
    starts = [entries[index].offset for index in order] + [limit]
    if starts[0] != 0 or len(set(starts)) != len(starts):
        raise ArchiveError(_("its entries overlap or something stands before them"))
    found = list(entries)
    for index, stop in zip(order, starts[1:], strict=True):
        found[index] = _check_local(file, entries[index], stop)
    return found


def _check_local(file: BinaryIO, entry: ZipEntry, stop: int) -> ZipEntry:
    """Return the entry with its data's place; its local header must repeat the directory."""
    fields = _LOCAL.unpack(_take(file, entry.offset, _LOCAL.size))
    flags, method = fields[2:4]
    crc, packed, size, name_length, extra_length = fields[6:]
    variable = _take(file, entry.offset + _LOCAL.size, name_length + extra_length)
    if (fields[0], flags, method) != (b"PK\x03\x04", entry.flags, entry.method):
        raise _lie()
    if variable[:name_length] != entry.raw_name:
        raise _lie()
    wide = _extra_fields(variable[name_length:]).get(ZIP64_EXTRA)
    if wide is not None:
        size, packed = _wide_local(wide, size, packed)
    expected = (entry.crc, entry.packed, entry.size)
    late = bool(flags & _DESCRIPTOR)
    if (crc, packed, size) != expected and not (late and not any((crc, packed, size))):
        raise _lie()
    data = entry.offset + _LOCAL.size + len(variable)
    rest = stop - data - entry.packed
    if rest < 0:
        raise ArchiveError(_("its entries overlap or something stands before them"))
    if not _descriptor_fits(_take(file, stop - rest, min(rest, 25)), entry, late=late):
        raise _lie()
    return replace(entry, data=data)


def _wide_local(extra: bytes, size: int, packed: int) -> tuple[int, int]:
    """Return the sizes of a local header with a 64-bit field; it must hold both, or be zero."""
    if len(extra) != _TWO_SIZES.size or any(
        item not in (_FULL32, 0) for item in (size, packed)
    ):
        raise _lie()
    wide_size, wide_packed = _TWO_SIZES.unpack(extra)
    return wide_size, wide_packed


def _descriptor_fits(data: bytes, entry: ZipEntry, *, late: bool) -> bool:
    """Tell whether the bytes after an entry's data are its descriptor and nothing else."""
    narrow = struct.pack("<3L", entry.crc, entry.packed & _FULL32, entry.size & _FULL32)
    wide = struct.pack("<L2Q", entry.crc, entry.packed, entry.size)
    forms = {narrow, b"PK\x07\x08" + narrow, wide, b"PK\x07\x08" + wide}
    return data in forms if late else not data
