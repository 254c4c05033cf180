"""Sentences for people, in the language of the moment.

The English sentence is the key: write ``_("Row {row} is empty").format(row=3)``. ``bootstrap``
installs the catalogue; without one the English stands. Papers are Chinese always and do not
come here.
"""

import gettext
from enum import StrEnum


class Language(StrEnum):
    """The languages the program speaks."""

    CHINESE = "zh"
    ENGLISH = "en"


class _Current:
    catalogue: gettext.NullTranslations = gettext.NullTranslations()


def install(catalogue: gettext.NullTranslations) -> None:
    """Make ``catalogue`` the one that every later sentence is taken from."""
    _Current.catalogue = catalogue


def language() -> Language:
    """Return the language of the sentences that are installed."""
    english = type(_Current.catalogue) is gettext.NullTranslations
    return Language.ENGLISH if english else Language.CHINESE


def _(message: str) -> str:
    """Return ``message`` in the installed language, placeholders untouched."""
    return _Current.catalogue.gettext(message) if message else ""


def ngettext(singular: str, plural: str, count: int) -> str:
    """Return the sentence that fits ``count``, placeholders untouched."""
    return _Current.catalogue.ngettext(singular, plural, count)
