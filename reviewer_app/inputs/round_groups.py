"""Several groups in one round (分组评审): ``[[group]]`` of ROUND.toml says who scores what.

Each group has its applications and its experts; together they hold every application and every
expert once. Where the review rules speak of groups, these are their groups.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reviewer_app.core.errors import InputError
from reviewer_app.core.fields import Fields
from reviewer_app.core.messages import _
from reviewer_app.core.round import ApplicationNumber, ExpertNumber, RoundPlan
from reviewer_app.core.rules import ReviewRules
from reviewer_app.inputs.numbering import Numbering


@dataclass(frozen=True, slots=True)
class RoundGroup:
    """One group: its name, its applications and its experts, by number."""

    name: str
    applications: tuple[str, ...]
    experts: tuple[str, ...]


def with_groups(plan: RoundPlan, top: Fields) -> RoundPlan:
    """Return the plan with the groups of the file: assignment and rules follow them.

    Raises InputError naming the group and key: a number in two groups or in none, or other
    groups than the rules name.
    """
    tables = list(top.tables("group", optional=True))
    if not tables:
        return plan
    groups = [_group(fields, plan) for fields in tables]
    names = [group.name for group in groups]
    for fields, name in zip(tables, names, strict=True):
        if names.count(name) > 1:
            fields.refuse(_("group “{name}” is there twice").format(name=name))
    _refuse_odd(top, "applications", groups, [each.number for each in plan.applications])
    _refuse_odd(top, "experts", groups, [each.number for each in plan.experts])
    return replace(plan, assignment=_assignment(plan, groups), rules=_rules(plan, groups, top))


def group_problems(
    top: Fields, applications: Sequence[str], experts: Sequence[str]
) -> tuple[str, ...]:
    """Return every fault of the groups: numbers unknown, in two groups, or in none."""
    problems: list[str] = []
    seen: dict[str, list[str]] = {"applications": [], "experts": []}
    known = {"applications": applications, "experts": experts}
    tables = list(top.tables("group", optional=True))
    for fields in tables:
        for key, numbers in known.items():
            try:
                seen[key] += _numbers(fields, key, numbers)
            except InputError as error:
                problems.append(str(error))
    for key, numbers in known.items() if tables else ():
        for number in numbers:
            try:
                _refuse_odd_number(top, key, seen[key], number)
            except InputError as error:
                problems.append(str(error))
    return tuple(problems)


def _group(fields: Fields, plan: RoundPlan) -> RoundGroup:
    group = RoundGroup(
        name=fields.filled("name"),
        applications=_numbers(fields, "applications", [a.number for a in plan.applications]),
        experts=_numbers(fields, "experts", [e.number for e in plan.experts]),
    )
    fields.done()
    return group


def _numbers(fields: Fields, key: str, known: Sequence[str]) -> tuple[str, ...]:
    numbering = Numbering(known)
    where = f"{fields.where} “{key}”"
    found = tuple(numbering.find(text, where) for text in fields.texts(key))
    return found or fields.refuse(_("“{key}”: the group has none").format(key=key))


def _refuse_odd(
    top: Fields, key: str, groups: Sequence[RoundGroup], known: Sequence[str]
) -> None:
    """Refuse a number that stands in two groups, or in none."""
    seen: list[str] = []
    for group in groups:
        seen += group.applications if key == "applications" else group.experts
    for number in known:
        _refuse_odd_number(top, key, seen, number)


def _refuse_odd_number(top: Fields, key: str, seen: Sequence[str], number: str) -> None:
    if seen.count(number) > 1:
        words = _("[[group]] “{key}”: {number} is there twice")
        top.refuse(words.format(key=key, number=number))
    if number not in seen:
        words = _("[[group]] “{key}”: {number} is in no group")
        top.refuse(words.format(key=key, number=number))


def _assignment(
    plan: RoundPlan, groups: Sequence[RoundGroup]
) -> dict[ExpertNumber, tuple[ApplicationNumber, ...]]:
    given = {expert: set(group.applications) for group in groups for expert in group.experts}
    return {
        expert.number: tuple(
            each.number
            for each in plan.applications
            if each.number in given[expert.number] and each.number not in expert.recused
        )
        for expert in plan.experts
    }


def _rules(plan: RoundPlan, groups: Sequence[RoundGroup], top: Fields) -> ReviewRules:
    """Return the rules with these groups, if they ask for factors between groups at all."""
    rules = plan.rules
    if rules.groups is None:
        return rules
    members = tuple(sorted((group.name, group.applications) for group in groups))
    if not rules.groups.members:
        return replace(rules, groups=replace(rules.groups, members=members))
    if _sets(rules.groups.members) != _sets(members):
        top.refuse(_("[[group]]: the review rules name other groups"))
    return rules


def _sets(members: Sequence[tuple[str, Sequence[str]]]) -> dict[str, frozenset[str]]:
    return {name: frozenset(numbers) for name, numbers in members}
