"""The minutes (评审会议纪要) and the public notice as facts for paper."""

import hashlib
from collections.abc import Iterator

from resources import archive_resource
from reviewer_app.core.panel_checks import check_panel
from reviewer_app.core.people import RoundPeople
from reviewer_app.core.round import ExpertNumber
from reviewer_app.core.tally_results import ApplicationResult
from reviewer_app.papers.minutes_facts import (
    Attendance,
    MinutesFacts,
    MinutesProof,
    MinutesReceipt,
    MinutesResult,
)
from reviewer_app.papers.notice import NoticeFacts, NoticeRow
from reviewer_app.services import printed
from reviewer_app.services.closed_round import ClosedRound
from reviewer_app.services.correction_paper import in_the_minutes, revision
from reviewer_app.services.removing import void_before
from reviewer_app.services.result_papers import (
    SUBJECTS,
    footnotes,
    recommended_count,
    reservations,
    result_label,
    row_notes,
    vote_text,
)
from reviewer_app.services.results import application_of
from reviewer_app.services.seating import Seating, signer_of
from reviewer_app.services.second_paper import second_in_the_minutes
from reviewer_app.sheets.keys import fingerprint
from reviewer_app.sheets.log import read_line

_SET_ASIDE = {
    "kind-fits": "评审环节与指标体系的适用环节不一致",
    "materials": "有评审对象没有材料",
    "panel-minimum": "专家组人数少于规则要求",
    "panel-odd": "专家组人数不是单数",
    "bureau-share": "主管部门人员所占比例超过规则",
    "same-employer": "同一单位的专家超过规则人数",
    "enough-experts": "有评审对象的评分专家少于规则人数",
    "look-alike-names": "有姓名或者名称相近",
    "hidden-characters": "有名称含不可见字符",
}
"""The panel checks that a reason may set aside, as the minutes name them."""
_GATE = "gate-"


def minutes_facts(closed: ClosedRound) -> MinutesFacts:
    """Return everything the minutes say; they recommend, the organiser decides."""
    results, seating = closed.results, closed.seating
    document = seating.round.document
    return MinutesFacts(
        title=document.title,
        serial=closed.people.serial,
        organiser=document.organiser,
        date=printed.day(document.date),
        hours=closed.people.hours,
        place=document.place,
        kind=document.kind.value,
        subject=SUBJECTS[document.kind],
        attendance=_attendance(closed),
        results=tuple(_result(closed, each) for each in results.tally.ranked()),
        receipts=tuple(_receipts(seating)),
        proof=_proof(closed),
        closing=f"评分于{printed.minute(closed.statement.at)}封存，见封存单。",
        rules=tuple(f"{sentence.rstrip('。')}。" for sentence in results.rule_sentences),
        recusals=tuple(_recusals(closed)),
        overrides=(*_void(closed), *_overrides(closed)),
        result_notes=tuple(footnotes(results)),
        corrections=tuple(in_the_minutes(closed, pair) for pair in closed.superseded),
        dissents=(*reservations(results), *_written_dissents(closed)),
        late=tuple(_late(seating)),
        second=tuple(second_in_the_minutes(seating)),
        interference=_interference(closed.people),
        next_steps=tuple(line for line in closed.people.next_step.splitlines() if line.strip()),
        recommended=recommended_count(results),
        result_label=result_label(results),
    )


def notice_facts(closed: ClosedRound) -> NoticeFacts:
    """Return what the public may read: who is recommended, and nothing of experts or marks."""
    document = closed.seating.round.document
    ranked = closed.results.tally.ranked()
    chosen = [each for each in ranked if each.recommended] or [
        each for each in ranked if each.vote is not None and each.vote.passed
    ]
    return NoticeFacts(
        round_title=document.title,
        organiser=document.organiser,
        kind=document.kind.value,
        date=printed.day(document.date),
        reviewed=len(ranked),
        rows=tuple(_notice_row(closed, each) for each in chosen or ranked),
        selected=bool(chosen),
    )


def _notice_row(closed: ClosedRound, result: ApplicationResult) -> NoticeRow:
    application = application_of(closed.seating, result.number)
    rank = "—" if result.rank is None else str(result.rank)
    return NoticeRow(rank, application.name, application.unit, result.band or "")


def _attendance(closed: ClosedRound) -> Attendance:
    seating, people = closed.seating, closed.people
    return Attendance(
        host=people.host or seating.round.document.organiser,
        leader=closed.leader,
        supervisor=people.supervisor,
        secretary=people.secretary,
        experts=tuple(printed.person(seating.expert(each)) for each in seating.counted),
        observers=people.observers,
        excused=tuple(_excused(closed)),
        leader_election=_election(closed),
    )


