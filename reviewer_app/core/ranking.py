"""Places from figures: the tie chain in order, then a shared place with the next one skipped.

The criteria a tie chain may name, each compared on exact values, the larger one first:

* ``dimension:CODE``, ``indicator:CODE``  the application's points for that heading
* ``exact``                               the result before it was rounded
* ``mean``, ``median``, ``sum``           of all experts' totals, none of them dropped
* ``high``, ``low``                       the highest total; the lowest total
* ``spread``                              the smaller difference between highest and lowest
* ``approvals``                           votes to approve
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

CRITERIA = ("exact", "mean", "median", "sum", "high", "low", "spread", "approvals")
_BY_CODE = re.compile(r"(dimension|indicator):(\S+)")

SHARED = "shared"
"""The tie break of applications that no criterion could separate."""


@dataclass(frozen=True, slots=True)
class Place:
    """A rank, and the criterion that separated it from equals: empty, a criterion or SHARED."""

    rank: int | None
    tie_break: str = ""


def is_criterion(name: str) -> bool:
    """Tell whether a tie chain may name this criterion."""
    return name in CRITERIA or _BY_CODE.fullmatch(name) is not None


def named_code(name: str) -> tuple[str, str]:
    """Return (``dimension`` or ``indicator``, code) of a criterion, or it and an empty code."""
    found = _BY_CODE.fullmatch(name)
    return (found[1], found[2]) if found else (name, "")


def rank(
    figures: Sequence[Fraction | None],
    chain: Sequence[str],
    criterion: Callable[[int, str], Fraction | None],
) -> list[Place]:
    """Return the place of every figure, highest first; None gets no rank.

    ``criterion(index, name)`` is asked only about figures that are equal. A criterion that has
    no value for an application puts it behind those that have one.
    """
    places = [Place(None)] * len(figures)
    ranked = [index for index, figure in enumerate(figures) if figure is not None]

    def settle(members: list[int], first: int, depth: int) -> None:
        if len(members) == 1:
            places[members[0]] = Place(first, chain[depth - 1] if depth else "")
            return
        if depth == len(chain):
            for member in members:
                places[member] = Place(first, SHARED)
            return
        place = first
        for group in _groups(members, lambda member: criterion(member, chain[depth])):
            settle(group, place, depth + 1)
            place += len(group)

    place = 1
    for group in _groups(ranked, lambda index: figures[index]):
        settle(group, place, 0)
        place += len(group)
    return places


def _groups(members: Sequence[int], value: Callable[[int], Fraction | None]) -> list[list[int]]:
    """Return members with equal values together, the highest value first, None last."""
    values = {member: value(member) for member in members}

    def order(member: int) -> tuple[bool, Fraction]:
        figure = values[member]
        return figure is not None, figure or Fraction(0)

    ordered = sorted(members, key=order, reverse=True)
    return [list(group) for _, group in groupby(ordered, key=order)]
