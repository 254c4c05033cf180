"""A strict look into a mapping that came from a file: every fault names its place and key.

TOML and JSON both become mappings; whoever reads one asks for each key by its kind and says
``done()`` at the end, so that a misspelt key is refused instead of being ignored in silence.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import NoReturn, TypeVar

from reviewer_app.core.errors import InputError, NumberError
from reviewer_app.core.messages import _
from reviewer_app.core.numbers import parse_decimal

_ABSENT = object()
Choice = TypeVar("Choice")


def exact_from_text(text: str) -> Fraction:
    """Return the number written as a plain decimal or as a fraction in lowest terms.

    The counterpart of ``numbers.plain_text``; raises NumberError for anything else.
    """
    above, slash, below = text.partition("/")
    if not slash:
        return parse_decimal(text)
    digits = above.removeprefix("-").isascii() and above.removeprefix("-").isdecimal()
    if digits and below.isascii() and below.isdecimal() and len(text) <= 200 and int(below):  # noqa: PLR2004 - more digits than any exact result has
        value = Fraction(int(above), int(below))
        if str(value) == text:
            return value
    raise NumberError(_("“{text}” is not an exact number").format(text=text[:40]))


class Fields:
    """The keys of one mapping, taken one by one; ``where`` names the file and the place."""

    def __init__(self, data: object, where: str, error: type[InputError] = InputError) -> None:
        self.where = where
        self._error = error
        if not isinstance(data, Mapping) or not all(isinstance(key, str) for key in data):
            self.refuse(_("a table of keys and values is expected here"))
        self._left: dict[str, object] = dict(data)
        self._asked: dict[str, None] = {}

    def refuse(self, sentence: str) -> NoReturn:
        """Raise the reader's error with ``where`` in front of the sentence."""
        raise self._error(f"{self.where}: {sentence}")

    def has(self, key: str) -> bool:
        """Tell whether the key is there and not yet taken."""
        self._asked[key] = None
        return key in self._left

    def filled_up(self, values: Mapping[str, object]) -> "Fields":
        """Return this reader, keys that are not there taken from ``values``."""
        self._left = {**values, **self._left}
        return self

    def take(self, key: str) -> object:
        """Return the raw value of a key that must be there."""
        self._asked[key] = None
        value = self._left.pop(key, _ABSENT)
        if value is _ABSENT:
            self.refuse(_("“{key}” is missing").format(key=key))
        return value

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text, or ``default`` where the key may be absent."""
        if default is not None and not self.has(key):
            return default
        value = self.take(key)
        return value if isinstance(value, str) else self._wrong(key, _("a text"), value)

    def filled(self, key: str) -> str:
        """Return a text that must be there and not be blank."""
        value = self.text(key)
        if not value.strip():
            self.refuse(_("“{key}” is empty").format(key=key))
        return value

    def text_or_none(self, key: str) -> str | None:
        """Return a text, or None where the key is absent or null."""
        if not self.has(key) or self._left[key] is None:
            self._left.pop(key, None)
            return None
        return self.text(key)

    def whole(self, key: str) -> int:
        """Return a whole number from zero up."""
        value = self.take(key)
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
        return self._wrong(key, _("a whole number"), value)

    def flag(self, key: str, *, default: bool | None = None) -> bool:
        """Return true or false, or ``default`` where the key may be absent."""
        if default is not None and not self.has(key):
            return default
        value = self.take(key)
        return value if isinstance(value, bool) else self._wrong(key, _("true or false"), value)

    def exact(self, key: str) -> Fraction:
        """Return the exact number that a text, or a whole number, states."""
        value = self.take(key)
        if isinstance(value, int) and not isinstance(value, bool):
            return Fraction(value)
        if not isinstance(value, str):
            self._wrong(key, _("a decimal in quotation marks"), value)
        try:
            return exact_from_text(value)
        except NumberError as error:
            self.refuse(f"“{key}”: {error}")

    def exact_or_none(self, key: str) -> Fraction | None:
        """Return the exact number, or None where the key is absent or null."""
        if not self.has(key) or self._left[key] is None:
            self._left.pop(key, None)
            return None
        return self.exact(key)

    def date(self, key: str) -> dt.date:
        """Return a calendar date, written as one (TOML) or as ``2026-11-21``."""
        value = self.take(key)
        if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
            return value
        try:
            return dt.date.fromisoformat(value if isinstance(value, str) else "")
        except ValueError:
            return self._wrong(key, _("a date such as 2026-11-21"), value)

    def choice(self, key: str, choices: Mapping[str, Choice], default: str = "") -> Choice:
        """Return what the text stands for; a text outside ``choices`` is refused."""
        value = self.text(key, default) if default else self.text(key)
        if value in choices:
            return choices[value]
        return self._wrong(
            key, _("one of {choices}").format(choices=" | ".join(choices)), value
        )

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts."""
        values = self.take(key)
        if isinstance(values, list) and all(isinstance(value, str) for value in values):
            return tuple(values)
        return self._wrong(key, _("a list of texts"), values)

    def tables(self, key: str, *, optional: bool = False) -> Iterator["Fields"]:
        """Yield the mappings of a list, each knowing its place; absent is empty if optional."""
        if optional and not self.has(key):
            return
        for position, value in enumerate(self.items(key), start=1):
            yield Fields(value, f"{self.where} {key}[{position}]", self._error)

    def items(self, key: str) -> list[object]:
        """Return a list that must be there, its members unchecked."""
        values = self.take(key)
        return values if isinstance(values, list) else self._wrong(key, _("a list"), values)

    def mapping(self, key: str) -> dict[str, object]:
        """Return the mapping under a key that must be there, its values unchecked."""
        return dict(self.table(key)._left)  # noqa: SLF001 - another object of this class

    def table(self, key: str) -> "Fields":
        """Return the mapping under a key that must be there, to be read key by key."""
        return Fields(self.take(key), f"{self.where} {key}", self._error)

    def done(self) -> None:
        """Refuse whatever has not been taken: a misspelt key must not pass in silence."""
        if not self._left:
            return
        keys = ", ".join(f"“{key[:40]}”" for key in self._left)
        if not self._asked:
            self.refuse(_("unknown: {keys}").format(keys=keys))
        self.refuse(
            _("unknown: {keys}; known here: {known}").format(
                keys=keys, known=", ".join(self._asked)
            )
        )

    def _wrong(self, key: str, expected: str, found: object) -> NoReturn:
        self.refuse(
            _("“{key}”: expected {expected}, found {found}").format(
                key=key, expected=expected, found=str(found)[:60]
            )
        )
