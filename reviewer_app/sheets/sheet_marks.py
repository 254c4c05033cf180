"""Marks read from a sheet's codes: all at once where they are sound, one by one to refuse one.

Both ways accept the same sheets. The whole table tells that something is wrong, never what: the
sentence comes from the other way, at the first wrong mark in the order of the sheet.
"""

from array import array
from collections.abc import Sequence
from itertools import chain
from typing import NoReturn, cast

from reviewer_app.core.errors import MarkError, Refusal
from reviewer_app.core.mark_table import MarkTable
from reviewer_app.core.marks import Mark
from reviewer_app.core.messages import _
from reviewer_app.core.numbers import plain_text
from reviewer_app.core.round import ApplicationNumber
from reviewer_app.sheets.sheet_content import SheetMarks
from reviewer_app.sheets.sheet_form import CODE_MISSING, CODE_NOT_ASKED, Question, SheetForm


def decode_table(
    form: SheetForm, numbers: Sequence[ApplicationNumber], rows: Sequence[object]
) -> SheetMarks | None:
    """Return the marks of applications asked alike; None where one by one is called for.

    ``rows`` are those of ``numbers``, an array of codes each if the sheet is sound.
    """
    columns = form.alike.columns if form.alike is not None else ()
    if not columns or set(map(type, rows)) != {list}:
        return None
    table = cast("Sequence[list[int]]", rows)
    if set(map(len, table)) != {len(columns)}:
        return None
    try:
        for column, codes in zip(columns, zip(*table, strict=True), strict=True):
            for code in set(codes):
                column.marks[code]
        flat = array("q", list(chain.from_iterable(table)))
    except (KeyError, TypeError, OverflowError):  # one of them is refused, or read, one by one
        return None
    return cast("SheetMarks", MarkTable(numbers, columns, flat))


def decode_marks(
    form: SheetForm, number: ApplicationNumber, codes: Sequence[object]
) -> dict[str, Mark]:
    """Return one application's marks by indicator; SheetRefusedError names the wrong one."""
    questions = form.questions[number]
    if len(codes) != len(questions):
        form.refuse(
            Refusal.INCOMPLETE,
            _(
                "application {number} has {found} marks, its scheme {expected} indicators"
            ).format(number=number, found=len(codes), expected=len(questions)),
        )
    if set(map(type, codes)) - {int}:
        form.refuse(Refusal.MALFORMED, _("a mark is not an integer"))
    marks = _whole_row(form, number, cast("Sequence[int]", codes))
    if marks is None:
        marks = _one_by_one(form, number, cast("Sequence[int]", codes))
    try:
        form.check_choices(number, marks)
    except MarkError as error:
        form.refuse(
            Refusal.OUT_OF_RANGE,
            _("application {number}: {why}").format(number=number, why=error),
        )
    return marks


def _whole_row(
    form: SheetForm, number: ApplicationNumber, codes: Sequence[int]
) -> dict[str, Mark] | None:
    """Return the marks of a row that is asked whole, None where one by one is called for."""
    columns = form.questions[number].columns
    try:
        marks = {each.name: each.marks[code] for each, code in zip(columns, codes, strict=True)}
    except (KeyError, ValueError):  # not all is asked, or one is refused below, by name
        return None
    return marks


def _one_by_one(
    form: SheetForm, number: ApplicationNumber, codes: Sequence[int]
) -> dict[str, Mark]:
    marks = {}
    for question, code in zip(form.questions[number], codes, strict=True):
        _indicator, scale, name = question
        try:
            if scale is not None:
                marks[name] = scale[code]
                continue
        except KeyError:
            _refuse_code(form, number, question, code)
        if code != CODE_NOT_ASKED:
            _refuse_code(form, number, question, code)
    return marks


def _refuse_code(
    form: SheetForm, number: ApplicationNumber, question: Question, code: int
) -> NoReturn:
    place = _("application {number}, indicator {code}: {why}")
    if question.scale is None:
        refusal, why = Refusal.OUT_OF_RANGE, _("a mark where this expert gives none")
    elif code in (CODE_MISSING, CODE_NOT_ASKED):
        refusal, why = Refusal.INCOMPLETE, _("the mark is missing")
    elif code < 0:
        refusal, why = Refusal.MALFORMED, _("there is no mark code {mark}").format(mark=code)
    elif (value := question.scale.refused(code)) is not None:
        refusal = Refusal.OUT_OF_RANGE
        why = _("{value} is in none of the levels open to this application").format(
            value=plain_text(value)
        )
    else:
        refusal = Refusal.OUT_OF_RANGE
        why = _("the mark lies above the maximum of {maximum}").format(
            maximum=question.indicator.maximum
        )
    form.refuse(refusal, place.format(number=number, code=question.code, why=why))
