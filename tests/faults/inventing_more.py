"""More hostile files made here: lies in sizes, heads and directories, of new kinds."""

import io
import struct
import zipfile
import zlib
from typing import Any

from reviewer_app.sheets import cbor
from tests.faults.inventing import _zip
from tests.faults.inventing_media import Files, pdfs, pictures, sheets, workbook

SHEET = "reviewer-app/scoresheet/1"


def every(*, full: bool = True) -> Files:
    """Yield a name with the suffix a program would look at, and the bytes."""
    if full:
        yield from slow_to_make()
    for kind in (zips, cbors, envelopes, pdfs, pictures, codes, texts, sheets):
        yield from kind()


def zips() -> Files:
    """Yield ZIP files whose parts contradict each other."""
    good = _zip(a=b"x" * 999)
    first, end = good.index(b"PK\x01\x02"), good.rindex(b"PK\x05\x06")
    for name, at, form, value in (
        ("descriptor", 6, "<H", 8),
        ("encrypted", 6, "<H", 1),
        ("method-99", 8, "<H", 99),
        ("crc", 14, "<L", 1),
        ("packed", 18, "<L", 0xFFFFFFFF),
        ("name-length", 26, "<H", 0xFFFF),
        ("extra-length", 28, "<H", 0xFFFF),
    ):
        for where, base in (("local", 0), ("central", first + 2)):
            bad = bytearray(good)
            struct.pack_into(form, bad, base + at, value)
            yield f"{where}-{name}.zip", bytes(bad)
    described = bytearray(good)
    struct.pack_into("<H", described, 6, 8)
    struct.pack_into("<H", described, first + 8, 8)
    yield "descriptor-missing.zip", bytes(described)
    yield "descriptor.zip", _described(good, first, end, 0x7FFFFFFF)
    yield "zip64.zip", _zip64(good, first, end, 1, len(good))
    yield "zip64-count.zip", _zip64(good, first, end, 2**63, len(good))
    yield "zip64-offset.zip", _zip64(good, first, end, 1, 2**63)
    for name, extra in (
        ("unicode-path", struct.pack("<HHBL", 0x7075, 9, 1, 0) + b"../b"),
        ("unicode-other", struct.pack("<HHBL", 0x7075, 6, 1, zlib.crc32(b"a")) + b"b"),
        ("zip64-extra", struct.pack("<HHQQ", 1, 16, 2**62, 2**62)),
        ("extra-cut", struct.pack("<HH", 0x9999, 500)),
    ):
        entry = zipfile.ZipInfo("a")
        entry.extra = extra
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as target:
            target.writestr(entry, b"x")
        yield f"{name}.zip", stream.getvalue()
    nested = good
    for _depth in range(40):
        nested = _zip(**{"a.zip": nested})
    yield "nested.zip", nested
    yield "two-ends.zip", good + good[end:]
    yield "before.zip", b"MZ" + bytes(1000) + good
    for name in (
        "CON",
        "a:b",
        "a/../../b",
        "/etc/x",
        "~/x",
        "a\\..\\..\\b",
        "\u202eb",
        "a/" * 400,
    ):
        yield f"name-{len(name)}-{ord(name[0])}.zip", _zip(**{name: b"x"})
    link = zipfile.ZipInfo("link")
    link.external_attr = 0o120777 << 16
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as target:
        target.writestr(link, b"/etc/passwd")
        target.writestr("link/x", b"x")
    yield "link.zip", stream.getvalue()


def _described(good: bytes, first: int, end: int, size: int) -> bytes:
    """Return the ZIP with a data descriptor of false sizes after its entry."""
    descriptor = b"PK\x07\x08" + struct.pack("<LLL", 0, size, size)
    bad = bytearray(good[:first] + descriptor + good[first:])
    struct.pack_into("<HHHLLL", bad, 6, 8, 8, 0, 0, 0, 0)
    struct.pack_into("<H", bad, first + len(descriptor) + 8, 8)
    struct.pack_into("<L", bad, end + len(descriptor) + 16, first + len(descriptor))
    return bytes(bad)


def _zip64(good: bytes, first: int, end: int, count: int, at: int) -> bytes:
    """Return the ZIP with a second, wider end record."""
    wide = struct.pack(
        "<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, end - first, first
    )
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, at if at != len(good) else end, 1)
    last = bytearray(good[end:])
    struct.pack_into("<HHLL", last, 8, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF)
    return good[:end] + wide + locator + bytes(last)


def cbors() -> Files:
    """Yield CBOR that strict readers refuse and loose ones explain in different ways."""
    head = b"\xa3\x00\x78\x19" + SHEET.encode()
    for name, data in {
        "duplicate": head + b"\x01\x40\x01\x40",
        "order": b"\xa2\x02\x40\x00\x40",
        "long-head": b"\xb9\x00\x01\x00\x40",
        "long-int": b"\xa1\x1b" + bytes(8) + b"\x40",
        "reserved": b"\xa1\x1c\x40",
        "break": b"\xff",
        "text-chunks": b"\xa1\x00\x7f" + b"\x61a" * 200_000 + b"\xff",
        "map-chunks": b"\xbf" + b"\x00\x00" * 200_000 + b"\xff",
        "date": b"\xa1\x00\xc1\xfb\x7f\xef" + b"\xff" * 6,
        "bignum": b"\xa1\x00\xc2\x5a\x00\x0f\xff\xff" + b"\xff" * 0xFFFFF,
        "decimal": b"\xa1\x00\xc4\x82\x1a\x7f\xff\xff\xff\x01",
        "fraction": b"\xa1\x00\xd8\x1e\x82\x01\x00",
        "regexp": b"\xa1\x00\xd8\x23\x6c(((((a*)*)*)*",
        "shared": b"\xd8\x1c\x81\xd8\x1d\x00",
        "simple": b"\xa1\x00\xf8\x00",
        "float": b"\xa1\x00\xf9\x7e\x00",
        "undefined": b"\xa1\xf7\xf7",
        "key-nan": b"\xa2\xf9\x7e\x00\x00\xf9\x7e\x01\x00",
        "key-map": b"\xa1\xa1\x00\x00\x00",
        "utf8": b"\xa1\x00\x62\xc0\x80",
        "claims": b"\xa1\x00\x5a\xff\xff\xff\xff",
        "empty": b"",
        "wide": cbor.encode(dict.fromkeys(range(50000), b"")),
    }.items():
        yield f"{name}.scoresheet", data


