from pathlib import Path
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from reviewer_app.core.errors import DocumentError
from reviewer_app.sheets import json_text

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=15,
)


@given(VALUES)
def test_what_was_written_is_read(value: object) -> None:
    try:
        data = json_text.encode(value)
    except DocumentError:
        assert "\\ud" in ascii(value)
        return
    assert json_text.decode(data) == value


@given(VALUES | st.floats(allow_nan=False, allow_infinity=False) | st.integers())
def test_the_bytes_are_those_of_the_library_for_rfc_8785(value: Any) -> None:
    try:
        expected: object = rfc8785.dumps({"值": value, "b": [value]})
    except (rfc8785.CanonicalizationError, UnicodeEncodeError):
        expected = DocumentError
    try:
        found: object = json_text.encode({"值": value, "b": [value]})
        assert json_text.encode([value]) == rfc8785.dumps([value])
    except DocumentError:
        found = DocumentError
    assert found == expected


def test_every_character_is_written_as_the_library_writes_it() -> None:
    characters = [chr(code) for code in range(0x3000) if not 0xD800 <= code < 0xE000]
    assert json_text.encode(characters) == rfc8785.dumps(characters)


@pytest.mark.parametrize(
    "data",
    [
        b'{"a":1,"a":1}',
        b'{"b":1,"a":1}',
        b'{"a": 1}',
        b" 1",
        b"1\n",
        b"1.0",
        b"1e0",
        b"-0",
        b"NaN",
        b"Infinity",
        b'"\\u0061"',
        b'"\\/"',
        b'"\\ud800"',
        b'"\xff"',
        b"\xef\xbb\xbf1",
        '"a"'.encode("utf-16"),
        b"9007199254740993",
        b"1" * 5000,
        b"[" * 100_000,
        b"[" * 100_000 + b"]" * 100_000,
    ],
)
def test_every_other_form_is_refused(data: bytes) -> None:
    with pytest.raises(DocumentError):
        json_text.decode(data)


def test_keys_are_ordered_by_their_utf16_units() -> None:
    assert (
        json_text.encode({"\ufb33": 1, "\U0001f600": 2})
        == '{"\U0001f600":2,"\ufb33":1}'.encode()
    )


def test_the_public_corpus_never_gets_further_than_it_should(fixtures: Path) -> None:
    files = sorted((fixtures / "corpora" / "json").glob("*.json"))
    assert len(files) > 300
    for file in files:
        data = file.read_bytes()
        try:
            value = json_text.decode(data)
        except DocumentError:
            continue
        assert not file.name.startswith("n_"), file.name
        assert json_text.encode(value) == data
