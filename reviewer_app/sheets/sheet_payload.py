"""The fields of a sheet's payload that carry what the expert says, written and read."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from reviewer_app.core.errors import MarkError, Refusal
from reviewer_app.core.messages import _
from reviewer_app.core.recusal import split_grounds
from reviewer_app.core.round import ApplicationNumber
from reviewer_app.core.votes import Choice, Vote
from reviewer_app.sheets import cbor
from reviewer_app.sheets.payload import DIGEST_BYTES, Payload
from reviewer_app.sheets.sheet_content import Recusal, SheetContent, SheetMarks
from reviewer_app.sheets.sheet_form import SheetForm, encode_marks
from reviewer_app.sheets.sheet_marks import decode_marks, decode_table
from reviewer_app.sheets.signed_sheet import SignedSheet
from reviewer_app.sheets.times import to_seconds

if TYPE_CHECKING:
    from reviewer_app.core.marks import Mark

_VOTES = {Choice.APPROVE: 1, Choice.REJECT: 2, Choice.ABSTAIN: 3}
_CHOICES = {number: choice for choice, number in _VOTES.items()}


def content_fields(content: SheetContent, form: SheetForm) -> dict[int, cbor.Plain]:
    """Return the fields of everything in ``content``; MarkError names what is missing."""
    return {
        1: content.round_digest,
        2: content.assignment_digest,
        3: content.stage,
        4: content.revision,
        5: content.previous or b"",
        6: _mark_rows(form, content),
        7: [
            [number, content.recusals[number].ground, content.recusals[number].note]
            for number in form.questions
            if number in content.recusals
        ],
        8: [
            [number, _VOTES[content.votes[number].choice], content.votes[number].reservation]
            for number in form.questions
            if number in content.votes
        ],
        12: to_seconds(content.signed_at),
        13: content.reason,
    }


def read_content(signed: SignedSheet, form: SheetForm) -> SheetContent:
    """Return what a signed sheet says; DocumentError, SheetRefusedError at the first fault."""
    fields = signed.fields
    recusals = _recusals(fields, form)
    previous, reason = fields.bytes(5, 0, DIGEST_BYTES), fields.text(13)
    first = signed.revision == 1
    if first != (not previous) or first != (not reason):
        fields.refuse(
            _("a later revision names the one before and a reason, the first neither")
        )
    return SheetContent(
        round_digest=signed.round_digest,
        assignment_digest=signed.assignment_digest,
        stage=signed.stage,
        revision=signed.revision,
        previous=previous or None,
        marks=_marks(fields, form, recusals),
        signed_at=signed.signed_at,
        recusals=recusals,
        votes=_votes(fields, form, recusals),
        reason=reason,
    )


def _recusals(fields: Payload, form: SheetForm) -> dict[ApplicationNumber, Recusal]:
    recusals = {}
    for item in fields.items(7):
        match item:
            case [str(number), str(ground), str(note)]:
                split_grounds(ground)
                recusals[ApplicationNumber(number)] = Recusal(ground, note)
            case _:
                fields.refuse(_("a recusal is not what the format promises"))
    _check_order(fields, 7, recusals, form)
    return recusals


def _votes(
    fields: Payload, form: SheetForm, recusals: Mapping[ApplicationNumber, Recusal]
) -> dict[ApplicationNumber, Vote]:
    votes = {}
    for item in fields.items(8):
        match item:
            case [str(number), int(vote), str(reservation)] if vote in _CHOICES:
                votes[ApplicationNumber(number)] = Vote(_CHOICES[vote], reservation)
            case _:
                fields.refuse(_("a vote is not what the format promises"))
    _check_order(fields, 8, votes, form)
    for number in votes:
        if number in recusals:
            _refuse_recused(form, number)
    return votes


def _check_order(
    fields: Payload, key: int, found: Mapping[ApplicationNumber, object], form: SheetForm
) -> None:
    expected = [number for number in form.questions if number in found]
    if list(found) != expected or len(found) != len(fields.items(key)):
        fields.refuse(_("its applications are not those of the assignment, once and in order"))


def _marks(
    fields: Payload, form: SheetForm, recusals: Mapping[ApplicationNumber, Recusal]
) -> SheetMarks:
    rows = fields.items(6)
    if len(rows) != len(form.questions):
        form.refuse(
            Refusal.INCOMPLETE,
            _("marks for {found} applications instead of {expected}").format(
                found=len(rows), expected=len(form.questions)
            ),
        )
    table = _table(form, rows, recusals)
    if table is not None:
        return table
    marks: dict[ApplicationNumber, Mapping[str, Mark]] = {}
    for number, row in zip(form.questions, rows, strict=True):
        if not isinstance(row, list):
            fields.refuse(_("marks are not what the format promises"))
        if number not in recusals:
            marks[number] = decode_marks(form, number, row)
        elif row:
            _refuse_recused(form, number)
    return marks


def _table(
    form: SheetForm,
    rows: Sequence[object],
    recusals: Mapping[ApplicationNumber, Recusal],
) -> SheetMarks | None:
    """Return all marks at once, None where they have to be looked at one by one."""
    numbers = tuple(form.questions)
    if recusals:
        if any(row != [] for n, row in zip(numbers, rows, strict=True) if n in recusals):
            return None
        rows = [row for n, row in zip(numbers, rows, strict=True) if n not in recusals]
        numbers = tuple(n for n in numbers if n not in recusals)
    return decode_table(form, numbers, rows)


def _refuse_recused(form: SheetForm, number: ApplicationNumber) -> None:
    form.refuse(
        Refusal.RECUSED,
        _("a mark or vote for application {number}, which is recused").format(number=number),
    )


def _mark_rows(form: SheetForm, content: SheetContent) -> list[list[int]]:
    strangers = (set(content.marks) | set(content.recusals) | set(content.votes)) - set(
        form.questions
    )
    if strangers:
        raise MarkError(
            _("Application {number} is not in this pack").format(number=min(strangers))
        )
    both = set(content.marks) & set(content.recusals)
    if both:
        raise MarkError(
            _("Application {number} is recused and must not be scored").format(number=min(both))
        )
    return [
        []
        if number in content.recusals
        else encode_marks(number, questions, content.marks.get(number, {}))
        for number, questions in form.questions.items()
    ]
