"""``round collect|status|remind|key|close``: from dropped files to the closing statement."""

import argparse
from pathlib import Path

from reviewer_app.cli import next_step
from reviewer_app.cli.context import Context
from reviewer_app.cli.output import Output
from reviewer_app.cli.usage import Verbs, add_expert, add_reason, add_round, command
from reviewer_app.core.messages import _
from reviewer_app.core.round import ExpertNumber, RoundId
from reviewer_app.inputs.numbering import Numbering
from reviewer_app.services import (
    closing,
    closing_paper,
    collecting,
    collection_paper,
    key_change,
    rounds,
)
from reviewer_app.services.records import RoundState, SheetSource
from reviewer_app.services.refusal_advice import refusal_advice


def add(verbs: Verbs) -> None:
    """Register the commands of collection."""
    words = _("merge sheets and paper scans")
    collect = command(verbs, "collect", words, example="round collect 1ead /media/stick")
    words = _("received, missing, superseded, refused")
    status = command(verbs, "status", words, example="round status 1ead")
    words = _("print who is still to hand in (催收单)")
    remind = command(verbs, "remind", words, example="round remind 1ead reminder.pdf")
    words = _("accept an expert's second key, with a reason")
    key = command(verbs, "key", words, example='round key 1ead 02 --reason "new laptop"')
    words = _("close collection; one-way")
    close = command(verbs, "close", words, example="round close 1ead --statement statement.pdf")
    runs = ((collect, _collect), (status, _status), (key, _key), (close, _close))
    for parser, run in (*runs, (remind, _remind)):
        add_round(parser)
        parser.set_defaults(run=run)
    words = _("sheets, scans, or folders and sticks that hold them")
    collect.add_argument("files", nargs="+", type=Path, metavar="FILE|DIR", help=words)
    words = _("why a sheet is taken after closing")
    collect.add_argument("--late-reason", default="", metavar="TEXT", help=words)
    words = _("where the paper is written")
    remind.add_argument("file", type=Path, metavar="FILE.pdf", help=words)
    words = _("every receipt to compare and sign instead")
    remind.add_argument("--receipts", action="store_true", help=words)
    add_expert(key)
    add_reason(key)
    words = _("why sheets are missing")
    close.add_argument("--reason", default="", metavar="TEXT", help=words)
    words = _("where the closing statement is written; else in the program's folder")
    close.add_argument("--statement", type=Path, metavar="FILE.pdf", help=words)


def _round_id(options: argparse.Namespace, context: Context) -> RoundId:
    return rounds.show_round(context.open_bureau, options.id).id


def expert_of(options: argparse.Namespace, context: Context) -> ExpertNumber:
    """Return the expert named on the command line, whatever its leading zeros."""
    plan = rounds.show_round(context.open_bureau, options.id).plan
    experts = Numbering(expert.number for expert in plan.experts)
    return ExpertNumber(experts.find(options.expert, _("Expert")))


def _collect(options: argparse.Namespace, out: Output, context: Context) -> int:
    verdicts = collecting.collect(
        context.open_bureau,
        _round_id(options, context),
        options.files,
        context.clock(),
        options.late_reason,
        out.progress(_("files")),
    )
    read = [each for each in verdicts if each.verdict is not collecting.Verdict.SKIPPED]
    for verdict in read:
        out.line(f"{verdict.file}: {verdict.sentence}")
        if verdict.refusal:
            out.line(f"  {refusal_advice(verdict.refusal)}")
    if read != verdicts:
        out.line(collecting.skipped_words(verdicts))
    if not read:
        out.line(_("No score sheet and no scan was found there"))
    if not out.as_json:
        _say_standing(closing.standing(context.open_bureau, _round_id(options, context)), out)
    out.data({"files": [_verdict(verdict) for verdict in verdicts]})
    bad = {collecting.Verdict.REFUSED, collecting.Verdict.INCOMPLETE_CODES}
    return int(any(verdict.verdict in bad for verdict in verdicts))


def _verdict(verdict: collecting.FileVerdict) -> dict[str, object]:
    return {
        "file": verdict.file,
        "verdict": verdict.verdict.value,
        "expert": verdict.expert,
        "revision": verdict.revision,
        "receipt": verdict.receipt,
        "refusal": verdict.refusal,
        "sentence": verdict.sentence,
    }


