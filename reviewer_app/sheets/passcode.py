"""Passcodes: twenty characters on a slip, in four groups that each notice a slip in typing.

The check character is a weighted sum over GF(2^5) with a different weight for each place and
the group's number as its target, so that every single wrong character, every exchange of two
characters and every exchange of groups is caught (docs/formats.md, section 6).
"""

import re
import secrets
import unicodedata

from reviewer_app.core.errors import PasscodeError
from reviewer_app.core.messages import _
from reviewer_app.sheets.base32 import ALPHABET, VALUES, in_groups

GROUPS = 4
GROUP_CHARACTERS = 5
CHARACTERS = GROUPS * GROUP_CHARACTERS
_POLYNOMIAL = 0b100101
_OVERFLOW = 0b100000
_FORGIVEN = str.maketrans("ILO", "110")
_SEPARATORS = re.compile(r"[\s\-‐‑‒–—―−_.·]+")


def new_passcode() -> str:
    """Return a new passcode, twenty characters with 80 random bits."""
    return "".join(_new_group(group) for group in range(1, GROUPS + 1))


def shown(passcode: str) -> str:
    """Return the passcode as slips print it, ``ABCDE-FGHJK-MNPQR-STVWX``."""
    return in_groups(passcode, GROUP_CHARACTERS)


def normalise(text: str) -> str:
    """Return the twenty characters that were meant; PasscodeError names the wrong group.

    Small and full-width letters, spaces and dashes are forgiven; I and L mean 1, O means 0.
    """
    return "".join(
        normalise_group(part, group) for group, part in enumerate(_groups(text), start=1)
    )


def normalise_group(text: str, group: int) -> str:
    """Return the five characters of group 1 to 4; raises PasscodeError naming the group."""
    characters = _plain(text).replace(" ", "")
    for character in characters:
        if character not in VALUES:
            raise PasscodeError(
                _("Passcode group {group}: “{character}” never occurs in a passcode").format(
                    group=group, character=character if character.isprintable() else "?"
                )
            )
    if len(characters) != GROUP_CHARACTERS:
        raise PasscodeError(
            _("Passcode group {group} has {count} characters instead of 5").format(
                group=group, count=len(characters)
            )
        )
    if _check_sum(characters) != group:
        raise PasscodeError(
            _("Passcode group {group} has a typing slip: compare it with the slip").format(
                group=group
            )
        )
    return characters


def _new_group(group: int) -> str:
    letters = "".join(secrets.choice(ALPHABET) for _each in range(GROUP_CHARACTERS - 1))
    return letters + ALPHABET[_check_sum(letters + ALPHABET[0]) ^ group]


def _groups(text: str) -> list[str]:
    """Cut where the typist did, else every five characters."""
    typed = _plain(text).split()
    if len(typed) == GROUPS:
        return typed
    together = "".join(typed)
    if len(together) != CHARACTERS:
        raise PasscodeError(
            _("A passcode has 20 characters in four groups; this one has {count}").format(
                count=len(together)
            )
        )
    return [
        together[at : at + GROUP_CHARACTERS] for at in range(0, CHARACTERS, GROUP_CHARACTERS)
    ]


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).upper()
    return _SEPARATORS.sub(" ", folded).strip().translate(_FORGIVEN)


def _check_sum(characters: str) -> int:
    """Return α⁴·c₀ ⊕ α³·c₁ ⊕ α²·c₂ ⊕ α·c₃ ⊕ c₄, by Horner's rule."""
    total = 0
    for character in characters:
        total = _times_alpha(total) ^ VALUES[character]
    return total


def _times_alpha(value: int) -> int:
    doubled = value << 1
    return doubled ^ _POLYNOMIAL if doubled & _OVERFLOW else doubled
