"""What the expert's commands say of a desk, in lines for people and as one JSON document."""

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from reviewer_app.cli.output import Output
from reviewer_app.core.messages import _
from reviewer_app.core.numbers import Rounding, exact_text, publish
from reviewer_app.services import desk_status
from reviewer_app.services.desk import Desk
from reviewer_app.services.desk_attendance import asks_attendance, attendance
from reviewer_app.services.desk_second import SecondLook
from reviewer_app.sheets.feedback import figures_to_data

if TYPE_CHECKING:  # loads openpyxl, which only the Excel commands need
    from reviewer_app.services.desk_excel import CheckedMarks


def say_whose(desk: Desk, out: Output) -> None:
    """Say whose desk it is, and the fingerprint to compare with the slip."""
    expert, document = desk.expert, desk.pack.round.document
    out.line(document.title)
    out.line(
        _("Expert {number} {name}, {employer}").format(
            number=expert.number, name=expert.name, employer=expert.employer
        )
    )
    out.line(
        _("Fingerprint of the round: {fingerprint} (compare it with the slip)").format(
            fingerprint=desk.pack.round.fingerprint
        )
    )


def report(desk: Desk, out: Output, more: dict[str, object]) -> int:
    """Say how far the desk is, in lines and as a document with ``more`` in it; return 0."""
    status = desk_status.desk_status(desk)
    for each in status.applications:
        out.line(_application_line(each))
    if status.recused:
        out.line(_("Stepped back from: {count}, no longer shown").format(count=status.recused))
    if status.stage > 1:
        out.line(_("Scoring {stage} goes on.").format(stage=status.stage))
    if status.revision:
        out.line(
            _("Signed: revision {revision}, receipt {receipt}").format(
                revision=status.revision, receipt=status.receipt
            )
        )
    if status.revision and not status.locked:
        out.line(_("Changed since: sign a new revision, with a reason."))
    out.line(_next(status, desk.pack.pack_id))
    accepted = status.pledge_accepted
    out.data(
        heading(desk)
        | {
            "key_fingerprint": status.key_fingerprint,
            "pledge_accepted": accepted.isoformat() if accepted else None,
            "applications": [_application(each) for each in status.applications],
            "recused": status.recused,
            "complete": status.complete,
            "revision": status.revision,
            "receipt": status.receipt,
            "locked": status.locked,
            "stage": status.stage,
        }
        | _attendance(desk)
        | more
    )
    return 0


def say_imported(file: Path, done: "CheckedMarks", out: Output) -> None:
    """Say what a file changed, what was left out, and what became of its empty cells."""
    for column in done.unknown_columns:
        out.warn(_("The column “{column}” was not read").format(column=column))
    words = _("{file}: {rows} rows, {changed} of them changed something")
    out.line(words.format(file=file, rows=done.rows, changed=len(done.records)))
    if done.kept:
        words = _("{count} cells are empty where a mark stands: it stays (--clear clears it)")
        out.line(words.format(count=done.kept))
    if done.cleared:
        out.line(_("{count} marks were cleared").format(count=done.cleared))


def say_look(look: SecondLook | None, out: Output) -> None:
    """Say how the panel's totals lie, and what a changed mark needs."""
    if look is None:
        return
    for number, figures in look.figures.items():
        total = figures.total
        words = _("too few scored it, no feedback")
        if total.median is not None and total.width is not None:
            words = _("panel median {median}, middle half within {width}").format(
                median=_shown(total.median), width=_shown(total.width)
            )
        out.line(f"  {number}  {words}")
    if look.reasons:
        out.line(_("Every changed mark needs a written reason."))
    if not look.counts:
        out.line(_("By the rules the first sheet decides; this one goes on record."))


def look_data(look: SecondLook | None) -> dict[str, object]:
    """Return the feedback as the document has it."""
    if look is None:
        return {}
    return {
        "feedback": figures_to_data(look.figures.values()),
        "first_receipt": look.first_receipt,
        "reasons": look.reasons,
        "second_counts": look.counts,
    }


def _shown(value: Fraction) -> str:
    return publish(value, 2, Rounding.HALF_UP)


def _next(status: desk_status.DeskStatus, pack: str) -> str:
    if status.locked:
        return _("Next: hand the sheet file and the signed paper to the secretary.")
    if not status.complete:
        command = f"expert template {pack} FILE.xlsx  →  expert import {pack} FILE.xlsx"
    else:
        reason = " --reason TEXT" if status.revision else ""
        command = f"expert sign {pack} --out DIR{reason}"
    return _("Next: {commands}").format(commands=command)


def heading(desk: Desk) -> dict[str, object]:
    """Return the keys with which every document about a desk begins."""
    document = desk.pack.round.document
    return {
        "pack_id": desk.pack.pack_id,
        "expert": desk.expert.number,
        "expert_name": desk.expert.name,
        "round": document.round_id,
        "title": document.title,
        "fingerprint": desk.pack.round.fingerprint,
    }


def _attendance(desk: Desk) -> dict[str, object]:
    """Return arrival and leaving by this machine's clock, where the round asks for them."""
    if not asks_attendance(desk):
        return {}
    known = attendance(desk)
    return {
        "arrived": known.arrived.isoformat() if known.arrived else None,
        "left": known.left.isoformat() if known.left else None,
    }


def _application(status: desk_status.ApplicationStatus) -> dict[str, object]:
    return {
        "number": status.application.number,
        "name": status.application.name,
        "scored": status.scored,
        "missing": len(status.missing),
        "not_applicable": status.not_applicable,
        "abstained": status.abstained,
        "missing_indicators": list(status.missing),
        "reasons_missing": list(status.reasons_missing),
        "total": status.shown,
        "exact": None if status.total is None else exact_text(status.total),
        "complete": status.complete,
    }


def _application_line(status: desk_status.ApplicationStatus) -> str:
    given = status.scored + status.not_applicable + status.abstained
    line = _("  {number} {name}: {given} of {asked}, total {total}").format(
        number=status.application.number,
        name=status.application.short_name or status.application.name,
        given=given,
        asked=given + len(status.missing),
        total=status.shown or "—",
    )
    if status.reasons_missing:
        places = ", ".join(status.reasons_missing)
        line += _("; a reason is missing for {places}").format(places=places)
    return line