def _status(options: argparse.Namespace, out: Output, context: Context) -> int:
    board = closing.standing(context.open_bureau, _round_id(options, context))
    out.line(f"{board.title}  [{rounds.state_word(board.state)}]")
    for seat in board.seats:
        unsigned = _("entered from paper, unsigned") if _is_entry(seat) else ""
        words = (seat.expert, seat.name, _state_word(seat.state), seat.receipt, unsigned)
        out.line("  " + "  ".join(filter(None, words)))
        if seat.superseded:
            out.line("      " + _("superseded: {list}").format(list=", ".join(seat.superseded)))
    for refusal in board.refusals:
        out.line(f"  ✗ {refusal.name}: {refusal.sentence}")
    _say_standing(board, out)
    out.data(_board(board))
    return 0


def _say_standing(board: closing.Standing, out: Output) -> None:
    """Say how many sheets are in, whose are not, and what to run next."""
    asked = [each for each in board.seats if each.state is not closing.SeatState.WITHDRAWN]
    missing = [each for each in asked if each.state is closing.SeatState.MISSING]
    words = _("{received} of {asked} sheets are in")
    out.line(words.format(received=len(asked) - len(missing), asked=len(asked)))
    if missing:
        names = "、".join(f"{each.expert} {each.name}" for each in missing)
        out.line(_("Missing: {experts}").format(experts=names))
    if board.state is RoundState.ISSUED:
        out.line(next_step.after_collecting(board.round_id, complete=not missing))
    else:
        out.line(next_step.after(board.round_id, board.state))


def _remind(options: argparse.Namespace, out: Output, context: Context) -> int:
    bureau, now, path = context.open_bureau, context.clock(), options.file
    round_id = _round_id(options, context)
    if options.receipts:
        collection_paper.write_receipts(bureau, round_id, path, now)
        out.line(_("Receipts: {path}").format(path=path))
    else:
        count = collection_paper.write_reminder(bureau, round_id, path, now)
        out.line(_("{count} experts to remind: {path}").format(count=count, path=path))
    out.data({"paper": str(path)})
    return 0


def _is_entry(seat: closing.SeatStatus) -> bool:
    return seat.source == SheetSource.REENTERED.value


def _state_word(state: closing.SeatState) -> str:
    return {
        closing.SeatState.MISSING: _("missing"),
        closing.SeatState.RECEIVED: _("received"),
        closing.SeatState.WITHDRAWN: _("withdrawn"),
    }[state]


def _board(board: closing.Standing) -> dict[str, object]:
    return {
        "round": board.round_id,
        "title": board.title,
        "state": board.state.value,
        "experts": [
            {
                "expert": seat.expert,
                "name": seat.name,
                "state": seat.state.value,
                "revision": seat.revision,
                "receipt": seat.receipt,
                "source": seat.source,
                "superseded": list(seat.superseded),
                "comments_pending": seat.comments_pending,
                "withdrawn": seat.withdrawn,
            }
            for seat in board.seats
        ],
        "missing": list(board.missing),
        "refused": [
            {"file": r.name, "refusal": r.refusal, "sentence": r.sentence}
            for r in board.refusals
        ],
    }


def _key(options: argparse.Namespace, out: Output, context: Context) -> int:
    expert = expert_of(options, context)
    key_change.accept_next_key(
        context.open_bureau,
        _round_id(options, context),
        expert,
        options.reason,
        context.clock(),
    )
    out.line(
        _("The next sheet of expert {expert} may carry a new key; collect it now").format(
            expert=expert
        )
    )
    out.data({"expert": expert, "accepted": True, "reason": options.reason})
    return 0


def _close(options: argparse.Namespace, out: Output, context: Context) -> int:
    statement = closing.close_round(
        context.open_bureau, _round_id(options, context), context.clock(), options.reason
    )
    path = (
        options.statement
        or context.home / "papers" / f"封存单-{statement.standing.round_id}.pdf"
    )
    closing_paper.write_closing_statement(statement, path, context.clock())
    out.line(_("Closing statement: {path}").format(path=path))
    out.line(_("Closed. Log head: {head}").format(head=statement.log_head))
    for seat in statement.standing.seats:
        out.line(f"  {seat.expert}  {seat.name}  {_state_word(seat.state)}  {seat.receipt}")
    out.line(next_step.after(statement.standing.round_id, RoundState.CLOSED))
    out.data(
        {
            "round": statement.standing.round_id,
            "closed_at": statement.at.isoformat(),
            "log_head": statement.log_head,
            "reason": statement.reason,
            "statement": str(path),
            "experts": _board(statement.standing)["experts"],
        }
    )
    return 0
