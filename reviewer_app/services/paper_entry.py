"""Blind double entry (纸质补录): an expert's hand-signed form becomes marks that count.

Two persons type the form, neither sees what the other typed; what they read differently is
settled cell by cell with a reason. The result counts as this expert's sheet, says that no key
signed it, and is kept with both names, times and the scan's digest.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from reviewer_app.core.errors import InputError, RoundStateError
from reviewer_app.core.messages import _
from reviewer_app.core.names import check_text, same_person
from reviewer_app.core.round import ExpertNumber, RoundId
from reviewer_app.inputs.entry_file import Settled
from reviewer_app.services import bureau_log
from reviewer_app.services.entry_table import EntryTable, open_table, open_tables
from reviewer_app.services.form_scan import FormScan, read_form_scan
from reviewer_app.services.ports import OpenBureau
from reviewer_app.services.records import TypingRecord
from reviewer_app.services.scans import keep_scan
from reviewer_app.sheets import json_text
from reviewer_app.sheets.entry_cells import (
    Cells,
    Difference,
    answers,
    differences,
    new_salt,
    place_words,
    tidy,
    to_data,
)
from reviewer_app.sheets.paper_entry import EnteredSheet, Resolution, Typed


class Step(StrEnum):
    """How far the form of one expert has come."""

    NOTHING = "nothing"
    TYPED_ONCE = "typed-once"
    DIFFERENT = "different"
    ENTERED = "entered"


@dataclass(frozen=True, slots=True)
class Form:
    """Which paper form: of which expert, in which scoring."""

    round_id: RoundId
    expert: ExpertNumber
    stage: int = 1


@dataclass(frozen=True, slots=True)
class Paper:
    """What the first typist brings: the scan of the signed form, and why there is a form.

    After closing the reason also says why the entry comes late.
    """

    scan: Path
    reason: str


@dataclass(frozen=True, slots=True)
class EntryProgress:
    """Where one form stands; ``differences`` only once both have typed, never before."""

    form: Form
    name: str
    step: Step
    typed: tuple[Typed, ...] = ()
    differences: tuple[Difference, ...] = ()
    revision: int | None = None
    receipt: str = ""


def progress_of(bureau: OpenBureau, form: Form) -> EntryProgress:
    """Return where a form stands; raises NotFoundError for an expert who has no seat."""
    with bureau() as unit:
        return _progress(open_table(unit, form.round_id, form.expert, form.stage))


def all_progress(bureau: OpenBureau, round_id: RoundId, stage: int = 1) -> list[EntryProgress]:
    """Return where the form of every serving expert stands, by expert number."""
    with bureau() as unit:
        return [_progress(table) for table in open_tables(unit, round_id, stage)]


def type_in(
    bureau: OpenBureau,
    form: Form,
    by: str,
    cells: Cells,
    now: datetime,
    paper: Paper | None = None,
) -> EntryProgress:
    """Take what one person typed; equal to what another typed before, it counts at once.

    The first typist gives the ``paper``. Raises MarkError naming a box that is empty or cannot
    hold what was typed, InputError for the same person twice or a missing scan, RoundStateError
    where a signed sheet counts and the secretary has not accepted another.
    """
    by = _name(by)
    scan = read_form_scan(paper.scan) if paper else None
    reason = check_text(paper.reason.strip(), _("Reason")) if paper else ""
    with bureau() as unit:
        table = open_table(unit, form.round_id, form.expert, form.stage, locked=True)
        table.refuse_closed_door()
        cells = {place: tidy(text) for place, text in cells.items() if text}
        answers(table.form, cells)
        if table.typings:
            _second(table, by, cells, now, told=paper is not None)
        else:
            _first(table, by, cells, now, (scan, reason))
        unit.commit()
    return progress_of(bureau, form)


def settle(
    bureau: OpenBureau,
    form: Form,
    by: str,
    settled: Mapping[tuple[str, str], Settled],
    now: datetime,
) -> EntryProgress:
    """Say what holds in every cell that was read differently; then the entry counts.

    Raises InputError for a cell left open, one that is not open, or a reason that is missing.
    """
    by = _name(by)
    with bureau() as unit:
        table = open_table(unit, form.round_id, form.expert, form.stage, locked=True)
        table.refuse_closed_door()
        first, second = table.both()
        open_cells = differences(table.form, first, second)
        resolved = tuple(_resolution(each, settled, by) for each in open_cells)
        extra = set(settled) - {(each.application, each.indicator) for each in open_cells}
        if extra:
            raise InputError(
                _("{place}: both typed the same; there is nothing to settle").format(
                    place=place_words(*min(extra))
                )
            )
        table.make_entry(resolved, now)
        unit.commit()
    return progress_of(bureau, form)


def begin_again(
    bureau: OpenBureau, form: Form, by: str, reason: str, now: datetime
) -> EntryProgress:
    """Drop what was typed of a form that is no entry yet; the log keeps who, when and why."""
    by = _name(by)
    if not reason.strip():
        raise InputError(_("To begin anew needs a written reason"))
    with bureau() as unit:
        table = open_table(unit, form.round_id, form.expert, form.stage, locked=True)
        if not table.typings:
            raise RoundStateError(
                _("Nothing has been typed of the form of expert {expert}").format(
                    expert=form.expert
                )
            )
        unit.remove_typings(form.round_id, form.expert, form.stage)
        bureau_log.append(
            unit,
            form.round_id,
            now,
            "typing-dropped",
            expert=form.expert,
            stage=form.stage,
            by=by,
            reason=reason.strip(),
        )
        unit.commit()
    return progress_of(bureau, form)


def _first(
    table: EntryTable, by: str, cells: Cells, now: datetime, paper: tuple[FormScan | None, str]
) -> None:
    scan, reason = paper
    if scan is None or not reason:
        raise InputError(
            _(
                "The first typist gives the scan of the signed form and the reason why there "
                "is a paper form"
            )
        )
    scan.require(table.seating.round, table.assignment, table.stage)
    keep_scan(table.unit, table.round_id, scan.name, scan.data, now)
    record = TypingRecord(
        table.round_id,
        table.seat.expert,
        table.stage,
        by,
        now,
        _text(cells),
        new_salt(),
        scan.name,
        scan.sha256,
        reason,
    )
    table.keep_typing(record)


def _second(table: EntryTable, by: str, cells: Cells, now: datetime, *, told: bool) -> None:
    if len(table.typings) > 1:
        raise RoundStateError(
            _("Two persons have typed this form; settle what they read differently")
        )
    if same_person(table.typings[0].by, by):
        raise InputError(
            _("{name} typed this form already; the second typist is another person").format(
                name=by
            )
        )
    if told:
        raise InputError(
            _("The scan and the reason are there from the first typist; leave both out")
        )
    record = TypingRecord(
        table.round_id,
        table.seat.expert,
        table.stage,
        by,
        now,
        _text(cells),
        new_salt(),
        *("", "", ""),
    )
    table.keep_typing(record)
    first, second = table.both()
    if first == second:
        table.make_entry((), now)


def _resolution(
    each: Difference, settled: Mapping[tuple[str, str], Settled], by: str
) -> Resolution:
    place = each.application, each.indicator
    words = place_words(*place)
    if place not in settled:
        raise InputError(_("{place}: read differently and not settled").format(place=words))
    if not settled[place].reason.strip():
        raise InputError(_("{place}: say why this value holds").format(place=words))
    return Resolution(
        each.application,
        each.indicator,
        each.first,
        each.second,
        tidy(settled[place].value),
        check_text(settled[place].reason.strip(), words),
        by,
    )


def _progress(table: EntryTable) -> EntryProgress:
    form = Form(table.round_id, table.seat.expert, table.stage)
    name = table.seating.expert(table.seat.expert).name
    typed = tuple(Typed(each.by, each.at) for each in table.typings)
    if len(typed) > 1:
        open_cells = differences(table.form, *table.both())
        return EntryProgress(form, name, Step.DIFFERENT, typed, open_cells)
    if typed:
        return EntryProgress(form, name, Step.TYPED_ONCE, typed)
    current = table.seating.current(table.seat.expert)
    sheet = current.sheet if current else None
    if not isinstance(sheet, EnteredSheet) or sheet.content.stage != table.stage:
        return EntryProgress(form, name, Step.NOTHING)
    return EntryProgress(
        form,
        name,
        Step.ENTERED,
        sheet.provenance.typed,
        revision=sheet.content.revision,
        receipt=sheet.receipt,
    )


def _name(by: str) -> str:
    name = check_text(by.strip(), _("Name"))
    if not name:
        raise InputError(_("Say who is typing"))
    return name


def _text(cells: Cells) -> str:
    return json_text.encode(to_data(cells)).decode()
