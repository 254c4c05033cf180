"""Who scores what, changed by ticks, or proposed so that every application gets a mix."""

from collections import Counter
from dataclasses import replace

from reviewer_app.core.round import ApplicationNumber, Expert, ExpertNumber, RoundPlan


def with_tick(
    plan: RoundPlan, application: ApplicationNumber, expert: ExpertNumber
) -> RoundPlan:
    """Return the plan with one tick set or taken away; a known conflict is never ticked."""
    person = next(each for each in plan.experts if each.number == expert)
    if application in person.recused:
        return plan
    given = set(plan.assignment[expert]) ^ {application}
    ordered = tuple(each.number for each in plan.applications if each.number in given)
    return replace(plan, assignment={**plan.assignment, expert: ordered})


def proposed(plan: RoundPlan, each_by: int) -> RoundPlan:
    """Return the plan in which about ``each_by`` experts score every application.

    Every application gets one expert of each specialism that has somebody free for it, then
    those with the least to score; who is recused is never chosen. The same plan always gives
    the same proposal.
    """
    load: Counter[ExpertNumber] = Counter()
    chosen: dict[ExpertNumber, set[ApplicationNumber]] = {e.number: set() for e in plan.experts}
    for application in plan.applications:
        free = [e for e in plan.experts if application.number not in e.recused]
        for expert in _mixed(free, load)[:each_by]:
            load[expert.number] += 1
            chosen[expert.number].add(application.number)
    assignment = {
        number: tuple(each.number for each in plan.applications if each.number in given)
        for number, given in chosen.items()
    }
    return replace(plan, assignment=assignment)


def everyone(plan: RoundPlan) -> RoundPlan:
    """Return the plan in which everybody scores everything but known conflicts."""
    return proposed(plan, len(plan.experts))


def _mixed(free: list[Expert], load: Counter[ExpertNumber]) -> list[Expert]:
    """Return experts in the order to be chosen: one of each specialism, then the idlest."""
    ordered = sorted(free, key=lambda each: (load[each.number], each.number))
    first = {each.specialism: each for each in reversed(ordered)}
    heads = [each for each in ordered if first[each.specialism] is each]
    return [*heads, *(each for each in ordered if each not in heads)]
