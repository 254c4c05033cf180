"""``expert …``: what an expert does with a pack; the windows call the same services."""

import argparse
from pathlib import Path

from reviewer_app.cli import expert_report
from reviewer_app.cli.context import Context
from reviewer_app.cli.output import Output
from reviewer_app.cli.passcode import add_passcode_file, read_passcode
from reviewer_app.core.errors import FaultsError, InputError
from reviewer_app.core.messages import _
from reviewer_app.core.pledge import clauses
from reviewer_app.core.recusal import grounds
from reviewer_app.services import (
    desk_draft,
    desk_opening,
    desk_signing,
    desk_wiping,
    recusal,
)
from reviewer_app.services.desk import Desk
from reviewer_app.services.desk_draft import Standing


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the commands of an expert."""
    parser = subparsers.add_parser("expert", help=_("open a pack, score, sign, wipe"))
    verbs = parser.add_subparsers(metavar="ACTION", required=True)
    opening = _verb(verbs, "open", _("open a pack file; later openings go on"), _open)
    opening.add_argument("pack", type=Path, metavar="PACK")
    _verb_of_pack(verbs, "status", _("what is scored, missing, signed"), _status)
    template = _verb_of_pack(verbs, "template", _("write a workbook to fill in"), _template)
    template.add_argument("file", type=Path, metavar="FILE.xlsx")
    importing = _verb_of_pack(verbs, "import", _("take marks from Excel or CSV"), _import)
    importing.add_argument("file", type=Path, metavar="FILE")
    importing.add_argument(
        "--clear", action="store_true", help=_("empty cells clear the marks that stand there")
    )
    stepping = _verb_of_pack(verbs, "recuse", _("step back from an application"), _recuse)
    stepping.add_argument("application")
    known = ", ".join(ground.key for ground in grounds())
    stepping.add_argument("--ground", action="append", required=True, metavar="KEY", help=known)
    stepping.add_argument("--note", default="")
    signing = _verb_of_pack(verbs, "sign", _("sign, write sheet and paper"), _sign)
    signing.add_argument("--out", type=Path, required=True, metavar="DIR")
    signing.add_argument("--reason", default="", help=_("why a signed sheet is changed"))
    drafting = _verb_of_pack(
        verbs, "draft", _("write an encrypted draft of the work to a stick"), _draft
    )
    drafting.add_argument("--out", type=Path, required=True, metavar="DIR")
    continuing = _verb(
        verbs, "continue", _("open a pack and go on from a draft of another laptop"), _continue
    )
    continuing.add_argument("pack", type=Path, metavar="PACK")
    continuing.add_argument("draft", type=Path, metavar="DRAFT")
    identity = _verb(verbs, "identity", _("print the age identity of a pack"), _identity)
    identity.add_argument("pack", type=Path, metavar="PACK")
    wiping = verbs.add_parser("wipe", help=_("remove an expert's data from this machine"))
    wiping.add_argument("pack", metavar="PACK-ID")
    wiping.set_defaults(run=_wipe)


def _verb(
    verbs: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    text: str,
    run: object,
) -> argparse.ArgumentParser:
    # an abbreviated --passcode would take the passcode itself for a file name
    parser = verbs.add_parser(name, help=text, allow_abbrev=False)
    add_passcode_file(parser)
    parser.set_defaults(run=run)
    return parser


def _verb_of_pack(
    verbs: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    text: str,
    run: object,
) -> argparse.ArgumentParser:
    parser = _verb(verbs, name, text, run)
    parser.add_argument("pack", metavar="PACK-ID")
    return parser


def _open(options: argparse.Namespace, out: Output, context: Context) -> int:
    desk = desk_opening.open_pack(
        context.home, options.pack, read_passcode(options), context.open_desk, context.clock()
    )
    accepted = desk_opening.accept_pledge(desk, context.clock())
    out.line(_("Pack {pack} is open.").format(pack=desk.pack.pack_id))
    expert_report.say_whose(desk, out)
    out.line(
        _("By opening it you accept the pledge of {time}:").format(
            time=f"{accepted.astimezone():%Y-%m-%d %H:%M}"
        )
    )
    for place, clause in enumerate(clauses(), start=1):
        out.line(f"  {place}. {clause.sentence}")
    return expert_report.report(
        desk, out, {"pledge": [clause.sentence for clause in clauses()]}
    )


def _status(options: argparse.Namespace, out: Output, context: Context) -> int:
    desk = _desk(options, context)
    expert_report.say_whose(desk, out)
    return expert_report.report(desk, out, {})


def _template(options: argparse.Namespace, out: Output, context: Context) -> int:
    from reviewer_app.services import desk_excel  # noqa: PLC0415 - loads openpyxl, for once

    desk = _desk(options, context)
    rows = desk_excel.write_workbook(desk, options.file)
    out.line(_("{file}: {rows} scores to fill in").format(file=options.file, rows=rows))
    out.data(expert_report.heading(desk) | {"rows": rows, "files": [str(options.file)]})
    return 0


def _import(options: argparse.Namespace, out: Output, context: Context) -> int:
    from reviewer_app.services import desk_excel  # noqa: PLC0415 - loads openpyxl, for once

    desk = _desk(options, context)
    try:
        done = desk_excel.import_marks(desk, options.file, context.clock(), clear=options.clear)
    except FaultsError as error:
        for fault in error.faults:
            out.warn(fault)
        words = _("{file}: {count} faults; nothing was taken over")
        raise InputError(
            words.format(file=options.file.name, count=len(error.faults))
        ) from None
    expert_report.say_imported(options.file, done, out)
    more: dict[str, object] = {"rows": done.rows, "changed": len(done.records)}
    more |= {"kept": done.kept, "cleared": done.cleared}
    return expert_report.report(
        desk, out, more | {"unknown_columns": list(done.unknown_columns)}
    )


def _recuse(options: argparse.Namespace, out: Output, context: Context) -> int:
    desk = _desk(options, context)
    revised = recusal.recuse(
        desk, options.application, options.ground, options.note, context.clock()
    )
    out.line(_("The conflict is declared; the application is no longer on this desk."))
    if revised:
        out.line(_("Your sheet was signed: sign a new revision, with a reason."))
    return expert_report.report(desk, out, {})


def _sign(options: argparse.Namespace, out: Output, context: Context) -> int:
    desk = _desk(options, context)
    signed = desk_signing.sign(desk, options.out, options.reason, context.clock())
    if not signed.new:
        out.line(_("Nothing has changed since the last signature; the same sheet again:"))
    out.line(_("Revision {revision}").format(revision=signed.sheet.content.revision))
    out.line(
        _("Receipt {receipt}: compare it with the paper, then sign by hand.").format(
            receipt=signed.sheet.receipt
        )
    )
    files = [str(signed.file), str(signed.paper)]
    for file in files:
        out.line(f"  {file}")
    more = {"revision": signed.sheet.content.revision, "receipt": signed.sheet.receipt}
    out.data(expert_report.heading(desk) | more | {"new": signed.new, "files": files})
    return 0


def _draft(options: argparse.Namespace, out: Output, context: Context) -> int:
    desk = _desk(options, context)
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


def _continue(options: argparse.Namespace, out: Output, context: Context) -> int:
    desk = desk_opening.open_pack(
        context.home, options.pack, read_passcode(options), context.open_desk, context.clock()
    )
    found = desk_draft.continue_from(desk, options.draft)
    expert_report.say_whose(desk, out)
    if found.standing is Standing.SAME:
        out.line(_("This computer has the work of that draft already."))
    else:
        at = f"{found.written.astimezone():%Y-%m-%d %H:%M}"
        out.line(_("Going on from the draft of {time}.").format(time=at))
        out.line(_("Work on one computer only: of two different sheets the bureau takes one."))
    more: dict[str, object] = {
        "written": found.written.isoformat(),
        "standing": found.standing.value,
    }
    return expert_report.report(desk, out, more)


def _identity(options: argparse.Namespace, out: Output, context: Context) -> int:
    opened = desk_opening.unlock(context.home, options.pack, read_passcode(options))
    out.line(opened.identity)
    out.data({"pack_id": opened.pack_id, "identity": opened.identity})
    return 0


def _wipe(options: argparse.Namespace, out: Output, context: Context) -> int:
    wiped = desk_wiping.wipe(context.home, options.pack)
    out.line(_("Removed from this machine: pack {pack}").format(pack=wiped.pack_id))
    for file in wiped.files:
        out.line(_("  {name}, {size} bytes").format(name=file.name, size=file.size))
    if wiped.secret_place:
        out.line(_("  the secret in: {place}").format(place=_place_word(wiped.secret_place)))
    out.line(_("Copies made by backups or by hand are not reached."))
    out.data(
        {
            "pack_id": wiped.pack_id,
            "files": [{"name": file.name, "size": file.size} for file in wiped.files],
            "secret": wiped.secret_place,
        }
    )
    return 0


def _place_word(place: str) -> str:
    return _("the keyring") if place == "keyring" else _("a private file")


def _desk(options: argparse.Namespace, context: Context) -> Desk:
    return desk_opening.open_again(
        context.home, options.pack, read_passcode(options), context.open_desk
    )
