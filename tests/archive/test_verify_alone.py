"""verify.py on its own: as archivists run it, on hostile input, and its parts one by one."""

import io
import json
import shutil
import stat
import struct
import subprocess
import sys
import time
import zipfile
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reviewer_app.core.errors import DocumentError, SignatureError
from reviewer_app.core.numbers import Rounding, publish
from reviewer_app.sheets import cbor, cose, json_text
from reviewer_app.sheets.keys import ORDER, SigningKey, fingerprint
from reviewer_app.sheets.receipt import receipt
from tests.archive.making import BUREAU, make_archive
from tests.archive.verifying import (
    VERIFY_PY,
    alone,
    both,
    by_itself,
    files_of,
    rezip,
    run_alone,
)

ITEMS = st.recursive(
    st.integers(-(1 << 64), (1 << 64) - 1) | st.binary(max_size=30) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.integers(0, 300), inner, max_size=4)
    ),
    max_leaves=12,
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_archive(tmp_path_factory.mktemp("archive") / "档案.zip")


def refused(work: object, *arguments: object) -> bool:
    try:
        work(*arguments)  # type: ignore[operator]
    except alone.Refused:
        return True
    return False


# ---- as people run it


def test_it_prints_line_by_line_and_ends_with_a_verdict(archive: Path) -> None:
    status, output, errors = run_alone(archive)
    lines = output.splitlines()
    assert (status, errors) == (0, "")
    assert lines[0].startswith("[通过] round：round.cose 签名有效")
    assert "请与手签纸核对" in output
    assert lines[-1].startswith(f"结论：在密钥 {fingerprint(BUREAU.public)} 下完整")
    assert "未给出组织单位指纹" in lines[-1]


@pytest.mark.parametrize("text", ["{0}", "{1}"])
def test_the_bureaus_fingerprint_is_compared(archive: Path, text: str) -> None:
    own = fingerprint(BUREAU.public)
    given = text.format(own, own.replace(" ", "").lower())
    status, output, _errors = run_alone(archive, "--bureau-key", given)
    assert status == 0
    assert "密钥与给出的组织单位指纹一致" in output
    status, output, _errors = run_alone(archive, "--bureau-key=0000 0000 0000 0000")
    assert status == 1
    assert f"[不符] bureau-key：签名密钥的指纹是 {own}" in output


def test_it_checks_the_folder_it_lies_in(archive: Path, tmp_path: Path) -> None:
    folder = tmp_path / "解压 后"
    with zipfile.ZipFile(archive) as source:
        source.extractall(folder)
    command = [sys.executable, "-I", str(folder / "verify.py")]
    done = subprocess.run(command, capture_output=True, check=False, cwd=tmp_path)
    assert done.returncode == 0
    sheet = folder / "sheets" / "03-r1.scoresheet"
    data = bytearray(sheet.read_bytes())
    data[100] ^= 1
    sheet.write_bytes(data)
    done = subprocess.run(command, capture_output=True, check=False, cwd=tmp_path)
    assert done.returncode == 1
    assert b"sheets/03-r1.scoresheet" in done.stdout


@pytest.mark.parametrize(
    "words", [["--nonsense"], ["a", "b"], ["a", "--bureau-key", "XYZ"], ["--bureau-key"]]
)
def test_wrong_usage_is_2(words: list[str]) -> None:
    assert alone.main(words) == 2


def test_a_console_without_chinese_gets_ascii(archive: Path) -> None:
    environment = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    command = [sys.executable, str(VERIFY_PY), str(archive)]
    done = subprocess.run(command, capture_output=True, check=False, env=environment)
    assert done.returncode == 0
    assert done.stderr == b""
    assert done.stdout.decode("ascii").startswith("[OK] round: ")
    assert b"sheets/03-r1.scoresheet" in done.stdout


