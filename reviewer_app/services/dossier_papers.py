"""Which papers a dossier has, in the order they are filed, and what each says."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache, partial

from reviewer_app.core.round import ApplicationNumber, Expert, RoundPlan
from reviewer_app.papers.application_form import application_form_paper
from reviewer_app.papers.correction import correction_paper
from reviewer_app.papers.docx import docx_bytes
from reviewer_app.papers.fees import fees_paper, fees_workbook
from reviewer_app.papers.interference import interference_paper
from reviewer_app.papers.minutes import minutes_paper
from reviewer_app.papers.model import Document
from reviewer_app.papers.notice import notice_paper
from reviewer_app.papers.opinion import opinion_paper
from reviewer_app.papers.pdf import archival_bytes
from reviewer_app.papers.pledges import pledges_paper
from reviewer_app.papers.recheck_report import recheck_paper
from reviewer_app.papers.recusal import recusal_paper
from reviewer_app.papers.sign_in import sign_in_paper
from reviewer_app.papers.summary import summary_paper
from reviewer_app.papers.workbook import summary_workbook
from reviewer_app.services import printed
from reviewer_app.services.application_forms import application_form_facts
from reviewer_app.services.closed_round import ClosedRound, Superseded
from reviewer_app.services.closing_paper import closing_document
from reviewer_app.services.correction_paper import correction_facts
from reviewer_app.services.day_papers import (
    interference_facts,
    pledge_facts,
    recusal_facts,
    sign_in_facts,
)
from reviewer_app.services.fees import NAME as FEES
from reviewer_app.services.fees import fee_facts
from reviewer_app.services.minutes_paper import minutes_facts, notice_facts
from reviewer_app.services.opinion_paper import opinion_facts
from reviewer_app.services.press import Job
from reviewer_app.services.recheck_paper import recheck_facts
from reviewer_app.services.records import OpinionRecord
from reviewer_app.services.result_papers import summary_facts
from reviewer_app.services.result_workbook import workbook_facts
from reviewer_app.services.results import application_of
from reviewer_app.services.second_paper import second_papers
from reviewer_app.services.sheet_paper import sheet_paper
from reviewer_app.services.speaking import draws_in
from reviewer_app.services.speaking_paper import order_document

MINUTES = "03-评审会议纪要"
Maker = tuple[str, Job]
"""A file name, and how that file is made."""


def dossier_papers(
    closed: ClosedRound, now: datetime, *, by_application: bool
) -> Iterator[Maker]:
    """Yield every paper of a closed round but the list of files, none made yet.

    ``by_application`` adds the score forms once more, a file for each application.
    """
    yield from _paper("01-封存单", lambda: closing_document(closed.statement, now))
    yield from _paper("02-专家组汇总表", lambda: summary_paper(summary_facts(closed, now)))
    yield "02-专家组汇总表.xlsx", Job(lambda: workbook_facts(closed.results), summary_workbook)
    yield from _paper(
        MINUTES,
        lambda: minutes_paper(minutes_facts(closed)),
        editable=True,
        attached={"results.json": closed.results.text},
    )
    yield from _order(closed, now)
    for stem, compose in second_papers(closed, now):
        yield from _paper(stem, compose)
    yield from _sheets(closed, now)
    yield from _opinions(closed)
    experts = tuple(closed.seating.expert(seat.expert) for seat in closed.seating.active)
    yield from morning_papers(closed.plan, experts, now)
    yield from _fees(closed.plan, experts, now)
    yield from _recusals(closed, experts, now)
    yield from _paper("09-复核报告", lambda: recheck_paper(recheck_facts(closed, now)))
    for pair in closed.superseded:
        yield from _paper(
            f"10-更正单-{pair.number}-专家{pair.expert}",
            partial(_correction, closed, pair, now),
        )
    yield from _paper("12-公示稿", lambda: notice_paper(notice_facts(closed)), editable=True)
    if by_application:
        yield from _application_forms(closed, now)


def _order(closed: ClosedRound, now: datetime) -> Iterator[Maker]:
    found = draws_in(closed.lines)
    if found:
        order = partial(order_document, closed.plan, closed.seating.round_id, found, now)
        yield from _paper("06-汇报顺序表", order)


def _recusals(closed: ClosedRound, experts: Sequence[Expert], now: datetime) -> Iterator[Maker]:
    """Yield what each expert declared; who was not there has declared nothing."""
    for expert in experts:
        if expert.number in closed.seating.counted or closed.recused(expert.number):
            yield from _paper(
                f"08-回避声明-{expert.number}-{expert.name}",
                partial(_recusal, closed, expert, now),
            )


def _paper(
    stem: str,
    document: Callable[[], Document],
    *,
    editable: bool = False,
    attached: Mapping[str, bytes] | None = None,
) -> Iterator[Maker]:
    """Yield a paper as PDF/A, and as DOCX where people edit it; it is composed only then."""
    name = printed.file_name(stem)
    document = cache(document) if editable else document
    yield f"{name}.pdf", Job(document, partial(archival_bytes, attachments=attached))
    if editable:
        yield f"{name}.docx", Job(document, docx_bytes)


def morning_papers(
    plan: RoundPlan, experts: tuple[Expert, ...], now: datetime
) -> Iterator[Maker]:
    """Yield what is signed on the morning: sign-in sheet, pledges, register of interference."""
    yield from _paper(
        "06-签到表", lambda: sign_in_paper(sign_in_facts(plan, experts, now)), editable=True
    )
    yield from _paper(
        "07-保密与诚信承诺书", lambda: pledges_paper(pledge_facts(plan, experts, now))
    )
    yield from _paper(
        "11-请托干扰情况登记表", lambda: interference_paper(interference_facts(plan, now))
    )


def _fees(plan: RoundPlan, experts: tuple[Expert, ...], now: datetime) -> Iterator[Maker]:
    facts = partial(fee_facts, plan, experts, now)
    yield from _paper(FEES, lambda: fees_paper(facts()), editable=True)
    yield f"{FEES}.xlsx", Job(facts, fees_workbook)


def _recusal(closed: ClosedRound, expert: Expert, now: datetime) -> Document:
    return recusal_paper(recusal_facts(closed, expert, now))


def _correction(closed: ClosedRound, pair: Superseded, now: datetime) -> Document:
    return correction_paper(correction_facts(closed, pair, now))


def _application_form(
    closed: ClosedRound, number: ApplicationNumber, now: datetime
) -> Document:
    return application_form_paper(application_form_facts(closed, number, now))


def _opinion(closed: ClosedRound, opinion: OpinionRecord) -> Document:
    return opinion_paper(opinion_facts(closed, opinion))


def _sheets(closed: ClosedRound, now: datetime) -> Iterator[Maker]:
    seating = closed.seating
    for expert, sheet in seating.counted.items():
        yield from _paper(
            f"04-个人评分表-{expert}-{seating.expert(expert).name}",
            partial(sheet_paper, sheet, seating.round, now),
        )


def _opinions(closed: ClosedRound) -> Iterator[Maker]:
    for opinion in sorted(closed.opinions, key=lambda each: each.application):
        application = application_of(closed.seating, opinion.application)
        yield from _paper(
            f"05-意见-{application.number}-{application.short_name}",
            partial(_opinion, closed, opinion),
            editable=True,
        )


def _application_forms(closed: ClosedRound, now: datetime) -> Iterator[Maker]:
    for number in closed.seating.round.document.applications:
        short = application_of(closed.seating, number).short_name
        yield from _paper(
            f"13-对象评分表-{number}-{short}", partial(_application_form, closed, number, now)
        )
