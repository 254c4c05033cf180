"""Names as people wrote them: what is refused, what is made visible, what looks alike.

A name is stored unchanged or refused, never repaired: control characters, lone surrogates and
non-characters cannot be printed or stored faithfully and are refused; invisible and
direction-changing characters are legal text, so they stay, but are shown and reported.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from reviewer_app.core.errors import InputError
from reviewer_app.core.messages import _

LONGEST_TEXT = 100_000
"""Characters in one text; nothing a panel writes by hand comes near it."""

_INVISIBLE_LETTERS = {"\u115f", "\u1160", "\u3164", "\uffa0", "\u034f", "\u2800", "\u17b4"}
_SAME_SHAPE = {
    "A": "АΑ", "B": "ВΒ", "C": "СϹ", "E": "ЕΕ", "H": "НΗ", "I": "ІΙӀ", "J": "Ј", "K": "КΚ",
    "M": "МΜ", "N": "Ν", "O": "ОΟ0", "P": "РΡ", "S": "Ѕ", "T": "ТΤ", "X": "ХΧ", "Y": "УΥ",
    "Z": "Ζ", "a": "аɑα", "c": "сϲ", "d": "ԁ", "e": "е", "g": "ɡ", "h": "һ", "i": "іιı",
    "j": "ј", "l": "ӏǀ1|", "o": "оοσ", "p": "рρ", "q": "ԛ", "s": "ѕ", "u": "υ", "v": "ѵν",
    "w": "ԝ", "x": "хχ", "y": "уγ", "己": "已巳", "未": "末", "土": "士", "日": "曰",
    "戊": "戌戍", "人": "入", "天": "夭", "千": "干",
}  # fmt: skip
_SHAPES = str.maketrans({like: shape for shape, all_ in _SAME_SHAPE.items() for like in all_})
_LINE_BREAKS = frozenset("\n\r\t")
_DEPARTMENTS = "学院|系|研究所|所|中心|实验室|研究院|部|处|课题组|分公司|事业部"
_EMPLOYER_WITH_DEPARTMENT = re.compile(
    rf"(?P<employer>.+?(?:大学|公司))(?!城|附属|科技园)(?:.*(?:{_DEPARTMENTS}))"
)


def check_text(text: str, where: str, *, lines: bool = False) -> str:
    """Return ``text`` itself, or raise InputError saying what in it cannot be kept and where.

    ``lines`` allows line breaks and tabs, as in an opinion; a name has none.
    """
    if len(text) > LONGEST_TEXT:
        raise InputError(
            _("{where}: the text has {count} characters, at most {limit} are taken").format(
                where=where, count=len(text), limit=LONGEST_TEXT
            )
        )
    for character in text:
        if _unstorable(character) and not (lines and character in _LINE_BREAKS):
            raise InputError(
                _("{where}: {character} cannot be stored or printed, remove it").format(
                    where=where, character=_code(character)
                )
            )
    return text


def hidden_characters(text: str) -> tuple[str, ...]:
    """Return the invisible or direction-changing characters of a text, as ``U+202E`` with name.

    A joiner between emoji and the variation selector of an ideograph are hidden as well: the
    reader of a name cannot see them.
    """
    found = dict.fromkeys(character for character in text if _hidden(character))
    return tuple(f"{_code(each)} {unicodedata.name(each, '')}".strip() for each in found)


def visible(text: str) -> str:
    """Return the text with every hidden or control character written out, as ``⟨U+202E⟩``."""
    return "".join(
        f"⟨{_code(each)}⟩" if _hidden(each) or _unstorable(each) else each for each in text
    )


def skeleton(text: str) -> str:
    """Return what a name looks like: equal for names that a reader would confuse.

    Width, case, spaces, punctuation, hidden characters and letters of other scripts with the
    same shape make no difference; nor do pairs such as 未 and 末.
    """
    shaped = unicodedata.normalize("NFKC", text).translate(_SHAPES).casefold()
    return "".join(
        each
        for each in unicodedata.normalize("NFKD", shaped)
        if not _hidden(each) and unicodedata.category(each)[0] in "LNS"
    )


def same_person(one: str, other: str) -> bool:
    """Tell whether two names are the same but for width, case and spaces."""
    return _folded(one) == _folded(other)


def _folded(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def look_alikes(names: Iterable[tuple[str, str]]) -> tuple[tuple[str, ...], ...]:
    """Return the groups of keys whose names look the same, given ``(key, name)`` pairs."""
    groups: Mapping[str, list[str]] = defaultdict(list)
    for key, name in names:
        groups[skeleton(name)].append(key)
    return tuple(tuple(keys) for keys in groups.values() if len(keys) > 1)


def employer_key(employer: str) -> str:
    """Return what two spellings of one employer share, for counting members from one house.

    A department after a university or company is left out, so that two schools of one
    university count as one employer; an affiliated hospital stays its own.
    """
    plain = "".join(employer.split())
    found = _EMPLOYER_WITH_DEPARTMENT.fullmatch(plain)
    return skeleton(found["employer"] if found else plain)


def short_names(names: Sequence[str]) -> tuple[str, ...]:
    """Return a short form of each name: what is left without the head and tail all share.

    A single name, or names of which one would vanish, stay whole.
    """
    if len(set(names)) < 2:  # noqa: PLR2004 - one name shares everything with itself
        return tuple(names)
    head = _shared_head(names)
    rest = [name[head:] for name in names]
    tail = _shared_head([name[::-1] for name in rest])
    short = tuple(name[: len(name) - tail].strip() for name in rest)
    return short if all(short) else tuple(names)


def _shared_head(names: Sequence[str]) -> int:
    shortest, longest = min(names), max(names)
    return next(
        (
            at
            for at, pair in enumerate(zip(shortest, longest, strict=False))
            if len(set(pair)) > 1
        ),
        min(len(shortest), len(longest)),
    )


def _unstorable(character: str) -> bool:
    code = ord(character)
    if unicodedata.category(character) in {"Cc", "Cs"}:
        return True
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF  # noqa: PLR2004 - non-characters


def _hidden(character: str) -> bool:
    if character in _INVISIBLE_LETTERS or unicodedata.category(character) in {"Cf", "Zl", "Zp"}:
        return True
    return "VARIATION SELECTOR" in unicodedata.name(character, "")


def _code(character: str) -> str:
    return f"U+{ord(character):04X}"
