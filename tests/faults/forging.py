"""What a dishonest program could write: good sheets changed and signed again, loose CBOR."""

import hashlib
import random
import struct
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from reviewer_app.services.collecting import FileVerdict, Verdict
from reviewer_app.sheets import cbor, cose
from reviewer_app.sheets.keys import SigningKey
from reviewer_app.sheets.score_sheet import open_sheet_file, sheet_file
from tests.services.day import Day

Fields = dict[int, Any]
POINTS = {1: 80, 2: 70, 3: 60}


def nothing(_fields: Fields) -> None:
    """Change nothing."""


def good(day: Day, expert: str = "01") -> bytes:
    """Return a sheet that the bureau would take."""
    laptop = day.laptops[expert]
    path = laptop.sign(day.folder, laptop.content(POINTS))
    data = path.read_bytes()
    path.unlink()
    laptop.signed.clear()
    return data


def resigned(
    data: bytes,
    key: SigningKey,
    change: Callable[[Fields], object] = nothing,
    comments: bytes | None = None,
    encode: Callable[[Any], bytes] = cbor.encode,
) -> bytes:
    """Return the sheet after ``change``, with its digests made right and signed by ``key``."""
    sheet, written = open_sheet_file(data)
    written = written if comments is None else comments
    fields: Any = cbor.decode(cose.unverified_payload(sheet))
    fields[9] = hashlib.sha256(written).digest()
    change(fields)
    payload = encode(fields)
    signature = key.sign(loose_structure(payload))
    message = raw([cose.PROTECTED, {}, payload, signature])
    return raw({0: "reviewer-app/scoresheet/1", 1: message, 2: written})


def loose_structure(payload: bytes) -> bytes:
    """Return what ECDSA signs, whatever the payload is."""
    return cbor.encode(["Signature1", cose.PROTECTED, b"", payload])


def with_signature(data: bytes, signature: bytes) -> bytes:
    """Return the sheet file with another signature of 64 bytes."""
    sheet, comments = open_sheet_file(data)
    return sheet_file(sheet[:-64] + signature, comments)


def offered(day: Day, datas: Iterable[bytes], prefix: str = "offered") -> list[FileVerdict]:
    """Collect these bytes as files and return the bureau's verdicts."""
    folder = day.folder / prefix
    folder.mkdir(exist_ok=True)
    paths = []
    for number, data in enumerate(datas):
        path = folder / f"{number:05d}.scoresheet"
        path.write_bytes(data)
        paths.append(path)
    verdicts = day.collect(*paths)
    for path in paths:
        path.unlink()
    return verdicts


def refused_all(day: Day, datas: Sequence[bytes]) -> list[str]:
    """Collect bad sheets, see every one refused in one line and nothing kept as a sheet."""
    before = held(day)
    verdicts = offered(day, datas)
    taken = [number for number, v in enumerate(verdicts) if v.verdict is not Verdict.REFUSED]
    assert not taken, [(number, datas[number].hex()) for number in taken]
    assert all(verdict.sentence and "\n" not in verdict.sentence for verdict in verdicts)
    assert held(day) == before
    return [verdict.refusal for verdict in verdicts]


def held(day: Day) -> tuple[object, ...]:
    """Return everything that could change a result: sheets, pinned keys, rosters, closing."""
    with day.context.open_bureau() as unit:
        return (
            tuple(unit.sheets(day.round_id)),
            tuple(unit.seats(day.round_id)),
            tuple(unit.rosters(day.round_id)),
            unit.round(day.round_id),
        )


def raw(item: Any) -> bytes:
    """Return the shortest CBOR of anything, floats, flags and repeated keys included."""
    return loose(item, None)


def chance(seed: int) -> random.Random:
    """Return the same luck for the same number."""
    return random.Random(seed)  # noqa: S311 - trials, not secrets


class Pairs(list[tuple[Any, Any]]):
    """A map whose keys are written as they stand, in this order, repeated if so."""


def loose(item: Any, luck: random.Random | None) -> bytes:
    """Return CBOR of ``item``; with ``luck`` in one of the many ways the standard allows."""
    if item is None or isinstance(item, bool):
        return bytes([0xF6 if item is None else 0xF5 if item else 0xF4])
    if isinstance(item, float):
        return b"\xfb" + struct.pack(">d", item)
    if isinstance(item, int):
        return _head(0, item, luck) if item >= 0 else _head(1, -1 - item, luck)
    if isinstance(item, bytes | str):
        return _text(item, luck)
    if isinstance(item, dict | Pairs):
        pairs = list(item.items()) if isinstance(item, dict) else list(item)
        if luck and luck.random() < 0.5:
            luck.shuffle(pairs)
        parts = [loose(each, luck) for pair in pairs for each in pair]
        return _many(5, len(pairs), parts, luck)
    return _many(4, len(item), [loose(each, luck) for each in item], luck)


def _many(major: int, count: int, parts: list[bytes], luck: random.Random | None) -> bytes:
    body = b"".join(parts)
    if luck and luck.random() < 0.3:
        return bytes([major << 5 | 31]) + body + b"\xff"
    return _head(major, count, luck) + body


def _text(item: bytes | str, luck: random.Random | None) -> bytes:
    major, data = (2, item) if isinstance(item, bytes) else (3, item.encode())
    if luck and data.isascii() and luck.random() < 0.2:
        cut = luck.randint(0, len(data))
        pieces = [_head(major, len(part), None) + part for part in (data[:cut], data[cut:])]
        return bytes([major << 5 | 31]) + b"".join(pieces) + b"\xff"
    return _head(major, len(data), luck) + data


def _head(major: int, value: int, luck: random.Random | None) -> bytes:
    sizes = [size for size in (0, 1, 2, 4, 8) if value < (1 << 8 * size if size else 24)]
    size = luck.choice(sizes[:2]) if luck and luck.random() < 0.1 else sizes[0]
    if size == 0:
        return bytes([major << 5 | value])
    return bytes([major << 5 | {1: 24, 2: 25, 4: 26, 8: 27}[size]]) + value.to_bytes(size)


def write(path: Path, data: bytes) -> Path:
    """Write a file and return its path."""
    path.write_bytes(data)
    return path
