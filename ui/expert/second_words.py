"""The second scoring in words: the own first mark and how the panel's marks lie beside it."""

from fractions import Fraction

from reviewer_app.core.feedback import LEAST, Middle
from reviewer_app.core.messages import _
from reviewer_app.core.numbers import Rounding, plain_text, round_to
from reviewer_app.core.round import ApplicationNumber
from ui.expert.score_parts import mark_text
from ui.expert.sitting import Sitting
from ui.views import StripPart

_DIGITS = 2


def second_strip(sitting: Sitting, number: str, code: str) -> tuple[StripPart, ...]:
    """Return what stands beside an open indicator; nothing in the first scoring."""
    look = sitting.look
    if look is None:
        return ()
    mine = look.first.get(ApplicationNumber(number), {}).get(code)
    figures = look.figures.get(number)
    parts = [] if mine is None else [StripPart(_("My first mark"), mark_text(mine))]
    if figures is not None:
        parts.append(StripPart(_("Panel"), middle_words(figures.of(code))))
    return tuple(parts)


def panel_words(sitting: Sitting, number: str, code: str) -> str:
    """Return the same as one line."""
    parts = second_strip(sitting, number, code)
    return "　".join(f"{part.head} {part.text}" for part in parts)


def middle_words(middle: Middle) -> str:
    """Return how the panel's figures lie, or that too few were given."""
    if middle.median is None or middle.width is None:
        return _("fewer than {least} marks, not told").format(least=LEAST)
    return _("median {median}, middle half within {width}, {count} marks").format(
        median=_figure(middle.median), width=_figure(middle.width), count=middle.count
    )


def _figure(value: Fraction) -> str:
    return plain_text(round_to(value, _DIGITS, Rounding.HALF_UP))
