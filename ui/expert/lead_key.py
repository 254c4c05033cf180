"""The digit that chose a level, where it was perhaps the first digit of a score.

Who types 45 while the levels have the keyboard means forty-five, not the fourth level and five
points; who types 2 and then 84 means the second level and eighty-four. Both readings are kept
until one of them is no score of the indicator. Of two that are, the number typed without a
pause wins, and the page says so.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from fractions import Fraction

from reviewer_app.core.errors import NumberError
from reviewer_app.core.messages import _
from reviewer_app.core.numbers import parse_decimal, plain_text
from reviewer_app.core.scheme import Indicator
from ui.expert.score_parts import clean
from ui.views import NOTHING, Message

PAUSE = timedelta(milliseconds=600)
_REREAD = timedelta(seconds=3)
"""How long after its last key a number can still turn out to be level and score."""


@dataclass(frozen=True, slots=True)
class LeadKey:
    """A level chosen by its digit, until when it may be more; ``joined`` once it is."""

    place: int
    until: datetime
    joined: bool = False

    @property
    def digit(self) -> str:
        """Return the digit that chose the level."""
        return str(self.place + 1)

    def message(self, leaf: Indicator, text: str) -> Message:
        """Say how a settled text was read where the other reading was possible as well."""
        level, rest = leaf.levels[self.place], _figure(text[1:])
        if not self.joined or rest is None or not level.low <= rest <= level.high:
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
    if lead is None or now > lead.until:
        return Reading(text, level)
    if not lead.joined:
        whole = lead.digit + text
        if len(text) == 1 and text.isdigit() and _may_be(leaf, whole):
            return Reading(whole, None, replace(lead, until=now + _REREAD, joined=True))
        return Reading(text, level)
    if _may_be(leaf, text):
        return Reading(text, None, replace(lead, until=now + _REREAD))
    if text.startswith(lead.digit) and _may_be(leaf, text[1:]):
        return Reading(text[1:], lead.place)
    return Reading(text, None)


def _may_be(leaf: Indicator, text: str) -> bool:
    """Tell whether a text is, or can still become, a score of this indicator."""
    value = _figure(text)
    return value is not None and value <= leaf.maximum


def _figure(text: str) -> Fraction | None:
    try:
        return parse_decimal(clean(text))
    except NumberError:
        return None
