"""Papers out of the results page: one application whole, the slip for an expert apart."""

from datetime import datetime
from pathlib import Path

from reviewer_app.core.atomic import make_folder
from reviewer_app.core.recheck import Flag
from reviewer_app.core.round import ApplicationNumber, RoundId, RoundPlan
from reviewer_app.papers.application_form import application_form_paper
from reviewer_app.papers.explanation import explanation_paper
from reviewer_app.papers.pdf import write_pdf
from reviewer_app.services.application_forms import application_form_facts
from reviewer_app.services.closed_round import load_closed
from reviewer_app.services.explanation_paper import DEVIATIONS, explanation_facts
from reviewer_app.services.results import Results
from ui.secretary.outline import OpenUnit


def write_application(
    open_bureau: OpenUnit, round_id: RoundId, number: str, path: Path, now: datetime
) -> Path:
    """Write every expert's marks and words on one application as PDF; return its path."""
    facts = application_form_facts(
        load_closed(open_bureau, round_id), ApplicationNumber(number), now
    )
    write_pdf(application_form_paper(facts), path)
    return path


def write_explanation(
    results: Results, flag: Flag, plan: RoundPlan, folder: Path, now: datetime
) -> Path:
    """Write the slip that asks an expert to explain a deviation, as PDF; return its path."""
    make_folder(folder)
    path = folder / f"打分说明单-专家{flag.expert}-对象{flag.application}.pdf"
    write_pdf(explanation_paper(explanation_facts(results, flag, plan.people, now)), path)
    return path


def apart(flags: tuple[Flag, ...], number: str) -> dict[str, Flag]:
    """Return the deviation of every expert who stands apart on an application."""
    mine = (flag for flag in flags if flag.application == number and flag.kind in DEVIATIONS)
    return {flag.expert: flag for flag in mine}
