"""A ZIP nobody vouches for is read into memory, or refused in one line."""

import io
import json
import os
import stat
import struct
import time
import tracemalloc
import zipfile
import zlib
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer_app.core.errors import ArchiveError
from reviewer_app.core.safe_zip import ZipLimits, open_zip, shown

FULL32 = 0xFFFFFFFF


@dataclass
class Raw:
    """One entry written byte by byte, so that each field can lie."""

    name: bytes = b"a.txt"
    data: bytes = b"hello"
    method: int = 0
    flags: int = 0
    mode: int = 0
    size: int | None = None
    packed: int | None = None
    crc: int | None = None
    central_name: bytes | None = None
    central_size: int | None = None
    central_crc: int | None = None
    central_extra: bytes = b""
    local_extra: bytes = b""
    offset: int | None = None
    after: bytes = b""


def build(
    *entries: Raw,
    comment: bytes = b"",
    count: int | None = None,
    before: bytes = b"",
    gap: bytes = b"",
    directory_size: int | None = None,
) -> bytes:
    """Return a ZIP of the entries, lies included."""
    body, central = bytearray(before), bytearray()
    for raw in entries:
        data = raw.data
        if raw.method == zipfile.ZIP_DEFLATED:
            packer = zlib.compressobj(9, wbits=-15)
            data = packer.compress(raw.data) + packer.flush()
        size = len(raw.data) if raw.size is None else raw.size
        packed = len(data) if raw.packed is None else raw.packed
        crc = zlib.crc32(raw.data) if raw.crc is None else raw.crc
        offset = len(body) if raw.offset is None else raw.offset
        local = (b"PK\x03\x04", 20, raw.flags, raw.method, 0, 33, crc, packed, size)
        body += struct.pack("<4s5H3L2H", *local, len(raw.name), len(raw.local_extra))
        body += raw.name + raw.local_extra + data + raw.after
        name = raw.name if raw.central_name is None else raw.central_name
        size = size if raw.central_size is None else raw.central_size
        crc = crc if raw.central_crc is None else raw.central_crc
        head = (b"PK\x01\x02", 0x0314, 20, raw.flags, raw.method, 0, 33, crc, packed, size)
        lengths = (len(name), len(raw.central_extra), 0)
        central += struct.pack("<4s6H3L5H2L", *head, *lengths, 0, 0, raw.mode << 16, offset)
        central += name + raw.central_extra
    number = len(entries) if count is None else count
    start = len(body)
    length = len(central) if directory_size is None else directory_size
    end = struct.pack(
        "<4s4H2LH", b"PK\x05\x06", 0, 0, number, number, length, start, len(comment)
    )
    return bytes(body + central + gap + end + comment)


def read_all(data: bytes | Path, limits: ZipLimits | None = None) -> dict[str, bytes]:
    opened = open_zip(data, limits or ZipLimits())
    return {name: opened.read(name) for name in opened.names()}


