import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer_app.core.errors import InputError
from reviewer_app.core.names import (
    LONGEST_TEXT,
    check_text,
    employer_key,
    hidden_characters,
    look_alikes,
    short_names,
    skeleton,
    visible,
)

any_text = st.text(alphabet=st.characters(), max_size=30)
han = st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1)


@given(any_text)
def test_a_text_is_kept_unchanged_or_refused(text: str) -> None:
    try:
        kept = check_text(text, "here")
    except InputError:
        return
    assert kept is text
    assert kept.encode().decode() == text


@pytest.mark.parametrize(
    "bad", ["\x00", "\x07", "\x7f", "\x85", "\ud800", "\ufffe", "\U0001ffff"]
)
def test_what_cannot_be_stored_or_printed_is_named(bad: str) -> None:
    with pytest.raises(InputError, match=f"C5: U\\+{ord(bad):04X}"):
        check_text(f"张{bad}三", "C5")


def test_line_breaks_are_for_texts_not_for_names() -> None:
    assert check_text("一\n\t二", "x", lines=True)
    with pytest.raises(InputError, match=r"U\+000A"):
        check_text("一\n二", "x")


def test_a_text_beyond_the_limit_is_refused_whole() -> None:
    assert len(check_text("长" * LONGEST_TEXT, "x")) == LONGEST_TEXT
    with pytest.raises(InputError, match="at most"):
        check_text("长" * (LONGEST_TEXT + 1), "x")


def test_naughty_strings_are_kept_unchanged_or_refused(fixtures: Path) -> None:
    strings = json.loads((fixtures / "corpora/text/blns.json").read_text("utf-8"))
    kept = 0
    for string in strings:
        try:
            kept += check_text(string, "x") == string
        except InputError:
            assert any(
                unicodedata.category(each) == "Cc" or each == "\ufffe" for each in string
            )
    assert kept > 450


@given(any_text)
def test_nothing_hidden_is_left_in_what_is_shown(text: str) -> None:
    shown = visible(text)
    assert hidden_characters(shown) == ()
    assert all(unicodedata.category(each) not in {"Cc", "Cf", "Cs"} for each in shown)


def test_hidden_characters_are_named_once() -> None:
    assert hidden_characters("王\u200b五\u200b\u202e") == (
        "U+200B ZERO WIDTH SPACE",
        "U+202E RIGHT-TO-LEFT OVERRIDE",
    )
    assert visible("a\u202eb") == "a⟨U+202E⟩b"
    assert hidden_characters("陆喆堃（示例）𠮷") == ()


@given(
    han, st.integers(0, 5), st.sampled_from("\u200b\u200d\u202e\ufeff\u3164\ufe0f \u3000·（")
)
def test_hidden_characters_and_punctuation_do_not_tell_names_apart(
    name: str, place: int, noise: str
) -> None:
    assert skeleton(name[:place] + noise + name[place:]) == skeleton(name)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Anna", "Аnnа"),
        ("ＡＢＣ", "abc"),
        ("张己", "张已"),
        ("王未", "王末"),
        ("豈", "\uf900"),
        ("MIXED", "mixed"),
        ("Élan", "E\u0301lan"),
        ("H0", "HO"),
    ],
)
def test_names_a_reader_would_confuse_look_alike(one: str, other: str) -> None:
    assert look_alikes([("1", one), ("2", "别的"), ("3", other)]) == (("1", "3"),)


def test_different_names_do_not_look_alike() -> None:
    assert look_alikes(enumerate_names("张三", "张山", "李四", "欧阳修", "欧阳休")) == ()


def enumerate_names(*names: str) -> list[tuple[str, str]]:
    return [(str(place), name) for place, name in enumerate(names)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("浙江大学", "浙江大学 材料科学与工程学院"),
        ("鉴湖公司（示例）", "鉴湖公司(示例)"),
        ("鉴湖公司", "鉴湖公司 研发中心"),
        ("钱塘科技大学（示例）", "钱塘科技大学（示例） "),
    ],
)
def test_one_employer_in_two_spellings_counts_once(one: str, other: str) -> None:
    assert employer_key(one) == employer_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("浙江大学", "浙江大学附属第一医院"),
        ("浙江大学", "浙江大学城投资公司"),
        ("中国科学院宁波材料所", "中国科学院上海分院"),
    ],
)
def test_different_employers_stay_apart(one: str, other: str) -> None:
    assert employer_key(one) != employer_key(other)


def test_short_names_are_what_the_names_do_not_share() -> None:
    names = [
        f"浙江省{each}技术创新中心（示例）"
        for each in ("海洋功能材料", "氢能装备", "磁性元器件")
    ]
    assert short_names(names) == ("海洋功能材料", "氢能装备", "磁性元器件")


@pytest.mark.parametrize("names", [[], ["一个名称"], ["中心", "海洋中心"], ["同名", "同名"]])
def test_names_stay_whole_where_nothing_would_be_left(names: list[str]) -> None:
    assert short_names(names) == tuple(names)


@given(st.lists(han, min_size=2, max_size=6, unique=True), han, han)
def test_short_names_are_parts_of_their_names_and_stay_different(
    middles: list[str], head: str, tail: str
) -> None:
    names = [head + middle + tail for middle in middles]
    short = short_names(names)
    assert all(part and part in name for part, name in zip(short, names, strict=True))
    assert len(set(short)) == len(set(names))