def test_json_is_one_document(archive: Path) -> None:
    status, output, _errors = run_alone(archive, "--json")
    document = json.loads(output)
    assert status == 0
    assert document["ok"] is True
    assert document["bureau_key"] == fingerprint(BUREAU.public)
    assert {"check", "ok", "state", "detail"} == set(document["checks"][0])
    assert len(document["receipts"]) == 5
    assert len(document["results_digest"]) == 64


def test_it_imports_the_standard_library_alone() -> None:
    imports = [
        line.split()[1]
        for line in VERIFY_PY.read_text("utf-8").splitlines()
        if line.startswith(("import ", "from "))
    ]
    assert imports
    assert set(imports) <= sys.stdlib_module_names
    assert not set(imports) & {"socket", "ssl", "http", "urllib", "subprocess", "tempfile"}


@pytest.mark.parametrize("version", ["3.8", "3.9", "3.13"])
def test_other_pythons_say_the_same(version: str, archive: Path) -> None:
    python = shutil.which(f"python{version}")
    probe = [python or "", "-c", "print(1)"]
    if python is None or subprocess.run(probe, capture_output=True, check=False).returncode:
        pytest.skip(f"there is no Python {version} here")
    command = [python, "-I", str(VERIFY_PY), str(archive), "--json"]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["ok"] is True


# ---- what is no archive


def hostile(path: Path) -> float:
    """Return the seconds it took to refuse a file, with one failed check and no traceback."""
    start = time.perf_counter()
    first, second = both(path)
    assert not first.ok
    assert len(first.failed) >= 1
    assert second.failed
    return time.perf_counter() - start


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "text.zip").write_bytes(b"no zip at all")
    (tmp_path / "none.zip").write_bytes(b"")
    for name in ("empty", "text.zip", "none.zip", "absent.zip"):
        assert hostile(tmp_path / name) < 2


def test_the_public_corpus_is_refused(fixtures: Path) -> None:
    for path in sorted((fixtures / "corpora" / "zip").iterdir()):
        assert hostile(path) < 2, path.name


def with_entry(files: dict[str, bytes], info: zipfile.ZipInfo, data: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in files.items():
            target.writestr(name, content)
        target.writestr(info, data)
    return buffer.getvalue()


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    "name",
    [
        "../evil",
        "/evil",
        "c:/evil",
        "papers/..\\evil",
        "ROUND.cose",
        "round.cose",
        "papers/",
        "x",
    ],
)
def test_an_archive_with_one_hostile_entry_is_refused(
    name: str, archive: Path, tmp_path: Path
) -> None:
    info = zipfile.ZipInfo("papers/placeholder-name")
    info.filename = name
    info.external_attr = (stat.S_IFLNK | 0o777) << 16 if name == "x" else 0
    path = tmp_path / "hostile.zip"
    path.write_bytes(with_entry(files_of(archive), info, b"../../etc/passwd"))
    assert hostile(path) < 2
    assert not (tmp_path.parent / "evil").exists()


def test_a_bomb_in_an_archive_is_refused(archive: Path, tmp_path: Path) -> None:
    path = rezip(tmp_path / "bomb.zip", files_of(archive) | {"papers/0": bytes(60 << 20)})
    first, second = both(path)
    assert "container" in first.failed
    assert "container" in second.failed


def test_prefix_suffix_and_gaps_are_refused(archive: Path, tmp_path: Path) -> None:
    data = archive.read_bytes()
    at = struct.unpack_from("<L", data, len(data) - 6)[0]
    for number, changed in enumerate((b"MZ" + data, data + b"?", data[:at] + b"?" + data[at:])):
        path = tmp_path / f"{number}.zip"
        path.write_bytes(changed)
        assert hostile(path) < 2