def refusal(data: bytes | Path, limits: ZipLimits | None = None) -> str:
    with pytest.raises(ArchiveError) as caught:
        read_all(data, limits)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def ordinary(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as target:
        for name, data in files.items():
            target.writestr(name, data)
    return buffer.getvalue()


def test_an_ordinary_zip_gives_its_files_back(tmp_path: Path) -> None:
    files = {"ROUND.toml": b"x", "材料/建设方案.pdf": b"%PDF" * 999, "材料/空.txt": b""}
    path = tmp_path / "包.zip"
    path.write_bytes(ordinary(files))
    opened = open_zip(path)
    assert opened.names() == tuple(files)
    assert {name: opened.read(name) for name in opened.names()} == files
    assert opened.size("材料/建设方案.pdf") == 3996


def test_bytes_are_read_as_a_file_is() -> None:
    assert read_all(ordinary({"a": b"1"}, zipfile.ZIP_STORED)) == {"a": b"1"}
    assert read_all(build()) == {}


def test_a_streamed_zip_with_descriptors_is_read() -> None:
    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.parts: list[bytes] = []

        def writable(self) -> bool:
            return True

        def write(self, data: bytes) -> int:  # type: ignore[override]
            self.parts.append(bytes(data))
            return len(data)

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("a.txt", b"streamed")
        with target.open("b.txt", "w", force_zip64=True) as member:
            member.write(b"wide")
    assert read_all(b"".join(pipe.parts)) == {"a.txt": b"streamed", "b.txt": b"wide"}


def test_folders_are_checked_and_left_out() -> None:
    data = build(Raw(name=b"d/", data=b""), Raw(name=b"d/f"))
    assert read_all(data) == {"d/f": b"hello"}


@pytest.mark.parametrize(
    ("raw", "flags", "name"),
    [
        ("评审/附件.pdf".encode("gb18030"), 0, "评审/附件.pdf"),
        ("䶮.pdf".encode("gb18030"), 0, "䶮.pdf"),
        ("评审/附件.pdf".encode(), 0, "评审/附件.pdf"),
        ("评审/附件.pdf".encode(), 0x800, "评审/附件.pdf"),
        ("é.txt".encode("cp437"), 0, "é.txt"),
        (b"plain.txt", 0, "plain.txt"),
    ],
)
def test_names_are_decoded_as_their_writer_meant_them(
    raw: bytes, flags: int, name: str
) -> None:
    assert list(read_all(build(Raw(name=raw, flags=flags)))) == [name]


def test_one_encoding_serves_all_names_of_a_zip() -> None:
    ambiguous = "模".encode("gbk")
    assert ambiguous.decode("utf-8") == "ģ"  # by accident it is valid UTF-8
    names = [ambiguous, "范".encode("gbk")]
    assert list(read_all(build(*(Raw(name=name) for name in names)))) == ["模", "范"]


def test_a_unicode_path_field_is_believed_when_it_fits_the_name() -> None:
    name = b"?".replace(b"?", b"_.txt")
    value = b"\x01" + struct.pack("<L", zlib.crc32(name)) + "专家.txt".encode()
    extra = struct.pack("<2H", 0x7075, len(value)) + value
    assert list(read_all(build(Raw(name=name, central_extra=extra)))) == ["专家.txt"]
    stale = extra.replace(struct.pack("<L", zlib.crc32(name)), b"\0\0\0\0")
    assert list(read_all(build(Raw(name=name, central_extra=stale)))) == ["_.txt"]


@pytest.mark.parametrize(
    "name",
    [
        "../evil",
        "a/../../evil",
        "..",
        "/etc/passwd",
        "C:/evil",
        "c:evil",
        "a\\b",
        "..\\evil",
        "a\0b",
        "a\nb",
        "a//b",
        "./a",
        "a/. /b",
        "a:stream",
        "",
        " ",
        "x" * 1001,
    ],
)
def test_a_name_that_could_leave_its_folder_is_refused(name: str) -> None:
    assert "is not safe" in refusal(build(Raw(name=name.encode(), flags=0x800)))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("a.txt", "a.txt"),
        ("a.txt", "A.TXT"),
        ("é", "é"),
        ("straße", "STRASSE"),
        ("a", "a."),
        ("a", "a "),
        ("d/x", "D/X"),
    ],
)
def test_names_that_some_system_takes_for_one_are_refused(first: str, second: str) -> None:
    entries = [Raw(name=name.encode(), flags=0x800) for name in (first, second)]
    assert "occurs twice" in refusal(build(*entries))


def test_a_file_that_is_also_a_folder_is_refused() -> None:
    assert "a file and a folder" in refusal(build(Raw(name=b"a"), Raw(name=b"a/b")))


def test_full_width_digits_are_another_name() -> None:
    assert len(read_all(ordinary({"附件1.pdf": b"1", "附件１.pdf": b"2"}))) == 2


@pytest.mark.parametrize(
    "mode", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFSOCK, stat.S_IFDIR]
)
def test_links_and_devices_are_refused(mode: int) -> None:
    assert "link or a device" in refusal(build(Raw(mode=mode | 0o777)))


