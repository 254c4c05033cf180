"""From a verified sheet to the paper that the expert signs by hand."""

from collections.abc import Iterator
from datetime import datetime
from fractions import Fraction
from pathlib import Path

from reviewer_app.core.marks import ABSTAINED, NOT_APPLICABLE, Mark
from reviewer_app.core.numbers import plain_text, publish
from reviewer_app.core.recheck import low_marks
from reviewer_app.core.recusal import split_grounds
from reviewer_app.core.round import Application, ApplicationNumber
from reviewer_app.core.scheme import Indicator, Scheme
from reviewer_app.core.scoring import total_sheet
from reviewer_app.papers.pdf import write_pdf
from reviewer_app.papers.score_sheet import (
    ScoreSheetFacts,
    SheetApplication,
    SheetIndicator,
    SheetNote,
    score_sheet_paper,
)
from reviewer_app.sheets.codes import split
from reviewer_app.sheets.keys import fingerprint
from reviewer_app.sheets.round_document import VerifiedRound
from reviewer_app.sheets.score_sheet import Remark, VerifiedSheet, effective_schemes

_WORDS = {NOT_APPLICABLE: "不适用", ABSTAINED: "弃权"}
_STAGES = {1: "", 2: "第二轮", 3: "第三轮"}


def write_sheet_paper(
    path: Path, sheet: VerifiedSheet, round_: VerifiedRound, now: datetime
) -> None:
    """Write the printable score sheet with its codes; raises PaperError."""
    write_pdf(score_sheet_paper(score_sheet_facts(sheet, round_, now)), path)


def score_sheet_facts(
    sheet: VerifiedSheet, round_: VerifiedRound, now: datetime
) -> ScoreSheetFacts:
    """Return everything the paper says, taken from the signed bytes and from nothing else."""
    return _Facts(sheet, round_).collect(now)


class _Facts:
    """Looks at one sheet from the paper's side."""

    def __init__(self, sheet: VerifiedSheet, round_: VerifiedRound) -> None:
        self._sheet, self._round = sheet, round_
        self._schemes = effective_schemes(round_, sheet.assignment)
        documents = sheet.assignment.document.applications
        self._applications = [
            each.application
            for each in documents
            if each.application.number in sheet.content.marks
        ]
        self._low = {
            each.number: set(
                low_marks(
                    self._schemes[each.number],
                    sheet.content.marks[each.number],
                    round_.document.rules.recheck,
                )
            )
            for each in self._applications
        }

    def collect(self, now: datetime) -> ScoreSheetFacts:
        """Return the facts, printed at ``now`` by this machine's clock and zone."""
        sheet, document = self._sheet, self._round.document
        expert = sheet.assignment.document.expert
        scheme = document.scheme
        return ScoreSheetFacts(
            round_title=document.title,
            expert_number=expert.number,
            expert_name=expert.name,
            employer=expert.employer,
            revision=sheet.content.revision,
            applications=tuple(self._column(each) for each in self._applications),
            indicators=tuple(_rows(scheme)),
            marks=tuple(
                tuple(self._mark(each.number, leaf) for each in self._applications)
                for leaf in scheme.indicators()
            ),
            receipt=sheet.receipt,
            key_fingerprint=fingerprint(sheet.public_key),
            round_fingerprint=self._round.fingerprint,
            codes=tuple(split(sheet.sheet)),
            printed_at=f"{now.astimezone():%Y-%m-%d %H:%M}",
            notes=(_scale_note(scheme),),
            reasons=tuple(self._reasons()),
            abstentions=tuple(self._abstentions()),
            recusals=tuple(self._recusals()),
            comments=tuple(self._comments()),
            total_label=f"加权总分（满分 {plain_text(scheme.full_marks)}）",
            weight_sum=plain_text(scheme.full_marks),
            stage=_STAGES.get(sheet.content.stage, f"第{sheet.content.stage}轮"),
        )

    def _column(self, application: Application) -> SheetApplication:
        marks = self._sheet.content.marks[application.number]
        total = total_sheet(
            self._schemes[application.number],
            marks,
            facts=application.facts,
            category=application.category,
        ).total
        return SheetApplication(
            application.number, application.short_name, self._published(total)
        )

    def _published(self, total: Fraction | None) -> str:
        rounding = self._round.document.rules.rounding
        return "—" if total is None else publish(total, rounding.result_digits, rounding.mode)

    def _mark(self, number: ApplicationNumber, leaf: Indicator) -> str:
        codes = {each.code for each in self._schemes[number].indicators()}
        if leaf.code not in codes:
            return "不适用"
        mark = self._sheet.content.marks[number].get(leaf.code)
        if mark is None:
            return "按公式" if leaf.is_formula else "不评"
        return f"*{_text(mark)}" if leaf.code in self._low[number] else _text(mark)

    def _reasons(self) -> Iterator[SheetNote]:
        """Yield the reasons of low marks."""
        for number, code, remark in self._each_remark():
            if code in self._low[number] and remark.reason:
                yield SheetNote(number, code, remark.reason)

    def _comments(self) -> Iterator[SheetNote]:
        """Yield comments and citations, and reasons that stand nowhere else."""
        for number, code, remark in self._each_remark():
            mark = self._sheet.content.marks[number].get(code)
            said = code in self._low[number] or mark == ABSTAINED
            parts = ["" if said else remark.reason, remark.comment, "、".join(remark.citations)]
            text = "；".join(part for part in parts if part)
            if text:
                yield SheetNote(number, code, text)

    def _each_remark(self) -> Iterator[tuple[ApplicationNumber, str, Remark]]:
        for number, remarks in (self._sheet.comments or {}).items():
            for code, remark in remarks.items():
                yield number, code, remark

    def _abstentions(self) -> Iterator[SheetNote]:
        for number, marks in self._sheet.content.marks.items():
            for code, mark in marks.items():
                if mark == ABSTAINED:
                    remark = (self._sheet.comments or {}).get(number, {}).get(code)
                    yield SheetNote(number, code, (remark and remark.reason) or "未说明理由")

    def _recusals(self) -> Iterator[str]:
        for number, recusal in self._sheet.content.recusals.items():
            grounds = "，".join(ground.chinese for ground in split_grounds(recusal.ground))
            note = f"（{recusal.note.rstrip('。')}）" if recusal.note else ""
            yield f"{number}：{grounds}{note}"


def _rows(scheme: Scheme) -> Iterator[SheetIndicator]:
    for dimension in scheme.dimensions:
        leaves = list(dimension.indicators())
        for leaf in leaves:
            yield SheetIndicator(
                leaf.code, leaf.title, plain_text(leaf.weight), leaf is leaves[-1]
            )


def _text(mark: Mark) -> str:
    return _WORDS[mark] if mark.value is None else plain_text(mark.value)


def _scale_note(scheme: Scheme) -> str:
    scales = {(leaf.minimum, leaf.maximum) for leaf in scheme.indicators()}
    if len(scales) == 1:
        low, high = (plain_text(end) for end in scales.pop())
        scale = f"各指标按 {low}–{high} 分评定"
    else:
        scale = "各指标按各自的分值范围评定"
    return (
        f"{scale}，总分为各指标得分折算后的加权和；不适用和弃权的指标，"
        "其权重按比例分给同一维度的其余指标。"
    )
