"""What a sheet must answer: for each application its indicators, and how a mark is written.

A mark travels as one integer: steps above the indicator's minimum, or a negative code for the
reason why there is no number (docs/formats.md, section 7).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from operator import getitem
from typing import NamedTuple, NoReturn, TypeAlias, cast

from reviewer_app.core.adjust import for_application
from reviewer_app.core.claims import claims_of, is_guided, open_levels
from reviewer_app.core.errors import MarkError, Refusal, SheetRefusedError
from reviewer_app.core.marks import ABSTAINED, MISSING, NOT_APPLICABLE, Mark, scored
from reviewer_app.core.mechanics import Chosen, is_formula
from reviewer_app.core.messages import _
from reviewer_app.core.numbers import plain_text
from reviewer_app.core.round import ApplicationNumber, Change, Fact
from reviewer_app.core.scheme import Dimension, Indicator, Level, Scheme
from reviewer_app.core.scoring import check_choice, check_level, check_mark, choices_of_one
from reviewer_app.core.tally_panel import asked_of
from reviewer_app.sheets.assignment_document import VerifiedAssignment
from reviewer_app.sheets.round_document import VerifiedRound

Levels: TypeAlias = tuple[tuple[str, tuple[Level, ...]], ...]
"""By indicator, the levels that are open where not all of a scale is."""

CODE_MISSING, CODE_NOT_APPLICABLE, CODE_ABSTAINED, CODE_NOT_ASKED = -1, -2, -3, -4
_CODES = {NOT_APPLICABLE: CODE_NOT_APPLICABLE, ABSTAINED: CODE_ABSTAINED}


class _Scale(dict[int, Mark]):
    """The marks of one scale by their codes, filled as they are met; KeyError for any other.

    Where ``levels`` are given a mark must lie in one of them.
    """

    def __init__(
        self,
        minimum: Fraction,
        maximum: Fraction,
        step: Fraction,
        levels: tuple[Level, ...] = (),
    ) -> None:
        super().__init__({code: mark for mark, code in _CODES.items()})
        self._minimum, self._step = minimum, step
        self._last = (maximum - minimum) // step
        self.levels = levels

    def __missing__(self, code: int) -> Mark:
        if not 0 <= code <= self._last:
            raise KeyError(code)
        value = self._minimum + code * self._step
        if self.levels and not any(each.low <= value <= each.high for each in self.levels):
            raise KeyError(code)
        self[code] = mark = scored(value)
        return mark

    def refused(self, code: int) -> Fraction | None:
        """Return the mark of a code on the scale, None for one beyond it."""
        return self._minimum + code * self._step if code <= self._last else None


_ScaleKey = tuple[Fraction, Fraction, Fraction, tuple[Level, ...]]


class Question(NamedTuple):
    """One indicator of one application; ``scale`` is None where this expert gives no mark."""

    indicator: Indicator
    scale: _Scale | None
    code: str


class _Row(NamedTuple):
    """The questions of one application where all are asked: their marks are read at once."""

    names: tuple[str, ...]
    scales: tuple[_Scale, ...]


@dataclass(frozen=True, slots=True)
class SheetForm:
    """The questions of every assigned application, in the order of the assignment."""

    expert: str
    questions: Mapping[ApplicationNumber, tuple[Question, ...]]
    choices: Mapping[ApplicationNumber, tuple[Dimension, ...]] = field(default_factory=dict)
    """The headings of which one alternative only may be answered, where there are any."""
    rows: Mapping[ApplicationNumber, _Row] = field(default_factory=dict)

    def check_choices(self, number: ApplicationNumber, marks: Mapping[str, Mark]) -> None:
        """Refuse marks that answer two alternatives; raises MarkError."""
        for heading in self.choices.get(number, ()):
            check_choice(heading, marks)

    def refuse(self, refusal: Refusal, sentence: str) -> NoReturn:
        """Raise SheetRefusedError with the expert's number in front."""
        raise SheetRefusedError(
            refusal, _("Expert {expert}: {why}").format(expert=self.expert, why=sentence)
        )


def effective_schemes(
    round_: VerifiedRound, assignment: VerifiedAssignment
) -> dict[ApplicationNumber, Scheme]:
    """Return the scheme that holds for each assigned application, its own changes made."""
    known: dict[tuple[Change, ...], Scheme] = {}
    schemes = {}
    for assigned in assignment.document.applications:
        changes = assigned.application.changes
        if changes not in known:
            known[changes] = for_application(round_.document.scheme, changes)
        schemes[assigned.application.number] = known[changes]
    return schemes


