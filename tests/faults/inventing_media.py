"""Hostile papers, pictures and workbooks: loops, lies and codecs that have had holes."""

import json
import struct
import zlib
from collections.abc import Iterator

from tests.faults.inventing import (
    CATALOGUE,
    IMAGE,
    PAGE,
    PAGES,
    SHOW,
    _chunk,
    _pdf,
    _png,
    _stream,
    _zip,
)

Files = Iterator[tuple[str, bytes]]
GRAY, MOST = b"/ColorSpace/DeviceGray/Filter", (2**31 - 1, 2**31 - 1)


def pdfs() -> Files:
    """Yield papers with loops, lies and codecs that have had holes."""
    dead = b"<</Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8"
    for name, filters, data in (
        ("jbig2", GRAY + b"/JBIG2Decode", b"\x00" * 4 + b"\xff" * 4000),
        ("jpx", b"/Filter/JPXDecode", b"\x00\x00\x00\x0cjP  \r\n\x87\n" + b"\xff" * 4000),
        ("ccitt", GRAY + b"/CCITTFaxDecode/DecodeParms<</K -1/Columns %d/Rows %d>>" % MOST,
         bytes(4000)),
        ("lzw", GRAY + b"/LZWDecode", b"\x80\x0b\x60\x50" * 1000),
        ("runs", GRAY + b"/RunLengthDecode", b"\x81\x00" * 500_000),
        ("filters", GRAY + b"[" + b"/ASCIIHexDecode" * 3000 + b"]", b"00>"),
        ("predictor",
         GRAY + b"/FlateDecode/DecodeParms<</Predictor 15/Columns %d/Colors %d>>" % MOST,
         zlib.compress(bytes(9999))),
        ("indexed", b"/ColorSpace[/Indexed 5 0 R 255 5 0 R]", bytes(99)),
        ("negative", b"/ColorSpace/DeviceGray/Decode[9 -9]", bytes(9)),
    ):  # fmt: skip
        for size, (wide, high) in {"": (300, 300), "-vast": (2**31 - 1, 2**31 - 1)}.items():
            stream = _stream((dead % (wide, high))[2:] + filters, data)
            yield f"{name}{size}.pdf", _pdf(CATALOGUE, PAGES, PAGE + IMAGE, SHOW, stream)
    yield "kids.pdf", _pdf(CATALOGUE, b"<</Type/Pages/Count 2/Kids[3 0 R]>>", CATALOGUE, PAGES)
    chain = [b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % n for n in range(3, 4000)]
    yield "tall.pdf", _pdf(CATALOGUE, *chain)
    yield (
        "wide.pdf",
        _pdf(CATALOGUE, b"<</Type/Pages/Kids[" + b"3 0 R " * 60_000 + b"]>>", PAGE),
    )
    yield "self.pdf", _pdf(b"1 0 R", b"2 0 R")
    yield "length.pdf", _pdf(CATALOGUE, PAGES, PAGE + b">>>>", b"<</Length 4 0 R>>stream\nx")
    packed = zlib.compress(b"<</A 0>> " * 300_000)
    held = b"/Type/ObjStm/N 99999999/First 10/Filter/FlateDecode"
    yield "objects.pdf", _pdf(CATALOGUE, PAGES, _stream(held, packed))
    itself = b"/Type/ObjStm/N 1/First 4/Extends 3 0 R"
    yield "extends.pdf", _pdf(CATALOGUE, PAGES, _stream(itself, b"3 0 <<>>"))
    yield (
        "encrypted.pdf",
        _pdf(CATALOGUE, PAGES).replace(
            b"/Root", b"/Encrypt<</Filter/Standard/V 5/R 6/Length 256/O(x)/U(y)/P -1>>/Root"
        ),
    )
    yield (
        "xref.pdf",
        b"%PDF-1.7\nxref\n0 4294967295\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF",
    )
    loop = b"%PDF-1.7\nxref\n0 0\ntrailer<</Prev 9/Root 1 0 R>>\nstartxref\n9\n%%EOF"
    yield "previous.pdf", loop
    yield "numbers.pdf", _pdf(CATALOGUE, PAGES.replace(b"1/K", b"9" * 100_000 + b"/K"))
    yield "names.pdf", _pdf(b"<<" + b"".join(b"/A%d 0" % n for n in range(99_999)) + b">>")


