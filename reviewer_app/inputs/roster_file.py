"""A change of the roster on the morning: who is replaced or withdrawn, by whom, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from reviewer_app.core.errors import InputError
from reviewer_app.core.fields import Fields
from reviewer_app.core.messages import _
from reviewer_app.core.round import ApplicationNumber, Expert, ExpertNumber, Specialism
from reviewer_app.inputs.lists import read_experts
from reviewer_app.inputs.numbering import AS_TYPED, Numbering, checked_number
from reviewer_app.inputs.toml_file import clean, clean_filled, read_fields

_SPECIALISMS = {kind.value: kind for kind in Specialism}


@dataclass(frozen=True, slots=True)
class RosterChange:
    """One expert who leaves; ``by`` is who takes the place, None for a mere withdrawal."""

    expert: ExpertNumber
    by: Expert | None
    reason: str


def load_roster_changes(
    path: Path, experts: Numbering = AS_TYPED, applications: Numbering = AS_TYPED
) -> tuple[RosterChange, ...]:
    """Return the changes a TOML file asks for.

    ``[[replace]]`` names expert, by and reason; ``[[withdraw]]`` expert and reason; whoever
    joins stands in an ``[[expert]]`` table or in the list that ``experts`` names. ``experts``
    and ``applications`` are the round's numbers, to resolve ``3`` as ``03``. Raises InputError.
    """
    top = read_fields(path)
    joining = [_newcomer(each, applications) for each in top.tables("expert", optional=True)]
    if top.has("experts"):
        listed, _unused = read_experts(path.parent / top.filled("experts"), applications)
        joining += listed
    changes = tuple(
        _change(each, experts, {expert.number: expert for expert in joining})
        for each in (
            *top.tables("replace", optional=True),
            *top.tables("withdraw", optional=True),
        )
    )
    top.done()
    if not changes:
        raise InputError(_("{file} changes nothing").format(file=path.name))
    _refuse_twice([each.expert for each in changes], path.name)
    _refuse_twice([each.by.number for each in changes if each.by], path.name)
    _check_joining(joining, changes, experts, path.name)
    return changes


def _change(
    each: Fields, experts: Numbering, joining: Mapping[ExpertNumber, Expert]
) -> RosterChange:
    by: Expert | None = None
    if " replace[" in each.where:
        number = Numbering(joining).find(each.filled("by"), f"{each.where} “by”")
        by = joining[ExpertNumber(number)]
    change = RosterChange(
        expert=ExpertNumber(experts.find(each.filled("expert"), f"{each.where} “expert”")),
        by=by,
        reason=clean_filled(each, "reason", lines=True),
    )
    each.done()
    return change


def _newcomer(each: Fields, applications: Numbering) -> Expert:
    numbers = each.texts("recused") if each.has("recused") else ()
    expert = Expert(
        number=ExpertNumber(checked_number(each.filled("number"), f"{each.where} “number”")),
        name=clean_filled(each, "name"),
        employer=clean_filled(each, "employer"),
        title=clean(each, "title", ""),
        specialism=each.choice("specialism", _SPECIALISMS) if each.has("specialism") else None,
        from_bureau=each.flag("from_bureau", default=False),
        phone=clean(each, "phone", ""),
        recused=frozenset(
            ApplicationNumber(applications.find(number, f"{each.where} “recused”"))
            for number in numbers
        ),
    )
    each.done()
    return expert


def _refuse_twice(numbers: list[ExpertNumber], name: str) -> None:
    for number in numbers:
        if numbers.count(number) > 1:
            raise InputError(
                _("{file}: expert {number} is named twice").format(file=name, number=number)
            )


def _check_joining(
    joining: Sequence[Expert], changes: Sequence[RosterChange], experts: Numbering, name: str
) -> None:
    needed = {each.by.number for each in changes if each.by}
    for expert in joining:
        if expert.number not in needed:
            raise InputError(
                _("{file}: expert {number} replaces nobody").format(
                    file=name, number=expert.number
                )
            )
        if experts.has(expert.number):
            raise InputError(
                _("{file}: the number {number} is already in the panel").format(
                    file=name, number=expert.number
                )
            )
