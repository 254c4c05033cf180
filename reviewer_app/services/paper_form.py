"""The pre-coded paper form of one expert: which boxes it has, and the paper itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from pathlib import Path

from reviewer_app.core.atomic import make_folder
from reviewer_app.core.errors import RoundStateError
from reviewer_app.core.messages import _
from reviewer_app.core.numbers import plain_text
from reviewer_app.core.recusal import grounds
from reviewer_app.core.round import ApplicationNumber
from reviewer_app.papers.model import Document
from reviewer_app.papers.paper_form import (
    FormApplication,
    FormRow,
    PaperFormFacts,
    paper_form,
)
from reviewer_app.papers.pdf import write_pdf
from reviewer_app.services import printed
from reviewer_app.services.entry_table import EntryTable, open_table
from reviewer_app.services.paper_entry import Form
from reviewer_app.services.ports import OpenBureau
from reviewer_app.sheets.form_code import FormCode, form_text

NOT_ASKED = "／"


@dataclass(frozen=True, slots=True)
class Box:
    """Where one mark is written: the scale it must keep."""

    minimum: Fraction
    maximum: Fraction
    step: Fraction


@dataclass(frozen=True, slots=True)
class BoxRow:
    """One indicator and its boxes by application; no box where no mark is asked for."""

    code: str
    title: str
    ends_dimension: bool
    boxes: dict[ApplicationNumber, Box]


@dataclass(frozen=True, slots=True)
class BlankForm:
    """A form as it is printed and typed in: applications with their names, rows of boxes."""

    form: Form
    name: str
    employer: str
    round_title: str
    round_fingerprint: str
    code: str
    applications: tuple[tuple[ApplicationNumber, str], ...]
    rows: tuple[BoxRow, ...]


def blank_form(bureau: OpenBureau, form: Form) -> BlankForm:
    """Return the boxes of an expert's form; raises NotFoundError, RoundStateError."""
    with bureau() as unit:
        table = open_table(unit, form.round_id, form.expert, form.stage)
        if table.seat.withdrawn:
            raise RoundStateError(
                _("Expert {expert} has left the roster ({reason})").format(
                    expert=form.expert, reason=table.seat.withdrawn
                )
            )
        return _blank(table, form)


def form_document(blank: BlankForm, now: datetime) -> Document:
    """Return the paper, nothing in it filled."""
    return paper_form(_facts(blank, now))


def write_form(bureau: OpenBureau, form: Form, path: Path, now: datetime) -> BlankForm:
    """Write the form of one expert as PDF and return what it has boxes for."""
    blank = blank_form(bureau, form)
    make_folder(path.parent)
    write_pdf(form_document(blank, now), path)
    return blank


def _blank(table: EntryTable, form: Form) -> BlankForm:
    verified, assignment = table.seating.round, table.assignment
    expert = assignment.document.expert
    code = FormCode(verified.digest, assignment.digest, expert.number, form.stage)
    return BlankForm(
        form,
        expert.name,
        expert.employer,
        verified.document.title,
        verified.fingerprint,
        form_text(code),
        tuple(
            (each.application.number, each.application.short_name or each.application.name)
            for each in assignment.document.applications
        ),
        tuple(_rows(table)),
    )


def _rows(table: EntryTable) -> Iterator[BoxRow]:
    asked = {
        (number, each.code): Box(
            each.indicator.minimum, each.indicator.maximum, each.indicator.step
        )
        for number, questions in table.form.questions.items()
        for each in questions
        if each.scale is not None
    }
    for dimension in table.seating.round.document.scheme.dimensions:
        leaves = tuple(dimension.indicators())
        for leaf in leaves:
            boxes = {
                number: asked[number, leaf.code]
                for number in table.form.questions
                if (number, leaf.code) in asked
            }
            if boxes:
                yield BoxRow(leaf.code, leaf.title, leaf is leaves[-1], boxes)


def _facts(blank: BlankForm, now: datetime) -> PaperFormFacts:
    stage = blank.form.stage
    return PaperFormFacts(
        round_title=blank.round_title,
        expert_number=blank.form.expert,
        expert_name=blank.name,
        employer=blank.employer,
        round_fingerprint=blank.round_fingerprint,
        code=blank.code,
        applications=tuple(FormApplication(*each) for each in blank.applications),
        rows=tuple(_row(row, blank) for row in blank.rows),
        grounds=tuple(ground.chinese for ground in grounds()),
        printed_at=printed.moment(now),
        stage="" if stage == 1 else f"第{stage}轮",
    )


def _row(row: BoxRow, blank: BlankForm) -> FormRow:
    scales = [_scale(box) for box in row.boxes.values()]
    usual = max(scales, key=scales.count)
    boxes = tuple(
        _printed(row.boxes.get(number), usual) for number, _name in blank.applications
    )
    return FormRow(row.code, row.title, usual, boxes, row.ends_dimension)


def _printed(box: Box | None, usual: str) -> str:
    if box is None:
        return NOT_ASKED
    return "" if _scale(box) == usual else _scale(box)


def _scale(box: Box) -> str:
    step = f"，步长 {plain_text(box.step)}" if box.step != 1 else ""
    return f"{plain_text(box.minimum)}–{plain_text(box.maximum)}{step}"