def pictures() -> Files:
    """Yield pictures whose heads promise what does not come."""
    big = 60_000
    yield (
        "size.gif",
        b"GIF89a" + struct.pack("<HHBBB", big, big, 0xF7, 0, 0) + bytes(768) + b";",
    )
    frame = b"," + struct.pack("<HHHHB", 0, 0, big, big, 0) + b"\x08\x01\x00\x00"
    yield "frames.gif", b"GIF89a" + struct.pack("<HHBBB", 9, 9, 0, 0, 0) + frame * 3000
    for kind, data in (
        ("VP8 ", b"\x9d\x01\x2a\xff\x3f\xff\x3f"),
        ("VP8L", b"/\xff\xff\xff\xff"),
    ):
        body = kind.encode() + struct.pack("<L", len(data) + 900) + data
        name = kind.strip().lower()
        yield f"{name}.webp", b"RIFF" + struct.pack("<L", 2**31) + b"WEBP" + body
    for width, bits in ((big, 1), (2**31 - 1, 32), (-5, 24)):
        head = struct.pack("<LllHHLLllLL", 40, width, big, 1, bits, 1, 9, 0, 0, 2**31, 0)
        yield f"bits-{bits}.bmp", b"BM" + struct.pack("<LLL", 70, 0, 2**31) + head + bytes(99)
    yield "gaps.png", _png(9, 9, b"", _chunk(b"IHDR", bytes(13)), _chunk(b"PLTE", bytes(7)))
    yield "length.png", b"\x89PNG\r\n\x1a\n" + b"\xff\xff\xff\xffIHDR" + bytes(40)
    yield "frames.png", _png(9, 9, b"", _chunk(b"acTL", b"\xff" * 8))
    for tag, value in ((273, 2**32 - 1), (278, 0), (258, 65_535), (322, 2**31), (277, 65_535)):
        tags = {256: 900, 257: 900, 258: 8, 259: 1, 262: 1, 273: 8, 279: 9} | {tag: value}
        rows = b"".join(struct.pack("<HHLL", t, 4, 1, v) for t, v in sorted(tags.items()))
        yield (
            f"tag-{tag}.tif",
            b"II*\0\x08\0\0\0" + struct.pack("<H", len(tags)) + rows + bytes(4),
        )
    yield "scan.jpg", b"\xff\xd8\xff\xda\x00\x0c" + b"\xff\x00" * 500_000
    turned = b"\xff\xd8\xff\xe1\x00\x20Exif\0\0II*\0\x08\0\0\0\xff\xff" + bytes(64)
    yield "exif.jpg", turned + b"\xff\xd9"
    yield "fonts.svg", b"<svg xmlns='http://www.w3.org/2000/svg'>" + b"<g>" * 100_000


def sheets() -> Files:
    """Yield workbooks, documents and backups that claim too much."""
    rows = b"".join(
        b'<row r="%d"><c r="XFD%d"><v>1</v></c></row>' % (n, n) for n in (1, 1048576)
    )
    part = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    sheet = part + b"<sheetData>%s</sheetData></worksheet>"
    yield "corner.xlsx", workbook(sheet % rows)
    digits = b'<row r="1"><c r="A1"><v>' + b"9" * 200_000 + b"</v></c></row>"
    yield "digits.xlsx", workbook(sheet % digits)
    yield (
        "merged.xlsx",
        workbook(
            part
            + b"<sheetData/><mergeCells>"
            + b'<mergeCell ref="A1:XFD1048576"/>' * 50
            + b"</mergeCells>"
            b"</worksheet>"
        ),
    )
    yield "place.xlsx", workbook(sheet % b'<row r="1"><c r="A0"><v>1</v></c><c r="1A"/></row>')
    yield "string.xlsx", workbook(sheet % b'<row r="1"><c r="A1" t="s"><v>99999</v></c></row>')
    yield "date.xlsx", workbook(sheet % b'<row r="1"><c r="A1" t="d"><v>99999-99</v></c></row>')
    yield "deep.xlsx", workbook(part + b"<a>" * 100_000)
    yield "empty.xlsx", _zip()
    yield (
        "word.docx",
        _zip(**{"word/document.xml": b"<w:p>" * 200_000, "[Content_Types].xml": b"<a/>"}),
    )
    head: dict[str, object] = {
        "type": "reviewer-app/backup/1", "made": "2026-11-21T04:00:00+00:00", "rounds": 1,
        "check": "", "sha256": "",
        "stretching": {"salt": "00" * 16, "memory": 2**31, "passes": 10**9, "lanes": 1},
    }  # fmt: skip
    changes: dict[str, dict[str, object]] = {
        "work": {}, "rounds": {"rounds": 10**300}, "time": {"made": "0000"},
        "list": {"stretching": {"salt": []}}, "key": {"stretching": {"x": 1}},
    }  # fmt: skip
    for name, change in changes.items():
        text = json.dumps(head | change, sort_keys=True, separators=(",", ":")).encode()
        parts = {"backup.json": text, "bureau.db": bytes(4096)}
        yield f"{name}.reviewbackup", _zip(**parts)


def workbook(sheet: bytes) -> bytes:
    """Return a workbook of one sheet, which is these bytes."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    package = "http://schemas.openxmlformats.org/package/2006"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return _zip(
        **{
            "[Content_Types].xml": (
                f'<Types xmlns="{package}/content-types"><Default Extension="rels" '
                'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
                '<Override PartName="/xl/worksheets/sheet1.xml" '
                f'ContentType="{kind}.worksheet+xml"/></Types>'
            ).encode(),
            "_rels/.rels": (
                f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
                f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
            ).encode(),
            "xl/workbook.xml": (
                f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
                '<sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>'
            ).encode(),
            "xl/_rels/workbook.xml.rels": (
                f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
                f'Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
            ).encode(),
            "xl/worksheets/sheet1.xml": sheet,
        }
    )