@settings(max_examples=40)
@given(data=st.data())
def test_damage_anywhere_never_makes_a_traceback_or_another_verdict(
    data: st.DataObject, archive: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    damaged = bytearray(archive.read_bytes())
    damaged[data.draw(st.integers(0, len(damaged) - 1))] ^= data.draw(st.integers(1, 255))
    path = tmp_path_factory.getbasetemp() / "damaged.zip"
    path.write_bytes(damaged)
    both(path)


@settings(max_examples=40)
@given(
    name=st.sampled_from(
        ["results.json", "metadata.json", "manifest.json", "log.jsonl", "marks.csv"]
    ),
    text=st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.just("1/0"),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["applications", "rechecks", "files", "format", "closing"]),
                inner,
            )
        ),
        max_leaves=8,
    ),
)
@example(name="results.json", text=[[[[[]]]]])
def test_shapeless_contents_are_refused_without_a_traceback(
    name: str,
    text: object,
    shapeless: dict[str, bytes],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    path = tmp_path_factory.getbasetemp() / "shapeless.zip"
    answer = by_itself(rezip(path, shapeless | {name: json.dumps(text).encode() + b"\n"}))
    assert not answer.ok


@pytest.fixture(scope="module")
def shapeless(archive: Path) -> dict[str, bytes]:
    return files_of(archive)


# ---- its parts against the program's


@given(ITEMS)
def test_its_cbor_reads_what_the_program_writes(item: cbor.Plain) -> None:
    assert alone.cbor(cbor.encode(item)) == item


@settings(max_examples=300)
@given(st.binary(max_size=40) | ITEMS.map(cbor.encode).map(lambda data: data[:-1] + b"\x18"))
@example(bytes.fromhex("1817"))
@example(bytes.fromhex("9f00ff"))
@example(bytes.fromhex("a201000000"))
@example(bytes.fromhex("a2000000 00"))
@example(bytes.fromhex("a120 00"))
@example(bytes.fromhex("c100"))
@example(bytes.fromhex("f6"))
@example(bytes.fromhex("f93c00"))
@example(bytes.fromhex("62c328"))
@example(bytes.fromhex("9bffffffffffffffff"))
@example(b"\x81" * 9 + b"\x00")
@example(b"\x81" * 8 + b"\x00")
def test_its_cbor_refuses_what_the_program_refuses(data: bytes) -> None:
    try:
        cbor.decode(data)
    except DocumentError:
        assert refused(alone.cbor, data)
    else:
        alone.cbor(data)


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(1 - (1 << 53), (1 << 53) - 1)
    | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner),
    max_leaves=10,
)


@given(VALUES)
@example({"\ue000": 1, "\U00010000": 2, '\x7f\u2028"\\/\b': ""})
def test_its_json_has_the_same_one_form(value: object) -> None:
    assert alone.canonical(value).encode() == json_text.encode(value)
    assert alone.json_value(json_text.encode(value), "") == value


@pytest.mark.parametrize(
    "data",
    [
        b'{"a":1,"a":1}',
        b"[1.0]",
        b"[NaN]",
        b"[1e3]",
        b"[ 1]",
        b'{"b":1,"a":2}',
        b'"\\u0041"',
        b'"\\ud800"',
        b"\xef\xbb\xbf[]",
        b"[" * 5000,
        b"[]]",
        b"",
        b"[-0]",
        b"[9007199254740992]",
        b"[123456789012345678]",
    ],
)
def test_its_json_refuses_every_other_form(data: bytes) -> None:
    assert refused(alone.json_value, data, "")


@settings(max_examples=25)
@given(st.integers(1, ORDER - 1), st.binary(max_size=60))
def test_its_signatures_are_the_programs(secret: int, payload: bytes) -> None:
    key = SigningKey.from_bytes(secret.to_bytes(32, "big"))
    signature = key.sign(payload)
    assert alone.signature_holds(key.public, payload, signature)
    r, s = signature[:32], int.from_bytes(signature[32:], "big")
    other = r + (ORDER - s).to_bytes(32, "big")
    assert not alone.signature_holds(key.public, payload, other)
    assert not alone.signature_holds(key.public, payload + b"?", signature)
    assert not alone.signature_holds(BUREAU.public, payload, signature) or secret == 1


