"""Hostile files made here: nothing of them is in the shared corpora."""

import io
import json
import struct
import zipfile
import zlib
from collections.abc import Iterator

import base45

from reviewer_app.sheets import cbor
from reviewer_app.sheets.codes import MAGIC
from reviewer_app.sheets.receipt import receipt

PNG = b"\x89PNG\r\n\x1a\n"


def every(*, full: bool = True) -> Iterator[tuple[str, bytes]]:
    """Yield a name with the suffix a program would look at, and the bytes."""
    if full:
        yield from bombs()
    yield from cbors()
    yield from zips()
    yield from pictures()
    yield from pdfs()
    yield from codes()
    yield from texts()


def cbors() -> Iterator[tuple[str, bytes]]:
    """Yield score sheets, and what claims to be one."""
    head = b"\xa3\x00\x78\x19reviewer-app/scoresheet/1"
    deep_json = b"[" * 900_000
    yield "deep-array.scoresheet", b"\x81" * 200_000 + b"\x00"
    yield "deep-map.scoresheet", b"\xa1\x00" * 200_000 + b"\x00"
    yield "claimed-map.scoresheet", b"\xbb" + b"\xff" * 8
    yield "claimed-bytes.scoresheet", head + b"\x01\x5b\x7f" + b"\xff" * 7
    yield "claimed-array.scoresheet", b"\x9b\x00\x00\x00\x00\x3f\xff\xff\xff" + bytes(1 << 20)
    yield "many-integers.scoresheet", b"\x9a\x00\x20\x00\x00" + bytes(2 << 20)
    yield "many-empty.scoresheet", b"\x9a\x00\x20\x00\x00" + b"\x80" * (2 << 20)
    yield "many-texts.scoresheet", b"\x9a\x00\x10\x00\x00" + b"\x60" * (1 << 20)
    yield "tags.scoresheet", b"\xc0" * 300_000 + b"\x00"
    yield "indefinite.scoresheet", b"\x9f" * 300_000
    comments = cbor.encode({0: "reviewer-app/scoresheet/1", 1: b"", 2: deep_json})
    yield "deep-comments.scoresheet", comments
    yield "large.scoresheet", bytes(21 << 20)
    yield (
        "envelope.scoresheet",
        cbor.encode(
            {
                0: "reviewer-app/scoresheet/1",
                1: cbor.encode([b"\xa1\x01\x26", {}, b"\xa0", bytes(64)]),
            }
        ),
    )


def _zip(**files: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in files.items():
            target.writestr(name.replace("__", "/"), data)
    return stream.getvalue()


def zips() -> Iterator[tuple[str, bytes]]:
    """Yield packs and archives that burst, climb, overlap or lie."""
    climbing = _zip(entries__x_y_z=b"{}")
    yield "climb.zip", climbing.replace(b"entries/x_y_z", b"../../../xy_z")
    yield "drive.zip", climbing.replace(b"entries/x_y_z", b"C:\\wind\\x_y_z")
    yield "nul.zip", climbing.replace(b"entries/x_y_z", b"entries/x\x00y_z")
    yield "many.zip", _many(21_000)
    good = bytearray(_zip(a=b"x" * 1000, b=b"y" * 1000))
    directory = good.rindex(b"PK\x05\x06")
    lying = bytearray(good)
    struct.pack_into("<L", lying, directory + 16, 0)
    yield "directory-at-0.zip", bytes(lying)
    counted = bytearray(good)
    struct.pack_into("<HH", counted, directory + 8, 0xFFFF, 0xFFFF)
    yield "claims-65535.zip", bytes(counted)
    first = good.index(b"PK\x01\x02")
    sized = bytearray(good)
    struct.pack_into("<L", sized, first + 24, 0xFFFFFFF0)
    yield "claims-4-gigabytes.zip", bytes(sized)
    yield "inside-out.zip", bytes(good[directory:]) + bytes(good[:directory])
    yield "comment.zip", bytes(good[:-2]) + b"\xff\xff" + b"PK\x05\x06" * 16_000


ENTRY_FILES = {
    "deep": b"[" * 500_000,
    "number": b'{"content":' + b"9" * 100_000 + b"}",
    "wide": json.dumps({f"{n}": "" for n in range(60_000)}).encode(),
    "surrogate": b'{"content":"\\ud800"}',
}


def _many(count: int) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as target:
        for number in range(count):
            target.writestr(f"{number}", b"")
    return stream.getvalue()


def _chunk(kind: bytes, data: bytes) -> bytes:
    return (
        struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))
    )


