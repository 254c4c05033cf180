"""The individual score sheet on paper, made from the signed sheet: desk and bureau alike."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from fractions import Fraction

from reviewer_app.core.marks import Mark, MarkState
from reviewer_app.core.mechanics import is_formula
from reviewer_app.core.numbers import plain_text, publish
from reviewer_app.core.recheck import low_marks
from reviewer_app.core.recusal import split_grounds
from reviewer_app.core.round import ApplicationNumber, Change
from reviewer_app.core.rules import ReviewRules
from reviewer_app.core.rules_words import weights_in_words
from reviewer_app.core.scheme import Indicator, Scheme
from reviewer_app.core.tally_scorer import Scorer
from reviewer_app.papers.model import Document
from reviewer_app.papers.score_sheet import (
    ScoreSheetFacts,
    SheetApplication,
    SheetIndicator,
    SheetNote,
    score_sheet_paper,
)
from reviewer_app.services import printed
from reviewer_app.services.seating import signer_of
from reviewer_app.sheets.bureau import VerifiedRound
from reviewer_app.sheets.codes import split
from reviewer_app.sheets.paper_entry import CountedSheet, EnteredSheet
from reviewer_app.sheets.score_sheet import VerifiedSheet, effective_schemes


def sheet_paper(sheet: CountedSheet, round_: VerifiedRound, now: datetime) -> Document:
    """Return the paper of a sheet, with the codes that carry the very bytes of a signed one."""
    return score_sheet_paper(sheet_facts(sheet, round_, now))


def sheet_facts(sheet: CountedSheet, round_: VerifiedRound, now: datetime) -> ScoreSheetFacts:
    """Return everything the paper says, read from the signed bytes and nothing else."""
    document, expert = round_.document, sheet.assignment.document.expert
    schemes = effective_schemes(round_, sheet.assignment)
    numbers = tuple(sheet.content.marks)
    columns = [_cells(sheet, schemes[number], number, round_) for number in numbers]
    totals = published_totals(sheet, schemes, document.rules)
    return ScoreSheetFacts(
        round_title=document.title,
        expert_number=expert.number,
        expert_name=expert.name,
        employer=expert.employer,
        revision=sheet.content.revision,
        applications=tuple(_column(sheet, number, totals[number]) for number in numbers),
        indicators=tuple(_rows(document.scheme)),
        marks=tuple(
            tuple(column[place] for column in columns)
            for place in range(len(document.scheme.indicators()))
        ),
        receipt=sheet.receipt,
        key_fingerprint=signer_of(sheet),
        round_fingerprint=round_.fingerprint,
        codes=() if isinstance(sheet, EnteredSheet) else tuple(split(sheet.sheet)),
        printed_at=printed.moment(now),
        notes=tuple(note for note in _notes(sheet, round_) if note),
        reasons=tuple(_reasons(sheet, document.scheme)),
        abstentions=tuple(_abstentions(sheet)),
        recusals=tuple(_recusals(sheet)),
        total_label=f"加权总分（满分 {plain_text(document.scheme.full_marks)}）",
        weight_sum=plain_text(document.scheme.full_marks),
        stage="" if sheet.content.stage == 1 else f"第{sheet.content.stage}轮",
    )


def _column(sheet: CountedSheet, number: ApplicationNumber, total: str) -> SheetApplication:
    application = sheet.assignment.document.application(number)
    return SheetApplication(number, application.short_name or application.name, total)


def published_totals(
    sheet: CountedSheet, schemes: Mapping[ApplicationNumber, Scheme], rules: ReviewRules
) -> dict[ApplicationNumber, str]:
    """Return the total of every application on a sheet as printed; a dash where there is none.

    ``schemes`` are those that hold for each application of this sheet.
    """
    known: dict[int, Scorer] = {}
    return {
        number: _published(
            _scorer(known, sheet, schemes[number], number).total(marks).total, rules
        )
        for number, marks in sheet.content.marks.items()
    }


def published_total(
    sheet: CountedSheet, scheme: Scheme, number: ApplicationNumber, rules: ReviewRules
) -> str:
    """Return the total of one application on a sheet as printed; a dash where there is none."""
    scorer = _scorer({}, sheet, scheme, number)
    return _published(scorer.total(sheet.content.marks[number]).total, rules)


def _scorer(
    known: dict[int, Scorer], sheet: CountedSheet, scheme: Scheme, number: ApplicationNumber
) -> Scorer:
    """Return what totals this application: one scorer for all under the same plain scheme."""
    found = known.get(id(scheme))
    if found is None:
        application = sheet.assignment.document.application(number)
        found = Scorer(scheme, application.facts, application.category)
        if found.plain:
            known[id(scheme)] = found
    return found


def _published(total: Fraction | None, rules: ReviewRules) -> str:
    rounding = rules.rounding
    return "—" if total is None else publish(total, rounding.result_digits, rounding.mode)


def _rows(scheme: Scheme) -> Iterator[SheetIndicator]:
    for dimension in scheme.dimensions:
        leaves = tuple(dimension.indicators())
        for leaf in leaves:
            title = f"{leaf.title}†" if leaf.inferred else leaf.title
            yield SheetIndicator(leaf.code, title, plain_text(leaf.weight), leaf is leaves[-1])


def _cells(
    sheet: CountedSheet, scheme: Scheme, number: ApplicationNumber, round_: VerifiedRound
) -> list[str]:
    """Return what stands in one application's column, from the first indicator down."""
    marks = sheet.content.marks[number]
    low = set(low_marks(scheme, marks, round_.document.rules.recheck))
    own = {leaf.code for leaf in scheme.indicators()}
    return [
        _cell(marks.get(leaf.code), leaf, asked=leaf.code in own, low=leaf.code in low)
        for leaf in round_.document.scheme.indicators()
    ]


