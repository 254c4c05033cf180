"""The panel's opinion on one application as facts for paper."""

from reviewer_app.core.numbers import plain_text
from reviewer_app.core.round import ExpertNumber
from reviewer_app.core.votes import VoteCount
from reviewer_app.papers.opinion import Ballot, OpinionFacts, OpinionMember
from reviewer_app.services import printed
from reviewer_app.services.closed_round import ClosedRound
from reviewer_app.services.deliberating import entitled
from reviewer_app.services.records import OpinionRecord
from reviewer_app.services.result_papers import SUBJECTS, result_label, results_code
from reviewer_app.services.results import application_of


def opinion_facts(closed: ClosedRound, opinion: OpinionRecord) -> OpinionFacts:
    """Return everything one application's opinion says; 一致同意 only where it is computed.

    Experts who stepped back from the application are named as such and do not sign.
    """
    results, seating = closed.results, closed.seating
    document = seating.round.document
    application = application_of(seating, opinion.application)
    result = results.tally.of(opinion.application)
    may_sign = set(entitled(seating, opinion.application))
    return OpinionFacts(
        name=application.name,
        subject=SUBJECTS[document.kind],
        kind=document.kind.value,
        organiser=document.organiser,
        place=document.place,
        date=printed.day(document.date),
        unit=application.unit,
        leader=closed.people.leader,
        members=tuple(
            OpinionMember(each, seating.expert(each).name, seating.expert(each).employer)
            for each in seating.counted
            if each in may_sign
        ),
        overall=opinion.overall,
        problems=opinion.problems,
        advice=opinion.advice,
        result=result.published or "—",
        rules=f"满分{plain_text(document.scheme.full_marks)}分；{result_label(results)}；"
        f"保留{results.tally.rules.rounding.result_digits}位小数",
        results_code=results_code(results),
        result_label=result_label(results),
        ballot=_ballot(result.vote, opinion),
        dissents=_dissents(closed, opinion),
        recused=tuple(
            seating.expert(expert).name
            for expert in seating.counted
            if opinion.application in closed.recused(expert)
        ),
    )


def _ballot(vote: VoteCount | None, opinion: OpinionRecord) -> Ballot | None:
    """Return how the panel voted; a written dissent ends every unanimity."""
    if vote is None:
        return None
    unanimous = vote.unanimous and not opinion.dissent.strip()
    return Ballot(vote.approve, vote.reject, vote.abstain, vote.passed, unanimous)


def _dissents(closed: ClosedRound, opinion: OpinionRecord) -> tuple[tuple[str, str], ...]:
    """Return what is held against the opinion: with votes by name, or written beside it."""
    vote = closed.results.tally.of(opinion.application).vote
    named = tuple(
        (f"专家{expert}　{closed.seating.expert(ExpertNumber(expert)).name}", text)
        for expert, text in (vote.reservations if vote else ())
    )
    written = opinion.dissent.strip()
    return (*named, *((("专家组成员", written),) if written else ()))