def test_degenerate_signatures_and_keys_are_refused() -> None:
    zero, order = bytes(32), ORDER.to_bytes(32, "big")
    one = (1).to_bytes(32, "big")
    for signature in (zero + one, one + zero, order + one, one + order, b"", one):
        assert not alone.signature_holds(BUREAU.public, b"", signature)
    x_off = b"\x02" + (5).to_bytes(32, "big")
    too_large = b"\x02" + alone.P.to_bytes(32, "big")
    for key in (b"\x00", bytes(33), x_off, too_large, b"\x04" + bytes(64), BUREAU.public[:-1]):
        assert refused(alone.point_of, key) == (key != x_off or refused(alone.point_of, x_off))


def der_numbers(data: bytes) -> tuple[int, int]:
    """Return r and s of a strictly written DER signature; ValueError for any other."""
    numbers, at = [], 2
    if len(data) < 8 or data[0] != 0x30 or data[1] != len(data) - 2 or data[1] > 127:
        raise ValueError
    for _number in range(2):
        length = data[at + 1]
        body = data[at + 2 : at + 2 + length]
        shortest = length == 1 or body[0] or body[1] > 127
        if data[at] != 2 or not body or len(body) != length or body[0] > 127 or not shortest:
            raise ValueError
        numbers.append(int.from_bytes(body, "big"))
        at += 2 + length
    if at != len(data) or max(numbers) >= 1 << 256:
        raise ValueError
    return numbers[0], numbers[1]


def test_wycheproofs_signatures_get_their_verdicts(fixtures: Path) -> None:
    path = fixtures / "corpora" / "sig" / "wycheproof-ecdsa_secp256r1_sha256_test.json"
    checked = 0
    for group in json.loads(path.read_text("utf-8"))["testGroups"]:
        point = group.get("publicKey") or group["key"]
        x, y = int(point["wx"], 16), int(point["wy"], 16)
        key = bytes([2 + (y & 1)]) + x.to_bytes(32, "big")
        for case in group["tests"]:
            try:
                r, s = der_numbers(bytes.fromhex(case["sig"]))
            except (ValueError, IndexError):
                continue  # we carry r and s, not DER
            signature = r.to_bytes(32, "big") + s.to_bytes(32, "big")
            holds = alone.signature_holds(key, bytes.fromhex(case["msg"]), signature)
            high = s > ORDER // 2
            assert holds == (case["result"] == "valid" and not high), case["tcId"]
            checked += 1
    assert checked > 200


def test_its_envelope_is_the_programs() -> None:
    payload = cbor.encode({0: "kind", 1: b"x"})
    message = cose.sign(payload, BUREAU)
    assert alone.opened(message, BUREAU.public, "kind", 1, "")[1] == b"x"
    tagged = b"\xd2" + message
    junk = message.replace(b"\xa0", b"\xa1\x04\x41\x78", 1)
    for bad in (tagged, junk, message[:-1], message + b"\0"):
        assert refused(alone.opened, bad, BUREAU.public, "kind", 1, "")
        with pytest.raises((DocumentError, SignatureError)):
            cose.verify(bad, BUREAU.public)


@given(st.binary(min_size=1, max_size=50))
def test_receipts_and_fingerprints_are_the_programs(data: bytes) -> None:
    assert alone.receipt(alone.sha256(data)) == receipt(data)
    assert alone.fingerprint(alone.sha256(data)) == fingerprint(data)


@given(st.fractions(max_denominator=2000), st.integers(0, 4), st.sampled_from(list(Rounding)))
@example(Fraction("28.165"), 2, Rounding.HALF_EVEN)
@example(Fraction("-0.004"), 2, Rounding.HALF_UP)
def test_it_rounds_as_the_program_does(value: Fraction, digits: int, mode: Rounding) -> None:
    assert alone.published(value, digits, mode.value) == publish(value, digits, mode)
