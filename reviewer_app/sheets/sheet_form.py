"""What a sheet must answer: for each application its indicators, and how a mark is written.

A mark travels as one integer: steps above the indicator's minimum, or a negative code for the
reason why there is no number (docs/formats.md, section 7).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import NamedTuple, NoReturn, TypeAlias

from reviewer_app.core.adjust import for_application
from reviewer_app.core.claims import claims_of, is_guided, open_levels
from reviewer_app.core.errors import MarkError, Refusal, SheetRefusedError
from reviewer_app.core.mark_table import CODE_ABSTAINED, CODE_NOT_APPLICABLE, MarkColumn
from reviewer_app.core.marks import ABSTAINED, MISSING, NOT_APPLICABLE, Mark, scored
from reviewer_app.core.mechanics import Chosen, is_formula
from reviewer_app.core.messages import _
from reviewer_app.core.round import ApplicationNumber, Change, Fact
from reviewer_app.core.scheme import Dimension, Indicator, Level, Scheme
from reviewer_app.core.scoring import check_choice, check_level, check_mark, choices_of_one
from reviewer_app.core.tally_panel import asked_of
from reviewer_app.sheets.assignment_document import VerifiedAssignment
from reviewer_app.sheets.round_document import VerifiedRound

Levels: TypeAlias = tuple[tuple[str, tuple[Level, ...]], ...]
"""By indicator, the levels that are open where not all of a scale is."""

CODE_MISSING, CODE_NOT_ASKED = -1, -4
_KEPT = 1 << 12
"""Marks of one scale; those of a very fine one are made again when they are looked at."""
_CODES = {NOT_APPLICABLE: CODE_NOT_APPLICABLE, ABSTAINED: CODE_ABSTAINED}


class _Scale(dict[int, Mark]):
    """The marks of one scale by their codes, KeyError for any other; the first met are kept.

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
        mark = scored(value)
        if len(self) < _KEPT:
            self[code] = mark
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


class Questions(tuple[Question, ...]):  # noqa: SLOT001 - its columns are remembered
    """The questions of one application, or of many that are asked the same."""

    @cached_property
    def columns(self) -> tuple[MarkColumn, ...]:
        """Return what the codes of a row mean where all is asked; else nothing."""
        columns = [
            MarkColumn(each.code, each.indicator.minimum, each.indicator.step, each.scale)
            for each in self
            if each.scale is not None
        ]
        return tuple(columns) if len(columns) == len(self) else ()


@dataclass(frozen=True, slots=True)
class SheetForm:
    """The questions of every assigned application, in the order of the assignment."""

    expert: str
    questions: Mapping[ApplicationNumber, Questions]
    choices: Mapping[ApplicationNumber, tuple[Dimension, ...]] = field(default_factory=dict)
    """The headings of which one alternative only may be answered, where there are any."""
    alike: Questions | None = None
    """What every application is asked, where that is the same for all and without choices."""

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
    asking = _asking(round_.document.scheme, role)
    questions: dict[ApplicationNumber, Questions] = {}
    choices = {}
    for assigned in assignment.document.applications:
        application = assigned.application
        under = asking.under(application.changes)
        questions[application.number] = asking.of(under, application.facts)
        if under.choices:
            choices[application.number] = under.choices
    alike = _alike(questions.values()) if not choices else None
    return SheetForm(expert.number, questions, choices, alike)


def _alike(asked: Iterable[Questions]) -> Questions | None:
    """Return the questions if all are the same, changed weights apart, and asked whole."""
    different = list({id(each): each for each in asked}.values())
    marks = {tuple((c.name, id(c.marks)) for c in each.columns) for each in different}
    return different[0] if len(marks) == 1 and different[0].columns else None


class _Under(NamedTuple):
    """A scheme, and what of it binds marks; ``free`` are the questions where nothing does."""

    scheme: Scheme
    bound: "_Bound"
    choices: tuple[Dimension, ...]
    free: Questions | None


class _Asking:
    """What experts of one specialism are asked: worked out once for all that are alike."""

    def __init__(self, scheme: Scheme, role: str) -> None:
        self._scheme, self._role = scheme, role
        self._under: dict[tuple[Change, ...], _Under] = {}
        self._made: dict[tuple[int, Levels], Questions] = {}
        self._scales: dict[_ScaleKey, _Scale] = {}

    def under(self, changes: tuple[Change, ...]) -> _Under:
        """Return the scheme with an application's own changes made."""
        known = self._under.get(changes)
        if known is None:
            scheme = for_application(self._scheme, changes)
            bound, choices = _bound(scheme), tuple(choices_of_one(scheme))
            free = None if any(bound) else self._questions(scheme, ())
            known = self._under[changes] = _Under(scheme, bound, choices, free)
        return known

    def of(self, under: _Under, facts: Sequence[Fact]) -> Questions:
        """Return the questions of one application with these claims."""
        if under.free is not None:
            return under.free
        return self._questions(under.scheme, _open_levels(under.scheme, under.bound, facts))

    def _questions(self, scheme: Scheme, levels: Levels) -> Questions:
        key = id(scheme), levels
        if key not in self._made:
            asked = _questions(scheme, self._role, self._scales, dict(levels))
            self._made[key] = Questions(asked)
        return self._made[key]


@lru_cache(maxsize=16)
def _asking(scheme: Scheme, role: str) -> _Asking:
    return _Asking(scheme, role)


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