def _png(width: int, height: int, data: bytes, *more: bytes) -> bytes:
    head = _chunk(b"IHDR", struct.pack(">LLBBBBB", width, height, 8, 0, 0, 0, 0))
    return PNG + head + b"".join(more) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


def pictures() -> Iterator[tuple[str, bytes]]:
    """Yield pictures that are larger than they look, or endless."""
    packed = zlib.compress(bytes(64 << 20), 9)
    yield "huge.png", _png(100_000, 100_000, packed)
    yield "wide.png", _png(2**31 - 1, 1, packed)
    yield "zero.png", _png(0, 0, packed)
    yield "text-bomb.png", _png(8, 8, packed, _chunk(b"zTXt", b"a\0\0" + packed))
    yield "profile-bomb.png", _png(8, 8, packed, _chunk(b"iCCP", b"a\0\0" + packed))
    yield "surplus.png", _png(64, 64, packed)
    yield "cut.png", _png(2000, 2000, packed[:100])[:200]
    ifd = struct.pack("<H", 1) + struct.pack("<HHLL", 256, 4, 1, 10) + struct.pack("<L", 8)
    yield "loop.tif", b"II*\0\x08\0\0\0" + ifd
    yield "tags.tif", b"II*\0\x08\0\0\0" + struct.pack("<H", 0xFFFF) + bytes(2000)
    tags = [(256, 90_000), (257, 90_000), (258, 8), (259, 1), (262, 1), (273, 8), (279, 9)]
    rows = b"".join(struct.pack("<HHLL", tag, 4, 1, value) for tag, value in tags)
    yield "huge.tif", b"II*\0\x08\0\0\0" + struct.pack("<H", len(tags)) + rows + bytes(4)
    yield (
        "negative.bmp",
        b"BM"
        + struct.pack("<LLL", 70, 0, 54)
        + struct.pack("<LllHHLLllLL", 40, 60_000, -60_000, 1, 24, 0, 0, 0, 0, 0, 0),
    )
    sizes = struct.pack(">BHHB", 8, 65_000, 65_000, 1)
    yield "huge.jpg", b"\xff\xd8\xff\xc0\x00\x0b" + sizes + b"\x01\x11\x00" + b"\xff\xd9"
    yield "markers.jpg", b"\xff\xd8" + b"\xff\xe0\x00\x02" * 200_000


def _pdf(*objects: bytes) -> bytes:
    """Return a PDF of these objects, the first its catalogue, without a cross-reference."""
    body = b"".join(
        b"%d 0 obj\n%s\nendobj\n" % (number, data)
        for number, data in enumerate(objects, start=1)
    )
    return (
        b"%PDF-1.7\n" + body + b"trailer <</Root 1 0 R/Size %d>>\n%%%%EOF" % (len(objects) + 1)
    )


def _stream(head: bytes, data: bytes) -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (head, len(data), data)


CATALOGUE = b"<</Type/Catalog/Pages 2 0 R>>"
PAGES = b"<</Type/Pages/Count 1/Kids[3 0 R]>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<"
IMAGE = b"/XObject<</I 5 0 R>>>>>>"
SHOW = _stream(b"", b"q 595 0 0 842 0 0 cm /I Do Q")


