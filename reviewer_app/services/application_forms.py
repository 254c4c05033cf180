"""Score forms by application (按对象归档) as facts for paper."""

from collections.abc import Iterator
from datetime import datetime

from reviewer_app.core.numbers import plain_text
from reviewer_app.core.round import ApplicationNumber, ExpertNumber
from reviewer_app.papers.application_form import (
    ApplicationForm,
    ApplicationFormFacts,
    FormMark,
)
from reviewer_app.services import printed
from reviewer_app.services.closed_round import ClosedRound
from reviewer_app.services.correction_paper import revision
from reviewer_app.services.results import application_of
from reviewer_app.services.sheet_paper import published_total
from reviewer_app.sheets.paper_entry import CountedSheet
from reviewer_app.sheets.score_sheet import effective_schemes


def application_form_facts(
    closed: ClosedRound, number: ApplicationNumber, now: datetime
) -> ApplicationFormFacts:
    """Return the pages of one application: every expert who scored it, with the own words."""
    seating, document = closed.seating, closed.seating.round.document
    application = application_of(seating, number)
    return ApplicationFormFacts(
        round_title=document.title,
        organiser=document.organiser,
        number=number,
        name=application.name,
        unit=application.unit,
        total_label=f"总分（满分 {plain_text(document.scheme.full_marks)}）",
        forms=tuple(
            _form(closed, expert, sheet, number)
            for expert, sheet in seating.counted.items()
            if number in sheet.content.marks and number not in seating.stepped_back[expert]
        ),
        recused=tuple(
            f"专家{expert} {seating.expert(expert).name}"
            for expert in seating.counted
            if number in closed.recused(expert)
        ),
        printed_at=printed.moment(now),
    )


def _form(
    closed: ClosedRound, expert: ExpertNumber, sheet: CountedSheet, number: ApplicationNumber
) -> ApplicationForm:
    round_ = closed.seating.round
    scheme = effective_schemes(round_, sheet.assignment)[number]
    return ApplicationForm(
        expert_number=expert,
        expert_name=closed.seating.expert(expert).name,
        revision=revision(sheet),
        receipt=sheet.receipt,
        marks=tuple(_marks(closed, sheet, number)),
        total=published_total(sheet, scheme, number, round_.document.rules),
    )


def _marks(
    closed: ClosedRound, sheet: CountedSheet, number: ApplicationNumber
) -> Iterator[FormMark]:
    scheme = effective_schemes(closed.seating.round, sheet.assignment)[number]
    remarks = (sheet.comments or {}).get(number, {})
    for leaf in scheme.indicators():
        mark = sheet.content.marks[number].get(leaf.code)
        remark = remarks.get(leaf.code)
        said = (remark.reason, remark.comment) if remark else ()
        given = "按公式" if leaf.is_formula else "／"
        yield FormMark(
            leaf.code,
            leaf.title,
            plain_text(leaf.weight),
            given if mark is None else printed.mark(mark),
            "　".join(each for each in said if each),
        )
