"""``[groups]`` of the review rules: which applications form a group, and how factors arise."""

from typing import Any

from reviewer_app.core.errors import RulesError
from reviewer_app.core.fields import Fields
from reviewer_app.core.messages import _
from reviewer_app.core.rules import GroupFactor, Groups
from reviewer_app.core.rules_values import check_name, choices, refuse, whole, whole_in

_MOST_DIGITS = 6
_LEAST_GROUPS = 2


def groups_from(fields: Fields) -> Groups:
    """Return the groups a rules file states; RulesError names table and key.

    Their applications may come from elsewhere (``[[group]]`` of ROUND.toml).
    """
    default = Groups(())
    digits: int | None = None
    if fields.has("digits"):
        value = fields.take("digits")
        if value != "exact":
            digits = whole_in(fields, "digits", value, 0, _MOST_DIGITS)
    groups = Groups(
        members=_members(fields) if fields.has("applications") else (),
        factor=fields.choice("factor", choices(GroupFactor), default.factor.value),
        drop_high=whole(fields, "drop_high", default.drop_high),
        drop_low=whole(fields, "drop_low", default.drop_low),
        digits=digits,
    )
    fields.done()
    return groups


def groups_to_data(groups: Groups) -> dict[str, Any]:
    """Return the table with every key; groups that are not named yet are left out."""
    members = {name: list(numbers) for name, numbers in groups.members}
    return {
        "factor": groups.factor.value,
        "drop_high": groups.drop_high,
        "drop_low": groups.drop_low,
        "digits": "exact" if groups.digits is None else groups.digits,
        **({"applications": members} if members else {}),
    }


def _members(fields: Fields) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the groups by name: two at least, each with applications, none in two of them."""
    given = fields.mapping("applications")
    table = Fields(given, f"{fields.where} applications", RulesError)
    members = tuple((name, table.texts(name)) for name in sorted(given))
    if len(members) < _LEAST_GROUPS or not all(name.strip() for name in given):
        refuse(fields, "applications", _("two or more groups by name"), ", ".join(given))
    for name in given:
        check_name(fields, "applications", name)
    seen: set[str] = set()
    for name, numbers in members:
        if not numbers:
            refuse(table, name, _("numbers of applications"), "[]")
        for number in numbers:
            if number in seen:
                refuse(table, name, _("every application once"), number)
            seen.add(number)
    return members