def bombs() -> Iterator[tuple[str, bytes]]:
    """Yield what unpacks to hundreds of megabytes; making it takes seconds."""
    large = _zip(round_cose=bytes(220 << 20)).replace(b"round_cose", b"round.cose")
    yield "bomb.zip", large
    yield "bomb.reviewpack", large
    bomb = zlib.compress(bytes(200 << 20), 9)
    xobject = b"/Type/XObject/Subtype/Image/ColorSpace/DeviceGray/BitsPerComponent %d"
    sized = b"/Width %d/Height %d/Filter/FlateDecode"
    for name, bits, width, height in (
        ("image-bomb", 8, 14_000, 15_000),
        ("image-claims", 1, 2_000_000, 2_000_000),
        ("image-small", 8, 10, 10),
    ):
        head = xobject % bits + sized % (width, height)
        yield f"{name}.pdf", _pdf(CATALOGUE, PAGES, PAGE + IMAGE, SHOW, _stream(head, bomb))
    twice = zlib.compress(bomb)
    double = xobject % 8 + b"/Width 9000/Height 9000/Filter[/FlateDecode/FlateDecode]"
    yield "image-twice.pdf", _pdf(CATALOGUE, PAGES, PAGE + IMAGE, SHOW, _stream(double, twice))
    contents = _stream(b"/Filter/FlateDecode", zlib.compress(b"0 0 1 1 re f\n" * 8_000_000, 9))
    yield "contents-bomb.pdf", _pdf(CATALOGUE, PAGES, PAGE + b">>>>", contents)


def pdfs() -> Iterator[tuple[str, bytes]]:
    """Yield papers with loops and sizes that are none."""
    catalogue, pages, page, image = CATALOGUE, PAGES, PAGE, IMAGE
    self_showing = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</I 5 0 R>>>>"
    many = b"/I Do " * 200
    yield (
        "form-loop.pdf",
        _pdf(catalogue, pages, page + image, _stream(b"", many), _stream(self_showing, many)),
    )
    yield "page-loop.pdf", _pdf(catalogue, b"<</Type/Pages/Count 9/Kids[2 0 R 2 0 R]>>")
    yield "page-count.pdf", _pdf(catalogue, b"<</Type/Pages/Count 99999999/Kids[]>>")
    boxed = page.replace(b"[0 0 595 842]", b"[0 0 1e9 1e9]") + b">>>>"
    yield "box.pdf", _pdf(catalogue, pages, boxed, _stream(b"", b"0 0 1 1 re f\n" * 500))
    nan = page.replace(b"[0 0 595 842]", b"[/a /b (c) null]") + b">>>>"
    yield "box-words.pdf", _pdf(catalogue, pages, nan, _stream(b"", b"0 0 1 1 re f\n" * 500))
    yield "deep.pdf", _pdf(catalogue, pages, b"[" * 100_000)
    yield "no-end.pdf", b"%PDF-1.7\n" + b"1 0 obj\n<<" * 100_000


def codes() -> Iterator[tuple[str, bytes]]:
    """Yield the text of a hand scanner with codes nobody printed."""
    squeezed = zlib.compressobj(9, zlib.DEFLATED, -15)
    bomb = squeezed.compress(bytes(900 << 10)) + squeezed.flush()
    head = MAGIC + receipt(b"").replace("-", "")

    def piece(data: bytes) -> str:
        return str(base45.b45encode(data).decode())

    yield "bomb.txt", f"{head}0001:{piece(bomb[:998])}.".encode()
    parts = [
        f"{head}{a:02d}10:{piece(bytes([a, b]) * 40)}." for a in range(10) for b in range(9)
    ]
    yield "contradictions.txt", "\n".join(parts).encode()
    total = [f"{head}{index}ZZ:{piece(b'ab')}." for index in ("00", "0Z", "ZY")]
    yield "totals.txt", "\n".join(total).encode()
    yield "lines.txt", "\n".join(f"{head}0001:{n:04d}." for n in range(120_000)).encode()
    yield "form.txt", b"RVF1:" + piece(b"\x9b" + b"\xff" * 8).encode() + b"."
    yield "form-long.txt", b"RVF1:" + b"A" * 3_000_000 + b"."


def texts() -> Iterator[tuple[str, bytes]]:
    """Yield lists to be typed in."""
    header = b"application,indicator,score\n"
    yield "long.csv", header + b"01,6.2," + b"9" * 5_000_000
    yield "rows.csv", header + b"01,6.2,84\n" * 250_000
    yield "quotes.csv", header + b'"' * 1_000_000
    yield "columns.csv", b"," * 2_000_000
    yield "formula.csv", header + b"01,6.2,=1+1\n"
    yield "nul.csv", header + b"01,6.2,8\x004\n"
    yield "exponent.csv", header + b"01,6.2,1e400\n"