def _election(closed: ClosedRound) -> str:
    election = closed.people.election
    if election is None or not closed.leader:
        return ""
    votes = "、".join(
        f"{closed.seating.expert(ExpertNumber(expert)).name}{count}票"
        for expert, count in election.votes
    )
    counted = f"，其中{votes}" if votes else ""
    return f"组长由{election.how}产生{counted}。"


def _excused(closed: ClosedRound) -> Iterator[str]:
    seating = closed.seating
    for seat in seating.seats:
        if seat.expert not in seating.counted:
            reason = seat.withdrawn or closed.results.closing.reason
            name = printed.person(seating.expert(seat.expert))
            yield f"{name}（{reason}）" if reason else name


def _result(closed: ClosedRound, result: ApplicationResult) -> MinutesResult:
    application = application_of(closed.seating, result.number)
    kind = closed.seating.round.document.kind.value
    passed: tuple[str, ...] = ()
    if result.vote is not None:
        passed = (f"建议通过{kind}" if result.vote.passed else f"不建议通过{kind}",)
    return MinutesResult(
        rank="—" if result.rank is None else str(result.rank),
        number=result.number,
        name=application.name,
        unit=application.unit,
        result=result.published or "—",
        vote=vote_text(result.vote),
        conclusion="；".join((*passed, *row_notes(result))),
    )


def _receipts(seating: Seating) -> Iterator[MinutesReceipt]:
    for expert, sheet in seating.counted.items():
        yield MinutesReceipt(
            expert=expert,
            name=seating.expert(expert).name,
            revision=revision(sheet),
            receipt=sheet.receipt,
            key_fingerprint=signer_of(sheet) or "纸质补录",
        )


def _proof(closed: ClosedRound) -> MinutesProof:
    verify = archive_resource("verify.py").read_bytes()
    return MinutesProof(
        results_digest=closed.results.digest,
        verify_digest=hashlib.sha256(verify).hexdigest(),
        bureau_fingerprint=fingerprint(closed.seating.round.document.bureau_key),
        round_fingerprint=closed.seating.round.fingerprint,
        log_head=closed.results.closing.log_head,
    )


def _recusals(closed: ClosedRound) -> Iterator[str]:
    """Yield who stepped back from what, the grounds left to the statement that is filed."""
    seating = closed.seating
    for expert, declared in seating.stepped_back.items():
        for number in sorted(closed.recused(expert)):
            scored = len(closed.results.tally.of(number).sheets)
            before = "（发放前已知）" if number not in declared else ""
            yield (
                f"专家{expert}对{number}号对象回避{before}，该对象由{scored}人评分，"
                "事由见回避声明。"
            )
    every = len(seating.round.document.applications)
    divided = [
        f"专家{expert}评审{len(seating.assigned(expert))}个"
        for expert in seating.counted
        if len({*seating.assigned(expert), *closed.recused(expert)}) < every
    ]
    if divided:
        yield f"按分工，{'、'.join(divided)}。"


def _overrides(closed: ClosedRound) -> Iterator[str]:
    """Yield every panel check that was set aside before issue, with its written reason."""
    for check in check_panel(closed.plan):
        if not check.ok and check.reason:
            yield f"{_set_aside(check.id)}。理由：{check.reason.rstrip('。')}。"


def _set_aside(check: str) -> str:
    if check.startswith(_GATE):
        number, _dash, code = check.removeprefix(_GATE).partition("-")
        return f"{number}号对象不满足申报条件{code}，按例外处理"
    return _SET_ASIDE[check]


def _written_dissents(closed: ClosedRound) -> Iterator[str]:
    for opinion in sorted(closed.opinions, key=lambda each: each.application):
        if opinion.dissent.strip():
            text = "".join(opinion.dissent.split("\n")).rstrip("。")
            yield f"对{opinion.application}号对象的意见：{text}。"


def _void(closed: ClosedRound) -> Iterator[str]:
    """Yield which issue was made void, and why: what came in there counts nowhere."""
    for each in void_before(read_line(line).entry for line in closed.lines):
        reason = each.reason.rstrip("。")
        if each.before:
            came = f"，作废前已收到{each.received}张评分表" if each.received else ""
            yield f"本场为作废后重新发放，代替评审会{each.before}{came}。理由：{reason}。"
        else:
            yield f"本场的发放曾作废，后又恢复。作废的理由：{reason}。"


def _late(seating: Seating) -> Iterator[str]:
    for record in seating.records:
        if record.late_reason:
            who = f"专家{record.expert} 第{record.revision}版"
            reason = record.late_reason.rstrip("。")
            yield f"{who}，{printed.moment(record.received)} 收到：{reason}。"


def _interference(people: RoundPeople) -> tuple[str, ...]:
    if people.interference is None:
        return ()
    count = len(people.interference)
    return (f"登记{count}起，见登记表。" if count else "经登记，没有请托、干扰情况。",)
