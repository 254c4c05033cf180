"""Who gave which application which total: what every measure of agreement starts from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm


@dataclass(frozen=True, slots=True)
class Undefined:
    """A statistic that has no meaning for these data, and why, in one sentence."""

    why: str


@dataclass(frozen=True, slots=True)
class Totals:
    """Totals by application and expert; a pair that is absent was not scored."""

    applications: tuple[str, ...]
    experts: tuple[str, ...]
    values: Mapping[str, Mapping[str, Fraction]]
    """By application, then expert."""

    def of(self, application: str) -> Mapping[str, Fraction]:
        """Return the totals of one application by expert."""
        return self.values.get(application, {})

    def complete(self) -> tuple[tuple[str, ...], list[list[Fraction]]]:
        """Return the applications that every expert scored, with a row of totals each."""
        whole = tuple(
            number for number in self.applications if len(self.of(number)) == len(self.experts)
        )
        return whole, [[self.of(each)[expert] for expert in self.experts] for each in whole]


def midranks(values: Sequence[Fraction]) -> list[Fraction]:
    """Return the rank of each value from 1 up, equal values sharing the mean of their ranks."""
    ordered = sorted(range(len(values)), key=lambda index: values[index])
    ranks = [Fraction(0)] * len(values)
    start = 0
    while start < len(ordered):
        end = start
        while end < len(ordered) and values[ordered[end]] == values[ordered[start]]:
            end += 1
        for index in ordered[start:end]:
            ranks[index] = Fraction(start + 1 + end, 2)
        start = end
    return ranks


def whole_numbers(rows: Sequence[Sequence[Fraction]]) -> list[list[int]]:
    """Return the values times one common factor, as integers: sums of squares stay exact."""
    factor = lcm(*(value.denominator for row in rows for value in row))
    return [[value.numerator * (factor // value.denominator) for value in row] for row in rows]
