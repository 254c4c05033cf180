"""Targets as people write them: ``>=1500 人``, ``不少于1500人``, ``10-15家``."""

import re
from dataclasses import replace
from fractions import Fraction

from reviewer_app.core.numbers import plain_text
from reviewer_app.core.scheme import Relation, Target

_NUMBER = r"(\d{1,12}(?:\.\d{1,12})?)"
_RANGE = re.compile(rf"{_NUMBER}\s*[-–—~～至]\s*{_NUMBER}\s*(\S*)")
_PLAIN = re.compile(rf"(\D*?)\s*{_NUMBER}\s*(\S*?)(以上|以下|左右)?")
_BEFORE = {
    "": Relation.EQUAL,
    "=": Relation.EQUAL,
    "＝": Relation.EQUAL,
    "达到": Relation.AT_LEAST,
    ">=": Relation.AT_LEAST,
    "≥": Relation.AT_LEAST,
    "不少于": Relation.AT_LEAST,
    "不低于": Relation.AT_LEAST,
    "至少": Relation.AT_LEAST,
    ">": Relation.MORE_THAN,
    "＞": Relation.MORE_THAN,
    "超过": Relation.MORE_THAN,
    "大于": Relation.MORE_THAN,
    "突破": Relation.MORE_THAN,
    "<=": Relation.AT_MOST,
    "≤": Relation.AT_MOST,
    "不超过": Relation.AT_MOST,
    "不高于": Relation.AT_MOST,
    "<": Relation.LESS_THAN,
    "＜": Relation.LESS_THAN,
    "低于": Relation.LESS_THAN,
    "少于": Relation.LESS_THAN,
    "≈": Relation.ABOUT,
    "约": Relation.ABOUT,
}
_AFTER = {"以上": Relation.AT_LEAST, "以下": Relation.AT_MOST, "左右": Relation.ABOUT}


def read_target(text: str) -> tuple[Relation, Fraction | None, Fraction | None, str]:
    """Return relation, value, upper value of a range, and unit; words alone are qualitative."""
    if found := _RANGE.fullmatch(text.strip()):
        low, high = Fraction(found[1]), Fraction(found[2])
        return Relation.BETWEEN, low, high, found[3]
    found = _PLAIN.fullmatch(text.strip())
    if not found or found[1] not in _BEFORE:
        return Relation.QUALITATIVE, None, None, ""
    relation = _AFTER.get(found[4] or "", _BEFORE[found[1]])
    return relation, Fraction(found[2]), None, found[3]


def restated(target: Target, text: str, source: str) -> Target:
    """Return the target as a responsibility statement words it, remembering the original."""
    relation, value, high, unit = read_target(text)
    return replace(
        target,
        relation=relation,
        value=value,
        high=high,
        unit=unit or target.unit,
        quote=text,
        source=source,
        note=f"原目标：{in_words(target)}" if target.quote else "",
    )


def in_words(target: Target) -> str:
    """Return the target's figure as papers print it, such as ``≥2000人``."""
    if target.value is None:
        return "定性"
    if target.high is not None:
        return f"{plain_text(target.value)}–{plain_text(target.high)}{target.unit}"
    return f"{target.relation.value}{plain_text(target.value)}{target.unit}"


def holds(target: Target, figure: Fraction) -> bool | None:
    """Tell whether a figure reaches its target; None where only words can decide."""
    value = target.value
    if value is None or target.relation is Relation.ABOUT:
        return None
    if target.relation is Relation.BETWEEN:
        return value <= figure <= (target.high if target.high is not None else value)
    return {
        Relation.AT_LEAST: figure >= value,
        Relation.MORE_THAN: figure > value,
        Relation.EQUAL: figure >= value,
        Relation.AT_MOST: figure <= value,
        Relation.LESS_THAN: figure < value,
    }[target.relation]