def envelopes() -> Files:
    """Yield sheets whose COSE has odd heads, algorithms and keys."""
    odd: dict[str, list[Any]] = {
        "empty-head": [b"", {}, b"\xa0", bytes(64)],
        "none": [b"\xa1\x01\x20", {}, b"\xa0", b""],
        "hmac": [b"\xa1\x01\x05", {}, b"\xa0", bytes(32)],
        "critical": [b"\xa2\x01\x26\x02\x81\x18\x63", {}, b"\xa0", bytes(64)],
        "unprotected": [b"\xa1\x01\x26", {1: 38}, b"\xa0", bytes(64)],
        "detached": [b"\xa1\x01\x26", {}, b"", bytes(64)],
        "long": [b"\xa1\x01\x26", {}, b"\xa0", bytes(1 << 20)],
        "five": [b"\xa1\x01\x26", {}, b"\xa0", bytes(64), b""],
        "words": ["\xa1", {}, "a", "b"],
        "deep-head": [b"\x81" * 4000 + b"\x00", {}, b"\xa0", bytes(64)],
    }
    for name, parts in odd.items():
        yield (
            f"cose-{name}.scoresheet",
            cbor.encode({0: SHEET, 1: cbor.encode(parts), 2: b"{}"}),
        )


def codes() -> Files:
    """Yield texts of a hand scanner: our mark with rubbish, other tongues, endless ones."""
    yield "rubbish.txt", ("RVS1" + "好" * 4000).encode()
    yield "other.txt", b"RVS2ABCDEFGHJKMN0001:AA.\nRVF9:AA.\nHTTPS://X.Y/RVS1"
    yield "gbk.txt", ("RVS17KQ2M4XA9BTC0001:" + "评分" * 999).encode("gbk")
    yield "utf16.txt", "RVS17KQ2M4XA9BTC0001:AA.".encode("utf-16")
    yield "controls.txt", b"RVS1" + bytes(range(32)) * 3000
    yield "line.txt", b"RVS17KQ2M4XA9BTC0001:" + b"A" * 8_000_000
    numbers = (b"ZZ", b"00", b"--", b"-1", b"01", b"  ")
    texts = [b"RVS17KQ2M4XA9BTC%s%s:AA." % (a, b) for a in numbers for b in numbers]
    yield "indexes.txt", b"\n".join(texts)


def texts() -> Files:
    """Yield lists and descriptions that take long to read, or say the same twice."""
    yield "arrays.toml", b"a = " + b"[" * 100_000
    yield "tables.toml", b"".join(b"[a%s]\n" % (b".b" * 500) for _ in range(20))
    yield "dotted.toml", b"a" + b".a" * 30_000 + b" = 1"
    yield "twice.toml", b"title = 'a'\ntitle = 'b'\n"
    yield "digits.toml", b"title = " + b"9" * 200_000
    yield "keys.toml", b"".join(b"k%d = 1\n" % n for n in range(60_000))
    yield "nul.toml", b"title = 'a\0b'"
    yield "fields.csv", b"a" * 4_000_000 + b"\n"
    yield "crs.csv", b"\r" * 500_000
    yield "open.csv", b'application,indicator,score\n"01,6.2,84\n' * 20_000
    yield "bom.csv", b"\xef\xbb\xbf" * 100_000
    yield "wide.csv", b"expert,application,a\n" + b",".join(b"%d" % n for n in range(99_999))
    yield "digits.csv", b"expert,application,6.2\n1,1," + b"1" * 500_000 + b"e9999999\n"
    yield "deep.json", b"[" * 200_000
    yield "digits.json", b"[" + b"9" * 100_000 + b"]"
    yield "draft.reviewdraft", b"age-encryption.org/v1\n-> X25519 " + b"A" * 500_000 + b"\n"
    stanzas = b"-> X25519 AAAA\nAAAA\n" * 30_000
    yield "stanzas.reviewdraft", b"age-encryption.org/v1\n" + stanzas + b"--- AAAA\n"
    work = b"-> scrypt AAAAAAAAAAAAAAAAAAAAAA 62\nAAAA\n"
    yield "work.reviewdraft", b"age-encryption.org/v1\n" + work + b"--- AAAA\n"


def slow_to_make() -> Files:
    """Yield what unpacks to hundreds of megabytes."""
    spaces = b" " * (300 << 20)
    yield "spaces.xlsx", workbook(spaces)
    yield "word-bomb.docx", _zip(**{"word/document.xml": spaces})
    yield "backup-bomb.reviewbackup", _zip(**{"backup.json": spaces, "bureau.db": b""})
    yield "directory.zip", _zip(**{f"{n:05d}": b"" for n in range(65_000)})
