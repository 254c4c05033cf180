"""Whether the panel is made up as the rules ask: its size, the bureau's share, employers.

In several groups (分组评审) each group must be.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from reviewer_app.core.messages import _, ngettext
from reviewer_app.core.names import employer_key
from reviewer_app.core.round import Expert, RoundPlan
from reviewer_app.core.rules import PanelRules


@dataclass(frozen=True, slots=True)
class PanelCheck:
    """One check's answer; ``reason`` is the written reason that sets it aside, if any."""

    id: str
    ok: bool
    sentence: str
    overridable: bool = True
    reason: str = ""

    @property
    def blocks(self) -> bool:
        """Tell whether packs cannot be issued because of this check."""
        return not self.ok and not (self.overridable and self.reason)


def makeup_checks(plan: RoundPlan) -> Iterator[PanelCheck]:
    """Yield the checks of the panel's size and composition."""
    for check in (_minimum, _odd, _bureau_share, _same_employer):
        yield _of_each_panel(plan, check)


def panels(plan: RoundPlan) -> tuple[tuple[Expert, ...], ...]:
    """Return the experts by group: those who share applications sit together (分组评审).

    One group, as mostly, is all experts. Who has nothing to score is in no group of several.
    """
    groups: list[tuple[set[str], list[Expert]]] = []
    for expert in plan.experts:
        given: set[str] = set(plan.assignment.get(expert.number, ()))
        members = [expert]
        for group in [each for each in groups if each[0] & given]:
            groups.remove(group)
            given |= group[0]
            members = [*group[1], *members]
        if given:
            groups.append((given, members))
    if len(groups) < 2:  # noqa: PLR2004 - one group is everybody
        return (plan.experts,)
    return tuple(tuple(members) for _given, members in groups)


def _of_each_panel(
    plan: RoundPlan, check: Callable[[Sequence[Expert], PanelRules], PanelCheck]
) -> PanelCheck:
    """Return a check of the panel, in several groups of the first one that fails it."""
    given = panels(plan)
    found = [check(experts, plan.rules.panel) for experts in given]
    place = next((at for at, each in enumerate(found) if not each.ok), 0)
    if len(given) == 1 or found[place].ok:
        return found[place]
    sentence = _("The group of experts {experts}: {sentence}").format(
        experts=", ".join(each.number for each in given[place]), sentence=found[place].sentence
    )
    return replace(found[place], sentence=sentence)


def _minimum(experts: Sequence[Expert], rules: PanelRules) -> PanelCheck:
    size, least = len(experts), rules.minimum
    sentence = ngettext(
        "The panel has {size} member; at least {least} are required",
        "The panel has {size} members; at least {least} are required",
        size,
    )
    return PanelCheck(
        "panel-minimum",
        size >= least,
        sentence.format(size=size, least=least),
        overridable=size > 0,
    )


def _odd(experts: Sequence[Expert], rules: PanelRules) -> PanelCheck:
    size = len(experts)
    if not rules.odd:
        return PanelCheck("panel-odd", ok=True, sentence=_("The rules allow an even panel"))
    ok = size % 2 == 1
    sentence = (
        _("The panel has {size} members, an odd number")
        if ok
        else _("The panel has {size} members; an odd number is required")
    )
    return PanelCheck("panel-odd", ok, sentence.format(size=size))


def _bureau_share(experts: Sequence[Expert], rules: PanelRules) -> PanelCheck:
    staff = sum(expert.from_bureau for expert in experts)
    most = rules.bureau_share
    sentence = _("{staff} of {size} members come from the bureau; at most {share} may").format(
        staff=staff, size=len(experts), share=most
    )
    return PanelCheck("bureau-share", staff <= most * len(experts), sentence)


def _same_employer(experts: Sequence[Expert], rules: PanelRules) -> PanelCheck:
    most = rules.same_employer
    counted = Counter(employer_key(each.employer) for each in experts if each.employer)
    crowded = {
        key: next(each.employer for each in experts if employer_key(each.employer) == key)
        for key, count in counted.items()
        if count > most
    }
    if not crowded:
        sentence = _("No more than {most} members come from one employer").format(most=most)
    else:
        sentence = _("More than {most} members come from one employer: {employers}").format(
            most=most,
            employers=", ".join(f"{name} ({counted[key]})" for key, name in crowded.items()),
        )
    return PanelCheck("same-employer", not crowded, sentence)
