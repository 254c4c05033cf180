"""Sign-in sheet, pledges and recusal statements as facts for paper.

The first two are needed on the morning already: they are made from the plan, closed or not.
"""

from collections.abc import Iterator
from datetime import datetime

from reviewer_app.core.people import RoundPeople
from reviewer_app.core.pledge import clauses
from reviewer_app.core.recusal import split_grounds
from reviewer_app.core.round import ApplicationNumber, Expert, RoundPlan
from reviewer_app.papers.interference import InterferenceFacts, InterferenceRow
from reviewer_app.papers.pledges import PledgeFacts, Pledger
from reviewer_app.papers.recusal import RecusalFacts, RecusedApplication
from reviewer_app.papers.sign_in import SignInFacts, SignInRow
from reviewer_app.services import printed
from reviewer_app.services.closed_round import ClosedRound

ON_THE_DAY = "评审当日申报，材料在评审包内，未评"
KNOWN_GROUND = "组织单位在名册中登记的利害关系"
BEFORE = "发放前已知，评审包中没有该对象的任何材料"


def sign_in_facts(plan: RoundPlan, experts: tuple[Expert, ...], now: datetime) -> SignInFacts:
    """Return everything the sign-in sheet says: who is expected, the experts first."""
    people = plan.people
    rows = [SignInRow(each.name, each.employer, _role(each, people)) for each in experts]
    rows += [SignInRow(name, "", role) for role, name in staff(people)]
    return SignInFacts(
        round_title=plan.title,
        organiser=plan.organiser,
        when=printed.day(plan.date) + people.hours,
        place=plan.place,
        rows=tuple(rows),
        printed_at=printed.moment(now),
        attendance=plan.rules.panel.attendance,
    )


def pledge_facts(plan: RoundPlan, experts: tuple[Expert, ...], now: datetime) -> PledgeFacts:
    """Return the pledges of the experts and of everybody who serves the day."""
    pledgers = [Pledger(each.name, each.employer, f"专家{each.number}") for each in experts]
    pledgers += [Pledger(name, "", role, expert=False) for role, name in staff(plan.people)]
    return PledgeFacts(
        round_title=plan.title,
        organiser=plan.organiser,
        clauses=tuple(each.chinese for each in clauses()),
        people=tuple(pledgers),
        printed_at=printed.moment(now),
    )


def interference_facts(plan: RoundPlan, now: datetime) -> InterferenceFacts:
    """Return the register of interference, empty lines where nobody has recorded any."""
    met = plan.people.interference
    return InterferenceFacts(
        round_title=plan.title,
        organiser=plan.organiser,
        rows=tuple(
            InterferenceRow(each.when, each.who, each.what, each.handled) for each in met or ()
        ),
        recorded=met is not None,
        signers=(("秘书：", plan.people.secretary), ("监督员：", plan.people.supervisor)),
        printed_at=printed.moment(now),
    )


def recusal_facts(closed: ClosedRound, expert: Expert, now: datetime) -> RecusalFacts:
    """Return one expert's statement: what was known before issue, what was declared since."""
    seating = closed.seating
    sheet = seating.counted.get(expert.number)
    return RecusalFacts(
        round_title=seating.round.document.title,
        organiser=seating.round.document.organiser,
        expert_number=expert.number,
        expert_name=expert.name,
        employer=expert.employer,
        recused=tuple(_recused(closed, expert)),
        scored=len(sheet.content.marks) if sheet else 0,
        receipt=sheet.receipt if sheet else "",
        printed_at=printed.moment(now),
    )


def staff(people: RoundPeople) -> Iterator[tuple[str, str]]:
    """Yield (role, name) of everybody named besides the experts, nobody twice."""
    seen: set[str] = set()
    named = [
        ("主持人", people.host),
        ("监督员", people.supervisor),
        ("秘书", people.secretary),
        ("复核人", people.checker),
        *(("列席人员", each) for each in people.observers),
    ]
    for role, name in named:
        if name and name not in seen:
            seen.add(name)
            yield role, name


def _role(expert: Expert, people: RoundPeople) -> str:
    leads = "（组长）" if expert.number == people.leader else ""
    return f"专家{expert.number}{leads}"


def _recused(closed: ClosedRound, expert: Expert) -> Iterator[RecusedApplication]:
    declared = closed.seating.stepped_back.get(expert.number, {})
    for number in sorted(closed.recused(expert.number)):
        ground, rule, note = KNOWN_GROUND, "", ""
        if number in declared:
            grounds = split_grounds(declared[number].ground)
            ground = "；".join(each.chinese for each in grounds)
            rule = "；".join(dict.fromkeys(each.rule for each in grounds))
            note = declared[number].note
        name, unit = _named(closed, number)
        when = ON_THE_DAY if number in declared else BEFORE
        yield RecusedApplication(number, name, unit, ground, rule, note, when)


def _named(closed: ClosedRound, number: ApplicationNumber) -> tuple[str, str]:
    found = (each for each in closed.plan.applications if each.number == number)
    application = next(found, None)
    return (application.name, application.unit) if application else ("", "")
