"""A scheme file is read exactly or refused with file, line and node."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer_app.core.errors import NotFoundError, SchemeError
from reviewer_app.core.scheme import Pick, Role, WeightOrigin
from reviewer_app.core.scheme_data import load_scheme, scheme_from_data, scheme_to_data
from reviewer_app.core.toml_text import write_toml
from tests.core.scheme_tables import PUBLISHED, heading, leaf, scheme, table

FILE = """\
id = "t"
title = "表"
weight_origin = "official"
total = 100

[[dimension]]
code = "1"
title = "一"

[[dimension.indicator]]
code = "1.1"
title = "甲"
weight = 60

[[dimension]]
code = "2"
title = "二"

[[dimension.indicator]]
code = "2.1"
title = "乙"
weight = 40
maximum = 100
levels = [["优", 90, 100], ["良", 0, 89]]
"""


def load(tmp_path: Path, text: str) -> Any:
    path = tmp_path / "表.toml"
    path.write_text(text, encoding="utf-8")
    return load_scheme(path)


def test_a_file_becomes_a_scheme(tmp_path: Path) -> None:
    found = load(tmp_path, FILE)
    assert found.weight_origin is WeightOrigin.OFFICIAL
    assert found.indicator("1.1").maximum == 60
    assert found.indicator("2.1").levels[1].high == 89
    with pytest.raises(NotFoundError):
        found.indicator("2.2")
    with pytest.raises(NotFoundError):
        found.target("T")


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("weight = 40", "weight = 30", 4, "sum to 90"),
        ('["优", 90, 100]', '["优", 89, 100]', 24, "overlap"),
        ('["优", 90, 100]', '["优", 91, 100]', 24, "gap"),
        ('["优", 90, 100]', '["优", 90, 99]', 24, "top level ends at 99"),
        ('["良", 0, 89]', '["良", 1, 89]', 24, "lowest level begins at 1"),
        ('["良", 0, 89]', '["良", 0, 89.5]', 24, "off the step"),
        ('["良", 0, 89]', '["优", 0, 89]', 24, "two levels"),
        ('["良", 0, 89]', '["良", 89, 0]', 24, "downwards"),
        ("maximum = 100", "maximun = 100", 23, "maximun"),
        ("weight = 60", 'weight = "60%"', 13, "60%"),
        ("weight = 60", "weight = 0", 13, "above zero"),
        ("weight = 60", "weight = 1e400", 13, "1e400"),
        ("weight = 60", "weight = nan", 13, "nan"),
        ("weight = 60", "weight = true", 13, "True"),
        ('title = "乙"\n', "", 19, "title"),
        ('title = "乙"', 'title = " "', 21, "title"),
        ('code = "2.1"', 'code = "1.1"', None, "1.1 is given twice"),
        ('code = "2.1"', 'code = "1"', None, "1 is given twice"),
        ("weight = 40", 'weight = 40\ntargets = ["D9"]', None, "no target D9"),
        ("weight = 40", "weight = 40\nstep = 3", None, "off the step"),
        ("weight = 40", "weight = 40\nstep = 0", None, "positive"),
        ("weight = 40", 'weight = 40\nspecialisms = ["法律"]', None, "法律"),
        ("weight = 40", 'weight = 40\nrole = "star"', 23, "star"),
        ('weight_origin = "official"', 'weight_origin = "guess"', 3, "guess"),
        ("total = 100", 'total = 100\nkinds = ["答辩"]', None, "答辩"),
        ('id = "t"\n', "", 1, "“id” is missing"),
    ],
)
def test_contradictions_name_file_line_and_node(
    tmp_path: Path, old: str, new: str, line: int | None, words: str
) -> None:
    assert FILE.count(old) == 1
    with pytest.raises(SchemeError, match=r"^表\.toml") as caught:
        load(tmp_path, FILE.replace(old, new))
    assert words in str(caught.value)
    assert line is None or f"line {line}" in str(caught.value), str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"id = ", "at its end: text stands in straight"),
        (b"\xff\xfe", "UTF-8"),
        (b"a = " + b"[" * 5000, "."),
        (b"", "missing"),
    ],
)
def test_what_is_no_scheme_file_is_one_line(tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(data)
    with pytest.raises(SchemeError, match=words):
        load_scheme(path)


def test_a_file_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(SchemeError, match="does not exist; check the name"):
        load_scheme(tmp_path / "none.toml")


def test_a_byte_order_mark_and_windows_lines_are_fine(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(b"\xef\xbb\xbf" + FILE.replace("\n", "\r\n").encode())
    assert load_scheme(path) == load(tmp_path, FILE)


def test_decimals_are_exact() -> None:
    tenth = leaf("a", "0.1", maximum=1)
    found = scheme(heading("1", tenth, leaf("b", "1/3", maximum=1)))
    assert found.full_marks == Fraction(1, 10) + Fraction(1, 3)


def test_a_heading_may_nest_and_states_are_kept() -> None:
    nested = scheme(
        heading(
            "1",
            heading("1.1", leaf("a", 6), leaf("b", 3), pick="best", weight=6),
            leaf("c", 4),
            leaf("d", 2, role="bonus"),
            at_most=10,
        )
    )
    inner = nested.dimensions[0].children[0]
    assert inner.pick is Pick.BEST  # type: ignore[union-attr]
    assert nested.full_marks == 10
    assert nested.indicator("d").role is Role.BONUS
    assert scheme_from_data(scheme_to_data(nested), "x") == nested


ONE = heading("1", leaf("a"))
BOX = {"code": "s", "title": "是否", "role": "screen"}
PAIR = (leaf("a", 6), leaf("b", 3))
GATE = {"code": "G", "title": "g"}
GOAL = {"id": "T", "name": "t", "relation": "≥"}
WHEN = {"name": "优", "low": 0, "high": 10, "when": ">1"}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (table(heading("1")), "no indicator under"),
        (table(), "no indicator with a weight"),
        (table(heading("1", BOX)), "no indicator with a weight"),
        (table(heading("1", *PAIR, pick="one", weight=9)), "come to 6"),
        (table(heading("1", leaf("a"), leaf("b", 2, role="bonus"), pick="one")), "ordinary"),
        (table(heading("1", leaf("a"), of=10)), "needs “weight”"),
        (table(heading("1", leaf("a"), pick="one", weight=5, of=10)), "cannot stand"),
        (table(heading("1", leaf("a"), at_most=1, at_least=2)), "above"),
        (table(heading("1", leaf("a"), {**BOX, "weight": 1})), "no weight"),
        (table(ONE, input=[{"id": "I", "name": "x"}] * 2), "twice"),
        (table(ONE, gate=[{**GATE, "requirements": []}]), "at least one"),
        (table(ONE, gate=[{**GATE, "requirements": ["X"]}]), "X"),
        (table(ONE, gate=[{**GATE, "requirements": [{"measure": "a"}]}]), "either"),
        (table(ONE, conclusion=[{"name": "n", "all": ["total ~ 3"]}]), "not a condition"),
        (table(ONE, conclusion=[{"name": "n", "all": ["dimension:9 > 3"]}]), "no such"),
        (table(ONE, conclusion=[{"name": "n", "any": ["screen:a"]}]), "no such"),
        (table(ONE, conclusion=[{"name": "n"}, {"name": "m"}]), "hides"),
        (table(ONE, variant=[{"category": "c", "weights": {"1": 11}}]), "sum to 11"),
        (table(ONE, variant=[{"category": "c", "weights": {"9": 10}}]), "9"),
        (table(ONE, target=[GOAL]), "has a value"),
        (table(ONE, target=[{**GOAL, "value": 1, "high": 2}]), "between"),
        (table(heading("1", leaf("a", levels=[["优", 0, 10, "x", "y"]]))), "levels"),
        (table(heading("1", leaf("a", levels=[WHEN]))), "when"),
        (table(heading("1", "x")), "table"),  # type: ignore[arg-type]
        ([], "table"),
    ],
)
def test_contradictions_in_data_are_refused(data: Any, words: str) -> None:
    with pytest.raises(SchemeError, match=r"^here") as caught:
        scheme_from_data(data, "here")
    assert words in str(caught.value), str(caught.value)


@pytest.mark.parametrize("path", sorted(PUBLISHED.glob("*.toml")), ids=lambda path: path.stem)
def test_written_toml_reads_back_the_same(path: Path, tmp_path: Path) -> None:
    found = load_scheme(path)
    again = tmp_path / "again.toml"
    again.write_text(write_toml(scheme_to_data(found)), encoding="utf-8")
    assert load_scheme(again) == found


_TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip)


@given(_TEXTS, st.lists(st.integers(1, 10**6), min_size=1, max_size=5))
def test_any_words_and_weights_survive(words: str, weights: list[int]) -> None:
    shares = [str(Fraction(weight, 7)) for weight in weights]
    leaves = [
        leaf(f"c{n}", share, maximum=10, guidance=words) for n, share in enumerate(shares)
    ]
    found = scheme(heading("1", *leaves), title=words)
    assert scheme_from_data(scheme_to_data(found), "x") == found


@given(st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["id", "title", "dimension", "indicator", "code", "weight", "levels"]),
        inner, max_size=4,
    ),
    max_leaves=12,
))  # fmt: skip
def test_garbage_is_refused_in_words(data: Any) -> None:
    with pytest.raises(SchemeError):
        scheme_from_data(data, "x")
