"""``round second``: a second scoring after discussion, opened, handed in, ended."""

import argparse
from pathlib import Path

from reviewer_app.cli.context import Context
from reviewer_app.cli.output import Output
from reviewer_app.cli.round_collect import expert_of
from reviewer_app.cli.usage import Verbs, add_out, add_round, command
from reviewer_app.core.messages import _
from reviewer_app.core.round import RoundId
from reviewer_app.services import rounds, second_paper, second_scoring
from reviewer_app.services.second_scoring import SecondSeat, SecondStanding


def add(verbs: Verbs) -> None:
    """Register the command of the second scoring."""
    words = _("a second scoring after discussion: --open, --out, --end; or its state")
    second = command(verbs, "second", words, example="round second 1ead --open --out feedback")
    add_round(second)
    step = second.add_mutually_exclusive_group()
    step.add_argument("--open", action="store_true", help=_("open it, once"))
    step.add_argument("--end", action="store_true", help=_("end it for good"))
    words = _("why it is held, or why it ends")
    second.add_argument("--reason", default="", metavar="TEXT", help=words)
    add_out(second, _("write the feedback files there"), required=False)
    words = _("feedback for this expert only")
    second.add_argument("--expert", default="", metavar="EXPERT", help=words)
    words = _("where the closing statement is written; else in the program's folder")
    second.add_argument("--statement", type=Path, metavar="FILE.pdf", help=words)
    second.set_defaults(run=_second)


def _second(options: argparse.Namespace, out: Output, context: Context) -> int:
    round_id = rounds.show_round(context.open_bureau, options.id).id
    now, files = context.clock(), []
    if options.open:
        second_scoring.open_second(context.open_bureau, round_id, options.reason, now)
        out.line(_("The second scoring is open."))
    if options.out:
        files = _write_feedback(options, out, context, round_id)
    if options.end:
        second_scoring.end_second(context.open_bureau, round_id, options.reason, now)
        out.line(_("The second scoring has ended; it does not open again."))
        files.append(_statement(options, context, round_id))
        out.line(_("Closing statement: {path}").format(path=files[-1]))
    standing = second_scoring.second_standing(context.open_bureau, round_id)
    for seat in standing.seats:
        out.line(_seat_line(standing, seat))
    out.data(_document(standing, files))
    return 0


def _write_feedback(
    options: argparse.Namespace, out: Output, context: Context, round_id: RoundId
) -> list[str]:
    expert = expert_of(options, context) if options.expert else ""
    bureau, now = context.open_bureau, context.clock()
    written = second_scoring.write_feedback(bureau, round_id, options.out, now, expert)
    files = [str(each.path) for each in written]
    if not expert:
        files.append(str(second_paper.write_feedback_paper(bureau, round_id, options.out, now)))
    for file in files:
        out.line(f"  {file}")
    return files


def _statement(options: argparse.Namespace, context: Context, round_id: RoundId) -> str:
    path = options.statement or context.home / "papers" / f"复评封存单-{round_id}.pdf"
    second_paper.write_second_statement(context.open_bureau, round_id, path, context.clock())
    return str(path)


def _seat_line(standing: SecondStanding, seat: SecondSeat) -> str:
    if seat.second:
        words = _("scored again, receipt {receipt}").format(receipt=seat.second)
    elif not seat.first:
        words = _("no sheet")
    elif standing.state is None or standing.state.is_open:
        words = _("the first sheet counts so far, receipt {receipt}").format(receipt=seat.first)
    else:
        words = _("the first sheet counts, receipt {receipt}").format(receipt=seat.first)
    paper = "" if seat.by_file or not seat.first else _("by paper form")
    return "  " + "  ".join(filter(None, (seat.expert, seat.name, words, paper)))


def _document(standing: SecondStanding, files: list[str]) -> dict[str, object]:
    state = standing.state
    return {
        "state": "none" if state is None else "open" if state.is_open else "ended",
        "foreseen": standing.foreseen,
        "second_counts": standing.second_counts,
        "opened": state.opened.isoformat() if state else None,
        "reason": state.reason if state else "",
        "ended": state.ended.isoformat() if state and state.ended else None,
        "received": standing.received,
        "experts": [
            {
                "expert": seat.expert,
                "name": seat.name,
                "first": seat.first,
                "second": seat.second,
                "feedback": seat.told,
                "by_file": seat.by_file,
            }
            for seat in standing.seats
        ],
        "files": files,
    }