def form_of(round_: VerifiedRound, assignment: VerifiedAssignment) -> SheetForm:
    """Return what this expert must answer."""
    expert = assignment.document.expert
    role = expert.specialism.value if expert.specialism else ""
    schemes = effective_schemes(round_, assignment)
    distinct = {id(each): each for each in schemes.values()}.values()
    bound = {id(each): _bound(each) for each in distinct}
    choices = {id(each): tuple(choices_of_one(each)) for each in distinct}
    scales: dict[_ScaleKey, _Scale] = {}
    made: dict[tuple[int, Levels], tuple[Question, ...]] = {}
    rows: dict[int, _Row | None] = {}
    questions = {}
    for assigned in assignment.document.applications:
        scheme = schemes[assigned.application.number]
        levels = _open_levels(scheme, bound[id(scheme)], assigned.application.facts)
        key = id(scheme), levels
        if key not in made:
            made[key] = tuple(_questions(scheme, role, scales, dict(levels)))
            rows[id(made[key])] = _row(made[key])
        questions[assigned.application.number] = made[key]
    return SheetForm(
        expert.number,
        questions,
        {number: choices[id(scheme)] for number, scheme in schemes.items()},
        {n: row for n, asked in questions.items() if (row := rows[id(asked)]) is not None},
    )


def _row(questions: Sequence[Question]) -> _Row | None:
    """Return the names and scales of a row that is asked whole, None for any other."""
    scales = tuple(each.scale for each in questions if each.scale is not None)
    whole = len(scales) == len(questions)
    return _Row(tuple(each.code for each in questions), scales) if whole else None


_Bound = tuple[list[Indicator], list[Indicator]]
"""Indicators whose mark is chosen from values, and those whose level a claim decides."""


def _bound(scheme: Scheme) -> _Bound:
    leaves = scheme.indicators()
    chosen = [each for each in leaves if isinstance(each.method, Chosen)]
    return chosen, [each for each in leaves if is_guided(each)]


def _open_levels(scheme: Scheme, bound: _Bound, facts: Sequence[Fact]) -> Levels:
    """Return the levels a mark must lie in, by indicator, where it is not free on its scale."""
    chosen, guided = bound
    if not chosen and not guided:
        return ()
    claims = claims_of(scheme, facts if guided else ())
    found = [(each.code, each.levels) for each in chosen]
    found += [(each.code, open_levels(each, claims)) for each in guided]
    return tuple(found)


def encode_marks(
    number: str, questions: Sequence[Question], marks: Mapping[str, Mark]
) -> list[int]:
    """Return the codes of one application's marks; MarkError names the indicator at fault."""
    try:
        _refuse_unknown(questions, marks)
        return [_code(question, marks.get(question.code, MISSING)) for question in questions]
    except MarkError as error:
        raise MarkError(
            _("Application {number}, indicator {why}").format(number=number, why=error)
        ) from None


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
    row = form.rows.get(number)
    if row is None:
        return None
    try:
        return dict(zip(row.names, map(getitem, row.scales, codes), strict=True))
    except KeyError:  # one of them is refused below, by name
        return None


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


def _questions(
    scheme: Scheme,
    role: str,
    scales: dict[_ScaleKey, _Scale],
    levels: Mapping[str, tuple[Level, ...]],
) -> Iterable[Question]:
    for leaf in scheme.indicators():
        key = leaf.minimum, leaf.maximum, leaf.step, levels.get(leaf.code, ())
        asked = not is_formula(leaf.method) and asked_of(leaf, role)
        scale = scales.setdefault(key, _Scale(*key)) if asked else None
        yield Question(leaf, scale, leaf.code)


def _refuse_unknown(questions: Sequence[Question], marks: Mapping[str, Mark]) -> None:
    unknown = set(marks) - {question.code for question in questions}
    if unknown:
        raise MarkError(_("{code}: there is no such indicator").format(code=min(unknown)))


def _code(question: Question, mark: Mark) -> int:
    leaf = question.indicator
    if question.scale is None:
        if mark == MISSING:
            return CODE_NOT_ASKED
        raise MarkError(_("{code}: this expert gives no mark here").format(code=leaf.code))
    if mark == MISSING:
        raise MarkError(_("{code}: the mark is missing").format(code=leaf.code))
    check_mark(leaf, mark)
    if mark.value is None:
        return _CODES[mark]
    if question.scale.levels:
        check_level(leaf.code, mark.value, question.scale.levels)
    return int((mark.value - leaf.minimum) / leaf.step)


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
