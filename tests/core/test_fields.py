import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer_app.core.errors import InputError, NumberError, SchemeError
from reviewer_app.core.fields import Fields, exact_from_text
from reviewer_app.core.numbers import plain_text

exact_numbers = st.fractions(min_value=-(10**9), max_value=10**9, max_denominator=10**6)


@given(exact_numbers)
def test_every_plain_text_is_read_back_exactly(value: Fraction) -> None:
    assert exact_from_text(plain_text(value)) == value


@pytest.mark.parametrize(
    "text",
    ["", "1/0", "2/4", "1/-3", "--1/3", "1e3", "４", "NaN", "1/3 ", "0x1", "1//3", "+1/3"],
)
def test_anything_but_the_canonical_number_is_refused(text: str) -> None:
    with pytest.raises(NumberError):
        exact_from_text(text)


def test_a_number_of_a_thousand_digits_is_refused_at_once() -> None:
    with pytest.raises(NumberError):
        exact_from_text("1" * 1000 + "/" + "3" * 1000)


def test_a_key_nobody_asked_for_is_named() -> None:
    fields = Fields({"title": "x", "titel": "y"}, "a.toml")
    fields.text("title")
    with pytest.raises(InputError, match=r"a\.toml: unknown: “titel”"):
        fields.done()


def test_an_unknown_key_comes_with_those_that_are_known() -> None:
    fields = Fields({"titel": "y"}, "a.toml")
    assert fields.text("title", "") == ""
    assert not fields.has("weight")
    with pytest.raises(InputError, match=r"“titel”; known here: title, weight$"):
        fields.done()
    with pytest.raises(InputError, match=r"“x”$"):
        Fields({"x": 1}, "a.toml").done()


def test_values_fill_up_what_is_not_there() -> None:
    fields = Fields({"a": "own"}, "x").filled_up({"a": "other", "b": "shared"})
    assert (fields.text("a"), fields.text("b")) == ("own", "shared")
    fields.done()


def test_the_readers_own_error_class_and_place_are_used() -> None:
    _first, second = Fields({"rows": [{"name": "x"}, {}]}, "a.toml", SchemeError).tables("rows")
    with pytest.raises(SchemeError, match=r"a\.toml rows\[2\]: “name” is missing"):
        second.text("name")


@pytest.mark.parametrize(
    ("method", "value"),
    [
        ("text", 3),
        ("text", None),
        ("filled", "  "),
        ("whole", True),
        ("whole", -1),
        ("whole", "3"),
        ("flag", 1),
        ("flag", "true"),
        ("exact", 0.5),
        ("exact", True),
        ("exact", "1,5"),
        ("date", "2026-02-30"),
        ("date", dt.datetime(2026, 1, 1, tzinfo=dt.UTC)),
        ("texts", ["a", 1]),
        ("items", {"a": 1}),
        ("mapping", [1]),
        ("mapping", {1: "a"}),
    ],
)
def test_a_value_of_the_wrong_kind_names_its_key(method: str, value: object) -> None:
    with pytest.raises(InputError, match=r"somewhere.*key"):
        getattr(Fields({"key": value}, "somewhere"), method)("key")


def test_right_values_come_back_as_they_are() -> None:
    data = {
        "a": "x", "b": 7, "c": False, "d": "1/3", "e": 5, "f": dt.date(2026, 11, 21),
        "g": "2026-11-21", "h": ["p", "q"], "i": None, "k": "two",
    }  # fmt: skip
    fields = Fields(data, "x")
    assert fields.filled("a") == "x"
    assert fields.whole("b") == 7
    assert fields.flag("c") is False
    assert fields.exact("d") == Fraction(1, 3)
    assert fields.exact_or_none("e") == 5
    assert fields.date("f") == fields.date("g") == dt.date(2026, 11, 21)
    assert fields.texts("h") == ("p", "q")
    assert fields.text_or_none("i") is None
    assert fields.choice("k", {"one": 1, "two": 2}) == 2
    fields.done()


def test_defaults_stand_in_for_absent_keys_only() -> None:
    fields = Fields({"kind": "odd"}, "x")
    assert fields.text("a", "?") == "?"
    assert fields.flag("b", default=True) is True
    assert fields.exact_or_none("c") is None
    assert list(fields.tables("d", optional=True)) == []
    with pytest.raises(InputError, match="expected one of"):
        fields.choice("kind", {"a": 1}, "a")


def test_a_document_that_is_no_table_is_refused() -> None:
    with pytest.raises(InputError, match="a table of keys"):
        Fields([], "x")
