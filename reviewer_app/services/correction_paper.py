"""Correction slips (更正单) as facts: every superseded sheet beside the one in its place."""

from collections.abc import Iterator
from datetime import datetime

from reviewer_app.core.marks import Mark
from reviewer_app.core.round import ApplicationNumber
from reviewer_app.papers.correction import ChangedMark, ChangedTotal, CorrectionFacts
from reviewer_app.services import printed
from reviewer_app.services.closed_round import ClosedRound, Superseded
from reviewer_app.services.corrections import changes_between
from reviewer_app.services.results import application_of
from reviewer_app.services.sheet_paper import published_totals
from reviewer_app.sheets.paper_entry import CountedSheet, EnteredSheet
from reviewer_app.sheets.score_sheet import effective_schemes

_SPELLED = 3
"""Changed marks that the minutes name one by one; more are only counted."""


def correction_facts(closed: ClosedRound, pair: Superseded, now: datetime) -> CorrectionFacts:
    """Return everything the slip on one superseded sheet says."""
    seating, document = closed.seating, closed.seating.round.document
    old, new = pair.old.sheet, pair.new.sheet
    expert = seating.expert(pair.expert)
    return CorrectionFacts(
        number=pair.number,
        round_title=document.title,
        organiser=document.organiser,
        expert_number=pair.expert,
        expert_name=expert.name,
        old_revision=revision(old),
        new_revision=revision(new),
        old_receipt=old.receipt,
        new_receipt=new.receipt,
        received_at=printed.moment(pair.new.record.received),
        reason=new.content.reason or pair.new.record.late_reason,
        marks=tuple(_marks(closed, pair)),
        totals=tuple(_totals(closed, pair)),
        round_fingerprint=seating.round.fingerprint,
        printed_at=printed.moment(now),
        signers=(("专家：", expert.name), *closed.signers("秘书", "监督员")),
        others=tuple(_others(closed, pair)),
    )


def in_the_minutes(closed: ClosedRound, pair: Superseded) -> str:
    """Return the sentence of the minutes on one correction."""
    changes = list(_marks(closed, pair))
    if not changes:
        what = "未改动分值"
    elif len(changes) <= _SPELLED:
        what = "；".join(
            f"{each.application}号对象{each.indicator}由{each.old}更正为{each.new}"
            for each in changes
        )
    else:
        what = f"更正分值{len(changes)}处"
    reason = pair.new.sheet.content.reason.rstrip("。")
    because = f"，理由：{reason}" if reason else ""
    return (
        f"专家{pair.expert}提交{revision(pair.new.sheet)}评分表（回执码 "
        f"{pair.new.sheet.receipt}）：{what}{because}，见更正单{pair.number}。"
    )


def revision(sheet: CountedSheet) -> str:
    """Return ``第2版``, with the stage where it is not the first scoring."""
    stage = f"第{sheet.content.stage}轮" if sheet.content.stage > 1 else ""
    return f"{stage}第{sheet.content.revision}版"


def _marks(closed: ClosedRound, pair: Superseded) -> Iterator[ChangedMark]:
    sheets = pair.old.sheet, pair.new.sheet
    for change in changes_between(*(sheet.content.marks for sheet in sheets)):
        old, new = (
            _mark(mark, sheet, change.application)
            for mark, sheet in zip((change.old, change.new), sheets, strict=True)
        )
        about = closed.titled(change.indicator)
        yield ChangedMark(change.application, about, old, new)


def _mark(mark: Mark | None, sheet: CountedSheet, application: ApplicationNumber) -> str:
    if mark is not None:
        return printed.mark(mark)
    return "回避" if application in sheet.content.recusals else "—"


def _totals(closed: ClosedRound, pair: Superseded) -> Iterator[ChangedTotal]:
    document = closed.seating.round.document
    old, new = pair.old.sheet, pair.new.sheet
    schemes = effective_schemes(closed.seating.round, new.assignment)
    totals = [published_totals(sheet, schemes, document.rules) for sheet in (old, new)]
    for number in new.assignment.document.applications:
        key = number.application.number
        before, after = (given.get(key, "回避") for given in totals)
        if before != after:
            name = application_of(closed.seating, key).name
            yield ChangedTotal(key, name, before, after)


def _others(closed: ClosedRound, pair: Superseded) -> Iterator[str]:
    old, new = pair.old.sheet, pair.new.sheet
    for wish in closed.wishes:
        if wish.sheet == old.digest.hex():
            yield (
                f"秘书提请核对（第{wish.number}号）：{wish.wish.application}号对象指标"
                f"{wish.wish.indicator}，事由：{wish.wish.ground.rstrip('。')}。"
            )
    if old.content.votes != new.content.votes:
        yield "新评分表改动了随表的表决票。"
    if isinstance(new, EnteredSheet):
        yield "新评分表由手签纸表补录。"
    elif old.public_key != new.public_key:
        yield "新评分表由专家的另一把密钥签署，更换密钥的理由见日志。"
    if pair.new.record.late_reason:
        yield f"新评分表在封存后收到：{pair.new.record.late_reason.rstrip('。')}。"
