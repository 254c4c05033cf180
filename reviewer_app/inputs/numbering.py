"""Numbers of applications and experts as they are printed, and found again however typed.

Excel turns ``03`` into ``3``: numbers of a list are padded to equal width, and a reference
matches whatever the leading zeros, the width of its characters and the case of its letters.
"""

import re
from collections.abc import Iterable, Sequence

from reviewer_app.core.errors import InputError
from reviewer_app.core.messages import _
from reviewer_app.inputs.tables import narrow

_NUMBER = re.compile(r"[0-9A-Za-z][0-9A-Za-z.-]{0,15}", re.ASCII)
_SEPARATORS = re.compile(r"[\s,;，；、/]+")
_WIDTH = 2


class Numbering:
    """The numbers a round gave, to resolve what people type as references to them."""

    def __init__(self, numbers: Iterable[str]) -> None:
        self._by_key = {_key(number): number for number in numbers}

    def has(self, text: str) -> bool:
        """Tell whether ``text`` means one of the numbers."""
        return _key(text) in self._by_key

    def find(self, text: str, where: str) -> str:
        """Return the number meant by ``text``; raises InputError naming ``where``."""
        number = self._by_key.get(_key(text))
        if number is None:
            raise InputError(
                _("{where}: there is no number “{text}” in this round").format(
                    where=where, text=text[:40]
                )
            )
        return number

    def find_all(self, text: str, where: str) -> frozenset[str]:
        """Return the numbers of a list such as ``03、07``; an empty text is none."""
        parts = (part for part in _SEPARATORS.split(text) if part)
        return frozenset(self.find(part, where) for part in parts)


class _AsTyped(Numbering):
    """Takes every well-formed number as it is typed; whoever knows the round checks it."""

    def has(self, _text: str) -> bool:
        """Tell that nothing is known to be taken."""
        return False

    def find(self, text: str, where: str) -> str:
        """Return the number as typed, if it is one."""
        return checked_number(text, where)


AS_TYPED: Numbering = _AsTyped(())
"""Stands for a round that is not at hand."""


def checked_number(text: str, where: str) -> str:
    """Return a number fit for printing: letters, digits, dash and point, at most 16."""
    number = narrow(text)
    if not _NUMBER.fullmatch(number):
        raise InputError(
            _("{where}: “{text}” is not a number such as 03 or A-3").format(
                where=where, text=number[:40]
            )
        )
    return number


def padded(numbers: Sequence[str]) -> tuple[str, ...]:
    """Return the numbers of a list with leading zeros, so that all digits are equally wide."""
    width = max([_WIDTH, *(len(each) for each in numbers if each.isdigit())])
    return tuple(each.zfill(width) if each.isdigit() else each for each in numbers)


def refuse_repeated(numbers: Iterable[tuple[str, str]]) -> None:
    """Refuse a number given twice, whatever its zeros; takes ``(number, where)`` pairs."""
    seen: dict[str, str] = {}
    for number, where in numbers:
        first = seen.setdefault(_key(number), where)
        if first != where:
            raise InputError(
                _("{where}: the number {number} is already taken by {first}").format(
                    where=where, number=number, first=first
                )
            )


def _key(text: str) -> str:
    plain = narrow(text).casefold()
    return plain.lstrip("0") or "0"
