"""Plausible marks of the sample panel: the same for the same plan and seed, every day.

Each expert's total is given (resources/sample/marks.toml); the single marks scatter around an
application's own profile and are then nudged until they add up to it. A plan that is not the
sample gets totals drawn from the seed.
"""

import random
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

from resources import sample_resource
from reviewer_app.core.adjust import for_application
from reviewer_app.core.marks import Mark, MarkState, scored
from reviewer_app.core.round import Application, ApplicationNumber, ExpertNumber, RoundPlan
from reviewer_app.core.scheme import Indicator, Scheme

_SCHEME = "zj-tic"
_LEVEL_FLOOR = Fraction(3, 5)
_COMMENT_EVERY = 5
_CITE_EVERY = 3
_PAGES = {"6": 4, "7": 4, "8": 5, "9": 5, "10": 6}


@dataclass(frozen=True, slots=True)
class SampleAnswer:
    """One mark with what the expert writes beside it."""

    mark: Mark
    comment: str = ""
    reason: str = ""
    citations: tuple[str, ...] = ()


SampleSheet = Mapping[ApplicationNumber, Mapping[str, SampleAnswer]]


def sample_marks(plan: RoundPlan, seed: int = 1) -> dict[ExpertNumber, SampleSheet]:
    """Return every assigned expert's answers by application and indicator code.

    Every indicator is answered; a mark below three fifths of its maximum, one not applicable
    and one abstention carry a reason.
    """
    applications = {each.number: each for each in plan.applications}
    return {
        expert: {
            number: _sheet(plan.scheme, applications[number], expert, seed) for number in given
        }
        for expert, given in plan.assignment.items()
    }


def _sheet(
    scheme: Scheme, application: Application, expert: ExpertNumber, seed: int
) -> dict[str, SampleAnswer]:
    own = for_application(scheme, application.changes)
    specials = {
        each["indicator"]: each
        for each in sample_marks_data()["special"]
        if own.id == _SCHEME
        and (each["application"], each["expert"]) == (application.number, expert)
    }
    chance = random.Random(f"{seed} {application.number} {expert}")  # noqa: S311 - a sample, no secret
    marks = _Marks(own, specials)
    marks.scatter(application, chance, seed)
    marks.nudge(_total(own, application.number, expert, chance), chance)
    return {
        leaf.code: _answer(leaf, marks.mark(leaf), specials.get(leaf.code, {}), chance)
        for leaf in own.indicators()
    }


class _Marks:
    """The points of one sheet while they are being adjusted, in steps of each indicator."""

    def __init__(self, scheme: Scheme, specials: Mapping[str, dict[str, Any]]) -> None:
        self._leaves = scheme.indicators()
        self._states = {
            code: MarkState(each["state"]) for code, each in specials.items() if "state" in each
        }
        self._points = {
            code: Fraction(each["value"]) for code, each in specials.items() if "value" in each
        }
        self._fixed = set(self._points)
        self._floors = {leaf.code: _floor(leaf) for leaf in self._leaves}
        self._worth = _worth(scheme, set(self._states))

    def mark(self, leaf: Indicator) -> Mark:
        """Return the mark of an indicator."""
        if leaf.code in self._states:
            return Mark(self._states[leaf.code])
        return scored(self._points[leaf.code])

    def scatter(self, application: Application, chance: random.Random, seed: int) -> None:
        """Give every open indicator points around the application's own profile."""
        profile = random.Random(f"{seed} {application.number}")  # noqa: S311 - a sample, no secret
        for leaf in self._leaves:
            lean = profile.uniform(-0.05, 0.05) + chance.uniform(-0.03, 0.03)
            if leaf.code not in self._points and leaf.code not in self._states:
                level = Fraction(round((0.78 + lean) * 100), 100)
                self._points[leaf.code] = _on_scale(leaf, leaf.maximum * level)

    def nudge(self, total: Fraction, chance: random.Random) -> None:
        """Move the open marks, first all together, then one by one, towards the total."""
        open_ = [leaf for leaf in self._leaves if self._is_open(leaf)]
        weight = sum((self._worth[leaf.code] * leaf.maximum for leaf in open_), Fraction(0))
        if not weight:
            return
        share = (total - self._sum()) / weight
        for leaf in open_:
            self._points[leaf.code] = _on_scale(
                leaf, self._points[leaf.code] + share * leaf.maximum
            )
        for _round in range(400):
            off = total - self._sum()
            moves = self._moves(open_, off)
            if not off or not moves:
                return
            for leaf, steps in chance.choice(moves):
                self._points[leaf.code] += steps * leaf.step

    def _is_open(self, leaf: Indicator) -> bool:
        return leaf.code in self._points and leaf.code not in self._fixed

    def _sum(self) -> Fraction:
        return sum(
            (self._worth[code] * points for code, points in self._points.items()), Fraction(0)
        )

    def _moves(
        self, leaves: list[Indicator], off: Fraction
    ) -> list[tuple[tuple[Indicator, int], ...]]:
        """Return the single steps, else the pairs of steps, that come nearest to ``off``."""
        sign = 1 if off > 0 else -1
        towards = [(leaf, self._gain(leaf)) for leaf in leaves if self._fits(leaf, sign)]
        singles = [((leaf, sign),) for leaf, gain in towards if gain <= abs(off)]
        if singles:
            return list(singles)
        back = [(leaf, self._gain(leaf)) for leaf in leaves if self._fits(leaf, -sign)]
        return [
            ((up, sign), (down, -sign))
            for up, more in towards
            for down, less in back
            if more - less == abs(off)
        ]

    def _gain(self, leaf: Indicator) -> Fraction:
        return self._worth[leaf.code] * leaf.step

    def _fits(self, leaf: Indicator, steps: int) -> bool:
        points = self._points[leaf.code] + steps * leaf.step
        return self._floors[leaf.code] <= points <= leaf.maximum


