"""TOML is written so that it reads back, and places in it have lines."""

import tomllib
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from reviewer_app.core.toml_text import line_of, write_toml

_WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
_VALUES = st.recursive(
    st.booleans() | st.integers(-(2**62), 2**62) | _WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_WORDS, inner, max_size=3),
    max_leaves=8,
)


def tables(value: Any) -> bool:
    """Tell whether lists hold either only mappings or none, as our data do."""
    if isinstance(value, dict):
        return all(tables(each) for each in value.values())
    if isinstance(value, list):
        kinds = {isinstance(each, dict) for each in value}
        return len(kinds) <= 1 and all(tables(each) for each in value)
    return True


@given(st.dictionaries(_WORDS, _VALUES, max_size=4).filter(tables))
def test_what_is_written_reads_back(data: dict[str, Any]) -> None:
    assert tomllib.loads(write_toml(data)) == data


TEXT = '''\
id = "x"
note = """
[[dimension]]
code = "trap"
"""

[[dimension]]
code = "1"

[[dimension.indicator]]
code = "1.1"

[[dimension.indicator]]
code = "1.2"
levels = [
  ["a", 1, 2],
]

[[dimension]]
code = "2"

[[dimension.indicator]]
code = "2.1"
[dimension.indicator.descriptors]
"优" = "words"
'''


def test_places_have_lines() -> None:
    for place, line in (
        (": “id” is empty", 1),
        (" dimension[1] (1): x", 7),
        (" dimension[1] indicator[2] (1.2) “levels”: x", 15),
        (" dimension[1] indicator[2]: “weight” is missing", 13),
        (" dimension[2] indicator[1] descriptors: “优”: x", 25),
        (" dimension[2] indicator[1]: “code”: x", 23),
    ):
        assert line_of(TEXT, place) == line, place
    assert line_of("", " dimension[1]: x") is None
