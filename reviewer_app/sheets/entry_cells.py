"""What stands on a paper form, cell by cell: as typed, as compared, as marks.

A cell is ``(application, indicator)`` with a text: a decimal, ``NA`` or ``AB``; for a recused
application the one cell ``(application, "*")`` with its grounds instead of any mark.
"""

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from reviewer_app.core.errors import InputError, MarkError, NumberError
from reviewer_app.core.marks import ABSTAINED, NOT_APPLICABLE, Mark, scored
from reviewer_app.core.messages import _
from reviewer_app.core.numbers import parse_decimal, plain_text
from reviewer_app.core.recusal import split_grounds
from reviewer_app.core.round import ApplicationNumber
from reviewer_app.core.scoring import check_level, check_mark
from reviewer_app.sheets import json_text
from reviewer_app.sheets.sheet_content import Recusal
from reviewer_app.sheets.sheet_form import Question, SheetForm

RECUSED = "*"
SALT_BYTES = 16
STATES = {"NA": NOT_APPLICABLE, "AB": ABSTAINED}

Cells: TypeAlias = Mapping[tuple[str, str], str]
"""Texts by application and indicator; what is not there was not typed."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell that two people read differently; an empty text: not typed."""

    application: str
    indicator: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Answers:
    """What complete cells mean."""

    marks: Mapping[ApplicationNumber, Mapping[str, Mark]]
    recusals: Mapping[ApplicationNumber, Recusal]


def answers(form: SheetForm, cells: Cells) -> Answers:
    """Return what the cells say once every box is filled as its scale allows.

    Raises MarkError naming the first box that is empty, strange or filled too often.
    """
    _refuse_strangers(form, cells)
    marks: dict[ApplicationNumber, Mapping[str, Mark]] = {}
    recusals = {}
    for number, questions in form.questions.items():
        if (number, RECUSED) in cells:
            recusals[number] = _recusal(form, cells, number)
        else:
            marks[number] = {
                each.code: _mark(each, number, cells.get((number, each.code), ""))
                for each in questions
                if each.scale is not None
            }
            _check_choices(form, number, marks[number])
    return Answers(marks, recusals)


def _check_choices(
    form: SheetForm, number: ApplicationNumber, marks: Mapping[str, Mark]
) -> None:
    try:
        form.check_choices(number, marks)
    except MarkError as error:
        raise MarkError(
            _("application {number}: {why}").format(number=number, why=error)
        ) from None


def differences(form: SheetForm, first: Cells, second: Cells) -> tuple[Difference, ...]:
    """Return every cell that differs, in the order of the form."""
    return tuple(
        Difference(number, code, first.get((number, code), ""), second.get((number, code), ""))
        for number, code in places(form)
        if first.get((number, code)) != second.get((number, code))
    )


def places(form: SheetForm) -> Iterable[tuple[str, str]]:
    """Yield every cell a form has, the recusal of an application before its marks."""
    for number, questions in form.questions.items():
        yield number, RECUSED
        for each in questions:
            if each.scale is not None:
                yield number, each.code


def tidy(text: str) -> str:
    """Return a score in its one spelling: ``84.50`` is ``84.5``; other texts stay."""
    try:
        return plain_text(parse_decimal(text))
    except NumberError:
        return text


def to_data(cells: Cells) -> dict[str, dict[str, str]]:
    """Return the cells as JSON data, by application and indicator."""
    found: dict[str, dict[str, str]] = {}
    for (number, code), text in cells.items():
        found.setdefault(number, {})[code] = text
    return found


def from_data(data: object) -> dict[tuple[str, str], str]:
    """Return the cells of JSON data; InputError for any other data."""
    if isinstance(data, dict) and all(isinstance(row, dict) and row for row in data.values()):
        cells = {(n, code): text for n, row in data.items() for code, text in row.items()}
        if all(isinstance(text, str) and text for text in cells.values()):
            return cells
    raise InputError(_("its cells are not texts by application and indicator"))


def new_salt() -> str:
    """Return a salt for one typing, hexadecimal."""
    return secrets.token_hex(SALT_BYTES)


def cells_digest(cells: Cells, salt: str) -> str:
    """Return the SHA-256 of salt and cells, hexadecimal, as the log carries it.

    The log is there for all to read while the second person has yet to type. There are few
    enough marks that a plain digest would give the first person's away by trying them.
    """
    return hashlib.sha256(bytes.fromhex(salt) + json_text.encode(to_data(cells))).hexdigest()


def _refuse_strangers(form: SheetForm, cells: Cells) -> None:
    strangers = sorted(set(cells) - set(places(form)))
    if strangers:
        number, code = strangers[0]
        raise MarkError(
            _("{place}: the form of expert {expert} has no such box").format(
                place=place_words(number, code), expert=form.expert
            )
        )


def _recusal(form: SheetForm, cells: Cells, number: ApplicationNumber) -> Recusal:
    extra = [code for each, code in cells if each == number and code != RECUSED]
    if extra:
        raise MarkError(
            _("{place}: a mark for an application that expert {expert} is recused from").format(
                place=place_words(number, extra[0]), expert=form.expert
            )
        )
    ground = cells[number, RECUSED]
    split_grounds(ground)
    return Recusal(ground)


def _mark(question: Question, number: str, text: str) -> Mark:
    place = place_words(number, question.code)
    if not text:
        raise MarkError(
            _("{place}: the box is empty; ask the expert, who fills and initials it").format(
                place=place
            )
        )
    if text in STATES:
        return STATES[text]
    if tidy(text) != text:
        raise MarkError(
            _("{place}: “{text}” is not written in its shortest way").format(
                place=place, text=text
            )
        )
    try:
        value = parse_decimal(text)
        check_mark(question.indicator, scored(value))
        if question.scale is not None and question.scale.levels:
            check_level(question.code, value, question.scale.levels)
    except (NumberError, MarkError) as error:
        raise MarkError(f"{place}: {error}") from None
    return scored(value)


def place_words(number: str, code: str) -> str:
    """Return a cell in words."""
    if code == RECUSED:
        return _("Application {number}, recusal").format(number=number)
    return _("Application {number}, indicator {code}").format(number=number, code=code)