def _worth(scheme: Scheme, empty: set[str]) -> dict[str, Fraction]:
    """Return what a point of each indicator adds to the total; ``empty`` ones give way."""
    worth: dict[str, Fraction] = {}
    for dimension in scheme.dimensions:
        leaves = list(dimension.indicators())
        whole = sum((leaf.weight for leaf in leaves), Fraction(0))
        kept = sum((leaf.weight for leaf in leaves if leaf.code not in empty), Fraction(0))
        for leaf in leaves:
            factor = whole / kept if kept else Fraction(1)
            worth[leaf.code] = leaf.weight * factor / leaf.maximum
    return worth


def _on_scale(leaf: Indicator, points: Fraction) -> Fraction:
    steps = round((points - leaf.minimum) / leaf.step)
    return min(max(leaf.minimum + steps * leaf.step, _floor(leaf)), leaf.maximum)


def _floor(leaf: Indicator) -> Fraction:
    """Return the least that needs no reason."""
    steps = -(-(leaf.maximum * _LEVEL_FLOOR - leaf.minimum) // leaf.step)
    return leaf.minimum + steps * leaf.step


def _total(scheme: Scheme, application: str, expert: str, chance: random.Random) -> Fraction:
    totals: list[str] = sample_marks_data()["totals"].get(application, [])
    place = int(expert) if expert.isdigit() else 0
    if scheme.id == _SCHEME and 1 <= place <= len(totals):
        return Fraction(totals[place - 1])
    return scheme.full_marks * chance.randint(700, 890) / 1000


def _answer(
    leaf: Indicator, mark: Mark, special: Mapping[str, str], chance: random.Random
) -> SampleAnswer:
    comment = special.get("comment", "")
    if not comment and mark.value is not None and not chance.randrange(_COMMENT_EVERY):
        comment = chance.choice(_comments(leaf, mark.value))
    cited = comment and not chance.randrange(_CITE_EVERY)
    page = _PAGES.get(leaf.code.partition(".")[0], 2)
    return SampleAnswer(
        mark,
        comment=comment,
        reason=special.get("reason", ""),
        citations=(f"建设方案.pdf#{page}",) if cited else (),
    )


def _comments(leaf: Indicator, points: Fraction) -> list[str]:
    pools: dict[str, list[str]] = sample_marks_data()["comments"]
    name = next((each.name for each in leaf.levels if each.low <= points <= each.high), "中")
    return pools.get(name, pools["中"])


@cache
def sample_marks_data() -> dict[str, Any]:
    """Return what the sample panel is made of: experts, totals, votes, opinions."""
    with sample_resource("marks.toml").open("rb") as file:
        return tomllib.load(file)
