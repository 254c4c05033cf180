"""Conclusions a scheme draws from figures: score and conclusion are separate things.

A condition is written ``total > 70``, ``dimension:一 < 56``, ``indicator:1.1 > 0`` or
``screen:S1`` (ticked). Strictness is always explicit: 70 分以上（不含 70 分） is ``> 70``.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from reviewer_app.core.errors import SchemeError
from reviewer_app.core.messages import _
from reviewer_app.core.numbers import plain_text
from reviewer_app.core.rules import Threshold

_CONDITION = re.compile(
    r"(total|dimension|indicator|screen)(?::(\S+))?"
    r"(?:\s*(>=|<=|>|<|≥|≤|＞|＜)\s*(-?\d{1,12}(?:\.\d{1,12})?))?"
)
_RELATIONS = {"≥": ">=", "≤": "<=", "＞": ">", "＜": "<"}
_TICKED = Threshold(">", Fraction(1, 2))


@dataclass(frozen=True, slots=True)
class Condition:
    """One comparison; ``subject`` is total, dimension, indicator or screen, ``code`` which."""

    subject: str
    code: str
    threshold: Threshold

    def __str__(self) -> str:
        if self.subject == "screen":
            return f"screen:{self.code}"
        name = f"{self.subject}:{self.code}" if self.code else self.subject
        return f"{name} {self.threshold.relation} {plain_text(self.threshold.value)}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A conclusion such as 符合, drawn when all of ``every`` and one of ``some`` hold.

    Without conditions it always holds: the last one of a list.
    """

    name: str
    every: tuple[Condition, ...] = ()
    some: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Figures:
    """What conclusions are drawn from; ``screens`` holds 1 for a ticked box and 0 otherwise.

    A mean of several experts' boxes counts as ticked above one half.
    """

    total: Fraction | None
    dimensions: Mapping[str, Fraction | None]
    indicators: Mapping[str, Fraction | None]
    screens: Mapping[str, Fraction | None]

    def of(self, condition: Condition) -> Fraction | None:
        """Return the figure a condition looks at, None where there is none."""
        if condition.subject == "total":
            return self.total
        found = {
            "dimension": self.dimensions,
            "indicator": self.indicators,
            "screen": self.screens,
        }[condition.subject]
        return found.get(condition.code)


def read_condition(text: str) -> Condition:
    """Return the condition a text writes; raises SchemeError."""
    found = _CONDITION.fullmatch(text.strip())
    if found:
        subject, code, relation, number = found[1], found[2] or "", found[3], found[4]
        if bool(code) is not (subject == "total") and bool(number) is not (subject == "screen"):
            if subject == "screen":
                return Condition(subject, code, _TICKED)
            relation = _RELATIONS.get(relation, relation)
            return Condition(subject, code, Threshold(relation, Fraction(number)))
    raise SchemeError(
        _(
            "“{text}” is not a condition such as total > 70, dimension:1 >= 15 or screen:S1"
        ).format(text=text[:60])
    )


def conclude(outcomes: Sequence[Outcome], figures: Figures) -> str | None:
    """Return the first conclusion that holds; None where none does or a figure is lacking."""
    for outcome in outcomes:
        verdict = _holds(outcome, figures)
        if verdict is None:
            return None
        if verdict:
            return outcome.name
    return None


def _holds(outcome: Outcome, figures: Figures) -> bool | None:
    every = [_test(condition, figures) for condition in outcome.every]
    some = [_test(condition, figures) for condition in outcome.some]
    if False in every or (some and not any(verdict is not False for verdict in some)):
        return False
    if None in every or (some and True not in some):
        return None
    return True


def _test(condition: Condition, figures: Figures) -> bool | None:
    figure = figures.of(condition)
    return None if figure is None else condition.threshold.holds(figure)
