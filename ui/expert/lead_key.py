"""The digit that chose a level, where it was perhaps the first digit of a score.

Who types 45 while the levels have the keyboard means forty-five, not the fourth level and five
points; who types 2 and then 84 means the second level and eighty-four. All that was typed is
read as one number as long as that can be a score. Else it is level and score, but only where
the score lies in that level. Else it stays the number that was typed, and is refused as such:
120 of 100 is never 20.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from fractions import Fraction

from reviewer_app.core.errors import NumberError
from reviewer_app.core.levels import level_place
from reviewer_app.core.messages import _
from reviewer_app.core.numbers import parse_decimal, plain_text
from reviewer_app.core.scheme import Indicator
from ui.expert.score_parts import clean
from ui.views import NOTHING, Message

PAUSE = timedelta(milliseconds=600)
_BEGINNINGS = "0123456789."
_REREAD = timedelta(seconds=3)
"""How long after its last key a number can still turn out to be level and score."""


@dataclass(frozen=True, slots=True)
class LeadKey:
    """A level chosen by its digit, until when it may be more; ``joined`` once it is."""

    place: int
    until: datetime
    joined: bool = False
    rest: str = ""
    """What the field shows while the digit is taken for the level, in front of a score."""

    @property
    def digit(self) -> str:
        """Return the digit that chose the level."""
        return str(self.place + 1)

    def whole(self, text: str) -> str:
        """Return all that was typed since the digit; nothing where ``text`` does not go on."""
        if not self.joined:
            return self.digit + text if len(text) == 1 and text in _BEGINNINGS else ""
        if self.rest:
            return self.digit + text if text.startswith(self.rest) else ""
        return text

    def message(self, leaf: Indicator, text: str) -> Message:
        """Say how a settled text was read where another reading was possible as well."""
        level = leaf.levels[self.place]
        if self.rest and text == self.rest:
            words = _("Read as {level} with {score}.")
            return Message(words.format(level=level.name, score=clean(text)))
        rest = _figure(text[1:])
        if not self.joined or rest is None or not _fits(leaf, self.place, text[1:]):
            return NOTHING
        words = _("Read as {score}. If you meant {level} with {rest}, type {rest} again.")
        shown = plain_text(rest)
        return Message(words.format(score=clean(text), level=level.name, rest=shown))


@dataclass(frozen=True, slots=True)
class Reading:
    """A typed text as it is to be read: with what level, and whether that may still change."""

    text: str
    level: int | None
    lead: LeadKey | None = None


def lead_with(place: int, now: datetime) -> LeadKey:
    """Return the digit of a level that was pressed just now."""
    return LeadKey(place, now + PAUSE)


def read(
    lead: LeadKey | None, text: str, level: int | None, now: datetime, leaf: Indicator
) -> Reading:
    """Return how a text is to be read that is typed after a level was chosen by its digit."""
    whole = "" if lead is None or now > lead.until else lead.whole(text)
    if lead is None or not whole:
        return Reading(text, level)
    rest, lead = whole[1:], replace(lead, until=now + _REREAD, joined=True, rest="")
    if not _may_be(leaf, whole) and _fits(leaf, lead.place, rest):
        return Reading(rest, lead.place, replace(lead, rest=rest))
    return Reading(whole, None, lead)


def _may_be(leaf: Indicator, text: str) -> bool:
    """Tell whether a text is, or can still become, a score of this indicator."""
    value = _figure(text)
    return value is not None and value <= leaf.maximum


def _fits(leaf: Indicator, place: int, text: str) -> bool:
    """Tell whether a text is a score in one level of this indicator."""
    return _may_be(leaf, text) and level_place(leaf, _figure(text)) == place


def _figure(text: str) -> Fraction | None:
    try:
        return parse_decimal(clean(text))
    except NumberError:
        return None