def _cell(mark: Mark | None, leaf: Indicator, *, asked: bool, low: bool) -> str:
    if not asked:
        return "／"
    if mark is None:
        return "按公式" if is_formula(leaf.method) else "／"
    return f"{'*' if low else ''}{printed.mark(mark)}"


def _notes(sheet: CountedSheet, round_: VerifiedRound) -> Iterator[str]:
    document = round_.document
    leaves = document.scheme.indicators()
    if len({_scale(leaf) for leaf in leaves}) == 1:
        leaf = leaves[0]
        levels = "，".join(
            f"{each.name} {plain_text(each.low)}–{plain_text(each.high)}"
            for each in leaf.levels
        )
        yield (
            f"每项 {plain_text(leaf.minimum)}–{plain_text(leaf.maximum)} 分，"
            f"步长 {plain_text(leaf.step)}" + (f"；{levels}。" if levels else "。")
        )
    yield "“不适用”“弃权”的权重在本维度内按比例分摊。"
    weights = weights_in_words(document.scheme, document.weights_confirmed_by)
    if weights:
        yield f"{weights}。"
    if any(leaf.inferred for leaf in leaves):
        yield "† 指标名称为推断，非原文。"
    yield from _adjustments(sheet, document.scheme)
    if sheet.content.revision > 1:
        yield f"第 {sheet.content.revision} 版，更正理由：{sheet.content.reason}。"
    yield from _not_applicable(sheet)
    yield from _entered(sheet) if isinstance(sheet, EnteredSheet) else (_about_comments(sheet),)


def _adjustments(sheet: CountedSheet, scheme: Scheme) -> Iterator[str]:
    """Yield why an application's total does not follow from the weights that are printed."""
    for given in sheet.assignment.document.applications:
        number, changes = given.application.number, given.application.changes
        if scheme.variants and given.application.category:
            yield f"{number} 按“{given.application.category}”类别的权重计分。"
        for change in changes:
            what = "、".join(_changed(change))
            yield f"{number} 的 {change.indicator} 按责任书调整为{what}：{change.reason}。"
        if any(change.weight is not None or not change.applicable for change in changes):
            yield f"{number} 其余指标的权重相应调整，满分不变。"


def _changed(change: Change) -> Iterator[str]:
    if not change.applicable:
        yield "不适用"
    if change.weight is not None:
        yield f"权重 {plain_text(change.weight)}"
    if change.target:
        yield f"目标“{change.target}”"


def _scale(leaf: Indicator) -> tuple[object, ...]:
    levels = tuple((level.name, level.low, level.high) for level in leaf.levels)
    return leaf.minimum, leaf.maximum, leaf.step, levels


def _entered(sheet: EnteredSheet) -> Iterator[str]:
    """Yield where the marks of a typed-in form come from."""
    who = "、".join(each.by for each in sheet.provenance.typed)
    settled = len(sheet.provenance.resolved)
    differing = f"，录入不一致 {settled} 处，已逐处核定" if settled else "，两次录入一致"
    yield (
        f"纸质补录（{sheet.provenance.reason}）：由{who}分别录入{differing}；"
        f"以手签表扫描件 {sheet.provenance.scan_file} 为准。"
    )


def _about_comments(sheet: VerifiedSheet) -> str:
    """Say where the comments are: they travel in the file; the paper has room for reasons."""
    if sheet.comments is None:
        return "本表由纸面数据码读入，评语待补。"
    count = sum(
        bool(remark.comment) for each in sheet.comments.values() for remark in each.values()
    )
    return f"评语 {count} 条，随评分表文件提交。" if count else ""


def _not_applicable(sheet: CountedSheet) -> Iterator[str]:
    for number, marks in sheet.content.marks.items():
        for code, mark in marks.items():
            remark = (sheet.comments or {}).get(number, {}).get(code)
            if mark.state is MarkState.NOT_APPLICABLE and remark and remark.reason:
                yield f"{number} 的 {code} 不适用：{remark.reason.rstrip('。')}。"


def _reasons(sheet: CountedSheet, scheme: Scheme) -> Iterator[SheetNote]:
    """Yield the reasons in the order of the table, where a file has them by their codes."""
    for number, remarks in (sheet.comments or {}).items():
        for leaf in scheme.indicators():
            remark = remarks.get(leaf.code)
            mark = sheet.content.marks[number].get(leaf.code)
            if remark and remark.reason and mark is not None and mark.value is not None:
                yield SheetNote(number, leaf.code, remark.reason)


def _abstentions(sheet: CountedSheet) -> Iterator[SheetNote]:
    for number, marks in sheet.content.marks.items():
        for code, mark in marks.items():
            if mark.state is MarkState.ABSTAINED:
                remark = (sheet.comments or {}).get(number, {}).get(code)
                text = (remark.reason or remark.comment) if remark else ""
                yield SheetNote(number, code, text or "未说明理由")


def _recusals(sheet: CountedSheet) -> Iterator[str]:
    for number, recusal in sheet.content.recusals.items():
        grounds = "；".join(ground.chinese for ground in split_grounds(recusal.ground))
        note = f"（{recusal.note}）" if recusal.note else ""
        yield f"{number}（材料在评审包内，未评）：{grounds}{note}"
