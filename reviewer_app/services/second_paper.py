"""The papers of a second scoring as facts: feedback before, statement and comparison after."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from functools import partial
from pathlib import Path

from reviewer_app.core.atomic import make_folder
from reviewer_app.core.errors import RoundStateError
from reviewer_app.core.feedback import Middle, PanelFigures
from reviewer_app.core.messages import _
from reviewer_app.core.numbers import Rounding, publish
from reviewer_app.core.round import ExpertNumber, RoundId
from reviewer_app.core.rules_words import second_in_words
from reviewer_app.papers.closing import ClosingFacts, ClosingRow, closing_paper
from reviewer_app.papers.model import Document
from reviewer_app.papers.pdf import write_pdf
from reviewer_app.papers.second import (
    ComparedExpert,
    ComparedResult,
    ComparisonFacts,
    FeedbackFacts,
    FeedbackRow,
    comparison_paper,
    feedback_paper,
)
from reviewer_app.services import printed
from reviewer_app.services.closed_round import ClosedRound, load_closed
from reviewer_app.services.ports import OpenBureau
from reviewer_app.services.results import application_of
from reviewer_app.services.seating import Seating, load_seating, signer_of
from reviewer_app.services.second_figures import (
    as_opened,
    kept_first,
    panel_figures,
    second_data,
)
from reviewer_app.services.second_scoring import opened_figures, require_open
from reviewer_app.services.sheet_paper import sheet_paper
from reviewer_app.services.stages import ENDED, FIRST, SECOND, SecondState, second_rules
from reviewer_app.sheets.feedback import figures_text
from reviewer_app.sheets.keys import fingerprint
from reviewer_app.sheets.log import line_hash, read_line
from reviewer_app.sheets.paper_entry import CountedSheet

FEEDBACK_FILE = "匿名反馈表.pdf"
_TITLE = "复评封存单"
_STATEMENT = (
    "以上第二轮评分表已当场封存，未再打分的专家以第一轮评分表为准。封存前，本程序不显示第二轮"
    "分值；封存后收到的评分表须写明理由，另行标明，不改动本单。"
)
_DASH = "—"
_STAGES = {FIRST: "第一轮", SECOND: "第二轮"}


def write_feedback_paper(
    bureau: OpenBureau, round_id: RoundId, out: Path, now: datetime
) -> Path:
    """Write the anonymised figures for who scores on paper; raises RoundStateError."""
    with bureau() as unit:
        seating = load_seating(unit, round_id)
        second = require_open(seating)
        figures = opened_figures(unit, seating)
    path = make_folder(out) / FEEDBACK_FILE
    write_pdf(feedback_paper(_feedback_facts(seating, second, figures, now)), path)
    return path


def write_second_statement(
    bureau: OpenBureau, round_id: RoundId, path: Path, now: datetime
) -> None:
    """Write the statement that ends the second scoring; raises RoundStateError before."""
    make_folder(path.parent)
    write_pdf(_statement(load_closed(bureau, round_id), now), path)


def second_papers(
    closed: ClosedRound, now: datetime
) -> Iterator[tuple[str, Callable[[], Document]]]:
    """Yield name and maker of the papers that a second scoring adds to the dossier."""
    seating = closed.seating
    if seating.second is None:
        return
    yield "01-复评封存单", partial(_statement, closed, now)
    yield "02-第一轮评分匿名反馈表", partial(_feedback, closed, seating.second, now)
    yield "02-复评对照表", partial(_comparison, closed, now)
    for seat in seating.active:
        for stage in (FIRST, SECOND):
            found = seating.at_stage(seat.expert, stage)
            counted = seating.counted.get(seat.expert)
            if found and found.sheet is not counted and found.sheet.content.stage == stage:
                name = f"{seat.expert}-{seating.expert(seat.expert).name}"
                make = partial(sheet_paper, found.sheet, seating.round, now)
                yield f"04-个人评分表-{name}-{_STAGES[stage]}", make


def _statement(closed: ClosedRound, now: datetime) -> Document:
    return closing_paper(_statement_facts(closed, now))


def _comparison(closed: ClosedRound, now: datetime) -> Document:
    return comparison_paper(_comparison_facts(closed, now))


def feedback_text(closed: ClosedRound) -> bytes:
    """Return feedback.json of the archive; empty where there was no second scoring."""
    return figures_text(_figures(closed)) if closed.seating.second else b""


def _figures(closed: ClosedRound) -> tuple[PanelFigures, ...]:
    log = [read_line(line).entry for line in closed.lines]
    return panel_figures(as_opened(closed.seating, log))


def _feedback(closed: ClosedRound, second: SecondState, now: datetime) -> Document:
    facts = _feedback_facts(closed.seating, second, _figures(closed), now)
    return feedback_paper(facts)


def second_in_the_minutes(seating: Seating) -> Iterator[str]:
    """Yield what the minutes say of a second scoring that has ended."""
    second = seating.second
    if second is None or second.ended is None:
        return
    again = [e.number for e in _experts(seating) if e.second]
    kept = kept_first(seating)
    reason = f"（{second.reason.rstrip('。')}）" if second.reason else ""
    who = f"专家{'、'.join(again)}再次打分" if again else "没有专家再次打分"
    rest = f"，专家{'、'.join(kept)}未再打分，以第一轮评分表计" if kept else ""
    yield f"讨论后于{printed.minute(second.opened)}开始第二轮打分{reason}：{who}{rest}。"
    rules = second_in_words(second_rules(seating.round.document.rules))
    yield f"{rules}。两轮结果见复评对照表。"


def _feedback_facts(
    seating: Seating, second: SecondState, figures: tuple[PanelFigures, ...], now: datetime
) -> FeedbackFacts:
    document = seating.round.document
    titles = {leaf.code: leaf.title for leaf in document.scheme.indicators()}
    names = {e.application: application_of(seating, e.application).name for e in figures}
    return FeedbackFacts(
        round_title=document.title,
        organiser=document.organiser,
        opened_at=printed.moment(second.opened),
        round_fingerprint=seating.round.fingerprint,
        rules=f"{second_in_words(second_rules(document.rules))}。",
        totals=tuple(_row(e.application, names[e.application], e.total) for e in figures),
        applications=tuple(
            (
                f"{each.application}　{names[each.application]}",
                tuple(_row(code, titles.get(code, ""), m) for code, m in each.indicators),
            )
            for each in figures
        ),
        printed_at=printed.moment(now),
    )


def _row(code: str, title: str, middle: Middle) -> FeedbackRow:
    return FeedbackRow(
        code, title, str(middle.count), _figure(middle.median), _figure(middle.width)
    )


def _figure(value: Fraction | None) -> str:
    return _DASH if value is None else publish(value, 2, Rounding.HALF_UP)


def _statement_facts(closed: ClosedRound, now: datetime) -> ClosingFacts:
    seating = closed.seating
    second, document = seating.second, seating.round.document
    if second is None or second.ended is None:
        raise RoundStateError(_("The second scoring has not ended yet"))
    in_time = tuple(e for e in seating.records if e.stage == FIRST or not e.late_reason)
    seating = replace(seating, records=in_time)
    rows = tuple(_statement_row(seating, e.expert) for e in seating.active)
    return ClosingFacts(
        round_title=document.title,
        organiser=document.organiser,
        closed_at=printed.moment(second.ended),
        expected=len(rows),
        received=sum(each.state == "已收" for each in rows),
        rows=rows,
        log_head=_head_at_end(closed.lines),
        round_fingerprint=seating.round.fingerprint,
        bureau_fingerprint=fingerprint(document.bureau_key),
        printed_at=printed.moment(now),
        signers=closed.signers("监督员", "主持人", "秘书"),
        reasons=(second.ended_reason,) if second.ended_reason else (),
        title=_TITLE,
        statement=_STATEMENT,
        reasons_title="结束复评的说明",
        counted="第二轮评分表",
    )


def _statement_row(seating: Seating, expert: ExpertNumber) -> ClosingRow:
    found = seating.at_stage(expert, SECOND)
    sheet = found.sheet if found else None
    again = sheet is not None and sheet.content.stage == SECOND
    state = "已收" if again else "未再打分" if sheet else "未收"
    return ClosingRow(
        number=expert,
        name=seating.expert(expert).name,
        state=state,
        revision=str(sheet.content.revision) if sheet and again else "",
        receipt=sheet.receipt if sheet else "",
        key_fingerprint=signer_of(sheet) if sheet else "",
        note="" if again or sheet is None else "第一轮",
    )


def _head_at_end(lines: Iterable[bytes]) -> str:
    return next(line_hash(each) for each in lines if read_line(each).entry.event == ENDED)


def _comparison_facts(closed: ClosedRound, now: datetime) -> ComparisonFacts:
    seating, document = closed.seating, closed.seating.round.document
    second = seating.second
    if second is None or second.ended is None:
        raise RoundStateError(_("The second scoring has not ended yet"))
    first, again = second_data(seating)["second"]["scorings"]
    pairs = zip(first["applications"], again["applications"], strict=True)
    return ComparisonFacts(
        round_title=document.title,
        organiser=document.organiser,
        held=f"{printed.moment(second.opened)} 至 {printed.moment(second.ended)}",
        reason=second.reason,
        rules=f"{second_in_words(second_rules(document.rules))}。",
        round_fingerprint=seating.round.fingerprint,
        results=tuple(_compared(closed, before, after) for before, after in pairs),
        experts=tuple(_experts(seating)),
        printed_at=printed.moment(now),
        signers=closed.signers("组长", "监督员", "复核"),
    )


def _compared(
    closed: ClosedRound, before: dict[str, str | None], after: dict[str, str | None]
) -> ComparedResult:
    number = str(before["application"])
    shown = before["published"], after["published"]
    change = _DASH
    if shown[0] is not None and shown[1] is not None:
        rounding = closed.results.tally.rules.rounding
        gap = Fraction(shown[1]) - Fraction(shown[0])
        text = publish(abs(gap), rounding.result_digits, rounding.mode)
        change = f"{'−' if gap < 0 else '+' if gap else ''}{text}"
    return ComparedResult(
        number,
        application_of(closed.seating, number).name,
        shown[0] or _DASH,
        shown[1] or _DASH,
        change,
    )


def _experts(seating: Seating) -> Iterator[ComparedExpert]:
    for seat in seating.active:
        first, last = (
            seating.at_stage(seat.expert, FIRST),
            seating.at_stage(seat.expert, SECOND),
        )
        again = last.sheet if last and last.sheet.content.stage == SECOND else None
        yield ComparedExpert(
            seat.expert,
            seating.expert(seat.expert).name,
            first.sheet.receipt if first else "",
            again.receipt if again else "",
            f"{_changes(first.sheet, again)} 项" if first and again else _DASH,
        )


def _changes(first: CountedSheet, again: CountedSheet) -> int:
    before = first.content.marks
    return sum(
        mark != before.get(number, {}).get(code)
        for number, marks in again.content.marks.items()
        for code, mark in marks.items()
    )
