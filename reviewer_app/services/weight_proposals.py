"""Weights proposed from pairs compared by hand, or from a table of figures; never kept unseen.

A group is either all headings of a scheme or the indicators under one of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from reviewer_app.core.errors import InputError
from reviewer_app.core.messages import _
from reviewer_app.core.scheme import Scheme
from reviewer_app.services.scheme_editing import shared_out
from reviewer_app.services.weighting import Weighting, propose_weights
from reviewer_app.statistics.ahp import Hierarchy, hierarchy

HEADINGS = ""
"""The group of all headings; any other group is the code of one."""
DEGREES = (9, 8, 7, 6, 5, 4, 3, 2, 1)
"""How much more important one thing may be than another."""
METHOD_WORDS = {
    Weighting.AHP: "层次分析法",
    Weighting.ENTROPY: "熵权法",
    Weighting.CRITIC: "CRITIC 法",
}
"""What the methods are called on paper."""
_LEAST, _MOST = 2, 15
Pairs = Mapping[tuple[str, str], Fraction]


@dataclass(frozen=True, slots=True)
class Compared:
    """What compared pairs come to: how consistent they are, and the weights they propose."""

    hierarchy: Hierarchy
    weights: Mapping[str, Fraction]
    """By indicator, summing to what the group had."""


def groups_of(scheme: Scheme) -> tuple[tuple[str, str], ...]:
    """Return the groups that can be compared: code and title."""
    found = [(HEADINGS, "")] if _LEAST <= len(scheme.dimensions) <= _MOST else []
    found += [
        (each.code, f"{each.code} {each.title}")
        for each in scheme.dimensions
        if _LEAST <= len(_weighing(scheme, each.code)) <= _MOST
    ]
    return tuple(found)


def members_of(scheme: Scheme, group: str) -> tuple[tuple[str, str], ...]:
    """Return code and title of everything in a group."""
    if group == HEADINGS:
        return tuple((each.code, each.title) for each in scheme.dimensions)
    return tuple((code, scheme.indicator(code).title) for code in _weighing(scheme, group))


def compared(scheme: Scheme, group: str, pairs: Pairs) -> Compared:
    """Return what compared pairs propose; a pair not compared counts as equal."""
    names = [code for code, _title in members_of(scheme, group)]
    matrix = [[_degree(pairs, one, other) for other in names] for one in names]
    found = hierarchy(names, [matrix])
    shares = dict(zip(names, map(Fraction, found.weights), strict=True))
    return Compared(found, _spread(scheme, group, shares))


def from_table(scheme: Scheme, method: Weighting, path: Path) -> Mapping[str, Fraction]:
    """Return the weights a method makes of a table whose columns are indicator codes.

    They share out what these indicators weigh together. Raises InputError naming the file.
    """
    proposal = propose_weights(method, [path])
    known = {leaf.code for leaf in scheme.indicators()}
    strange = [name for name, _weight in proposal.weights if name not in known]
    if strange:
        raise InputError(
            _("{file}: {names} are no indicators of the scheme").format(
                file=path.name, names=", ".join(strange)
            )
        )
    codes = [name for name, _weight in proposal.weights]
    total = sum((scheme.indicator(code).weight for code in codes), Fraction(0))
    return shared_out([(code, Fraction(weight)) for code, weight in proposal.weights], total)


def _degree(pairs: Pairs, one: str, other: str) -> Fraction:
    if (one, other) in pairs:
        return pairs[one, other]
    return 1 / pairs[other, one] if (other, one) in pairs else Fraction(1)


def _weighing(scheme: Scheme, heading: str) -> list[str]:
    """Return the indicators under a heading that have a weight to share."""
    dimension = next(each for each in scheme.dimensions if each.code == heading)
    return [leaf.code for leaf in dimension.indicators() if leaf.full_weight]


def _spread(
    scheme: Scheme, group: str, shares: Mapping[str, Fraction]
) -> Mapping[str, Fraction]:
    """Return the shares of a group as weights of indicators."""
    if group != HEADINGS:
        total = sum((scheme.indicator(code).weight for code in shares), Fraction(0))
        return shared_out(list(shares.items()), total)
    parts: list[tuple[str, Fraction]] = []
    for heading, share in shares.items():
        codes: Sequence[str] = _weighing(scheme, heading)
        inside = sum((scheme.indicator(code).weight for code in codes), Fraction(0))
        parts += [(code, share * scheme.indicator(code).weight / inside) for code in codes]
    total = sum((scheme.indicator(code).weight for code, _share in parts), Fraction(0))
    return shared_out(parts, total)
