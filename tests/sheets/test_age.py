import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer_app.core.errors import PackError, PasscodeError
from reviewer_app.sheets import age
from reviewer_app.sheets.bech32 import encode_bech32

CODE = "VJWEAY0GMK45D6SRAZ84"
SALT = bytes(range(16))
IDENTITY = "AGE-SECRET-KEY-1XPUU99JMHE2GGLP7MXKPH8GTJ4Z5X2MQZ3YTNHSRZ7D3Y9WK6H7SZ5WG2D"


@pytest.fixture(scope="module")
def identity() -> str:
    return age.derive_identity(CODE, SALT)


def test_the_passcode_gives_one_identity(identity: str) -> None:
    assert identity.startswith("AGE-SECRET-KEY-1")
    assert len(identity) == 74
    assert identity == age.derive_identity(CODE, SALT)
    assert identity != age.derive_identity(CODE, bytes(16))
    assert age.recipient_of(identity).startswith("age1")


def test_bech32_writes_the_examples_of_its_standard() -> None:
    data = bytes.fromhex("00443214c74254b635cf84653a56d7c675be77df")
    assert encode_bech32("abcdef", data) == "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw"


@given(st.binary(max_size=2000))
def test_what_was_encrypted_is_decrypted(data: bytes) -> None:
    identity = encode_bech32("age-secret-key-", bytes(range(32))).upper()
    sealed = age.encrypt(data, age.recipient_of(identity))
    assert age.decrypt(sealed, identity) == data
    assert len(sealed) <= len(data) + age.most_overhead(len(data))


def test_the_overhead_stays_below_its_bound_for_large_files(identity: str) -> None:
    data = bytes(3 << 20)
    sealed = age.encrypt(data, age.recipient_of(identity))
    assert len(sealed) <= len(data) + age.most_overhead(len(data))


def test_another_identity_cannot_read(identity: str) -> None:
    other = age.derive_identity(CODE, bytes(16))
    sealed = age.encrypt(b"secret", age.recipient_of(identity))
    with pytest.raises(PackError, match="another pack"):
        age.decrypt(sealed, other)


@pytest.mark.parametrize("cut", [0, 1, 21, 100, 199, 230])
def test_damage_is_noticed(identity: str, cut: int) -> None:
    sealed = age.encrypt(b"x" * 50, age.recipient_of(identity))
    for damaged in (sealed[:cut], sealed[:cut] + b"\xff" + sealed[cut + 1 :], sealed + b"x"):
        if damaged != sealed:
            with pytest.raises(PackError):
                age.decrypt(damaged, identity)


@pytest.mark.parametrize("text", ["", "AGE-SECRET-KEY-1", IDENTITY[:-1], "age1xyz", "\0"])
def test_what_is_no_identity_is_said(text: str) -> None:
    with pytest.raises(PasscodeError, match="identity"):
        age.recipient_of(text)


@pytest.mark.skipif(shutil.which("age") is None, reason="the age command is not installed")
def test_the_age_command_reads_and_writes_the_same(identity: str, tmp_path: Path) -> None:
    key, sealed = tmp_path / "key.txt", tmp_path / "x.age"
    key.write_text(identity + "\n")
    sealed.write_bytes(age.encrypt(b"content", age.recipient_of(identity)))
    run = ["age", "-d", "-i", str(key), str(sealed)]
    assert subprocess.run(run, capture_output=True, check=True).stdout == b"content"
    theirs = subprocess.run(
        ["age", "-r", age.recipient_of(identity)],
        input=b"answer",
        capture_output=True,
        check=True,
    ).stdout
    assert age.decrypt(theirs, identity) == b"answer"
