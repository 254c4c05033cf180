"""``expert …``: what an expert does with a pack; the windows call the same services."""

import argparse
from pathlib import Path

from reviewer_app.cli import expert_report, expert_sign
from reviewer_app.cli.context import Context
from reviewer_app.cli.expert_desk import add_desk, opened_desk
from reviewer_app.cli.output import Output
from reviewer_app.cli.passcode import add_passcode_file, read_passcode
from reviewer_app.cli.usage import Verbs, command, commands
from reviewer_app.core.errors import FaultsError, InputError
from reviewer_app.core.messages import _
from reviewer_app.core.pledge import clauses
from reviewer_app.core.recusal import grounds
from reviewer_app.services import (
    desk_draft,
    desk_opening,
    desk_wiping,
    recusal,
)
from reviewer_app.services.desk_draft import Standing
from reviewer_app.sheets.pack import read_pack


def add(subparsers: Verbs) -> None:
    """Register the commands of an expert."""
    words = _("open a pack, score, sign, wipe")
    verbs = commands(command(subparsers, "expert", words, example="expert --help"), "ACTION")
    _add_opening(verbs)
    _add_scoring(verbs)
    _add_recusal(verbs)
    expert_sign.add(verbs)
    words = _("remove an expert's data from this machine")
    wiping = command(verbs, "wipe", words, example="expert wipe 5ed66b907d4205e8")
    wiping.add_argument("pack", metavar="PACK-ID", help=_("what “expert open” prints"))
    wiping.set_defaults(run=_wipe)


def _add_opening(verbs: Verbs) -> None:
    """Register what takes the file of a pack."""
    words = _("open a pack file; later openings go on")
    opening = command(verbs, "open", words, example="expert open 01-5ed66b.reviewpack")
    words = _("open a pack and go on from a draft of another laptop")
    continuing = command(
        verbs, "continue", words, example="expert continue 01.reviewpack 01.reviewdraft"
    )
    words = _("print the age identity of a pack")
    identity = command(verbs, "identity", words, example="expert identity 01.reviewpack")
    runs = ((opening, _open), (continuing, _continue), (identity, _identity))
    for parser, run in runs:
        words = _("the file *.reviewpack")
        parser.add_argument("pack", type=Path, metavar="PACK", help=words)
        add_passcode_file(parser)
        parser.set_defaults(run=run)
    words = _("the file *.reviewdraft")
    continuing.add_argument("draft", type=Path, metavar="DRAFT", help=words)


def _add_scoring(verbs: Verbs) -> None:
    words = _("what is scored, missing, signed")
    status = command(verbs, "status", words, example="expert status 5ed66b907d4205e8")
    add_desk(status, _status)
    words = _("write a workbook to fill in")
    template = command(
        verbs, "template", words, example="expert template 5ed66b907d4205e8 marks.xlsx"
    )
    add_desk(template, _template)
    words = _("the workbook, which must not exist")
    template.add_argument("file", type=Path, metavar="FILE.xlsx", help=words)
    words = _("take marks from Excel or CSV")
    importing = command(
        verbs, "import", words, example="expert import 5ed66b907d4205e8 marks.xlsx"
    )
    add_desk(importing, _import)
    words = _(
        "the filled workbook, or a list: application, indicator, score (对象编号 指标 分值)"
    )
    importing.add_argument("file", type=Path, metavar="FILE", help=words)
    words = _("empty cells clear the marks that stand there")
    importing.add_argument("--clear", action="store_true", help=words)


def _add_recusal(verbs: Verbs) -> None:
    words = _("step back from an application")
    known = [f"  {each.key:<12} {each.sentence}" for each in grounds()]
    stepping = command(
        verbs,
        "recuse",
        words,
        example="expert recuse 5ed66b907d4205e8 02 --ground kinship",
        about="\n".join([words, *known]),
    )
    add_desk(stepping, _recuse)
    words = _("number of the application")
    stepping.add_argument("application", metavar="APPLICATION", help=words)
    words = _("one of the keys above; may be given again")
    stepping.add_argument("--ground", action="append", required=True, metavar="KEY", help=words)
    words = _("what the relation is; needed with “other”")
    stepping.add_argument("--note", default="", metavar="TEXT", help=words)


def _open(options: argparse.Namespace, out: Output, context: Context) -> int:
    passcode = _passcode_for(options)
    desk = desk_opening.open_pack(
        context.home, options.pack, passcode, context.open_desk, context.clock()
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
    desk = opened_desk(options, context)
    expert_report.say_whose(desk, out)
    return expert_report.report(desk, out, {})


def _template(options: argparse.Namespace, out: Output, context: Context) -> int:
    from reviewer_app.services import desk_excel  # noqa: PLC0415 - loads openpyxl, for once

    desk = opened_desk(options, context)
    rows = desk_excel.write_workbook(desk, options.file)
    out.line(_("{file}: {rows} scores to fill in").format(file=options.file, rows=rows))
    out.data(expert_report.heading(desk) | {"rows": rows, "files": [str(options.file)]})
    return 0


def _import(options: argparse.Namespace, out: Output, context: Context) -> int:
    from reviewer_app.services import desk_excel  # noqa: PLC0415 - loads openpyxl, for once

    desk = opened_desk(options, context)
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
    desk = opened_desk(options, context)
    revised = recusal.recuse(
        desk, options.application, options.ground, options.note, context.clock()
    )
    out.line(_("The conflict is declared; the application is no longer on this desk."))
    if revised:
        out.line(_("Your sheet was signed: sign a new revision, with a reason."))
    return expert_report.report(desk, out, {})


def _continue(options: argparse.Namespace, out: Output, context: Context) -> int:
    passcode = _passcode_for(options)
    desk = desk_opening.open_pack(
        context.home, options.pack, passcode, context.open_desk, context.clock()
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
    passcode = _passcode_for(options) if options.pack.exists() else read_passcode(options)
    opened = desk_opening.unlock(context.home, options.pack, passcode)
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


def _passcode_for(options: argparse.Namespace) -> str:
    """Return the passcode, asked for only where the file named is a pack."""
    read_pack(options.pack)
    return read_passcode(options)