LIES = {
    "encrypted": (build(Raw(flags=1)), "encrypted"),
    "strong encryption": (build(Raw(flags=0x41)), "encrypted"),
    "masked headers": (build(Raw(flags=0x2000)), "encrypted"),
    "deflate64": (build(Raw(method=9)), "compression"),
    "lzma": (build(Raw(method=14)), "compression"),
    "two names": (build(Raw(central_name=b"b.txt")), "contradicts"),
    "two sizes": (build(Raw(method=8, central_size=6)), "contradicts"),
    "two checksums": (build(Raw(central_crc=1)), "contradicts"),
    "stored, yet two sizes": (build(Raw(size=4)), "contradicts"),
    "longer than the file": (build(Raw(size=5000, packed=5000)), "overlap"),
    "wrong checksum": (build(Raw(crc=1)), "damaged"),
    "wrong unpacked size": (build(Raw(method=8, size=4)), "damaged"),
    "larger unpacked size": (build(Raw(method=8, size=6)), "damaged"),
    "bytes after deflate": (
        build(Raw(method=8, data=b"x", packed=len(b"\xab\0\0") + 4, after=b"junk")),
        "damaged",
    ),
    "folder with data": (build(Raw(name=b"d/")), "holds data"),
    "something before": (build(Raw(), before=b"MZ"), "stands before"),
    "something between": (build(Raw(after=b"?"), Raw(name=b"b")), "contradicts"),
    "something after the entries": (build(Raw(after=b"?" * 40)), "contradicts"),
    "something before the end": (build(Raw(), gap=b"?"), "contradicts"),
    "something after the end": (build(Raw()) + b"?", "not a whole ZIP"),
    "overlapping": (build(Raw(), Raw(name=b"b.txt", offset=0)), "overlap"),
    "fewer than counted": (build(Raw(), count=2), "contradicts"),
    "more than counted": (build(Raw(), Raw(name=b"b"), count=1), "contradicts"),
    "end inside the comment": (build(Raw(), comment=build()), "not a whole ZIP"),
    "directory size": (build(Raw(), directory_size=3), "contradicts"),
    "wide size without field": (
        build(Raw(size=FULL32, packed=FULL32, central_size=FULL32)),
        "contradicts",
    ),
    "wide field without need": (
        build(Raw(central_extra=struct.pack("<2HQ", 1, 8, 5))),
        "contradicts",
    ),
    "extra field cut off": (build(Raw(central_extra=b"\1\0\x10\0")), "contradicts"),
    "name not text": (build(Raw(name=b"\xff\xfe", flags=0x800)), "not valid text"),
    "empty": (b"", "not a whole ZIP"),
    "something else": (b"%PDF-1.7" * 99, "not a whole ZIP"),
}


@pytest.mark.parametrize("name", LIES)
def test_a_zip_that_two_readers_could_see_differently_is_refused(name: str) -> None:
    data, why = LIES[name]
    assert why in refusal(data)


def test_a_lie_in_the_wide_end_record_is_refused() -> None:
    plain = build(Raw())
    end = plain[-22:]
    start = struct.unpack_from("<L", end, 16)[0]
    size = struct.unpack_from("<L", end, 12)[0]

    def wide(number: int, offset: int) -> bytes:
        at = len(plain) - 22
        record = struct.pack(
            "<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, number, number, size, offset
        )
        locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, at, 1)
        return plain[:-22] + record + locator + end

    assert read_all(wide(1, start)) == {"a.txt": b"hello"}
    assert "contradicts" in refusal(wide(2, start))
    assert "contradicts" in refusal(wide(1, start + 1))


@pytest.mark.parametrize(
    ("limits", "why"),
    [
        (ZipLimits(entries=1), "2 entries"),
        (ZipLimits(entry_bytes=4), "would unpack"),
        (ZipLimits(total_bytes=9), "would unpack"),
        (ZipLimits(name_bytes=4), "not safe"),
    ],
)
def test_limits_hold(limits: ZipLimits, why: str) -> None:
    data = build(Raw(), Raw(name=b"b.txt"))
    assert why in refusal(data, limits)
    assert len(read_all(data)) == 2


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    zeros = ordinary({"zeros": bytes(50 << 20)})
    start = time.perf_counter()
    assert "would unpack to 52428800 bytes" in refusal(zeros)
    assert time.perf_counter() - start < 0.5


