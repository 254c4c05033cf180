"""Several panels with one ranking: factors that put mild and strict panels on one footing.

Published Chinese rules use two forms: the mean of everybody divided by the panel's mean
(加权系数, often after dropping extremes), and the mean of the panels' means divided by it
(二次平均法). To how many places means and factors are rounded is part of the rule.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from reviewer_app.core.errors import RulesError
from reviewer_app.core.messages import _
from reviewer_app.core.numbers import Rounding, round_to
from reviewer_app.core.rules import GroupFactor, Groups, ReviewRules
from reviewer_app.core.tally_combine import exact_sum
from reviewer_app.core.tally_figures import published
from reviewer_app.core.tally_footing import GroupFactors, Unfit
from reviewer_app.core.tally_results import ApplicationResult


def grouped(
    results: Sequence[ApplicationResult], rules: ReviewRules
) -> tuple[list[ApplicationResult], GroupFactors | None]:
    """Return the results multiplied by their group's factor, and the factors.

    Raises RulesError for an application in no group, or a group of none.
    """
    groups = rules.groups
    if groups is None:
        return list(results), None
    check_groups(groups, [result.number for result in results])
    figures: dict[str, list[Fraction]] = {name: [] for name, _numbers in groups.members}
    for result in results:
        if result.exact is not None:
            figures[groups.of(result.number)].append(result.exact)
    found = group_factors(figures, groups, rules.rounding.mode)
    return [_multiplied(each, groups, found, rules) for each in results], found


def check_groups(groups: Groups, applications: Sequence[str]) -> None:
    """Refuse groups that do not hold exactly these applications; raises RulesError."""
    named = {number for _name, numbers in groups.members for number in numbers}
    for numbers, sentence in (
        (set(applications) - named, _("[groups] has no group for application {numbers}")),
        (named - set(applications), _("[groups] names application {numbers}, there is none")),
    ):
        if numbers:
            raise RulesError(sentence.format(numbers=", ".join(sorted(numbers))))


def group_factors(
    results: Mapping[str, Sequence[Fraction]], rule: Groups, mode: Rounding = Rounding.HALF_UP
) -> GroupFactors:
    """Return what every result of a group is to be multiplied by.

    ``results`` are the applications' results by group. A group too small for the drops, or
    without results, and one whose mean is not above zero have no factor.
    """
    everybody = [figure for figures in results.values() for figure in figures]
    means = {name: _mean(figures, rule, mode) for name, figures in results.items()}
    known = {name: mean for name, mean in means.items() if mean is not None}
    unfit = {name: Unfit.TOO_FEW for name in means if name not in known}
    if unfit:
        return GroupFactors(means=known, unfit=unfit)
    if rule.factor is GroupFactor.MEANS:
        reference = _rounded(exact_sum(known.values()) / len(known), rule, mode)
    else:
        reference = _mean(everybody, rule, mode) or Fraction(0)
    return factors(reference, known, rule, mode)


def factors(
    reference: Fraction,
    means: Mapping[str, Fraction],
    rule: Groups,
    mode: Rounding = Rounding.HALF_UP,
) -> GroupFactors:
    """Return the factors that follow from means already formed."""
    unfit = {name: Unfit.NOT_POSITIVE for name, mean in means.items() if mean <= 0}
    if unfit:
        return GroupFactors(reference, means, unfit=unfit)
    return GroupFactors(
        reference,
        means,
        {name: _rounded(reference / mean, rule, mode) for name, mean in means.items()},
    )


def _multiplied(
    result: ApplicationResult, groups: Groups, found: GroupFactors, rules: ReviewRules
) -> ApplicationResult:
    name = groups.of(result.number)
    factor = found.factors.get(name)
    plain = replace(result, group=name, unadjusted=result.exact)
    if result.exact is None or factor is None:
        return plain
    return published(replace(plain, exact=result.exact * factor), rules)


def _mean(figures: Sequence[Fraction], rule: Groups, mode: Rounding) -> Fraction | None:
    """Return the mean without the extremes, None where nothing is left of them."""
    kept = sorted(figures)[rule.drop_low : max(len(figures) - rule.drop_high, 0)]
    return _rounded(exact_sum(kept) / len(kept), rule, mode) if kept else None


def _rounded(value: Fraction, rule: Groups, mode: Rounding) -> Fraction:
    return value if rule.digits is None else round_to(value, rule.digits, mode)
