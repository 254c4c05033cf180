"""The rules of scoring.md once more, as plainly as they can be written: slow and obvious.

Shares no code with the product. Only plain schemes, where an indicator gives points in
proportion to its mark.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from math import floor

from reviewer_app.core.rules import ReviewRules
from reviewer_app.core.scheme import Scheme
from reviewer_app.core.tally import Panel, Tally

Points = dict[str, Fraction]
Voice = tuple[Fraction, Fraction, str]
"""(figure, weight, expert)."""


def check(panel: Panel, rules: ReviewRules, found: Tally) -> None:
    """Compare a tally with what is worked out here."""
    results = [Result(panel, rules, each.number, each.scheme) for each in panel.applications]
    for result, tallied in zip(results, found.applications, strict=True):
        assert tallied.exact == result.exact, (tallied.number, tallied.exact, result.exact)
        assert tallied.published == result.published(rules)
        assert tallied.rank == rank(result, results, rules)
        equals = [each for each in results if key(each, rules) == key(result, rules)]
        shared = len(equals) > 1 and result.exact is not None
        assert (tallied.tie_break == "shared") is shared
        figure = result.figure(rules)
        if figure is not None and rules.decision.pass_mark:
            limit = rules.decision.pass_mark
            passes = figure >= limit.value if limit.relation == ">=" else figure > limit.value
            assert tallied.passes is passes


class Result:
    """One application worked out by hand."""

    def __init__(self, panel: Panel, rules: ReviewRules, number: str, scheme: Scheme) -> None:
        weights = dict(rules.aggregation.expert_weights)
        self.points: list[tuple[Fraction, Points]] = []
        self.totals: list[Voice] = []
        heard: dict[str, list[Voice]] = {leaf.code: [] for leaf in scheme.indicators()}
        for sheet in panel.sheets:
            if number not in sheet.marks:
                continue
            weight = weights.get(sheet.expert, Fraction(1))
            values = {
                code: mark.value
                for code, mark in sheet.marks[number].items()
                if mark.value is not None
            }
            for code, value in values.items():
                heard[code].append((value, weight, sheet.expert))
            points = worked_out(scheme, values)
            if points:
                total = sum(points.values(), Fraction(0))
                digits = rules.rounding.sheet_digits
                if digits is not None:
                    total = nearest(total, digits, rules)
                self.totals.append((total, weight, sheet.expert))
                self.points.append((weight, points))
        self.exact: Fraction | None = None
        self.by_indicator: Points = {}
        if self.totals and rules.aggregation.level == "total":
            self.exact = one(self.totals, rules)
            self.by_indicator = averaged(self.points)
            self.by_dimension = averaged(
                [(weight, by_dimension(scheme, points)) for weight, points in self.points]
            )
        elif self.totals:
            combined = {code: one(voices, rules) for code, voices in heard.items() if voices}
            self.by_indicator = worked_out(scheme, combined)
            self.by_dimension = by_dimension(scheme, self.by_indicator)
            self.exact = sum(self.by_indicator.values(), Fraction(0))

    def figure(self, rules: ReviewRules) -> Fraction | None:
        if self.exact is None:
            return None
        return nearest(self.exact, rules.rounding.result_digits, rules)

    def published(self, rules: ReviewRules) -> str | None:
        figure, digits = self.figure(rules), rules.rounding.result_digits
        if figure is None:
            return None
        units = int(abs(figure) * 10**digits)
        whole, rest = divmod(units, 10**digits)
        return f"{whole}.{rest:0{digits}}" if digits else str(whole)

    def criterion(self, name: str) -> Fraction | None:
        kind, _, code = name.partition(":")
        if kind == "indicator":
            return self.by_indicator.get(code)
        if kind == "dimension":
            return self.by_dimension.get(code)
        totals = sorted(total for total, _weight, _expert in self.totals)
        middle = totals[(len(totals) - 1) // 2] + totals[len(totals) // 2]
        return {
            "exact": self.exact,
            "sum": sum(totals, Fraction(0)),
            "mean": sum(totals, Fraction(0)) / len(totals),
            "median": middle / 2,
            "high": totals[-1],
            "low": totals[0],
            "spread": totals[0] - totals[-1],
            "approvals": None,
        }[name]


def worked_out(scheme: Scheme, values: Mapping[str, Fraction]) -> Points:
    """Return each scored indicator's points, unscorable weight handed on as scoring.md says."""
    everything = sum((leaf.weight for leaf in scheme.indicators()), Fraction(0))
    sizes = {
        each.code: sum((leaf.weight for leaf in each.indicators()), Fraction(0))
        for each in scheme.dimensions
    }
    alive = [
        each
        for each in scheme.dimensions
        if any(leaf.code in values for leaf in each.indicators())
    ]
    left = sum((sizes[each.code] for each in alive), Fraction(0))
    points: Points = {}
    for dimension in alive:
        worth = sizes[dimension.code] * everything / left
        leaves = [leaf for leaf in dimension.indicators() if leaf.code in values]
        together = sum((leaf.weight for leaf in leaves), Fraction(0))
        for leaf in leaves:
            share = worth * leaf.weight / together
            points[leaf.code] = share * values[leaf.code] / leaf.maximum
    return points


