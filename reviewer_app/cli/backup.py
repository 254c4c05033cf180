"""``reviewer-app backup`` and ``restore``: all rounds of this computer in one file."""

import argparse
from pathlib import Path

from reviewer_app.cli.context import Context
from reviewer_app.cli.output import Output
from reviewer_app.cli.passcode import add_passcode_file, given_passcode, read_passcode
from reviewer_app.cli.usage import Verbs, command
from reviewer_app.core.messages import _
from reviewer_app.services.backup import back_up, looks_like_backup, restore
from reviewer_app.sheets.passcode import shown


def add(subparsers: Verbs) -> None:
    """Register ``backup`` and ``restore``."""
    backup = command(
        subparsers,
        "backup",
        _("every round of this computer in one file"),
        example="backup /media/stick/2026.reviewbackup",
        about=_("Writes every round into one encrypted file, reads it back, prints its code."),
    )
    backup.add_argument("file", type=Path, metavar="FILE", help=_("a new file, on a stick"))
    add_passcode_file(backup)
    backup.set_defaults(run=_back_up)
    back = command(
        subparsers,
        "restore",
        _("bring back the rounds of a backup"),
        example="restore /media/stick/2026.reviewbackup",
        about=_("Brings every round of a backup back; asks for the backup's code."),
    )
    back.add_argument("file", type=Path, metavar="FILE", help=_("the backup"))
    back.add_argument(
        "--replace",
        action="store_true",
        help=_("keep the rounds that are here in a file aside, and take the backup's"),
    )
    add_passcode_file(back)
    back.set_defaults(run=_restore)


def _back_up(options: argparse.Namespace, out: Output, context: Context) -> int:
    made = back_up(context, options.file, context.clock(), given_passcode(options))
    out.line(
        _("{rounds} rounds in “{file}”, {size} bytes, read back and checked").format(
            rounds=made.rounds, file=made.path, size=made.size
        )
    )
    out.line(_("Backup code: {code}").format(code=shown(made.code)))
    out.line(
        _("Nobody opens the backup without it: write it down, keep it apart from the file")
    )
    out.line(_("Materials, packs and experts' desks are not in it: copy their folders"))
    out.data(
        {
            "file": str(made.path),
            "rounds": made.rounds,
            "size": made.size,
            "code": shown(made.code),
        }
    )
    return 0


def _restore(options: argparse.Namespace, out: Output, context: Context) -> int:
    looks_like_backup(options.file)  # before anybody types a code for another file
    code = read_passcode(options)
    found = restore(context, options.file, code, context.clock(), replace=options.replace)
    at = f"{found.made.astimezone():%Y-%m-%d %H:%M}"
    out.line(
        _("{rounds} rounds are back, as they were at {time}").format(
            rounds=found.rounds, time=at
        )
    )
    if found.aside:
        out.line(_("What was here before is kept in “{file}”").format(file=found.aside))
    out.data(
        {
            "rounds": found.rounds,
            "made": found.made.isoformat(),
            "aside": str(found.aside) if found.aside else None,
        }
    )
    return 0
