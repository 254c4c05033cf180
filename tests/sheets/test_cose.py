import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import utils
from hypothesis import given
from hypothesis import strategies as st

from reviewer_app.core.errors import DocumentError, KeyStoreError, SignatureError
from reviewer_app.sheets import cbor, cose
from reviewer_app.sheets.keys import ORDER, SigningKey, check_signature, fingerprint
from tests.sheets.making import EXPERT, OTHER

MESSAGE = cose.sign(b"payload", EXPERT)
PROTECTED, PAYLOAD, SIGNATURE = cose.PROTECTED, b"payload", MESSAGE[-64:]


def refused(parts: object, error: type[DocumentError] = DocumentError) -> None:
    with pytest.raises(error):
        cose.verify(cbor.encode(parts), EXPERT.public)  # type: ignore[arg-type]


def test_the_envelope_has_the_bytes_of_the_specification() -> None:
    assert (
        bytes.fromhex("8443a10126a047") + b"payload" + bytes.fromhex("5840") + SIGNATURE
    ) == MESSAGE
    assert cose.signed_bytes(b"payload") == (
        bytes.fromhex("846a") + b"Signature1" + bytes.fromhex("43a101264047") + b"payload"
    )


@given(st.binary(max_size=100), st.integers(1, ORDER - 1))
def test_what_was_signed_verifies_and_is_signed_the_same_again(
    data: bytes, number: int
) -> None:
    key = SigningKey.from_bytes(number.to_bytes(32))
    message = cose.sign(data, key)
    assert cose.verify(message, key.public) == data
    assert cose.sign(data, key) == message
    assert int.from_bytes(message[-32:]) <= ORDER // 2


def test_another_key_is_refused() -> None:
    with pytest.raises(SignatureError):
        cose.verify(MESSAGE, OTHER.public)


def test_the_larger_s_is_refused() -> None:
    r, s = SIGNATURE[:32], int.from_bytes(SIGNATURE[32:])
    larger = r + (ORDER - s).to_bytes(32)
    check_signature(EXPERT.public, SIGNATURE, cose.signed_bytes(b"payload"))
    refused([PROTECTED, {}, PAYLOAD, larger], SignatureError)


@pytest.mark.parametrize("r", [0, ORDER, ORDER + 1, 2**256 - 1])
@pytest.mark.parametrize("s", [0, ORDER, ORDER // 2 + 1, 2**256 - 1])
def test_numbers_out_of_range_are_refused(r: int, s: int) -> None:
    refused([PROTECTED, {}, PAYLOAD, r.to_bytes(32) + SIGNATURE[32:]], SignatureError)
    refused([PROTECTED, {}, PAYLOAD, SIGNATURE[:32] + s.to_bytes(32)], SignatureError)
    refused([PROTECTED, {}, PAYLOAD, r.to_bytes(32) + s.to_bytes(32)], SignatureError)


@pytest.mark.parametrize(
    "parts",
    [
        [PROTECTED, {4: b"kid"}, PAYLOAD, SIGNATURE],
        [PROTECTED, {1: -7}, PAYLOAD, SIGNATURE],
        [b"", {1: -7}, PAYLOAD, SIGNATURE],
        [b"", {}, PAYLOAD, SIGNATURE],
        [cbor.encode({1: -35}), {}, PAYLOAD, SIGNATURE],
        [cbor.encode({1: -7, 4: b"kid"}), {}, PAYLOAD, SIGNATURE],
        [PROTECTED, [], PAYLOAD, SIGNATURE],
        [PROTECTED, {}, PAYLOAD],
        [PROTECTED, {}, PAYLOAD, SIGNATURE, b""],
        [PROTECTED, {}, PAYLOAD, SIGNATURE[:-1]],
        [PROTECTED, {}, PAYLOAD, SIGNATURE + b"\0"],
        [PROTECTED, {}, PAYLOAD, b""],
        [PROTECTED, {}, "payload", SIGNATURE],
        {0: PROTECTED},
        b"",
    ],
)
def test_every_other_envelope_is_refused(parts: object) -> None:
    refused(parts)


def test_a_tagged_envelope_is_refused() -> None:
    with pytest.raises(DocumentError):
        cose.verify(b"\xd2" + MESSAGE, EXPERT.public)


@pytest.mark.parametrize(
    "public",
    [
        b"",
        b"\0",
        b"\x02" * 32,
        b"\x02" + bytes(32),  # x = 0: a point, but not the signer's
        b"\x02" + b"\xff" * 32,  # x above the field
        b"\x05" + EXPERT.public[1:],
        b"\x02" + (5).to_bytes(32),
        b"\x04" + EXPERT.public[1:] + bytes(32),
        EXPERT.public + b"\0",
    ],
)
def test_keys_that_are_no_compressed_point_of_the_signer_are_refused(public: bytes) -> None:
    with pytest.raises(SignatureError):
        cose.verify(MESSAGE, public)


def test_the_other_point_with_the_same_x_is_refused() -> None:
    twin = bytes([EXPERT.public[0] ^ 1]) + EXPERT.public[1:]
    with pytest.raises(SignatureError):
        cose.verify(MESSAGE, twin)


def test_a_key_survives_being_stored() -> None:
    key = SigningKey.generate()
    again = SigningKey.from_bytes(key.to_bytes())
    assert (again.public, len(key.to_bytes())) == (key.public, 32)


@pytest.mark.parametrize("stored", [b"", bytes(32), b"\xff" * 32, bytes(31), b"\x01" * 33])
def test_a_damaged_stored_key_is_one_clear_line(stored: bytes) -> None:
    with pytest.raises(KeyStoreError, match="damaged"):
        SigningKey.from_bytes(stored)


def test_fingerprints_are_what_people_compare() -> None:
    assert fingerprint(EXPERT.public) == "97E9 D1D2 A642 F9D7"


def test_the_wycheproof_signatures_have_their_verdicts(fixtures: Path) -> None:
    file = fixtures / "corpora" / "sig" / "wycheproof-ecdsa_secp256r1_sha256_test.json"
    accepted = 0
    for group in json.loads(file.read_text())["testGroups"]:
        point = bytes.fromhex(group["publicKey"]["uncompressed"])
        public = bytes([2 + point[-1] % 2]) + point[1:33]
        for test in group["tests"]:
            accepted += wycheproof_accepts(public, test)
    assert accepted > 50


def wycheproof_accepts(public: bytes, test: dict[str, str]) -> bool:
    """Return whether the signature passes; assert that only a valid one with small s does."""
    try:
        r, s = utils.decode_dss_signature(bytes.fromhex(test["sig"]))
        raw = r.to_bytes(32) + s.to_bytes(32)
    except (ValueError, OverflowError):
        return False
    should = test["result"] == "valid" and s <= ORDER // 2
    try:
        check_signature(public, raw, bytes.fromhex(test["msg"]))
    except SignatureError:
        assert not should, test
        return False
    assert should, test
    return True
