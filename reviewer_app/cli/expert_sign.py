"""``expert second|sign|draft``: what leaves an expert's desk, and a second scoring on it."""

import argparse
from pathlib import Path

from reviewer_app.cli import expert_report
from reviewer_app.cli.context import Context
from reviewer_app.cli.expert_desk import add_desk, opened_desk
from reviewer_app.cli.output import Output
from reviewer_app.cli.usage import Verbs, add_out, command
from reviewer_app.core.messages import _
from reviewer_app.services import desk_draft, desk_second, desk_signing


def add(verbs: Verbs) -> None:
    """Register a second scoring, the signature and the draft."""
    _add_second(verbs)
    words = _("sign, write sheet and paper")
    signing = command(verbs, "sign", words, example="expert sign 5ed66b907d4205e8 --out stick")
    add_desk(signing, _sign)
    words = _("why a signed sheet is changed")
    signing.add_argument("--reason", default="", metavar="TEXT", help=words)
    words = _("refuse unless this scoring goes on: 1 the first, 2 the second")
    signing.add_argument("--stage", type=int, choices=(1, 2), help=words)
    words = _("write a locked draft of the work to a stick")
    drafting = command(
        verbs, "draft", words, example="expert draft 5ed66b907d4205e8 --out stick"
    )
    add_desk(drafting, _draft)
    for parser in (signing, drafting):
        add_out(parser, _("the stick, or a folder"))


def _add_second(verbs: Verbs) -> None:
    words = _("go on in a second scoring, from the feedback of the bureau")
    second = command(
        verbs, "second", words, example="expert second 5ed66b907d4205e8 01.reviewfeedback"
    )
    add_desk(second, _second)
    words = _("the file of feedback that the secretary hands out")
    second.add_argument("feedback", type=Path, metavar="FEEDBACK", help=words)


def _sign(options: argparse.Namespace, out: Output, context: Context) -> int:
    desk = opened_desk(options, context)
    if options.stage is not None:
        desk_second.require_stage(desk, options.stage)
    signed = desk_signing.sign(desk, options.out, options.reason, context.clock())
    content = signed.sheet.content
    if not signed.new:
        out.line(_("Nothing has changed since the last signature; the same sheet again:"))
    if content.stage > 1:
        out.line(_("Sheet of scoring {stage}").format(stage=content.stage))
    out.line(_("Revision {revision}").format(revision=content.revision))
    out.line(
        _("Receipt {receipt}: compare it with the paper, then sign by hand.").format(
            receipt=signed.sheet.receipt
        )
    )
    files = [str(signed.file), str(signed.paper)]
    for file in files:
        out.line(f"  {file}")
    more = {
        "revision": content.revision,
        "receipt": signed.sheet.receipt,
        "stage": content.stage,
    }
    out.data(expert_report.heading(desk) | more | {"new": signed.new, "files": files})
    return 0


def _second(options: argparse.Namespace, out: Output, context: Context) -> int:
    desk = opened_desk(options, context)
    begun = desk_second.begin_second(desk, options.feedback, context.clock())
    if begun.again:
        out.line(_("The second scoring goes on already with this feedback."))
    if begun.restored:
        out.line(
            _("Your marks come from the first sheet; this is another computer than before.")
        )
        out.line(_("Tell the secretary: sheets from this computer are accepted with a reason."))
    look = desk_second.look_of(desk)
    expert_report.say_whose(desk, out)
    expert_report.say_look(look, out)
    more = {"restored": begun.restored, "again": begun.again}
    return expert_report.report(desk, out, more | expert_report.look_data(look))


def _draft(options: argparse.Namespace, out: Output, context: Context) -> int:
    desk = opened_desk(options, context)
    done = desk_draft.write_draft(desk, options.out, context.clock())
    out.line(
        _("{file}: written and read back; {complete} of {count} applications complete").format(
            file=done.file, complete=done.complete, count=done.applications
        )
    )
    out.line(_("Any laptop goes on from it with the pack and the passcode."))
    more: dict[str, object] = {
        "complete_applications": done.complete,
        "files": [str(done.file)],
    }
    more |= {"written": done.written.isoformat()}
    out.data(expert_report.heading(desk) | more)
    return 0
