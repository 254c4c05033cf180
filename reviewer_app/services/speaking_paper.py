"""The order of speaking as facts for paper: any time after the draw, closed or not."""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from pathlib import Path

from reviewer_app.core.atomic import make_folder
from reviewer_app.core.errors import RoundStateError
from reviewer_app.core.messages import _
from reviewer_app.core.round import RoundId, RoundPlan
from reviewer_app.papers.model import Document
from reviewer_app.papers.pdf import write_pdf
from reviewer_app.papers.speaking import Speaker, SpeakingFacts, speaking_paper
from reviewer_app.services import printed
from reviewer_app.services.ports import OpenBureau
from reviewer_app.services.rounds import plan_of
from reviewer_app.services.speaking import Draw, draws, is_stale

_LOT_DIGITS = 8
BY_PROGRAM = "程序随机产生"


def write_order(bureau: OpenBureau, round_id: RoundId, path: Path, now: datetime) -> None:
    """Write the order of speaking as PDF.

    Raises RoundStateError before the draw, and where the applications changed since.
    """
    with bureau() as unit:
        plan, found = plan_of(unit.round(round_id)), draws(unit, round_id)
    if not found:
        raise RoundStateError(_("The order of speaking has not been drawn yet"))
    if is_stale(found[-1], plan):
        raise RoundStateError(
            _("The applications changed since the order was drawn; draw it again")
        )
    make_folder(path.parent)
    write_pdf(order_document(plan, round_id, found, now), path)


def order_document(
    plan: RoundPlan, round_id: str, found: Sequence[Draw], now: datetime
) -> Document:
    """Return the order of the last draw; earlier ones are named with their seeds."""
    return speaking_paper(_facts(plan, round_id, found, now))


def _facts(
    plan: RoundPlan, round_id: str, found: Sequence[Draw], now: datetime
) -> SpeakingFacts:
    last, people = found[-1], plan.people
    applications = {str(each.number): each for each in plan.applications}
    pairs = zip(last.order, last.lots(round_id), strict=True)
    return SpeakingFacts(
        round_title=plan.title,
        organiser=plan.organiser,
        round_id=round_id,
        when=printed.moment(last.at),
        seed=last.seed,
        origin=f"由{last.by}现场给出" if last.by else BY_PROGRAM,
        speakers=tuple(
            Speaker(
                place,
                number,
                applications[number].name,
                applications[number].unit,
                lot[:_LOT_DIGITS],
            )
            for place, (number, lot) in enumerate(pairs, 1)
            if number in applications
        ),
        earlier=tuple(_earlier(old, new) for old, new in pairwise(found)),
        printed_at=printed.moment(now),
        signers=(("监督员：", people.supervisor), ("秘书：", people.secretary)),
    )


def _earlier(old: Draw, new: Draw) -> str:
    """Say what a draw came to that a later one replaced, and why it was drawn again."""
    return (
        f"第{old.number}次（{printed.moment(old.at)}，种子 {old.seed}）："
        f"{'、'.join(old.order)}。重抽理由：{new.reason.rstrip('。')}。"
    )
