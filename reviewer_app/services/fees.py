"""The fee sheet (专家咨询费发放表) from the plan: who came, and the rate where one is given."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from pathlib import Path

from reviewer_app.core.atomic import make_folder, write_file
from reviewer_app.core.round import Expert, RoundId, RoundPlan
from reviewer_app.papers.docx import docx_bytes
from reviewer_app.papers.fees import FeeFacts, FeeRow, fees_paper, fees_workbook
from reviewer_app.papers.pdf import archival_bytes
from reviewer_app.services import printed
from reviewer_app.services.ports import OpenBureau
from reviewer_app.services.rounds import plan_of

NAME = "06-专家咨询费发放表"


@dataclass(frozen=True, slots=True)
class Fee:
    """What everybody gets a day before tax, and for how many days; None: filled in by hand."""

    rate: Fraction | None = None
    days: Fraction | None = None


BLANK = Fee()


def fee_facts(
    plan: RoundPlan, experts: Sequence[Expert], now: datetime, fee: Fee = BLANK
) -> FeeFacts:
    """Return everything the fee sheet says; no account, no identity number."""
    people = plan.people
    return FeeFacts(
        round_title=plan.title,
        organiser=plan.organiser,
        when=printed.day(plan.date) + people.hours,
        rows=tuple(
            FeeRow(each.name, each.employer, each.title, fee.days, fee.rate) for each in experts
        ),
        printed_at=printed.moment(now),
        signers=(("经办：", people.secretary), ("审核：", ""), ("负责人：", "")),
    )


def write_fees(
    bureau: OpenBureau, round_id: RoundId, out: Path, now: datetime, fee: Fee
) -> list[Path]:
    """Write the fee sheet as PDF, DOCX and XLSX into ``out``; nothing of it is stored."""
    with bureau() as unit:
        plan = plan_of(unit.round(round_id))
    facts = fee_facts(plan, plan.experts, now, fee)
    files = {
        ".pdf": archival_bytes(fees_paper(facts)),
        ".docx": docx_bytes(fees_paper(facts)),
        ".xlsx": fees_workbook(facts),
    }
    make_folder(out)
    paths = []
    for ending, data in files.items():
        path = out / f"{NAME}{ending}"
        write_file(path, data)
        paths.append(path)
    return paths
