import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer_app.core.errors import PasscodeError
from reviewer_app.sheets.base32 import ALPHABET
from reviewer_app.sheets.passcode import new_passcode, normalise, normalise_group, shown

CODE = "VJWEAY0GMK45D6SRAZ84"
GROUPS = [CODE[at : at + 5] for at in range(0, 20, 5)]


@pytest.mark.parametrize(
    "typed",
    [
        CODE,
        shown(CODE),
        shown(CODE).lower(),
        shown(CODE).replace("-", " "),
        shown(CODE).replace("-", " – "),
        f"  {shown(CODE)}\n",
        shown(CODE).replace("0", "o"),
        "ＶＪＷＥＡ－Ｙ０ＧＭＫ－４５Ｄ６Ｓ－ＲＡＺ８４",
        "v j w e a y 0 g m k 4 5 d 6 s r a z 8 4",
    ],
)
def test_ways_of_typing_that_are_forgiven(typed: str) -> None:
    assert normalise(typed) == CODE


def test_i_and_l_mean_one() -> None:
    code = next(code for code in iter(new_passcode, "") if "1" in code)
    assert normalise(code.replace("1", "i")) == code
    assert normalise(code.replace("1", "L")) == code


def test_new_ones_are_whole_and_differ() -> None:
    codes = {new_passcode() for _each in range(200)}
    assert len(codes) == 200
    assert all(normalise(shown(code)) == code for code in codes)


@pytest.mark.parametrize("place", range(20))
def test_every_wrong_character_names_its_group(place: int) -> None:
    for wrong in set(ALPHABET) - {CODE[place]}:
        typed = CODE[:place] + wrong + CODE[place + 1 :]
        with pytest.raises(PasscodeError, match=f"group {place // 5 + 1} has a typing slip"):
            normalise(typed)


@given(st.text(ALPHABET, min_size=5, max_size=5), st.integers(1, 4))
def test_every_exchange_inside_a_group_is_noticed(text: str, group: int) -> None:
    try:
        good = normalise_group(text, group)
    except PasscodeError:
        return
    for first, second in itertools.combinations(range(5), 2):
        swapped = list(good)
        swapped[first], swapped[second] = swapped[second], swapped[first]
        if "".join(swapped) != good:
            with pytest.raises(PasscodeError):
                normalise_group("".join(swapped), group)


def test_one_of_thirty_two_texts_is_a_group() -> None:
    good = 0
    for four in itertools.product(ALPHABET[::8], repeat=4):
        for last in ALPHABET:
            try:
                normalise_group("".join(four) + last, 1)
            except PasscodeError:
                continue
            good += 1
    assert good == 4**4


def test_groups_in_another_order_are_noticed() -> None:
    for order in itertools.permutations(GROUPS):
        if list(order) != GROUPS:
            with pytest.raises(PasscodeError, match="group"):
                normalise("-".join(order))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "20 characters"),
        (CODE[:-1], "this one has 19"),
        (CODE + "A", "this one has 21"),
        (f"{GROUPS[0]}-{GROUPS[1]}-{GROUPS[2][:4]}-{GROUPS[3]}", "group 3 has 4 characters"),
        (f"{GROUPS[0]}-{GROUPS[1]}X-{GROUPS[2]}-{GROUPS[3]}", "group 2 has 6 characters"),
        (f"{GROUPS[0]}-{GROUPS[1]}-{GROUPS[2]}-RAZ8U", "group 4: “U” never occurs"),
        (f"{GROUPS[0]}-{GROUPS[1]}-{GROUPS[2]}-RAZ8中", "group 4: “中” never occurs"),
        (f"{GROUPS[0]}-{GROUPS[1]}-{GROUPS[2]}-RAZ8\0", r"group 4: “\?” never occurs"),
    ],
)
def test_what_is_wrong_is_said(typed: str, sentence: str) -> None:
    with pytest.raises(PasscodeError, match=sentence):
        normalise(typed)


@given(st.text(max_size=40))
def test_garbage_is_one_line(text: str) -> None:
    try:
        normalise(text)
    except PasscodeError as error:
        assert "\n" not in str(error)  # noqa: PT017 - the line is what is tested