def by_dimension(scheme: Scheme, points: Points) -> Points:
    found: Points = {}
    for dimension in scheme.dimensions:
        given = [points[leaf.code] for leaf in dimension.indicators() if leaf.code in points]
        if given:
            found[dimension.code] = sum(given, Fraction(0))
    return found


def averaged(sheets: Sequence[tuple[Fraction, Points]]) -> Points:
    codes = {code for _weight, points in sheets for code in points}
    return {
        code: sum((w * p[code] for w, p in sheets if code in p), Fraction(0))
        / sum((w for w, p in sheets if code in p), Fraction(0))
        for code in codes
    }


def one(voices: Sequence[Voice], rules: ReviewRules) -> Fraction:
    """Return mean, trimmed mean or median of figures that carry weights."""
    left, how = list(voices), rules.aggregation
    if how.method == "median":
        ordered = sorted(left)
        half = sum((weight for _value, weight, _expert in left), Fraction(0)) / 2
        reached = Fraction(0)
        for voice, after in pairwise([*ordered, ordered[-1]]):
            reached += voice[1]
            if reached == half:
                return (voice[0] + after[0]) / 2
            if reached > half:
                return voice[0]
    dropped = how.drop_high + how.drop_low
    if how.method == "trimmed" and len(left) >= how.minimum_sheets and len(left) > dropped:
        for _ in range(how.drop_low):
            left.remove(min(left))
        for _ in range(how.drop_high):
            top = max(value for value, _weight, _expert in left)
            lightest = min(voice[1:] for voice in left if voice[0] == top)
            left.remove((top, *lightest))
    weight = sum((weight for _value, weight, _expert in left), Fraction(0))
    return sum((value * weight for value, weight, _expert in left), Fraction(0)) / weight


def nearest(value: Fraction, digits: int, rules: ReviewRules) -> Fraction:
    """Return the value rounded by comparing it with both neighbours; all are positive."""
    step = Fraction(1, 10**digits)
    below = floor(value / step)
    distance = value / step - below
    mode = rules.rounding.mode
    if mode == "truncate" or distance < Fraction(1, 2):
        return below * step
    if distance > Fraction(1, 2) or mode == "half-up" or below % 2:
        return (below + 1) * step
    return below * step


def key(result: Result, rules: ReviewRules) -> list[tuple[bool, Fraction]]:
    basis = result.exact if rules.ranking.basis == "exact" else result.figure(rules)
    if basis is None:
        return []
    values = [basis, *(result.criterion(name) for name in rules.ranking.ties)]
    return [(value is not None, value or Fraction(0)) for value in values]


def rank(result: Result, results: Sequence[Result], rules: ReviewRules) -> int | None:
    if result.exact is None:
        return None
    own = key(result, rules)
    return 1 + sum(other.exact is not None and key(other, rules) > own for other in results)