def test_many_small_bombs_are_refused_together() -> None:
    one = zlib.compressobj(9, wbits=-15)
    packed = one.compress(bytes(3 << 20)) + one.flush()
    entry = Raw(data=packed, size=3 << 20, method=0, central_size=3 << 20)
    data = build(*(Raw(**{**entry.__dict__, "name": b"%d" % n}) for n in range(100)))
    stored = struct.pack("<H", 0)
    deflated = struct.pack("<H", 8)
    data = data.replace(b"PK\x03\x04\x14\0\0\0" + stored, b"PK\x03\x04\x14\0\0\0" + deflated)
    data = data.replace(
        b"PK\x01\x02\x14\x03\x14\0\0\0" + stored, b"PK\x01\x02\x14\x03\x14\0\0\0" + deflated
    )
    assert "it would unpack to" in refusal(data)


def test_an_entry_that_grows_beyond_its_promise_stops_there() -> None:
    packer = zlib.compressobj(9, wbits=-15)
    packed = packer.compress(bytes(100 << 20)) + packer.flush()
    data = build(Raw(data=packed, size=len(packed) * 30, central_size=len(packed) * 30))
    data = data.replace(b"PK\x03\x04\x14\0\0\0\0\0", b"PK\x03\x04\x14\0\0\0\x08\0")
    data = data.replace(
        b"PK\x01\x02\x14\x03\x14\0\0\0\0\0", b"PK\x01\x02\x14\x03\x14\0\0\0\x08\0"
    )
    tracemalloc.start()
    try:
        assert "damaged" in refusal(data)
        assert tracemalloc.get_traced_memory()[1] < 30 << 20
    finally:
        tracemalloc.stop()


def test_no_such_file_no_such_entry_not_a_file(tmp_path: Path) -> None:
    assert "cannot be read" in refusal(tmp_path / "absent.zip")
    assert "not a file" in refusal(tmp_path)
    with pytest.raises(ArchiveError, match="holds no b"):
        open_zip(build(Raw()), label="pack").read("b")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_named_pipe_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.zip")
    assert "not a file" in refusal(tmp_path / "pipe.zip")


def test_a_file_that_shrinks_after_opening_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(build(Raw()))
    opened = open_zip(path)
    path.write_bytes(b"")
    with pytest.raises(ArchiveError, match="changed"):
        opened.read("a.txt")


def test_the_file_is_named_and_control_characters_are_shown() -> None:
    assert shown("a\u202eb\x07") == "a\\u202eb\\u0007"
    assert len(shown("长" * 500)) == 121
    evil = build(Raw(name="a\u202e\n".encode(), flags=0x800))
    with pytest.raises(ArchiveError, match=r"^pack: the name a\\u202e\\u000a is not safe$"):
        open_zip(evil, label="pack")


@settings(max_examples=200)
@given(st.data())
def test_a_damaged_zip_is_refused_or_unchanged(data: st.DataObject) -> None:
    files = {"a.txt": b"hello" * 30, "d/b.txt": b"world", "空.txt": b""}
    good = bytearray(ordinary(files))
    for _change in range(data.draw(st.integers(1, 4))):
        good[data.draw(st.integers(0, len(good) - 1))] = data.draw(st.integers(0, 255))
    try:
        found = read_all(bytes(good))
    except ArchiveError:
        return
    assert sorted(found.values()) == sorted(files.values())


@settings(max_examples=200)
@given(st.binary(max_size=300))
def test_garbage_is_refused(data: bytes) -> None:
    refusal(data)


def test_the_public_corpus_gets_its_verdicts(fixtures: Path) -> None:
    manifest = json.loads((fixtures / "corpora" / "MANIFEST.json").read_text("utf-8"))
    cases = [case for case in manifest if case["kind"] == "zip"]
    assert cases
    for case in cases:
        start = time.perf_counter()
        path = fixtures / "corpora" / case["path"]
        if case["expect"] == "reject":
            refusal(path)
        else:
            with suppress(ArchiveError):
                read_all(path)
        assert time.perf_counter() - start < 2
